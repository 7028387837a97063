"""What has to change, whose that is, what is done about it, and whether that helped."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samordna.core.fields import IdField
from samordna.domain.change.enums import EffectKind, MeasureKind, PlacingAnswer, TargetKind
from samordna.domain.change.models.chains import Cause, Turn, by_whom
from samordna.domain.organisations.models import Organisation, Role


class ChangeNeed(models.Model):
    """What has to change, until it is let go with a reason. Whose it is follows from its placings."""

    id = IdField()
    turn = models.ForeignKey(Turn, models.PROTECT, related_name="needs")
    cause = models.ForeignKey(Cause, models.PROTECT, null=True, blank=True, related_name="needs")
    text = models.TextField(_("what has to change"))
    added_at = models.DateTimeField(_("added"))
    added_by = by_whom()
    ended_at = models.DateTimeField(_("let go"), null=True, blank=True)
    ended_by = by_whom()
    ended_reason = models.TextField(_("why it was let go"), blank=True)

    class Meta:
        verbose_name = _("change need")
        verbose_name_plural = _("change needs")
        ordering = ["turn_id", "added_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_reason="") | (Q(ended_at__isnull=False) & ~Q(ended_reason="")),
                name="a_change_need_is_let_go_with_a_reason",
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]


class Placing(models.Model):
    """A change need given to an organisation, or to the coordination (none), and the answer to that.

    Who gave it follows from the placings before it: whoever had taken it on, or else whose chain it is.
    """

    id = IdField()
    need = models.ForeignKey(ChangeNeed, models.PROTECT, related_name="placings")
    number = models.PositiveSmallIntegerField(_("number"))
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    words = models.TextField(_("what is said with it"), blank=True)
    placed_at = models.DateTimeField(_("handed over"))
    placed_by = by_whom()
    answer_by = models.DateField(_("answered by"))
    answer = models.CharField(_("answer"), max_length=12, choices=PlacingAnswer.choices, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = by_whom()

    class Meta:
        verbose_name = _("handing over of a change need")
        verbose_name_plural = _("handings over of change needs")
        ordering = ["need_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["need", "number"], name="one_placing_of_a_need_per_number"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True) | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="a_placing_is_answered_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(answer__in=[PlacingAnswer.SENT_BACK, PlacingAnswer.REFUSED]) | ~Q(reason=""),
                name="not_taking_on_a_need_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.need_id} {self.number}"


class Raised(models.Model):
    """What was raised because of a change need: a matter, or a document of which a version was begun."""

    id = IdField()
    need = models.ForeignKey(ChangeNeed, models.PROTECT, related_name="raised")
    kind = models.CharField(_("raised as"), max_length=12, choices=TargetKind.choices)
    thing_id = models.CharField(_("what was raised"), max_length=12)
    raised_at = models.DateTimeField(_("raised"))
    raised_by = by_whom()

    class Meta:
        verbose_name = _("raised because of a change need")
        verbose_name_plural = _("raised because of change needs")
        ordering = ["need_id", "raised_at", "pk"]
        indexes = [models.Index(fields=["kind", "thing_id"], name="raised_as_a_thing")]

    def __str__(self) -> str:
        return f"{self.need_id}: {self.kind} {self.thing_id}"


class Change(models.Model):
    """What is done about a change need: by which role, by which day, in what, and how one will see whether it helped."""

    id = IdField()
    need = models.ForeignKey(ChangeNeed, models.PROTECT, related_name="changes")
    what = models.TextField(_("what is changed"))
    for_the_individual = models.TextField(_("what it does for the individual"))
    convenience = models.TextField(_("whose convenience it serves"), blank=True)
    role = models.ForeignKey(Role, models.PROTECT, related_name="+")
    by = models.DateField(_("by"))
    target_kind = models.CharField(_("changed in"), max_length=12, choices=TargetKind.choices, blank=True)
    target_id = models.CharField(_("what is changed in"), max_length=12, blank=True)
    measure_kind = models.CharField(_("seen by"), max_length=13, choices=MeasureKind.choices)
    measure_id = models.CharField(_("what it is seen by"), max_length=12, blank=True)
    measure_text = models.CharField(_("how it is seen"), max_length=300, blank=True)
    measure_on = models.DateField(_("measured again"))
    planned_at = models.DateTimeField(_("planned"))
    planned_by = by_whom()
    replanned = models.TextField(_("why it was planned anew"), blank=True)
    closed_at = models.DateTimeField(_("done or dropped"), null=True, blank=True)
    closed_by = by_whom()
    done = models.BooleanField(_("done"), default=False)
    words = models.TextField(_("how it was done, or why it was dropped"), blank=True)

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        ordering = ["need_id", "planned_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(target_kind="", target_id="") | (~Q(target_kind="") & ~Q(target_id="")),
                name="a_change_is_made_in_a_thing_or_in_none",
            ),
            models.CheckConstraint(
                condition=Q(measure_kind=MeasureKind.WORDS, measure_id="") & ~Q(measure_text="")
                | (~Q(measure_kind=MeasureKind.WORDS) & ~Q(measure_id="")),
                name="a_change_says_how_it_is_seen_to_help",
            ),
            models.CheckConstraint(condition=Q(done=False) | Q(closed_at__isnull=False), name="done_at_a_time"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(done=True) | ~Q(words=""), name="a_change_is_dropped_with_a_reason"
            ),
        ]
        indexes = [models.Index(fields=["target_kind", "target_id"], name="changes_in_a_thing")]

    def __str__(self) -> str:
        return self.what[:60]


class EarlierPlan(models.Model):
    """How a change was planned until it was planned anew: role and days as they were, and why that was changed."""

    id = IdField()
    change = models.ForeignKey(Change, models.PROTECT, related_name="earlier")
    role = models.ForeignKey(Role, models.PROTECT, related_name="+")
    by = models.DateField(_("by"))
    measure_on = models.DateField(_("measured again"))
    reason = models.TextField(_("why it was planned anew"))
    until_at = models.DateTimeField(_("planned so until"))
    ended_by = by_whom()

    class Meta:
        verbose_name = _("earlier plan of a change")
        verbose_name_plural = _("earlier plans of changes")
        ordering = ["change_id", "until_at", "pk"]

    def __str__(self) -> str:
        return f"{self.change_id}: {self.by}"


class Effect(models.Model):
    """What one came to when it was measured again. `said`: what the measuring said, in words that everybody who reads the
    chain may read. `next_on`: when one looks again, where it was too early."""

    id = IdField()
    change = models.ForeignKey(Change, models.PROTECT, related_name="effects")
    kind = models.CharField(_("effect"), max_length=12, choices=EffectKind.choices)
    said = models.TextField(_("what is seen"))
    judged_at = models.DateTimeField(_("judged"))
    judged_by = by_whom()
    next_on = models.DateField(_("looked at again"), null=True, blank=True)

    class Meta:
        verbose_name = _("effect of a change")
        verbose_name_plural = _("effects of changes")
        ordering = ["change_id", "judged_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=EffectKind.TOO_EARLY, next_on__isnull=False)
                | (~Q(kind=EffectKind.TOO_EARLY) & Q(next_on__isnull=True)),
                name="too_early_is_looked_at_again",
            )
        ]

    def __str__(self) -> str:
        return f"{self.change_id}: {self.kind}"
