"""Everybody's part of a question as tables over the frame, made without any of the solver's code.

Every combination of a participant's own values is tried under every frame, as far as its conditions tie aspects
together. It is what the solver's projection must come to, done in the obvious way.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from samordna_engine.certificates import Part, Table
from samordna_engine.checking import holds, is_about_frame
from samordna_engine.errors import TooLarge
from samordna_engine.problem import COORDINATION, Condition, Participant, Problem, Sharing
from samordna_engine.rules import Rule, aspects_of

Numbers = NDArray[np.int64]
Scope = tuple[str, ...]
Tables = dict[Scope, Numbers]

NEVER: Final = 1 << 50
"""Stands for what may not be. It is above every sum of what may."""
MOST_CELLS: Final = 1 << 20


class Tabulating:
    """Everybody's part of a question as tables over the frame, where differences and costs count so much each."""

    def __init__(self, problem: Problem, deviation: int, cost: int) -> None:
        self.problem, self.deviation, self.cost = problem, deviation, cost
        self.aspects = {aspect.id: aspect for aspect in problem.aspects}
        self.place = {name: place for place, name in enumerate(self.aspects)}
        self._known: dict[Rule, Numbers] = {}
        self._common: list[Condition] = [c for c in problem.conditions if c.owner == COORDINATION]
        self._stated: dict[str, list[tuple[Rule, int]]] = {}
        for condition in problem.conditions:
            self._stated.setdefault(condition.owner, []).append((condition.rule, NEVER))
        for need in problem.needs:
            self._stated.setdefault(need.owner, []).append((need.rule, need.weight * cost))

    def part(self, participant: Participant) -> Tables:
        """What the best that a participant can do under each frame costs above its cheapest options."""
        own = list(self._stated.get(participant.id, []))
        own += [
            (c.rule, NEVER) for c in self._common if not all(self._is(n, Sharing.COMMON) for n in aspects_of(c.rule))
        ]
        summed: Tables = {}
        for group in self._apart(own):
            self._add(summed, *self._projected(participant, group))
        return {scope: table for scope, table in summed.items() if table.any()}

    def common_part(self) -> Tables:
        """What the frame itself costs."""
        summed: Tables = {}
        for condition in self._common:
            if is_about_frame(condition, self.aspects):
                self._add(summed, *self._lost(condition.rule, NEVER))
        for need in self.problem.needs:
            if need.owner == COORDINATION:
                self._add(summed, *self._lost(need.rule, need.weight * self.cost))
        return {scope: table for scope, table in summed.items() if table.any()}

    def parts(self) -> dict[str, Tables]:
        """The parts of all, the coordination's first."""
        everybody = {person.id: self.part(person) for person in self.problem.taking_part()}
        return {COORDINATION: self.common_part(), **everybody}

    def together(self, parts: Iterable[Tables]) -> Tables:
        """The sum of parts, by what they are about, in the order of the aspects."""
        summed: Tables = {}
        for part in parts:
            for scope, table in part.items():
                self._add(summed, scope, table)
        return {scope: summed[scope] for scope in self.ordered(summed)}

    def ordered(self, scopes: Iterable[Scope]) -> list[Scope]:
        """Scopes in the order of the aspects in them."""
        return sorted(scopes, key=lambda scope: [self.place[name] for name in scope])

    def shape(self, scope: Scope) -> tuple[int, ...]:
        """How many options the aspects have."""
        return tuple(len(self.aspects[name].options) for name in scope)

    def spread(self, scope: Scope, table: Numbers, over: Scope) -> Numbers:
        """A table with an axis for each aspect in `over`."""
        sizes = dict(zip(scope, table.shape, strict=True))
        return table.reshape([sizes.get(name, 1) for name in over])

    def _is(self, name: str, sharing: Sharing) -> bool:
        return self.aspects[name].sharing is sharing

    def _add(self, summed: Tables, scope: Scope, table: Numbers) -> None:
        summed[scope] = np.minimum(summed[scope] + table, NEVER) if scope in summed else table

    def _lost(self, rule: Rule, penalty: int) -> tuple[Scope, Numbers]:
        """What a rule takes from each combination that breaks it."""
        scope = tuple(sorted(aspects_of(rule), key=self.place.__getitem__))
        if rule not in self._known:
            shape = self.shape(scope)
            broken = np.zeros(shape, np.int64)
            for cell in np.ndindex(shape):
                values = {name: self.aspects[name].options[v].id for name, v in zip(scope, cell, strict=True)}
                broken[cell] = not holds(rule, values, self.aspects)
            self._known[rule] = broken
        return scope, np.minimum(self._known[rule] * penalty, NEVER)

    def _apart(self, stated: list[tuple[Rule, int]]) -> Iterator[tuple[set[str], list[tuple[Rule, int]]]]:
        """Aspects, and what is stated of them, as far as own values tie them together; every aspect comes once."""
        groups: list[tuple[set[str], list[tuple[Rule, int]]]] = [({name}, []) for name in self.aspects]
        for rule, penalty in stated:
            free = {name for name in aspects_of(rule) if not self._is(name, Sharing.COMMON)}
            if not free:
                yield set(), [(rule, penalty)]
                continue
            touched = [group for group in groups if group[0] & free]
            groups = [group for group in groups if not group[0] & free]
            names = set().union(*(group[0] for group in touched))
            groups.append((names, [one for group in touched for one in group[1]] + [(rule, penalty)]))
        yield from groups

    def _projected(
        self, participant: Participant, group: tuple[set[str], list[tuple[Rule, int]]]
    ) -> tuple[Scope, Numbers]:
        """The least over own values that one group can cost, for each combination of frame values."""
        names, stated = group
        mentioned = names.union(*(aspects_of(rule) for rule, _ in stated))
        scope = tuple(sorted(mentioned, key=self.place.__getitem__))
        shape = self.shape(scope)
        cells = int(np.prod(shape, dtype=object))
        if cells > MOST_CELLS:
            raise TooLarge("combinations that one participant's conditions are about", cells, MOST_CELLS)
        table = np.zeros(shape, np.int64)
        for name in names:
            table += self.spread((name,), self._costs(participant, name), scope)
        for rule, penalty in stated:
            table = np.minimum(table + self.spread(*self._lost(rule, penalty), scope), NEVER)
        for axis, name in enumerate(scope):
            if not self._is(name, Sharing.COMMON):
                table = self._chosen(table, axis, name)
        return tuple(n for n in scope if not self._is(n, Sharing.LOCAL)), table.reshape(
            [len(self.aspects[n].options) for n in scope if not self._is(n, Sharing.LOCAL)]
        )

    def _chosen(self, table: Numbers, axis: int, name: str) -> Numbers:
        """The least over own options, for each option of the frame; a local aspect keeps an axis of length one."""
        if self._is(name, Sharing.LOCAL):
            least: Numbers = table.min(axis=axis, keepdims=True)
            return least
        price = self.aspects[name].weight * self.deviation
        size = table.shape[axis]
        differs = np.where(np.eye(size, dtype=np.bool_), 0, price).astype(np.int64)
        moved = np.moveaxis(table, axis, -1)
        chosen: Numbers = np.minimum(np.moveaxis((moved[..., :, None] + differs).min(axis=-2), -1, axis), NEVER)
        return chosen

    def _costs(self, participant: Participant, name: str) -> Numbers:
        by_option = participant.costs.get(name, {})
        likely = [by_option[o].likely if o in by_option else 0 for o in self.aspects[name].option_ids()]
        return (np.array(likely, np.int64) - min(likely)) * self.cost


