"""The register of decisions as a file: a spreadsheet, or text with semicolons."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from samordna.core.actor import Actor
from samordna.core.tables import Cell, guarded, sheet_of
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
    return sheet_of(_("Register of decisions"), list(_table(actor, wanted, at)), WIDTHS)


FILES = {"csv": register_csv, "xlsx": register_sheet}


def _table(actor: Actor, wanted: Wanted, at: datetime) -> Iterator[tuple[Cell, ...]]:
    head = (pgettext("column", "Number"), pgettext("column", "Day"), _("forum"), pgettext("column", "Item"), _("Area"))
    yield (*head, pgettext("column", "Outcome"), pgettext("column", "Decision"), _("Minutes locked"))
    for row in decisions_of(actor, wanted, at):
        locked = _("yes") if row.locked else _("no")
        yield (row.reference, row.on, row.forum, row.item, row.area, row.result_label, row.statement, locked)
