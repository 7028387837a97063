"""The best decision when something binds everybody together.

Each bounded sum gets a price per unit, as Lagrange does; with prices in place of bounds the participants fall apart
again, and every solution of the network gives a certified bound (Everett 1963, Geoffrion 1974). What is left between
that bound and the best found is searched: all frames whose price-weighted sum leaves hope, and under each of them the
knapsack of own values (Handler and Zang 1980 go through paths in the same way). A bound on the number of variants is
met by trying which options are left to use.

First the main sum is made small (likeness, or its price and cost), then the other one without losing any of the first.
"""

import heapq
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Final

from samordna_engine.joint.frames import frames_below
from samordna_engine.joint.leaf import Bound, Leaf, dot
from samordna_engine.joint.measures import FIRST_JOINT, Closed, Decision, Measures, Weights
from samordna_engine.limits import Deadline, Limits, OutOfTime, Stopped
from samordna_engine.outcome import Limit
from samordna_engine.projection.matter import BROKEN, LARGEST_SUM
from samordna_engine.projection.network import Network, elimination_order

UNIT: Final = 1 << 10
"""What one unit of the objective counts, so that prices can be fractions of it."""

PROBES: Final = 16
LEAVES: Final = 2000
"""Frames that are looked into before the search is given up."""

LEAVES_AT_ONCE: Final = 16
"""Frames that are looked into before an aspect of the frame is fixed instead, to get better prices."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The best decision found, and numbers that nothing is below: for the main sum, and then for the other.

    Without a decision, `bound` says whether there is none (`BROKEN`) or none was found in time. `second` is None where
    the main sum was not proved best.
    """

    decision: Decision | None
    bound: int
    second: int | None
    proved: bool


@dataclass(frozen=True, slots=True, eq=False)
class _Dual:
    """The best prices found: the bound they give, the weights, and the network they were found with."""

    bound: int
    prices: tuple[int, ...]
    network: Network | None
    seen: list[Decision]


@dataclass(order=True, slots=True)
class _Node:
    """Part of the search: options that nobody may use, options that must stay, and options that the frame has.

    The smallest bound comes first, then the most fixed, then the oldest.
    """

    bound: int
    depth: int
    age: int
    closed: Closed = field(compare=False)
    kept: Closed = field(compare=False)
    fixed: Closed = field(compare=False)


def joint_search(measures: Measures, price: int | None, cells: int, deadline: Deadline) -> Answer:
    """The best decision within all joint limits; without a price of difference, likeness comes before cost."""
    more = (0,) * (measures.count - FIRST_JOINT)
    first: Weights = (1, 0, *more) if price is None else (price, 1, *more)
    second: Weights = (0, 1, *more) if price is None else (1, 0, *more)
    limits = _limits(measures)
    main = _Stage(measures, first, limits, cells, deadline)
    main.run()
    if main.best is None or not main.proved:
        return Answer(decision=main.best, bound=main.bound, second=None, proved=False)
    kept = [*limits, Bound(first, main.value)]
    other = _Stage(measures, second, kept, cells, deadline, main.best)
    other.run()
    return Answer(decision=other.best, bound=main.value, second=other.bound, proved=other.proved)


def jointly_possible(measures: Measures, cells: int, deadline: Deadline) -> Decision | bool | None:
    """A decision within all joint limits, or False where there is none; None where that was not found out."""
    stage = _Stage(measures, (0,) * measures.count, _limits(measures), cells, deadline)
    stage.run()
    if stage.best is not None:
        return stage.best
    return False if stage.bound >= BROKEN else None


def why_stopped(limits: Limits, deadline: Deadline) -> Stopped:
    """What stopped the work: the time, or that it has looked into as many frames as it will."""
    if deadline.passed:
        return limits.stopped(deadline)
    return Stopped(stopped_by=Limit.SIZE, limit="frames looked into")


def _limits(measures: Measures) -> list[Bound]:
    """The joint limits as bounds on measures."""
    return [
        Bound(tuple(int(i == k + FIRST_JOINT) for i in range(measures.count)), limit)
        for k, limit in enumerate(measures.limits)
    ]


