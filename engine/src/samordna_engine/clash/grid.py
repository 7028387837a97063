"""Which frames remain under some of the conditions, as truths over the grid of common frames.

Only what must be common can make a matter impossible: everything else a participant arranges for itself. So each kind
of facet is reduced to the common frames under which its owners can meet it, and conditions clash when no frame is left.
Common aspects that never meet in a facet are apart from each other, and a clash lies within one such part.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from samordna_engine.clash.facets import HARD, Kinds, components
from samordna_engine.clash.tangles import MOST_CELLS, TANGLE_CELLS, BeyondGrid, eliminated
from samordna_engine.limits import Deadline
from samordna_engine.projection.tables import Cell, Numbers, Scope, Truths, cells, spread

GRID_CELLS: Final = 1 << 22
BATCH_CELLS: Final = 1 << 21
COMPARED: Final = 1 << 28

Unit = tuple[int, int, int]
"""A condition as it takes part in clashes: kind, code and holder, or `EVERYBODY` and the number of a common one."""
EVERYBODY: Final = -1
ANYBODY: Final = -1
"""The holder of a condition when it does not matter who of several states it."""
NOBODY: Final = -2
"""In place of a holder none of whose own conditions are meant."""
GIVEN: Final = (EVERYBODY, HARD, ANYBODY)


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """Kinds of facets about the same common aspects. `possible[i]` are the frames under which kind i can be met."""

    scope: Scope
    kinds: Numbers
    possible: Truths


class Part:
    """Common aspects that meet, and the layers over them. `start` are the frames as given, before any condition.

    Unless each is `apart`, all who have a kind of facet count as one, which changes neither what is possible nor the
    size of a clash.
    """

    def __init__(self, kinds: Kinds, scope: Scope, layers: Sequence[Layer], *, apart: bool = False) -> None:
        self.kinds, self.scope, self.layers, self.apart = kinds, scope, layers, apart
        sizes = kinds.grounds.sizes
        self.start = as_given(kinds, scope).reshape([sizes[a] for a in scope])
        self._row = {kind: (layer, i) for layer in layers for i, kind in enumerate(layer.kinds.tolist())}
        self._known: dict[tuple[int, tuple[int, ...]], Truths] = {}
        self._binding: dict[int, list[int]] = {HARD: []}
        for kind in self._row:
            for code in kinds.codes[kind]:
                condition = kinds.condition(code)
                if condition is not None:
                    self._binding.setdefault(condition, []).append(kind)

    def unit(self, kind: int, code: int, holder: int) -> Unit:
        """The condition behind a code."""
        condition = self.kinds.condition(code)
        return (kind, code, holder) if condition is None else (EVERYBODY, condition, ANYBODY)

    def units(self) -> list[Unit]:
        """All that may be in a clash."""
        own = [
            (kind, code, holder)
            for kind in self._row
            for holder in (self.kinds.people(kind).tolist() if self.apart else (ANYBODY,))
            for code in self.kinds.codes[kind]
            if self.kinds.condition(code) is None
        ]
        return [*own, *((EVERYBODY, condition, ANYBODY) for condition in self._binding if condition != HARD)]

    def has(self, unit: Unit) -> bool:
        """Whether a condition can be part of a clash here."""
        return unit[0] in self._row or (unit[0] == EVERYBODY and unit[1] in self._binding)

    def binding(self, condition: int) -> Sequence[int]:
        """The kinds that a common condition is in."""
        return self._binding.get(condition, ())

    def wide(self, scope: Scope, table: NDArray[Cell]) -> NDArray[Cell]:
        """A view of a table over some aspects of this part, as one over all of them."""
        return table.reshape([self.kinds.grounds.sizes[a] if a in scope else 1 for a in self.scope])

    def scope_of(self, kind: int) -> Scope:
        """The common aspects that a kind is about."""
        return self._row[kind][0].scope

    def all_met(self) -> Truths:
        """The frames under which everything can be met."""
        left = self.start.copy()
        for layer in self.layers:
            left &= self.wide(layer.scope, np.logical_and.reduce(layer.possible, axis=0))
        return left

    def missed(self) -> Numbers:
        """For each frame how many cannot meet what they have stated, each facet counted by itself."""
        total: Numbers = np.zeros(self.start.shape, np.int64)
        for layer in self.layers:
            times = self.kinds.times[layer.kinds]
            total += self.wide(layer.scope, times @ (~layer.possible).astype(np.int64))
        return total

    def possible(self, kind: int, codes: Collection[int]) -> Truths:
        """The frames of its layer under which these codes of a kind can be met, with what is given."""
        whole = self.kinds.codes[kind]
        active = tuple(code for code in whole if code in codes or self.kinds.condition(code) == HARD)
        layer, row = self._row[kind]
        if active == whole:
            frames: Truths = layer.possible[row]
            return frames
        key = (kind, active)
        if key not in self._known:
            self._known[key] = reduced(self.kinds, self.kinds.scope(whole), [active])[0]
        return self._known[key]

    def left(self, units: Collection[Unit]) -> Truths:
        """The frames under which some conditions can all be met."""
        frames = self.start.copy()
        self.narrow(frames, units, [*units, GIVEN])
        return frames

    def narrow(self, frames: Truths, units: Collection[Unit], new: Iterable[Unit]) -> None:
        """Strike out the frames under which some conditions cannot be met, where only the new ones need to be tried."""
        facets: dict[tuple[int, int], None] = {}
        for kind, number, holder in new:
            if kind != EVERYBODY:
                facets[kind, holder] = None
                continue
            binding = set(self.binding(number))
            facets.update(dict.fromkeys((k, h) for k, _, h in units if k in binding))
            facets.update(dict.fromkeys((k, NOBODY) for k in self.binding(number)))
        for kind, codes in dict.fromkeys((kind, self._among(kind, holder, units)) for kind, holder in facets):
            frames &= self.wide(self.scope_of(kind), self.possible(kind, codes))

    def _among(self, kind: int, holder: int, units: Collection[Unit]) -> tuple[int, ...]:
        """The codes of a facet that are among some conditions."""
        return tuple(code for code in self.kinds.codes[kind] if self.unit(kind, code, holder) in units)

    def broken(self, at: Sequence[int], kept: Collection[Unit]) -> list[Unit]:
        """Conditions to break under a frame for the rest to be met, those kept not among them; few, if not fewest."""
        place = dict(zip(self.scope, at, strict=True))
        found: dict[Unit, None] = {}
        for kind in self.unmet(place):
            for holders, keep in self._alike(kind, kept):
                least = self._least_broken(kind, place, keep)
                found.update(dict.fromkeys(self.unit(kind, code, holder) for holder in holders for code in least))
        return list(found)

    def unmet(self, place: Mapping[int, int]) -> Iterator[int]:
        """The kinds of facets that cannot be met as a whole under one frame."""
        for layer in self.layers:
            index = 0
            for a in layer.scope:
                index = index * self.kinds.grounds.sizes[a] + place[a]
            yield from layer.kinds[~layer.possible[:, index]].tolist()

    def _alike(self, kind: int, kept: Collection[Unit]) -> list[tuple[list[int], tuple[int, ...]]]:
        """Those who have a kind of facet, together where the same of their conditions are kept; and which those are."""
        if not self.apart:
            return [([ANYBODY], self._among(kind, ANYBODY, kept))]
        named = dict.fromkeys(holder for k, _, holder in kept if k == kind)
        others = [holder for holder in self.kinds.people(kind).tolist() if holder not in named]
        alike = [([holder], self._among(kind, holder, kept)) for holder in named]
        return [*alike, (others, self._among(kind, NOBODY, kept))] if others else alike

    def _least_broken(self, kind: int, place: Mapping[int, int], keep: Collection[int]) -> list[int]:
        """The codes of a kind that its owners break at least under a frame, when they meet those kept."""
        codes = self.kinds.codes[kind]
        if len(codes) == 1:
            return list(codes)
        if self.kinds.is_tangled(self.kinds.scope(codes)):
            return self._hard_to_meet(kind, place, keep)
        sizes = self.kinds.grounds.sizes
        free = tuple(a for a in self.kinds.scope(codes) if a not in place)
        broken = np.zeros([len(codes), *(sizes[a] for a in free)], np.bool_)
        for i, code in enumerate(codes):
            shape = self.kinds.shape(code)
            allowed = shape.allowed[tuple(place.get(a, slice(None)) for a in shape.scope)]
            broken[i] = ~spread(allowed, tuple(a for a in shape.scope if a not in place), free)
        kept = [code in keep or self.kinds.condition(code) == HARD for code in codes]
        weights = np.where(kept, len(codes) + 1, 1)
        flat = broken.reshape(len(codes), -1)
        best = int(np.argmin(weights @ flat.astype(np.int64)))
        return [code for code, is_broken in zip(codes, flat[:, best].tolist(), strict=True) if is_broken]

    def _hard_to_meet(self, kind: int, place: Mapping[int, int], keep: Collection[int]) -> list[int]:
        """The same for a tangle, and not as few: those that cannot be met after what comes before them."""
        codes = self.kinds.codes[kind]
        kept = [code for code in codes if code in keep or self.kinds.condition(code) == HARD]
        for code in codes:
            shapes = [self.kinds.shape(other) for other in (*kept, code)]
            if code not in kept and eliminated(self.kinds.grounds.sizes, shapes, (), place).all():
                kept.append(code)
        return [code for code in codes if code not in kept]

    def without_weaker(self) -> "Part":
        """The same part without the facets of one condition that another such condition makes superfluous.

        In a smallest clash a condition can always be replaced by one that leaves fewer frames.
        """
        layers = []
        for layer in self.layers:
            codes = [self.kinds.codes[kind] for kind in layer.kinds.tolist()]
            alone = np.array([len(of) == 1 and self.kinds.condition(of[0]) is None for of in codes])
            kept = ~alone
            kept[np.nonzero(alone)[0][strongest(layer.possible[alone])]] = True
            layers.append(Layer(layer.scope, layer.kinds[kept], layer.possible[kept]))
        return Part(self.kinds, self.scope, layers)

    def with_each_apart(self) -> "Part":
        """The same part where it is told apart who states a condition."""
        return Part(self.kinds, self.scope, self.layers, apart=True)


def strongest(possible: Truths) -> Numbers:
    """The first of each row of truths that contains no other row."""
    _, first = np.unique(np.packbits(possible, axis=1), axis=0, return_index=True)
    rows: Numbers = np.sort(first)
    if len(rows) ** 2 * possible.shape[1] > COMPARED:
        return rows
    table = possible[rows].astype(np.float32)
    outside = table @ (1 - table).T  # [i, j]: how many frames row i has and row j has not
    weaker = (outside == 0).sum(axis=0) > 1  # another row lies within row j
    kept: Numbers = rows[~weaker]
    return kept


def parts(kinds: Kinds, deadline: Deadline) -> list[Part]:
    """The parts of a question, each with the kinds of facets that rule some frame out.

    Raises `BeyondGrid` where there are too many frames, or values of one's own, to look at.
    """
    layers = _layers(kinds, deadline)
    found = []
    for scope, scopes in components(layers):
        if cells(kinds.grounds.sizes, scope) > GRID_CELLS:
            raise BeyondGrid
        found.append(Part(kinds, scope, [layers[s] for s in scopes]))
    return found


def _layers(kinds: Kinds, deadline: Deadline) -> dict[Scope, Layer]:
    """The kinds that rule out some frame, by the common aspects they are about."""
    grounds = kinds.grounds
    by_scope: dict[Scope, list[int]] = {}
    for kind, codes in enumerate(kinds.codes):
        by_scope.setdefault(kinds.scope(codes), []).append(kind)
    rows: dict[Scope, list[tuple[Numbers, Truths]]] = {}
    for scope, these in by_scope.items():
        size = cells(grounds.sizes, scope)
        common = tuple(a for a in scope if grounds.is_common(a))
        for start in range(0, len(these), max(1, BATCH_CELLS // size)):
            deadline.check()
            batch = these[start : start + max(1, BATCH_CELLS // size)]
            possible = reduced(kinds, scope, [kinds.codes[kind] for kind in batch], TANGLE_CELLS)
            matters = ~(possible | ~as_given(kinds, common)).all(axis=1)
            if matters.any():
                rows.setdefault(common, []).append((np.array(batch)[matters], possible[matters]))
    return {scope: Layer(scope, *map(np.concatenate, zip(*rows[scope], strict=True))) for scope in sorted(rows)}


def reduced(kinds: Kinds, scope: Scope, batch: Sequence[Sequence[int]], most: int = MOST_CELLS) -> Truths:
    """Under which common frames lists of codes over one scope can each be met: [list, cell]. Raises `BeyondGrid`."""
    grounds = kinds.grounds
    if kinds.is_tangled(scope):
        kept = tuple(a for a in scope if grounds.is_common(a))
        each = (eliminated(grounds.sizes, [kinds.shape(code) for code in codes], kept, {}, most) for codes in batch)
        return np.stack([frames.reshape(-1) for frames in each])
    codes = sorted({code for of in batch for code in of})
    place = {code: i for i, code in enumerate(codes)}
    common = [i for i, a in enumerate(scope) if grounds.is_common(a)]
    own = [i for i, a in enumerate(scope) if not grounds.is_common(a)]
    axes = [*common, *own]
    said = np.empty((len(codes), *(grounds.sizes[scope[i]] for i in axes)), np.bool_)
    for i, code in enumerate(codes):
        shape = kinds.shape(code)
        said[i] = spread(shape.allowed, shape.scope, scope).transpose(axes)
    said = said.reshape(len(codes), cells(grounds.sizes, scope))
    order = sorted(range(len(batch)), key=lambda row: -len(batch[row]))
    met = np.ones((len(batch), said.shape[1]), np.bool_)
    for j in range(len(batch[order[0]])):
        these = [place[batch[row][j]] for row in order if len(batch[row]) > j]
        met[: len(these)] &= said[these]
    frames = np.empty((len(batch), cells(grounds.sizes, [scope[i] for i in common])), np.bool_)
    frames[order] = met.reshape(*frames.shape, -1).any(axis=2) if own else met
    return frames


def as_given(kinds: Kinds, scope: Scope) -> Truths:
    """Which frames over common aspects have the given values."""
    grounds = kinds.grounds
    held = np.ones([grounds.sizes[a] for a in scope], np.bool_)
    for a in scope:
        if a in grounds.given:
            held &= spread(np.arange(grounds.sizes[a]) == grounds.given[a], (a,), scope)
    return held.reshape(-1)
