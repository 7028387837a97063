"""Each participant's own values once the frame is known, and what it would cost to do otherwise."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from samordna_engine.limits import Deadline, OutOfTime
from samordna_engine.problem import Sharing
from samordna_engine.projection.branch import minimise
from samordna_engine.projection.facets import Batch, Facets
from samordna_engine.projection.matter import BROKEN, Matter, Term
from samordna_engine.projection.network import Network
from samordna_engine.projection.project import own_table, penalties
from samordna_engine.projection.tables import Numbers, Scope, Truths


@dataclass(frozen=True, slots=True)
class Under:
    """The participants under one frame. `frame[a]` is the frame's option, of no meaning for a local aspect."""

    matter: Matter
    facets: Facets
    frame: tuple[int, ...]
    cells: int
    deadline: Deadline

    def best(self) -> Numbers:
        """The best own values: [participant, aspect]. Between equals, the first option in its stated order."""
        matter = self.matter
        rows = self._rows()
        chosen = np.empty((matter.count, len(matter.sizes)), np.int64)
        for a in range(len(matter.sizes)):
            common = matter.sharing[a] is Sharing.COMMON
            chosen[:, a] = self.frame[a] if common else rows[a].argmin(axis=1)
        for batch in self.facets.batches:
            self.deadline.check()
            free, table = self._batch(batch, rows)
            flat = table.reshape(-1, len(batch.people)).argmin(axis=0)
            for a, picked in zip(free, np.unravel_index(flat, table.shape[:-1]), strict=True):
                chosen[batch.people, a] = picked
        for p, scope, terms in self.facets.tangles:
            for a, v in self._solved(self._tangle(p, scope, terms))[1].items():
                chosen[p, a] = v
        return chosen

    def going_back(self, chosen: Numbers) -> dict[tuple[int, int], int]:
        """For each difference from the frame (participant, aspect): what following the frame there would change.

        The participant's other own values are arranged as well as possible. `BROKEN` where it cannot be done.
        """
        framed = [a for a, sharing in enumerate(self.matter.sharing) if sharing is Sharing.FRAMED]
        wanted = np.zeros(chosen.shape, np.bool_)
        wanted[:, framed] = chosen[:, framed] != np.array(self.frame)[framed]
        rows = self._rows()
        found = dict(self._rows_back(rows, chosen, wanted))
        for batch in self.facets.batches:
            found.update(self._batch_back(batch, rows, chosen, wanted))
        for p, scope, terms in self.facets.tangles:
            found.update(self._tangle_back(p, scope, terms, chosen, wanted))
        return found

    def _rows(self) -> tuple[Numbers, ...]:
        """The rows of the facets, with the price of difference from this frame."""
        return tuple(self._with_difference(a, rows) for a, rows in enumerate(self.facets.rows))

    def _with_difference(self, a: int, table: Numbers) -> Numbers:
        """A table with the price of difference added along its last axis, where that is a framed aspect."""
        if self.matter.sharing[a] is not Sharing.FRAMED:
            return table
        return table + self._price(a)

    def _price(self, a: int) -> Numbers:
        """What having each option costs because it is another than the frame's."""
        price = np.full(self.matter.sizes[a], self.matter.difference[a])
        price[self.frame[a]] = 0
        return price

    def _batch(self, batch: Batch, rows: tuple[Numbers, ...]) -> tuple[list[int], Numbers]:
        """The aspects of a batch that are not common, and what their combinations cost under this frame."""
        common = {a: self.frame[a] for a in batch.scope if self.matter.sharing[a] is Sharing.COMMON}
        free = [a for a in batch.scope if a not in common]
        table = self.facets.tables.get(batch)
        if table is None:
            table = own_table(self.matter, batch, rows, common)
            return free, table.reshape([*(self.matter.sizes[a] for a in free), len(batch.people)])
        table = table[tuple(common.get(a, slice(None)) for a in batch.scope)]
        for i, a in enumerate(free):
            if self.matter.sharing[a] is Sharing.FRAMED:
                table = table + self._price(a).reshape([-1 if j == i else 1 for j in range(len(free) + 1)])
        return free, table

    def _rows_back(
        self, rows: tuple[Numbers, ...], chosen: Numbers, wanted: Truths
    ) -> Iterator[tuple[tuple[int, int], int]]:
        single = wanted & ~self.facets.held
        for p, a in zip(*(places.tolist() for places in np.nonzero(single)), strict=True):
            yield (p, a), _change(int(rows[a][p, self.frame[a]]), int(rows[a][p, chosen[p, a]]))

    def _batch_back(
        self, batch: Batch, rows: tuple[Numbers, ...], chosen: Numbers, wanted: Truths
    ) -> Iterator[tuple[tuple[int, int], int]]:
        free = [a for a in batch.scope if self.matter.sharing[a] is not Sharing.COMMON]
        there = wanted[batch.people[:, None], free]
        some = np.flatnonzero(there.any(axis=1))
        if not len(some):
            return
        table = self._batch(batch, rows)[1][..., some]
        people, there = batch.people[some], there[some]
        now = table[(*chosen[people[:, None], free].T, np.arange(len(some)))]
        for i, a in enumerate(free):
            those = np.flatnonzero(there[:, i])
            back = np.take(table, self.frame[a], axis=i).reshape(-1, len(some)).min(axis=0)[those]
            for p, going, here in zip(people[those].tolist(), back.tolist(), now[those].tolist(), strict=True):
                yield (p, a), _change(going, here)

    def _tangle(self, p: int, scope: Scope, terms: tuple[Term, ...]) -> Network:
        """A facet that was too large for a table, as a small network of its own."""
        network = Network(list(self.matter.sizes))
        for a in scope:
            if self.matter.sharing[a] is not Sharing.COMMON:
                network.add((a,), self._with_difference(a, self.facets.rows[a][p]))
        for term in terms:
            network.add(self.matter.shapes[term.shape].scope, penalties(self.matter, term))
        return network.with_fixed({a: self.frame[a] for a in scope if self.matter.sharing[a] is Sharing.COMMON})

    def _solved(self, network: Network) -> tuple[int, dict[int, int]]:
        found = minimise(network, self.cells, self.deadline)
        if not found.proved:
            raise OutOfTime
        return found.value, found.values

    def _tangle_back(
        self, p: int, scope: Scope, terms: tuple[Term, ...], chosen: Numbers, wanted: Truths
    ) -> Iterator[tuple[tuple[int, int], int]]:
        network = self._tangle(p, scope, terms)
        now = network.total({a: int(chosen[p, a]) for a in scope})
        for a in scope:
            if wanted[p, a]:
                back, _ = self._solved(network.with_fixed({a: self.frame[a]}))
                yield (p, a), _change(back, now)


def _change(there: int, here: int) -> int:
    return BROKEN if there >= BROKEN else there - min(here, BROKEN)
