"""What a chain waits for, of whom, since when and by which day. Pure.

Sides: an organisation's id, or none for the coordination. A chain is open until somebody closes it, and as long as it is
open it waits for something: the analysis; then, change need by change need, for whoever is to say whose it is, for whoever
was given it, for a plan, for the change, for its measuring; and when nothing of that is left, for whose chain it is to
close it or go another turn. Of several things the chain as a whole waits for the one whose day comes first. For a
side that no longer takes part in the collaboration the coordination acts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from samordna.domain.change.enums import EffectKind, NeedState, PlacingAnswer, Step

Side = str | None

TO_ANALYSE, TO_PLACE, TO_ANSWER, TO_PLAN, TO_SETTLE = 30, 14, 21, 30, 14
"""Days that each step has where nobody has said a day."""

BACK = (PlacingAnswer.SENT_BACK, PlacingAnswer.REFUSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """One handing over of a change need. `answer`: "" while it is waited for."""

    to: Side
    placed_on: date
    answer_by: date
    answer: str = ""
    answered_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One judging of a change's effect."""

    kind: str
    on: date
    next_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """One change. `closed_on`: when it was done, or dropped."""

    id: str
    role_id: str
    planned_on: date
    by: date
    measure_on: date
    closed_on: date | None = None
    done: bool = False
    effects: tuple[Judged, ...] = ()

    @property
    def dropped(self) -> bool:
        """Was it let go?"""
        return self.closed_on is not None and not self.done

    @property
    def judged(self) -> bool:
        """Has somebody said what came of it?"""
        return bool(self.effects) and self.effects[-1].kind != EffectKind.TOO_EARLY


@dataclass(frozen=True, slots=True, kw_only=True)
class Needed:
    """One change need. `added_on`: when its turn was analysed, or later when it was added then."""

    id: str
    added_on: date
    handed: tuple[Handed, ...] = ()
    changes: tuple[Changed, ...] = ()
    ended_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """One chain as the rules see it: its latest turn, and the change needs of all its turns.

    `gone`: the sides that no longer take part; for those the coordination acts.
    """

    owner: Side
    begun_on: date
    analyse_by: date
    concluded_on: date | None
    needs: tuple[Needed, ...] = ()
    closed_on: date | None = None
    gone: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Waited:
    """What is waited for. `side`: of whom; `role_id`: of which role there, "" for any that may answer."""

    step: Step
    side: Side
    since: date
    by: date
    role_id: str = ""
    need_id: str = ""
    change_id: str = ""

    def late(self, on: date) -> bool:
        """Has the last day passed?"""
        return self.by < on


def holder_of(need: Needed, owner: Side) -> Side:
    """Who has the change need now: whoever took it on last, or else whose chain it is."""
    taken = [one.to for one in need.handed if one.answer == PlacingAnswer.TAKEN]
    return taken[-1] if taken else owner


def asked_of(need: Needed) -> Handed | None:
    """The handing over that is waited for."""
    return need.handed[-1] if need.handed and not need.handed[-1].answer else None


def state_of(need: Needed) -> NeedState:
    """Where the change need stands."""
    if need.ended_on is not None:
        return NeedState.ENDED
    if not need.handed:
        return NeedState.UNPLACED
    latest = need.handed[-1]
    if not latest.answer:
        return NeedState.ASKED
    live = [one for one in need.changes if not one.dropped]
    if live:
        if any(one.closed_on is None for one in live):
            return NeedState.CHANGING
        return NeedState.JUDGED if all(one.judged for one in live) else NeedState.MEASURING
    if latest.answer == PlacingAnswer.TAKEN:
        return NeedState.TAKEN
    if latest.answer in BACK:
        return NeedState.RETURNED
    return NeedState.TAKEN if any(one.answer == PlacingAnswer.TAKEN for one in need.handed) else NeedState.UNPLACED


def waits_of(facts: Facts) -> tuple[Waited, ...]:
    """Everything that an open chain waits for: what comes first first, of one day in the order of the chain. Nothing once
    it is closed."""
    if facts.closed_on is not None:
        return ()
    found = [one for need in facts.needs for one in _of_need(need, facts.owner)]
    if facts.concluded_on is None:
        found.append(Waited(step=Step.ANALYSE, side=facts.owner, since=facts.begun_on, by=facts.analyse_by))
    if not found:
        since = max(_last_days(facts))
        by = since + timedelta(days=TO_SETTLE)
        found.append(Waited(step=Step.SETTLE, side=facts.owner, since=since, by=by))
    found, order = [_standing_in(one, facts.gone) for one in found], list(Step)
    return tuple(sorted(found, key=lambda one: (one.by, order.index(one.step))))


def _standing_in(one: Waited, gone: Collection[str]) -> Waited:
    """What is waited for of a side that is gone, the coordination does; what that was asked is given to another."""
    if one.side not in gone:
        return one
    return replace(one, step=Step.PLACE if one.step == Step.ANSWER else one.step, side=None, role_id="")


def _last_days(facts: Facts) -> Sequence[date]:
    days = [facts.begun_on, *([facts.concluded_on] if facts.concluded_on else [])]
    for need in facts.needs:
        days += [need.ended_on] if need.ended_on else []
        for change in need.changes:
            days += [change.closed_on] if change.closed_on else []
            days += [one.on for one in change.effects]
    return days


def _of_need(need: Needed, owner: Side) -> Iterator[Waited]:
    holder, state = holder_of(need, owner), state_of(need)
    match state:
        case NeedState.UNPLACED:
            yield _placing(need, owner, need.added_on)
        case NeedState.ASKED:
            asked = need.handed[-1]
            yield Waited(step=Step.ANSWER, side=asked.to, since=asked.placed_on, by=asked.answer_by, need_id=need.id)
        case NeedState.RETURNED:
            yield _placing(need, holder, need.handed[-1].answered_on or need.handed[-1].placed_on)
        case NeedState.TAKEN:
            answered = need.handed[-1].answered_on or need.handed[-1].placed_on
            since = max([answered, *(one.closed_on for one in need.changes if one.closed_on)])
            by = since + timedelta(days=TO_PLAN)
            yield Waited(step=Step.PLAN, side=holder, since=since, by=by, need_id=need.id)
        case NeedState.CHANGING | NeedState.MEASURING:
            yield from (one for change in need.changes for one in _of_change(change, need, holder))


def _placing(need: Needed, side: Side, since: date) -> Waited:
    return Waited(step=Step.PLACE, side=side, since=since, by=since + timedelta(days=TO_PLACE), need_id=need.id)


def _of_change(change: Changed, need: Needed, holder: Side) -> Iterator[Waited]:
    about = {"need_id": need.id, "change_id": change.id}
    if change.closed_on is None:
        since = change.planned_on
        yield Waited(step=Step.CHANGE, side=holder, role_id=change.role_id, since=since, by=change.by, **about)
    elif change.done and not change.judged:
        latest = change.effects[-1] if change.effects else None
        by = latest.next_on if latest and latest.next_on else change.measure_on
        yield Waited(step=Step.MEASURE, side=holder, since=latest.on if latest else change.closed_on, by=by, **about)
