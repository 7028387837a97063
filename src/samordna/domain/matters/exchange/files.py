"""Bytes and sheets: a spreadsheet with the options as lists to choose from, and a table for those without one."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from importlib import import_module
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import override

from samordna.core.packages import unreadable
from samordna.core.tables import (
    LANGUAGES,
    Cell,
    folded,
    guarded,
    letters_of,
    raw_tables,
    words_for,
    write_cell,
)
from samordna.domain.matters.exchange import sheets
from samordna.domain.matters.exchange.drafts import Draft
from samordna.domain.matters.exchange.outlines import ASPECTS_SHEET, MATTER_SHEET, Outline, aspect_rows, matter_rows
from samordna.domain.matters.exchange.reading import Row, Tables
from samordna.domain.matters.exchange.sheets import COLUMNS, Asked

LISTED_ROWS: Final = 2_000
"""So many rows of a sheet get lists to choose from."""


def spreadsheet(drafts: Sequence[Draft], asked: Asked) -> bytes:
    """A spreadsheet with what is known, and room for the rest."""
    writer = import_module("xlsxwriter")  # slow: 40 ms that no other page should wait for
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with writer.Workbook(buffer, options) as book:
        book.set_properties({"title": asked.title, "created": datetime(2000, 1, 1)})
        _Book(book, asked).write(drafts)
    return buffer.getvalue()


class _Book:
    def __init__(self, book: Any, asked: Asked) -> None:
        self.book, self.asked = book, asked
        self.head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E7EEF4", "border": 1})
        self.cell = book.add_format({"text_wrap": True, "valign": "top"})
        self.day = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"})

    def write(self, drafts: Sequence[Draft]) -> None:
        """The sheets to fill in, how to do it, and the words to choose from."""
        written = [(sheet, self.book.add_worksheet(str(sheets.TITLES[sheet]))) for sheet in COLUMNS]
        help_sheet = self.book.add_worksheet(_("How to"))
        lists = self.book.add_worksheet("Lists")
        lists.hide()
        self._lists(lists)
        for sheet, page in written:
            self._sheet(sheet, page, drafts)
        self._outline()
        help_sheet.set_column(0, 0, 100, self.cell)
        for number, line in enumerate(self._help()):
            help_sheet.write_string(number, 0, line)

    def _outline(self) -> None:
        if self.asked.outline is None:
            return
        for title, rows in outline_sheets(self.asked.outline):
            page = self.book.add_worksheet(title)
            page.set_column(0, 6, 32)
            for number, row in enumerate(rows):
                for place, value in enumerate(row):
                    self._write(page, number, place, value)

    def _help(self) -> list[str]:
        return [
            self.asked.title,
            _("Fill in what you know and leave the rest empty; what is empty is left as it is."),
            _("One row per participant in “Answers”. In the other sheets there may be several, or none."),
            _("A condition about several aspects takes several rows with the same number, each with “if” or “then”."),
            _("Several options in one cell stand on lines of their own."),
            _("Costs, benefits and worth are whole numbers in %(unit)s.") % {"unit": self.asked.unit},
            _("Nothing here is an answer before somebody who may answer for the participant has sent it in."),
        ]

    def _lists(self, page: Any) -> None:
        """The words that may be chosen, one column each, with names that the sheets refer to."""
        columns = {
            "participant": list(self.asked.participants.values()),
            "aspect": [subject.label for subject in self.asked.subjects.values()],
            "part": [str(word) for word in sheets.PARTS.values()],
            "comparison": [str(word) for word in sheets.COMPARISONS.values()],
            "confidence": [str(word) for word in sheets.CONFIDENCES.values()],
            "option": [option.label for subject in self.asked.subjects.values() for option in subject.options],
        }
        columns |= {s.id: [option.label for option in s.options] for s in self.asked.subjects.values()}
        self.names = {}
        for place, (key, words) in enumerate(columns.items()):
            for row, word in enumerate(words):
                page.write_string(row, place, word)
            letters = letters_of(place)
            self.names[key] = f"=Lists!${letters}$1:${letters}${max(1, len(words))}"
        self.names["options"] = self.names["option"]

    def _sheet(self, sheet: str, page: Any, drafts: Sequence[Draft]) -> None:
        columns = sheets.columns_of(sheet, self.asked)
        page.freeze_panes(1, 1)
        for place, (key, heading) in enumerate(columns):
            page.write_string(0, place, heading, self.head)
            wide = key in ("participant", "reason", "prose", "note", "benefit_note", "options")
            page.set_column(place, place, 32 if wide else 18)
            if key in self.names:
                several = key == "options"
                page.data_validation(
                    1,
                    place,
                    LISTED_ROWS,
                    place,
                    {
                        "validate": "list",
                        "source": self.names[key],
                        "error_type": "information" if several else "stop",
                        "error_title": heading[:32],
                        "error_message": _("Choose from the list."),
                    },
                )
        for number, row in enumerate(sheets.rows_of(sheet, drafts, self.asked), start=1):
            for place, (key, _heading) in enumerate(columns):
                self._write(page, number, place, row.get(key))

    def _write(self, page: Any, row: int, place: int, value: Cell) -> None:
        write_cell(page, row, place, value, self.cell, self.day)


def table(drafts: Sequence[Draft], asked: Asked) -> bytes:
    """The same as text with semicolons, one sheet after the other; the first column says which sheet a row is of."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    for sheet in COLUMNS:
        columns = sheets.columns_of(sheet, asked)
        title = str(sheets.TITLES[sheet])
        writer.writerow(["#" + title, *(heading for _key, heading in columns)])
        for row in sheets.rows_of(sheet, drafts, asked):
            writer.writerow([title, *(guarded(row.get(key)) for key, _heading in columns)])
    for title, rows in outline_sheets(asked.outline) if asked.outline else ():
        for number, cells in enumerate(rows):
            writer.writerow([title if number else "#" + title, *(guarded(cell) for cell in cells)])
    return ("\ufeff" + buffer.getvalue()).encode()


