"""The purpose in words, the shared picture, needs, and the goals that are measured."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samordna.core.fields import IdField
from samordna.domain.collaborations.enums import (
    Direction,
    GoalKind,
    PointKind,
)
from samordna.domain.collaborations.models.joined import Collaboration
from samordna.domain.organisations.models import Holding, Organisation


class EarlierPurpose(models.Model):
    """What the purpose was before it was stated anew, and why it was. The present one stands on the collaboration."""

    id = IdField()
    collaboration = models.ForeignKey(Collaboration, models.PROTECT, related_name="earlier_purposes")
    number = models.PositiveSmallIntegerField(_("version of the purpose"))
    text = models.TextField(_("purpose"))
    why = models.TextField(_("why it was stated anew"), blank=True)
    replaced_at = models.DateTimeField(_("replaced"))
    replaced_by = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("earlier purpose")
        verbose_name_plural = _("earlier purposes")
        ordering = ["collaboration_id", "-number"]
        constraints = [models.UniqueConstraint(fields=["collaboration", "number"], name="one_earlier_purpose_per_number")]

    def __str__(self) -> str:
        return f"{self.number} in {self.collaboration_id}"


class PurposeConfirmation(models.Model):
    """The purpose in one participant's own words, or in the coordination's (no organisation). The latest one counts."""

    id = IdField()
    collaboration = models.ForeignKey(Collaboration, models.PROTECT, related_name="confirmations")
    number = models.PositiveSmallIntegerField(_("version of the purpose"))
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    own_words = models.TextField(_("in own words"))
    confirmed_at = models.DateTimeField(_("confirmed"))
    confirmed_by = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("confirmation of the purpose")
        verbose_name_plural = _("confirmations of the purpose")
        ordering = ["collaboration_id", "-confirmed_at", "pk"]

    def __str__(self) -> str:
        return f"{self.number} by {self.organisation_id}"


class PicturePoint(models.Model):
    """One point of the shared picture of problems, needs and what should be done. Taken away, it is kept."""

    id = IdField()
    collaboration = models.ForeignKey(Collaboration, models.PROTECT, related_name="points")
    kind = models.CharField(_("kind"), max_length=8, choices=PointKind.choices)
    text = models.TextField(_("point"))
    added_at = models.DateTimeField(_("added"))
    added_by = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    removed_at = models.DateTimeField(_("taken away"), null=True, blank=True)
    removed_reason = models.TextField(_("why it was taken away"), blank=True)

    class Meta:
        verbose_name = _("point of the shared picture")
        verbose_name_plural = _("points of the shared picture")
        ordering = ["collaboration_id", "added_at", "pk"]

    def __str__(self) -> str:
        return self.text[:60]


class PictureMark(models.Model):
    """How one participant, or the coordination (no organisation), sees one point. The latest one counts."""

    id = IdField()
    point = models.ForeignKey(PicturePoint, models.PROTECT, related_name="marks")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    agrees = models.BooleanField(_("sees it the same way"))
    why = models.TextField(_("how it is seen instead"), blank=True)
    marked_at = models.DateTimeField(_("marked"))
    marked_by = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("mark on a point")
        verbose_name_plural = _("marks on points")
        ordering = ["point_id", "-marked_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(agrees=True) | ~Q(why=""), name="who_sees_it_differently_says_how")
        ]

    def __str__(self) -> str:
        return f"{self.point_id} by {self.organisation_id}"


class PartyNeed(models.Model):
    """What an organisation needs the collaboration for, and why. Withdrawn, it is kept."""

    id = IdField()
    collaboration = models.ForeignKey(Collaboration, models.PROTECT, related_name="party_needs")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    text = models.TextField(_("need"))
    reason = models.TextField(_("reason"))
    stated_at = models.DateTimeField(_("stated"))
    stated_by = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    class Meta:
        verbose_name = _("need of a participant")
        verbose_name_plural = _("needs of participants")
        ordering = ["collaboration_id", "organisation_id", "stated_at", "pk"]

    def __str__(self) -> str:
        return self.text[:60]


class GoalQuerySet(models.QuerySet["Goal"]):
    """Filters with a name."""

    def in_force(self) -> GoalQuerySet:
        """Goals that are worked for now."""
        return self.filter(ended_at__isnull=True)


class Goal(models.Model):
    """A measurable goal: an indicator that goes from a baseline to a target by a day.

    What was set is never changed. A revised goal is a new row that `replaces` the old one, so that results measured
    against the old one stay under it, and the series of one goal is read along the chain.
    """

    id = IdField()
    collaboration = models.ForeignKey(Collaboration, models.PROTECT, related_name="goals")
    what = models.CharField(_("goal"), max_length=200)
    kind = models.CharField(_("kind"), max_length=8, choices=GoalKind.choices, default=GoalKind.RESULT)
    indicator = models.CharField(_("indicator"), max_length=200)
    unit = models.CharField(_("unit"), max_length=40)
    direction = models.CharField(_("direction"), max_length=4, choices=Direction.choices)
    source = models.CharField(_("where the figures come from"), max_length=200, blank=True)
    baseline = models.DecimalField(_("baseline"), max_digits=16, decimal_places=4)
    baseline_on = models.DateField(_("baseline measured"))
    target = models.DecimalField(_("target"), max_digits=16, decimal_places=4)
    target_on = models.DateField(_("to be reached by"))
    set_at = models.DateTimeField(_("set"))
    set_by = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    ended_reason = models.TextField(_("why it ended"), blank=True)

    objects = GoalQuerySet.as_manager()

    class Meta:
        verbose_name = _("goal")
        verbose_name_plural = _("goals")
        ordering = ["collaboration_id", "set_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(direction=Direction.UP, target__gt=models.F("baseline"))
                | Q(direction=Direction.DOWN, target__lt=models.F("baseline"))
                | Q(direction=Direction.KEEP, target=models.F("baseline")),
                name="goal_goes_its_direction",
                violation_error_message=_("The target lies the other way from the baseline."),
            ),
            models.CheckConstraint(condition=Q(target_on__gt=models.F("baseline_on")), name="goal_has_time"),
        ]

    def __str__(self) -> str:
        return self.what
