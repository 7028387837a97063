"""A network: numbered variables, and tables over some of them whose sum is to be made as small as possible.

Variables are taken out one at a time, each leaving behind a table over its neighbours with the best that can be had.
The order is chosen so that few new neighbourships arise (min-fill). The way up gives the smallest sum, the way down
again the smallest sum for every single value of every variable. (Dechter 1999, bucket elimination; Shafer and Shenoy
1990, for the two passes.)
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from samordna_engine.projection.matter import BROKEN
from samordna_engine.projection.tables import Numbers, Scope, cells, spread


@dataclass(slots=True)
class Network:
    """Tables by scope. Values from `BROKEN` up mean impossible and are kept at exactly that."""

    sizes: list[int]
    tables: dict[Scope, Numbers] = field(default_factory=dict)

    def add(self, scope: Scope, table: Numbers) -> None:
        """Add a table to the sum."""
        known = self.tables.get(scope)
        total = table if known is None else known + table
        self.tables[scope] = np.minimum(total, BROKEN)

    def with_fixed(self, fixed: Mapping[int, int]) -> "Network":
        """The same network where some variables have got their value; their axes are gone."""
        narrowed = Network(self.sizes)
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
        return min(sum(parts), BROKEN)


def neighbours(network: Network) -> dict[int, set[int]]:
    """For each variable, those it meets in some table."""
    met: dict[int, set[int]] = {}
    for scope in network.tables:
        for v in scope:
            met.setdefault(v, set()).update(scope)
    return {v: others - {v} for v, others in met.items()}


def elimination_order(network: Network) -> tuple[list[int], int]:
    """An order to take the variables out in, and the number of cells of the largest table on the way."""
    met = neighbours(network)
    order, widest = [], 1
    fill = {v: _new_neighbourships(met, v) for v in met}
    while met:
        v = min(met, key=lambda u: (fill[u], len(met[u]), u))
        around = met.pop(v)
        widest = max(widest, cells(network.sizes, (v, *around)))
        order.append(v)
        touched = set(around)
        for u in around:
            met[u] |= around - {u}
            met[u].discard(v)
            touched |= met[u]
        for u in touched if fill[v] else around:
            fill[u] = _new_neighbourships(met, u)
    return order, widest


def _new_neighbourships(met: Mapping[int, set[int]], v: int) -> int:
    """How many pairs (each counted twice) would become neighbours if the variable were taken out."""
    around = met[v]
    return sum(len(around) - 1 - len(around & met[u]) for u in around)


@dataclass(slots=True)
class _Clique:
    """What was summed when a variable was taken out, and what it left behind."""

    scope: Scope
    table: Numbers
    left: Numbers
    own: list[tuple[Scope, Numbers]]
    parent: int | None
    children: list[int]


class Tree:
    """A network solved along an elimination order. `value` is the smallest sum, `BROKEN` where there is none."""

    def __init__(self, network: Network, order: Sequence[int]) -> None:
        self.network = network
        self.order = list(order)
        self._place = {v: i for i, v in enumerate(self.order)}
        self._cliques: dict[int, _Clique] = {}
        self.value = self._up()

    def _up(self) -> int:
        waiting: dict[int, list[tuple[Scope, Numbers]]] = {v: [] for v in self.order}
        value = int(self.network.tables.get((), np.int64(0)))
        for scope, table in self.network.tables.items():
            if scope:
                waiting[self._first(scope)].append((scope, table))
        own = {v: list(parts) for v, parts in waiting.items()}
        children: dict[int, list[int]] = {v: [] for v in self.order}
        for v in self.order:
            scope = tuple(sorted({v}.union(*(s for s, _ in waiting[v]))))
            table = _summed(self.network.sizes, scope, waiting[v])
            left = table.min(axis=scope.index(v))
            rest = tuple(u for u in scope if u != v)
            parent = self._first(rest) if rest else None
            if parent is None:
                value = min(value + int(left), BROKEN)
            else:
                waiting[parent].append((rest, left))
                children[parent].append(v)
            self._cliques[v] = _Clique(scope, table, left, own[v], parent, children[v])
        return value

    def _first(self, scope: Iterable[int]) -> int:
        return min(scope, key=self._place.__getitem__)

    def best(self) -> dict[int, int]:
        """Values with the smallest sum. Between equals, the first option in its stated order."""
        values: dict[int, int] = {}
        for v in reversed(self.order):
            clique = self._cliques[v]
            at = tuple(values[u] if u != v else slice(None) for u in clique.scope)
            values[v] = int(np.argmin(clique.table[at]))
        return values

    def per_value(self) -> dict[int, Numbers]:
        """For every variable and value, the smallest sum with that value."""
        roots = [v for v in self.order if self._cliques[v].parent is None]
        constant = int(self.network.tables.get((), np.int64(0)))
        down: dict[int, Numbers] = {}
        for v in roots:
            others = sum(int(self._cliques[u].left) for u in roots if u != v)
            down[v] = np.asarray(min(constant + others, BROKEN), np.int64)
        found: dict[int, Numbers] = {}
        for v in reversed(self.order):
            clique = self._cliques[v]
            rest = tuple(u for u in clique.scope if u != v)
            total = np.minimum(clique.table + spread(down[v], rest, clique.scope), BROKEN)
            found[v] = total.min(axis=tuple(i for i, u in enumerate(clique.scope) if u != v))
            self._pass_down(v, down)
        return found

    def _pass_down(self, v: int, down: dict[int, Numbers]) -> None:
        """What each child is told: everything outside it, without what it said itself.

        The others are summed anew rather than its own part subtracted, because what is impossible cannot be subtracted.
        """
        clique = self._cliques[v]
        rest = tuple(u for u in clique.scope if u != v)
        for child in clique.children:
            others = [self._left(other) for other in clique.children if other != child]
            table = _summed(self.network.sizes, clique.scope, [*clique.own, *others, (rest, down[v])])
            wanted = self._left(child)[0]
            down[child] = table.min(axis=tuple(i for i, u in enumerate(clique.scope) if u not in wanted))

    def _left(self, v: int) -> tuple[Scope, Numbers]:
        clique = self._cliques[v]
        return tuple(u for u in clique.scope if u != v), clique.left


def _summed(sizes: Sequence[int], scope: Scope, parts: Iterable[tuple[Scope, Numbers]]) -> Numbers:
    total = np.zeros([sizes[v] for v in scope], np.int64)
    for part_scope, table in parts:
        total += spread(table, part_scope, scope)
        np.minimum(total, BROKEN, out=total)
    return total
