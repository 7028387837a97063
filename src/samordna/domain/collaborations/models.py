"""Collaborations: purpose, target group, who takes part and when, subject areas, and mandates with their clauses."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samordna.core.fields import IdField, holds_for_some_time, together
from samordna.domain.collaborations.enums import (
    CollaborationState,
    CriterionKind,
    CriterionOperator,
    Direction,
    Duress,
    Following,
    GoalKind,
    MandateForm,
    PointKind,
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
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("collaboration")
        verbose_name_plural = _("collaborations")
        ordering = ["name", "pk"]
        constraints = [holds_for_some_time("collaboration_holds_for_some_time")]

    def __str__(self) -> str:
        return self.name


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


class Mandate(models.Model):
    """What coordination may decide, given by one organisation: its own (form 1), lent (form 2) or granted (form 3).

    A delegated one is passed on from the collaboration that this one lies in; its giver is the organisation whose role
    coordinates there.
    """

    id = IdField()
    collaboration = models.ForeignKey(Collaboration, models.PROTECT, related_name="mandates")
    form = models.CharField(_("form"), max_length=16, choices=MandateForm.choices)
    giver = models.ForeignKey(Organisation, models.PROTECT, related_name="given_mandates")
    holder_role = models.ForeignKey(Role, models.PROTECT, related_name="held_mandates")
    wording = models.TextField(_("wording"))
    source = models.CharField(_("source document"), max_length=200)
    notice_days = models.PositiveSmallIntegerField(_("notice in days"), default=0)
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until"), null=True, blank=True)
    notice_given_at = models.DateTimeField(_("notice given"), null=True, blank=True)
    notice_given_by = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")
    ends_on = models.DateField(_("counts until, by notice"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    revoked_by = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")
    revoked_reason = models.TextField(_("reason for the revocation"), blank=True)

    class Meta:
        verbose_name = _("mandate")
        verbose_name_plural = _("mandates")
        ordering = ["collaboration_id", "giver_id", "valid_from", "pk"]
        constraints = [
            holds_for_some_time("mandate_holds_for_some_time"),
            together("mandate_revoked_by_somebody_at_some_time", "revoked_at", "revoked_by"),
            together("mandate_notice_by_somebody_for_some_day", "notice_given_at", "notice_given_by", "ends_on"),
        ]

    def __str__(self) -> str:
        return f"{self.form} by {self.giver_id}"


class Clause(models.Model):
    """One sentence of a mandate as data: over this area, what coordination decides and how it binds.

    `within`: in a delegated mandate, the area of the collaboration above whose deciding is passed on.
    """

    id = IdField()
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="clauses")
    area = models.ForeignKey(Area, models.PROTECT, related_name="clauses")
    within = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="passed_on")
    coordination_decides = models.BooleanField(_("coordination may decide"), default=True)
    participants_no_longer_decide = models.BooleanField(_("participants no longer decide themselves"), default=False)
    following = models.CharField(_("following"), max_length=8, choices=Following.choices, default=Following.MUST)

    class Meta:
        verbose_name = _("clause")
        verbose_name_plural = _("clauses")
        ordering = ["mandate_id", "area_id", "pk"]
        constraints = [models.UniqueConstraint(fields=["mandate", "area"], name="one_clause_per_mandate_and_area")]

    def __str__(self) -> str:
        return f"{self.mandate_id} over {self.area_id}"


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
