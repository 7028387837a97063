"""Matters: what is to be decided (aspects, options) and what each participant needs and under what conditions."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from samordna.core.fields import IdField
from samordna.domain.collaborations.enums import Duress
from samordna.domain.collaborations.models import Area, Collaboration
from samordna.domain.matters.enums import (
    AspectKind,
    ConditionForm,
    Confidence,
    MatterKind,
    MatterStage,
    PositionState,
    Sharing,
)
from samordna.domain.organisations.models import Holding, Organisation


class Matter(models.Model):
    """One turn of the loop: a question that several organisations have to answer together."""

    id = IdField()
    collaboration = models.ForeignKey(Collaboration, models.PROTECT, related_name="matters")
    area = models.ForeignKey(Area, models.PROTECT, related_name="matters")
    number = models.PositiveIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=16, choices=MatterKind.choices, default=MatterKind.OTHER)
    title = models.CharField(_("title"), max_length=160)
    purpose = models.TextField(_("purpose"))
    for_the_individual = models.TextField(_("what it does for the individual"))
    convenience = models.TextField(_("whose convenience it serves"), blank=True)
    stage = models.CharField(_("stage"), max_length=16, choices=MatterStage.choices, default=MatterStage.DRAFT)
    answer_by = models.DateField(_("answer by"), null=True, blank=True)
    unit = models.CharField(_("unit of cost and benefit"), max_length=40, default="tkr per år")
    price_of_difference = models.PositiveIntegerField(_("price of a difference"), null=True, blank=True)
    join = models.CharField(_("join"), max_length=8, choices=Duress.choices, blank=True)
    contribute = models.CharField(_("contribute"), max_length=8, choices=Duress.choices, blank=True)
    follow = models.CharField(_("follow"), max_length=8, choices=Duress.choices, blank=True)
    previous = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="next_turns")
    opened_at = models.DateTimeField(_("opened"))
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    closed_reason = models.TextField(_("reason for closing"), blank=True)

    class Meta:
        verbose_name = _("matter")
        verbose_name_plural = _("matters")
        ordering = ["collaboration_id", "-number", "pk"]
        constraints = [models.UniqueConstraint(fields=["collaboration", "number"], name="matter_number_once")]
        indexes = [models.Index(fields=["collaboration", "-number"], name="matter_list")]

    def __str__(self) -> str:
        return self.title


class Aspect(models.Model):
    """One thing that has to be settled in a matter."""

    id = IdField()
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="aspects")
    order = models.PositiveSmallIntegerField(_("order"))
    label = models.CharField(_("label"), max_length=80)
    explanation = models.TextField(_("explanation"), blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=AspectKind.choices)
    sharing = models.CharField(_("sharing"), max_length=10, choices=Sharing.choices, default=Sharing.FRAMED)
    weight = models.PositiveSmallIntegerField(_("weight of likeness"), default=1)
    unit = models.CharField(_("unit"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("aspect")
        verbose_name_plural = _("aspects")
        ordering = ["matter_id", "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "label"],
                name="aspect_label_once_in_a_matter",
                violation_error_message=_("There is already an aspect with this label."),
            ),
            models.CheckConstraint(condition=Q(weight__gte=1), name="aspect_weighs_something"),
        ]

    def __str__(self) -> str:
        return self.label


class Option(models.Model):
    """One answer to an aspect. `number` is its place on the scale for ordered choices and whole numbers."""

    id = IdField()
    aspect = models.ForeignKey(Aspect, models.PROTECT, related_name="options")
    order = models.PositiveSmallIntegerField(_("order"))
    label = models.CharField(_("label"), max_length=80)
    number = models.IntegerField(_("number"), null=True, blank=True)

    class Meta:
        verbose_name = _("option")
        verbose_name_plural = _("options")
        ordering = ["aspect_id", "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["aspect", "label"],
                name="option_label_once_in_an_aspect",
                violation_error_message=_("There is already an option with this label."),
            )
        ]

    def __str__(self) -> str:
        return self.label


class Position(models.Model):
    """What one participant says in a matter. `benefit` is the gain of taking part, as low, likely and high.

    `carried_from`: it begins with what the participant said in the turn before, until it has confirmed or changed that.
    `drafted_from` names the document that somebody else took a draft from; it is no answer until it is sent in.
    """

    id = IdField()
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="positions")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="positions")
    state = models.CharField(_("state"), max_length=16, choices=PositionState.choices, default=PositionState.SILENT)
    benefit_low = models.IntegerField(_("benefit, at least"), null=True, blank=True)
    benefit_likely = models.IntegerField(_("benefit, likely"), null=True, blank=True)
    benefit_high = models.IntegerField(_("benefit, at most"), null=True, blank=True)
    benefit_note = models.TextField(_("what the benefit consists of"), blank=True)
    note = models.TextField(_("note"), blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")
    answered_as = models.CharField(_("answered as"), max_length=160, blank=True)
    declined_reason = models.TextField(_("reason for declining"), blank=True)
    carried_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="carried_to")
    drafted_from = models.CharField(_("drafted from"), max_length=160, blank=True)
    drafted_at = models.DateTimeField(_("drafted"), null=True, blank=True)

    class Meta:
        verbose_name = _("position")
        verbose_name_plural = _("positions")
        ordering = ["matter_id", "organisation_id", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["matter", "organisation"], name="one_position_per_participant"),
            models.CheckConstraint(
                condition=Q(benefit_low__isnull=True, benefit_likely__isnull=True, benefit_high__isnull=True)
                | Q(benefit_low__lte=F("benefit_likely"), benefit_likely__lte=F("benefit_high")),
                name="benefit_low_likely_high",
                violation_error_message=_("State the benefit as lowest, likely and highest, in that order."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} in {self.matter_id}"


class Occasion(models.Model):
    """Something that a matter answers: an experience of the decision before it, kept as it was told."""

    id = IdField()
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="occasions")
    source_id = models.CharField(_("what it comes from"), max_length=12)
    organisation = models.CharField(_("whose it is"), max_length=160)
    about = models.CharField(_("what it is about"), max_length=160, blank=True)
    text = models.TextField(_("text"))
    named_at = models.DateTimeField(_("named"))

    class Meta:
        verbose_name = _("occasion")
        verbose_name_plural = _("occasions")
        ordering = ["matter_id", "named_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["matter", "source_id"], name="an_occasion_is_named_once")]

    def __str__(self) -> str:
        return self.text


class Practice(models.Model):
    """How a participant does it today, in one aspect."""

    id = IdField()
    position = models.ForeignKey(Position, models.CASCADE, related_name="practices")
    aspect = models.ForeignKey(Aspect, models.PROTECT, related_name="practices")
    option = models.ForeignKey(Option, models.PROTECT, related_name="practices")

    class Meta:
        verbose_name = _("current practice")
        verbose_name_plural = _("current practices")
        ordering = ["position_id", "aspect_id", "pk"]
        constraints = [models.UniqueConstraint(fields=["position", "aspect"], name="one_practice_per_aspect")]

    def __str__(self) -> str:
        return f"{self.position_id}: {self.option_id}"


class AdaptationCost(models.Model):
    """What an option would cost a participant, as low, likely and high, in the matter's unit."""

    id = IdField()
    position = models.ForeignKey(Position, models.CASCADE, related_name="costs")
    option = models.ForeignKey(Option, models.PROTECT, related_name="costs")
    low = models.IntegerField(_("at least"))
    likely = models.IntegerField(_("likely"))
    high = models.IntegerField(_("at most"))

    class Meta:
        verbose_name = _("adaptation cost")
        verbose_name_plural = _("adaptation costs")
        ordering = ["position_id", "option_id", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["position", "option"], name="one_cost_per_option"),
            models.CheckConstraint(
                condition=Q(low__lte=F("likely"), likely__lte=F("high")),
                name="cost_low_likely_high",
                violation_error_message=_("State the cost as lowest, likely and highest, in that order."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position_id}: {self.option_id} {self.likely}"


class Need(models.Model):
    """Something a participant needs: soft, weighted, with a reason. `rule` has the form of a condition's."""

    id = IdField()
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="needs")
    position = models.ForeignKey(Position, models.PROTECT, null=True, blank=True, related_name="needs")
    rule = models.JSONField(_("rule"))
    weight = models.PositiveSmallIntegerField(_("weight"), default=1)
    reason = models.TextField(_("reason"))
    stated_at = models.DateTimeField(_("stated"))
    stated_by = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    class Meta:
        verbose_name = _("need")
        verbose_name_plural = _("needs")
        ordering = ["matter_id", "stated_at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="need_has_a_reason")]

    def __str__(self) -> str:
        return f"need {self.pk}"


class Condition(models.Model):
    """Something that must hold for its owner, with a reason. No position: a common condition, owned by coordination.

    Form `rule`: `rule` holds data that the engine checks (see `matters.rules`). Form `prose`: `prose` holds the text, and
    the owner answers proposal by proposal whether it is respected. Ended, never deleted.
    """

    id = IdField()
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="conditions")
    position = models.ForeignKey(Position, models.PROTECT, null=True, blank=True, related_name="conditions")
    form = models.CharField(_("form"), max_length=8, choices=ConditionForm.choices, default=ConditionForm.RULE)
    rule = models.JSONField(_("rule"), null=True, blank=True)
    prose = models.TextField(_("condition in prose"), blank=True)
    reason = models.TextField(_("reason"))
    legal_ground = models.CharField(_("legal ground"), max_length=160, blank=True)
    relax_price = models.PositiveIntegerField(_("price of relaxing it"), null=True, blank=True)
    confidence = models.CharField(_("who may read it"), max_length=12, choices=Confidence.choices, default=Confidence.OPEN)
    valid_to = models.DateField(_("holds until"), null=True, blank=True)
    stated_at = models.DateTimeField(_("stated"))
    stated_by = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    withdrawn_reason = models.TextField(_("reason for withdrawing it"), blank=True)

    class Meta:
        verbose_name = _("condition")
        verbose_name_plural = _("conditions")
        ordering = ["matter_id", "stated_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="condition_has_a_reason",
                violation_error_message=_("Say why: a condition without a reason cannot be weighed by others."),
            ),
            models.CheckConstraint(
                condition=Q(form=ConditionForm.RULE, rule__isnull=False, prose="")
                | (Q(form=ConditionForm.PROSE, rule__isnull=True) & ~Q(prose="")),
                name="condition_is_rule_or_prose",
            ),
        ]

    def __str__(self) -> str:
        return f"condition {self.pk}"


