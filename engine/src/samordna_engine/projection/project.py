"""From participants to the network over the frame.

For every participant and facet, the best it can do is tabulated for each frame. Having its own value costs the same
whatever the value is, so the best over all own values is found one aspect at a time: either follow the frame, or take
the cheapest option and pay for the difference (a distance transform, Felzenszwalb and Huttenlocher 2012).

The tables are summed as what can be had and how many cannot have anything, so that a participant's part can be taken
off again exactly.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from samordna_engine.limits import Deadline
from samordna_engine.problem import Sharing
from samordna_engine.projection.facets import BATCH_ROWS, Batch, Facets, facets
from samordna_engine.projection.matter import BROKEN, Matter, Term
from samordna_engine.projection.network import Network
from samordna_engine.projection.tables import Numbers, Scope


@dataclass(slots=True, eq=False)
class Sum:
    """A sum of tables over the same aspects, each clipped at `BROKEN`.

    `finite` adds up what is below, `broken` counts how often it is not, and `times` how many tables there are.
    """

    finite: Numbers
    broken: Numbers
    times: int
    _clipped: Numbers | None = None

    def add(self, other: "Sum", sign: int = 1) -> "Sum":
        """The sum with another one more, or taken off."""
        return Sum(
            self.finite + sign * other.finite, self.broken + sign * other.broken, self.times + sign * other.times
        )

    def same(self, other: "Sum") -> bool:
        """Whether the other adds up to the same, of as many tables."""
        alike = self.times == other.times and (self.finite == other.finite) & (self.broken == other.broken)
        return bool(np.all(alike))

    def clipped(self, most: int) -> Numbers:
        """The sum, where what is broken counts `BROKEN` each, up to so many times.

        For one time it is the same table whenever it is asked for, and not to be written to.
        """
        if most == 1:
            if self._clipped is None:
                self._clipped = np.where(self.broken, BROKEN, self.finite)
                self._clipped.setflags(write=False)
            return self._clipped
        total: Numbers = np.minimum(self.finite + np.minimum(self.broken, most) * BROKEN, most * BROKEN)
        return total


Sums = dict[Scope, Sum]
BROKEN_BITS: Final = BROKEN.bit_length() - 1


@dataclass(frozen=True, slots=True, eq=False)
class Tangle:
    """A facet too large for a table: what its owner's options cost, by aspect that is not common, and its terms.

    `owner` is a number by which its own values can be asked for afterwards.
    """

    owner: int
    scope: Scope
    costs: Mapping[int, Numbers]
    terms: tuple[tuple[Scope, Numbers], ...]


def tangles_of(matter: Matter, split: Facets) -> list[Tangle]:
    """The tangles of all participants; the owner is the participant's number."""
    return [
        Tangle(
            p,
            scope,
            {a: split.rows[a][p] for a in scope if matter.sharing[a] is not Sharing.COMMON},
            tuple((matter.shapes[term.shape].scope, penalties(matter, term)) for term in terms),
        )
        for p, scope, terms in split.tangles
    ]


@dataclass(frozen=True, slots=True)
class Projection:
    """The network over the frame, and what is needed to come back from it.

    `sums` are the tables of the participants, without `Matter.common`, `Matter.given` and the tangles, for which
    `private[p, a]` is the variable of the network that is participant p's own value.
    """

    matter: Matter
    facets: Facets
    network: Network
    private: dict[tuple[int, int], int] = field(default_factory=dict)
    sums: Sums = field(default_factory=dict)


def project(matter: Matter, own_cells: int, deadline: Deadline) -> Projection:
    """Replace all participants by tables over the frame."""
    split = facets(matter, own_cells)
    return joined(matter, split, summed(matter, split, deadline))


