"""Proposals, what the engine and the check said of them, and the decisions they become. Versions are never edited."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from samordna.core.fields import IdField
from samordna.domain.decisions.enums import (
    AdoptionAnswer,
    AttemptResult,
    ComesIntoForce,
    ConsultationStance,
    DecisionState,
    ProposalOrigin,
    ProposalState,
    Verdict,
)
from samordna.domain.decisions.limits import MAX_HOURS, MAX_RATE
from samordna.domain.matters.models import Aspect, Condition, Matter, Option
from samordna.domain.organisations.models import Holding, Organisation


class Attempt(models.Model):
    """One run of the engine over a matter: the problem it was given (as a digest and a document) and what it answered."""

    id = IdField()
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="attempts")
    started_at = models.DateTimeField(_("started"))
    milliseconds = models.PositiveIntegerField(_("milliseconds"))
    result = models.CharField(_("result"), max_length=12, choices=AttemptResult.choices)
    problem_digest = models.CharField(max_length=64)
    outcome = models.JSONField(_("outcome"))
    made_by = models.ForeignKey(Holding, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        ordering = ["matter_id", "-started_at", "pk"]

    def __str__(self) -> str:
        return f"{self.result} for {self.matter_id}"


class Proposal(models.Model):
    """A value for every aspect that is to be alike, and each participant's adaptations. Fixed once it is shared."""

    id = IdField()
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="proposals")
    number = models.PositiveSmallIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=120)
    origin = models.CharField(_("origin"), max_length=12, choices=ProposalOrigin.choices)
    state = models.CharField(_("state"), max_length=12, choices=ProposalState.choices, default=ProposalState.SKETCH)
    text = models.TextField(_("text"), blank=True)
    amends = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="amendments")
    attempt = models.ForeignKey(Attempt, models.PROTECT, null=True, blank=True, related_name="proposals")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="proposals")
    made_by = models.ForeignKey(Holding, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("made"))
    verdict = models.CharField(_("verdict"), max_length=12, choices=Verdict.choices, default=Verdict.UNCHECKED)
    check_result = models.JSONField(_("result of the check"), default=dict)
    balance = models.JSONField(_("balance"), default=dict)

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering = ["matter_id", "-number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["matter", "number"], name="proposal_number_once"),
            models.UniqueConstraint(fields=["matter"], condition=Q(state=ProposalState.CHOSEN), name="one_chosen_proposal"),
        ]

    def __str__(self) -> str:
        return self.title


