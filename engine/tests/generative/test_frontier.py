"""The frontier is that of every decision there is, drawn by differences and cost."""

from dataclasses import replace
from itertools import pairwise, product

import pytest
from hypothesis import event, given

from families import family
from matters import aspect, condition, is_, matter, need, participant
from questions import problems
from samordna_engine import COORDINATION, Limits, Malformed, Sharing, Unproved, check, settle
from samordna_engine.checking import measure
from samordna_engine.limits import OutOfTime
from samordna_engine.tradeoff import Point, Rate, frontier

SMALL = problems(max_aspects=3, max_participants=3, max_conditions=6)


def decisions(problem):
    """Every (weighted differences, cost) that some decision has."""
    shared = [a for a in problem.aspects if a.sharing is not Sharing.LOCAL]
    nobody = replace(problem, participants=tuple(replace(p, takes_part=False) for p in problem.participants))
    common = replace(nobody, needs=tuple(n for n in problem.needs if n.owner == COORDINATION))
    singles = [single(problem, person) for person in problem.taking_part()]
    found = set()
    for options in product(*(a.option_ids() for a in shared)):
        frame = {a.id: option for a, option in zip(shared, options, strict=True)}
        if check(common, frame, {}):
            continue
        sums = {(0, measure(common, frame, {})[1])}
        for one in singles:
            sums = {(a + c, b + d) for a, b in sums for c, d in own_ways(one, frame)}
        found |= sums
    return found


def single(problem, person):
    needs = tuple(n for n in problem.needs if n.owner == person.id)
    return replace(
        problem, participants=tuple(replace(p, takes_part=p is person) for p in problem.participants), needs=needs
    )


def own_ways(problem, frame):
    """What one participant may do under a frame, as (weighted differences, cost)."""
    (person,) = problem.taking_part()
    free = [a for a in problem.aspects if a.sharing is not Sharing.COMMON]
    for options in product(*(a.option_ids() for a in free)):
        own = {person.id: {a.id: option for a, option in zip(free, options, strict=True)}}
        if not check(problem, frame, own):
            likeness, cost, _ = measure(problem, frame, own)
            yield likeness.weighted, cost


def hull(points):
    """The corners of the lower left curve, from the cheapest to the most alike."""
    corners = []
    best = {}
    for likeness, cost in points:
        best[likeness] = min(cost, best.get(likeness, cost))
    for point in sorted(best.items(), reverse=True):
        while corners and point[1] <= corners[-1][1]:
            corners.pop()
        while len(corners) > 1 and not turns(corners[-2], corners[-1], point):
            corners.pop()
        corners.append(point)
    return corners


def turns(one, middle, other):
    return (one[0] - middle[0]) * (other[1] - one[1]) > (one[0] - other[0]) * (middle[1] - one[1])


def places(points):
    return [(point.likeness.weighted, point.cost) for point in points]


@given(SMALL)
def test_every_corner_is_found_and_nothing_else(problem):
    points = frontier(problem)
    event(f"{len(points)} corners")
    assert places(points) == hull(decisions(problem))
    assert all(point.complete for point in points)
    for point in points:
        assert check(problem, point.frame, point.own) == []
        likeness, cost, _ = measure(problem, point.frame, point.own)
        assert (likeness, cost) == (point.likeness, point.cost)


@given(SMALL)
def test_tiny_limits_find_the_same_corners(problem):
    assert places(frontier(problem, limits=Limits(cells=4, own_cells=4))) == places(frontier(problem))


@given(SMALL)
def test_more_alike_is_dearer_and_ever_more_so(problem):
    points = frontier(problem)
    for one, other in pairwise(points):
        assert one.likeness.weighted > other.likeness.weighted
        assert one.cost < other.cost
        assert one.best_to == other.best_from
        rate = one.best_to
        assert (other.cost - one.cost) * rate.likeness == (one.likeness.weighted - other.likeness.weighted) * rate.cost
    rates = [point.best_from for point in points]
    assert all(a.cost * b.likeness < b.cost * a.likeness for a, b in pairwise(rates))
    assert not points or (rates[0] == Rate(cost=0, likeness=1) and points[-1].best_to is None)


