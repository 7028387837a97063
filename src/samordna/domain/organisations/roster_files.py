"""Roles and people as a spreadsheet with lists to choose from, or as text with semicolons."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from importlib import import_module
from typing import Any

from django.utils.translation import gettext as _

from samordna.core.tables import Cell, guarded, letters_of, write_cell
from samordna.domain.organisations.roster import COLUMNS, HEADINGS, HELD, KINDS, MOST_ROWS, TITLES

Rows = Mapping[str, Sequence[Mapping[str, Cell]]]
WIDE = {"role", "purpose", "responsibilities", "authority", "name", "email"}


def roster_sheet(rows: Rows, title: str) -> bytes:
    """A spreadsheet with what there is, and room for the rest."""
    writer = import_module("xlsxwriter")  # slow: 40 ms that no other page should wait for
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with writer.Workbook(buffer, options) as book:
        book.set_properties({"title": title, "created": datetime(2000, 1, 1)})
        formats = (
            book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E7EEF4", "border": 1}),
            book.add_format({"text_wrap": True, "valign": "top"}),
            book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"}),
        )
        pages = {sheet: book.add_worksheet(str(TITLES[sheet])) for sheet in COLUMNS}
        guide, lists = book.add_worksheet(_("How to")), book.add_worksheet("Lists")
        lists.hide()
        names = _lists(lists, rows)
        for sheet, page in pages.items():
            _page(page, sheet, rows[sheet], names, formats)
        guide.set_column(0, 0, 100, formats[1])
        for number, line in enumerate(_help()):
            guide.write_string(number, 0, line)
    return buffer.getvalue()


def _help() -> list[str]:
    return [
        _("One row per role in the first sheet. One row per person and role in the second; a person may have several."),
        _("What the file leaves out is left as it is: nothing ends because it is missing here."),
        _("An e-mail address names one person. Without one, the name does, within the organisation."),
        _("To end that somebody holds a role, write the day in the column for it."),
        _("You see what the file would do before anything is done."),
    ]


def _lists(page: Any, rows: Rows) -> dict[str, str]:
    """The words that may be chosen, as references to a hidden sheet; roles from the sheet of roles itself."""
    found = {}
    for place, (key, words) in enumerate({"kind": KINDS, "held": HELD}.items()):
        for row, word in enumerate(words.values()):
            page.write_string(row, place, str(word))
        found[key] = f"=Lists!${letters_of(place)}$1:${letters_of(place)}${len(words)}"
    return found


def _page(page: Any, sheet: str, rows: Sequence[Mapping[str, Cell]], names: Mapping[str, str], formats: Any) -> None:
    head, cell, day = formats
    page.freeze_panes(1, 1)
    for place, key in enumerate(COLUMNS[sheet]):
        page.write_string(0, place, str(HEADINGS[key]), head)
        page.set_column(place, place, 32 if key in WIDE else 20)
        if key in names:
            listed = {"validate": "list", "source": names[key], "error_message": _("Choose from the list.")}
            page.data_validation(1, place, MOST_ROWS, place, listed)
    for number, row in enumerate(rows, start=1):
        for place, key in enumerate(COLUMNS[sheet]):
            write_cell(page, number, place, row.get(key), cell, day)


def roster_table(rows: Rows) -> bytes:
    """The same as text, one sheet after the other; the first column says which sheet a row is of."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    for sheet, columns in COLUMNS.items():
        title = str(TITLES[sheet])
        writer.writerow(["#" + title, *(str(HEADINGS[key]) for key in columns)])
        for row in rows[sheet]:
            writer.writerow([title, *(guarded(row.get(key)) for key in columns)])
    return ("\ufeff" + buffer.getvalue()).encode()
