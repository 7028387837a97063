"""What calendars fetch: the meetings of somebody's forums, or of one of them; and one's own addresses for that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.utils.translation import gettext as _
from django.utils.translation import override

from samordna.core.actor import Actor
from samordna.core.errors import Absent
from samordna.core.outbox import languages_of
from samordna.domain.forums.access import meeting_for, own_forums
from samordna.domain.forums.calendar_reading import Unreadable, parts_of
from samordna.domain.forums.calendars import feed
from samordna.domain.forums.events import event_of, meeting_in
from samordna.domain.forums.limits import FETCHED_BACK, MOST_FETCHED
from samordna.domain.forums.models import CalendarAddress, Forum, Meeting
from samordna.domain.forums.subscriptions import address_of, whole_address


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A calendar file, and what is the same for as long as it is."""

    file: bytes
    tag: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressRow:
    """One's own address for a calendar; `forum` is "" for the one with all meetings. `stopped`: it gives nothing now."""

    id: str
    forum_id: str
    forum: str
    address: str
    made_at: datetime
    stopped: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarPage:
    """One's own addresses, and the forums for which one may make one."""

    all: AddressRow | None
    rows: tuple[AddressRow, ...]
    forums: tuple[tuple[str, str], ...]


def fetched(ticket: str, at: datetime) -> Fetched:
    """What the address gives at this moment; raises `Absent` when it has ended, or its owner has left."""
    given = address_of(ticket)
    own = own_forums(given.person_id, at)
    among = own & {given.forum_id} if given.forum_id else own
    if not among:
        raise Absent
    with override(languages_of([given.person_id])[given.person_id]):
        name = given.forum.name if given.forum else _("Meetings in Samordna")
        return _fetched(name, _meetings(among, at))


def _meetings(forum_ids: set[str], at: datetime) -> list[Meeting]:
    """The latest of a year back and all that are ahead; where they are too many, the furthest ahead are left out."""
    rows = Meeting.objects.filter(forum_id__in=forum_ids, starts_at__gte=at - FETCHED_BACK).select_related("forum")
    return list(rows.order_by("starts_at", "pk")[:MOST_FETCHED])


def _fetched(name: str, meetings: list[Meeting]) -> Fetched:
    file = feed(map(event_of, meetings), name)
    return Fetched(file=file, tag=f'"{sha256(file).hexdigest()[:32]}"')


def one_file(actor: Actor, meeting_id: str, at: datetime) -> Fetched:
    """One meeting, to be put in a calendar once."""
    meeting = meeting_for(actor, meeting_id, at=at)
    return _fetched(meeting.title or meeting.forum.name, [meeting])


def meeting_answered(file: str) -> str:
    """The id of the meeting that a file from a calendar is about; "" where it is about none of ours."""
    try:
        found = [meeting_in(part.raw("UID")) for part in parts_of(file.encode()) if part.name == "VEVENT"]
    except Unreadable:
        return ""
    return next((pk for pk in found if pk), "")


def calendar_page(actor: Actor, at: datetime) -> CalendarPage:
    """One's own addresses."""
    person_id = actor.person_id or ""
    own = own_forums(person_id, at) if person_id else set()
    running = CalendarAddress.objects.filter(person_id=person_id, ended_at__isnull=True).select_related("forum")
    rows = [address_row(each, own) for each in running.order_by("forum__name", "pk")]
    named = Forum.objects.filter(pk__in=own).order_by("name", "pk").values_list("pk", "name")
    return CalendarPage(
        all=next((row for row in rows if not row.forum_id), None),
        rows=tuple(row for row in rows if row.forum_id),
        forums=tuple(named),
    )


def address_row(given: CalendarAddress, own: set[str]) -> AddressRow:
    """One address as its owner sees it."""
    return AddressRow(
        id=given.pk,
        forum_id=given.forum_id or "",
        forum=given.forum.name if given.forum else "",
        address=whole_address(given),
        made_at=given.made_at,
        stopped=given.forum_id not in own if given.forum_id else not own,
    )
