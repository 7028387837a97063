"""A plain CP-SAT model of finding a time, for comparison only: one choice of start and place, one of who comes, five aims
in turn.

What anybody can is read from calendars by the obvious loop, as somebody would who had not turned the questions around.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ortools.sat.python import cp_model

from samordna.domain.forums.time_wishes import Engaged, Need, Person, Place, Say, Wish

Rank = tuple[int, ...]


def _way(wish: Wish, start: str, place: Place) -> int:
    return 0 if place.online or not start else wish.travel.get(frozenset({start, place.id}), 0)


Hours = list[tuple[int, int, bool]]


def _hours(wish: Wish, engaged: tuple[Engaged, ...], place: Place | None) -> Hours:
    """From which minute to which; with a place, with the way there and back."""
    found = []
    for each in engaged:
        way = _way(wish, each.place, place) if place else 0
        found.append((int(each.start.timestamp()) // 60 - way, int(each.end.timestamp()) // 60 + way, each.tentative))
    return found


def _hits(wish: Wish, hours: Hours, start: int) -> set[bool]:
    return {perhaps for begins, ends, perhaps in hours if start < ends and start + wish.minutes > begins}


def _says(wish: Wish, person: Person, hours: Hours, start: datetime, minute: int) -> Say:
    if start in person.answers:
        return person.answers[start]
    hits = _hits(wish, hours, minute)
    if False in hits:
        return Say.NO
    return Say.IF_NEED_BE if hits else Say.YES


def solve(wish: Wish) -> tuple[Rank | None, float]:
    """The best rank, or None when nothing is possible; and the seconds in the solver."""
    model = cp_model.CpModel()
    chosen: list[Any] = []
    can: list[list[Any]] = [[] for _person in wish.persons]
    perhaps: list[list[Any]] = [[] for _person in wish.persons]
    trips: list[list[Any]] = [[] for _person in wish.persons]
    comes = [model.new_bool_var("") for _ in wish.persons]
    only_perhaps = [model.new_bool_var("") for _ in wish.persons]
    trip = [model.new_int_var(0, 600, "") for _ in wish.persons]
    minutes = [int(start.timestamp()) // 60 for start in wish.starts]
    for place in wish.places:
        taken = _hours(wish, place.taken, None)
        hours = [_hours(wish, person.engaged, place) for person in wish.persons]
        for start, minute in zip(wish.starts, minutes, strict=True):
            if _hits(wish, taken, minute):
                continue
            var = model.new_bool_var("")
            chosen.append(var)
            if place.seats is not None:
                model.add(sum(comes) <= place.seats).only_enforce_if(var)
            for number, person in enumerate(wish.persons):
                said = _says(wish, person, hours[number], start, minute)
                if said is not Say.NO:
                    can[number].append(var)
                if said is Say.IF_NEED_BE:
                    perhaps[number].append(var)
                if way := _way(wish, person.home, place):
                    trips[number].append(way * var)
    model.add_exactly_one(chosen)
    for number, person in enumerate(wish.persons):
        model.add(comes[number] <= sum(can[number]))
        model.add(only_perhaps[number] >= comes[number] + sum(perhaps[number]) - 1)
        model.add(trip[number] >= sum(trips[number])).only_enforce_if(comes[number])
        if person.need is Need.MUST:
            model.add(comes[number] == 1)
    there = {}
    for organisation in {person.organisation for person in wish.persons}:
        there[organisation] = model.new_bool_var("")
        model.add_max_equality(
            there[organisation], [comes[n] for n, each in enumerate(wish.persons) if each.organisation == organisation]
        )
    for organisation in wish.represented:
        model.add(there[organisation] == 1)
    model.add(sum(there.values()) >= wish.quorum)
    should = [comes[n] for n, each in enumerate(wish.persons) if each.need is Need.SHOULD]
    aims = [-sum(there.values()), -sum(should), -sum(comes), sum(only_perhaps), sum(trip)]
    rank: list[int] = []
    seconds = 0.0
    for aim in aims:
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.max_time_in_seconds = 120
        model.minimize(aim)
        status = solver.solve(model)
        seconds += solver.wall_time
        if status != cp_model.OPTIMAL:
            return None, seconds
        rank.append(round(solver.objective_value))
        model.add(aim == rank[-1])
    return tuple(rank), seconds