class FrameValue(models.Model):
    """The proposed value of one aspect for all. An aspect without one is left to each."""

    id = IdField()
    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="frame")
    aspect = models.ForeignKey(Aspect, models.PROTECT, related_name="+")
    option = models.ForeignKey(Option, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("frame value")
        verbose_name_plural = _("frame values")
        ordering = ["proposal_id", "aspect__order", "pk"]
        constraints = [models.UniqueConstraint(fields=["proposal", "aspect"], name="one_frame_value_per_aspect")]

    def __str__(self) -> str:
        return f"{self.aspect_id}: {self.option_id}"


class Adaptation(models.Model):
    """Where one participant differs from the frame (`local`: where the aspect is left to each), and because of what.

    `because` are the conditions that make the difference necessary; none means that nothing needs it.
    """

    id = IdField()
    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="adaptations")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    aspect = models.ForeignKey(Aspect, models.PROTECT, related_name="+")
    option = models.ForeignKey(Option, models.PROTECT, related_name="+")
    local = models.BooleanField(_("left to each"), default=False)
    because = models.ManyToManyField(Condition, related_name="+")
    worth_it = models.IntegerField(_("gain that alone justifies it"), null=True, blank=True)
    review_on = models.DateField(_("review on"), null=True, blank=True)

    class Meta:
        verbose_name = _("adaptation")
        verbose_name_plural = _("adaptations")
        ordering = ["proposal_id", "organisation_id", "aspect__order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "organisation", "aspect"], name="one_adaptation_per_participant_and_aspect"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.option_id}"


class ProseAnswer(models.Model):
    """The owner's word on whether a proposal respects a condition that stays in prose."""

    id = IdField()
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="prose_answers")
    condition = models.ForeignKey(Condition, models.PROTECT, related_name="answers")
    respected = models.BooleanField(_("respected"))
    reason = models.TextField(_("reason"), blank=True)
    answered_at = models.DateTimeField(_("answered"))
    answered_by = models.ForeignKey(Holding, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("answer about a condition in prose")
        verbose_name_plural = _("answers about conditions in prose")
        ordering = ["proposal_id", "answered_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["proposal", "condition"], name="one_prose_answer_per_proposal")]

    def __str__(self) -> str:
        return f"{self.condition_id}: {self.respected}"


class Decision(models.Model):
    """A coordinated decision through all its versions. `number` is counted per collaboration."""

    id = IdField()
    matter = models.OneToOneField(Matter, models.PROTECT, related_name="decision")
    number = models.PositiveIntegerField(_("number"))

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["matter_id", "-number", "pk"]

    def __str__(self) -> str:
        return f"decision {self.number}"


class DecisionVersion(models.Model):
    """What was decided, as it was decided. `content` is the whole decision as data (frame, adaptations, reasons, balance),
    `certificate` what was checked and with what result, `ruling` on whose mandate; `digest` is over all three."""

    id = IdField()
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="version")
    state = models.CharField(_("state"), max_length=16, choices=DecisionState.choices, default=DecisionState.PREPARED)
    comes_into_force = models.CharField(
        _("comes into force"), max_length=10, choices=ComesIntoForce.choices, default=ComesIntoForce.ALL
    )
    in_force_from = models.DateField(_("in force from"), null=True, blank=True)
    consultation_until = models.DateField(_("answers to the consultation by"), null=True, blank=True)
    review_on = models.DateField(_("review on"), null=True, blank=True)
    content = models.JSONField(_("content"))
    certificate = models.JSONField(_("certificate"))
    ruling = models.JSONField(_("ruling"))
    digest = models.CharField(_("digest"), max_length=64)
    prepared_at = models.DateTimeField(_("prepared"))
    prepared_by = models.ForeignKey(Holding, models.PROTECT, related_name="+")
    established_at = models.DateTimeField(_("established"), null=True, blank=True)
    established_by = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")
    skipped = models.JSONField(_("steps skipped, with reasons"), default=list)
    ended_reason = models.TextField(_("reason for ending it"), blank=True)

    class Meta:
        verbose_name = _("decision version")
        verbose_name_plural = _("decision versions")
        ordering = ["decision_id", "-number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "number"], name="decision_version_number_once"),
            models.UniqueConstraint(
                fields=["decision"], condition=Q(state=DecisionState.IN_FORCE), name="one_version_in_force"
            ),
            models.CheckConstraint(
                condition=~Q(state=DecisionState.IN_FORCE) | Q(in_force_from__isnull=False, established_at__isnull=False),
                name="in_force_from_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.number}"


class ConsultationAnswer(models.Model):
    """One participant's answer to the consultation on a version; the latest counts, all are kept.

    An objection stands until its maker clears it, or answers anew.
    """

    id = IdField()
    version = models.ForeignKey(DecisionVersion, models.PROTECT, related_name="consultation_answers")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    stance = models.CharField(_("answer"), max_length=24, choices=ConsultationStance.choices)
    text = models.TextField(_("text"), blank=True)
    late = models.BooleanField(_("late"), default=False)
    answered_at = models.DateTimeField(_("answered"))
    answered_by = models.ForeignKey(Holding, models.PROTECT, related_name="+")
    cleared_at = models.DateTimeField(_("cleared"), null=True, blank=True)
    cleared_by = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("consultation answer")
        verbose_name_plural = _("consultation answers")
        ordering = ["version_id", "answered_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(cleared_at__isnull=True, cleared_by__isnull=True)
                | Q(cleared_at__isnull=False, cleared_by__isnull=False, stance=ConsultationStance.OBJECTS),
                name="an_objection_is_cleared_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.stance}"

    @property
    def stands(self) -> bool:
        """Is it an objection that has not been cleared?"""
        return self.stance == ConsultationStance.OBJECTS and self.cleared_at is None


class Reply(models.Model):
    """What coordination has answered to an objection. Replies are added, never changed."""

    id = IdField()
    objection = models.ForeignKey(ConsultationAnswer, models.PROTECT, related_name="replies")
    text = models.TextField(_("text"))
    replied_at = models.DateTimeField(_("replied"))
    replied_by = models.ForeignKey(Holding, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("reply to an objection")
        verbose_name_plural = _("replies to objections")
        ordering = ["objection_id", "replied_at", "pk"]

    def __str__(self) -> str:
        return f"reply to {self.objection_id}"


class Adoption(models.Model):
    """An organisation's own decision on a version: by which body, when, which paragraph."""

    id = IdField()
    version = models.ForeignKey(DecisionVersion, models.PROTECT, related_name="adoptions")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="adoptions")
    answer = models.CharField(_("answer"), max_length=10, choices=AdoptionAnswer.choices)
    body = models.CharField(_("body"), max_length=120)
    decided_on = models.DateField(_("decided"))
    paragraph = models.CharField(_("paragraph"), max_length=20, blank=True)
    reservation = models.TextField(_("reservation"), blank=True)
    in_force_from = models.DateField(_("in force here from"), null=True, blank=True)
    recorded_at = models.DateTimeField(_("recorded"))
    recorded_by = models.ForeignKey(Holding, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("adoption")
        verbose_name_plural = _("adoptions")
        ordering = ["version_id", "organisation_id", "recorded_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "organisation"],
                name="one_adoption_per_organisation",
                violation_error_message=_("The organisation's decision has already been recorded."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.answer}"


class HourlyRate(models.Model):
    """What an hour of an organisation's people costs it, in kronor, on the days from `valid_from` and before `valid_to`:
    the organisation's own setting. What was stated first holds from the beginning of time (`valid_from` is empty)."""

    id = IdField()
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="hourly_rates")
    amount = models.PositiveIntegerField(_("kronor per hour"))
    valid_from = models.DateField(_("holds from"), null=True, blank=True)
    valid_to = models.DateField(_("holds until"), null=True, blank=True)
    set_at = models.DateTimeField(_("set"))
    set_by = models.ForeignKey(Holding, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("hourly rate")
        verbose_name_plural = _("hourly rates")
        ordering = ["organisation_id", F("valid_from").asc(nulls_first=True), "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gte=1, amount__lte=MAX_RATE),
                name="hourly_rate_is_possible",
                violation_error_message=_("State what an hour costs, in whole kronor."),
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="hourly_rate_holds_for_some_time",
            ),
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(valid_to__isnull=True), name="one_hourly_rate_goes_on"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.amount}"


class TimeEstimate(models.Model):
    """How many hours a matter has taken one participant by its own estimate, instead of what was counted.

    No organisation: the coordination's own time. It can be changed; the journal keeps what was said before.
    """

    id = IdField()
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="time_estimates")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    hours = models.PositiveIntegerField(_("hours"))
    reason = models.TextField(_("what the time went to"))
    stated_at = models.DateTimeField(_("stated"))
    stated_by = models.ForeignKey(Holding, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("time estimate")
        verbose_name_plural = _("time estimates")
        ordering = ["matter_id", "organisation_id", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["matter", "organisation"], name="one_time_estimate_per_participant"),
            models.UniqueConstraint(
                fields=["matter"], condition=Q(organisation__isnull=True), name="one_time_estimate_of_the_coordination"
            ),
            models.CheckConstraint(condition=Q(hours__lte=MAX_HOURS), name="time_estimate_is_possible"),
            models.CheckConstraint(condition=~Q(reason=""), name="time_estimate_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.hours} h"
