"""When a decision is looked back at, what that rests on, and what earlier reviews came to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from samordna.core.actor import Actor
from samordna.domain.adherence.models import Experience, Review
from samordna.domain.adherence.queries.own_work import Work, by_goal, own_work_in
from samordna.domain.collaborations.models import Collaboration
from samordna.domain.collaborations.phrases import aim_sentence
from samordna.domain.collaborations.queries.goals import GoalRow, goals_of
from samordna.domain.decisions.models import DecisionVersion

AHEAD = timedelta(days=14)
"""So long before its day the coordinator is told of a review."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalSeen:
    """A goal of the collaboration as it stood at a review. `aim`: its figures as a sentence; `own_work`: how many told."""

    what: str
    indicator: str
    unit: str
    baseline: Decimal
    target: Decimal
    target_on: date
    aim: str
    own_work: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """One review as others read it. `experiences` is how many had been told by then, `goals` what was worked for."""

    version: int
    outcome: str
    label: str
    conclusion: str
    experiences: int
    goals: tuple[GoalSeen, ...]
    next_on: date | None
    at: datetime
    person: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewPlan:
    """The reviews of a decision, the latest first, the day of the next, and how many experiences have come since."""

    reviews: tuple[Reviewed, ...]
    due: date | None
    fresh: int

    def is_due(self, today: date) -> bool:
        """Has the day come, or is it near?"""
        return self.due is not None and self.due <= today + AHEAD


def review_plan(version: DecisionVersion) -> ReviewPlan:
    """The plan of the version's decision; two queries."""
    rows = list(
        Review.objects.filter(version__decision_id=version.decision_id)
        .select_related("version", "reviewed_by__person", "reviewed_by__role")
        .order_by("-reviewed_at", "-pk")
    )
    told = Experience.objects.filter(version__decision_id=version.decision_id)
    seen = rows[0].seen["experiences"] if rows else []
    return ReviewPlan(
        reviews=tuple(_reviewed(row) for row in rows),
        due=due_on(version, [row for row in rows if row.version_id == version.pk]),
        fresh=told.exclude(pk__in=seen).count(),
    )


def due_on(version: DecisionVersion, reviews: Sequence[Review]) -> date | None:
    """The day on which the version is to be looked back at: as the latest review said, or as it was decided."""
    return reviews[0].next_on if reviews else version.review_on


def goals_for_review(actor: Actor, given: Collaboration, at: datetime) -> tuple[tuple[GoalRow, tuple[Work, ...]], ...]:
    """What the collaboration works for now, with the own work that has been told for each goal; three queries."""
    told = by_goal(own_work_in(actor, given.pk, at))
    return tuple((goal, tuple(told.get(goal.id, ()))) for goal in goals_of(given) if goal.ended_at is None)


def goals_kept(actor: Actor, given: Collaboration, at: datetime) -> list[dict[str, Any]]:
    """The same as a review keeps it: the figures of that day, and which own work had been told."""
    return [
        {
            "goal": goal.id,
            "what": goal.what,
            "indicator": goal.indicator,
            "unit": goal.unit,
            "direction": goal.direction,
            "baseline": str(goal.baseline),
            "target": str(goal.target),
            "target_on": goal.target_on.isoformat(),
            "own_work": [work.id for work in works],
        }
        for goal, works in goals_for_review(actor, given, at)
    ]


def _seen(kept: dict[str, Any]) -> GoalSeen:
    baseline, target, day = Decimal(kept["baseline"]), Decimal(kept["target"]), date.fromisoformat(kept["target_on"])
    return GoalSeen(
        what=kept["what"],
        indicator=kept["indicator"],
        unit=kept["unit"],
        baseline=baseline,
        target=target,
        target_on=day,
        aim=aim_sentence(kept["direction"], baseline, target, kept["unit"], day),
        own_work=len(kept["own_work"]),
    )


def _reviewed(row: Review) -> Reviewed:
    return Reviewed(
        version=row.version.number,
        outcome=row.outcome,
        label=row.get_outcome_display(),
        conclusion=row.conclusion,
        experiences=len(row.seen["experiences"]),
        goals=tuple(_seen(kept) for kept in row.seen.get("goals", [])),
        next_on=row.next_on,
        at=row.reviewed_at,
        person=row.reviewed_by.person.name,
        role=row.reviewed_by.role.name,
    )
