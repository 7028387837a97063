"""Reorganisations: what is planned, who has agreed to it, where each thing goes, and who came after whom.

These are models. They live beside `models` because they are many and only their own operations touch them.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samordna.core.fields import IdField, together
from samordna.domain.organisations.enums import OrganisationKind, Outcome, ReorganisationKind, SidePart


class Reorganisation(models.Model):
    """A change of which organisations there are: a plan until its day, then something that has been carried out.

    `new_name`, `new_short_name`: what a renamed organisation is called from then on. `new_parent`: what a moved one is part
    of (none: of nothing). A reorganisation that `undoes` another is a reorganisation like any other.
    """

    id = IdField()
    kind = models.CharField(_("kind"), max_length=8, choices=ReorganisationKind.choices)
    happens_on = models.DateField(_("happens on"))
    ground = models.CharField(_("what it rests on"), max_length=200)
    new_name = models.CharField(_("new name"), max_length=120, blank=True)
    new_short_name = models.CharField(_("new short name"), max_length=24, blank=True)
    new_parent = models.ForeignKey("Organisation", models.PROTECT, null=True, blank=True, related_name="+")
    undoes = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="undone_by")
    planned_at = models.DateTimeField(_("planned"))
    planned_by = models.ForeignKey("Holding", models.PROTECT, null=True, blank=True, related_name="+")
    carried_out_at = models.DateTimeField(_("carried out"), null=True, blank=True)
    carried_out_on = models.DateField(_("took effect on"), null=True, blank=True)
    called_off_at = models.DateTimeField(_("called off"), null=True, blank=True)
    called_off_reason = models.TextField(_("why it was called off"), blank=True)

    class Meta:
        verbose_name = _("reorganisation")
        verbose_name_plural = _("reorganisations")
        ordering = ["happens_on", "planned_at", "pk"]
        constraints = [
            together("reorganisation_takes_effect_when_carried_out", "carried_out_at", "carried_out_on"),
            models.CheckConstraint(
                condition=Q(carried_out_at__isnull=True) | Q(called_off_at__isnull=True),
                name="a_reorganisation_is_carried_out_or_called_off",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} on {self.happens_on}"

    @property
    def open(self) -> bool:
        """Is it still a plan?"""
        return self.carried_out_at is None and self.called_off_at is None


class Side(models.Model):
    """An organisation that a reorganisation concerns: one that there is before it, one that takes over, or one beside it
    that nothing is taken from but that has to agree, for somebody becomes, begins as or is no longer part of it.

    `organisation` is empty for one that begins with the reorganisation; it is made on the day. `in_law`: it takes over in
    law what is not placed otherwise. `agreed_at`: when the organisation's own manager or administrator agreed to the plan.
    """

    id = IdField()
    reorganisation = models.ForeignKey(Reorganisation, models.PROTECT, related_name="sides")
    part = models.CharField(_("part"), max_length=8, choices=SidePart.choices)
    organisation = models.ForeignKey("Organisation", models.PROTECT, null=True, blank=True, related_name="sides")
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=32, choices=OrganisationKind.choices, blank=True)
    number = models.CharField(_("organisation number"), max_length=11, blank=True)
    in_law = models.BooleanField(_("takes over in law"), default=False)
    agreed_at = models.DateTimeField(_("agreed"), null=True, blank=True)
    agreed_by = models.ForeignKey("Holding", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("side of a reorganisation")
        verbose_name_plural = _("sides of reorganisations")
        ordering = ["reorganisation_id", "part", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["reorganisation"], condition=Q(in_law=True), name="one_successor_in_law_per_reorganisation"
            ),
            models.UniqueConstraint(
                fields=["reorganisation", "part", "organisation"], name="an_organisation_is_on_a_side_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Placement(models.Model):
    """Where one thing, or everything of one kind (`thing_id` ""), goes in a reorganisation, when it is not as usual."""

    id = IdField()
    reorganisation = models.ForeignKey(Reorganisation, models.PROTECT, related_name="placements")
    kind = models.CharField(_("kind"), max_length=32)
    thing_id = models.CharField(max_length=12, blank=True)
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome.choices)
    to = models.ForeignKey(Side, models.PROTECT, null=True, blank=True, related_name="placements")

    class Meta:
        verbose_name = _("placement")
        verbose_name_plural = _("placements")
        ordering = ["reorganisation_id", "kind", "thing_id"]
        constraints = [
            models.UniqueConstraint(fields=["reorganisation", "kind", "thing_id"], name="a_thing_is_placed_once"),
            models.CheckConstraint(
                condition=~Q(outcome__in=["goes", "asked"]) | Q(to__isnull=False), name="what_goes_goes_somewhere"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.thing_id} {self.outcome}"


class Succession(models.Model):
    """Who came after whom, from a day on. Written when a reorganisation is carried out; never changed, never deleted.

    No `new`: nobody came after. `old` and `new` are the same for an organisation that was renamed or moved; `old_name` and
    `old_parent` are then what it was called and was part of until that day.
    """

    id = IdField()
    reorganisation = models.ForeignKey(Reorganisation, models.PROTECT, related_name="successions")
    kind = models.CharField(_("kind"), max_length=8, choices=ReorganisationKind.choices)
    old = models.ForeignKey("Organisation", models.PROTECT, related_name="succeeded_by")
    new = models.ForeignKey("Organisation", models.PROTECT, null=True, blank=True, related_name="successor_of")
    on = models.DateField(_("from"))
    in_law = models.BooleanField(_("takes over in law"), default=False)
    old_name = models.CharField(_("name until then"), max_length=120)
    old_short_name = models.CharField(_("short name until then"), max_length=24, blank=True)
    old_parent = models.ForeignKey("Organisation", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("succession")
        verbose_name_plural = _("successions")
        ordering = ["on", "reorganisation_id", "old_id", "pk"]

    def __str__(self) -> str:
        return f"{self.old_name} until {self.on}"


class Carried(models.Model):
    """What became of one thing in a reorganisation: the list of after, to be held against the list of before.

    Outcome `asked` is open until the one who is asked (`to`) has answered. `new_id` is the row that went on in the place of
    the old one, where there is a new one; `until` its own last day, had nothing happened.
    """

    id = IdField()
    reorganisation = models.ForeignKey(Reorganisation, models.PROTECT, related_name="carried")
    kind = models.CharField(_("kind"), max_length=32)
    thing_id = models.CharField(max_length=12, db_index=True)
    new_id = models.CharField(max_length=12, blank=True)
    title = models.CharField(_("what"), max_length=200)
    place = models.CharField(_("where"), max_length=200, blank=True)
    of = models.ForeignKey("Organisation", models.PROTECT, related_name="+")
    to = models.ForeignKey("Organisation", models.PROTECT, null=True, blank=True, related_name="+")
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome.choices)
    until = models.DateField(_("its own last day"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey("Holding", models.PROTECT, null=True, blank=True, related_name="+")
    takes_over = models.BooleanField(_("takes it over"), null=True, blank=True)

    class Meta:
        verbose_name = _("carried thing")
        verbose_name_plural = _("carried things")
        ordering = ["reorganisation_id", "kind", "title", "pk"]
        indexes = [models.Index(fields=["reorganisation", "kind", "outcome"], name="carried_by_kind")]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, takes_over__isnull=True)
                | Q(answered_at__isnull=False, takes_over__isnull=False, outcome=Outcome.ASKED),
                name="only_what_is_asked_is_answered",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.thing_id} {self.outcome}"
