"""Meetings of forums and what is taken up at them, as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from ninja import Query, Status

from samordna.api import meeting_shapes as shapes
from samordna.api.foundation import PROBLEMS, Operations, Paging, actor_of, page_of
from samordna.core import clock
from samordna.domain.forums import operations
from samordna.domain.forums.queries.meeting_rows import ItemRow, MeetingPage
from samordna.domain.forums.queries.meetings import Ahead, ahead_of, item_page, meeting_page, meetings_of

if TYPE_CHECKING:
    from samordna.domain.forums.models import Item, Meeting, Paper

router = Operations(tags=["Forums"])
BIGGEST_STEP = 1_000


@router.get("/meetings", response={200: shapes.MeetingList, **PROBLEMS})
def list_meetings(request: HttpRequest, paging: Query[Paging], forum_id: str = "") -> dict[str, Any]:
    """The meetings that are still to come, of one forum or of all that one may read."""
    return page_of(meetings_of(actor_of(request), clock.now(), forum_id), paging)


@router.get("/forums/{forum_id}/agenda", response={200: shapes.AheadOut, **PROBLEMS})
def read_agenda(request: HttpRequest, forum_id: str) -> Ahead:
    """A forum's meetings and its backlog."""
    return ahead_of(actor_of(request), forum_id, clock.now())


@router.get("/meetings/{meeting_id}", response={200: shapes.MeetingOut, **PROBLEMS})
def read_meeting(request: HttpRequest, meeting_id: str) -> MeetingPage:
    """A meeting with its agenda."""
    return meeting_page(actor_of(request), meeting_id, clock.now())


@router.post("/forums/{forum_id}/meetings", response={201: shapes.Made, **PROBLEMS})
def create_meeting(request: HttpRequest, forum_id: str, body: shapes.MeetingIn) -> Status[Meeting]:
    """Plan a meeting."""
    return Status(201, operations.plan_meeting(actor=actor_of(request), forum_id=forum_id, **body.dict()))


@router.put("/meetings/{meeting_id}", response={200: shapes.Made, **PROBLEMS})
def change_meeting(request: HttpRequest, meeting_id: str, body: shapes.MeetingAgainIn) -> Meeting:
    """Say anew when and where it is."""
    return operations.change_meeting(actor=actor_of(request), meeting_id=meeting_id, **body.dict())


@router.post("/meetings/{meeting_id}/call", response={200: shapes.Made, **PROBLEMS})
def call_meeting(request: HttpRequest, meeting_id: str) -> Meeting:
    """Call to it."""
    return operations.call_meeting(actor=actor_of(request), meeting_id=meeting_id)


@router.post("/meetings/{meeting_id}/hold", response={200: shapes.Made, **PROBLEMS})
def hold_meeting(request: HttpRequest, meeting_id: str) -> Meeting:
    """Say that it has been held."""
    return operations.hold_meeting(actor=actor_of(request), meeting_id=meeting_id)


@router.post("/meetings/{meeting_id}/cancel", response={200: shapes.Made, **PROBLEMS})
def cancel_meeting(request: HttpRequest, meeting_id: str, body: shapes.ReasonIn) -> Meeting:
    """Cancel it, and say why."""
    return operations.cancel_meeting(actor=actor_of(request), meeting_id=meeting_id, reason=body.reason)


@router.post("/forums/{forum_id}/items", response={201: shapes.Made, **PROBLEMS})
def create_item(request: HttpRequest, forum_id: str, body: shapes.ItemIn) -> Status[Item]:
    """Raise an item."""
    return Status(201, operations.raise_item(actor=actor_of(request), forum_id=forum_id, **body.dict()))


@router.get("/items/{item_id}", response={200: shapes.ItemOut, **PROBLEMS})
def read_item(request: HttpRequest, item_id: str) -> ItemRow:
    """One item."""
    return item_page(actor_of(request), item_id, clock.now())


@router.put("/items/{item_id}", response={200: shapes.Made, **PROBLEMS})
def describe_item(request: HttpRequest, item_id: str, body: shapes.DescriptionAgainIn) -> Item:
    """Say anew what it is about."""
    return operations.describe_item(actor=actor_of(request), item_id=item_id, **body.dict())


@router.post("/items/{item_id}/withdraw", response={200: shapes.Made, **PROBLEMS})
def withdraw_item(request: HttpRequest, item_id: str, body: shapes.ReasonIn) -> Item:
    """Withdraw it, and say why."""
    return operations.withdraw_item(actor=actor_of(request), item_id=item_id, reason=body.reason)


@router.post("/items/{item_id}/papers", response={201: shapes.Made, **PROBLEMS})
def create_paper(request: HttpRequest, item_id: str, body: shapes.PaperIn) -> Status[Paper]:
    """Put something to read beside it."""
    return Status(201, operations.add_paper(actor=actor_of(request), item_id=item_id, **body.dict()))


@router.post("/items/{item_id}/papers/{paper_id}/remove", response={200: shapes.Made, **PROBLEMS})
def remove_paper(request: HttpRequest, item_id: str, paper_id: str) -> Item:
    """Take it away."""
    return operations.remove_paper(actor=actor_of(request), item_id=item_id, paper_id=paper_id)


@router.post("/items/{item_id}/place", response={200: shapes.Made, **PROBLEMS})
def place_item(request: HttpRequest, item_id: str, body: shapes.PlaceIn) -> Item:
    """Put it on a meeting's agenda, or back in the backlog."""
    return operations.place_item(actor=actor_of(request), item_id=item_id, meeting_id=body.meeting_id)


@router.post("/items/{item_id}/move", response={200: shapes.Made, **PROBLEMS})
def move_item(request: HttpRequest, item_id: str, body: shapes.MoveItemIn) -> Item:
    """Move it on its agenda."""
    by = max(-BIGGEST_STEP, min(BIGGEST_STEP, body.by))
    return operations.move_item(actor=actor_of(request), item_id=item_id, by=by)


@router.post("/items/{item_id}/take-up", response={200: shapes.Made, **PROBLEMS})
def take_up_item(request: HttpRequest, item_id: str) -> Item:
    """Say that it has been taken up."""
    return operations.take_up_item(actor=actor_of(request), item_id=item_id)


@router.post("/items/{item_id}/carry", response={201: shapes.Made, **PROBLEMS})
def carry_item(request: HttpRequest, item_id: str, body: shapes.PlaceIn) -> Status[Item]:
    """Carry it over to another meeting, or to the backlog."""
    return Status(201, operations.carry_item(actor=actor_of(request), item_id=item_id, meeting_id=body.meeting_id))
