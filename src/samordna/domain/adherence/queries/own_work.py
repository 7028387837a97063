"""Own work that helps common goals: by goal, and by organisation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.domain.adherence.models import OwnWork
from samordna.domain.collaborations.access import collaboration_for, visible_collaborations
from samordna.domain.collaborations.models import Goal, Participation


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
    parties = Participation.objects.on(clock.day(at)).filter(collaboration=given)
    rows = OwnWork.objects.filter(goal__collaboration=given, organisation_id__in=parties.values("organisation_id"))
    found = _works(rows, actor)
    return tuple(sorted(found, key=lambda work: (not work.own, work.organisation, work.what, work.id)))


def own_work_by(actor: Actor, at: datetime) -> tuple[Work, ...]:
    """What the actor's own organisation does for goals in the collaborations that it takes part in and may read."""
    parties = Participation.objects.on(clock.day(at)).filter(organisation_id=actor.organisation_id)
    rows = OwnWork.objects.filter(
        organisation_id=actor.organisation_id,
        goal__collaboration__in=visible_collaborations(actor, at),
        goal__collaboration_id__in=parties.values("collaboration_id"),
    )
    return tuple(_works(rows.order_by("goal__collaboration__name", "stated_at", "pk"), actor))


def by_goal(works: tuple[Work, ...]) -> dict[str, list[Work]]:
    """The works, by the goal that they are for now."""
    found: dict[str, list[Work]] = defaultdict(list)
    for work in works:
        found[work.goal_id].append(work)
    return dict(found)


def _works(rows: QuerySet[OwnWork], actor: Actor) -> list[Work]:
    """What is still done, each for the goal that its goal has become, where that is still worked for."""
    kept = list(rows.filter(ended_at__isnull=True).select_related("goal__collaboration", "organisation"))
    among = {row.goal.collaboration_id for row in kept}
    goals = Goal.objects.filter(collaboration_id__in=among, replaces__isnull=False)
    heirs = {str(goal.replaces_id): goal for goal in goals}
    living = [(row, _heir(row.goal, heirs)) for row in kept]
    return [_work(row, goal, actor) for row, goal in living if goal.ended_at is None]


def _heir(goal: Goal, heirs: Mapping[str, Goal]) -> Goal:
    """The goal that this one has become; a goal that has not been revised is its own."""
    while goal.pk in heirs:
        goal = heirs[goal.pk]
    return goal


def _work(row: OwnWork, goal: Goal, actor: Actor) -> Work:
    return Work(
        id=row.pk,
        goal_id=goal.pk,
        goal=goal.what,
        collaboration_id=row.goal.collaboration_id,
        collaboration=row.goal.collaboration.name,
        organisation_id=row.organisation_id,
        organisation=row.organisation.name,
        own=row.organisation_id == actor.organisation_id,
        what=row.what,
        how=row.how,
    )
