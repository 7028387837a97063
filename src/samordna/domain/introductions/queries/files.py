"""Who is trained in collaboration, in what and until when, as a spreadsheet of one organisation."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime
from importlib import import_module

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from samordna.core.actor import Actor
from samordna.core.tables import Cell, write_cell
from samordna.domain.introductions.queries.people import people_page

WIDTHS = (28, 28, 18, 40, 14, 14, 14, 40)


def people_sheet(actor: Actor, organisation_id: str, at: datetime) -> bytes:
    """One row for each holder and each introduction or training of it; a holder without either has a row, too."""
    rows = list(_table(actor, organisation_id, at))
    writer = import_module("xlsxwriter")  # slow: 40 ms that no other page should wait for
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with writer.Workbook(buffer, options) as book:
        title = _("Trained in collaboration")
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


def _table(actor: Actor, organisation_id: str, at: datetime) -> Iterator[tuple[Cell, ...]]:
    who = (pgettext("column", "Who"), pgettext("column", "Role"), pgettext("column", "Kind"), _("Introduction or training"))
    yield (*who, _("Since, or done"), _("Valid until"), pgettext("column", "How far"), pgettext("column", "Note"))
    for row in people_page(actor, organisation_id, at).people:
        about = (row.who, row.role)
        for told in row.progress:
            far = f"{told.standing_label} ({told.done}/{told.steps})"
            yield (
                *about,
                _("Introduction"),
                told.programme,
                told.done_on or told.begun,
                told.valid_to,
                far,
                told.next_what,
            )
        for each in row.trainings:
            asked = {(told.programme_id,) for told in row.progress}
            if each.url_name != "introduction" or each.url_args not in asked:
                far = _("has run out") if each.lapsed else _("holds")
                yield (*about, each.source, each.what, each.on, each.valid_to, far, each.note)
        if not row.progress and not row.trainings:
            yield (*about, None, None, None, None, None, None)
