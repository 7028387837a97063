"""Files with results: what the columns are called, what a row says as text, and an empty file to fill in.

Every row is read as text and judged afterwards (`judging`), so that a row that cannot be used is shown as it was written.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib import import_module
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from samordna.core.errors import Invalid
from samordna.core.tables import folded, guarded, raw_tables, words_for, write_cell
from samordna.domain.followup.numbers import DECIMALS

COLUMNS: Final[Mapping[str, Promise]] = {
    "indicator": pgettext_lazy("column of a file", "Indicator"),
    "organisation": pgettext_lazy("column of a file", "Organisation"),
    "period": pgettext_lazy("column of a file", "Period"),
    "value": pgettext_lazy("column of a file", "Value"),
    "numerator": pgettext_lazy("column of a file", "How many"),
    "denominator": pgettext_lazy("column of a file", "Of how many"),
    "group": pgettext_lazy("column of a file", "Answers"),
    "missing": pgettext_lazy("column of a file", "Why there is none"),
}
NEEDED: Final = ("indicator", "organisation", "period")
LONGEST_CELL: Final = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row as it was written. `line`: where it stands in the file, from 1."""

    line: int
    indicator: str = ""
    organisation: str = ""
    period: str = ""
    value: str = ""
    numerator: str = ""
    denominator: str = ""
    group: str = ""
    missing: str = ""


def rows_of(content: bytes) -> list[Row]:
    """The rows of a file, of its first sheet. Raises `TooLarge`, or `Invalid({"file": sentence})` without the columns."""
    tables = raw_tables(content, point=",", decimals=DECIMALS, named=False)
    lines = next(iter(tables.values()), []) if content[:2] == b"PK" else _joined(tables)
    if not lines:
        raise Invalid({"file": _("The file is empty.")})
    places = _places(lines[0][1])
    found = []
    for number, cells in lines[1:]:
        said = {name: cells[at][:LONGEST_CELL] for name, at in places.items() if at < len(cells)}
        if any(said.values()):
            found.append(Row(line=number, **said))
    if not found:
        raise Invalid({"file": _("There are no rows below the headings.")})
    return found


def _joined(tables: Mapping[str, list[tuple[int, list[str]]]]) -> list[tuple[int, list[str]]]:
    """The rows of a text file with separators, in their order: the reader takes the first cell for a table's name."""
    rows = [(number, [first, *cells]) for first, table in tables.items() for number, cells in table]
    return sorted(rows, key=lambda row: row[0])


def _places(headings: Sequence[str]) -> dict[str, int]:
    words = words_for(COLUMNS)
    places = {words[folded(text)]: at for at, text in reversed(list(enumerate(headings))) if folded(text) in words}
    lacking = [str(COLUMNS[name]) for name in NEEDED if name not in places]
    if lacking:
        sentence = _("The first row has the headings. These are missing: %(lacking)s.")
        raise Invalid({"file": sentence % {"lacking": ", ".join(lacking)}})
    return places


def plain(rows: Iterable[Row]) -> list[list[str | int]]:
    """The rows as they are stored."""
    return [list(asdict(row).values()) for row in rows]


def stored(kept: Iterable[Sequence[str | int]]) -> list[Row]:
    """The rows as they were stored."""
    names = ("indicator", "organisation", "period", "value", "numerator", "denominator", "group", "missing")
    return [Row(line=int(line), **dict(zip(names, map(str, texts), strict=True))) for line, *texts in kept]


def spreadsheet(rows: Sequence[Sequence[str]]) -> bytes:
    """A spreadsheet with the headings and these rows, to fill in."""
    writer = import_module("xlsxwriter")  # slow: writes compressed archives, and no other page of the area needs it
    buffer = io.BytesIO()
    book = writer.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    page = book.add_worksheet(str(_("Results")))
    bold, cell, day = book.add_format({"bold": True}), book.add_format(), book.add_format({"num_format": "yyyy-mm-dd"})
    for place, heading in enumerate(COLUMNS.values()):
        page.write_string(0, place, str(heading), bold)
    for number, row in enumerate(rows, start=1):
        for place, text in enumerate(row):
            write_cell(page, number, place, text, cell, day)
    page.freeze_panes(1, 0)
    page.set_column(0, 2, 28)
    page.set_column(3, len(COLUMNS) - 1, 14)
    book.close()
    return buffer.getvalue()


def table(rows: Sequence[Sequence[str]]) -> bytes:
    """The same as text with semicolons, as Swedish spreadsheet programs read it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";")
    writer.writerow([str(heading) for heading in COLUMNS.values()])
    writer.writerows([guarded(text) for text in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")
