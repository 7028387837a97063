"""The figure's question: 8 organisations of 12 persons, six weeks of half hours in working hours, six places. Made from a
seed.
"""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

from samordna.domain.forums.rhythm import zone
from samordna.domain.forums.time_wishes import Engaged, Need, Person, Place, Say, Wish, working_starts

STOCKHOLM = zone("Europe/Stockholm")
TOWNS = ("Norrvik", "Söderby", "Västan", "Österåker", "Mellanfors")
FIRST = date(2026, 3, 2)


def question(seed: int, organisations: int = 8, each: int = 12, weeks: int = 6, load: float = 0.45) -> Wish:
    """Calendars filled to about `load`; three must be there; every third has answered a tenth of the times.

    One can also meet online where the seed is odd, and only in a room where it is even.
    """
    dice = random.Random(seed)
    days = [FIRST + timedelta(days=n) for n in range(weeks * 7) if (FIRST + timedelta(days=n)).weekday() < 5]
    starts = tuple(working_starts(days, STOCKHOLM, 90))
    travel = {frozenset({a, b}): dice.choice([20, 35, 50, 75]) for a in TOWNS for b in TOWNS if a < b}
    persons = []
    for number in range(organisations * each):
        organisation, place = f"o{number // each}", number % each
        home = TOWNS[number // each % len(TOWNS)]
        persons.append(
            Person(
                id=f"p{number:03}",
                organisation=organisation,
                need=Need.MUST if place == 0 and number // each < 3 else dice.choice([Need.SHOULD, Need.SHOULD, Need.MAY]),
                home=home,
                engaged=_calendar(dice, days, home, load * (0.5 if place == 0 else 1)),
                answers={start: dice.choice(list(Say)) for start in starts if dice.random() < 0.1}
                if place % 3 == 1
                else {},
            )
        )
    rooms = [Place(id=town, seats=dice.choice([20, 40, 60, 80]), taken=_calendar(dice, days, "", 0.3)) for town in TOWNS]
    return Wish(
        starts=starts,
        minutes=90,
        persons=tuple(persons),
        places=(*rooms, Place(id="web", online=True)) if seed % 2 else tuple(rooms),
        represented=frozenset(f"o{number}" for number in range(organisations)),
        quorum=organisations - 1,
        travel=travel,
    )


def _calendar(dice: random.Random, days: list[date], home: str, load: float) -> tuple[Engaged, ...]:
    found = []
    for day in days:
        hour = datetime(day.year, day.month, day.day, 8, tzinfo=STOCKHOLM)
        for _half in range(18):
            if dice.random() < load / 2.5:
                length = timedelta(minutes=dice.choice([30, 60, 60, 90, 180]))
                where = dice.choice([home, home, *TOWNS])
                found.append(Engaged(start=hour, end=hour + length, place=where, tentative=dice.random() < 0.1))
            hour += timedelta(minutes=30)
    return tuple(found)
