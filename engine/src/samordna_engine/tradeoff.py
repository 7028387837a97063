"""How alike at what cost: the decisions between which a price of difference chooses.

Each price gives a decision for which price × differences + cost is as small as can be. Drawn by differences and cost,
these decisions are the corners of a convex curve. Between two that are known, the price at which both come to the same
sum tells whether there is one more corner: nothing is below that sum unless there is. So every corner is found, and it
is proved that there are no others (Aneja and Nair 1979, the dichotomic scheme).

Decisions above the curve, which no price chooses, are not told: what they cost more than a mixture of two corners would
is more than their likeness is worth at any price.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import gcd
from typing import Final

import numpy as np

from samordna_engine.checking import check, measure
from samordna_engine.errors import Checks, TooLarge, Unproved
from samordna_engine.limits import Limits, OutOfTime
from samordna_engine.outcome import Likeness
from samordna_engine.problem import MAX_NUMBER, Problem, Sharing
from samordna_engine.projection.branch import Found, minimise
from samordna_engine.projection.facets import Facets, facets
from samordna_engine.projection.matter import BROKEN, LARGEST_SUM, Matter, Numbering, Term
from samordna_engine.projection.own import Under
from samordna_engine.projection.project import joined, summed
from samordna_engine.projection.tables import Numbers
from samordna_engine.settling import check_asked_here
from samordna_engine.size import refuse_if_too_large


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """A price of difference that need not be whole: so much in cost for so many differences, in lowest terms."""

    cost: int
    likeness: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One decision of the frontier, and the prices of difference for which it is best.

    `own` has, per participant, its values where it differs from the frame or the aspect is local. It is best from
    `best_from` to `best_to`, which is None where it stays best however high the price. At each end the neighbour is as
    good. `price` is a whole price at which `settle` comes to the same differences and cost, if there is one; 0 when it
    is best without any price. `complete` says that no corner is missing between this point and the next.
    """

    likeness: Likeness
    cost: int
    frame: Mapping[str, str]
    own: Mapping[str, Mapping[str, str]]
    best_from: Rate
    best_to: Rate | None
    price: int | None
    complete: bool


def frontier(
    problem: Problem, *, prices: Iterable[int] | None = None, most: int | None = None, limits: Limits | None = None
) -> tuple[Point, ...]:
    """The decisions between cheapest and most alike, the least alike first; none where conditions clash.

    Without `prices` all corners are found, or so many that there are `most` of them, those first where most may be
    missing. With `prices` only the decisions that these choose are, and nothing is `complete`. Every point is proved
    as an answer of `settle` is. The problem's own price of difference is not asked for.

    Where the time is out the points found so far are given, and those after which some may be missing are not
    `complete`; raises `OutOfTime` when not even both ends were found. Raises `TooLarge` as `settle`, and `Malformed`
    for a price that is no whole number from 0.
    """
    limits = limits or Limits()
    check_asked_here(problem)
    refuse_if_too_large(problem, limits)
    wanted = None if prices is None else _checked(prices)
    sweep = _Sweep(replace(problem, price_of_difference=None), limits)
    try:
        found = sweep.corners(most) if wanted is None else sweep.at(wanted)
    except _NoDecision:
        return ()
    return tuple(sweep.point(found, i) for i in range(len(found)))


def _checked(prices: Iterable[int]) -> tuple[int, ...]:
    given = tuple(prices)
    checks = Checks()
    for index, price in enumerate(given):
        checks.whole(f"prices[{index}]", price, 0, MAX_NUMBER)
    checks.finish()
    return tuple(sorted(set(given)))


_FREE: Final = Rate(cost=0, likeness=1)


class _NoDecision(Exception):
    """The conditions clash."""


@dataclass(frozen=True, slots=True, eq=False)
class _Corner:
    """A decision in numbers. It is known to be best from one price to another; `complete` as in `Point`."""

    likeness: int
    cost: int
    at: tuple[int, ...]
    chosen: Numbers
    best_from: Rate = _FREE
    best_to: Rate | None = None
    price: int | None = None
    complete: bool = True


