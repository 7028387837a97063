"""A participant's statements fall apart into facets that do not meet.

Two statements meet where they share an aspect in which the participant has a value of its own. A common aspect does not
join them: its value is the frame's. Facets over the same aspects are handled together, whoever they belong to.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

import numpy as np

from samordna_engine.problem import Sharing
from samordna_engine.projection.matter import BROKEN, Matter, Stated, Term
from samordna_engine.projection.network import members
from samordna_engine.projection.tables import Numbers, Scope, Shape, Truths, cells

BATCH_CELLS: Final = 1 << 17
"""Cells of the tables that are handled at once; this many stay close to the processor."""

BATCH_ROWS: Final = 1 << 12
"""Tables that are handled at once. So many times `BROKEN` can still be added up."""

KEPT_CELLS: Final = 1 << 21
"""Cells of the tables that are kept, to be looked at again."""

FIRST: Final = np.zeros(1, np.int64)
FREE: Final = np.zeros(0, np.bool_)


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """What is said over the same aspects in a batch.

    `lost` is what each combination of their options loses: [option of each aspect in `scope`; place in `rows`], where
    the rows are those of the batch, rising, or all of them when `rows` is None. Terms are told one by one as well: the
    one at `places[i]` in what is stated is said in row `said[i]`.
    """

    scope: Scope
    rows: Numbers | None
    lost: Numbers
    said: Numbers
    places: Numbers


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """Facets over the same aspects. Row i belongs to participant `people[i]`; these are in rising order."""

    scope: Scope
    people: Numbers
    parts: tuple[Part, ...]


class Forbidden:
    """Truth tables of many shapes, looked up together. `scopes` are the different scopes they have."""

    def __init__(self, shapes: Sequence[Shape]) -> None:
        numbers: dict[Scope, int] = {}
        self.of_shape: Numbers = np.array([numbers.setdefault(shape.scope, len(numbers)) for shape in shapes], np.int64)
        """For each shape, the place of its scope in `scopes`."""
        self.scopes = list(numbers)
        most = max([1, *map(len, self.scopes)])
        padded = [(*scope, *scope[:1] * (most - len(scope))) for scope in self.scopes]
        self.aspects: Numbers = np.array(padded, np.int64).reshape(-1, most)
        """The aspects of each scope, its first one repeated where others have more: [scope; place]."""
        tables = [shape.allowed for shape in shapes]
        self.start: Numbers = np.cumsum([0, *[table.size for table in tables]])
        """For each shape, where what it forbids begins in `cells`."""
        self.cells: Truths = ~np.concatenate([FREE, *tables], axis=None)
        self._dims = {shape.scope: shape.allowed.shape for shape in shapes}

    def of(self, scope: Scope, numbers: Numbers) -> Truths:
        """What shapes with this scope forbid: [option of each aspect in the scope; shape]."""
        dims, starts = self._dims[scope], self.start[numbers]
        size = math.prod(dims)
        if len(numbers) == 1:
            start = int(starts[0])
            return self.cells[start : start + size].reshape(*dims, 1)
        return self.cells.take(starts + np.arange(size)[:, None]).reshape(*dims, len(numbers))


class Kept:
    """Tables of batches, to be looked at again. No more are kept than `KEPT_CELLS` allows."""

    def __init__(self) -> None:
        self._tables: dict[Batch, Numbers] = {}
        self._cells = 0

    def get(self, batch: Batch) -> Numbers | None:
        """The table of a batch, if it was kept. It is not to be written to."""
        return self._tables.get(batch)

    def keep(self, batch: Batch, table: Numbers) -> None:
        """Keep a table where there is room."""
        if self._cells + table.size <= KEPT_CELLS:
            self._cells += table.size
            self._tables[batch] = table


@dataclass(frozen=True, slots=True, eq=False)
class Facets:
    """All that the participants have stated. `rows[a][p, v]` joins the cost of an option with what is said of it alone.

    `held[p, a]` says whether a facet of participant p holds aspect a. `shared` are the places, in what is stated, of
    terms over common aspects only; `tangles` are facets too large for a table, as (participant, scope, terms).
    `tables` keeps what was made of them, while it is not too much.
    """

    rows: tuple[Numbers, ...]
    held: Truths
    batches: list[Batch]
    shared: Numbers
    tangles: list[tuple[int, Scope, tuple[Term, ...]]]
    forbidden: Forbidden
    tables: Kept = field(default_factory=Kept)


def facets(matter: Matter, own_cells: int) -> Facets:
    """Split everybody's statements into facets, none with more than `own_cells` cells unless it is a tangle."""
    forbidden = Forbidden(matter.shapes)
    of_term = forbidden.of_shape[matter.own.shape]
    width = np.array([len(scope) for scope in forbidden.scopes], np.int64)[of_term]
    rows = _rows(matter, forbidden, np.flatnonzero(width == 1))
    several = np.flatnonzero(width > 1)
    held = np.zeros((matter.count, len(matter.sizes)), np.bool_)
    nodes = _nodes(matter, forbidden, several, of_term)
    shared = several[nodes[0] < 0] if len(several) else several
    own, nodes = several[nodes[0] >= 0], nodes[:, nodes[0] >= 0]
    held.reshape(-1)[nodes] = True
    found = Facets(rows, held, [], shared, [], forbidden)
    if len(own):
        _Split(matter, forbidden, own, of_term[own], _joined(nodes, held.size)).into(found, own_cells)
    return found


