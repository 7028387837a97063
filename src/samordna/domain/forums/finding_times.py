"""Finding a time: the best times and places for a meeting of several organisations, and why not the others.

Concept. A *candidate* is a start and a place. For each, everybody either can (said yes, or has said nothing and is free),
can *if need be*, or cannot, for one of three reasons: said no, is busy, does not get there or away in time. From that
follows who comes: all who can, or, where the room is too small, those who matter most to the order below. A candidate is
*possible* when

1. everybody who must be there comes,
2. every organisation that must be represented is, by at least one of its persons,
3. so many organisations as the quorum needs are represented.

Among the possible ones the best is chosen in this order, each only among those that are equal in all before it: (1) most
organisations are represented, (2) most of those who should come do, (3) most come at all, (4) fewest come only if need be,
(5) least travel, (6) earliest, (7) the place named first. Every candidate is weighed, so the first is the best there is,
and every other can be told what it lacks or in what it is worse.

Who comes to a room that is too small is chosen by the same order, and exactly: those who must; one person of each
organisation that would not be there otherwise, the best of it (a set without that one can be bettered by exchanging another
of the same organisation for it); then the best of the others. Where seats do not reach for every organisation, each seat
goes to another one.

One meeting has some thousands of candidates; what would be slow is to ask each of them about each person. So the questions
are turned around: a person's busy hours, answers and travel become one row of bits over all starts, as a whole number, once
per place. Then what holds at a start is read off by column.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property

from samordna.domain.forums.time_wishes import Engaged, Hindrance, Need, Person, Place, Say, Wish, insist


class Aim(StrEnum):
    """What decides between possible times, in this order."""

    ORGANISATIONS = "organisations"
    SHOULD = "should"
    COMING = "coming"
    IF_NEED_BE = "if_need_be"
    TRAVEL = "travel"
    EARLIEST = "earliest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight:
    """What a possible time is worth: how many organisations, should, come, come only if need be; and minutes of travel."""

    organisations: int
    should: int
    coming: int
    if_need_be: int
    travel: int

    @property
    def rank(self) -> tuple[int, ...]:
        """Less is better; the first difference decides."""
        return (-self.organisations, -self.should, -self.coming, self.if_need_be, self.travel)

    def worse_in(self, best: Weight) -> Aim:
        """The first aim in which this is not as good; the hour when there is none."""
        return next(
            (aim for aim, mine, other in zip(Aim, self.rank, best.rank, strict=False) if mine > other), Aim.EARLIEST
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Lacking:
    """What makes a time impossible: who must come and cannot, organisations nobody comes from, how many are missing."""

    must: tuple[str, ...] = ()
    unrepresented: tuple[str, ...] = ()
    missing: int = 0
    taken: bool = False

    @property
    def much(self) -> int:
        """How many things would have to be otherwise; 0 is possible."""
        return len(self.must) + len(self.unrepresented) + self.missing + self.taken


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One start and place, weighed: who comes, which of them only if need be, and who does not and why."""

    start: datetime
    place: str
    coming: tuple[str, ...]
    if_need_be: tuple[str, ...]
    hindered: Mapping[str, Hindrance]
    weight: Weight
    lacking: Lacking

    @property
    def possible(self) -> bool:
        """Can the meeting be then and there?"""
        return not self.lacking.much


_Hours = list[tuple[int, int, str]]
"""From which minute to which, and where."""


@dataclass(frozen=True, slots=True)
class _Row:
    """One person at one place, a bit for each start."""

    can: int
    perhaps: int
    said_no: int
    busy: int