class _Sweep:
    """The same question at different prices. What does not depend on the price is made once for each unit of cost."""

    def __init__(self, problem: Problem, limits: Limits) -> None:
        self.problem, self.limits, self.deadline = problem, limits, limits.start()
        self.numbering = Numbering(problem)
        self.matter = self.numbering.matter({})
        framed = [a.weight for a in problem.aspects if a.sharing is Sharing.FRAMED]
        self._most_alike = sum(framed) * self.matter.count
        self._weights = tuple(aspect.weight for aspect in problem.aspects)
        self._dearest = _largest_cost(self.matter)
        self._prepared: dict[int, tuple[Matter, Facets]] = {}

    def corners(self, most: int | None) -> list[_Corner]:
        """Both ends, and the corners between them."""
        found = [self._best(1, 2 * self._most_alike + 1), self._best(2 * self._dearest + 1, 1)]
        if _same(*found):
            return [replace(found[1], price=0)]
        fine = (found[0].likeness - found[-1].likeness) ** 2 + 1
        straight: set[int] = set()
        try:
            while (most is None or len(found) < most) and (i := _widest(found, straight)) is not None:
                between = self._between(found[i], found[i + 1], fine)
                if between is None:
                    straight.add(id(found[i]))
                else:
                    found.insert(i + 1, between)
        except OutOfTime:
            pass
        return _bent(found, straight)

    def at(self, prices: Sequence[int]) -> list[_Corner]:
        """The decisions that these prices choose, each with the prices from first to last that do."""
        unit, found = 2 * self._most_alike + 1, list[_Corner]()
        for price in prices:
            rate = Rate(cost=price, likeness=1)
            corner = self._best(price * unit + 1, unit)
            if found and _same(found[-1], corner):
                found[-1] = replace(found[-1], best_to=rate)
            else:
                found.append(replace(corner, best_from=rate, best_to=rate, price=price, complete=False))
        return found

    def point(self, found: Sequence[_Corner], i: int) -> Point:
        """A corner as it is told. Raises `Unproved` where the independent checker disagrees."""
        corner = found[i]
        frame, own = self._named(corner)
        likeness, cost, _ = measure(self.problem, frame, own)
        if check(self.problem, frame, own) or (likeness.weighted, cost) != (corner.likeness, corner.cost):
            raise Unproved(f"a point of the frontier breaks conditions, or does not come to {likeness} and {cost}")
        return Point(
            likeness=likeness,
            cost=cost,
            frame=frame,
            own=own,
            best_from=corner.best_from,
            best_to=corner.best_to,
            price=corner.price,
            complete=corner.complete,
        )

    def _between(self, one: _Corner, other: _Corner, fine: int) -> _Corner | None:
        """A decision below the line between two, or None where there is none.

        The price is where both come to the same sum, told in units so fine that the one that is just above can stand
        for it: two such prices differ by more than the unit, or are the same. Where that makes numbers too large, the
        exact price is taken and the costs are counted in another unit.
        """
        likeness, cost = one.likeness - other.likeness, other.cost - one.cost
        difference, unit = fine * cost // likeness + 1, fine
        if difference * self._most_alike + unit * self._dearest > LARGEST_SUM:
            common = gcd(cost, likeness)
            difference, unit = cost // common, likeness // common
        floor = unit * self.matter.floor
        sums = [difference * end.likeness + unit * end.cost - floor for end in (one, other)]
        found = self._lowest(difference, unit)
        return None if found[1].value >= min(sums) else self._corner(difference, unit, *found)

    def _best(self, difference: int, unit: int) -> _Corner:
        """The best decision when a weighted difference counts so much, and a unit of cost so much."""
        return self._corner(difference, unit, *self._lowest(difference, unit))

    def _lowest(self, difference: int, unit: int) -> tuple[Under, Found]:
        """The lowest sum at these prices, and how everybody is under its frame."""
        largest = difference * self._most_alike + unit * self._dearest
        if largest > LARGEST_SUM:
            raise TooLarge("the sum of all costs and differences", largest, LARGEST_SUM)
        matter, split = self._priced(difference, unit)
        projection = joined(matter, split, summed(matter, split, self.deadline))
        found = minimise(projection.network, self.limits.cells, self.deadline)
        if found.bound >= BROKEN:
            raise _NoDecision
        if not found.proved:
            raise OutOfTime
        at = tuple(found.values.get(a, 0) for a in range(len(matter.sizes)))
        return Under(matter, split, at, self.limits.cells, self.deadline), found

    def _corner(self, difference: int, unit: int, under: Under, found: Found) -> _Corner:
        chosen = under.best()
        likeness = self._differences(under.frame, chosen)
        cost, rest = divmod(found.value - difference * likeness, unit)
        if rest:
            raise Unproved("a decision of the frontier does not come to a whole cost")
        return _Corner(likeness, cost + self.matter.floor, under.frame, chosen)

    def _differences(self, at: tuple[int, ...], chosen: Numbers) -> int:
        framed = [a for a in self.matter.frame_aspects() if self.matter.sharing[a] is Sharing.FRAMED]
        apart = (chosen[:, framed] != np.array(at, np.int64)[framed]).sum(axis=0)
        return sum(int(count) * self._weights[a] for a, count in zip(framed, apart, strict=True))

    def _priced(self, difference: int, unit: int) -> tuple[Matter, Facets]:
        """The question with these prices. Facets do not depend on the price of difference, only on the unit of cost."""
        if unit not in self._prepared:
            matter = _in_units(self.matter, unit)
            self._prepared = {unit: (matter, facets(matter, self.limits.own_cells))}
        matter, split = self._prepared[unit]
        return replace(matter, difference=tuple(weight * difference for weight in self._weights)), split

    def _named(self, corner: _Corner) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
        """The frame, and own values where they differ or are local, by their ids."""
        aspects = self.numbering.aspects
        shared = self.matter.frame_aspects()
        frame = {aspects[a].id: aspects[a].options[corner.at[a]].id for a in shared}
        own: dict[str, dict[str, str]] = {}
        for a, sharing in enumerate(self.matter.sharing):
            apart = corner.chosen[:, a] != corner.at[a] if sharing is Sharing.FRAMED else sharing is Sharing.LOCAL
            for p in np.flatnonzero(np.broadcast_to(apart, self.matter.count)).tolist():
                values = own.setdefault(self.numbering.people[p].id, {})
                values[aspects[a].id] = aspects[a].options[int(corner.chosen[p, a])].id
        return frame, own


