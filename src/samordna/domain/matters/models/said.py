"""What participants, and the coordination for all, have said in a matter."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from samordna.core.fields import IdField
from samordna.domain.matters.enums import ConditionForm, Confidence, PositionState
from samordna.domain.matters.models.asked import Aspect, Matter, Option
from samordna.domain.organisations.models import Holding, Organisation


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
