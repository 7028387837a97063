"""Who takes part in what, for whom, since when, and how deep: collaborations, their areas, parties and exemptions."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samordna.core.fields import IdField, holds_for_some_time
from samordna.domain.collaborations.enums import (
    CollaborationState,
    CriterionKind,
    CriterionOperator,
    Duress,
)
from samordna.domain.organisations.models import Holding, Organisation, Role


class Collaboration(models.Model):
    """Organisations that work together for a common purpose, and the role that coordinates them."""

    id = IdField()
    name = models.CharField(_("name"), max_length=120)
    purpose = models.TextField(_("purpose"))
    purpose_number = models.PositiveSmallIntegerField(_("version of the purpose"), default=1)
    target_group = models.TextField(_("target group"))
    state = models.CharField(
        _("state"), max_length=12, choices=CollaborationState.choices, default=CollaborationState.PLANNED
    )
    host = models.ForeignKey(Organisation, models.PROTECT, related_name="hosted_collaborations")
    coordinator_role = models.ForeignKey(Role, models.PROTECT, related_name="coordinated_collaborations")
    superior = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="superior_of_collaborations"
    )
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    join = models.CharField(_("join"), max_length=8, choices=Duress.choices, default=Duress.MAY)
    contribute = models.CharField(_("contribute"), max_length=8, choices=Duress.choices, default=Duress.MAY)
    follow = models.CharField(_("follow"), max_length=8, choices=Duress.choices, default=Duress.MAY)
    notice_days = models.PositiveSmallIntegerField(_("notice of leaving, in days"), default=0)
    without_consultation = models.TextField(_("why decisions go without consultation"), blank=True, default="")
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    class Meta:
        verbose_name = _("collaboration")
        verbose_name_plural = _("collaborations")
        ordering = ["name", "pk"]
        constraints = [
            holds_for_some_time("collaboration_holds_for_some_time"),
            models.CheckConstraint(
                condition=models.Q(closed_at__isnull=True) | models.Q(state=CollaborationState.CLOSED),
                name="only_what_is_closed_was_closed_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class DepthChange(models.Model):
    """The collaboration's depth from a day on: the latest one whose day has come holds, before the first one its own.

    `running`: does it hold for matters that were opened before that day, too?
    """

    id = IdField()
    collaboration = models.ForeignKey(Collaboration, models.PROTECT, related_name="depth_changes")
    starts_on = models.DateField(_("from"))
    join = models.CharField(_("join"), max_length=8, choices=Duress.choices)
    contribute = models.CharField(_("contribute"), max_length=8, choices=Duress.choices)
    follow = models.CharField(_("follow"), max_length=8, choices=Duress.choices)
    notice_days = models.PositiveSmallIntegerField(_("notice of leaving, in days"), default=0)
    running = models.BooleanField(_("also for matters under way"), default=False)
    reason = models.TextField(_("reason"))
    changed_at = models.DateTimeField(_("changed"))
    changed_by = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("change of depth")
        verbose_name_plural = _("changes of depth")
        ordering = ["collaboration_id", "starts_on", "changed_at", "pk"]

    def __str__(self) -> str:
        return f"{self.collaboration_id} from {self.starts_on}"


class TargetGroupCriterion(models.Model):
    """One bound of the target group, as data: a property, a comparison and a value."""

    id = IdField()
    collaboration = models.ForeignKey(Collaboration, models.PROTECT, related_name="criteria")
    kind = models.CharField(_("kind"), max_length=10, choices=CriterionKind.choices)
    subject = models.CharField(_("property"), max_length=60)
    operator = models.CharField(_("comparison"), max_length=10, choices=CriterionOperator.choices)
    value = models.CharField(_("value"), max_length=60)

    class Meta:
        verbose_name = _("target group criterion")
        verbose_name_plural = _("target group criteria")
        ordering = ["collaboration_id", "-kind", "subject", "pk"]

    def __str__(self) -> str:
        return f"{self.subject} {self.operator} {self.value}"


class Area(models.Model):
    """A subject area of a collaboration; areas form a tree, and a clause over an area covers what lies beneath it."""

    id = IdField()
    collaboration = models.ForeignKey(Collaboration, models.PROTECT, related_name="areas")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    name = models.CharField(_("name"), max_length=120)

    class Meta:
        verbose_name = _("area")
        verbose_name_plural = _("areas")
        ordering = ["collaboration_id", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["collaboration", "name"],
                name="area_name_once_in_a_collaboration",
                violation_error_message=_("There is already an area with this name."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Party(models.Model):
    """One voice in a collaboration: one organisation, or several that speak together. May have a depth of its own."""

    id = IdField()
    collaboration = models.ForeignKey(Collaboration, models.PROTECT, related_name="parties")
    name = models.CharField(_("name"), max_length=120)
    join = models.CharField(_("join"), max_length=8, choices=Duress.choices, blank=True)
    contribute = models.CharField(_("contribute"), max_length=8, choices=Duress.choices, blank=True)
    follow = models.CharField(_("follow"), max_length=8, choices=Duress.choices, blank=True)

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        ordering = ["collaboration_id", "name", "pk"]

    def __str__(self) -> str:
        return self.name


class ExemptionQuerySet(models.QuerySet["Exemption"]):
    """Filters with a name."""

    def on(self, day: date) -> ExemptionQuerySet:
        """Exemptions that run on this day."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day), starts_on__lte=day)


