"""A network: numbered variables, and tables over some of them whose sum is to be made as small as possible.

Variables are taken out one at a time, each leaving behind a table over its neighbours with the best that can be had.
The order is chosen so that few new neighbourships arise (min-fill). The way up gives the smallest sum, the way down
again the smallest sum for every single value of every variable. (Dechter 1999, bucket elimination; Shafer and Shenoy
1990, for the two passes.)
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from samordna_engine.limits import Deadline
from samordna_engine.projection.matter import BROKEN
from samordna_engine.projection.tables import Numbers, Scope, cells, spread

SUMMED_AT_ONCE: Final = 1 << 10
"""So many tables can be added up before their sum must be clipped."""


@dataclass(slots=True)
class Network:
    """Tables by scope. Values from `BROKEN` up mean impossible and are kept at exactly that.

    With a larger `most`, what is impossible is counted so many times, so that one time can be told from more.
    """

    sizes: list[int]
    tables: dict[Scope, Numbers] = field(default_factory=dict)
    most: int = 1

    @property
    def clip(self) -> int:
        """No value is above this."""
        return self.most * BROKEN

    def add(self, scope: Scope, table: Numbers) -> None:
        """Add a table to the sum."""
        known = self.tables.get(scope)
        total = table if known is None else known + table
        self.tables[scope] = np.minimum(total, self.clip)

    def with_fixed(self, fixed: Mapping[int, int]) -> "Network":
        """The same network where some variables have got their value; their axes are gone."""
        narrowed = Network(self.sizes, most=self.most)
        for scope, table in self.tables.items():
            if fixed.keys().isdisjoint(scope):
                narrowed.add(scope, table)
            else:
                rest = tuple(v for v in scope if v not in fixed)
                narrowed.add(rest, table[tuple(fixed.get(v, slice(None)) for v in scope)])
        return narrowed

    def total(self, values: Mapping[int, int]) -> int:
        """The sum for an assignment to all variables."""
        parts = (int(table[tuple(values[v] for v in scope)]) for scope, table in self.tables.items())
        return min(sum(parts), self.clip)


def members(bits: int, first: int = 0) -> list[int]:
    """The places of the bits of a number, rising, counted from a first one."""
    found = []
    while bits:
        lowest = bits & -bits
        found.append(lowest.bit_length() - 1 + first)
        bits ^= lowest
    return found


def neighbours(network: Network) -> dict[int, int]:
    """For each variable, those it meets in some table, as the bits of a number."""
    met: dict[int, int] = {}
    for scope in network.tables:
        together = 0
        for v in scope:
            together |= 1 << v
        for v in scope:
            met[v] = met.get(v, 0) | together
    return {v: others & ~(1 << v) for v, others in met.items()}


def elimination_order(network: Network, most: int | None = None) -> tuple[list[int], int]:
    """An order to take the variables out in, and the number of cells of the largest table on the way.

    The order is cut short at a table with more cells than `most`.
    """
    met = neighbours(network)
    order, widest = [], 1
    fill = {v: _new_neighbourships(met, v) for v in met}
    degree = {v: around.bit_count() for v, around in met.items()}
    while met and (most is None or widest <= most):
        v = min(met, key=lambda u: (fill[u], degree[u], u))
        around = met.pop(v)
        others = members(around)
        widest = max(widest, cells(network.sizes, (v, *others)))
        order.append(v)
        touched = around
        for u in others:
            met[u] = (met[u] | around) & ~(1 << u | 1 << v)
            degree[u] = met[u].bit_count()
            touched |= met[u]
        for u in members(touched) if fill[v] else others:
            fill[u] = _new_neighbourships(met, u)
    return order, widest


def _new_neighbourships(met: Mapping[int, int], v: int) -> int:
    """How many pairs (each counted twice) would become neighbours if the variable were taken out."""
    bits = around = met[v]
    found = 0
    while bits:
        lowest = bits & -bits
        found += (around & ~met[lowest.bit_length() - 1]).bit_count() - 1
        bits ^= lowest
    return found


@dataclass(slots=True)
class _Clique:
    """What was summed when a variable was taken out, and what it left behind, over `rest`."""

    parts: list[tuple[Scope, Numbers]]
    scope: Scope
    table: Numbers
    rest: Scope
    left: Numbers
    parent: int | None


class Tree:
    """A network solved along an elimination order. `value` is the smallest sum, the network's clip where none is.

    `before` is a tree of a network with the same sizes, along the same order, most of whose tables are the very same:
    what was summed from these alone is not summed again. Raises `OutOfTime` past the deadline.
    """

    def __init__(
        self,
        network: Network,
        order: Sequence[int],
        before: "Tree | None" = None,
        deadline: Deadline | None = None,
    ) -> None:
        self.network = network
        self._deadline = deadline or Deadline.never()
        self.order = list(order)
        self._place = {v: i for i, v in enumerate(self.order)}
        self._cliques: dict[int, _Clique] = {}
        self._beliefs: dict[int, Numbers] = {}
        self.value = self._up({} if before is None else before._cliques)

    def _up(self, before: Mapping[int, _Clique]) -> int:
        waiting: dict[int, list[tuple[Scope, Numbers]]] = {v: [] for v in self.order}
        value = int(self.network.tables.get((), np.int64(0)))
        for scope, table in self.network.tables.items():
            if scope:
                waiting[self._first(scope)].append((scope, table))
        for v in self.order:
            self._deadline.check()
            clique = self._cliques[v] = self._taken_out(v, waiting[v], before.get(v))
            if clique.parent is None:
                value = min(value + int(clique.left), self.network.clip)
            else:
                waiting[clique.parent].append((clique.rest, clique.left))
        return value

    def _taken_out(self, v: int, parts: list[tuple[Scope, Numbers]], before: _Clique | None) -> _Clique:
        """What is there when a variable is taken out; the same as before where the parts are the very same."""
        if before is not None and list(map(_table_id, parts)) == list(map(_table_id, before.parts)):
            return before
        scope = tuple(sorted({v}.union(*(s for s, _ in parts))))
        table = self._summed(scope, parts)
        rest = tuple(u for u in scope if u != v)
        left = np.minimum.reduce(table, axis=scope.index(v))
        return _Clique(parts, scope, table, rest, left, self._first(rest) if rest else None)

    def _summed(self, scope: Scope, parts: Sequence[tuple[Scope, Numbers]]) -> Numbers:
        if len(parts) == 1 and parts[0][0] == scope:
            return parts[0][1]
        total = np.zeros([self.network.sizes[v] for v in scope], np.int64)
        for number, (part_scope, table) in enumerate(parts):
            total += spread(table, part_scope, scope)
            if number % SUMMED_AT_ONCE == SUMMED_AT_ONCE - 1:
                np.minimum(total, self.network.clip, out=total)
        return np.minimum(total, self.network.clip, out=total)

    def _first(self, scope: Iterable[int]) -> int:
        return min(scope, key=self._place.__getitem__)

    def best(self) -> dict[int, int]:
        """Values with the smallest sum. Between equals, the first option in its stated order."""
        values: dict[int, int] = {}
        for v in reversed(self.order):
            clique = self._cliques[v]
            at = tuple(values[u] if u != v else slice(None) for u in clique.scope)
            values[v] = int(clique.table[at].argmin())
        return values

    def per_value(self) -> dict[int, Numbers]:
        """For every variable and value, the smallest sum with that value."""
        return {v: self.marginal((v,)) for v in self.order}

    def marginal(self, scope: Scope) -> Numbers:
        """The smallest sum for each combination of values in a scope that is within that of some table."""
        if not self._beliefs:
            self._down()
        if not scope:
            return np.asarray(self.value, np.int64)
        v = self._first(scope)
        return _least(self._beliefs[v], self._cliques[v].scope, scope)

    def _down(self) -> None:
        """The smallest sum for each cell of each table on the way: what it holds itself, and all that is outside it.

        The outside is what the parent has in all, without what came from here. Where that is the clip it cannot be
        told apart, and need not be: then the sum is the clip, with or without.
        """
        roots = [v for v in self.order if self._cliques[v].parent is None]
        constant = int(self.network.tables.get((), np.int64(0)))
        for v in reversed(self.order):
            clique = self._cliques[v]
            if clique.parent is None:
                outside = np.asarray(constant + sum(int(self._cliques[u].left) for u in roots if u != v), np.int64)
            else:
                whole = _least(self._beliefs[clique.parent], self._cliques[clique.parent].scope, clique.rest)
                outside = np.where(whole >= self.network.clip, self.network.clip, whole - clique.left)
            total = clique.table + spread(outside, clique.rest, clique.scope)
            self._beliefs[v] = np.minimum(total, self.network.clip)


def _table_id(part: tuple[Scope, Numbers]) -> int:
    return id(part[1])


def _least(table: Numbers, scope: Scope, within: Scope) -> Numbers:
    """The smallest of a table for each combination of values within a part of its scope."""
    axes = tuple(i for i, v in enumerate(scope) if v not in within)
    least: Numbers = np.minimum.reduce(table, axis=axes) if axes else table
    return least
