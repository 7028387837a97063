"""What explaining costs (K2): time put into a matter, counted from what has been done in it, in hours and in its unit.

Nobody fills in a time sheet. Acts of one person that follow each other within `PAUSE` are one sitting, and a sitting takes
from its first act to its last. That is certain and too little, because nobody sees the reading and talking around it; so
each sitting is taken to be `AROUND` longer. Whoever knows better says so, and that counts instead.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

PAUSE = timedelta(minutes=45)
"""Acts further apart than this are two sittings."""
AROUND = (5, 20, 60)
"""Minutes of reading and talking around each sitting: at least, likely and at most."""

KRONOR = {
    "kr": 1,
    "kronor": 1,
    "sek": 1,
    "tkr": 1_000,
    "ksek": 1_000,
    "mkr": 1_000_000,
    "mnkr": 1_000_000,
    "msek": 1_000_000,
}
A_YEAR = ("per år", "/år", "a year", "per year", "årligen")


@dataclass(frozen=True, slots=True, kw_only=True)
class Minutes:
    """Time put in: at least, likely and at most. `sittings`: how many were counted; 0 where it was estimated."""

    low: int = 0
    likely: int = 0
    high: int = 0
    sittings: int = 0

    def __add__(self, other: Minutes) -> Minutes:
        return Minutes(
            low=self.low + other.low,
            likely=self.likely + other.likely,
            high=self.high + other.high,
            sittings=self.sittings + other.sittings,
        )

    @property
    def hours(self) -> float:
        """The likely time, in hours with one decimal."""
        return round(self.likely / 60, 1)

    def kronor(self, rate: int) -> tuple[int, int, int]:
        """What it costs at a rate per hour: at least, likely and at most."""
        low, likely, high = (round(minutes * rate / 60) for minutes in (self.low, self.likely, self.high))
        return low, likely, high


By = TypeVar("By", bound=Hashable)
Daily = Mapping[tuple[str, date], Minutes]
"""Time by organisation and day."""
ALSO: list[Callable[[str], Daily]] = []
"""What later steps know of time put into a matter: its meetings."""


def also(matter_id: str) -> Daily:
    """Time put into a matter that its own journal does not tell of."""
    found: dict[tuple[str, date], Minutes] = {}
    for tell in ALSO:
        for of, minutes in tell(matter_id).items():
            found[of] = found.get(of, Minutes()) + minutes
    return found


def counted(acts: Iterable[tuple[By, str, datetime]]) -> dict[By, Minutes]:
    """Time per organisation, or whatever it is counted by, from acts (by, person, when) in the order of time."""
    found: dict[By, Minutes] = {}
    latest: dict[tuple[By, str], datetime] = {}
    for organisation, person, at in acts:
        before = latest.get((organisation, person))
        goes_on = before is not None and at - before <= PAUSE
        more = _sitting() if not goes_on or before is None else _lasting(at - before)
        found[organisation] = found.get(organisation, Minutes()) + more
        latest[organisation, person] = at
    return found


def _sitting() -> Minutes:
    low, likely, high = AROUND
    return Minutes(low=low, likely=likely, high=high, sittings=1)


def _lasting(time: timedelta) -> Minutes:
    minutes = round(time.total_seconds() / 60)
    return Minutes(low=minutes, likely=minutes, high=minutes)


def estimated(hours: int) -> Minutes:
    """An estimate by the one whose time it is."""
    return Minutes(low=hours * 60, likely=hours * 60, high=hours * 60)


def kronor_in(unit: str) -> int | None:
    """How many kronor one of the matter's unit is; None where the unit is not money."""
    words = unit.lower().split()
    return next((KRONOR[word] for word in words if word in KRONOR), None)


def is_yearly(unit: str) -> bool:
    """Is the unit an amount for each year?"""
    return any(words in unit.lower() for words in A_YEAR)


def acts_of(rows: Iterable[Mapping[str, Any]]) -> Iterable[tuple[str, str, datetime]]:
    """Journal entries as acts; who came by an answer link is one person for its organisation."""
    return ((row["organisation_id"], row["person_id"], row["at"]) for row in rows)
