"""Everybody's statements taken apart, one participant at a time, for questions where a sum over them does not suffice.

A participant's costs, conditions and needs fall into *parts* that share no value of its own. Under a known frame the
parts do not depend on each other, so what a participant does at best is the sum of what it does at best in each part.
`settle` only needs the sum of a part over all participants; fairness, variants, joint conditions and shares need each
participant's own.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from samordna_engine.errors import TooLarge
from samordna_engine.problem import Sharing
from samordna_engine.projection.matter import BROKEN, Matter, Scale
from samordna_engine.projection.tables import Numbers, Scope, cells, spread

PART_CELLS: Final = 1 << 18
"""Cells of one participant's table for one part; what ties more together is refused."""

ALL_CELLS: Final = 1 << 26
"""Cells of all tables together (eight bytes each)."""


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """What so many participants make of the same aspects. `table` is [row, option of each aspect in `scope`].

    Row i belongs to participant `people[i]`. From `own_parts` the options are the participant's own; from `under_frame`
    they are the frame's. From `BROKEN` up means impossible.
    """

    scope: Scope
    people: Numbers
    table: Numbers

    def flat(self) -> Numbers:
        """The table with all combinations of options along one axis, in the order of `np.unravel_index`."""
        return self.table.reshape(len(self.people), -1)


@dataclass(slots=True)
class _Group:
    """Parts over the same aspects while they are gathered: who has them, and which term is said in which row."""

    people: list[int] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    shapes: list[int] = field(default_factory=list)
    penalties: list[int] = field(default_factory=list)


def own_parts(matter: Matter) -> list[Part]:
    """All that the participants pay and have stated, over their own values, the cost of every option counted once.

    Raises `TooLarge` where one participant ties too much together, or all tables together are too much.
    """
    rows = _rows(matter)
    held = np.zeros((matter.count, len(matter.sizes)), np.bool_)
    groups = _gathered(matter, held)
    needed = sum(len(group.people) * cells(matter.sizes, scope) for scope, group in groups.items())
    if needed > ALL_CELLS:
        raise TooLarge("cells of the participants' own tables", needed, ALL_CELLS)
    parts = [_part(matter, scope, groups[scope], rows) for scope in sorted(groups)]
    for a, table in enumerate(rows):
        people = np.arange(matter.count) if _is_common(matter, a) else np.flatnonzero(~held[:, a])
        if len(people):
            parts.append(Part((a,), people, table[people]))
    return parts


def under_frame(matter: Matter, part: Part) -> Part:
    """The same part as a table over the frame: the best that can be done under each of its options.

    Own values cost the same whatever they are, so the best is found one aspect at a time (a distance transform,
    Felzenszwalb and Huttenlocher 2012), and local aspects disappear.
    """
    table = part.table
    for axis, a in enumerate(part.scope, start=1):
        if not _is_common(matter, a):
            least = table.min(axis=axis, keepdims=True)
            framed = matter.sharing[a] is Sharing.FRAMED
            table = np.minimum(table, least + matter.difference[a]) if framed else least
    kept = tuple(a for a in part.scope if matter.sharing[a] is not Sharing.LOCAL)
    sizes = [len(part.people), *(matter.sizes[a] for a in kept)]
    return Part(kept, part.people, np.minimum(table, BROKEN).reshape(sizes))


def own_values(matter: Matter, parts: Iterable[Part], frame: Sequence[int]) -> Numbers:
    """The best own values under one frame: [participant, aspect]. Between equals the first option as stated."""
    chosen = np.tile(np.array(frame, np.int64), (matter.count, 1))
    for part in parts:
        priced = part.table
        at: list[int | slice] = []
        for axis, a in enumerate(part.scope, start=1):
            if matter.sharing[a] is Sharing.FRAMED:
                price = np.where(np.arange(matter.sizes[a]) == frame[a], 0, matter.difference[a])
                priced = priced + price.reshape([-1 if i == axis else 1 for i in range(priced.ndim)])
            at.append(frame[a] if _is_common(matter, a) else slice(None))
        narrowed = priced[(slice(None), *at)]
        free = [a for a in part.scope if not _is_common(matter, a)]
        if free:
            best = narrowed.reshape(len(part.people), -1).argmin(axis=1)
            chosen[part.people[:, None], free] = np.stack(np.unravel_index(best, narrowed.shape[1:]), axis=1)
    return chosen


def least(matter: Matter, parts: Iterable[Part]) -> Numbers:
    """For each participant the smallest sum over its parts, each on its own: [participant]; at most `BROKEN`."""
    total = np.zeros(matter.count, np.int64)
    for part in parts:
        total[part.people] += part.flat().min(axis=1)
        np.minimum(total, BROKEN, out=total)
    return total


