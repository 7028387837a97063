"""Everybody's best own values under one frame when sums over all participants are bounded.

Each participant chooses one combination in each of its parts: a knapsack with several choices. A Lagrange price leaves
most of the choices without alternatives, because every other one already loses more than there is to gain (Sinha and
Zoltners 1979); the rest is settled by going through them one by one and keeping what nothing else dominates (Nemhauser
and Ullmann 1969). What there is to gain is first assumed small, and doubled until a decision is found.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from samordna_engine.joint.measures import COST, Decision, Measures, Weights
from samordna_engine.limits import Deadline
from samordna_engine.problem import Sharing
from samordna_engine.projection.matter import BROKEN, LARGEST_SUM
from samordna_engine.projection.tables import Numbers

HALVINGS: Final = 12
"""Prices that are tried for one bound under one frame."""

STATES: Final = 1 << 16
"""Sums that are kept at once; when there are more, the frame stays open."""


@dataclass(frozen=True, slots=True)
class Bound:
    """A weighted sum of measures that is at most `limit`."""

    of: Weights
    limit: int

    def over(self, totals: Weights) -> int:
        """How much too large the sum is; zero or less where it is not."""
        return dot(self.of, totals) - self.limit


def dot(weights: Weights, totals: Weights) -> int:
    """A weighted sum."""
    return sum(weight * total for weight, total in zip(weights, totals, strict=True))


@dataclass(frozen=True, slots=True, eq=False)
class _Choice:
    """One part under the frame: its people, the aspects they choose, and what each combination counts.

    `objective` and each of `used` are [row, combination]; `possible` says which combinations there are.
    """

    people: Numbers
    free: tuple[int, ...]
    sizes: tuple[int, ...]
    objective: Numbers
    used: tuple[Numbers, ...]
    possible: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]


@dataclass(frozen=True, slots=True, eq=False)
class _Priced:
    """All choices at given prices: the price-weighted tables, the best of each row, and what these add up to."""

    tables: list[Numbers]
    best: list[Numbers]
    total: int
    objective: int
    used: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Under:
    """What is certain of one frame: no decision has less than `bound`. `decision` is the best there, if below the
    ceiling; `complete` says that there is nothing between.
    """

    bound: int
    decision: Decision | None
    complete: bool


class Leaf:
    """The choices under one frame. Raises nothing where there are none: `possible` says so."""

    def __init__(self, measures: Measures, frame: tuple[int, ...], objective: Weights, bounds: Sequence[Bound]) -> None:
        self.measures, self.frame, self.objective, self.bounds = measures, frame, objective, bounds
        self.choices: list[_Choice] = []
        self.chosen = np.tile(np.array(frame, np.int64), (measures.matter.count, 1))
        stated = [dot_tables(objective, measures, frame), *(dot_tables(b.of, measures, frame) for b in bounds)]
        self.constant, *self.constants = stated
        self.possible = all(allowed[tuple(frame[a] for a in s)] for s, allowed, p in measures.common if p >= BROKEN)
        for i in range(len(measures.cost)):
            self._add(i, objective)

    def _add(self, i: int, objective: Weights) -> None:
        """Take a part in: as a choice where something is left to choose, else as a constant."""
        measures, part = self.measures, self.measures.cost[i]
        sharing = measures.matter.sharing
        at = (slice(None), *(self.frame[a] if sharing[a] is Sharing.COMMON else slice(None) for a in part.scope))
        free = tuple(a for a in part.scope if sharing[a] is not Sharing.COMMON)
        sizes = tuple(measures.matter.sizes[a] for a in free)
        cost = part.table[at].reshape(len(part.people), -1)
        possible = cost < BROKEN
        self.possible &= bool(possible.any(axis=1).all())
        columns = [self._differences(free, sizes), np.where(possible, cost, 0)]
        columns += [parts[i].table[at].reshape(len(part.people), -1) for parts in measures.used]
        vectors = [objective, *(bound.of for bound in self.bounds)]
        tables = [sum((w * c for w, c in zip(v, columns, strict=True) if w), np.zeros_like(cost)) for v in vectors]
        if not free:
            self.constant += int(tables[0].sum())
            self.constants = [c + int(t.sum()) for c, t in zip(self.constants, tables[1:], strict=True)]
            return
        self.choices.append(_Choice(part.people, free, sizes, tables[0], tuple(tables[1:]), possible))

    def _differences(self, free: tuple[int, ...], sizes: tuple[int, ...]) -> Numbers:
        """The likeness of each combination of own values, by weight: [1, combination]."""
        total = np.zeros(sizes, np.int64)
        for axis, a in enumerate(free):
            if self.measures.matter.sharing[a] is Sharing.FRAMED:
                weight = np.where(np.arange(sizes[axis]) == self.frame[a], 0, self.measures.weights[a])
                total += weight.reshape([-1 if i == axis else 1 for i in range(len(sizes))])
        return total.reshape(1, -1)

    def priced(self, unit: int, prices: Sequence[int]) -> _Priced:
        """The best of every choice when the objective counts `unit` and each bounded sum its price."""
        tables, best = [], []
        total, objective = unit * self.constant, self.constant
        used = list(self.constants)
        for k, price in enumerate(prices):
            total += price * (used[k] - self.bounds[k].limit)
        for choice in self.choices:
            table = unit * choice.objective
            for price, column in zip(prices, choice.used, strict=True):
                table = table + price * column
            table = np.where(choice.possible, table, BROKEN)
            picked = table.argmin(axis=1)
            rows = np.arange(len(picked))
            tables.append(table)
            best.append(picked)
            total += int(table[rows, picked].sum())
            objective += int(choice.objective[rows, picked].sum())
            used = [u + int(c[rows, picked].sum()) for u, c in zip(used, choice.used, strict=True)]
        return _Priced(tables, best, total, objective, tuple(used))

    def solve(self, unit: int, prices: Sequence[int], ceiling: int, deadline: Deadline) -> Under:
        """The best decision with an objective below the ceiling. Raises `OutOfTime`."""
        if not self.possible:
            return Under(BROKEN, None, True)
        priced = self._sharpened(unit, tuple(prices))
        bound = -(-priced.total // unit)
        best: Decision | None = None
        more = 1
        while bound < ceiling:
            deadline.check()
            target = min(ceiling, bound + more)
            slack = unit * (target - 1) - priced.total
            chosen, complete = _Knapsack(self, priced, slack, deadline).run()
            if chosen is not None:
                found = self._decision(chosen)
                value = dot(self.objective, found.totals)
                if value < ceiling:
                    best, ceiling = found, value
            if not complete:
                return Under(bound, best, False)
            if target >= ceiling:
                break
            more *= 2
        return Under(bound, best, True)

    def _sharpened(self, unit: int, prices: tuple[int, ...]) -> _Priced:
        """Prices nearer to the best for this frame, changed one at a time."""
        best = self.priced(unit, prices)
        for _ in range(1 if len(prices) == 1 else 2):
            for k in range(len(prices)):
                prices, best = self._sharpened_one(unit, prices, k, best)
        return best

    def _sharpened_one(
        self, unit: int, prices: tuple[int, ...], k: int, here: _Priced
    ) -> tuple[tuple[int, ...], _Priced]:
        """One price halved towards where the slope changes sign: where the sum it prices just keeps its limit."""
        low, high, price = 0, 0, prices[k]
        kept, best = prices, here
        most = max(1, dot(self.bounds[k].of, self.measures.largest))
        for _ in range(HALVINGS):
            over = here.used[k] - self.bounds[k].limit
            if over == 0:
                break
            if over > 0:
                low = price
                price = (price + high) // 2 if high else 2 * price + 1
            else:
                high = price
                price = (low + price) // 2
            if price in (low, high) or price * most > LARGEST_SUM:
                break
            changed = (*prices[:k], price, *prices[k + 1 :])
            here = self.priced(unit, changed)
            if here.total > best.total:
                kept, best = changed, here
        return kept, best

    def _decision(self, picked: list[Numbers]) -> Decision:
        chosen = self.chosen.copy()
        for choice, best in zip(self.choices, picked, strict=True):
            values = np.stack(np.unravel_index(best, choice.sizes), axis=1)
            chosen[choice.people[:, None], list(choice.free)] = values
        return Decision(self.frame, chosen, self.measures.totals(self.frame, chosen))


def dot_tables(weights: Weights, measures: Measures, frame: Sequence[int]) -> int:
    """What the coordination's unmet needs add to a weighted sum under one frame."""
    tables = measures.common_tables((0, 1))
    lost = (int(table[tuple(frame[a] for a in scope)]) for scope, table in tables)
    return weights[COST] * sum(number for number in lost if number < BROKEN)


