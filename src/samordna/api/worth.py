"""What meetings cost and whether they were worth it, as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest
from ninja import Status

from samordna.api import worth_shapes as shapes
from samordna.api.foundation import PROBLEMS, Operations, actor_of
from samordna.core import clock
from samordna.domain.worth import operations
from samordna.domain.worth.queries.checks import WorthPage, worth_page
from samordna.domain.worth.queries.costs import ForumCost, forum_cost

if TYPE_CHECKING:
    from samordna.domain.worth.models import Changed, Check

router = Operations(tags=["Forums"])


@router.get("/forums/{forum_id}/cost", response={200: shapes.CostOut, **PROBLEMS})
def read_cost(request: HttpRequest, forum_id: str) -> ForumCost:
    """What the forum's meetings of the last year have cost."""
    return forum_cost(actor_of(request), forum_id, clock.now())


@router.get("/forums/{forum_id}/worth", response={200: shapes.WorthOut, **PROBLEMS})
def read_worth(request: HttpRequest, forum_id: str) -> WorthPage:
    """What those who were there have thought of its meetings, and what was changed."""
    return worth_page(actor_of(request), forum_id, clock.now())


@router.put("/meetings/{meeting_id}/check", response={200: shapes.Made, **PROBLEMS})
def check_meeting(request: HttpRequest, meeting_id: str, body: shapes.CheckIn) -> Check:
    """Say what a meeting that one was at was worth."""
    return operations.check_meeting(actor=actor_of(request), meeting_id=meeting_id, **body.dict())


@router.post("/forums/{forum_id}/changes", response={201: shapes.Made, **PROBLEMS})
def tell_what_changed(request: HttpRequest, forum_id: str, body: shapes.ChangedIn) -> Status[Changed]:
    """Say what was changed because of the checks."""
    return Status(201, operations.tell_what_changed(actor=actor_of(request), forum_id=forum_id, text=body.text))
