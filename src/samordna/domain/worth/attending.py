"""Who was at a meeting: as was noted at it; at an event, as was noted of those who came; or else those who sat there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta

from samordna.core import clock
from samordna.domain.events.models import Enrolment
from samordna.domain.forums.enums import MeetingState, SeatTask
from samordna.domain.forums.models import Meeting, Seat
from samordna.domain.organisations.models import Holding
from samordna.domain.proceedings.enums import Presence
from samordna.domain.proceedings.models import Attendance, Sitting

HELD = (MeetingState.HELD, MeetingState.MINUTED)
STANDS_IN = SeatTask.DEPUTY
"""A deputy sits there in somebody's place, so only the one of them is counted where nobody noted who came."""


@dataclass(frozen=True, slots=True, kw_only=True)
class There:
    """Who was at one meeting, and how long it was. `by_organisation`: persons; "" for guests of none. `holdings`: who may
    say what they thought of it. `noted`: was attendance noted, or are these those who were called?"""

    minutes: int
    by_organisation: dict[str, int]
    holdings: frozenset[str]
    noted: bool

    @property
    def persons(self) -> int:
        """How many were there."""
        return sum(self.by_organisation.values())


def there_at(meetings: Sequence[Meeting]) -> dict[str, There]:
    """Who was at each of these meetings: five queries, however many they are."""
    ids = [meeting.pk for meeting in meetings]
    noted, came = _noted(ids), _came(ids)
    sittings = {row.meeting_id: row for row in Sitting.objects.filter(meeting__in=ids)}
    called = _called([meeting for meeting in meetings if meeting.pk not in noted and meeting.pk not in came])
    found = {}
    for meeting in meetings:
        people, holdings = noted.get(meeting.pk) or came.get(meeting.pk) or called.get(meeting.pk, ({}, frozenset()))
        found[meeting.pk] = There(
            minutes=_minutes(meeting, sittings.get(meeting.pk)),
            by_organisation=people,
            holdings=holdings,
            noted=meeting.pk in noted or meeting.pk in came,
        )
    return found


Found = dict[str, tuple[dict[str, int], frozenset[str]]]


def _minutes(meeting: Meeting, sitting: Sitting | None) -> int:
    """As long as it went on; or as long as it was planned."""
    begins, ends = meeting.starts_at, meeting.ends_at
    if sitting is not None and sitting.ended_at is not None and sitting.ended_at - sitting.opened_at < timedelta(days=1):
        begins, ends = sitting.opened_at, sitting.ended_at
    return round((ends - begins) / timedelta(minutes=1))


def _noted(ids: Collection[str]) -> Found:
    rows = Attendance.objects.standing().filter(meeting__in=ids, presence=Presence.PRESENT)
    persons: dict[str, dict[str, str]] = defaultdict(dict)
    holdings: dict[str, set[str]] = defaultdict(set)
    for row in rows.select_related("holding__role", "seat__role"):
        role = row.holding.role if row.holding else row.seat.role if row.seat else None
        who = row.holding.person_id if row.holding else row.seat_id or row.name
        persons[row.meeting_id][who or row.pk] = role.organisation_id if role else ""
        if row.holding_id:
            holdings[row.meeting_id].add(row.holding_id)
    return {pk: (_by(found.values()), frozenset(holdings[pk])) for pk, found in persons.items()}


def _came(ids: Collection[str]) -> Found:
    rows = Enrolment.objects.filter(event__meeting__in=ids, was_there=True).select_related("event", "holding__role")
    persons: dict[str, dict[str, str]] = defaultdict(dict)
    holdings: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        persons[row.event.meeting_id][row.holding.person_id] = row.holding.role.organisation_id
        holdings[row.event.meeting_id].add(row.holding_id)
    return {pk: (_by(found.values()), frozenset(holdings[pk])) for pk, found in persons.items()}


def _called(meetings: Sequence[Meeting]) -> Found:
    """One person for each seat that was held on the day, whoever held it."""
    seats = Seat.objects.filter(forum__in={meeting.forum_id for meeting in meetings}).select_related("role")
    by_forum: dict[str, list[Seat]] = defaultdict(list)
    for seat in seats:
        by_forum[seat.forum_id].append(seat)
    held: dict[str, list[Holding]] = defaultdict(list)
    for holding in Holding.objects.filter(role__in={seat.role_id for seat in seats}).order_by("valid_from", "pk"):
        held[holding.role_id].append(holding)
    found: Found = {}
    for meeting in meetings:
        on = clock.day(meeting.starts_at)
        sitting = [s for s in by_forum[meeting.forum_id] if s.valid_from <= on and (s.valid_to is None or s.valid_to > on)]
        running = {
            seat.pk: [h for h in held[seat.role_id] if h.valid_from <= on and (h.valid_to is None or h.valid_to > on)]
            for seat in sitting
        }
        counted = [seat.role.organisation_id for seat in sitting if running[seat.pk] and seat.task != STANDS_IN]
        found[meeting.pk] = (_by(counted), frozenset(h.pk for rows in running.values() for h in rows))
    return found


def _by(organisations: Collection[str]) -> dict[str, int]:
    found: dict[str, int] = defaultdict(int)
    for each in organisations:
        found[each] += 1
    return dict(sorted(found.items()))
