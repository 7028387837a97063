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
from samordna_engine.projection.project import batch_table, differences, penalties
from samordna_engine.projection.tables import Numbers, Scope


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
        chosen = np.zeros((matter.count, len(matter.sizes)), np.int64)
        for a in range(len(matter.sizes)):
            common = matter.sharing[a] is Sharing.COMMON
            chosen[:, a] = self.frame[a] if common else self._with_difference(a, self.facets.rows[a]).argmin(axis=1)
        for batch in self.facets.batches:
            free, table = self._batch(batch)
            flat = table.reshape(len(batch.people), -1).argmin(axis=1)
            picked = np.unravel_index(flat, table.shape[1:])
            chosen[np.ix_(batch.people, free)] = np.stack(picked, axis=1)
        for p, scope, terms in self.facets.tangles:
            for a, v in self._solved(self._tangle(p, scope, terms))[1].items():
                chosen[p, a] = v
        return chosen

    def going_back(self, chosen: Numbers) -> dict[tuple[int, int], int]:
        """For each difference from the frame (participant, aspect): what following the frame there would change.

        The participant's other own values are arranged as well as possible. `BROKEN` where it cannot be done.
        """
        framed = [a for a, sharing in enumerate(self.matter.sharing) if sharing is Sharing.FRAMED]
        wanted = {a: np.nonzero(chosen[:, a] != self.frame[a])[0] for a in framed}
        found = dict(self._rows_back(chosen, wanted))
        for batch in self.facets.batches:
            found.update(self._batch_back(batch, chosen, wanted))
        for p, scope, terms in self.facets.tangles:
            found.update(self._tangle_back(p, scope, terms, chosen, wanted))
        return found

    def _with_difference(self, a: int, table: Numbers, axis: int = -1) -> Numbers:
        """A table with the price of difference added along the axis of a framed aspect."""
        if self.matter.sharing[a] is not Sharing.FRAMED:
            return table
        price = differences(self.matter.sizes[a], self.matter.difference[a])[self.frame[a]]
        priced: Numbers = table + price.reshape([-1 if i == axis % table.ndim else 1 for i in range(table.ndim)])
        return priced

    def _batch(self, batch: Batch) -> tuple[list[int], Numbers]:
        """The aspects of a batch that are not common, and what their combinations cost under this frame."""
        common = [self.matter.sharing[a] is Sharing.COMMON for a in batch.scope]
        at = tuple(self.frame[a] if fixed else slice(None) for a, fixed in zip(batch.scope, common, strict=True))
        table = batch_table(self.matter, self.facets, batch)[(slice(None), *at)]
        free = [a for a, fixed in zip(batch.scope, common, strict=True) if not fixed]
        for i, a in enumerate(free):
            table = self._with_difference(a, table, i + 1)
        return free, table

    def _rows_back(self, chosen: Numbers, wanted: dict[int, Numbers]) -> Iterator[tuple[tuple[int, int], int]]:
        for a, people in wanted.items():
            rows = self._with_difference(a, self.facets.rows[a])
            for p in people:
                if not self.facets.held[p, a]:
                    yield (int(p), a), _change(int(rows[p, self.frame[a]]), int(rows[p, chosen[p, a]]))

    def _batch_back(
        self, batch: Batch, chosen: Numbers, wanted: dict[int, Numbers]
    ) -> Iterator[tuple[tuple[int, int], int]]:
        rows_of = {p: row for row, p in enumerate(batch.people)}
        free, table = self._batch(batch)
        for i, a in enumerate(free):
            rows = [rows_of[int(p)] for p in wanted.get(a, ()) if int(p) in rows_of]
            if not rows:
                continue
            back = np.take(table[rows], self.frame[a], axis=i + 1).reshape(len(rows), -1).min(axis=1)
            people = [batch.people[row] for row in rows]
            now = table[(np.array(rows), *(chosen[people, b] for b in free))]
            for p, there, here in zip(people, back, now, strict=True):
                yield (p, a), _change(int(there), int(here))

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
        self, p: int, scope: Scope, terms: tuple[Term, ...], chosen: Numbers, wanted: dict[int, Numbers]
    ) -> Iterator[tuple[tuple[int, int], int]]:
        network = self._tangle(p, scope, terms)
        now = network.total({a: int(chosen[p, a]) for a in scope})
        for a in scope:
            if p in wanted.get(a, ()):
                back, _ = self._solved(network.with_fixed({a: self.frame[a]}))
                yield (p, a), _change(back, now)


def _change(there: int, here: int) -> int:
    return BROKEN if there >= BROKEN else there - min(here, BROKEN)