def _rows(matter: Matter, forbidden: Forbidden, single: Numbers) -> tuple[Numbers, ...]:
    """Costs per aspect, joined with the statements that are about that aspect only, which are at `single`.

    All aspects are done together, their tables laid after each other.
    """
    if not len(single):
        return matter.cost
    shape, sizes = matter.own.shape[single], np.array(matter.sizes)
    begin = np.cumsum(sizes * matter.count) - sizes * matter.count
    aspect = forbidden.aspects[forbidden.of_shape[shape], 0]
    size = sizes[aspect]
    ramp = np.arange(size.sum()) - np.repeat(np.cumsum(size) - size, size)
    hit = forbidden.cells[np.repeat(forbidden.start[shape], size) + ramp].nonzero()[0]
    at = (np.repeat(begin[aspect] + matter.own.owner[single] * size, size) + ramp)[hit]
    penalty = np.repeat(matter.own.penalty[single], size)[hit]
    flat = np.concatenate([table.reshape(-1) for table in matter.cost])
    soft = penalty < BROKEN
    if soft.any():
        np.add.at(flat, at[soft], penalty[soft])
        np.minimum(flat, BROKEN, out=flat)
    flat[at[~soft]] = BROKEN
    ends = zip(begin.tolist(), matter.sizes, strict=True)
    return tuple(flat[start : start + matter.count * size].reshape(matter.count, size) for start, size in ends)


def _starts(keys: Numbers) -> Numbers:
    """The places where a key differs from the one before it; the first place is one."""
    return np.concatenate((FIRST[: len(keys)], (keys[1:] != keys[:-1]).nonzero()[0] + 1))


def _runs(keys: Sequence[int]) -> Iterator[tuple[int, slice]]:
    """Each run of equal keys: the key, and where it stands."""
    start = 0
    for end in range(1, len(keys) + 1):
        if end == len(keys) or keys[end] != keys[start]:
            yield keys[start], slice(start, end)
            start = end


def _lost(forbidden: Forbidden, own: Stated, scope: Scope, places: Numbers, first: Numbers) -> Numbers:
    """What terms over one scope take away: [option of each aspect in scope; place in `first`].

    The terms are those at `places` in what is stated; those from one place in `first` to the next are added up.
    Nothing is above `BROKEN`.
    """
    lost: Numbers = forbidden.of(scope, own.shape[places]) * own.penalty[places]
    if len(first) == len(places):
        return lost
    broken = np.maximum.reduceat(lost, first, axis=-1) >= BROKEN
    added: Numbers = np.where(broken, BROKEN, np.add.reduceat(lost, first, axis=-1))
    return added


def _nodes(matter: Matter, forbidden: Forbidden, terms: Numbers, of_term: Numbers) -> Numbers:
    """The own values that terms are about, as participant times aspects: [any of them; term].

    A term about fewer values than others has its first one repeated; one about common aspects only has −1.
    """
    common = np.array([sharing is Sharing.COMMON for sharing in matter.sharing], np.bool_)
    aspects = forbidden.aspects[of_term[terms]].T
    own = ~common[aspects]
    first = np.where(own.any(axis=0), np.take_along_axis(aspects, own.argmax(axis=0)[None], axis=0)[0], -1)
    mine: Numbers = np.where(own, aspects, first)
    return np.where(mine < 0, -1, mine + matter.own.owner[terms] * len(matter.sizes))


def _bits(places: Numbers) -> Numbers:
    """Places from 0 to 62 as the bits of a number each row, without those that are outside: [row]."""
    inside = (places >= 0) & (places < 63)
    bits: Numbers = np.bitwise_or.reduce(np.where(inside, 1 << np.where(inside, places, 0), 0), axis=1)
    return bits


def _joined(nodes: Numbers, count: int) -> Numbers:
    """For each term the smallest of the values it reaches, through terms that share values: terms that meet, agree.

    Labels sink to the smallest, and so do those that they point to, so that long chains take few rounds (Shiloach and
    Vishkin 1982).
    """
    label = np.arange(count)
    while True:
        seen = label[nodes]
        least: Numbers = seen.min(axis=0)
        if (seen == least).all():
            return least
        np.minimum.at(label, seen, np.broadcast_to(least, seen.shape))
        np.minimum.at(label, nodes, np.broadcast_to(least, seen.shape))
        label[nodes] = label[label[nodes]]


