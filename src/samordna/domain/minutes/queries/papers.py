"""What stands in a meeting pack: everything one reads before a meeting, as its reader may see it.

What the reader may not see of an item is left out, as on the meeting's page. The same facts give the same document.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from django.utils.formats import date_format, time_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from samordna.core.actor import Actor
from samordna.domain.agreements.document import Document, Part
from samordna.domain.decisions.access import visible_proposals
from samordna.domain.decisions.enums import ProposalState
from samordna.domain.decisions.models import Proposal
from samordna.domain.decisions.queries.pages import proposal_page
from samordna.domain.forums.access import meeting_for
from samordna.domain.forums.queries.meeting_rows import ItemRow, MeetingPage
from samordna.domain.forums.queries.meetings import meeting_page
from samordna.domain.matters.access import matter_for
from samordna.domain.minutes.queries.documents import document_of_version, version_of
from samordna.domain.minutes.queries.gathering import when_of
from samordna.domain.minutes.queries.last_time import last_time, minutes_before
from samordna.domain.site.queries import language_of_site


def pack_of(actor: Actor, meeting_id: str, at: datetime) -> Document:
    """The pack as a document."""
    meeting = meeting_for(actor, meeting_id, at=at)
    page = meeting_page(actor, meeting_id, at)
    head = (
        (pgettext("fact", "When"), when_of(meeting)),
        (pgettext("fact", "Place"), meeting.place),
        (pgettext("fact", "Link"), meeting.link),
        (pgettext("fact", "State"), page.row.state_label),
    )
    parts = [_agenda(page), *(_item(actor, row, at) for row in page.items), _seats(page), *_last(actor, meeting_id, at)]
    return Document(
        title=page.row.name,
        kind=_("Papers for the meeting"),
        collaboration=page.row.forum,
        language=language_of_site(),
        reference=date_format(localtime(meeting.starts_at), "j F Y"),
        head=tuple(pair for pair in head if pair[1]),
        parts=tuple(part for part in parts if not part.empty),
    )


def _agenda(page: MeetingPage) -> Part:
    columns = (
        pgettext("agenda", "Time"),
        pgettext("agenda", "Item"),
        pgettext("agenda", "Kind"),
        pgettext("agenda", "Minutes"),
    )
    rows = tuple(
        (
            time_format(localtime(row.begins), "H.i") if row.begins else "",
            f"§ {row.number} {row.title}",
            row.kind_label,
            str(row.minutes or ""),
        )
        for row in page.items
    )
    text = "" if rows else _("Nothing is on the agenda yet.")
    return Part(heading="agenda", title=pgettext("heading", "Agenda"), text=text, columns=columns, rows=rows)


def _seats(page: MeetingPage) -> Part:
    columns = (pgettext("attendance", "Who"), pgettext("attendance", "Role"), pgettext("attendance", "Speaks for"))
    rows = tuple(
        (", ".join(seat.holders) or _("vacant"), f"{seat.role}, {seat.organisation}", seat.party) for seat in page.seats
    )
    return Part(heading="seats", title=_("Who sits there"), text="", columns=columns, rows=rows)


def _item(actor: Actor, row: ItemRow, at: datetime) -> Part:
    lines = [_about(row), row.purpose, row.mandate]
    lines += _matter(actor, row, at) if row.matter_id else []
    for paper in row.papers:
        lines += [f"## {paper.name}", paper.text or paper.address]
    return Part(heading=row.id, title=f"§ {row.number} {row.title}", text="\n\n".join(filter(None, lines)))


def _about(row: ItemRow) -> str:
    told = [row.kind_label]
    if row.minutes:
        told.append(_("%(minutes)s minutes") % {"minutes": row.minutes})
    if row.area:
        told.append(_("area: %(area)s") % {"area": row.area})
    if row.owner:
        told.append(_("answers for it: %(who)s") % {"who": row.owner})
    if row.raised_for:
        told.append(_("raised by %(who)s") % {"who": row.raised_for})
    return " · ".join(told)


def _matter(actor: Actor, row: ItemRow, at: datetime) -> list[str]:
    """What the matter is about, and the frame of the proposal that has been chosen to decide on."""
    matter = matter_for(actor, row.matter_id, at=at)
    told = ["## " + _("Matter: %(title)s") % {"title": row.matter}, matter.purpose]
    chosen = visible_proposals(actor, matter, at).filter(state=ProposalState.CHOSEN).order_by("-number").first()
    if chosen is not None:
        told += ["## " + _("Proposal %(number)s") % {"number": chosen.number}, chosen.text, _frame(actor, chosen, at)]
    return told


def _frame(actor: Actor, chosen: Proposal, at: datetime) -> str:
    frame, each = proposal_page(actor=actor, proposal_id=chosen.pk, at=at).frame, _("left to each")
    return "\n".join(f"- {one.aspect}: {one.value or each}" for one in frame)


def _last(actor: Actor, meeting_id: str, at: datetime) -> Iterator[Part]:
    """What is still to be done, and the minutes of the meeting before."""
    left = last_time(actor, meeting_id, at).left
    columns = (pgettext("action point", "To be done"), pgettext("action point", "Who"), pgettext("action point", "By"))
    rows = tuple((row.what, row.who, date_format(row.due, "j F Y") if row.due else "") for row in left)
    yield Part(heading="left", title=_("Still to be done"), text="", columns=columns, rows=rows)
    minutes = minutes_before(actor, meeting_for(actor, meeting_id, at=at), at)
    if minutes is None:
        return
    document = document_of_version(minutes, version_of(minutes))
    first = _("Minutes of %(day)s (%(state)s)") % {
        "day": date_format(localtime(minutes.meeting.starts_at), "j F Y"),
        "state": minutes.get_state_display().lower(),
    }
    yield Part(heading="last", title=first, text=_("The minutes of the meeting before follow here."))
    for part in document.parts:
        yield replace(part, title=_("From the minutes: %(title)s") % {"title": part.title})
