"""What those who were at the meetings thought, together; what was changed; and who has not said anything yet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.refusals import refusal_of
from samordna.domain.collaborations.queries.crowd import Crowd, Found
from samordna.domain.forums.access import RAISE, forum_for, meeting_for, prepares
from samordna.domain.forums.models import Meeting, Ownership
from samordna.domain.organisations.waiting import Waiting, WaitingKind
from samordna.domain.worth.asking import why_not_checked
from samordna.domain.worth.attending import HELD, there_at
from samordna.domain.worth.limits import OPEN_FOR
from samordna.domain.worth.models import Changed, Check
from samordna.domain.worth.rules import Asked, Group, Said, grouped, waiting

MOST = 200
"""So many of the latest groups of a forum's meetings, and of what was changed, are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedRow:
    """What was changed, and when it was told."""

    text: str
    told_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WorthPage:
    """A forum's trend, the latest first. `hidden`: answers that are not shown yet; `lines`: may the reader see them?"""

    forum_id: str
    forum: str
    groups: tuple[Group, ...]
    hidden: int
    lines: bool
    changes: tuple[ChangedRow, ...]
    preparing: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckPage:
    """The check of one meeting, with what the actor has answered. `refused`: why it cannot be answered, or ""."""

    meeting_id: str
    meeting: str
    on: datetime
    forum_id: str
    forum: str
    worth: str
    decided: str
    change: str
    refused: str


def worth_page(actor: Actor, forum_id: str, at: datetime) -> WorthPage:
    """What those who were there have thought of the forum's meetings: those who take part read it all, and whoever only
    reads the forum sees the figures alone."""
    forum = forum_for(actor, forum_id, at=at)
    asked = _asked(forum.pk, at)
    lines = not refusal_of(forum_for, actor, forum_id, RAISE, at)
    changes = Changed.objects.filter(forum=forum)[:MOST]
    return WorthPage(
        forum_id=forum.pk,
        forum=forum.name,
        groups=tuple(reversed(list(grouped(asked))))[:MOST],
        hidden=waiting(asked),
        lines=lines,
        changes=tuple(ChangedRow(text=row.text, told_at=row.told_at) for row in changes),
        preparing=prepares(actor, forum, at),
    )


def check_page(actor: Actor, meeting_id: str, at: datetime) -> CheckPage:
    """The check of one meeting, for the one who is to answer it."""
    meeting = meeting_for(actor, meeting_id, at=at)
    own = Check.objects.filter(meeting=meeting, holding__person_id=actor.person_id).first()
    refused = refusal_of(meeting_for, actor, meeting_id, RAISE, at) or why_not_checked(actor, meeting, at)
    return CheckPage(
        meeting_id=meeting.pk,
        meeting=meeting.title or meeting.forum.name,
        on=meeting.starts_at,
        forum_id=meeting.forum_id,
        forum=meeting.forum.name,
        worth=own.worth if own else "",
        decided=own.decided if own else "",
        change=own.change if own else "",
        refused=refused,
    )


def _asked(forum_id: str, at: datetime) -> list[Asked]:
    """All that have been held, in the order in which their checks close: a part of them would make other groups."""
    held = Meeting.objects.filter(forum=forum_id, state__in=HELD)
    meetings = sorted(held, key=lambda meeting: (meeting.held_at or meeting.ends_at, meeting.pk))
    said: dict[str, list[Said]] = defaultdict(list)
    who: dict[str, set[str]] = defaultdict(set)
    for row in Check.objects.filter(meeting__forum=forum_id, meeting__state__in=HELD).select_related("holding"):
        said[row.meeting_id].append(Said(worth=row.worth, decided=row.decided, change=row.change))
        who[row.meeting_id].add(row.holding.person_id)
    return [
        Asked(
            on=clock.day(meeting.starts_at),
            answers=tuple(said[meeting.pk]),
            persons=frozenset(who[meeting.pk]),
            closed=at > (meeting.held_at or meeting.ends_at) + OPEN_FOR,
        )
        for meeting in meetings
    ]


def waiting_in(crowd: Crowd, at: datetime) -> Iterator[Found]:
    """For each who was at a meeting of the last week and has not said what it was worth: a minute's check."""
    since = at - OPEN_FOR
    taking_part = {pk for parts in crowd.taking_part.values() for pk in parts} | set(crowd.coordinated)
    owned = Ownership.objects.filter(collaboration__in=taking_part, accepted_at__isnull=False, ended_at__isnull=True)
    held = Meeting.objects.filter(forum__in=owned.values("forum_id"), state__in=HELD, held_at__gt=since)
    meetings = list(held.select_related("forum").order_by("starts_at", "pk"))
    if not meetings:
        return
    there = there_at(meetings)
    acting = {actor.holding_id: actor for actor in crowd.actors}
    answered = set(Check.objects.filter(meeting__in=meetings).values_list("meeting_id", "holding__person_id"))
    for meeting in meetings:
        for holding_id in sorted(there[meeting.pk].holdings & {pk for pk in acting if pk}):
            actor = acting[holding_id]
            if (meeting.pk, actor.person_id) not in answered:
                yield actor, _item(meeting)


def _item(meeting: Meeting) -> Waiting:
    return Waiting(
        kind=WaitingKind.CONSULT,
        what=_("Say in a minute whether the meeting was worth it"),
        about=meeting.title or meeting.forum.name,
        collaboration=meeting.forum.name,
        url_name="check_meeting",
        url_args=(meeting.pk,),
        due=clock.day((meeting.held_at or meeting.ends_at) + OPEN_FOR),
    )
