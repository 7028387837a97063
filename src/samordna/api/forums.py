"""Forums, who sits there, how they decide, and when one sits together, as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from ninja import Query, Status

from samordna.api import forum_shapes as shapes
from samordna.api.foundation import PROBLEMS, Operations, Paging, actor_of, page_of
from samordna.core import clock
from samordna.domain.forums import operations
from samordna.domain.forums.queries.pages import forum_page, forums_of
from samordna.domain.forums.queries.rows import ForumPage

if TYPE_CHECKING:
    from samordna.domain.forums.models import Forum, JointDay, Ownership, Routine, Seat

router = Operations(tags=["Forums"])


@router.get("/forums", response={200: shapes.ForumList, **PROBLEMS})
def list_forums(request: HttpRequest, paging: Query[Paging], collaboration_id: str = "") -> dict[str, Any]:
    """The forums one may read, of one collaboration or of all: one's own first."""
    return page_of(forums_of(actor_of(request), clock.now(), collaboration_id), paging)


@router.get("/forums/{forum_id}", response={200: shapes.ForumOut, **PROBLEMS})
def read_forum(request: HttpRequest, forum_id: str) -> dict[str, Any]:
    """One forum: what it is for, who sits there, how and what it decides, when one meets."""
    return _whole(forum_page(actor_of(request), forum_id, clock.now()))


def _whole(page: ForumPage) -> dict[str, Any]:
    plain = ("row", "purpose", "prepares_role_id", "prepares", "prepared_by", "area_ids", "seats", "former", "routine")
    reaches = [
        {
            "area_id": row.area_id,
            "area": row.area,
            "collaboration": row.collaboration,
            "verdict": row.reach.verdict,
            "decides_for": row.reach.decides_for,
            "adopt": row.reach.adopt,
            "agree": row.reach.agree,
            "kept": row.reach.kept,
            "sentence": row.sentence,
        }
        for row in page.reaches
    ]
    more = {"routines": page.routines, "days": page.days, "closed_reason": page.closed_reason, "reaches": reaches}
    more |= {"fingerprint": page.fingerprint}
    return {name: getattr(page, name) for name in plain} | more


@router.post("/collaborations/{collaboration_id}/forums", response={201: shapes.Made, **PROBLEMS})
def create_forum(request: HttpRequest, collaboration_id: str, body: shapes.ForumIn) -> Status[Forum]:
    """Set up a forum of a kind."""
    made = operations.start_forum(actor=actor_of(request), collaboration_id=collaboration_id, **body.dict())
    return Status(201, made)


@router.put("/forums/{forum_id}", response={200: shapes.Made, **PROBLEMS})
def describe(request: HttpRequest, forum_id: str, body: shapes.ForumDescriptionIn) -> Forum:
    """Say anew what the forum is."""
    return operations.describe_forum(actor=actor_of(request), forum_id=forum_id, **body.dict())


@router.post("/forums/{forum_id}/routines", response={201: shapes.Made, **PROBLEMS})
def create_routine(request: HttpRequest, forum_id: str, body: shapes.RoutineIn) -> Status[Routine]:
    """Say how the forum decides from a day on."""
    return Status(201, operations.set_routine(actor=actor_of(request), forum_id=forum_id, **body.dict()))


@router.post("/forums/{forum_id}/seats", response={201: shapes.Made, **PROBLEMS})
def create_seat(request: HttpRequest, forum_id: str, body: shapes.SeatIn) -> Status[Seat]:
    """Give a role a seat."""
    return Status(201, operations.seat_role(actor=actor_of(request), forum_id=forum_id, **body.dict()))


@router.post("/forums/{forum_id}/seats/several", response={201: list[shapes.Made], **PROBLEMS})
def create_seats(request: HttpRequest, forum_id: str, body: shapes.SeatsIn) -> Status[list[Seat]]:
    """Give several roles a seat each: all of them, or none."""
    return Status(201, operations.seat_roles(actor=actor_of(request), forum_id=forum_id, **body.dict()))


@router.post("/forum-seats/{seat_id}/leave", response={200: shapes.Made, **PROBLEMS})
def leave_seat(request: HttpRequest, seat_id: str) -> Seat:
    """Let a role leave its seat."""
    return operations.unseat_role(actor=actor_of(request), seat_id=seat_id)


@router.post("/forums/{forum_id}/joint-days", response={201: shapes.Made, **PROBLEMS})
def create_joint_day(request: HttpRequest, forum_id: str, body: shapes.DayIn) -> Status[JointDay]:
    """Say on which day one sits together."""
    return Status(201, operations.add_joint_day(actor=actor_of(request), forum_id=forum_id, **body.dict()))


@router.post("/joint-days/{day_id}/end", response={200: shapes.Made, **PROBLEMS})
def end_joint_day(request: HttpRequest, day_id: str) -> JointDay:
    """Stop sitting together on that day."""
    return operations.end_joint_day(actor=actor_of(request), day_id=day_id)


@router.post("/forums/{forum_id}/owners", response={201: shapes.Made, **PROBLEMS})
def create_owner(request: HttpRequest, forum_id: str, body: shapes.ShareIn) -> Status[Ownership]:
    """Ask a collaboration to own the forum, too."""
    return Status(201, operations.share_forum(actor=actor_of(request), forum_id=forum_id, **body.dict()))


@router.post("/forums/{forum_id}/owners/{collaboration_id}/accept", response={200: shapes.Made, **PROBLEMS})
def accept_owner(request: HttpRequest, forum_id: str, collaboration_id: str) -> Ownership:
    """Agree to own it together with the others."""
    actor = actor_of(request)
    return operations.accept_sharing(actor=actor, forum_id=forum_id, collaboration_id=collaboration_id)


@router.post("/forums/{forum_id}/owners/{collaboration_id}/end", response={200: shapes.Made, **PROBLEMS})
def end_owner(request: HttpRequest, forum_id: str, collaboration_id: str) -> Ownership:
    """Say no to owning it, or step back."""
    return operations.end_sharing(actor=actor_of(request), forum_id=forum_id, collaboration_id=collaboration_id)


@router.post("/forums/{forum_id}/close", response={200: shapes.Made, **PROBLEMS})
def close(request: HttpRequest, forum_id: str, body: shapes.ReasonIn) -> Forum:
    """Close the forum from today on."""
    return operations.close_forum(actor=actor_of(request), forum_id=forum_id, reason=body.reason)
