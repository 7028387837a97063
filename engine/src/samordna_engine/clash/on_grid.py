"""Clashes among the conditions of a question whose parts can each be looked at frame by frame."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from samordna_engine.clash.facets import HARD, Grounds, Kinds
from samordna_engine.clash.grid import ANYBODY, EVERYBODY, Part, Unit, parts
from samordna_engine.clash.search import Clashes, Grid
from samordna_engine.clash.tangles import eliminated
from samordna_engine.errors import Unproved
from samordna_engine.hitting import TooMany, first_choice
from samordna_engine.limits import Deadline
from samordna_engine.projection.tables import Numbers, Truths

MOST_APART: Final = 20_000
MOST_SIZES: Final = 64


@dataclass(frozen=True, slots=True)
class Core:
    """A clash as places in a list of conditions: whether it is smallest, and whether it comes first of the smallest."""

    conditions: tuple[int, ...]
    smallest: bool
    first: bool


@dataclass(frozen=True, slots=True)
class Example:
    """Frame values (zero where no matter) under which the rest of a clash can be met, and whether all else can too."""

    frame: tuple[int, ...]
    unlocks: bool


@dataclass(slots=True)
class _Several:
    """Clashes found so far, at most so many of them, each with its rules, and whether none smaller were passed by."""

    at_most: int
    by_rules: dict[tuple[Unit, ...], tuple[int, ...]] = field(default_factory=dict)
    in_order: bool = True

    @property
    def enough(self) -> bool:
        """Whether one more was found than may be told."""
        return len(self.by_rules) > self.at_most


class GridClashes:
    """What clashes in a question. Raises `BeyondGrid` where that cannot be seen frame by frame."""

    def __init__(self, grounds: Grounds, own_cells: int, deadline: Deadline) -> None:
        self.grounds, self.deadline = grounds, deadline
        self.kinds = Kinds(grounds, own_cells)
        self.parts = parts(self.kinds, deadline)
        self._met = [part.all_met() for part in self.parts]
        self.impossible = [part for part, met in zip(self.parts, self._met, strict=True) if not met.any()]
        self._stated = _Stated(grounds)

    def core(self) -> Core:
        """The clash with the fewest conditions; of these the one with the fewest owners, then the first by name."""
        smallest: list[tuple[Part, tuple[Unit, ...]]] = []
        proved = True
        for part in self.impossible:
            try:
                least = len(smallest[0][1]) if smallest else None
                found = self._search(part.without_weaker()).smallest(least)
            except TooMany:
                proved, found = False, self._shrunk(part, ())
            if found is not None and (not smallest or len(found) <= len(smallest[0][1])):
                smallest = [other for other in smallest if len(other[1]) == len(found)] + [(part, found)]
        if not smallest:
            raise Unproved("the parts of the question can all be met, but not the whole")
        if proved:
            try:
                return Core(min(self._first(part, len(found)) for part, found in smallest)[1], True, True)
            except TooMany:
                pass
        return Core(min(self._named(units) for _, units in smallest)[1], proved, False)

    def shrunk(self) -> tuple[int, ...] | None:
        """Some clash, as soon as can be; None where there is none."""
        found = (self._shrunk(part, ()) for part in self.impossible)
        units = next((units for units in found if units is not None), None)
        return None if units is None else self._named(units)[1]

    def several(self, at_most: int) -> tuple[list[Core], bool]:
        """Different clashes, the smallest first, and whether there are no others.

        Clashes that differ only in who states a condition are one.
        """
        found = _Several(at_most)
        searches: list[Clashes[Unit]] = []
        known: list[frozenset[Unit]] = []
        try:
            for part in self.impossible:
                search = self._search(part)
                search.smallest()
                searches.append(search)
            for size in range(1, MOST_SIZES):
                if found.enough or all(size > len(search.known) for search in searches):
                    break
                for search in searches:
                    new = search.all_of(size, known)
                    known.extend(new)
                    self._take(found, new)
            else:
                found.in_order = False
        except TooMany:
            found.in_order = False
            self._branch(found)
        told = sorted(found.by_rules.values(), key=lambda names: (len(names), names))
        cores = [Core(names, found.in_order and len(names) == len(told[0]), False) for names in told[:at_most]]
        return cores, found.in_order and not found.enough

    def _take(self, found: _Several, clashes: Iterable[Collection[Unit]]) -> None:
        for units in sorted(clashes, key=lambda units: (len(units), sorted(units))):
            rules = tuple(sorted((EVERYBODY if kind == EVERYBODY else 0, number, ANYBODY) for kind, number, _ in units))
            named = self._named(units)[1]
            found.by_rules[rules] = min(found.by_rules.get(rules, named), named)

    def _branch(self, found: _Several) -> None:
        """Other clashes, by leaving out one condition after the other of those known (Reiter 1987)."""
        for part in self.impossible:
            waiting: list[tuple[Unit, ...]] = [()]
            for left_out in waiting:
                if found.enough or len(waiting) > MOST_SIZES:
                    return
                units = self._shrunk(part, left_out)
                if units is not None:
                    self._take(found, [units])
                    waiting.extend((*left_out, unit) for unit in units)

    def _search(self, part: Part) -> Clashes[Unit]:
        return Clashes(sorted(part.units()), Grid(part, self.deadline), self.deadline)

    def _shrunk(self, part: Part, left_out: Collection[Unit]) -> tuple[Unit, ...] | None:
        """Some clash without certain conditions; None where there is none. The last units are spared first."""
        grid = Grid(part, self.deadline)
        kept = grid.grown(left_out)
        if kept is None:
            return None
        for unit in sorted(kept, reverse=True):
            self.deadline.check()
            fewer = [other for other in kept if other != unit]
            if self._clash(fewer):
                kept = fewer
        return tuple(sorted(kept))

    def _clash(self, units: Collection[Unit]) -> bool:
        """Whether some conditions clash, in whichever part."""
        return any(not part.left([unit for unit in units if part.has(unit)]).any() for part in self.impossible)

    def _first(self, part: Part, size: int) -> tuple[int, tuple[int, ...]]:
        """Number of owners, and conditions, of the first clash with so many: told apart by who states what."""
        apart = part.with_each_apart()
        units = apart.units()
        if len(units) > MOST_APART:
            raise TooMany
        conditions = self._stated.numbers(units)
        order = sorted(range(len(units)), key=lambda i: (conditions[i], units[i]))
        things = [units[i] for i in order]
        owners = [self._owner(unit) for unit in things]
        search = Clashes(things, Grid(apart, self.deadline), self.deadline)
        chosen = search.first(size, owners)
        return len({self._owner(unit) for unit in chosen}), tuple(sorted(self._stated.numbers(chosen)))

    def _owner(self, unit: Unit) -> int:
        return self.grounds.count if unit[0] == EVERYBODY else unit[2]

    def _named(self, units: Collection[Unit]) -> tuple[int, tuple[int, ...]]:
        """Number of owners, and conditions, where those who state the conditions are few, and the first of them."""
        kinds = sorted({kind for kind, _, _ in units if kind != EVERYBODY})
        people = [self.kinds.people(kind).tolist() for kind in kinds]
        chosen = _few(people)
        named = [(k, n, chosen[kinds.index(k)] if k != EVERYBODY else ANYBODY) for k, n, _ in units]
        return len({self._owner(unit) for unit in named}), tuple(sorted(self._stated.numbers(named)))

    def example(self, conditions: Sequence[int], without: int) -> Example:
        """A frame under which all of a clash but one can be met, and all else too if that is possible."""
        units = self._stated.units(self.kinds, conditions)
        unit = units[list(conditions).index(without)]
        rest = {other for other in units if other != unit}
        part = next((p for p in self.impossible if all(p.has(other) for other in units)), None)
        if part is None:
            raise Unproved("conditions that have nothing to do with each other cannot clash")
        if self._stated.times(without) == 1:
            spared = [self._met_without(other, unit) for other in self.impossible]
            if all(frames.any() for frames in spared):
                return Example(self.frame(spared, lambda other: other != unit), True)
        frames = part.left(rest)
        least = np.where(frames, part.missed(), np.iinfo(np.int64).max)
        chosen = [least == least.min() if other is part else other.start for other in self.impossible]
        return Example(self.frame(chosen, rest.__contains__), False)

    def _met_without(self, part: Part, unit: Unit) -> Truths:
        """The frames under which everything in a part can be met but for one condition."""
        left: Truths = part.start & (part.missed() + self._spared(part, unit) == 0)
        return left

    def _spared(self, part: Part, unit: Unit) -> Numbers:
        """How many more facets cannot be met without a condition, per frame: none, or fewer."""
        kind, number, _ = unit
        if not part.has(unit):
            return np.zeros(part.start.shape, np.int64)
        code = number if kind != EVERYBODY else self.kinds.code(number)
        change: Numbers = np.zeros(part.start.shape, np.int64)
        for touched in part.binding(number) if kind == EVERYBODY else (kind,):
            codes = self.kinds.codes[touched]
            with_it, without = part.possible(touched, codes), part.possible(touched, [c for c in codes if c != code])
            times = int(self.kinds.times[touched]) if kind == EVERYBODY else 1
            fewer = times * (with_it.astype(np.int64) - without.astype(np.int64))
            change += part.wide(part.scope_of(touched), fewer)
        return change

    def frame(self, chosen: Sequence[Truths], matters: Callable[[Unit], bool]) -> tuple[int, ...]:
        """The first of the frames chosen for each impossible part, and all other values so that what matters is met."""
        frame = [self.grounds.given.get(a, 0) for a in range(len(self.grounds.sizes))]
        of_impossible = iter(chosen)
        for part, met in zip(self.parts, self._met, strict=True):
            allowed = met if met.any() else next(of_impossible)
            for a, v in zip(part.scope, np.unravel_index(int(np.argmax(allowed)), allowed.shape), strict=True):
                frame[a] = int(v)
        for kind in self.kinds.kind[self.kinds.person == self.grounds.count].tolist():
            codes = [
                code
                for code in self.kinds.codes[kind]
                if self.kinds.condition(code) == HARD or matters((EVERYBODY, self.kinds.condition(code) or 0, ANYBODY))
            ]
            self._arrange(codes, frame)
        return tuple(frame)

    def _arrange(self, codes: Sequence[int], frame: list[int]) -> None:
        """Give the framed aspects of some common conditions values with which these hold."""
        scope = self.kinds.scope(codes)
        shapes = [self.kinds.shape(code) for code in codes]
        known = {a: frame[a] for a in scope if self.grounds.is_common(a)}
        for a in (a for a in scope if a not in known):
            frame[a] = known[a] = int(np.argmax(eliminated(self.grounds.sizes, shapes, (a,), known)))

    @property
    def tangled(self) -> bool:
        """Whether some facet in what is impossible is too large for a table."""
        kinds = (kind for part in self.impossible for layer in part.layers for kind in layer.kinds.tolist())
        return any(self.kinds.is_tangled(self.kinds.scope(self.kinds.codes[kind])) for kind in kinds)

    def common(self) -> list[int]:
        """The common conditions that are part of what is impossible."""
        return sorted({number for part in self.impossible for kind, number, _ in part.units() if kind == EVERYBODY})


class _Stated:
    """Which conditions are behind what a participant states. Whoever says the same twice is taken by the first."""

    def __init__(self, grounds: Grounds) -> None:
        self.grounds = grounds
        self._width = len(grounds.shapes)
        own = ~np.array(grounds.everybody, np.bool_)[grounds.condition]
        order = np.nonzero(own)[0][np.argsort(grounds.condition[own], kind="stable")]
        self._key, first, self._times = np.unique(
            grounds.person[order] * self._width + grounds.shape[order], return_index=True, return_counts=True
        )
        self._condition = grounds.condition[order][first]

    def numbers(self, units: Sequence[Unit]) -> list[int]:
        """The first condition behind each of these."""
        table = np.array(units, np.int64).reshape(-1, 3)
        common = table[:, 0] == EVERYBODY
        found = table[:, 1].copy()
        key = table[~common, 2] * self._width + table[~common, 1]
        found[~common] = self._condition[np.searchsorted(self._key, key)]
        return [int(number) for number in found]

    def times(self, condition: int) -> int:
        """How many times the owner of a condition has stated it."""
        if self.grounds.everybody[condition]:
            return 1
        row = self._row(condition)
        key = self.grounds.person[row] * self._width + self.grounds.shape[row]
        return int(self._times[np.searchsorted(self._key, key)])

    def units(self, kinds: Kinds, conditions: Sequence[int]) -> list[Unit]:
        """What takes part in clashes where these conditions do."""
        found: list[Unit] = []
        for condition in conditions:
            if self.grounds.everybody[condition]:
                found.append((EVERYBODY, condition, ANYBODY))
                continue
            row = self._row(condition)
            person, code = int(self.grounds.person[row]), int(self.grounds.shape[row])
            kind = next(k for k in kinds.kind[kinds.person == person].tolist() if code in kinds.codes[k])
            found.append((kind, code, person))
        return found

    def _row(self, condition: int) -> int:
        return int(np.argmax(self.grounds.condition == condition))


def _few(people: Sequence[Sequence[int]]) -> list[int]:
    """Somebody of each group: as few as can be, and of these the first."""
    _, chosen = first_choice(people, range(max((max(group) for group in people), default=0) + 1), None) or (0, ())
    return [min(p for p in chosen if p in set(group)) for group in people]
