"""Meetings as calendars know them: one event each, with an id that never changes (`calendars`).

A calendar file goes far and is read by programs that nobody knows. So it says when, where and what the meeting is called,
and where its page is; what is to be taken up, who comes and the link for taking part stand on the page, behind the sign-in.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from email.utils import parseaddr

from django.conf import settings
from django.utils.translation import gettext as _

from samordna.core.outbox import address
from samordna.domain.forums.calendars import Event, Guest, letter
from samordna.domain.forums.enums import Coming, MeetingState
from samordna.domain.forums.models import Meeting
from samordna.domain.site.mail import sender

OWN = "samordna-meeting-"
PARTS = {
    Coming.COMES: "ACCEPTED",
    Coming.DEPUTY: "DELEGATED",
    Coming.CANNOT: "DECLINED",
    Coming.PERHAPS: "TENTATIVE",
}
"""Answers in the words of RFC 5545."""


def uid_of(meeting_id: str) -> str:
    """The meeting's id in every calendar, wherever the site answers."""
    return f"{OWN}{meeting_id}"


def meeting_in(uid: str) -> str:
    """The id of the meeting that a calendar means; "" when the id is none of ours."""
    return uid.removeprefix(OWN) if uid.startswith(OWN) else ""


def event_of(meeting: Meeting, stamped: datetime | None = None) -> Event:
    """The meeting as an event, which names nobody. `stamped`: when this is said; else when it was last acted on."""
    done = (meeting.planned_at, meeting.called_at, meeting.held_at, meeting.minuted_at, meeting.cancelled_at)
    page = address("meeting", meeting.pk)
    return Event(
        uid=uid_of(meeting.pk),
        start=meeting.starts_at,
        end=meeting.ends_at,
        title=meeting.title or meeting.forum.name,
        stamped=stamped or max(each for each in done if each is not None),
        sequence=meeting.sequence,
        place=meeting.place,
        link=page,
        text=_("Agenda, papers and the link for taking part: %(address)s") % {"address": page},
        cancelled=meeting.state == MeetingState.CANCELLED,
        tentative=meeting.state == MeetingState.PLANNED,
    )


def call_file(meeting: Meeting, email: str, says: str, at: datetime) -> tuple[str, str]:
    """The calendar file of a letter that calls somebody, or tells of a change or that there will be no meeting; and its
    method. `says`: what has been answered so far."""
    event = event_of(meeting, at.astimezone(UTC))
    asked = bool(settings.CALENDAR_ANSWERS) and not event.cancelled
    guest = Guest(address=email, part=PARTS[Coming(says)] if says else "NEEDS-ACTION", asked=asked)
    organiser = Guest(address=settings.CALENDAR_ANSWERS or parseaddr(sender())[1], name=meeting.forum.name)
    said = replace(event, tentative=False, organiser=organiser, guests=(guest,))
    return letter(said).decode(), "CANCEL" if event.cancelled else "REQUEST"
