"""The frontier against all decisions there are, for decisions drawn at random."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from samordna.domain.decisions.frontier import MOST_POINTS, Point, frontier

DECISIONS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 4000)), min_size=1, max_size=40)


def asker(decisions: list[tuple[int, int]], asked: list[int | None]):
    """The best of the decisions at a price, as the engine would find it: between equals the most alike."""

    def ask(price: int | None) -> Point:
        asked.append(price)
        best = min(decisions, key=lambda one: one if price is None else (one[1] + price * one[0], one))
        return Point(price=price, differing=best[0], cost=best[1])

    return ask


@given(DECISIONS)
def test_whatever_is_the_best_at_some_price_lies_on_the_line_between_the_points(decisions):
    asked: list[int | None] = []
    found = frontier(asker(decisions, asked))
    assert len(asked) <= 2 * MOST_POINTS
    if not found.whole:
        return
    for price in (0, 1, 2, 5, 10, 50, 100, 1000, 10_000):
        best = min(cost + price * differing for differing, cost in decisions)
        told = min(point.cost + price * point.differing for point in found.points)
        # At whole prices between two points one decision may be better by less than a step of the price.
        assert told - best <= max(differing for differing, _cost in decisions)


@given(DECISIONS)
def test_the_points_fall_and_flatten_and_are_real(decisions):
    points = frontier(asker(decisions, [])).points
    assert all((point.differing, point.cost) in decisions for point in points)
    steps = [(right.differing - left.differing, left.cost - right.cost) for left, right in itertools.pairwise(points)]
    assert all(across > 0 and down > 0 for across, down in steps)
    slopes = [down / across for across, down in steps]
    assert slopes == sorted(slopes, reverse=True)


@given(DECISIONS)
def test_the_ends_are_the_most_alike_and_the_cheapest(decisions):
    points = frontier(asker(decisions, [])).points
    assert (points[0].differing, points[0].cost) == min(decisions)
    assert points[-1].cost == min(cost for _differing, cost in decisions)


def test_what_is_not_found_in_time_is_said():
    assert frontier(lambda price: None).points == ()
    known = Point(price=None, differing=0, cost=9)
    assert frontier(lambda price: known if price is None else None).points == (known,)
    assert not frontier(lambda price: known if price is None else None).whole
