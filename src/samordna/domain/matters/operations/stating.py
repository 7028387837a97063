"""Needs and conditions: stated with a reason by a participant, or for all by the coordinator; withdrawn, never deleted."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Invalid
from samordna.core.operation import operation
from samordna.domain.matters import rules
from samordna.domain.matters.enums import ConditionForm, Confidence, PositionState, Sharing
from samordna.domain.matters.limits import MAX_WORTH, check_conditions, check_needs
from samordna.domain.matters.models import Condition, Matter, Need, Position
from samordna.domain.matters.operations.held import (
    begin,
    check_answerable,
    held_condition_for,
    held_matter_for,
    held_need_for,
    held_position_for,
)
from samordna.domain.matters.operations.telling import tell
from samordna.domain.matters.queries.subjects import subjects_of
from samordna.domain.matters.states import HEARD
from samordna.domain.matters.typed import Typed

Data = dict[str, Any]


@operation("position.answer")
def state_condition(
    *,
    actor: Actor,
    position_id: str,
    reason: str,
    rule: Data | None = None,
    prose: str = "",
    legal_ground: str = "",
    relax_price: int | None = None,
    confidence: str = Confidence.OPEN,
    valid_to: date | None = None,
    at: datetime | None = None,
) -> Condition:
    """State what must hold for the participant: a rule over aspects, or prose. A reason is required.

    `relax_price` is what giving it up costs, in the matter's unit; None means that it cannot be given up. `valid_to` is the
    first day on which it no longer holds.
    """
    position = held_position_for(actor, position_id, at=at)
    check_conditions(position.conditions.filter(withdrawn_at__isnull=True).count() + 1)
    fields = _condition(position.matter, rule, prose, reason, legal_ground, relax_price, confidence, valid_to, at)
    _check_new(position.conditions.filter(withdrawn_at__isnull=True), fields.get("rule"))
    condition = Condition.objects.create(matter=position.matter, position=position, **fields, **_stated(actor, at))
    _after_condition(position)
    _tell(actor, "condition_stated", condition, at, **_content(condition))
    return condition


@operation("matter.lead")
def state_common_condition(
    *,
    actor: Actor,
    matter_id: str,
    reason: str,
    rule: Data | None = None,
    prose: str = "",
    legal_ground: str = "",
    relax_price: int | None = None,
    valid_to: date | None = None,
    at: datetime | None = None,
) -> Condition:
    """State what must hold for all; the coordination owns it and everybody reads it."""
    matter = held_matter_for(actor, matter_id, "matter.lead", at)
    check_answerable(matter)
    check_conditions(matter.conditions.filter(position=None, withdrawn_at__isnull=True).count() + 1)
    fields = _condition(matter, rule, prose, reason, legal_ground, relax_price, Confidence.OPEN, valid_to, at)
    condition = Condition.objects.create(matter=matter, **fields, **_stated(actor, at))
    _tell(actor, "common_condition_stated", condition, at, **_content(condition))
    return condition


@operation("position.answer")
def withdraw_condition(*, actor: Actor, condition_id: str, reason: str = "", at: datetime | None = None) -> Condition:
    """End a condition. Once an answer has been sent in, and for common ones, a reason is required.

    Withdrawing the last condition of an answer that was sent in says that there are none.
    """
    condition = held_condition_for(actor, condition_id, at)
    position = condition.position
    typed = Typed()
    needed = _("Say why it no longer holds; others may have adapted to it.")
    sent_in = position is None or position.state in HEARD
    condition.withdrawn_reason = typed.text("reason", reason, needed=needed if sent_in else "")
    typed.finish()
    condition.withdrawn_at = at or clock.now()
    condition.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    if position is not None and position.state == PositionState.ANSWERED and not _has_conditions(position):
        _move(position, PositionState.NO_CONDITIONS)
    _tell(actor, "condition_withdrawn", condition, at, reason=condition.withdrawn_reason)
    return condition


@operation("position.answer")
def offer_to_relax(*, actor: Actor, condition_id: str, price: int | None, at: datetime | None = None) -> Condition:
    """Say what giving up the condition would cost, in the matter's unit; None takes the offer back."""
    condition = held_condition_for(actor, condition_id, at)
    typed = Typed()
    condition.relax_price = typed.amount("price", price, least=0)
    typed.finish()
    condition.save(update_fields=["relax_price"])
    _tell(actor, "relaxation_offered", condition, at, relax_price=price)
    return condition


@operation("position.answer")
def state_need(
    *, actor: Actor, position_id: str, rule: Data, reason: str, weight: int = 1, at: datetime | None = None
) -> Need:
    """State what the participant needs: softer than a condition, with a reason and what meeting it is worth (`weight`, in
    the matter's unit)."""
    position = held_position_for(actor, position_id, at=at)
    check_needs(position.needs.filter(withdrawn_at__isnull=True).count() + 1)
    fields = _need(position.matter, rule, reason, weight, common=False)
    _check_new(position.needs.filter(withdrawn_at__isnull=True), fields["rule"])
    need = Need.objects.create(matter=position.matter, position=position, **fields, **_stated(actor, at))
    begin(position)
    _tell(actor, "need_stated", need, at, rule=need.rule, weight=need.weight, reason=need.reason)
    return need