def costs_in(scale: Scale, joined: Numbers) -> Numbers:
    """The cost in numbers that join likeness and cost; `BROKEN` stays what it is."""
    half = scale.unit // 2
    rest = (joined + half) % scale.unit - half
    cost = rest if scale.price is None else (joined - rest) // scale.unit - scale.price * rest
    return np.where(joined >= BROKEN, BROKEN, cost)


def _is_common(matter: Matter, a: int) -> bool:
    return matter.sharing[a] is Sharing.COMMON


def _rows(matter: Matter) -> list[Numbers]:
    """Costs per aspect, joined with what is said of that aspect alone: [participant, option]."""
    rows = [table.copy() for table in matter.cost]
    stated = matter.own
    for number in np.unique(stated.shape).tolist():
        shape = matter.shapes[number]
        if len(shape.scope) == 1:
            at = stated.shape == number
            rows[shape.scope[0]][stated.owner[at]] += np.where(shape.allowed, 0, stated.penalty[at, None])
    return [np.minimum(table, BROKEN) for table in rows]


def _gathered(matter: Matter, held: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> dict[Scope, _Group]:
    """The parts with several aspects, by their aspects. Marks in `held` which own values they hold."""
    wide = np.array([len(shape.scope) > 1 for shape in matter.shapes], np.bool_)
    free = np.array([any(not _is_common(matter, a) for a in shape.scope) for shape in matter.shapes], np.bool_)
    own = matter.own
    groups = _of_common(matter, np.flatnonzero((wide & ~free)[own.shape]))
    at = (wide & free)[own.shape]
    owner, shapes, penalties = own.owner[at], own.shape[at].tolist(), own.penalty[at].tolist()
    people, starts = np.unique(owner, return_index=True)
    ends = [*starts.tolist()[1:], len(owner)][: len(starts)]
    known: dict[tuple[int, ...], list[tuple[Scope, list[int]]]] = {}
    for p, start, end in zip(people.tolist(), starts.tolist(), ends, strict=True):
        said = tuple(shapes[start:end])
        if said not in known:
            known[said] = _split(matter, said)
        for scope, places in known[said]:
            group = groups.setdefault(scope, _Group())
            group.rows.extend([len(group.people)] * len(places))
            group.people.append(p)
            group.shapes.extend(said[i] for i in places)
            group.penalties.extend(penalties[start + i] for i in places)
            held[p, list(scope)] = True
    return groups


def _of_common(matter: Matter, places: Numbers) -> dict[Scope, _Group]:
    """What is stated of common aspects only, at these places: one row for each participant and combination of them."""
    by_scope: dict[Scope, list[int]] = {}
    for number in np.unique(matter.own.shape[places]).tolist():
        by_scope.setdefault(matter.shapes[number].scope, []).append(number)
    groups = {}
    for scope, numbers in by_scope.items():
        at = places[np.isin(matter.own.shape[places], numbers)]
        people, rows = np.unique(matter.own.owner[at], return_inverse=True)
        said = (matter.own.shape[at].tolist(), matter.own.penalty[at].tolist())
        groups[scope] = _Group(people.tolist(), rows.tolist(), *said)
    return groups


def _split(matter: Matter, said: Sequence[int]) -> list[tuple[Scope, list[int]]]:
    """Statements joined where they meet in an aspect that is not common: (aspects, places in what is said)."""
    parts: list[tuple[set[int], set[int], list[int]]] = []
    for place, number in enumerate(said):
        scope = set(matter.shapes[number].scope)
        free = {a for a in scope if not _is_common(matter, a)}
        meeting = [part for part in parts if part[0] & free]
        parts = [part for part in parts if not part[0] & free]
        for part in meeting:
            free |= part[0]
            scope |= part[1]
        parts.append((free, scope, sorted([place, *(i for part in meeting for i in part[2])])))
    found = [(tuple(sorted(scope)), places) for _, scope, places in parts]
    for aspects, _ in found:
        if (size := cells(matter.sizes, aspects)) > PART_CELLS:
            raise TooLarge("cells of what one participant ties together", size, PART_CELLS)
    return found


def _part(matter: Matter, scope: Scope, group: _Group, rows: Sequence[Numbers]) -> Part:
    """The tables of one group of parts. Options of common aspects cost nothing here; they are counted by themselves."""
    people = np.array(group.people, np.int64)
    table = np.zeros([len(people), *(matter.sizes[a] for a in scope)], np.int64)
    for axis, a in enumerate(scope, start=1):
        if not _is_common(matter, a):
            table += rows[a][people].reshape([len(people)] + [-1 if i == axis else 1 for i in range(1, table.ndim)])
    row, said, penalty = (np.array(column, np.int64) for column in (group.rows, group.shapes, group.penalties))
    for number in np.unique(said).tolist():
        shape, at = matter.shapes[number], said == number
        broken = spread(np.where(shape.allowed, 0, 1).astype(np.int64), shape.scope, scope)
        table[row[at]] += broken * penalty[at].reshape([-1] + [1] * len(scope))
    return Part(scope, people, np.minimum(table, BROKEN, out=table))
