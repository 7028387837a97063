"""The register of decisions as a file: a spreadsheet, or text with semicolons."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import datetime
from importlib import import_module

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from samordna.core.actor import Actor
from samordna.core.tables import Cell, guarded, write_cell
from samordna.domain.minutes.queries.register import Wanted, decisions_of

WIDTHS = (12, 12, 28, 36, 24, 16, 60, 16)


def register_csv(actor: Actor, wanted: Wanted, at: datetime) -> bytes:
    """The decisions that are looked for, in UTF-8 with its mark."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    for row in _table(actor, wanted, at):
        writer.writerow([guarded(cell) for cell in row])
    return ("\ufeff" + out.getvalue()).encode()


def register_sheet(actor: Actor, wanted: Wanted, at: datetime) -> bytes:
    """The decisions that are looked for as a spreadsheet that can be sorted and narrowed."""
    writer = import_module("xlsxwriter")  # slow: 40 ms that no other page should wait for
    buffer, rows = io.BytesIO(), list(_table(actor, wanted, at))
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with writer.Workbook(buffer, options) as book:
        title = _("Register of decisions")
        book.set_properties({"title": title, "created": datetime(2000, 1, 1)})
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E7EEF4", "border": 1})
        cell = book.add_format({"text_wrap": True, "valign": "top"})
        day = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"})
        page = book.add_worksheet(title)
        page.freeze_panes(1, 1)
        page.repeat_rows(0)
        page.set_landscape()
        page.fit_to_pages(1, 0)
        for place, width in enumerate(WIDTHS):
            page.set_column(place, place, width)
        for number, row in enumerate(rows):
            for place, value in enumerate(row):
                write_cell(page, number, place, value, head if number == 0 else cell, day)
        page.autofilter(0, 0, len(rows) - 1, len(WIDTHS) - 1)
    return buffer.getvalue()


FILES = {"csv": register_csv, "xlsx": register_sheet}


def _table(actor: Actor, wanted: Wanted, at: datetime) -> Iterator[tuple[Cell, ...]]:
    head = (pgettext("column", "Number"), pgettext("column", "Day"), _("forum"), pgettext("column", "Item"), _("Area"))
    yield (*head, pgettext("column", "Outcome"), pgettext("column", "Decision"), _("Minutes locked"))
    for row in decisions_of(actor, wanted, at):
        locked = _("yes") if row.locked else _("no")
        yield (row.reference, row.on, row.forum, row.item, row.area, row.result_label, row.statement, locked)
