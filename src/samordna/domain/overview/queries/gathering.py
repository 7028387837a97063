"""How meetings are looked after in what somebody coordinates: forums without a meeting ahead, meetings to call, meetings
without an agenda, held ones without minutes, and what has not been done after them by its day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from samordna.core import clock
from samordna.domain.forums.enums import AHEAD, ItemState, MeetingState, Rhythm
from samordna.domain.forums.models import Forum, Item, Meeting, Ownership, Routine
from samordna.domain.forums.rules import holding_on, last_day
from samordna.domain.proceedings.enums import ActionState
from samordna.domain.proceedings.models import ActionPoint

SOON = timedelta(days=14)
LOOKED_BACK = timedelta(days=365)


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """A forum, or a meeting of it on a day."""

    forum_id: str
    meeting_id: str
    name: str
    on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """What was to be done after a meeting, by which role and by when."""

    id: str
    what: str
    role: str
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathering:
    """What to see to, the nearest first."""

    idle: tuple[Met, ...]
    to_call: tuple[Met, ...]
    empty: tuple[Met, ...]
    unminuted: tuple[Met, ...]
    undone: tuple[Undone, ...]

    @property
    def quiet(self) -> bool:
        """Is there nothing to see to?"""
        return not (self.idle or self.to_call or self.empty or self.unminuted or self.undone)


def gathering_in(collaboration_ids: Collection[str], at: datetime) -> Gathering:
    """What there is to see to in forums that these collaborations own; six queries."""
    running = Ownership.objects.filter(collaboration_id__in=collaboration_ids, ended_at__isnull=True)
    own = running.filter(accepted_at__isnull=False, forum=OuterRef("pk"))
    forums = Forum.objects.filter(Exists(own), closed_on__isnull=True)
    ahead = Meeting.objects.filter(forum=OuterRef("pk"), state__in=AHEAD)
    idle = forums.exclude(rhythm=Rhythm.WHEN_NEEDED).exclude(Exists(ahead)).order_by("name", "pk")
    coming = _coming(forums.values_list("pk", flat=True), at)
    filled = _with_items(coming)
    routines = _routines({meeting.forum_id for meeting in coming})
    held = Meeting.objects.filter(forum__in=forums.values("pk"), state=MeetingState.HELD, starts_at__gt=at - LOOKED_BACK)
    return Gathering(
        idle=tuple(Met(forum_id=row.pk, meeting_id="", name=row.name, on=None) for row in idle),
        to_call=tuple(_met(row) for row in coming if _is_to_be_called(row, routines[row.forum_id], at)),
        empty=tuple(_met(row) for row in coming if row.pk not in filled and row.starts_at <= at + SOON),
        unminuted=tuple(_met(row) for row in held.select_related("forum").order_by("-starts_at", "pk")),
        undone=_undone(forums.values("pk"), at),
    )


def _undone(forums: QuerySet[Forum, Any], at: datetime) -> tuple[Undone, ...]:
    late = ActionPoint.objects.filter(meeting__forum__in=forums, state=ActionState.OPEN, due_on__lt=clock.day(at))
    rows = late.select_related("owner_role").order_by("due_on", "pk")
    return tuple(
        Undone(id=row.pk, what=row.what, role=row.owner_role.name, due_on=row.due_on) for row in rows if row.due_on
    )


def _coming(forums: QuerySet[Forum, str], at: datetime) -> list[Meeting]:
    rows = Meeting.objects.filter(forum__in=forums, state__in=AHEAD, ends_at__gte=at)
    return list(rows.select_related("forum").order_by("starts_at", "pk"))


def _with_items(meetings: Sequence[Meeting]) -> set[str]:
    live = Item.objects.filter(meeting__in=meetings).exclude(state__in=[ItemState.WITHDRAWN, ItemState.CARRIED])
    return set(live.values_list("meeting_id", flat=True))


def _routines(forum_ids: Collection[str]) -> dict[str, list[Routine]]:
    found: dict[str, list[Routine]] = defaultdict(list)
    for row in Routine.objects.filter(forum__in=forum_ids).order_by("starts_on", "number"):
        found[row.forum_id].append(row)
    return found


def _is_to_be_called(meeting: Meeting, routines: Sequence[Routine], at: datetime) -> bool:
    """Is its day to call less than a week away, or has it passed?"""
    if meeting.state != MeetingState.PLANNED:
        return False
    on = clock.day(meeting.starts_at)
    routine = holding_on(routines, on)
    return last_day(on, routine.call_days if routine else 0) <= clock.day(at) + timedelta(days=7)


def _met(row: Meeting) -> Met:
    return Met(forum_id=row.forum_id, meeting_id=row.pk, name=row.title or row.forum.name, on=clock.day(row.starts_at))