def _largest_cost(matter: Matter) -> int:
    """No decision costs more above the floor."""
    needs = int(matter.own.penalty[matter.own.penalty < BROKEN].sum())
    needs += sum(term.penalty for term in matter.common if term.penalty < BROKEN)
    return sum(int(table.max(axis=1).sum()) for table in matter.cost) + needs


def _in_units(matter: Matter, unit: int) -> Matter:
    """The same question with so many units for each of cost. What is broken stays so."""
    penalty = matter.own.penalty
    own = replace(matter.own, penalty=np.where(penalty < BROKEN, penalty * np.where(penalty < BROKEN, unit, 1), BROKEN))
    common = tuple(Term(t.shape, t.penalty * unit if t.penalty < BROKEN else BROKEN) for t in matter.common)
    return replace(matter, cost=tuple(table * unit for table in matter.cost), own=own, common=common)


def _same(one: _Corner, other: _Corner) -> bool:
    return (one.likeness, one.cost) == (other.likeness, other.cost)


def _widest(found: Sequence[_Corner], straight: set[int]) -> int | None:
    """Where most may be missing: the neighbours with the largest area between them that is not known to be empty."""
    open_ones = [i for i, corner in enumerate(found[:-1]) if id(corner) not in straight]
    return max(open_ones, key=lambda i: (_area(found[i], found[i + 1]), -i), default=None)


def _area(one: _Corner, other: _Corner) -> int:
    return (one.likeness - other.likeness) * (other.cost - one.cost)


def _rate(one: _Corner, other: _Corner) -> Rate:
    """The price at which two neighbours come to the same sum."""
    cost, likeness = other.cost - one.cost, one.likeness - other.likeness
    common = gcd(cost, likeness)
    return Rate(cost=cost // common, likeness=likeness // common)


def _bent(found: Sequence[_Corner], straight: set[int]) -> list[_Corner]:
    """The corners with their prices. A decision that lies on the line between its neighbours is none."""
    kept: list[_Corner] = []
    for corner in found:
        known = id(corner) in straight or corner is found[-1]
        if len(kept) > 1 and _turn(kept[-2], kept[-1], corner) == 0:
            between = kept.pop()
            kept[-1] = replace(kept[-1], complete=kept[-1].complete and between.complete)
        kept.append(replace(corner, complete=known))
    rates = [_rate(one, other) for one, other in pairwise(kept)]
    return [
        replace(corner, best_from=low, best_to=high, price=_whole_price(low, high))
        for corner, low, high in zip(kept, [_FREE, *rates], [*rates, None], strict=True)
    ]


def _turn(one: _Corner, middle: _Corner, other: _Corner) -> int:
    first = (middle.likeness - one.likeness) * (other.cost - one.cost)
    return first - (other.likeness - one.likeness) * (middle.cost - one.cost)


def _whole_price(low: Rate, high: Rate | None) -> int | None:
    """The smallest whole price that chooses a corner; where two are as good, the more alike is chosen."""
    lowest = -(-low.cost // low.likeness)
    return lowest if high is None or lowest * high.likeness < high.cost else None