@given(SMALL)
def test_whole_price_of_a_point_chooses_it(problem):
    for point in frontier(problem):
        if point.price is not None:
            outcome = settle(replace(problem, price_of_difference=point.price))
            assert (outcome.objective.likeness, outcome.objective.cost) == (point.likeness.weighted, point.cost)
    last = frontier(problem)[-1:]
    outcome = settle(replace(problem, price_of_difference=None))
    assert [(p.likeness.weighted, p.cost) for p in last] == (
        [(outcome.objective.likeness, outcome.objective.cost)] if last else []
    )


@given(SMALL)
def test_given_prices_choose_what_settling_at_them_does(problem):
    prices = (0, 1, 2, 3, 5, 40)
    points = frontier(problem, prices=prices)
    for price in prices if points else ():
        outcome = settle(replace(problem, price_of_difference=price))
        chosen = [p for p in points if p.best_from.cost <= price <= p.best_to.cost]
        assert places(chosen) == [(outcome.objective.likeness, outcome.objective.cost)]
    assert not any(point.complete for point in points)


def simple(price=None):
    """Two of five like y, and more or less so: three corners."""
    form = aspect("form", "x", "y", sharing=Sharing.FRAMED)
    people = [participant(f"p{i}") for i in range(3)]
    people += [participant("q", form={"x": 3}), participant("r", form={"x": 7})]
    stated = [condition(f"c{i}", f"p{i}", is_("form", "x")) for i in range(3)]
    return matter([form], people, stated, [need("n", "q", is_("form", "y"), 1)], price)


def test_points_say_frame_own_values_and_prices():
    first, middle, last = frontier(simple())
    assert isinstance(first, Point)
    assert first.frame == middle.frame == last.frame == {"form": "x"}
    assert first.own == {"q": {"form": "y"}, "r": {"form": "y"}}
    assert middle.own == {"r": {"form": "y"}}
    assert [(p.likeness.deviations, p.likeness.possible, p.cost) for p in (first, middle, last)] == [
        (2, 5, 0),
        (1, 5, 4),
        (0, 5, 11),
    ]
    assert [p.price for p in (first, middle, last)] == [0, 4, 7]
    assert (middle.best_from, middle.best_to) == (Rate(cost=4, likeness=1), Rate(cost=7, likeness=1))
    assert frontier(simple(price=3)) == frontier(simple())


def test_no_decision_gives_no_points_and_one_gives_one():
    form = aspect("form", "x", "y")
    clash = [condition("a", "p", is_("form", "x")), condition("b", "p", is_("form", "y"))]
    assert frontier(matter([form], [participant("p")], clash)) == ()
    assert frontier(matter([form], [participant("p")], clash), prices=[1]) == ()
    (only,) = frontier(matter([form], [participant("p")]))
    assert (only.price, only.best_to, only.complete) == (0, None, True)


def test_so_many_points_as_wanted_with_the_most_telling_first():
    problem = family(12, 12, 0)
    every = frontier(problem)
    some = frontier(problem, most=4)
    assert len(some) == 4 < len(every)
    assert set(places(some)) <= set(places(every))
    assert not all(point.complete for point in some)
    assert some[0].likeness == every[0].likeness
    assert some[-1].likeness == every[-1].likeness


def test_out_of_time_gives_what_was_found_and_says_that_more_may_be():
    problem = family(12, 12, 0)
    every, ticks = set(places(frontier(problem))), iter(range(10**6))
    seen = set()
    for seconds in (5, 100, 400, 900, 2000):
        try:
            points = frontier(problem, limits=Limits(seconds=seconds, now=lambda: next(ticks)))
        except OutOfTime:
            seen.add("nothing")
            continue
        seen.add("all" if all(point.complete for point in points) else "some")
        assert set(places(points)) <= every
        assert all(point.complete for point in points) == (set(places(points)) == every)
    assert {"nothing", "some"} <= seen


@pytest.mark.parametrize("price", [-1, 1.5, "2", True, 10**10])
def test_price_that_is_none_is_refused(price):
    with pytest.raises(Malformed) as caught:
        frontier(simple(), prices=[1, price])
    assert {fault.path for fault in caught.value.faults} == {"prices[1]"}


def test_wrong_point_does_not_leave(monkeypatch):
    monkeypatch.setattr("samordna_engine.tradeoff.measure", lambda *_: (measure(*_)[0], -1, ()))
    with pytest.raises(Unproved):
        frontier(simple())