class _Split:
    """Facets from terms and the label that joins them. `places` are the terms' rows in what is stated."""

    def __init__(self, matter: Matter, forbidden: Forbidden, places: Numbers, of_term: Numbers, label: Numbers) -> None:
        order = np.argsort(label, kind="stable")
        self.matter, self.forbidden, self.scopes = matter, forbidden, forbidden.scopes
        self.places, self.of_term, label = places[order], of_term[order], label[order]
        self.first = _starts(label)
        self.facet = np.repeat(np.arange(len(self.first)), np.diff(self.first, append=len(label)))
        self.owner = matter.own.owner[self.places[self.first]]
        self.kinds, self.kind = self._kinds()

    def _kinds(self) -> tuple[list[Scope], Numbers]:
        """The different scopes of facets, and which of them each facet has."""
        masks = self._masks()
        joint = masks[:, 0]
        for word in masks.T[1:]:
            joint = np.unique(joint, return_inverse=True)[1] * len(word) + np.unique(word, return_inverse=True)[1]
        _, one, kind = np.unique(joint, return_index=True, return_inverse=True)
        return [self._scope(masks[facet]) for facet in one.tolist()], kind

    def _masks(self) -> Numbers:
        """The aspects of each facet as bits: [facet; word]."""
        words = (len(self.matter.sizes) + 62) // 63
        aspects = self.forbidden.aspects
        masks = np.stack([_bits(aspects - 63 * word) for word in range(words)], axis=1)
        joint: Numbers = np.bitwise_or.reduceat(masks[self.of_term], self.first, axis=0)
        return joint

    def _scope(self, mask: Numbers) -> Scope:
        return tuple(a for word, bits in enumerate(mask.tolist()) for a in members(bits, 63 * word))

    def into(self, found: Facets, own_cells: int) -> None:
        """Put the facets where they belong."""
        size = [cells(self.matter.sizes, scope) for scope in self.kinds]
        small = np.array([number <= own_cells for number in size], np.bool_)
        self._tangles(found, np.flatnonzero(~small[self.kind]))
        step = np.array([max(1, min(BATCH_ROWS, BATCH_CELLS // number)) for number in size], np.int64)
        order = np.argsort(self.kind, kind="stable")
        place = np.empty(len(order), np.int64)
        ordered = self.kind[order]
        place[order] = np.arange(len(order)) - np.searchsorted(ordered, ordered)
        batch = place // step[self.kind]
        count = np.bincount(self.kind, minlength=len(size))
        offset = np.cumsum(-(-count // step)) - -(-count // step)
        batch += offset[self.kind]
        self._batches(found, order, batch, place % step[self.kind], small)

    def _batches(self, found: Facets, order: Numbers, batch: Numbers, row: Numbers, small: Truths) -> None:
        """Batches, given for each facet its batch and row, and the facets in the order of both."""
        firsts = _starts(batch[order])
        kinds = self.kind[order[firsts]].tolist()
        ends = list(pairwise([*firsts.tolist(), len(order)]))
        parts = self._parts(batch, row, [end - start for start, end in ends])
        owner = self.owner[order]
        for (start, end), kind, said in zip(ends, kinds, parts, strict=True):
            if small[kind]:
                found.batches.append(Batch(self.kinds[kind], owner[start:end], tuple(said)))

    def _parts(self, batch: Numbers, row: Numbers, sizes: list[int]) -> list[list[Part]]:
        """The parts of each batch, given for each facet its batch and row, and for each batch how many rows it has."""
        key = (self.of_term * len(sizes) + batch[self.facet]) * BATCH_ROWS + row[self.facet]
        order = np.argsort(key, kind="stable")
        key, places = key[order], self.places[order]
        said = key % BATCH_ROWS
        first = _starts(key)
        rows, term = said[first], [*first.tolist(), len(key)]
        part = key[first] // BATCH_ROWS
        begins = _starts(part)
        scope_of, batch_of = (numbers.tolist() for numbers in divmod(part[begins], len(sizes)))
        spans = list(pairwise([*begins.tolist(), len(first)]))
        found: list[list[Part]] = [[] for _ in sizes]
        for scope, among in _runs(scope_of):
            start, end = spans[among.start][0], spans[among.stop - 1][1]
            terms = slice(term[start], term[end])
            lost = _lost(
                self.forbidden, self.matter.own, self.scopes[scope], places[terms], first[start:end] - term[start]
            )
            for at in range(among.start, among.stop):
                low, high = spans[at]
                those = rows[low:high] if high - low != sizes[batch_of[at]] else None
                here = slice(term[low], term[high])
                some = lost[..., low - start : high - start]
                found[batch_of[at]].append(Part(self.scopes[scope], those, some, said[here], places[here]))
        return found

    def _tangles(self, found: Facets, large: Numbers) -> None:
        own = self.matter.own
        for facet in large.tolist():
            end = self.first[facet + 1] if facet + 1 < len(self.first) else len(self.places)
            places = self.places[self.first[facet] : end]
            terms = tuple(map(Term, own.shape[places].tolist(), own.penalty[places].tolist()))
            found.tangles.append((int(self.owner[facet]), self.kinds[int(self.kind[facet])], terms))