def outline_sheets(outline: Outline) -> tuple[tuple[str, list[tuple[Cell, ...]]], ...]:
    """The sheets about what the matter asks: their titles and rows."""
    return (
        (str(MATTER_SHEET), [tuple(row) for row in matter_rows(outline)]),
        (str(ASPECTS_SHEET), [tuple(row) for row in aspect_rows(outline)]),
    )


def tables_of(content: bytes, asked: Asked) -> Tables:
    """The rows of a spreadsheet or a table. Raises `TooLarge` or `Invalid({"file": sentence})`."""
    raw = raw_tables(content)
    known = words_for(sheets.TITLES)
    found: dict[str, list[Row]] = {}
    for title, rows in raw.items():
        sheet = known.get(folded(title))
        if sheet is not None and rows:
            found[sheet] = _rows(sheet, rows, asked)
    if not found:
        raise unreadable(_("No sheet of the template is in it. Fetch the template anew and fill that in."))
    return found


def _rows(sheet: str, rows: Sequence[tuple[int, list[str]]], asked: Asked) -> list[Row]:
    """Rows below the headings, by the keys of their columns."""
    keys = _keys(sheet, rows[0][1], asked)
    found = []
    for number, cells in rows[1:]:
        named = {key: cell for key, cell in zip(keys, cells, strict=False) if key and cell}
        if named.keys() - {"participant"}:
            found.append(Row(number=number, cells=named))
    return found


def _keys(sheet: str, headings: Iterable[str], asked: Asked) -> list[str | None]:
    known: dict[str, str] = {}
    for language in LANGUAGES:
        with override(language):
            known |= {folded(heading): key for key, heading in sheets.columns_of(sheet, asked)}
    keys = [known.get(folded(heading)) for heading in headings]
    if "participant" not in keys:
        words = {"sheet": str(sheets.TITLES[sheet]), "heading": str(sheets.HEADINGS["participant"])}
        raise unreadable(
            _("The sheet “%(sheet)s” has no column “%(heading)s”: its first row must hold the headings.") % words
        )
    return keys
