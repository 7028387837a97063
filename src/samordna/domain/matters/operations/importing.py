"""Positions taken from a document: drafts by the coordinator for many, or by a participant for itself.

Nothing here is an answer. What is taken in stands as begun until somebody who may answer for the participant sends it in,
and whoever has sent in its answer is left alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Refused
from samordna.core.operation import operation
from samordna.domain.matters.enums import ConditionForm, PositionState
from samordna.domain.matters.exchange.documents import DraftIn
from samordna.domain.matters.exchange.drafts import Draft, Said
from samordna.domain.matters.limits import check_conditions, check_needs
from samordna.domain.matters.models import AdaptationCost, Condition, Matter, Need, Position, Practice
from samordna.domain.matters.operations.held import check_answerable, held_matter_for, held_position_for
from samordna.domain.matters.operations.telling import tell_of_matter, tell_of_position
from samordna.domain.matters.queries.exchange import Exchange, Preview, checked, exchange_in
from samordna.domain.matters.states import SENT_IN
from samordna.domain.matters.typed import Typed


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What came of it: how many positions were drafted, how many had answered, said nothing new, or were wrong."""

    drafted: int
    sent_in: int
    nothing_new: int
    faults: int


@operation("matter.lead")
def draft_positions(
    *, actor: Actor, matter_id: str, drafts: list[dict[str, Any]], document: str, at: datetime | None = None
) -> Imported:
    """Take drafts for participants from a document (its name); each stays a draft until the participant sends it in.

    What is right is kept. Whoever has sent in its answer is left alone; what is wrong is counted and not kept.
    """
    matter = held_matter_for(actor, matter_id, "matter.lead", at)
    check_answerable(matter)
    at = at or clock.now()
    exchange = exchange_in(matter, matter.positions.all(), at)
    preview = _preview(exchange, drafts, at)
    name = _document(document)
    _keep(actor, matter, preview, exchange, name, at)
    told = [draft.organisation for draft in preview.drafts]
    tell_of_matter(actor, "positions_drafted", matter, at, document=name, organisations=told, faults=len(preview.faults))
    return _imported(preview)


@operation("position.answer")
def fill_in_position(
    *, actor: Actor, position_id: str, drafts: list[dict[str, Any]], document: str, at: datetime | None = None
) -> Imported:
    """Take the participant's own draft from a document; it is sent in as an answer by an act of its own."""
    position = held_position_for(actor, position_id, at=at)
    at = at or clock.now()
    if PositionState(position.state) in SENT_IN:
        raise Refused(_("The answer has already been sent in. Open it again to change it."))
    exchange = exchange_in(position.matter, Position.objects.filter(pk=position_id), at)
    preview = _preview(exchange, drafts, at)
    name = _document(document)
    _keep(actor, position.matter, preview, exchange, "", at)
    tell_of_position(actor, "position_filled_in", position, at, document=name, faults=len(preview.faults))
    return _imported(preview)


def _preview(exchange: Exchange, drafts: Sequence[dict[str, Any]], at: datetime) -> Preview:
    return checked(exchange, [DraftIn.model_validate(draft) for draft in drafts], at)


def _document(name: str) -> str:
    typed = Typed()
    text = typed.text("document", name, needed=_("Name the document that it comes from."), most=160)
    typed.finish()
    return text


def _imported(preview: Preview) -> Imported:
    return Imported(
        drafted=len(preview.drafts),
        sent_in=len(preview.sent_in),
        nothing_new=len(preview.nothing_new),
        faults=len(preview.faults),
    )


def _keep(actor: Actor, matter: Matter, preview: Preview, exchange: Exchange, name: str, at: datetime) -> None:
    """Everything at once, in a number of database queries that does not depend on how many there are."""
    held = {
        p.organisation_id: p for p in matter.positions.filter(organisation_id__in=[d.organisation for d in preview.drafts])
    }
    known = {draft.organisation: draft for draft in exchange.drafts}
    for draft in preview.drafts:
        before = known[draft.organisation]
        check_conditions(len(before.conditions) + len(draft.conditions))
        check_needs(len(before.needs) + len(draft.needs))
        _change(held[draft.organisation], draft, name, at)
    Position.objects.bulk_update(held.values(), _CHANGED)
    pairs = [(held[draft.organisation], draft) for draft in preview.drafts]
    _keep_figures(pairs)
    _keep_stated(actor, matter, pairs, at)


_CHANGED = (
    "state", "declined_reason", "benefit_low", "benefit_likely", "benefit_high",
    "benefit_note", "note", "drafted_from", "drafted_at",
)  # fmt: skip


def _change(position: Position, draft: Draft, name: str, at: datetime) -> None:
    position.state, position.declined_reason = PositionState.STARTED, ""
    if draft.benefit:
        position.benefit_low, position.benefit_likely, position.benefit_high = draft.benefit
    position.benefit_note = draft.benefit_note or position.benefit_note
    position.note = draft.note or position.note
    if name:
        position.drafted_from, position.drafted_at = name, at


def _keep_figures(pairs: Iterable[tuple[Position, Draft]]) -> None:
    pairs = list(pairs)
    practices = [Practice(position=p, aspect_id=a, option_id=o) for p, d in pairs for a, o in d.practices.items()]
    costs = [
        AdaptationCost(position=p, option_id=o, low=low, likely=likely, high=high)
        for p, d in pairs
        for o, (low, likely, high) in d.costs.items()
    ]
    Practice.objects.bulk_create(
        practices, update_conflicts=True, unique_fields=["position", "aspect"], update_fields=["option"], batch_size=1000
    )
    AdaptationCost.objects.bulk_create(
        costs,
        update_conflicts=True,
        unique_fields=["position", "option"],
        update_fields=["low", "likely", "high"],
        batch_size=1000,
    )


def _keep_stated(actor: Actor, matter: Matter, pairs: Iterable[tuple[Position, Draft]], at: datetime) -> None:
    """In the order of the document, which the moments keep."""
    stated = {"matter": matter, "stated_by_id": actor.holding_id}
    moments = (at + timedelta(microseconds=n) for n in count())
    pairs = list(pairs)
    Condition.objects.bulk_create(
        [
            Condition(position=p, stated_at=next(moments), **stated, **_condition(said))
            for p, d in pairs
            for said in d.conditions
        ],
        batch_size=1000,
    )
    Need.objects.bulk_create(
        [
            Need(position=p, stated_at=next(moments), **stated, rule=said.rule, reason=said.reason, weight=said.weight or 1)
            for p, d in pairs
            for said in d.needs
        ],
        batch_size=1000,
    )


def _condition(said: Said) -> dict[str, Any]:
    return {
        "form": ConditionForm.RULE if said.rule else ConditionForm.PROSE,
        "rule": said.rule,
        "prose": "" if said.rule else said.prose,
        "reason": said.reason,
        "legal_ground": said.legal_ground,
        "relax_price": said.relax_price,
        "confidence": said.confidence,
        "valid_to": said.valid_to,
    }
