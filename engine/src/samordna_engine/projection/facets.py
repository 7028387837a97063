"""A participant's statements fall apart into facets that do not meet.

Two statements meet where they share an aspect in which the participant has a value of its own. A common aspect does not
join them: its value is the frame's. Facets over the same aspects are handled together, whoever they belong to.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

import numpy as np

from samordna_engine.problem import Sharing
from samordna_engine.projection.matter import BROKEN, Matter, Stated, Term
from samordna_engine.projection.tables import Numbers, Scope, Shape, Truths, cells

BATCH_CELLS: Final = 1 << 17
"""Cells of the tables that are handled at once; this many stay close to the processor."""

BATCH_ROWS: Final = 1 << 12
"""Tables that are handled at once. So many times `BROKEN` can still be added up."""

KEPT_CELLS: Final = 1 << 21
"""Cells of the tables that are kept, to be looked at again."""

FIRST: Final = np.zeros(1, np.int64)


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
        self._shapes = shapes
        self._among: dict[Scope, list[int]] = {}
        self._known: dict[Scope, Truths] = {}
        of_shape, place = [], []
        numbers: dict[Scope, int] = {}
        for number, shape in enumerate(shapes):
            among = self._among.setdefault(shape.scope, [])
            of_shape.append(numbers.setdefault(shape.scope, len(numbers)))
            place.append(len(among))
            among.append(number)
        self.scopes = list(numbers)
        self.of_shape: Numbers = np.array(of_shape, np.int64)
        """For each shape, the place of its scope in `scopes`."""
        self._place: Numbers = np.array(place, np.int64)

    def of(self, scope: Scope, numbers: Numbers) -> Truths:
        """What shapes with this scope forbid: [option of each aspect in the scope; shape]."""
        if scope not in self._known:
            self._known[scope] = ~np.stack([self._shapes[number].allowed for number in self._among[scope]], axis=-1)
        return self._known[scope][..., self._place[numbers]]


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
    scopes, of_term = forbidden.scopes, forbidden.of_shape[matter.own.shape]
    width = np.array([len(scope) for scope in scopes], np.int64)[of_term]
    rows = _rows(matter, forbidden, of_term, np.flatnonzero(width == 1))
    several = np.flatnonzero(width > 1)
    held = np.zeros((matter.count, len(matter.sizes)), np.bool_)
    nodes = _nodes(matter, scopes, several, of_term)
    shared = several[nodes[0] < 0] if len(several) else several
    own, nodes = several[nodes[0] >= 0], nodes[:, nodes[0] >= 0]
    held.reshape(-1)[nodes] = True
    found = Facets(rows, held, [], shared, [], forbidden)
    if len(own):
        _Split(matter, forbidden, own, of_term[own], _joined(nodes, held.size)).into(found, own_cells)
    return found


def _rows(matter: Matter, forbidden: Forbidden, of_term: Numbers, single: Numbers) -> tuple[Numbers, ...]:
    """Costs per aspect, joined with the statements that are about that aspect only."""
    rows = list(matter.cost)
    for which, among in _grouped(of_term[single]):
        places = single[among]
        scope = forbidden.scopes[which]
        owner = matter.own.owner[places]
        first = _starts(owner)
        lost = _lost(forbidden, matter.own, scope, places, first)
        table = rows[scope[0]] = matter.cost[scope[0]].copy()
        owner = owner[first]
        table[owner] = np.minimum(table[owner] + lost.T, BROKEN)
    return tuple(rows)


def _starts(keys: Numbers) -> Numbers:
    """The places where a key differs from the one before it; the first place is one."""
    return np.concatenate((FIRST[: len(keys)], (keys[1:] != keys[:-1]).nonzero()[0] + 1))


def _grouped(keys: Numbers) -> Iterator[tuple[int, Numbers]]:
    """Each different key, rising, with the places where it stands."""
    order = np.argsort(keys, kind="stable")
    for key, start, end in _runs(keys[order]):
        yield key, order[start:end]


def _runs(keys: Numbers) -> Iterator[tuple[int, int, int]]:
    """Each run of equal keys: the key, where the run starts, and where it ends."""
    starts = _starts(keys)
    at = starts.tolist()
    yield from zip(keys[starts].tolist(), at, [*at[1:], len(keys)][: len(at)], strict=True)


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


def _nodes(matter: Matter, scopes: list[Scope], terms: Numbers, of_term: Numbers) -> Numbers:
    """The own values that terms are about, as participant times aspects: [any of them; term].

    A term about fewer values than others has its first one repeated; one about common aspects only has −1.
    """
    free = [[a for a in scope if matter.sharing[a] is not Sharing.COMMON] for scope in scopes]
    most = max((len(aspects) for aspects in free), default=1) or 1
    padded = np.array([[*some, *[some[0] if some else -1] * (most - len(some))] for some in free], np.int64)
    aspects = padded.reshape(-1, most).T[:, of_term[terms]]
    return np.where(aspects < 0, -1, aspects + matter.own.owner[terms] * len(matter.sizes))


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
        masks = np.zeros((len(self.scopes), words), np.int64)
        for i, scope in enumerate(self.scopes):
            for a in scope:
                masks[i, a // 63] |= 1 << (a % 63)
        joint: Numbers = np.bitwise_or.reduceat(masks[self.of_term], self.first, axis=0)
        return joint

    def _scope(self, mask: Numbers) -> Scope:
        words = mask.tolist()
        return tuple(a for a in range(len(self.matter.sizes)) if words[a // 63] >> (a % 63) & 1)

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
        firsts = _starts(batch[order]).tolist()
        ends = list(pairwise([*firsts, len(order)]))
        sizes = [end - start for start, end in ends]
        parts: list[list[Part]] = [[] for _ in ends]
        term_batch = batch[self.facet]
        key = (self.of_term * len(ends) + term_batch) * BATCH_ROWS + row[self.facet]
        sought = np.argsort(key, kind="stable")
        for number, start, end in _runs(self.of_term[sought]):
            some = sought[start:end]
            for at, part in self._parts(self.scopes[number], self.places[some], key[some], len(ends), sizes):
                parts[at].append(part)
        for at, (start, end) in enumerate(ends):
            kind = int(self.kind[order[start]])
            if small[kind]:
                found.batches.append(Batch(self.kinds[kind], self.owner[order[start:end]], tuple(parts[at])))

    def _parts(
        self, scope: Scope, places: Numbers, key: Numbers, batches: int, sizes: list[int]
    ) -> Iterator[tuple[int, Part]]:
        """The parts over one scope, each with the number of its batch. Terms come in the order of batch and row."""
        first = _starts(key)
        lost = _lost(self.forbidden, self.matter.own, scope, places, first)
        batch, said = key // BATCH_ROWS % batches, key % BATCH_ROWS
        rows = said[first]
        for number, start, end in _runs(batch[first]):
            term, last = first[start], first[end] if end < len(first) else len(key)
            everyone = end - start == sizes[number]
            those = (None if everyone else rows[start:end], lost[..., start:end], said[term:last], places[term:last])
            yield number, Part(scope, *those)

    def _tangles(self, found: Facets, large: Numbers) -> None:
        own = self.matter.own
        for facet in large.tolist():
            end = self.first[facet + 1] if facet + 1 < len(self.first) else len(self.places)
            places = self.places[self.first[facet] : end]
            terms = tuple(map(Term, own.shape[places].tolist(), own.penalty[places].tolist()))
            found.tangles.append((int(self.owner[facet]), self.kinds[int(self.kind[facet])], terms))
