"""Reminders before meetings: the last day for items, for those who may raise them; the day to call, for who prepares."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from samordna.core import clock
from samordna.domain.forums.enums import AHEAD, MeetingState, Raising
from samordna.domain.forums.limits import LONGEST_DEADLINE
from samordna.domain.forums.models import Meeting, Ownership, Routine
from samordna.domain.forums.rules import holding_on, last_day
from samordna.domain.notices.enums import About
from samordna.domain.notices.limits import FURTHEST_REMINDER, USUAL_REMINDERS
from samordna.domain.notices.meetings import of_forums, preparers_of
from samordna.domain.notices.models import Notice
from samordna.domain.notices.rules import rule_for
from samordna.domain.notices.spreading import once_each, running

Rules = Mapping[str, Sequence[int]]


def meetings_due(rules: Rules, at: datetime) -> Iterator[Notice]:
    """The day's reminders, the nearest rule once; of a forum with several owners, the first one's rule holds."""
    today = clock.day(at)
    soon = at + timedelta(days=FURTHEST_REMINDER + LONGEST_DEADLINE)
    ahead = Meeting.objects.filter(state__in=AHEAD, starts_at__gte=at, starts_at__lte=soon)
    found = list(ahead.order_by("starts_at", "pk"))
    owners = _owners({row.forum_id for row in found})
    routines = _routines({row.forum_id for row in found})
    for meeting in found:
        on = clock.day(meeting.starts_at)
        routine, owner = holding_on(routines.get(meeting.forum_id, []), on), owners.get(meeting.forum_id, "")
        for name, days in _waited(meeting, routine):
            due = last_day(on, days)
            used = rule_for(rules.get(owner, USUAL_REMINDERS), (due - today).days)
            if used is not None:
                yield from _notices(name, meeting, due, used, at)


def _waited(meeting: Meeting, routine: Routine | None) -> Iterator[tuple[str, int]]:
    """What has a last day before the meeting, and how many days before."""
    if routine is not None and routine.items_days and routine.raising != Raising.PREPARERS:
        yield "items_due", routine.items_days
    if meeting.state == MeetingState.PLANNED:
        yield "call_due", routine.call_days if routine else 0


def _notices(name: str, meeting: Meeting, due: date, used: int, at: datetime) -> Iterator[Notice]:
    on = clock.day(at)
    those = preparers_of if name == "call_due" else lambda forums, held: of_forums(forums, held, on)
    for holding in once_each(those([meeting.forum_id], running(on))):
        yield Notice(
            key=f"{name}:{meeting.pk}:{due}:{used}:{holding.person_id}",
            person_id=holding.person_id,
            role_id=holding.role_id,
            kind=name,
            about=str(About.MEETING),
            about_id=meeting.pk,
            due=due,
            at=at,
            made_at=at,
        )


def _owners(forum_ids: set[str]) -> dict[str, str]:
    running_ones = Ownership.objects.filter(forum_id__in=forum_ids, ended_at__isnull=True, accepted_at__isnull=False)
    found: dict[str, str] = {}
    for forum_id, collaboration_id in running_ones.order_by("asked_at", "pk").values_list("forum_id", "collaboration_id"):
        found.setdefault(str(forum_id), str(collaboration_id))
    return found


def _routines(forum_ids: set[str]) -> dict[str, list[Routine]]:
    found: dict[str, list[Routine]] = {}
    for row in Routine.objects.filter(forum_id__in=forum_ids).order_by("starts_on", "number"):
        found.setdefault(row.forum_id, []).append(row)
    return found
