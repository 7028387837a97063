"""Wishes for a time, small enough to try everything, and the slow and obvious answer to them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import chain, combinations

from hypothesis import strategies as st

from samordna.domain.forums.time_wishes import Engaged, Need, Person, Place, Say, Wish

MORNING = datetime(2026, 3, 10, 7, tzinfo=UTC)
PLACES = ("stad", "by", "web")


def at(half_hours: int) -> datetime:
    """So many half hours after seven."""
    return MORNING + timedelta(minutes=30 * half_hours)


@st.composite
def engagements(draw: st.DrawFn) -> tuple[Engaged, ...]:
    """Where and when somebody is already."""
    found = []
    for _each in range(draw(st.integers(0, 3))):
        start = draw(st.integers(-2, 7))
        found.append(
            Engaged(
                start=at(start),
                end=at(start + draw(st.integers(1, 4))),
                place=draw(st.sampled_from(["", *PLACES[:2]])),
                tentative=draw(st.booleans()),
            )
        )
    return tuple(found)


@st.composite
def wishes(draw: st.DrawFn) -> Wish:
    """At most six persons of three organisations, six starts, three places."""
    starts = tuple(at(n) for n in draw(st.lists(st.integers(0, 7), min_size=1, max_size=5, unique=True)))
    persons = tuple(
        Person(
            id=f"p{number}",
            organisation=draw(st.sampled_from("ABC")),
            need=draw(st.sampled_from([Need.MUST, Need.SHOULD, Need.SHOULD, Need.MAY])),
            home=draw(st.sampled_from(["", *PLACES[:2]])),
            engaged=draw(engagements()),
            answers={start: draw(st.sampled_from(Say)) for start in starts if draw(st.integers(0, 3)) == 0},
        )
        for number in range(draw(st.integers(1, 6)))
    )
    places = tuple(
        Place(
            id=name,
            seats=draw(st.sampled_from([None, 1, 2, 3, 4])),
            taken=draw(engagements())[:1],
            online=name == "web",
        )
        for name in PLACES[: draw(st.integers(1, 3))]
    )
    return Wish(
        starts=starts,
        minutes=draw(st.sampled_from([30, 60])),
        persons=persons,
        places=places,
        represented=frozenset(draw(st.sets(st.sampled_from("ABC"), max_size=2))),
        quorum=draw(st.integers(0, 2)),
        travel={frozenset({"stad", "by"}): draw(st.sampled_from([20, 45]))},
    )


def way(wish: Wish, start: str, place: Place) -> int:
    """Minutes from one place to another."""
    return 0 if place.online or not start else wish.travel.get(frozenset({start, place.id}), 0)


def collides(wish: Wish, each: Engaged, start: datetime, minutes_away: int) -> bool:
    """Does the meeting overlap with this, the way there and back counted?"""
    aside = timedelta(minutes=minutes_away)
    return start < each.end + aside and start + timedelta(minutes=wish.minutes) > each.start - aside


def says(wish: Wish, person: Person, start: datetime, place: Place) -> Say:
    """What somebody says, or its calendar for it."""
    if start in person.answers:
        return person.answers[start]
    hit = {each.tentative for each in person.engaged if collides(wish, each, start, way(wish, each.place, place))}
    if False in hit:
        return Say.NO
    return Say.IF_NEED_BE if hit else Say.YES


Best = tuple[int, int, int, int, int, datetime, int]


def everything(wish: Wish) -> list[Best]:
    """Every possible start, place and set of those who come, as what decides between them; the best first."""
    found: list[Best] = []
    for number, place in enumerate(wish.places):
        for start in wish.starts:
            if any(collides(wish, each, start, 0) for each in place.taken):
                continue
            said = {person.id: says(wish, person, start, place) for person in wish.persons}
            can = [person for person in wish.persons if said[person.id] is not Say.NO]
            for who in chain.from_iterable(combinations(can, size) for size in range(len(can) + 1)):
                there = {person.organisation for person in who}
                if (
                    (place.seats is not None and len(who) > place.seats)
                    or any(person.need is Need.MUST and person not in who for person in wish.persons)
                    or not wish.represented <= there
                    or len(there) < wish.quorum
                ):
                    continue
                should = sum(person.need is Need.SHOULD for person in who)
                perhaps = sum(said[person.id] is Say.IF_NEED_BE for person in who)
                trips = sum(way(wish, person.home, place) for person in who)
                found.append((-len(there), -should, -len(who), perhaps, trips, start, number))
    return sorted(found)