class _Stage:
    """Makes one weighted sum of measures small, within bounds on others."""

    def __init__(
        self,
        measures: Measures,
        objective: Weights,
        bounds: Sequence[Bound],
        cells: int,
        deadline: Deadline,
        best: Decision | None = None,
    ) -> None:
        self.measures, self.objective, self.cells, self.deadline = measures, objective, cells, deadline
        self.bounds = [bound for bound in bounds if bound.of != objective or best is None]
        self.best = best
        most = dot(objective, measures.largest)
        self.value = most + 1 if best is None else dot(objective, best.totals)
        self.unit = max(1, min(UNIT, LARGEST_SUM // (8 * max(1, most))))
        self.bound = 0
        self.open_bounds: list[int] = []
        self.leaves = 0

    @property
    def proved(self) -> bool:
        """Whether nothing better exists."""
        return self.best is not None and self.bound >= self.value

    def run(self) -> None:
        """Search until proved or out of time."""
        ages = count()
        nodes = [_Node(0, 0, next(ages), frozenset(), frozenset(), frozenset())]
        try:
            while nodes and nodes[0].bound < self.value:
                self.deadline.check()
                node = nodes[0]
                children = self._looked_into(node)
                heapq.heappop(nodes)
                for closed, kept, fixed in children:
                    heapq.heappush(nodes, _Node(node.bound, -len(fixed), next(ages), closed, kept, fixed))
        except OutOfTime:
            pass
        left = [node.bound for node in nodes] + self.open_bounds
        nothing_left = self.value if self.best is not None else BROKEN
        self.bound = min([nothing_left, *left])

    def _looked_into(self, node: _Node) -> list[tuple[Closed, Closed, Closed]]:
        """What is left of a part of the search after bounding it: nothing, or smaller parts."""
        measures = self.measures.without(node.closed, node.fixed)
        dual = _Prices(self, measures).run()
        if dual is None:
            return []
        node.bound = max(dual.bound, node.bound)  # what was learnt counts even when the time runs out below
        for decision in dual.seen:
            if node.bound < self.value:
                self._leaf(measures, decision.frame, dual)
        if node.bound >= self.value:
            return []
        branch = self._branch(measures, node, dual.seen[-1])
        if branch is not None:
            return [(closed, kept, node.fixed) for closed, kept in branch]
        if self._all_frames(measures, dual):
            return []
        return [(node.closed, node.kept, node.fixed | {place}) for place in self._frame_branch(measures, node, dual)]

    def _frame_branch(self, measures: Measures, node: _Node, dual: _Dual) -> list[tuple[int, int]]:
        """The options of the aspect to fix next: that in which the best decisions at different prices differ most."""
        fixed = {a for a, _ in node.fixed} | measures.matter.given.keys()
        left = [a for a in measures.matter.frame_aspects() if a not in fixed]
        if not left:
            self.open_bounds.append(node.bound)
            return []
        bound = {a for usage in measures.usage for a, table in enumerate(usage) if table.any()}
        met = {a: len({decision.frame[a] for decision in dual.seen}) for a in left}
        a = min(left, key=lambda b: (-met[b], b not in bound, -measures.matter.sizes[b], b))
        return [(a, v) for v in range(measures.matter.sizes[a]) if (a, v) not in node.closed]

    def _offer(self, decision: Decision) -> None:
        """Remember a decision within all bounds that is better than the best."""
        value = dot(self.objective, decision.totals)
        if value >= self.value or any(bound.over(decision.totals) > 0 for bound in self.bounds):
            return
        limits = (limit for _, limit in self.measures.variants)
        in_use = self.measures.variants_in_use(decision.chosen)
        if all(len(used) <= limit for used, limit in zip(in_use, limits, strict=True)):
            self.best, self.value = decision, value

    def _branch(self, measures: Measures, node: _Node, decision: Decision) -> list[tuple[Closed, Closed]] | None:
        """One option closed, or kept, where more options are left than may be in use; None where none are."""
        for (a, limit), used in zip(measures.variants, measures.variants_in_use(decision.chosen), strict=True):
            options = range(measures.matter.sizes[a])
            left = [v for v in options if (a, v) not in node.closed]
            kept = [v for v in left if (a, v) in node.kept]
            if len(left) <= limit:
                continue
            if len(kept) >= limit:
                rest = frozenset((a, v) for v in left if v not in kept)
                return [(node.closed | rest, node.kept)]
            free = [v for v in left if v not in kept]
            v = next((int(v) for v in used if v in free), free[0])
            return [(node.closed, node.kept | {(a, v)}), (node.closed | {(a, v)}, node.kept)]
        return None

    def _weights(self, prices: Sequence[int]) -> Weights:
        vectors = [(self.unit, self.objective), *zip(prices, (bound.of for bound in self.bounds), strict=True)]
        return tuple(sum(w * of[i] for w, of in vectors) for i in range(self.measures.count))

    def _certain(self, least: int, prices: Sequence[int]) -> int:
        """What the objective is at least, when the price-weighted sum is."""
        if least >= BROKEN:
            return BROKEN
        free = sum(price * bound.limit for price, bound in zip(prices, self.bounds, strict=True))
        return max(0, -(-(least - free) // self.unit))

    def _leaf(self, measures: Measures, frame: tuple[int, ...], dual: _Dual) -> None:
        """The best under one frame, if it is below the best found."""
        self.leaves += 1
        if self.leaves > LEAVES:
            raise OutOfTime
        under = Leaf(measures, frame, self.objective, self.bounds).solve(
            self.unit, dual.prices, self.value, self.deadline
        )
        if under.decision is not None:
            self._offer(under.decision)
        if not under.complete:
            self.open_bounds.append(max(under.bound, dual.bound))

    def _all_frames(self, measures: Measures, dual: _Dual) -> bool:
        """Every frame that may hold better than the best found; False where they were too many to look into."""
        if dual.network is None:
            return True
        order = elimination_order(dual.network)[0][::-1]
        free = sum(price * bound.limit for price, bound in zip(dual.prices, self.bounds, strict=True))

        def ceiling() -> int:
            return self.unit * (self.value - 1) + free + 1

        found = frames_below(dual.network.sizes, dual.network.tables.items(), order, ceiling, self.deadline)
        seen = {decision.frame for decision in dual.seen}
        looked = 0
        for _, frame in found:
            if frame in seen:
                continue
            if looked >= LEAVES_AT_ONCE:
                return False
            looked += 1
            self._leaf(measures, frame, dual)
        return True


class _Prices:
    """Raises the prices one at a time, each to where the slope of the bound changes sign."""

    def __init__(self, stage: _Stage, measures: Measures) -> None:
        self.stage, self.measures = stage, measures
        self.prices = [0] * len(stage.bounds)
        self.best = _Dual(0, tuple(self.prices), None, [])
        self.seen: dict[tuple[int, ...], Decision] = {}

    def run(self) -> _Dual | None:
        """The best prices found; None where nothing is possible."""
        stage = self.stage
        start = self._probe(0, 0) if stage.bounds else self._solved(())
        if start is None:
            return None
        extremes: list[Decision] = []
        for bound in stage.bounds:
            if bound.over(start.totals) <= 0:
                extremes.append(start)
                continue
            least = self.measures.least(bound.of, stage.cells, stage.deadline)
            if least.bound > bound.limit:
                return None
            if least.decision is None or bound.over(least.decision.totals) > 0:
                raise OutOfTime
            self._take(least.decision)
            extremes.append(least.decision)
        for _ in range(1 if len(stage.bounds) == 1 else 3):
            for k in range(len(stage.bounds)):
                if self.best.bound < stage.value:
                    self._climb(k, extremes[k])
        return _Dual(self.best.bound, self.best.prices, self.best.network, list(self.seen.values()))

    def _climb(self, k: int, high: Decision) -> None:
        """The best price of one bound while the others stay, between a decision over it and one within it."""
        bound, kept = self.stage.bounds[k], self.prices[k]
        low = self._probe(k, 0)
        if low is None or bound.over(low.totals) <= 0:
            self.prices[k] = 0
            return
        tried = {0}
        for _ in range(PROBES):
            rise = self._line(k, high) - self._line(k, low)
            price = rise // (bound.over(low.totals) - bound.over(high.totals))
            if price <= 0 or price in tried:
                break
            tried.add(price)
            decision = self._probe(k, price)
            if decision is None:
                break
            kept = price
            if bound.over(decision.totals) > 0:
                low = decision
            else:
                high = decision
        self.prices[k] = kept

    def _line(self, k: int, decision: Decision) -> int:
        """The price-weighted sum of a decision without the one price."""
        others = [0 if i == k else price for i, price in enumerate(self.prices)]
        free = sum(price * bound.limit for price, bound in zip(others, self.stage.bounds, strict=True))
        return dot(self.stage._weights(others), decision.totals) - free

    def _probe(self, k: int, price: int) -> Decision | None:
        return self._solved(tuple(price if i == k else other for i, other in enumerate(self.prices)))

    def _solved(self, prices: tuple[int, ...]) -> Decision | None:
        """The best decision at prices; None where there is none. Raises `OutOfTime` where none was found."""
        stage = self.stage
        stage.deadline.check()
        least = self.measures.least(stage._weights(prices), stage.cells, stage.deadline)
        if least.bound >= BROKEN:
            return None
        if least.decision is None:
            raise OutOfTime
        certain = stage._certain(least.bound, prices)
        if self.best.network is None or certain > self.best.bound:
            self.best = _Dual(certain, prices, least.network, [])
        self._take(least.decision)
        return least.decision

    def _take(self, decision: Decision) -> None:
        self.stage._offer(decision)
        self.seen.setdefault(decision.frame, decision)
