"""From participants to the network over the frame.

For every participant and facet, the best it can do is tabulated for each frame. Having its own value costs the same
whatever the value is, so the best over all own values is found one aspect at a time: either follow the frame, or take
the cheapest option and pay for the difference (a distance transform, Felzenszwalb and Huttenlocher 2012).
"""

from dataclasses import dataclass, field

import numpy as np

from samordna_engine.limits import Deadline
from samordna_engine.problem import Sharing
from samordna_engine.projection.facets import Batch, Facets, facets
from samordna_engine.projection.matter import BROKEN, Matter, Term
from samordna_engine.projection.network import Network
from samordna_engine.projection.tables import Numbers, Scope, spread


@dataclass(frozen=True, slots=True)
class Projection:
    """The network over the frame, and what is needed to come back from it."""

    matter: Matter
    facets: Facets
    network: Network
    private: dict[tuple[int, int], int] = field(default_factory=dict)


def project(matter: Matter, own_cells: int, deadline: Deadline) -> Projection:
    """Replace all participants by tables over the frame."""
    split = facets(matter, own_cells)
    done = Projection(matter, split, Network(list(matter.sizes)))
    _add_rows(done)
    for batch in split.batches:
        deadline.check()
        _add_batch(done, batch)
    for term, times in split.shared.items():
        done.network.add(matter.shapes[term.shape].scope, penalties(matter, term) * min(times, BROKEN // term.penalty))
    for term in matter.common:
        done.network.add(matter.shapes[term.shape].scope, penalties(matter, term))
    for p, scope, terms in split.tangles:
        _add_tangle(done, p, scope, terms)
    for a, v in matter.given.items():
        done.network.add((a,), np.where(np.arange(matter.sizes[a]) == v, 0, BROKEN))
    return done


def penalties(matter: Matter, term: Term) -> Numbers:
    """What a term costs, over its own scope."""
    return np.where(matter.shapes[term.shape].allowed, 0, term.penalty).astype(np.int64)


def _add_rows(done: Projection) -> None:
    """Aspects that a participant says nothing about together with others."""
    matter = done.matter
    for a, rows in enumerate(done.facets.rows):
        if matter.sharing[a] is Sharing.COMMON:
            done.network.add((a,), _total(rows))
            continue
        free = rows[~done.facets.held[:, a]]
        least = free.min(axis=1, keepdims=True)
        if matter.sharing[a] is Sharing.LOCAL:
            done.network.add((), _total(least).reshape(()))
        else:
            done.network.add((a,), _total(np.minimum(free, least + matter.difference[a])))


def _total(tables: Numbers) -> Numbers:
    """The sum over participants, where one that is impossible makes it all impossible."""
    broken = tables >= BROKEN
    total: Numbers = np.where(broken, 0, tables).sum(axis=0)
    return np.where(broken.any(axis=0), BROKEN, total)


def batch_table(matter: Matter, split: Facets, batch: Batch) -> Numbers:
    """What each combination of own values costs: [row of the batch, aspects of its scope]."""
    table = np.zeros([len(batch.people), *(matter.sizes[a] for a in batch.scope)], np.int64)
    for i, a in enumerate(batch.scope):
        if matter.sharing[a] is not Sharing.COMMON:
            shape = [len(batch.people)] + [-1 if j == i else 1 for j in range(len(batch.scope))]
            table += split.rows[a][batch.people].reshape(shape)
    for term, rows in batch.terms.items():
        table[rows] += spread(penalties(matter, term), matter.shapes[term.shape].scope, batch.scope)
    return np.minimum(table, BROKEN, out=table)


def _add_batch(done: Projection, batch: Batch) -> None:
    matter = done.matter
    table = batch_table(matter, done.facets, batch)
    for i, a in enumerate(batch.scope):
        if matter.sharing[a] is not Sharing.COMMON:
            least = table.min(axis=i + 1, keepdims=True)
            framed = matter.sharing[a] is Sharing.FRAMED
            table = np.minimum(table, least + matter.difference[a]) if framed else least
    kept = tuple(a for a in batch.scope if matter.sharing[a] is not Sharing.LOCAL)
    summed = _total(np.minimum(table, BROKEN))
    done.network.add(kept, summed.reshape([matter.sizes[a] for a in kept]))


def _add_tangle(done: Projection, p: int, scope: Scope, terms: tuple[Term, ...]) -> None:
    """A facet too large for a table keeps the participant's own values as variables of the network."""
    matter, network = done.matter, done.network
    names: dict[int, int] = {}
    for a in scope:
        names[a] = a
        if matter.sharing[a] is not Sharing.COMMON:
            names[a] = done.private[p, a] = len(network.sizes)
            network.sizes.append(matter.sizes[a])
            network.add((names[a],), done.facets.rows[a][p])
        if matter.sharing[a] is Sharing.FRAMED:
            network.add((a, names[a]), differences(matter.sizes[a], matter.difference[a]))
    for term in terms:
        add_renamed(network, matter.shapes[term.shape].scope, penalties(matter, term), names)


def differences(size: int, price: int) -> Numbers:
    """The price of having another value than the frame."""
    return np.where(np.eye(size, dtype=np.bool_), 0, price).astype(np.int64)


def add_renamed(network: Network, scope: Scope, table: Numbers, names: dict[int, int]) -> None:
    """Add a table under other names of its variables."""
    renamed = [names[a] for a in scope]
    axes = sorted(range(len(scope)), key=renamed.__getitem__)
    network.add(tuple(sorted(renamed)), table.transpose(axes))