def summed(matter: Matter, split: Facets, deadline: Deadline) -> Sums:
    """The participants' tables over the frame, added up by scope. Raises `OutOfTime` past the deadline."""
    sums: Sums = {}
    for start in range(0, max(1, matter.count), BATCH_ROWS):
        _add_rows(matter, split, sums, slice(start, start + BATCH_ROWS))
    for batch in split.batches:
        deadline.check()
        _add(
            sums,
            tuple(a for a in batch.scope if matter.sharing[a] is not Sharing.LOCAL),
            _total(transformed(matter, split, batch)),
        )
    _add_shared(matter, split, sums)
    return sums


def joined(
    matter: Matter, split: Facets, sums: Sums, tangles: Sequence[Tangle] | None = None, most: int = 1
) -> Projection:
    """The network in which the participants' tables meet what is common, what is given, and the tangles.

    The tangles are those of the facets unless others are named. What is impossible is counted up to `most` times.
    """
    tables = {scope: sums[scope].clipped(most) for scope in sorted(sums)}
    done = Projection(matter, split, Network(list(matter.sizes), tables, most), {}, sums)
    for term in matter.common:
        done.network.add(matter.shapes[term.shape].scope, penalties(matter, term))
    for tangle in tangles_of(matter, split) if tangles is None else tangles:
        _add_tangle(done, tangle)
    for a, v in matter.given.items():
        done.network.add((a,), np.where(np.arange(matter.sizes[a]) == v, 0, BROKEN))
    return done


def penalties(matter: Matter, term: Term) -> Numbers:
    """What a term costs, over its own scope."""
    return np.where(matter.shapes[term.shape].allowed, 0, term.penalty).astype(np.int64)


def _add(sums: Sums, scope: Scope, more: Sum) -> None:
    sums[scope] = sums[scope].add(more) if scope in sums else more


def _total(tables: Numbers) -> Sum:
    """The sum over participants, who are the last axis; each table is clipped at `BROKEN`.

    They are few enough for the count of the broken ones to stand above the sum of the others in one number.
    """
    total = np.add.reduce(tables, axis=-1)
    return Sum(total & (BROKEN - 1), total >> BROKEN_BITS, tables.shape[-1])


def _add_rows(matter: Matter, split: Facets, sums: Sums, people: slice) -> None:
    """Single aspects, of those among some people who say nothing about them together with others."""
    alike: dict[int, list[int]] = {}
    for a, sharing in enumerate(matter.sharing):
        if sharing is Sharing.LOCAL:
            free = split.rows[a][people][~split.held[people, a]]
            _add(sums, (), _total(np.minimum.reduce(free, axis=1)))
        else:
            alike.setdefault(matter.sizes[a], []).append(a)
    for among in alike.values():
        tables = np.stack([split.rows[a][people].T for a in among])
        framed = [matter.sharing[a] is Sharing.FRAMED for a in among]
        price = [matter.difference[a] if other else BROKEN for a, other in zip(among, framed, strict=True)]
        least = np.minimum.reduce(tables, axis=1, keepdims=True) + np.array(price).reshape(-1, 1, 1)
        held = split.held[people, among].T
        np.minimum(tables, least, out=tables)
        tables *= ~held[:, None, :]
        total = _total(tables)
        times = (tables.shape[-1] - np.add.reduce(held, axis=1)).tolist()
        for a, finite, broken, count in zip(among, total.finite, total.broken, times, strict=True):
            _add(sums, (a,), Sum(finite, broken, count))


def _add_shared(matter: Matter, split: Facets, sums: Sums) -> None:
    """Statements about common aspects only. Those that are alike are counted, not made a table each."""
    own = matter.own
    alike, times = np.unique(np.stack([own.shape[split.shared], own.penalty[split.shared]]), axis=1, return_counts=True)
    for shape, penalty, count in zip(*alike.tolist(), times.tolist(), strict=True):
        forbidden = ~matter.shapes[shape].allowed
        hard = penalty >= BROKEN
        finite, broken = forbidden * (0 if hard else penalty * count), forbidden * (count if hard else 0)
        _add(sums, matter.shapes[shape].scope, Sum(finite, broken, count))


