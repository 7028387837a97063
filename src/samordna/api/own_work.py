"""Own work for common goals, as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from ninja import Field, Query, Schema
from ninja.responses import Status

from samordna.api.common_shapes import Made
from samordna.api.foundation import PROBLEMS, Operations, Page, Paging, actor_of, page_of
from samordna.core import clock
from samordna.domain.adherence import operations, queries

if TYPE_CHECKING:
    from samordna.domain.adherence.models import OwnWork

router = Operations(tags=["following"])
LONGEST = 10_000


class OwnWorkIn(Schema):
    """What the caller's organisation does by itself, and how it helps the goal."""

    what: str = Field(max_length=LONGEST)
    how: str = Field(max_length=LONGEST)


class OwnWorkOut(Schema):
    """One organisation's own work for a goal."""

    id: str
    goal_id: str
    organisation_id: str
    organisation: str
    what: str
    how: str


class OwnWorkList(Page):
    """A page of own work, one's own first."""

    items: list[OwnWorkOut]


@router.get("/collaborations/{collaboration_id}/own-work", response={200: OwnWorkList, **PROBLEMS})
def read_own_work(request: HttpRequest, collaboration_id: str, paging: Query[Paging]) -> dict[str, Any]:
    """All own work that helps the goals of a collaboration."""
    return page_of(queries.own_work_in(actor_of(request), collaboration_id, clock.now()), paging)


@router.post("/goals/{goal_id}/own-work", response={201: Made, **PROBLEMS})
def state_own_work(request: HttpRequest, goal_id: str, body: OwnWorkIn) -> Status[OwnWork]:
    """Say what one's own organisation does by itself that helps a goal."""
    return Status(201, operations.state_own_work(actor=actor_of(request), goal_id=goal_id, **body.dict()))


@router.post("/own-work/{work_id}/end", response={200: Made, **PROBLEMS})
def end_own_work(request: HttpRequest, work_id: str) -> OwnWork:
    """Say that own work is no longer done."""
    return operations.end_own_work(actor=actor_of(request), work_id=work_id)