def plain_table(scope: Scope, table: Numbers) -> Table:
    """A table as a certificate has it."""
    return Table(aspects=scope, numbers=tuple(None if n >= NEVER else n for n in table.reshape(-1).tolist()))


def units_of(problem: Problem) -> tuple[int, int]:
    """What a weighted difference and a unit of cost must count at least, so that the smallest sum is the best decision.

    Likeness first: one difference more than all costs together. At a price: cost more than all differences, so that
    the more alike of equal sums is found.
    """
    if problem.price_of_difference is None:
        spread = sum(need.weight for need in problem.needs)
        for person in problem.taking_part():
            for aspect in problem.aspects:
                by_option = person.costs.get(aspect.id, {})
                likely = [by_option[o].likely if o in by_option else 0 for o in aspect.option_ids()]
                spread += max(likely) - min(likely)
        return spread + 1, 1
    framed = sum(aspect.weight for aspect in problem.aspects if aspect.sharing is Sharing.FRAMED)
    unit = framed * len(problem.taking_part()) + 1
    return problem.price_of_difference * unit + 1, unit


def floor_of(problem: Problem) -> int:
    """The cost that cannot be avoided: everybody's cheapest option of every aspect."""
    return sum(
        min(by_option[o].likely if o in by_option else 0 for o in aspect.option_ids())
        for person in problem.taking_part()
        for aspect in problem.aspects
        for by_option in [person.costs.get(aspect.id, {})]
    )


def part_of(owner: str, tables: Tables, tabulating: Tabulating) -> Part:
    """Somebody's tables as a certificate has them."""
    ordered = tabulating.ordered(tables)
    return Part(owner=owner, tables=tuple(plain_table(scope, tables[scope]) for scope in ordered))


def added(tabulating: Tabulating, tables: Sequence[tuple[Scope, Numbers]]) -> tuple[Scope, Numbers]:
    """The sum of tables, over all that they are about. Raises `TooLarge` where that is too much."""
    scope = tuple(sorted({name for names, _ in tables for name in names}, key=tabulating.place.__getitem__))
    cells = int(np.prod(tabulating.shape(scope), dtype=object))
    if cells > MOST_CELLS:
        raise TooLarge("combinations in one step", cells, MOST_CELLS)
    total = np.zeros(tabulating.shape(scope), np.int64)
    for names, table in tables:
        total = np.minimum(total + tabulating.spread(names, table, scope), NEVER)
    return scope, total