class Exemption(models.Model):
    """The superior frees a party from some of what is mandatory: why, from when, and until when or when it is looked over.

    It ends by itself on `ends_on`. An empty verb is one that the party is not exempted from.
    """

    id = IdField()
    party = models.ForeignKey(Party, models.PROTECT, related_name="exemptions")
    join = models.CharField(_("join"), max_length=8, choices=Duress.choices, blank=True)
    contribute = models.CharField(_("contribute"), max_length=8, choices=Duress.choices, blank=True)
    follow = models.CharField(_("follow"), max_length=8, choices=Duress.choices, blank=True)
    reason = models.TextField(_("reason"))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    review_on = models.DateField(_("to be looked over"), null=True, blank=True)
    given_at = models.DateTimeField(_("given"))
    given_by = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")
    ended_reason = models.TextField(_("why it ended early"), blank=True)

    objects = ExemptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("exemption")
        verbose_name_plural = _("exemptions")
        ordering = ["party_id", "starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
                name="exemption_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=False) | Q(review_on__isnull=False),
                name="exemption_ends_or_is_looked_over",
                violation_error_message=_("Say until when, or when it is to be looked over."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party_id} from {self.starts_on}"


class ParticipationQuerySet(models.QuerySet["Participation"]):
    """Filters with a name."""

    def on(self, day: date) -> ParticipationQuerySet:
        """Participations that run on this day."""
        return self.filter(Q(left_on__isnull=True) | Q(left_on__gt=day), joined_on__lte=day)


class Participation(models.Model):
    """An organisation takes part from one day up to (not including) another."""

    id = IdField()
    party = models.ForeignKey(Party, models.PROTECT, related_name="participations")
    collaboration = models.ForeignKey(Collaboration, models.PROTECT, related_name="participations")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="participations")
    joined_on = models.DateField(_("joined"))
    left_on = models.DateField(_("left"), null=True, blank=True)
    left_reason = models.TextField(_("reason for leaving"), blank=True)

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        ordering = ["collaboration_id", "organisation_id", "joined_on", "pk"]
        constraints = [
            holds_for_some_time("participation_holds_for_some_time", "joined_on", "left_on"),
            models.UniqueConstraint(
                fields=["collaboration", "organisation"],
                condition=Q(left_on__isnull=True),
                name="one_open_participation",
                violation_error_message=_("The organisation already takes part."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} in {self.collaboration_id}"
