"""Going through the frames, whole batches at once, knowing at every step the least that remains.

The aspects are decided in an order. Taken out of a sum of tables one by one, the last decided first, they leave behind
tables from which the least of the whole sum is known for every partial frame (bucket elimination, Dechter 1999). Where
too many aspects meet, tables are taken in pieces, which can only make the least seem smaller (mini-buckets, Dechter
and Rish 2003).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from samordna_engine.limits import Deadline
from samordna_engine.projection.matter import BROKEN
from samordna_engine.projection.tables import Numbers, Scope, cells, spread

PIECE_CELLS: Final = 1 << 16
"""Cells of the tables from which a sum is bounded."""

BATCH: Final = 1 << 12
"""Partial frames that are extended at once."""

Table = tuple[Scope, Numbers]


@dataclass(frozen=True, slots=True)
class Step:
    """What deciding one aspect changes: the least that remains, before and after.

    `before` is [row, combination of the aspects decided earlier], `after` has one aspect more. `earlier` are the places
    of those aspects in the order of decision, each with its stride along the combinations of `before`. Row i belongs to
    participant `people[i]`.
    """

    people: Numbers | slice
    earlier: tuple[tuple[int, int], ...]
    before: Numbers
    after: Numbers

    def change(self, decided: Numbers) -> Numbers:
        """By how much the least falls: [row, partial frame]; `decided` is [partial frame, place], the new one last."""
        at = np.zeros(len(decided), np.int64)
        for place, stride in self.earlier:
            at += decided[:, place] * stride
        size = self.after.shape[1] // self.before.shape[1]
        changed: Numbers = self.before.take(at, axis=1) - self.after.take(at * size + decided[:, -1], axis=1)
        return changed


def sum_steps(sizes: Sequence[int], tables: Iterable[Table], order: Sequence[int]) -> tuple[list[list[Step]], int]:
    """For each place in the order the steps of a sum of tables over the frame, and the least of the whole sum."""
    place = {a: i for i, a in enumerate(order)}
    constant = 0
    waiting: list[list[Table]] = [[] for _ in order]

    def keep(scope: Scope, table: Numbers) -> int:
        if not scope:
            return int(table)
        waiting[place[scope[-1]]].append((scope, table))
        return 0

    for scope, table in tables:
        constant += keep(*in_order(scope, table, place))
    steps: list[list[Step]] = [[] for _ in order]
    for last in reversed(range(len(order))):
        for scope, table in _pieces(sizes, waiting[last], place):
            before = table.min(axis=-1)
            earlier = strides(sizes, scope[:-1], place)
            steps[last].append(Step(slice(None), earlier, before.reshape(1, -1), table.reshape(1, -1)))
            constant += keep(scope[:-1], before)
    return steps, constant


def in_order(scope: Scope, table: Numbers, place: Mapping[int, int]) -> Table:
    """The same table with its last axes, which are the scope's, in the order of decision."""
    axes = sorted(range(len(scope)), key=lambda i: place[scope[i]])
    first = table.ndim - len(scope)
    return tuple(scope[i] for i in axes), table.transpose([*range(first), *(i + first for i in axes)])


def strides(sizes: Sequence[int], scope: Scope, place: Mapping[int, int]) -> tuple[tuple[int, int], ...]:
    """For each aspect its place in the order of decision, and its stride among all combinations."""
    return tuple((place[a], cells(sizes, scope[i + 1 :])) for i, a in enumerate(scope))


def _pieces(sizes: Sequence[int], tables: list[Table], place: Mapping[int, int]) -> list[Table]:
    """Tables summed as far as `PIECE_CELLS` allows, the axes of each in the order of decision."""
    pieces: list[Table] = []
    for scope, table in sorted(tables, key=lambda item: (-len(item[0]), item[0])):
        for i, (held, total) in enumerate(pieces):
            joined = tuple(sorted({*held, *scope}, key=place.__getitem__))
            if joined == held or cells(sizes, joined) <= PIECE_CELLS:
                summed = spread(total, held, joined) + spread(table, scope, joined)
                pieces[i] = (joined, np.minimum(summed, BROKEN))
                break
        else:
            pieces.append((scope, table))
    return pieces


def frames_below(
    sizes: Sequence[int], tables: Iterable[Table], order: Sequence[int], ceiling: Callable[[], int], deadline: Deadline
) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Every frame whose sum is below a ceiling, which may sink meanwhile: (sum or less, option of each aspect).

    The aspects not in `order` have option 0. Raises `OutOfTime`.
    """
    steps, start = sum_steps(sizes, tables, order)
    waiting = [(np.zeros((1, 0), np.int64), np.array([start], np.int64))]
    while waiting:
        deadline.check()
        decided, sums = _below(*waiting.pop(), min(ceiling(), BROKEN))
        depth = decided.shape[1]
        if depth == len(order):
            for options, number in zip(decided.tolist()[::-1], sums.tolist()[::-1], strict=True):
                if number < ceiling():
                    at = dict(zip(order, options, strict=True))
                    yield number, tuple(at.get(a, 0) for a in range(len(sizes)))
        elif len(sums):
            size = sizes[order[depth]]
            decided = np.repeat(decided, size, axis=0)
            new = np.tile(np.arange(size), len(sums))
            decided = np.concatenate([decided, new[:, None]], axis=1)
            sums = np.repeat(sums, size)
            for step in steps[depth]:
                sums = sums - step.change(decided)[0]
            decided, sums = _below(decided, sums, min(ceiling(), BROKEN))
            waiting.extend((decided[i : i + BATCH], sums[i : i + BATCH]) for i in range(0, len(sums), BATCH))


def _below(decided: Numbers, sums: Numbers, ceiling: int) -> tuple[Numbers, Numbers]:
    """Partial frames below the ceiling, the smallest last."""
    kept = np.flatnonzero(sums < ceiling)
    kept = kept[np.argsort(-sums[kept], kind="stable")]
    return decided[kept], sums[kept]
