"""A collaboration's goals as pages, the API and agreements show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from samordna.core.actor import Actor
from samordna.domain.collaborations.access import collaboration_for, goal_for
from samordna.domain.collaborations.enums import Direction, GoalKind
from samordna.domain.collaborations.models import Collaboration, Goal
from samordna.domain.collaborations.phrases import aim_sentence, figure


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalRow:
    """A goal. `aim` is its figures as a sentence; `earlier` what it was before, the latest first."""

    id: str
    what: str
    kind: str
    kind_label: str
    indicator: str
    unit: str
    direction: str
    direction_label: str
    source: str
    baseline: Decimal
    baseline_on: date
    target: Decimal
    target_on: date
    aim: str
    baseline_text: str
    target_text: str
    set_at: datetime
    ended_at: datetime | None
    ended_reason: str
    earlier: tuple[GoalRow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalsPage:
    """The goals that are worked for, and those that have ended without being replaced."""

    collaboration_id: str
    collaboration: str
    goals: tuple[GoalRow, ...]
    ended: tuple[GoalRow, ...]


def goals_page(actor: Actor, collaboration_id: str, at: datetime) -> GoalsPage:
    """All goals with their history; one query beside the right, whatever their number."""
    given = collaboration_for(actor, collaboration_id, at=at)
    rows = goals_of(given)
    return GoalsPage(
        collaboration_id=given.pk,
        collaboration=given.name,
        goals=tuple(row for row in rows if row.ended_at is None),
        ended=tuple(row for row in rows if row.ended_at is not None),
    )


def goals_of(given: Collaboration) -> tuple[GoalRow, ...]:
    """The latest row of every goal, with the earlier ones of its chain inside it; by day to be reached by."""
    stored = {goal.pk: goal for goal in Goal.objects.filter(collaboration=given)}
    replaced = {goal.replaces_id for goal in stored.values()}
    latest = [goal for key, goal in stored.items() if key not in replaced]
    ordered = sorted(latest, key=lambda goal: (goal.target_on, goal.what, goal.pk))
    return tuple(_row(goal, tuple(_chain(stored, goal))) for goal in ordered)


def _chain(stored: dict[str, Goal], goal: Goal) -> Iterable[GoalRow]:
    key = goal.replaces_id
    while key is not None:
        yield _row(stored[key])
        key = stored[key].replaces_id


def goal_row(actor: Actor, goal_id: str, at: datetime) -> tuple[Collaboration, GoalRow]:
    """One goal with its collaboration."""
    goal = goal_for(actor, goal_id, at=at)
    return goal.collaboration, _row(goal)


def _row(goal: Goal, earlier: tuple[GoalRow, ...] = ()) -> GoalRow:
    plain = ("what", "kind", "indicator", "unit", "direction", "source", "baseline", "baseline_on", "target", "target_on")
    return GoalRow(
        id=goal.pk,
        kind_label=str(GoalKind(goal.kind).label),
        direction_label=str(Direction(goal.direction).label),
        aim=aim_sentence(goal.direction, goal.baseline, goal.target, goal.unit, goal.target_on),
        baseline_text=f"{figure(goal.baseline)} {goal.unit}",
        target_text=f"{figure(goal.target)} {goal.unit}",
        set_at=goal.set_at,
        ended_at=goal.ended_at,
        ended_reason=goal.ended_reason,
        earlier=earlier,
        **{name: getattr(goal, name) for name in plain},
    )