def transformed(matter: Matter, split: Facets, batch: Batch) -> Numbers:
    """What the owner of each facet loses at best under each frame: [aspects of the batch that are not local; row]."""
    return over_frame(matter, batch, batch_table(matter, split, batch))


def over_frame(matter: Matter, batch: Batch, table: Numbers) -> Numbers:
    """A table over own values as one over the frame: [aspects of the batch that are not local; row]."""
    for i, a in enumerate(batch.scope):
        if matter.sharing[a] is not Sharing.COMMON:
            least = np.minimum.reduce(table, axis=i, keepdims=True)
            framed = matter.sharing[a] is Sharing.FRAMED
            table = np.minimum(table, least + matter.difference[a]) if framed else least
    kept = [matter.sizes[a] for a in batch.scope if matter.sharing[a] is not Sharing.LOCAL]
    return table.reshape([*kept, table.shape[-1]])


def batch_table(matter: Matter, split: Facets, batch: Batch) -> Numbers:
    """What each combination of own values costs, clipped at `BROKEN`: [aspects of the batch; row of the batch].

    A common aspect costs nothing here. The table may be asked for again, so it is not to be written to.
    """
    table = split.tables.get(batch)
    if table is None:
        table = own_table(matter, batch, split.rows, {})
        split.tables.keep(batch, table)
    return table


def own_table(
    matter: Matter, batch: Batch, rows: Sequence[Numbers], fixed: Mapping[int, int], clip: bool = True
) -> Numbers:
    """As `batch_table`, with `rows[a][p, v]` for what options cost by themselves, and clipped only if wanted.

    An aspect in `fixed` has only that option, and an axis of length one.
    """
    at = {a: slice(v, v + 1) for a, v in fixed.items()}
    table = np.zeros([*(1 if a in at else matter.sizes[a] for a in batch.scope), len(batch.people)], np.int64)
    for a in batch.scope:
        if matter.sharing[a] is not Sharing.COMMON:
            own = rows[a].take(batch.people, axis=0)
            table += along_rows((own[:, at[a]] if a in at else own).T, (a,), batch.scope)
    for part in batch.parts:
        lost = part.lost[tuple(at.get(a, slice(None)) for a in part.scope)] if at else part.lost
        lost = along_rows(lost, part.scope, batch.scope)
        if part.rows is None:
            table += lost
        else:
            table[..., part.rows] += lost
    return np.minimum(table, BROKEN, out=table) if clip else table


def along_rows(tables: Numbers, scope: Scope, over: Scope) -> Numbers:
    """As `spread`, for many tables at once, which are along the last axis."""
    sizes = dict(zip(scope, tables.shape, strict=False))
    return tables.reshape([*(sizes.get(a, 1) for a in over), tables.shape[-1]])


def _add_tangle(done: Projection, tangle: Tangle) -> None:
    """A facet too large for a table keeps the participant's own values as variables of the network."""
    matter, network = done.matter, done.network
    names: dict[int, int] = {}
    for a in tangle.scope:
        names[a] = a
        if a in tangle.costs:
            names[a] = done.private[tangle.owner, a] = len(network.sizes)
            network.sizes.append(matter.sizes[a])
            network.add((names[a],), tangle.costs[a])
        if matter.sharing[a] is Sharing.FRAMED:
            network.add((a, names[a]), differences(matter.sizes[a], matter.difference[a]))
    for scope, table in tangle.terms:
        add_renamed(network, scope, table, names)


def differences(size: int, price: int) -> Numbers:
    """The price of having another value than the frame."""
    return np.where(np.eye(size, dtype=np.bool_), 0, price).astype(np.int64)


def add_renamed(network: Network, scope: Scope, table: Numbers, names: dict[int, int]) -> None:
    """Add a table under other names of its variables."""
    renamed = [names[a] for a in scope]
    axes = sorted(range(len(scope)), key=renamed.__getitem__)
    network.add(tuple(sorted(renamed)), table.transpose(axes))
