"""A version's life, as pure functions over facts: where it stands on a day, and where a history is untidy.

Concept. A version holds in `[valid_from, valid_to)`, and may have been ended earlier. It holds at all only when it has been
concluded: signed by those who had to, or approved, or taken in from before. Of several that hold on the same day the one
with the highest number governs; that they overlap is shown, not repaired.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from samordna.core.clock import active
from samordna.domain.agreements.enums import Ending, Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionFact:
    """What a version's standing depends on. `start` is None only in a draft."""

    number: int
    start: date | None
    end: date | None
    sealed: bool
    concluded: bool
    ended_on: date | None = None
    ended_how: str = ""

    @property
    def until(self) -> date | None:
        """The first day on which it no longer holds, if any is known."""
        return min((day for day in (self.end, self.ended_on) if day is not None), default=None)

    @property
    def holds_sometime(self) -> bool:
        """Is there any day at all on which it holds?"""
        return self.concluded and self.start is not None and (self.until is None or self.start < self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Untidy:
    """A place where a history is not what one would wish. `kind`: overlap (both hold) or gap (none does), in days
    `[start, end)`; an end that is None has not come yet. Numbers of the versions on either side."""

    kind: str
    earlier: int
    later: int
    start: date
    end: date | None


def standing(fact: VersionFact, on: date) -> Standing:
    """Where the version stands on a day."""
    if fact.ended_how == Ending.WITHDRAWN:
        return Standing.WITHDRAWN
    if not fact.sealed:
        return Standing.DRAFT
    if not fact.concluded or fact.start is None:
        return Standing.SIGNING
    if fact.ended_on is not None and fact.ended_on <= on:
        return Standing.REPLACED if fact.ended_how == Ending.REPLACED else Standing.REPEALED
    if active(fact.start, fact.end, on):
        return Standing.IN_FORCE
    return Standing.COMING if on < fact.start else Standing.EXPIRED


def governs(facts: Iterable[VersionFact], on: date) -> VersionFact | None:
    """The version that governs on a day: of those in force, the one with the highest number."""
    return max((f for f in facts if standing(f, on) is Standing.IN_FORCE), key=lambda f: f.number, default=None)


def untidiness(facts: Sequence[VersionFact]) -> tuple[Untidy, ...]:
    """The overlaps and gaps of a history, in the order of time."""
    held = sorted((f for f in facts if f.holds_sometime), key=lambda f: (f.start or date.min, f.number))
    found: list[Untidy] = []
    for place, later in enumerate(held):
        before = held[:place]
        found += [_overlap(earlier, later) for earlier in before if _meets(earlier, later)]
        if before and not any(_meets(earlier, later, touching=True) for earlier in before):
            nearest = max(before, key=lambda f: f.until or date.max)
            found.append(_untidy("gap", nearest, later, nearest.until, later.start))
    return tuple(found)


def _meets(earlier: VersionFact, later: VersionFact, *, touching: bool = False) -> bool:
    if earlier.until is None or later.start is None:
        return True
    return later.start < earlier.until or (touching and later.start == earlier.until)


def _overlap(earlier: VersionFact, later: VersionFact) -> Untidy:
    ends = [day for day in (earlier.until, later.until) if day is not None]
    return _untidy("overlap", earlier, later, later.start, min(ends, default=None))


def _untidy(kind: str, earlier: VersionFact, later: VersionFact, start: date | None, end: date | None) -> Untidy:
    return Untidy(kind=kind, earlier=earlier.number, later=later.number, start=start or date.min, end=end)
