"""Facets with too many values of one's own to be tabulated: these are taken out one aspect at a time.

An aspect is joined with what it meets and then forgotten (variable elimination; Dechter 1999), so that what is left is
about common aspects only.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import numpy as np

from samordna_engine.projection.tables import Scope, Shape, Truths, cells, spread

TANGLE_CELLS: Final = 1 << 20
MOST_CELLS: Final = 1 << 26
"""For what is a part of what has already been taken out, and so has tables of about the same size."""

Table = tuple[Scope, Truths]


class BeyondGrid(Exception):
    """A part has too many common frames to be looked at one by one, or a facet too many values of its own."""


def eliminated(
    sizes: Sequence[int], shapes: Iterable[Shape], kept: Scope, at: Mapping[int, int], most: int = MOST_CELLS
) -> Truths:
    """Under which options of the aspects kept some shapes can all be met, others than these fixed or arranged freely.

    Raises `BeyondGrid` where a table on the way has more cells than so many.
    """
    tables = [_under(shape, at) for shape in shapes]
    while free := {a for scope, _ in tables for a in scope if a not in kept}:
        meeting = {a: [table for table in tables if a in table[0]] for a in sorted(free)}
        first = min(meeting, key=lambda a: cells(sizes, _over(meeting[a])))
        scope = _over(meeting[first])
        joined = _joined(sizes, scope, meeting[first], most).any(axis=scope.index(first))
        tables = [table for table in tables if first not in table[0]]
        tables.append((tuple(a for a in scope if a != first), np.asarray(joined)))
    return _joined(sizes, kept, tables, most)


def _over(tables: Iterable[Table]) -> Scope:
    return tuple(sorted({a for scope, _ in tables for a in scope}))


def _joined(sizes: Sequence[int], scope: Scope, tables: Iterable[Table], most: int) -> Truths:
    if cells(sizes, scope) > most:
        raise BeyondGrid
    total: Truths = np.ones([sizes[a] for a in scope], np.bool_)
    for of, table in tables:
        total &= spread(table, of, scope)
    return total


def _under(shape: Shape, at: Mapping[int, int]) -> Table:
    allowed = shape.allowed[tuple(at.get(a, slice(None)) for a in shape.scope)]
    return tuple(a for a in shape.scope if a not in at), np.asarray(allowed)
