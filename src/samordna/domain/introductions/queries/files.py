"""Who is trained in collaboration, in what and until when, as a spreadsheet of one organisation."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from samordna.core.actor import Actor
from samordna.core.tables import Cell, sheet_of
from samordna.domain.introductions.queries.people import people_page

WIDTHS = (28, 28, 18, 40, 14, 14, 14, 40)


def people_sheet(actor: Actor, organisation_id: str, at: datetime) -> bytes:
    """One row for each holder and each introduction or training of it; a holder without either has a row, too."""
    return sheet_of(_("Trained in collaboration"), list(_table(actor, organisation_id, at)), WIDTHS)


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
