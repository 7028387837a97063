"""Own work that helps common goals: by goal, and by organisation."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from samordna.core.actor import Actor
from samordna.domain.adherence.models import OwnWork
from samordna.domain.collaborations.access import collaboration_for, visible_collaborations
from samordna.domain.collaborations.models import Goal


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One organisation's own work for a goal. `own`: it is the reader's organisation's."""

    id: str
    goal_id: str
    goal: str
    collaboration_id: str
    collaboration: str
    organisation_id: str
    organisation: str
    own: bool
    what: str
    how: str


def own_work_in(actor: Actor, collaboration_id: str, at: datetime) -> tuple[Work, ...]:
    """All own work for the goals of a collaboration, one's own first; what was told for a revised goal follows it."""
    given = collaboration_for(actor, collaboration_id, at=at)
    rows = OwnWork.objects.filter(goal__collaboration=given, ended_at__isnull=True)
    heirs = dict(Goal.objects.filter(collaboration=given, replaces__isnull=False).values_list("replaces_id", "pk"))
    found = [_work(row, actor, heirs) for row in rows.select_related("goal__collaboration", "organisation")]
    return tuple(sorted(found, key=lambda work: (not work.own, work.organisation, work.what, work.id)))


def own_work_by(actor: Actor, at: datetime) -> tuple[Work, ...]:
    """What the actor's own organisation does for goals in the collaborations that it may read."""
    rows = OwnWork.objects.filter(
        organisation_id=actor.organisation_id,
        ended_at__isnull=True,
        goal__collaboration__in=visible_collaborations(actor, at),
    )
    related = rows.select_related("goal__collaboration", "organisation")
    return tuple(_work(row, actor, {}) for row in related.order_by("goal__collaboration__name", "stated_at", "pk"))


def by_goal(works: tuple[Work, ...]) -> dict[str, list[Work]]:
    """The works, by the goal that they are for now."""
    found: dict[str, list[Work]] = defaultdict(list)
    for work in works:
        found[work.goal_id].append(work)
    return dict(found)


def _work(row: OwnWork, actor: Actor, heirs: dict[str, str]) -> Work:
    goal = row.goal_id
    while goal in heirs:
        goal = heirs[goal]
    return Work(
        id=row.pk,
        goal_id=goal,
        goal=row.goal.what,
        collaboration_id=row.goal.collaboration_id,
        collaboration=row.goal.collaboration.name,
        organisation_id=row.organisation_id,
        organisation=row.organisation.name,
        own=row.organisation_id == actor.organisation_id,
        what=row.what,
        how=row.how,
    )
