"""One chain in full: turn by turn what it began from, why it is so, what has to change, what was changed, what came of it;
and what the reader may do in it now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch, QuerySet

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Denied
from samordna.domain.change.access import chain_for, goes_on, side_of, taking_part_in
from samordna.domain.change.enums import MeasureKind, NeedState, Step
from samordna.domain.change.models import Cause, Chain, Change, ChangeNeed, EarlierPlan, Effect, Placing, Raised, Turn
from samordna.domain.change.phrases import EFFECTS, TONES, side_name
from samordna.domain.change.queries.again import Again, measured_again
from samordna.domain.change.queries.board import Awaited, awaited, names_in, roles_in, vacant_roles
from samordna.domain.change.queries.facts import facts_of, needed, whole
from samordna.domain.change.queries.seen import (
    CauseSeen,
    ChainPage,
    ChangeSeen,
    EarlierSeen,
    EffectSeen,
    NeedSeen,
    PlacingSeen,
    TurnSeen,
)
from samordna.domain.change.queries.starts import start_of
from samordna.domain.change.queries.targets import Key, Named, named
from samordna.domain.change.rules import Facts, Needed, Side, asked_of, holder_of, state_of, waits_of
from samordna.domain.collaborations.enums import CollaborationState

HELD = (NeedState.TAKEN, NeedState.CHANGING, NeedState.MEASURING, NeedState.JUDGED)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """What every part of the page needs. `gone`: the sides for which the coordination acts now."""

    names: dict[str, str]
    vacant: frozenset[str]
    things: Mapping[Key, Named]
    today: date
    owner: Side
    gone: frozenset[str]
    acts: bool
    side: Side
    open: bool
    again: Mapping[str, Again]

    def mine(self, side: Side) -> bool:
        """Does the reader act for this side, or for one that is gone?"""
        return self.acts_for(side) and self.open

    def acts_for(self, side: Side) -> bool:
        """The same, also when the chain is closed."""
        return self.acts and self.side == (None if side in self.gone else side)


def chain_page(actor: Actor, chain_id: str, at: datetime) -> ChainPage:
    """The chain, if the actor may read it; only its turns cost questions one by one: each may begin from another thing."""
    asked = chain_for(actor, chain_id, at=at)
    chain = _full(Chain.objects.filter(pk=asked.pk)).get()
    today = clock.day(at)
    there = taking_part_in([chain.collaboration_id], today)[chain.collaboration_id]
    facts = facts_of(chain, there)
    reading = _reading(actor, chain, facts.gone, at)
    names, vacant = reading.names, reading.vacant
    turns = tuple(_turn(actor, turn, reading, at) for turn in chain.turns.all())
    waits = tuple(awaited(chain, one, names, vacant, today) for one in (waits_of(facts) if goes_on(chain, there) else ()))
    return ChainPage(
        id=chain.pk,
        title=chain.title,
        collaboration_id=chain.collaboration_id,
        collaboration=chain.collaboration.name,
        organisation_id=chain.organisation_id,
        owner=side_name(chain.organisation_id, names),
        shared=chain.shared,
        begun_on=clock.day(chain.begun_at),
        closed_on=clock.day(chain.closed_at) if chain.closed_at else None,
        outcome=chain.outcome,
        turns=turns,
        waits=waits,
        acts=_acts(chain, facts, waits, reading),
    )


def _full(chains: QuerySet[Chain]) -> QuerySet[Chain]:
    """The chains with what only their own pages show: what needs were taken further as, and how changes were planned."""
    plans = EarlierPlan.objects.order_by("until_at", "pk").select_related("role")
    raised = Raised.objects.order_by("raised_at", "pk")
    return whole(chains).prefetch_related(
        Prefetch("turns__needs__raised", queryset=raised), Prefetch("turns__needs__changes__earlier", queryset=plans)
    )


def _reading(actor: Actor, chain: Chain, gone: frozenset[str], at: datetime) -> _Reading:
    try:
        side, acts = side_of(actor, chain, at), not actor.system and chain.collaboration.state != CollaborationState.CLOSED
    except Denied:
        side, acts = None, False
    needs = [need for turn in chain.turns.all() for need in turn.needs.all()]
    changes = [change for need in needs for change in need.changes.all()]
    keys = {(c.target_kind, c.target_id) for c in changes if c.target_kind}
    keys |= {(c.measure_kind, c.measure_id) for c in changes if c.measure_kind != MeasureKind.WORDS}
    keys |= {(one.kind, one.thing_id) for need in needs for one in need.raised.all()}
    return _Reading(
        names=names_in(chain),
        vacant=vacant_roles(roles_in(chain), clock.day(at)),
        things=named(actor, keys, at),
        today=clock.day(at),
        owner=chain.organisation_id,
        gone=gone,
        acts=acts,
        side=side,
        open=chain.closed_at is None,
        again=measured_again(actor, chain.collaboration, changes, at) if acts and chain.closed_at is None else {},
    )


def _acts(chain: Chain, facts: Facts, waits: tuple[Awaited, ...], reading: _Reading) -> frozenset[str]:
    if not reading.acts_for(reading.owner):
        return frozenset()
    turn, found = list(chain.turns.all())[-1], set()
    if not reading.open:
        return frozenset({"turn"})
    if not chain.shared:
        found.add("share")
    if turn.concluded_at is None:
        return frozenset(found | {"analyse", "need", "conclude"})
    found |= {"need", "turn"} if not turn.none_reason else {"turn"}
    if all(one.step == Step.SETTLE for one in waits):
        found.add("close")
    return frozenset(found)


def _turn(actor: Actor, turn: Turn, reading: _Reading, at: datetime) -> TurnSeen:
    causes = [one for one in turn.causes.all() if one.ended_at is None]
    return TurnSeen(
        number=turn.number,
        start=start_of(actor, turn, reading.acts and reading.side == reading.owner, at),
        begun_on=clock.day(turn.begun_at),
        analyse_by=turn.analyse_by,
        finding=turn.finding,
        causes=tuple(_cause(one) for one in causes),
        needs=tuple(_need(need, turn, reading) for need in turn.needs.all()),
        none_reason=turn.none_reason,
        concluded_on=clock.day(turn.concluded_at) if turn.concluded_at else None,
        outcome=turn.outcome,
        closed_on=clock.day(turn.closed_at) if turn.closed_at else None,
    )


def _cause(one: Cause) -> CauseSeen:
    return CauseSeen(id=one.pk, kind=one.kind, label=one.get_kind_display(), text=one.text)


def _need(need: ChangeNeed, turn: Turn, reading: _Reading) -> NeedSeen:
    facts = needed(need, turn)
    state, holder = state_of(facts), holder_of(facts, reading.owner)
    placings = list(need.placings.all())
    asked, nobodys = asked_of(facts), state == NeedState.UNPLACED
    return NeedSeen(
        id=need.pk,
        text=need.text,
        cause=next((one.text for one in turn.causes.all() if one.pk == need.cause_id), ""),
        state=state,
        state_label=str(state.label),
        colour=TONES[state],
        holder="" if nobodys else side_name(holder, reading.names),
        asked=side_name(asked.to, reading.names) if asked else "",
        coordinated=holder is None and state in HELD,
        placings=tuple(_placing(one, reading) for one in placings),
        raised=tuple(dict.fromkeys(filter(None, (reading.things.get((r.kind, r.thing_id)) for r in need.raised.all())))),
        changes=tuple(_change(one, facts, holder, reading) for one in need.changes.all()),
        ended_reason=need.ended_reason,
        acts=_need_acts(facts, state, holder, turn, reading),
    )


def _need_acts(facts: Needed, state: NeedState, holder: Side, turn: Turn, reading: _Reading) -> frozenset[str]:
    found = set()
    asked = asked_of(facts)
    if asked is not None and asked.to not in reading.gone and reading.mine(asked.to):
        found.add("answer")
    if reading.mine(holder) and state != NeedState.ENDED:
        placeable = (NeedState.UNPLACED, NeedState.ASKED, NeedState.RETURNED, NeedState.TAKEN)
        if state in placeable and turn.concluded_at is not None:
            found.add("place")
        if state != NeedState.CHANGING:
            found.add("go")
        taken = facts.handed and facts.handed[-1].answer == "taken"
        if taken:
            found.add("plan")
        if taken and turn.concluded_at is not None:
            found.add("raise")
    return frozenset(found)


def _placing(one: Placing, reading: _Reading) -> PlacingSeen:
    return PlacingSeen(
        to=side_name(one.organisation_id, reading.names),
        words=one.words,
        placed_on=clock.day(one.placed_at),
        answer_by=one.answer_by,
        answer=one.answer,
        answer_label=one.get_answer_display() if one.answer else "",
        reason=one.reason,
        answered_on=clock.day(one.answered_at) if one.answered_at else None,
        late=not one.answer and one.answer_by < reading.today,
    )


def _change(one: Change, facts: Needed, holder: Side, reading: _Reading) -> ChangeSeen:
    changed = next(each for each in facts.changes if each.id == one.pk)
    mine, acts = reading.mine(holder) and facts.ended_on is None, set()
    if mine and one.closed_at is None:
        acts |= {"finish", "drop", "replan"}
    if mine and one.done and not changed.judged:
        acts.add("judge")
    target = reading.things.get((one.target_kind, one.target_id))
    return ChangeSeen(
        id=one.pk,
        what=one.what,
        for_the_individual=one.for_the_individual,
        convenience=one.convenience,
        role=one.role.name,
        role_organisation=one.role.organisation.name,
        vacant=one.closed_at is None and one.role_id in reading.vacant,
        by=one.by,
        late=one.closed_at is None and one.by < reading.today,
        target=target,
        target_hidden=bool(one.target_kind) and target is None,
        measured=reading.things.get((one.measure_kind, one.measure_id)),
        measure_text=one.measure_text,
        measure_on=one.measure_on,
        replanned=one.replanned,
        earlier=tuple(_earlier(each) for each in one.earlier.all()),
        closed_on=clock.day(one.closed_at) if one.closed_at else None,
        done=one.done,
        words=one.words,
        effects=tuple(_effect(each) for each in one.effects.all()),
        again=reading.again.get(one.pk) if "judge" in acts else None,
        acts=frozenset(acts),
    )


def _earlier(one: EarlierPlan) -> EarlierSeen:
    return EarlierSeen(
        role=one.role.name, by=one.by, measure_on=one.measure_on, reason=one.reason, until=clock.day(one.until_at)
    )


def _effect(one: Effect) -> EffectSeen:
    return EffectSeen(
        kind=one.kind,
        label=one.get_kind_display(),
        colour=EFFECTS[one.kind],
        said=one.said,
        on=clock.day(one.judged_at),
        next_on=one.next_on,
    )
