"""Tables of what is known: what is left out is said."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from samordna.domain.reports.limits import MOST_ROWS
from samordna.domain.reports.record import Known


def table(
    columns: tuple[str, ...], rows: Sequence[tuple[str, ...]], title: str = "", text: str = "", none: str = ""
) -> Known:
    """A table, or the sentence that says that there is nothing in it; what is left out is said."""
    if not rows:
        return Known(title=title, text=text or none)
    told = "\n\n".join(one for one in (text, beyond(len(rows), MOST_ROWS)) if one)
    return Known(title=title, text=told, columns=columns, rows=tuple(rows[:MOST_ROWS]))


def beyond(found: int, most: int) -> str:
    """How many are not shown, or ""."""
    return _("%(n)s more are not shown here.") % {"n": found - most} if found > most else ""