@dataclass(frozen=True, slots=True, eq=False)
class _Sums:
    """Partial choices: what each loses against the best at the prices, its objective, and each bounded sum."""

    lost: Numbers
    objective: Numbers
    used: Numbers
    parent: Numbers
    option: Numbers


class _Knapsack:
    """Goes through the choices that have alternatives within the slack, and keeps what may still become the best."""

    def __init__(self, leaf: Leaf, priced: _Priced, slack: int, deadline: Deadline) -> None:
        self.leaf, self.priced, self.slack, self.deadline = leaf, priced, slack, deadline
        self.places: list[tuple[int, int, Numbers]] = []
        for i, (table, best) in enumerate(zip(priced.tables, priced.best, strict=True)):
            rows = np.arange(len(best))
            near = table - table[rows, best][:, None] <= slack
            self.places += [
                (i, row, np.flatnonzero(near[row])) for row in np.flatnonzero(near.sum(axis=1) > 1).tolist()
            ]
        self.limits = np.array([bound.limit for bound in leaf.bounds], np.int64)
        self.complete = True

    def run(self) -> tuple[list[Numbers] | None, bool]:
        """The combination of each choice in the best decision within the slack, and whether none was left out."""
        steps = [self._changes(place) for place in self.places]
        after = [np.zeros(len(self.limits), np.int64)]
        for _, _, used in reversed(steps):
            after.append(after[-1] + used.min(axis=1))
        after.reverse()
        nothing = np.zeros(1, np.int64)
        start = np.array(self.priced.used, np.int64)[:, None]
        sums = _Sums(nothing, np.array([self.priced.objective], np.int64), start, nothing, nothing)
        trail = [sums]
        for i, step in enumerate(steps):
            if i % 64 == 0:
                self.deadline.check()
            sums = self._extended(sums, step, after[i + 1])
            trail.append(sums)
        kept = np.flatnonzero((sums.used <= self.limits[:, None]).all(axis=0))
        if not len(kept):
            return None, self.complete
        best = int(kept[np.lexsort((sums.lost[kept], sums.objective[kept]))[0]])
        return self._picked(trail, best), self.complete

    def _changes(self, place: tuple[int, int, Numbers]) -> tuple[Numbers, Numbers, Numbers]:
        """What each alternative of one choice changes: lost [alternative], objective, used [bound, alternative]."""
        i, row, options = place
        choice, best = self.leaf.choices[i], int(self.priced.best[i][row])
        table = self.priced.tables[i][row]
        objective = choice.objective[row]
        used = [column[row][options] - column[row][best] for column in choice.used]
        return table[options] - table[best], objective[options] - objective[best], _stacked(used, len(options))

    def _extended(self, sums: _Sums, step: tuple[Numbers, Numbers, Numbers], after: Numbers) -> _Sums:
        """Every partial choice with every alternative of the next, without those that cannot become the best."""
        lost, objective, used = step
        count = len(sums.lost)
        all_lost = (lost[:, None] + sums.lost).reshape(-1)
        all_used = (used[:, :, None] + sums.used[:, None, :]).reshape(len(self.limits), len(all_lost))
        kept = np.flatnonzero(
            (all_lost <= self.slack) & (all_used + after[:, None] <= self.limits[:, None]).all(axis=0)
        )
        all_objective = (objective[:, None] + sums.objective).reshape(-1)
        kept = kept[_undominated(all_objective[kept], all_used[:, kept])]
        if len(kept) > STATES:
            self.complete = False
            kept = kept[np.argsort(all_lost[kept], kind="stable")[:STATES]]
        return _Sums(all_lost[kept], all_objective[kept], all_used[:, kept], kept % count, kept // count)

    def _picked(self, trail: list[_Sums], best: int) -> list[Numbers]:
        picked = [options.copy() for options in self.priced.best]
        for (i, row, options), sums in zip(reversed(self.places), reversed(trail), strict=False):
            picked[i][row] = options[sums.option[best]]
            best = int(sums.parent[best])
        return picked


def _stacked(columns: list[Numbers], count: int) -> Numbers:
    return np.stack(columns) if columns else np.zeros((0, count), np.int64)


def _undominated(objective: Numbers, used: Numbers) -> Numbers:
    """Places of the partial choices that no other equals or betters; with several bounds, only doubles go."""
    if len(used) == 1:
        order = np.lexsort((used[0], objective))
        least = np.minimum.accumulate(used[0][order])
        falls = np.ones(len(order), np.bool_)
        falls[1:] = least[1:] < least[:-1]
        return np.asarray(order[falls], np.int64)
    columns = np.vstack([objective, used])
    _, first = np.unique(columns, axis=1, return_index=True)
    return np.sort(first)
