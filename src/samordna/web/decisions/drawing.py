"""The board's cells as markup. A big board has thousands of cells of a few kinds, so each kind is written once."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import pgettext as _p

from samordna.domain.decisions.queries.attempts import Price, Prices
from samordna.domain.decisions.queries.cells import Cell, Column, Grid, Line, Row, Says

Known = dict[tuple[Cell, str], SafeString]
NAMED = frozenset({Says.ADAPTED, Says.NEEDLESS, Says.BROKEN, Says.REFUSES, Says.UNLESS})
"""What a phone's card says by the participant's name; the rest is the same for all, or of no interest there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnLine:
    """One option with its cells as markup, and what it would mean for the whole."""

    line: Line
    cells: SafeString
    price: Price | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnRow:
    """One aspect with its lines."""

    row: Row
    lines: tuple[DrawnLine, ...]


def drawn(grid: Grid, prices: Prices) -> tuple[DrawnRow, ...]:
    """Every row of the table, ready for the template."""
    words, known = _words(), Known()
    return tuple(
        DrawnRow(
            row=row,
            lines=tuple(
                DrawnLine(line=line, cells=_cells(line, grid.columns, words, known), price=prices.get(line.option_id))
                for line in row.lines
            ),
        )
        for row in grid.rows
    )


def _words() -> dict[str, str]:
    return {
        Says.FRAME: _p("board cell", "proposed"),
        Says.ADAPTED: _p("board cell", "proposed here instead"),
        Says.NEEDLESS: _p("board cell", "proposed here instead, though nothing needs it"),
        Says.LOCAL: _p("board cell", "own choice"),
        Says.BROKEN: _p("board cell", "proposed, but breaks a condition"),
        Says.REFUSES: _p("board cell", "not accepted"),
        Says.UNLESS: _p("board cell", "accepted on conditions"),
        Says.ACCEPTS: _p("board cell", "accepted"),
        Says.UNKNOWN: _p("board cell", "not answered"),
        "all": _p("board cell", "so today"),
        "some": _p("board cell", "so today for some"),
        "clash": _p("board cell", "part of the clash"),
        "anew": _p("board cell", "changed"),
    }


def _cells(line: Line, columns: tuple[Column, ...], words: dict[str, str], known: Known) -> SafeString:
    found = []
    for cell, column in zip(line.cells, columns, strict=True):
        key = (cell, _who(column) if cell.says in NAMED else "")
        if key not in known:
            known[key] = _cell(cell, key[1], words)
        found.append((known[key],))
    return format_html_join("", "{}", found)


def _cell(cell: Cell, who: str, words: dict[str, str]) -> SafeString:
    keys = [cell.says, cell.today, "clash" if cell.clash else "", "anew" if cell.anew else ""]
    said = ", ".join(words[key] for key in keys if key)
    given = ((name, value) for name, value in _attributes(cell, who) if value)
    return format_html('<td{}><span class="unseen">{}</span></td>', format_html_join("", ' data-{}="{}"', given), said)


def _attributes(cell: Cell, who: str) -> tuple[tuple[str, str], ...]:
    return (
        ("says", cell.says.value),
        ("today", cell.today),
        ("clash", "clash" if cell.clash else ""),
        ("new", "new" if cell.anew else ""),
        ("who", who),
    )


def _who(column: Column) -> str:
    return column.short_name if column.count == 1 else f"{column.short_name} + {column.count - 1}"
