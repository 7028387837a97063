"""Minutes as a document: the same on the page, in PDF and in Word."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from samordna.domain.agreements.document import Document, Part
from samordna.domain.minutes.enums import MinutesState
from samordna.domain.minutes.record import Pairs, Record, RecordItem


def mark_of(state: str, language: str) -> str:
    """What stands on every page of minutes that are not locked; "" of those that are."""
    with override(language):
        match MinutesState(state):
            case MinutesState.DRAFT:
                return _("DRAFT: not sent out")
            case MinutesState.OUT:
                return _("DRAFT: out for adjustment")
            case MinutesState.ADJUSTED:
                return _("ADJUSTED: not locked yet")
            case MinutesState.LOCKED:
                return ""


def document_of(record: Record, *, reference: str = "", head: Pairs = ()) -> Document:
    """The whole record. `head`: more of what stands on the first page."""
    with override(record.language):
        first = ((pgettext("fact", "When"), record.when), (pgettext("fact", "Place"), record.place), *head)
        return Document(
            title=record.title,
            kind=pgettext("document", "Minutes"),
            collaboration=record.forum,
            language=record.language,
            reference=reference,
            head=tuple(pair for pair in first if pair[1]),
            parts=tuple(_parts(record)),
        )


def _parts(record: Record) -> Iterator[Part]:
    columns = (pgettext("attendance", "Who"), pgettext("attendance", "Role"), pgettext("attendance", "Speaks for"))
    if record.there:
        yield Part(heading="there", title=pgettext("heading", "Present"), text="", columns=columns, rows=record.there)
    if record.absent:
        yield Part(heading="absent", title=pgettext("heading", "Absent"), text="", columns=columns, rows=record.absent)
    for number, item in enumerate(record.items, start=1):
        yield _part(number, item)
    if record.todo:
        what = pgettext("heading", "To be done besides")
        yield Part(heading="todo", title=what, text="", columns=_todo_columns(), rows=record.todo)


def _part(number: int, item: RecordItem) -> Part:
    lines = [item.text] if item.text or item.decided or item.todo else [_("Nothing was written.")]
    for reference, statement in item.decided:
        lines += ["## " + (_("Decision %(number)s") % {"number": reference} if reference else _("No decision")), statement]
    if item.reserved:
        lines += ["## " + _("Reservations"), "\n".join(f"- {who}: {' '.join(why.split())}" for who, why in item.reserved)]
    return Part(
        heading=item.item_id,
        title=f"§ {number} {item.title}",
        text="\n\n".join(filter(None, lines)),
        columns=_todo_columns() if item.todo else (),
        rows=item.todo,
    )


def _todo_columns() -> tuple[str, str, str]:
    return pgettext("action point", "To be done"), pgettext("action point", "Who"), pgettext("action point", "By")
