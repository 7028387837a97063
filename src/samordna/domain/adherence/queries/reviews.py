"""When a decision is looked back at, what that rests on, and what earlier reviews came to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from samordna.domain.adherence.models import Experience, Review
from samordna.domain.decisions.models import DecisionVersion

AHEAD = timedelta(days=14)
"""So long before its day the coordinator is told of a review."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """One review as others read it. `experiences` is how many had been told by then."""

    version: int
    outcome: str
    label: str
    conclusion: str
    experiences: int
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


def _reviewed(row: Review) -> Reviewed:
    return Reviewed(
        version=row.version.number,
        outcome=row.outcome,
        label=row.get_outcome_display(),
        conclusion=row.conclusion,
        experiences=len(row.seen["experiences"]),
        next_on=row.next_on,
        at=row.reviewed_at,
        person=row.reviewed_by.person.name,
        role=row.reviewed_by.role.name,
    )
