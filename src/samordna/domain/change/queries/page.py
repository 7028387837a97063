"""One chain in full: turn by turn what it began from, why it is so, what has to change, what was changed, what came of it;
and what the reader may do in it now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Absent, Denied
from samordna.core.overtaking import fingerprint
from samordna.domain.change.access import chain_for, goes_on, side_of, taking_part_in
from samordna.domain.change.enums import MeasureKind, NeedState, Step
from samordna.domain.change.models import Cause, Chain, Change, ChangeNeed, Effect, Placing, Turn
from samordna.domain.change.phrases import EFFECTS, TONES, side_name
from samordna.domain.change.queries.board import Awaited, awaited, names_in, roles_in, vacant_roles
from samordna.domain.change.queries.facts import facts_of, needed, whole
from samordna.domain.change.queries.starts import StartSeen, start_of
from samordna.domain.change.queries.targets import Key, Named, named
from samordna.domain.change.rules import Facts, Needed, Side, asked_of, holder_of, state_of, waits_of
from samordna.domain.collaborations.enums import CollaborationState


@dataclass(frozen=True, slots=True, kw_only=True)
class CauseSeen:
    """One cause."""

    id: str
    kind: str
    label: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacingSeen:
    """One handing over, with its answer."""

    to: str
    words: str
    placed_on: date
    answer_by: date
    answer: str
    answer_label: str
    reason: str
    answered_on: date | None
    late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectSeen:
    """What one came to."""

    kind: str
    label: str
    colour: str
    said: str
    on: date
    next_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeSeen:
    """One change. `target`, `measured`: what it is made in and seen by, none where the reader may not read that or where
    there is nothing; `target_hidden` says which."""

    id: str
    what: str
    for_the_individual: str
    convenience: str
    role: str
    role_organisation: str
    vacant: bool
    by: date
    late: bool
    target: Named | None
    target_hidden: bool
    measured: Named | None
    measure_text: str
    measure_on: date
    replanned: str
    closed_on: date | None
    done: bool
    words: str
    effects: tuple[EffectSeen, ...]
    acts: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedSeen:
    """One change need. `holder`: who has it, or had it when it was given back or let go; "" while it is nobody's. `asked`:
    who is to answer. `acts`: what the reader may do: place, answer, plan, go."""

    id: str
    text: str
    cause: str
    state: str
    state_label: str
    colour: str
    holder: str
    asked: str
    coordinated: bool
    placings: tuple[PlacingSeen, ...]
    changes: tuple[ChangeSeen, ...]
    ended_reason: str
    acts: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnSeen:
    """One turn. `outcome`, `closed_on`: of the chain as it was closed after this turn, before it went another one."""

    number: int
    start: StartSeen
    begun_on: date
    analyse_by: date
    finding: str
    causes: tuple[CauseSeen, ...]
    needs: tuple[NeedSeen, ...]
    none_reason: str
    concluded_on: date | None
    outcome: str
    closed_on: date | None

    @property
    def fingerprint(self) -> str:
        """Of what it says, for a form that changes it."""
        return fingerprint({"finding": self.finding})


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainPage:
    """A chain. `acts`: what the reader may do with it as a whole: analyse, need, conclude, share, close, turn."""

    id: str
    title: str
    collaboration_id: str
    collaboration: str
    organisation_id: str | None
    owner: str
    shared: bool
    begun_on: date
    closed_on: date | None
    outcome: str
    turns: tuple[TurnSeen, ...]
    waits: tuple[Awaited, ...]
    acts: frozenset[str]

    @property
    def now(self) -> TurnSeen:
        """The latest turn."""
        return self.turns[-1]

    def need(self, need_id: str) -> NeedSeen:
        """The change need with this id. Raises `Absent`."""
        return _one(need for turn in self.turns for need in turn.needs if need.id == need_id)

    def change(self, change_id: str) -> ChangeSeen:
        """The change with this id. Raises `Absent`."""
        needs = (need for turn in self.turns for need in turn.needs)
        return _one(change for need in needs for change in need.changes if change.id == change_id)


T = TypeVar("T")
HELD = (NeedState.TAKEN, NeedState.CHANGING, NeedState.MEASURING, NeedState.JUDGED)


def _one(found: Iterable[T]) -> T:
    for one in found:
        return one
    raise Absent


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

    def mine(self, side: Side) -> bool:
        """Does the reader act for this side, or for one that is gone?"""
        return self.acts_for(side) and self.open

    def acts_for(self, side: Side) -> bool:
        """The same, also when the chain is closed."""
        return self.acts and self.side == (None if side in self.gone else side)


def chain_page(actor: Actor, chain_id: str, at: datetime) -> ChainPage:
    """The chain, if the actor may read it; only its turns cost questions one by one: each may begin from another thing."""
    asked = chain_for(actor, chain_id, at=at)
    chain = whole(Chain.objects.filter(pk=asked.pk)).get()
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


def _reading(actor: Actor, chain: Chain, gone: frozenset[str], at: datetime) -> _Reading:
    try:
        side, acts = side_of(actor, chain, at), not actor.system and chain.collaboration.state != CollaborationState.CLOSED
    except Denied:
        side, acts = None, False
    changes = [c for turn in chain.turns.all() for need in turn.needs.all() for c in need.changes.all()]
    keys = {(c.target_kind, c.target_id) for c in changes if c.target_kind}
    keys |= {(c.measure_kind, c.measure_id) for c in changes if c.measure_kind != MeasureKind.WORDS}
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
        closed_on=clock.day(one.closed_at) if one.closed_at else None,
        done=one.done,
        words=one.words,
        effects=tuple(_effect(each) for each in one.effects.all()),
        acts=frozenset(acts),
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