class Reconsideration(models.Model):
    """The coordinator's request that a participant thinks a condition over, and what its owner answered.

    `gives_way` is None until it is answered. Giving way withdraws the condition; the answer to a condition that stands is
    why it has to.
    """

    id = IdField()
    condition = models.ForeignKey(Condition, models.PROTECT, related_name="reconsiderations")
    text = models.TextField(_("what is asked, and why"))
    asked_at = models.DateTimeField(_("asked"))
    asked_by = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")
    gives_way = models.BooleanField(_("gives way"), null=True, blank=True)
    answer = models.TextField(_("answer"), blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("request to reconsider")
        verbose_name_plural = _("requests to reconsider")
        ordering = ["condition_id", "-asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["condition"],
                condition=Q(answered_at__isnull=True),
                name="one_open_request_per_condition",
                violation_error_message=_("The owner has been asked already and has not answered yet."),
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, gives_way__isnull=True)
                | Q(answered_at__isnull=False, gives_way__isnull=False),
                name="request_is_answered_as_a_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"request about {self.condition_id}"


class AnswerLinkQuerySet(models.QuerySet["AnswerLink"]):
    """Filters with a name."""

    def living(self, at: datetime) -> AnswerLinkQuerySet:
        """Links that may still be used at this moment."""
        return self.filter(used_at__isnull=True, revoked_at__isnull=True, expires_at__gt=at)


class AnswerLink(models.Model):
    """A link by which somebody without an account answers one position, once. Only the token's hash is kept."""

    id = IdField()
    position = models.ForeignKey(Position, models.PROTECT, related_name="links")
    recipient = models.EmailField(_("recipient"))
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(_("made"))
    made_by = models.ForeignKey(Holding, models.PROTECT, related_name="+")
    expires_at = models.DateTimeField(_("expires"))
    used_at = models.DateTimeField(_("used"), null=True, blank=True)
    used_as = models.CharField(_("used as"), max_length=160, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    objects = AnswerLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer link")
        verbose_name_plural = _("answer links")
        ordering = ["position_id", "-made_at", "pk"]

    def __str__(self) -> str:
        return f"link to {self.position_id}"
