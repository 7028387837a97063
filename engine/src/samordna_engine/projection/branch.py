"""Searching a network that is too wide to be solved at once.

Variables are given values, one after the other, until what is left is narrow enough. What cannot be better than the
best found so far is left aside; to know that, a bound is computed by taking the variables out in too small pieces,
which can only make the sum smaller (mini-buckets, Dechter and Rish 2003). The most promising part is always tried
first, so that the search can be stopped at any time with the best found and a bound that holds.
"""

import heapq
from dataclasses import dataclass, field

import numpy as np

from samordna_engine.limits import Deadline
from samordna_engine.projection.matter import BROKEN
from samordna_engine.projection.network import Network, Tree, elimination_order, neighbours
from samordna_engine.projection.tables import Numbers, Scope, cells, spread


@dataclass(frozen=True, slots=True)
class Found:
    """The best assignment found, what it sums to, and a number that no assignment is below.

    `value` is `BROKEN` and `values` empty where none was found. When `bound` has reached `value`, it is proved best; a
    bound of `BROKEN` proves that there is none.
    """

    value: int
    values: dict[int, int]
    bound: int
    tree: Tree | None = None

    @property
    def proved(self) -> bool:
        """Whether nothing better exists."""
        return self.bound >= self.value


@dataclass(order=True, slots=True)
class _Node:
    """A part of the search: some variables fixed. The most promising first, then the deepest, then the oldest."""

    bound: int
    depth: int
    age: int
    fixed: dict[int, int] = field(compare=False)


def minimise(network: Network, limit: int, deadline: Deadline) -> Found:
    """The smallest sum of a network, at once where it is narrow enough, else by searching until the deadline."""
    order, widest = elimination_order(network)
    if widest > limit:
        return _Search(network, limit, deadline).run()
    tree = Tree(network, order)
    values = tree.best() if tree.value < BROKEN else {}
    return Found(tree.value, values, tree.value, tree)


class _Search:
    def __init__(self, network: Network, limit: int, deadline: Deadline) -> None:
        self.network, self.limit, self.deadline = network, limit, deadline
        self.value, self.values = BROKEN, dict[int, int]()
        self.age = 0
        self.open: list[_Node] = []

    def run(self) -> Found:
        self._consider({})
        while self.open and self.open[0].bound < self.value:
            if self.deadline.passed:
                return Found(self.value, self.values, self.open[0].bound)
            node = heapq.heappop(self.open)
            v = self._most_entangled(node.fixed)
            for value in range(self.network.sizes[v]):
                self._consider({**node.fixed, v: value})
        return Found(self.value, self.values, self.value)

    def _most_entangled(self, fixed: dict[int, int]) -> int:
        met = neighbours(self.network.with_fixed(fixed))
        return min(met, key=lambda v: (-len(met[v]), v))

    def _consider(self, fixed: dict[int, int]) -> None:
        """Bound a part of the search, remember what was found on the way, and keep it if it may hold better."""
        rest = self.network.with_fixed(fixed)
        order, widest = elimination_order(rest)
        if widest <= self.limit:
            tree = Tree(rest, order)
            self._offer(tree.value, {**fixed, **tree.best()})
            return
        bound, guess = mini_buckets(rest, order, self.limit)
        self._offer(rest.total(guess), {**fixed, **guess})
        if bound < self.value:
            self.age += 1
            heapq.heappush(self.open, _Node(bound, -len(fixed), self.age, fixed))

    def _offer(self, value: int, values: dict[int, int]) -> None:
        if value < self.value:
            self.value, self.values = value, values


def mini_buckets(network: Network, order: list[int], limit: int) -> tuple[int, dict[int, int]]:
    """A number that no assignment is below, and an assignment that is likely to be good."""
    place = {v: i for i, v in enumerate(order)}
    waiting: dict[int, list[tuple[Scope, Numbers]]] = {v: [] for v in order}
    for scope, table in network.tables.items():
        if scope:
            waiting[min(scope, key=place.__getitem__)].append((scope, table))
    bound = int(network.tables.get((), np.int64(0)))
    for v in order:
        for scope, table in _pieces(network, waiting[v], limit):
            rest = tuple(u for u in scope if u != v)
            left = table.min(axis=scope.index(v))
            if rest:
                waiting[min(rest, key=place.__getitem__)].append((rest, left))
            else:
                bound = min(bound + int(left), BROKEN)
    return bound, _guess(order, waiting)


def _pieces(network: Network, parts: list[tuple[Scope, Numbers]], limit: int) -> list[tuple[Scope, Numbers]]:
    """Tables summed as far as the limit allows."""
    pieces: list[tuple[Scope, Numbers]] = []
    for scope, table in sorted(parts, key=lambda part: (-len(part[0]), part[0])):
        for i, (held, total) in enumerate(pieces):
            joined = tuple(sorted({*held, *scope}))
            if cells(network.sizes, joined) <= limit or joined == held:
                summed = spread(total, held, joined) + spread(table, scope, joined)
                pieces[i] = (joined, np.minimum(summed, BROKEN))
                break
        else:
            pieces.append((scope, table))
    return pieces


def _guess(order: list[int], waiting: dict[int, list[tuple[Scope, Numbers]]]) -> dict[int, int]:
    values: dict[int, int] = {}
    for v in reversed(order):
        total: Numbers | int = 0
        for scope, table in waiting[v]:
            total = total + table[tuple(values[u] if u != v else slice(None) for u in scope)]
        values[v] = int(np.argmin(np.minimum(total, BROKEN)))
    return values
