"""What the last meeting left: its minutes, and what is still to be done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.utils.translation import override, pgettext

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.domain.forums.access import meeting_for
from samordna.domain.forums.enums import AHEAD, ItemState, MeetingState
from samordna.domain.forums.models import Meeting
from samordna.domain.minutes.access import visible_minutes
from samordna.domain.minutes.models import Minutes
from samordna.domain.proceedings.enums import ActionState
from samordna.domain.proceedings.models import ActionPoint

MOST_LEFT = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftRow:
    """Something that is still to be done. `late`: its day has passed."""

    what: str
    who: str
    due: date | None
    late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LastTime:
    """The meeting before this one. `state_label`: of its minutes, "" where none are there to read; `left`: of the whole
    forum, the nearest day first. `suggested`: what its minutes are called on an agenda, "" where they are there."""

    meeting_id: str
    on: date | None
    state_label: str
    left: tuple[LeftRow, ...]
    suggested: str


def last_time(actor: Actor, meeting_id: str, at: datetime) -> LastTime:
    """What comes up by itself at a meeting: the minutes of the one before, and what is still to be done in the forum."""
    meeting = meeting_for(actor, meeting_id, at=at)
    minutes = minutes_before(actor, meeting, at)
    before = minutes.meeting if minutes else None
    rows = ActionPoint.objects.filter(
        meeting__forum_id=meeting.forum_id, meeting__starts_at__lt=meeting.starts_at, state=ActionState.OPEN
    ).select_related("owner_role__organisation")
    return LastTime(
        meeting_id=before.pk if before else "",
        on=clock.day(before.starts_at) if before else None,
        state_label=minutes.get_state_display() if minutes else "",
        left=tuple(_left(point, clock.day(at)) for point in rows.order_by("due_on", "noted_at", "pk")[:MOST_LEFT]),
        suggested=_suggested(meeting) if before else "",
    )


def _suggested(meeting: Meeting) -> str:
    """The title under which the last minutes come up first, if the agenda does not have them, in any language."""
    if meeting.state not in AHEAD:
        return ""
    names = []
    for language, _name in settings.LANGUAGES:
        with override(language):
            names.append(pgettext("item", "Last minutes"))
    there = meeting.items.filter(title__in=names, state__in=[ItemState.OPEN, ItemState.DONE])
    return "" if there.exists() else pgettext("item", "Last minutes")


def minutes_before(actor: Actor, meeting: Meeting, at: datetime) -> Minutes | None:
    """The minutes of the nearest meeting before, of those that the actor may read."""
    earlier = Meeting.objects.filter(
        forum_id=meeting.forum_id,
        starts_at__lt=meeting.starts_at,
        state__in=[MeetingState.HELD, MeetingState.MINUTED],
    )
    found = visible_minutes(actor, at).filter(meeting__in=earlier).select_related("meeting__forum")
    return found.order_by("-meeting__starts_at", "pk").first()


def _left(point: ActionPoint, today: date) -> LeftRow:
    return LeftRow(
        what=point.what,
        who=f"{point.owner_role.name}, {point.owner_role.organisation.name}",
        due=point.due_on,
        late=point.due_on is not None and point.due_on < today,
    )
