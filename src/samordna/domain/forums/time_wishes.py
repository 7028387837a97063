"""What is looked for when a time is to be found: who is wanted, when each is engaged and where, places, and ways between
them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

MOST_CANDIDATES = 20_000
MOST_WEIGHED = 1_000_000  # candidates times those who are asked
MOST_PERSONS = 500
MOST_PLACES = 30
MOST_SPANS = 100_000


class Say(StrEnum):
    """What somebody answers about a time."""

    YES = "yes"
    IF_NEED_BE = "if_need_be"
    NO = "no"


class Need(StrEnum):
    """How much somebody is wanted."""

    MUST = "must"
    SHOULD = "should"
    MAY = "may"


class Hindrance(StrEnum):
    """Why somebody cannot come."""

    SAID_NO = "said_no"
    BUSY = "busy"
    TRAVEL = "travel"
    NO_ROOM = "no_room"  # could come, and does not fit in the room


@dataclass(frozen=True, slots=True, kw_only=True)
class Engaged:
    """When somebody is somewhere else; `place` is "" when nobody knows where, and then no travel is counted."""

    start: datetime
    end: datetime
    place: str = ""
    tentative: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who is asked. `answers`: by start; about a start it has said nothing of, its calendar speaks."""

    id: str
    organisation: str
    need: Need = Need.SHOULD
    home: str = ""
    engaged: tuple[Engaged, ...] = ()
    answers: Mapping[datetime, Say] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where one could meet. `seats`: None where as many as like can come. `taken`: when it is not free. `far`: to be
    online.
    """

    id: str
    seats: int | None = None
    taken: tuple[Engaged, ...] = ()
    online: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is looked for. `travel`: minutes between two places, either way; between others it takes no time.

    `represented`: organisations without which there is no meeting; `quorum`: how many organisations at least.
    """

    starts: tuple[datetime, ...]
    minutes: int
    persons: tuple[Person, ...]
    places: tuple[Place, ...]
    represented: frozenset[str] = frozenset()
    quorum: int = 0
    travel: Mapping[frozenset[str], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.minutes < 1:
            raise ValueError("a meeting lasts for at least a minute")


class TooMuch(ValueError):
    """More than can be weighed; the name of the limit, and the limit."""

    def __init__(self, limit: str, most: int) -> None:
        super().__init__(f"{limit}: {most}")
        self.limit, self.most = limit, most


def insist(wish: Wish) -> None:
    """Raises `TooMuch` for what cannot be weighed while somebody waits."""
    candidates = len(set(wish.starts)) * max(1, len(wish.places))
    spans = sum(len(each.engaged) for each in wish.persons) + sum(len(each.taken) for each in wish.places)
    counted = {
        "persons": (len(wish.persons), MOST_PERSONS),
        "places": (len(wish.places), MOST_PLACES),
        "candidates": (candidates, MOST_CANDIDATES),
        "weighed": (candidates * (len(wish.persons) + len(wish.represented)), MOST_WEIGHED),
        "engagements": (spans, MOST_SPANS),
        "answers": (sum(len(each.answers) for each in wish.persons), MOST_SPANS),
    }
    for name, (number, most) in counted.items():
        if number > most:
            raise TooMuch(name, most)


def working_starts(
    days: Sequence[date], at: ZoneInfo, minutes: int, opens: time = time(8), closes: time = time(17), step: int = 30
) -> Iterator[datetime]:
    """Starts every `step` minutes on these days, so that a meeting of `minutes` has ended when the working day has."""
    if min(step, minutes) < 1:
        raise ValueError("a meeting, and the time between two starts, is at least a minute")
    for day in days:
        start, end = (datetime.combine(day, hour, tzinfo=at) for hour in (opens, closes))
        while start + timedelta(minutes=minutes) <= end:
            yield start
            start += timedelta(minutes=step)
