"""Answers counted, group by group, with nothing that tells of few: pure, and the same for a page, a chart and a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from samordna.domain.assessments.answers import Variable
from samordna.domain.assessments.content import STEPPED
from samordna.domain.assessments.enums import QuestionKind
from samordna.domain.assessments.groups import Block, Cell, blocks, coarser, rows_of, secret, shown

Row = tuple[str, str]
GAP = Decimal("1.0")
"""A difference of a step between now and needed, or between two groups, is told of as a gap."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """One answer: the cell that it is counted in, and the value of each variable."""

    cell: Cell
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """What a group answered to one variable. `mean`, and `top`: how many in a hundred in the two highest steps."""

    n: int
    counts: Mapping[str, int]
    mean: Decimal | None
    top: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """`rows`: every group there is, and how many answered, None where that is not told; `figures`: by variable and row,
    only those that may be shown; `texts`: own words by variable, of all together, in the order of the alphabet."""

    answers: int
    rows: Mapping[Row, int | None]
    figures: Mapping[str, Mapping[Row, Figure]]
    texts: Mapping[str, tuple[str, ...]]

    def figure(self, variable: str, row: Row = ("all", "")) -> Figure | None:
        """What may be shown; None where nothing may, or nobody answered."""
        return self.figures.get(variable, {}).get(row)


def tally(variables: Sequence[Variable], answered: Sequence[Answered], least: int) -> Tally:
    """Count. `least`: so many answers together at the least in a group that is shown; 1 where answers are not anonymous."""
    sizes = Counter(one.cell for one in answered)
    parts, rows = blocks(sizes, least), rows_of(sizes)
    figures, texts = {}, {}
    for variable in variables:
        given = [(one.cell, one.values[variable.name]) for one in answered if variable.name in one.values]
        if variable.question.kind == QuestionKind.TEXT:
            enough = secret(sizes, Counter(cell for cell, _text in given)) >= least
            texts[variable.name] = tuple(sorted(str(text) for _cell, text in given)) if enough else ()
        else:
            figures[variable.name] = dict(_figures(variable, given, rows, parts, least))
    return Tally(
        answers=len(answered),
        rows={row: _size(cells, sizes, parts) for row, cells in rows.items()},
        figures=figures,
        texts=texts,
    )


def _size(cells: Sequence[Cell], sizes: Mapping[Cell, int], parts: Sequence[Block]) -> int | None:
    return sum(sizes[cell] for cell in cells) if shown(cells, sizes, parts) else None


def _figures(
    variable: Variable,
    given: Sequence[tuple[Cell, Any]],
    rows: Mapping[Row, Sequence[Cell]],
    parts: Sequence[Block],
    least: int,
) -> Iterable[tuple[Row, Figure]]:
    by_cell: dict[Cell, Counter[str]] = {}
    sizes: Counter[Cell] = Counter()
    for cell, value in given:
        counted = by_cell.setdefault(cell, Counter())
        counted.update(value if isinstance(value, list) else (str(value),))
        sizes[cell] += 1
    own = coarser(parts, sizes, least)
    for row, cells in rows.items():
        if shown(cells, sizes, own):
            yield row, _figure(variable, [by_cell[cell] for cell in cells if cell in by_cell], sum(sizes[c] for c in cells))


def _figure(variable: Variable, counted: Iterable[Counter[str]], n: int) -> Figure:
    counts: Counter[str] = Counter()
    for one in counted:
        counts.update(one)
    kind = variable.question.kind
    if kind == QuestionKind.NUMBER:
        total = sum((Decimal(value) * times for value, times in counts.items()), Decimal(0))
        return Figure(n=n, counts={}, mean=(total / n).quantize(Decimal("0.01")), top=None)
    if kind not in STEPPED:
        return Figure(n=n, counts=_ordered(variable, counts), mean=None, top=None)
    steps = [option.key for option in variable.question.options]
    total = sum((Decimal(value) * times for value, times in counts.items()), Decimal(0))
    top = round(100 * sum(counts[step] for step in steps[-2:]) / n)
    return Figure(n=n, counts=_ordered(variable, counts), mean=(total / n).quantize(Decimal("0.01")), top=top)


def _ordered(variable: Variable, counts: Mapping[str, int]) -> dict[str, int]:
    return {option.key: counts.get(option.key, 0) for option in variable.question.options}
