"""Making a wide network narrow: costs are moved between its tables until it shows which values can still be best.

A variable takes, from every table it meets, what each of its values costs there at least; what is common to all its
values is certain and raises the bound, and the rest is shared out evenly among the tables again. No sum changes, but
the bound rises (min-sum diffusion, Werner 2007; soft arc consistency, Cooper et al. 2010). A value whose least cost
reaches the best that is known is taken away, so that the tables shrink, and few variables are left to search.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from samordna_engine.limits import Deadline
from samordna_engine.projection.matter import BROKEN
from samordna_engine.projection.network import Network
from samordna_engine.projection.tables import Numbers, Scope, spread

JOINED_CELLS = 1 << 11
LONG_ROW = 64
SAFE_SUM = 1 << 62
SAFE_PARTS = 1 << 10


class Part:
    """A network of which only some values are left, with its costs moved so that `bound` can be read from it.

    For every assignment to the values that are left, `bound` plus `lone` (variable by variable: [value]) plus
    `tables` is what the network sums to. None of them is negative, so that no assignment is below `bound`. `values`
    are the numbers, in the network, of the values that are left; a variable with one value has no axis in the
    tables, once they are tidied.
    """

    __slots__ = ("bound", "lone", "met", "tables", "values")

    def __init__(
        self, bound: int, values: dict[int, Numbers], lone: dict[int, Numbers], tables: list[tuple[Scope, Numbers]]
    ) -> None:
        self.bound, self.values, self.lone = bound, values, lone
        self.tables = tables
        self.met = _met(values, tables)

    @classmethod
    def of(cls, network: Network, limit: int) -> "Part":
        """The whole network."""
        variables = sorted({v for scope in network.tables for v in scope})
        values = {v: np.arange(network.sizes[v]) for v in variables}
        lone = {v: np.zeros(network.sizes[v], np.int64) for v in variables}
        for v in variables:
            if (v,) in network.tables:
                lone[v] = lone[v] + network.tables[v,]
        tables = [(scope, table) for scope, table in network.tables.items() if len(scope) > 1]
        bound = int(network.tables.get((), np.int64(0)))
        return cls(bound, values, lone, tables).tidied(limit)

    @property
    def open(self) -> list[int]:
        """The variables with more than one value left."""
        return [v for v, values in self.values.items() if len(values) > 1]

    def combinations(self) -> int:
        """How many assignments are left."""
        return math.prod(len(values) for values in self.values.values())

    def least(self, v: int) -> Numbers:
        """For each value left of a variable, a number that no assignment with it is below."""
        total = self.bound + np.minimum(self.lone[v], BROKEN)
        for i in self.met[v]:
            scope, table = self.tables[i]
            total = np.minimum(total + _least(table, scope.index(v)), BROKEN)
        return total

    def network(self) -> Network:
        """What is left, without the bound, under the same numbers for the variables."""
        rest = Network([0] * (max(self.values, default=-1) + 1))
        for v, values in self.values.items():
            rest.sizes[v] = len(values)
            if len(values) > 1:
                rest.add((v,), self.lone[v])
        for scope, table in self.tables:
            rest.add(scope, table)
        return rest

    def with_fixed(self, v: int, value: int) -> "Part":
        """The same where one variable has got its value, counted among those that are left. Nothing is shared."""
        part = Part(self.bound, dict(self.values), dict(self.lone), [(s, t.copy()) for s, t in self.tables])
        part._keep(v, np.array([value]))
        return part.tidied(0)

    def tidied(self, limit: int) -> "Part":
        """The same with the axes gone of variables that have one value left, and tables joined up to a limit."""
        bound = self.bound + sum(int(alone[0]) for alone in self.lone.values() if len(alone) == 1)
        lone = {v: alone if len(alone) > 1 else np.zeros(1, np.int64) for v, alone in self.lone.items()}
        tables: list[tuple[Scope, Numbers]] = []
        for scope, table in self.tables:
            rest = tuple(v for v in scope if len(self.values[v]) > 1)
            narrowed = table.reshape([len(self.values[v]) for v in rest])
            if len(rest) > 1:
                tables.append((rest, narrowed))
            elif rest:
                lone[rest[0]] = lone[rest[0]] + narrowed
            else:
                bound += int(narrowed)
        sizes = {v: len(values) for v, values in self.values.items()}
        return Part(bound, self.values, lone, merged(tables, sizes, limit))

    def sweep(self, order: Sequence[int], ceiling: int, deadline: Deadline) -> bool:
        """Move costs through the variables in this order. False when nothing below the ceiling is left."""
        for v in order:
            if deadline.passed:
                return True
            if not self._move(v, ceiling):
                return False
        return True

    def _move(self, v: int, ceiling: int) -> bool:
        """Take from every table what the values of a variable cost at least, and share it out again."""
        met = self.met[v]
        largest = SAFE_SUM // (len(met) + 2)
        axes = [self.tables[i][0].index(v) for i in met]
        least = [np.minimum(_least(self.tables[i][1], axis), largest) for i, axis in zip(met, axes, strict=True)]
        total = np.minimum(self.lone[v], largest)
        for part in least:
            total = total + part
        lowest = int(total.min())
        self.bound += lowest
        total -= lowest
        left = np.nonzero(total + self.bound < ceiling)[0]
        if len(left) == 0:
            return False
        if len(left) < len(total):
            self._keep(v, left)
            total, least = total[left], [part[left] for part in least]
        share = total // max(len(met), 1)
        self.lone[v] = total - share * len(met)
        for i, axis, part in zip(met, axes, least, strict=True):
            _raise(self.tables[i][1], axis, share - part)
        return True

    def _keep(self, v: int, left: Numbers) -> None:
        self.values[v] = self.values[v][left]
        self.lone[v] = self.lone[v][left]
        for i in self.met[v]:
            scope, table = self.tables[i]
            self.tables[i] = scope, table.take(left, axis=scope.index(v))

    def dive(self, order: Sequence[int], deadline: Deadline) -> dict[int, int]:
        """An assignment that is likely to be good: each variable in turn takes what now seems to cost least.

        Past the deadline it takes what costs least by itself.
        """
        tables = {i: table for i, (_, table) in enumerate(self.tables)}
        scopes = {i: scope for i, (scope, _) in enumerate(self.tables)}
        chosen: dict[int, int] = {}
        for v in order:
            total = self.lone[v]
            if deadline.passed:
                chosen[v] = int(total.argmin())
                continue
            for i in self.met[v]:
                total = total + np.minimum(_least(tables[i], scopes[i].index(v)), BROKEN)
            chosen[v] = int(total.argmin())
            for i in self.met[v]:
                axis = scopes[i].index(v)
                tables[i] = np.asarray(tables[i].take(chosen[v], axis=axis))
                scopes[i] = scopes[i][:axis] + scopes[i][axis + 1 :]
        return chosen

    def descend(self, chosen: dict[int, int], order: Sequence[int], deadline: Deadline) -> int:
        """Improve an assignment, one variable at a time, until no single change helps or time is out; its sum."""
        moved = True
        while moved:
            moved = False
            for v in order:
                if deadline.passed:
                    return self.total(chosen)
                total = self.lone[v]
                for i in self.met[v]:
                    scope, table = self.tables[i]
                    total = total + table[tuple(chosen[u] if u != v else slice(None) for u in scope)]
                best = int(total.argmin())
                if total[best] < total[chosen[v]]:
                    chosen[v], moved = best, True
        return self.total(chosen)

    def total(self, chosen: Mapping[int, int]) -> int:
        """What an assignment to the open variables, in places among the values left, sums to."""
        total = self.bound + sum(int(alone[chosen.get(v, 0)]) for v, alone in self.lone.items())
        total += sum(int(table[tuple(chosen[v] for v in scope)]) for scope, table in self.tables)
        return min(total, BROKEN)

    def named(self, chosen: Mapping[int, int]) -> dict[int, int]:
        """An assignment to the open variables as one to all variables of the network."""
        return {v: int(values[chosen.get(v, 0)]) for v, values in self.values.items()}


def merged(
    tables: Sequence[tuple[Scope, Numbers]], sizes: Mapping[int, int], limit: int
) -> list[tuple[Scope, Numbers]]:
    """Tables summed into those whose scope holds theirs, and further as long as they stay within so many cells.

    The arrays are new: none is shared with what was given.
    """
    often: dict[int, int] = {}
    for scope, _ in tables:
        for v in scope:
            often[v] = often.get(v, 0) + 1
    held: list[_Group] = []
    holding: dict[int, list[_Group]] = {}
    for n in sorted(range(len(tables)), key=lambda n: (-tables[n][1].size, tables[n][0])):
        scope = tables[n][0]
        rarest = min(scope, key=lambda v: (often[v], v))
        group = _place(scope, holding.get(rarest, ()), sizes, limit)
        if group is None:
            group = _Group()
            held.append(group)
        for v in scope:
            if v not in group.scope:
                group.scope.add(v)
                group.cells *= sizes[v]
                holding.setdefault(v, []).append(group)
        group.of.append(n)
    return [_sum(sorted(group.scope), [tables[n] for n in group.of], sizes) for group in held]


@dataclass(slots=True)
class _Group:
    """Tables to be summed, by number, and the variables and cells of their sum."""

    scope: set[int] = field(default_factory=set)
    of: list[int] = field(default_factory=list)
    cells: int = 1


def _place(scope: Scope, among: Sequence[_Group], sizes: Mapping[int, int], limit: int) -> _Group | None:
    """The group that grows least when a table joins it, the smallest among equals."""
    best, least = None, (math.inf, math.inf)
    for group in among:
        grow = 1
        for v in scope:
            if v not in group.scope:
                grow *= sizes[v]
        size = grow * group.cells
        if (grow, size) < least and (grow == 1 or size <= limit):
            best, least = group, (grow, size)
    return best


def _sum(
    scope: Sequence[int], parts: Sequence[tuple[Scope, Numbers]], sizes: Mapping[int, int]
) -> tuple[Scope, Numbers]:
    over = tuple(scope)
    total = np.zeros([sizes[v] for v in over], np.int64)
    for first in range(0, len(parts), SAFE_PARTS):
        for part, table in parts[first : first + SAFE_PARTS]:
            total += spread(table, part, over)
        np.minimum(total, BROKEN, out=total)
    return over, total


def _met(values: Mapping[int, Numbers], tables: Sequence[tuple[Scope, Numbers]]) -> dict[int, list[int]]:
    met: dict[int, list[int]] = {v: [] for v in values}
    for i, (scope, _) in enumerate(tables):
        for v in scope:
            met[v].append(i)
    return met


def _cut(shape: tuple[int, ...], axis: int) -> tuple[int, int, int, int]:
    """A table seen as [first, second, value of the variable on an axis, after].

    All but the first make a row that is long where that can be, for rows are what numpy is fast at.
    """
    size, after, second = shape[axis], math.prod(shape[axis + 1 :]), 1
    while axis and second * size * after < LONG_ROW:
        axis -= 1
        second *= shape[axis]
    return math.prod(shape[:axis]), second, size, after


def _least(table: Numbers, axis: int) -> Numbers:
    """For each value of the variable on an axis, the smallest number in a table."""
    first, second, size, after = _cut(table.shape, axis)
    if first > 1:
        table = np.minimum.reduce(table.reshape(first, -1), axis=0)
    least: Numbers = np.minimum.reduce(table.reshape(second, size, after), axis=(0, 2))
    return least


def _raise(table: Numbers, axis: int, by: Numbers) -> None:
    """Add a number to a table for each value of the variable on an axis. The table is contiguous."""
    first, second, size, after = _cut(table.shape, axis)
    if first == 1:
        view = table.reshape(second, size, after)
        view += by[:, None]
    else:
        rows = table.reshape(first, -1)
        rows += np.broadcast_to(by[:, None], (second, size, after)).reshape(-1)
