"""What is to be done after meetings: of a meeting, of a forum, of a role, and what is late."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Q, QuerySet

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.domain.forums.models import Meeting
from samordna.domain.organisations.models import Holding
from samordna.domain.proceedings.access import action_point_for, answers_for, visible_points
from samordna.domain.proceedings.enums import ActionState, Step
from samordna.domain.proceedings.models import ActionPoint
from samordna.domain.proceedings.queries.rows import PointRow, StepRow

OPEN_OF_FORUM, ENDED_OF_FORUM = 50, 5
"""So many are listed on the forum's page; the rest is counted."""
RELATED = ("meeting__forum", "owner_role__organisation")


def points_of_meeting(actor: Actor, meeting: Meeting, at: datetime, *, keeps: bool) -> tuple[PointRow, ...]:
    """What was noted at the meeting, in the order it was noted: one query."""
    found = meeting.action_points.select_related(*RELATED).order_by("noted_at", "pk")
    return tuple(point_row(point, at, own=keeps or point.owner_role_id == actor.role_id) for point in found)


def points_waiting(actor: Actor, at: datetime) -> tuple[PointRow, ...]:
    """What the actor's own role is to do, the nearest day first."""
    found = _open(visible_points(actor, at).filter(owner_role_id=actor.role_id)) if actor.role_id else ()
    return tuple(point_row(point, at, own=True) for point in found)


@dataclass(frozen=True, slots=True, kw_only=True)
class ForumPoints:
    """What a forum has decided that somebody is to do. `running`: what is open, the nearest day first; `ended`: the latest
    of what is done or dropped; `total`: how many are open; `many`: how many have ended."""

    running: tuple[PointRow, ...]
    ended: tuple[PointRow, ...]
    total: int
    many: int

    @property
    def late(self) -> int:
        """How many of those that are shown are late."""
        return sum(1 for row in self.running if row.late)


def points_of_forum(actor: Actor, forum_id: str, at: datetime) -> ForumPoints:
    """What is to be done after the forum's meetings: three queries, however many there are."""
    found = visible_points(actor, at).filter(meeting__forum_id=forum_id)
    over = found.exclude(state=ActionState.OPEN).select_related(*RELATED)
    running, ended = list(_open(found)[:OPEN_OF_FORUM]), list(over.order_by("-ended_at", "-pk")[:ENDED_OF_FORUM])
    goes_on = Q(state=ActionState.OPEN)
    counted = found.order_by().aggregate(running=Count("pk", filter=goes_on), ended=Count("pk", filter=~goes_on))
    return ForumPoints(
        running=tuple(point_row(point, at, own=point.owner_role_id == actor.role_id) for point in running),
        ended=tuple(point_row(point, at, own=False) for point in ended),
        total=counted["running"],
        many=counted["ended"],
    )


def late_points(actor: Actor, collaboration_ids: Collection[str], at: datetime) -> tuple[PointRow, ...]:
    """What should have been done by now, in the forums of these collaborations, as far as the actor may read them."""
    owned = {"meeting__forum__ownerships__collaboration_id__in": list(collaboration_ids)}
    running = {"meeting__forum__ownerships__ended_at__isnull": True, "due_on__lt": clock.day(at)}
    found = _open(visible_points(actor, at).filter(**owned, **running).distinct())
    return tuple(point_row(point, at, own=point.owner_role_id == actor.role_id) for point in found)


def _open(found: QuerySet[ActionPoint]) -> QuerySet[ActionPoint]:
    return (
        found.filter(state=ActionState.OPEN)
        .select_related(*RELATED)
        .order_by(F("due_on").asc(nulls_last=True), "noted_at", "pk")
    )


def one_point(actor: Actor, point_id: str, at: datetime) -> PointRow:
    """One of them."""
    point = action_point_for(actor, point_id, at)
    return point_row(point, at, own=answers_for(actor, point, at))


def steps_of(actor: Actor, point_id: str, at: datetime) -> tuple[StepRow, ...]:
    """What has been done with it, the first first: two queries."""
    point = action_point_for(actor, point_id, at)
    found = list(point.steps.select_related("from_role__organisation").order_by("taken_at", "pk"))
    cast = {step.taken_by_id for step in found if step.taken_by_id}
    names = {held.pk: held.known_as for held in Holding.objects.filter(pk__in=cast).named()} if cast else {}
    return tuple(
        StepRow(
            label=str(Step(step.step).label),
            note=step.note,
            from_role=f"{step.from_role.name}, {step.from_role.organisation.short_name}" if step.from_role else "",
            who=names.get(step.taken_by_id or "", ""),
            at=step.taken_at,
        )
        for step in found
    )


def point_row(point: ActionPoint, at: datetime, *, own: bool) -> PointRow:
    """A row of it; its meeting, forum, role and organisation fetched with it."""
    is_open = point.state == ActionState.OPEN
    return PointRow(
        id=point.pk,
        meeting_id=point.meeting_id,
        meeting_on=point.meeting.starts_at,
        forum_id=point.meeting.forum_id,
        forum=point.meeting.forum.name,
        item_id=point.item_id or "",
        what=point.what,
        owner_role_id=point.owner_role_id,
        owner=f"{point.owner_role.name}, {point.owner_role.organisation.short_name}",
        due_on=point.due_on,
        late=is_open and point.due_on is not None and point.due_on < clock.day(at),
        state=point.state,
        state_label=str(ActionState(point.state).label),
        ended_note=point.ended_note,
        own=own,
    )
