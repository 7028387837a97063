"""Goals as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest
from ninja import Status

from samordna.api import collaboration_shapes as shapes
from samordna.api.foundation import PROBLEMS, Operations, actor_of
from samordna.core import clock
from samordna.domain.collaborations import operations
from samordna.domain.collaborations.queries.goals import GoalsPage, goals_page

if TYPE_CHECKING:
    from samordna.domain.collaborations.models import Goal

router = Operations(tags=["Collaborations"])


@router.get("/collaborations/{collaboration_id}/goals", response={200: shapes.GoalsOut, **PROBLEMS})
def read_goals(request: HttpRequest, collaboration_id: str) -> GoalsPage:
    """The goals with what they were before."""
    return goals_page(actor_of(request), collaboration_id, clock.now())


@router.post("/collaborations/{collaboration_id}/goals", response={201: shapes.Made, **PROBLEMS})
def create_goal(request: HttpRequest, collaboration_id: str, body: shapes.GoalIn) -> Status[Goal]:
    """Set a goal; 422 says field by field what keeps it from being measurable."""
    return Status(201, operations.set_goal(actor=actor_of(request), collaboration_id=collaboration_id, **body.dict()))


@router.post("/goals/{goal_id}/revise", response={201: shapes.Made, **PROBLEMS})
def revise_goal(request: HttpRequest, goal_id: str, body: shapes.RevisedGoalIn) -> Status[Goal]:
    """Replace the goal by a new one; the old one is kept."""
    return Status(201, operations.revise_goal(actor=actor_of(request), goal_id=goal_id, **body.dict()))


@router.post("/goals/{goal_id}/end", response={200: shapes.Made, **PROBLEMS})
def end_goal(request: HttpRequest, goal_id: str, body: shapes.ReasonIn) -> Goal:
    """Stop working for the goal."""
    return operations.end_goal(actor=actor_of(request), goal_id=goal_id, reason=body.reason)