class Search:
    """Every candidate of a wish, weighed once. Raises `TooMuch` beyond the limits."""

    def __init__(self, wish: Wish) -> None:
        insist(wish)
        self.wish = wish
        self.starts = tuple(sorted(set(wish.starts)))
        self._minutes = [_minute(start) for start in self.starts]
        self._ways = {
            (one, other): minutes for pair, minutes in wish.travel.items() for one in pair for other in pair - {one}
        }
        self._of: dict[str, int] = {}
        for number, person in enumerate(wish.persons):
            self._of[person.organisation] = self._of.get(person.organisation, 0) | 1 << number
        self._need = {need: _mask(person.need is need for person in wish.persons) for need in Need}
        said = [self._said(person) for person in wish.persons]
        busy = [_hours(person.engaged, tentative=False) for person in wish.persons]
        perhaps = [_hours(person.engaged, tentative=True) for person in wish.persons]
        collides = [self._hit(hours) for hours in busy]
        self._rows = [
            [self._row(*each, place) for each in zip(said, busy, perhaps, collides, strict=True)] for place in wish.places
        ]
        self._taken = [self._hit(_hours(place.taken)) for place in wish.places]
        self._trips = [[self._trip(person.home, place) for person in wish.persons] for place in wish.places]

    def best(self, most: int = 5, a_day: int | None = None) -> list[Candidate]:
        """The best possible times, the best first, so many of each day at most; none when none is possible."""
        found: list[Candidate] = []
        of_day: dict[date, int] = {}
        for _rank, at, place in sorted(
            (weight.rank, at, place) for at, place, weight, lacks in self._weighed if not lacks.much
        ):
            day = self.starts[at].date()
            if len(found) == most or (a_day is not None and of_day.get(day, 0) >= a_day):
                continue
            of_day[day] = of_day.get(day, 0) + 1
            found.append(self.candidate(at, place))
        return found

    def of(self, start: datetime, place: str) -> Candidate:
        """All that can be said of a start and a place of the wish."""
        return self.candidate(self.starts.index(start), [each.id for each in self.wish.places].index(place))

    def why_not(self, starts: Iterable[datetime]) -> Candidate | None:
        """The best of these starts, possible or else the one that lacks least; None when none of them was asked about.

        What an impossible one lacks is in it; a possible one is `worse_in` something than the best of all.
        """
        wanted = set(starts)
        among = [
            (lacking.much, weight.rank, at, place)
            for at, place, weight, lacking in self._weighed
            if self.starts[at] in wanted
        ]
        return self.candidate(*min(among)[2:]) if among else None

    def candidate(self, at: int, place: int) -> Candidate:
        """All that can be said of one start and place, by their numbers in `starts` and in the wish."""
        rows, persons = self._rows[place], self.wish.persons
        can, perhaps = (_mask(row >> at & 1 for row in each) for each in ([r.can for r in rows], [r.perhaps for r in rows]))
        coming = self._coming(can, perhaps, place)
        weight, lacking = self._weigh(can, perhaps, at, place)
        hindered = {}
        for number, person in enumerate(persons):
            if not coming >> number & 1:
                hindered[person.id] = _hindrance(rows[number], at)
        return Candidate(
            start=self.starts[at],
            place=self.wish.places[place].id,
            coming=self._ids(coming),
            if_need_be=self._ids(coming & perhaps),
            hindered=hindered,
            weight=weight,
            lacking=lacking,
        )

    @cached_property
    def _weighed(self) -> list[tuple[int, int, Weight, Lacking]]:
        return [
            (at, place, *self._weigh(can, perhaps, at, place))
            for place, rows in enumerate(self._rows)
            for at, (can, perhaps) in enumerate(
                zip(self._columns(r.can for r in rows), self._columns(r.perhaps for r in rows), strict=True)
            )
        ]

    def _columns(self, rows: Iterable[int]) -> Iterator[int]:
        """Rows of bits by start, read as one number per start with a bit by person."""
        width = len(self.starts)
        written = [format(row, f"0{width}b")[::-1] for row in rows][::-1]
        if not width or not written:
            return iter([0] * width)
        return (int("".join(column), 2) for column in zip(*written, strict=True))

    def _weigh(self, can: int, perhaps: int, at: int, place: int) -> tuple[Weight, Lacking]:
        coming = self._coming(can, perhaps, place)
        there = [organisation for organisation, of in self._of.items() if coming & of]
        trips = self._trips[place]
        weight = Weight(
            organisations=len(there),
            should=(coming & self._need[Need.SHOULD]).bit_count(),
            coming=coming.bit_count(),
            if_need_be=(coming & perhaps).bit_count(),
            travel=sum(trips[number] for number in _numbers(coming)) if any(trips) else 0,
        )
        absent = self._need[Need.MUST] & ~coming
        lacking = Lacking(
            must=self._ids(absent) if absent else (),
            unrepresented=tuple(sorted(self.wish.represented - set(there))),
            missing=max(0, self.wish.quorum - len(there)),
            taken=bool(self._taken[place] >> at & 1),
        )
        return weight, lacking

    def _coming(self, can: int, perhaps: int, place: int) -> int:
        """Who comes of those who can: all, or, where the seats are too few, those whom the aims want."""
        seats = self.wish.places[place].seats
        if seats is None or can.bit_count() <= seats:
            return can
        trips, should = self._trips[place], self._need[Need.SHOULD]

        def dearness(number: int) -> tuple[int, int, int, int]:
            bit = 1 << number
            return (-bool(should & bit), bool(perhaps & bit), trips[number], number)

        chosen = _mask_of(_numbers(can & self._need[Need.MUST])[:seats])
        left = seats - chosen.bit_count()
        firsts = []
        for organisation, of in self._of.items():
            if can & of and not chosen & of:
                firsts.append((organisation not in self.wish.represented, *min(map(dearness, _numbers(can & of)))))
        chosen |= _mask_of(first[-1] for first in sorted(firsts)[:left])
        left = seats - chosen.bit_count()
        return chosen | _mask_of(sorted(_numbers(can & ~chosen), key=dearness)[:left])

    def _said(self, person: Person) -> dict[Say, int]:
        said = dict.fromkeys(Say, 0)
        for at, start in enumerate(self.starts):
            if answer := person.answers.get(start):
                said[answer] |= 1 << at
        return said

    def _row(self, said: Mapping[Say, int], busy: _Hours, perhaps: _Hours, collides: int, place: Place) -> _Row:
        silent = ~(said[Say.YES] | said[Say.IF_NEED_BE] | said[Say.NO]) & ((1 << len(self.starts)) - 1)
        free = silent & ~self._hit(busy, place)
        return _Row(
            can=said[Say.YES] | said[Say.IF_NEED_BE] | free,
            perhaps=said[Say.IF_NEED_BE] | (free & self._hit(perhaps, place)),
            said_no=said[Say.NO],
            busy=silent & collides,
        )

    def _hit(self, hours: _Hours, place: Place | None = None) -> int:
        """The starts at which a meeting would collide with these hours; with a place, the way there and back is counted."""
        hit = 0
        for start, end, where in hours:
            way = self._trip(where, place) if place else 0
            first = bisect_right(self._minutes, start - way - self.wish.minutes)
            after = bisect_left(self._minutes, end + way)
            if first < after:
                hit |= (1 << after) - (1 << first)
        return hit

    def _trip(self, start: str, place: Place) -> int:
        return 0 if place.online or not start else self._ways.get((start, place.id), 0)

    def _ids(self, bits: int) -> tuple[str, ...]:
        return tuple(self.wish.persons[number].id for number in _numbers(bits))


def _hours(engaged: Iterable[Engaged], tentative: bool | None = None) -> _Hours:
    return [
        (_minute(each.start), _minute(each.end), each.place)
        for each in engaged
        if tentative is None or each.tentative is tentative
    ]


def _minute(at: datetime) -> int:
    return int(at.timestamp()) // 60


def _mask(truths: Iterable[bool | int]) -> int:
    return _mask_of(number for number, true in enumerate(truths) if true)


def _mask_of(numbers: Iterable[int]) -> int:
    bits = 0
    for number in numbers:
        bits |= 1 << number
    return bits


def _numbers(bits: int) -> list[int]:
    found = []
    while bits:
        lowest = bits & -bits
        found.append(lowest.bit_length() - 1)
        bits ^= lowest
    return found


def _hindrance(row: _Row, at: int) -> Hindrance:
    if row.can >> at & 1:
        return Hindrance.NO_ROOM
    if row.said_no >> at & 1:
        return Hindrance.SAID_NO
    return Hindrance.BUSY if row.busy >> at & 1 else Hindrance.TRAVEL
