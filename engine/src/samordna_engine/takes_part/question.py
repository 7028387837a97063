"""Who takes part, in numbers: what each option, and each combination of options, costs each participant.

A frame is one option per aspect that is shared. Whoever takes part pays for the frame and gains its benefit; whoever
does not, neither pays nor gains. What a participant leaves to itself (local aspects) has been made as good as it can be
for every combination of the frame, so that only the frame is left to choose.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from samordna_engine.projection.matter import BROKEN
from samordna_engine.projection.tables import Numbers, Scope, Truths

FRAME = -1
"""The owner of what the frame itself must keep or pays for, whoever takes part."""

AT_ONCE = 1 << 21
"""Numbers that are looked up at once."""

SOME_ROWS = 1 << 8
"""Of so many rows, to look up every one takes less time than to find out which of them have the same table."""


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """What each combination of options of the aspects in `scope` costs; `BROKEN` where it may not be."""

    scope: Scope
    cost: Numbers


@dataclass(frozen=True, eq=False)
class Question:
    """The question in columns.

    `benefit[p]` is gained by participant p when it takes part, and `must[p]` says that it may not leave.
    `cost[a][p, v]` is what option v of aspect a costs it, and `common[a][v]` what it costs the whole. Row i of `owner`
    and `table` says that `tables[table[i]]` is paid by participant `owner[i]`, or by the frame; the rows are sorted by
    owner. Wherever something costs `BROKEN` or more, it may not be.
    """

    sizes: tuple[int, ...]
    benefit: Numbers
    must: Truths
    cost: tuple[Numbers, ...]
    common: tuple[Numbers, ...]
    tables: tuple[Table, ...]
    owner: Numbers
    table: Numbers

    @property
    def count(self) -> int:
        """The number of participants."""
        return len(self.benefit)

    @cached_property
    def flat(self) -> "Flat":
        """All tables in one row, to be looked up together."""
        return Flat.of(self.tables)

    @cached_property
    def by_option(self) -> tuple[Numbers, Numbers]:
        """Where the options of each aspect begin, and what each option costs each participant and, last, the whole."""
        columns = [np.column_stack([cost.T, common]) for cost, common in zip(self.cost, self.common, strict=True)]
        return np.cumsum([0, *self.sizes[:-1]]), np.concatenate(columns)

    @cached_property
    def everything(self) -> "Rows":
        """All rows, gathered by owner."""
        return self.gathered(np.arange(len(self.owner)))

    def gathered(self, rows: Numbers) -> "Rows":
        """Some rows (in order), gathered by owner."""
        owner, tables = self.owner[rows], self.table[rows]
        new = np.ones(len(rows), np.bool_)
        np.not_equal(owner[1:], owner[:-1], out=new[1:])
        starts = new.nonzero()[0]
        place = np.arange(len(rows))
        if len(rows) > SOME_ROWS:
            tables, place = np.unique(tables, return_inverse=True)
        return Rows(owner[starts], starts, tables, place)

    def paid(self, rows: "Rows", frames: Numbers) -> Numbers:
        """What these rows cost under each frame, summed per owner: [frame, owner]."""
        if not len(rows.owners):
            return np.zeros((len(frames), 0), np.int64)
        each = self.flat.at(rows.tables, frames)[:, rows.place]
        return np.minimum(np.add.reduceat(each, rows.starts, axis=1), BROKEN)

    def nets(self, frames: Numbers) -> tuple[Numbers, Numbers]:
        """Benefit less cost of each participant [frame, participant], and the cost to the whole [frame].

        What may not be costs `BROKEN`, at least.
        """
        start, by_option = self.by_option
        cost = by_option[frames + start].sum(axis=1)
        cost[:, self.everything.owners] += self.paid(
            self.everything, frames
        )  # the frame's own is the last column, and its number −1
        cost = np.minimum(cost, BROKEN)
        return self.benefit - cost[:, :FRAME], cost[:, FRAME]

    def totals(self, frames: Numbers) -> Numbers:
        """The net of the whole under each frame when those take part that gain by it; −`BROKEN` if it may not be."""
        some = max(1, AT_ONCE // (len(self.sizes) * (self.count + 1)))
        if len(frames) > some:
            return np.concatenate([self.totals(frames[i : i + some]) for i in range(0, len(frames), some)])
        nets, common = self.nets(frames)
        fits = (common < BROKEN) & ((nets > -(BROKEN >> 1)) | ~self.must).all(axis=1)
        totals = np.where(self.must, nets, np.maximum(nets, 0)).sum(axis=1) - common
        return np.where(fits, totals, -BROKEN)


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Rows of a question by owner: those of `owners[i]` begin at `starts[i]`, and row j is of `tables[place[j]]`."""

    owners: Numbers
    starts: Numbers
    tables: Numbers
    place: Numbers


@dataclass(frozen=True, slots=True, eq=False)
class Flat:
    """Tables laid after each other in `cost`; table i begins at `start[i]`, and option v of its j-th aspect, which is
    `aspect[i, j]`, is `stride[i, j]` · v further on."""

    cost: Numbers
    start: Numbers
    aspect: Numbers
    stride: Numbers

    @classmethod
    def of(cls, tables: Sequence[Table]) -> "Flat":
        """Lay tables after each other."""
        widest = max((len(table.scope) for table in tables), default=0)
        aspect = np.array([table.scope + table.scope[:1] * (widest - len(table.scope)) for table in tables], np.int64)
        aspect = aspect.reshape(len(tables), widest)
        stride = np.zeros((len(tables), widest), np.int64)
        for i, table in enumerate(tables):
            stride[i, : len(table.scope)] = [step // table.cost.itemsize for step in table.cost.strides]
        ends = np.cumsum([table.cost.size for table in tables], dtype=np.int64)
        start = np.concatenate([np.zeros(min(len(tables), 1), np.int64), ends[:-1]])
        cost = np.concatenate([table.cost.ravel() for table in tables]) if tables else np.zeros(0, np.int64)
        return cls(cost, start, aspect, stride)

    def at(self, tables: Numbers, frames: Numbers) -> Numbers:
        """What these tables cost under these frames: [frame, table]."""
        aspect, stride = self.aspect[tables], self.stride[tables]
        cell = self.start[tables] + frames.take(aspect[:, 0], axis=1) * stride[:, 0]
        for j in range(1, aspect.shape[1]):
            cell += frames.take(aspect[:, j], axis=1) * stride[:, j]
        return self.cost.take(cell)
