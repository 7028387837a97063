"""Needs and conditions as sentences with their reasons, as far as the reader may read them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Q

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.domain.matters.access import readable_conditions, readable_needs, reads_positions_in
from samordna.domain.matters.enums import ConditionForm, Confidence
from samordna.domain.matters.models import Condition, Matter, Need
from samordna.domain.matters.phrases import sentence_of
from samordna.domain.matters.rules import Subject


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """One need or condition. `owner` is the organisation's name, "" for what is common. `rule` is as stored.

    Prose has no rule. `relax_price` is None for what cannot be given up. `weight` is a need's; None for a condition.
    """

    id: str
    sentence: str
    reason: str
    owner: str
    prose: bool = False
    rule: object = None
    legal_ground: str = ""
    relax_price: int | None = None
    confidential: bool = False
    valid_to: date | None = None
    weight: int | None = None


@dataclass(slots=True, kw_only=True)
class Statements:
    """What has been stated in a matter, by position id; None is the coordination.

    How many conditions the actor may not read is not told: nobody else learns that one more was stated (ADR 10).
    `positions` says whether the actor may read practices and notes as well.
    """

    conditions: dict[str | None, list[Stated]] = field(default_factory=lambda: defaultdict(list))
    needs: dict[str | None, list[Stated]] = field(default_factory=lambda: defaultdict(list))
    positions: bool = True


def live(on: date) -> Q:
    """Conditions that hold on this day: not withdrawn, and their last day not passed."""
    return Q(withdrawn_at__isnull=True) & (Q(valid_to__isnull=True) | Q(valid_to__gt=on))


def statements_of(actor: Actor, matter: Matter, subjects: Mapping[str, Subject], at: datetime) -> Statements:
    """Everything that holds now, as the actor may read it; a constant number of database queries."""
    said = Statements(positions=bool(actor.link_position_id) or reads_positions_in(actor, matter, at))
    alive = live(clock.day(at))
    readable = readable_conditions(actor, matter, at).filter(alive)
    for condition in readable.select_related("position__organisation"):
        said.conditions[condition.position_id].append(_condition(condition, subjects))
    needs = readable_needs(actor, matter, at).filter(withdrawn_at__isnull=True)
    for need in needs.select_related("position__organisation"):
        said.needs[need.position_id].append(_need(need, subjects))
    return said


def _condition(condition: Condition, subjects: Mapping[str, Subject]) -> Stated:
    prose = condition.form == ConditionForm.PROSE
    return Stated(
        id=condition.pk,
        sentence=condition.prose if prose else sentence_of(condition.rule, subjects),
        reason=condition.reason,
        owner=condition.position.organisation.name if condition.position else "",
        prose=prose,
        rule=condition.rule,
        legal_ground=condition.legal_ground,
        relax_price=condition.relax_price,
        confidential=condition.confidence == Confidence.COORDINATOR,
        valid_to=condition.valid_to,
    )


def _need(need: Need, subjects: Mapping[str, Subject]) -> Stated:
    return Stated(
        id=need.pk,
        sentence=sentence_of(need.rule, subjects),
        reason=need.reason,
        owner=need.position.organisation.name if need.position else "",
        rule=need.rule,
        weight=need.weight,
    )
