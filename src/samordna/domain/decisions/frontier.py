"""How alike against what cost: the decisions that are the best for some price of a difference.

Likeness and cost pull apart. For each price of a difference there is a best decision; those that are best for some price
lie on a curve that falls and flattens, and between them are all the choices worth making (the supported points of a
bi-objective problem; found by asking halfway between two known points until nothing lies below the line between them:
Aneja and Nair, Bicriteria transportation problem, Management Science 25, 1979).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

MOST_POINTS = 12
LIKENESS_FIRST: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One decision: `differing` weighted differences, `cost` in all, and a `price` of a difference for which it is best.

    `price` None: likeness before all cost.
    """

    price: int | None
    differing: int
    cost: int


Ask = Callable[[int | None], Point | None]
"""The best decision at a price; None where it was not found in time, or there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frontier:
    """The points, the most alike first. `whole`: all points have been found."""

    points: tuple[Point, ...]
    whole: bool


def frontier(ask: Ask) -> Frontier:
    """All supported points at whole prices, or as many as were found."""
    alike, cheap = ask(LIKENESS_FIRST), ask(0)
    if alike is None or cheap is None:
        known = alike or cheap
        return Frontier(points=(known,) if known else (), whole=False)
    if _same(alike, cheap):
        return Frontier(points=(alike,), whole=True)
    points, waiting, whole = [alike, cheap], [(alike, cheap)], True
    while waiting:
        left, right = waiting.pop(0)
        if len(points) >= MOST_POINTS:
            whole = False
            break
        found = ask(_between(left, right))
        if found is None:
            whole = False
        elif _below(found, left, right):
            points.append(found)
            waiting += [(left, found), (found, right)]
    return Frontier(points=tuple(_worth_choosing(points)), whole=whole)


def _worth_choosing(points: Iterable[Point]) -> Iterator[Point]:
    """Each costs less than all that are more alike."""
    cheapest: int | None = None
    for point in sorted(points, key=_place):
        if cheapest is None or point.cost < cheapest:
            cheapest = point.cost
            yield point


def _place(point: Point) -> tuple[int, int]:
    return (point.differing, point.cost)


def _same(one: Point, other: Point) -> bool:
    return _place(one) == _place(other)


def _between(left: Point, right: Point) -> int:
    """The whole price, rounded, at which the two are as good."""
    return max((left.cost - right.cost) // max(right.differing - left.differing, 1), 1)


def _below(found: Point, left: Point, right: Point) -> bool:
    """Does it lie between the two, and below the line from one to the other?"""
    if not left.differing < found.differing < right.differing:
        return False
    across, down = right.differing - left.differing, left.cost - right.cost
    return (left.cost - found.cost) * across > down * (found.differing - left.differing)
