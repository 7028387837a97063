"""One chain as a reader sees it: turns, causes, change needs, changes and effects, with what the reader may do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from samordna.core.errors import Absent
from samordna.core.overtaking import fingerprint
from samordna.domain.change.enums import Step
from samordna.domain.change.queries.again import Again
from samordna.domain.change.queries.board import Awaited
from samordna.domain.change.queries.starts import StartSeen
from samordna.domain.change.queries.targets import Named


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
class EarlierSeen:
    """How a change was planned until that day, and why it was planned anew."""

    role: str
    by: date
    measure_on: date
    reason: str
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeSeen:
    """One change. `target`, `measured`: what it is made in and seen by, none where the reader may not read that or where
    there is nothing; `target_hidden` says which. `again`: what shows whether it helped, once its day has come."""

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
    earlier: tuple[EarlierSeen, ...]
    closed_on: date | None
    done: bool
    words: str
    effects: tuple[EffectSeen, ...]
    again: Again | None
    acts: frozenset[str]

    @property
    def judge_from(self) -> str:
        """What the address of judging it says besides, where there is something to judge it from."""
        return "?utifran=1" if self.again else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedSeen:
    """One change need. `holder`: who has it, or had it when it was given back or let go; "" while it is nobody's. `asked`:
    who is to answer. `raised`: what was raised because of it, as far as the reader may read that. `acts`: what the reader
    may do: place, answer, plan, raise, go."""

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
    raised: tuple[Named, ...]
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
    def waits_by_step(self) -> tuple[tuple[str, tuple[Awaited, ...]], ...]:
        """The same by what is to be done, in the order of the chain."""
        found: dict[Step, list[Awaited]] = {}
        for one in self.waits:
            found.setdefault(one.step, []).append(one)
        return tuple((rows[0].what, tuple(rows)) for step in Step if (rows := found.get(step)))

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


def _one(found: Iterable[T]) -> T:
    for one in found:
        return one
    raise Absent