@operation("matter.lead")
def state_common_need(
    *, actor: Actor, matter_id: str, rule: Data, reason: str, weight: int = 1, at: datetime | None = None
) -> Need:
    """State a need of the whole, owned by the coordination; it is about what all share."""
    matter = held_matter_for(actor, matter_id, "matter.lead", at)
    check_answerable(matter)
    check_needs(matter.needs.filter(position=None, withdrawn_at__isnull=True).count() + 1)
    need = Need.objects.create(matter=matter, **_need(matter, rule, reason, weight, common=True), **_stated(actor, at))
    _tell(actor, "common_need_stated", need, at, rule=need.rule, weight=need.weight, reason=need.reason)
    return need


@operation("position.answer")
def withdraw_need(*, actor: Actor, need_id: str, at: datetime | None = None) -> Need:
    """End a need."""
    need = held_need_for(actor, need_id, at)
    need.withdrawn_at = at or clock.now()
    need.save(update_fields=["withdrawn_at"])
    _tell(actor, "need_withdrawn", need, at)
    return need


def _condition(
    matter: Matter,
    rule: Data | None,
    prose: str,
    reason: str,
    legal_ground: str,
    relax_price: int | None,
    confidence: str,
    valid_to: date | None,
    at: datetime | None,
) -> dict[str, Any]:
    typed = Typed()
    fields: dict[str, Any] = _rule_or_prose(typed, matter, rule, prose)
    fields["reason"] = _reason(typed, reason)
    fields["legal_ground"] = typed.text("legal_ground", legal_ground, most=160)
    fields["relax_price"] = typed.amount("relax_price", relax_price, least=0)
    fields["confidence"] = typed.choice("confidence", confidence, Confidence)
    on = clock.day(at or clock.now())
    fields["valid_to"] = typed.later_day("valid_to", valid_to, on, _("Choose a day to come, or leave it empty."))
    typed.finish()
    return fields


def _reason(typed: Typed, reason: str) -> str:
    return typed.text("reason", reason, needed=_("Say why: a condition without a reason cannot be weighed by others."))


def _rule_or_prose(typed: Typed, matter: Matter, rule: Data | None, prose: str) -> dict[str, Any]:
    words = typed.text("prose", prose)
    if (rule is None) == (not words):
        typed.fault("prose" if rule is None else "rule", _("State the condition as a rule or in your own words, not both."))
        return {}
    if rule is None:
        return {"form": ConditionForm.PROSE, "prose": words}
    return {"form": ConditionForm.RULE, "rule": _read(typed, matter, rule)}


def _read(typed: Typed, matter: Matter, rule: Data) -> Data:
    try:
        return rules.data_of(rules.read(rule, subjects_of(matter.pk)))
    except Invalid as invalid:
        typed.fault("rule", invalid.fields["rule"])
        return {}


def _need(matter: Matter, rule: Data, reason: str, weight: int, *, common: bool) -> dict[str, Any]:
    typed = Typed()
    fields: dict[str, Any] = {
        "rule": _read(typed, matter, rule),
        "weight": typed.amount("weight", weight, least=1, most=MAX_WORTH),
        "reason": typed.text(
            "reason", reason, needed=_("Say why you need it, so that others can meet it in their own way.")
        ),
    }
    typed.finish()
    if common:
        _check_shared(matter, fields["rule"])
    return fields


def _check_shared(matter: Matter, rule: Data) -> None:
    subjects = subjects_of(matter.pk)
    for aspect in rules.read(rule, subjects).aspects:
        if subjects[aspect].sharing is Sharing.LOCAL:
            raise Invalid(
                {
                    "rule": _("“%(aspect)s” is left to each, so a common need cannot be about it.")
                    % {"aspect": subjects[aspect].label}
                }
            )


def _check_new(stated: QuerySet[Condition] | QuerySet[Need], rule: Data | None) -> None:
    """A button pressed twice states the same thing once."""
    if rule and any(other.rule == rule for other in stated):
        raise Invalid({"rule": _("You have already stated exactly this. Take the earlier one back to state it anew.")})


def _stated(actor: Actor, at: datetime | None) -> dict[str, Any]:
    return {"stated_at": at or clock.now(), "stated_by_id": actor.holding_id}


def _has_conditions(position: Position) -> bool:
    return position.conditions.filter(withdrawn_at__isnull=True).exists()


def _after_condition(position: Position) -> None:
    """A condition added to “no conditions” makes it an answer with conditions."""
    begin(position)
    if position.state == PositionState.NO_CONDITIONS:
        _move(position, PositionState.ANSWERED)


def _move(position: Position, state: PositionState) -> None:
    position.state = state
    position.save(update_fields=["state"])


def _content(condition: Condition) -> dict[str, Any]:
    return {
        "rule": condition.rule,
        "prose": condition.prose,
        "reason": condition.reason,
        "legal_ground": condition.legal_ground,
        "relax_price": condition.relax_price,
        "confidence": str(condition.confidence),
        "valid_to": condition.valid_to.isoformat() if condition.valid_to else None,
    }


def _tell(actor: Actor, action: str, stated: Condition | Need, at: datetime | None, **content: Any) -> None:
    kind = "need" if isinstance(stated, Need) else "condition"
    owner = stated.position.organisation_id if stated.position else "coordination"
    tell(actor, action, kind, stated.pk, stated.matter, at, owner=owner, **content)
