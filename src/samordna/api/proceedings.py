"""What happens at meetings, as JSON: who is there, notes, voices and outcomes, what is to be done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from ninja import Query, Status

from samordna.api import proceeding_shapes as shapes
from samordna.api.foundation import PROBLEMS, Operations, Paging, actor_of, page_of
from samordna.core import clock
from samordna.domain.forums.access import forum_for
from samordna.domain.proceedings import operations
from samordna.domain.proceedings.queries.pages import proceedings_page
from samordna.domain.proceedings.queries.points import ForumPoints, one_point, points_of_forum, points_waiting
from samordna.domain.proceedings.queries.rows import PointRow, ProceedingsPage

if TYPE_CHECKING:
    from samordna.domain.forums.models import Item
    from samordna.domain.proceedings.models import (
        ActionPoint,
        Attendance,
        Note,
        Outcome,
        Question,
        Reservation,
        Sitting,
        Vote,
    )

router = Operations(tags=["Forums"])


@router.get("/meetings/{meeting_id}/proceedings", response={200: shapes.ProceedingsOut, **PROBLEMS})
def read_proceedings(request: HttpRequest, meeting_id: str) -> ProceedingsPage:
    """A meeting as it goes on, and what it came to."""
    return proceedings_page(actor_of(request), meeting_id, clock.now())


@router.post("/meetings/{meeting_id}/open", response={200: shapes.Made, **PROBLEMS})
def open_meeting(request: HttpRequest, meeting_id: str) -> Sitting:
    """Open it."""
    return operations.open_meeting(actor=actor_of(request), meeting_id=meeting_id)


@router.post("/meetings/{meeting_id}/end", response={200: shapes.Made, **PROBLEMS})
def end_meeting(request: HttpRequest, meeting_id: str) -> Sitting:
    """End it: it has been held."""
    return operations.end_meeting(actor=actor_of(request), meeting_id=meeting_id)


@router.post("/meetings/{meeting_id}/attendance", response={201: shapes.Made, **PROBLEMS})
def create_attendance(request: HttpRequest, meeting_id: str, body: shapes.AttendanceIn) -> Status[Attendance]:
    """Note who is there for which seat."""
    return Status(201, operations.note_attendance(actor=actor_of(request), meeting_id=meeting_id, **body.dict()))


@router.post("/meetings/{meeting_id}/attendance/answered", response={204: None, **PROBLEMS})
def create_attendances(request: HttpRequest, meeting_id: str, everybody: bool = False) -> Status[None]:
    """Note all who have answered the call; `everybody`: those who have not answered too, as present."""
    operations.note_those_who_come(actor=actor_of(request), meeting_id=meeting_id, everybody=everybody)
    return Status(204, None)


@router.post("/attendance/{attendance_id}/end", response={200: shapes.Made, **PROBLEMS})
def end_attendance(request: HttpRequest, attendance_id: str) -> Attendance:
    """Somebody leaves."""
    return operations.end_attendance(actor=actor_of(request), attendance_id=attendance_id)


@router.post("/attendance/{attendance_id}/strike", response={200: shapes.Made, **PROBLEMS})
def strike_attendance(request: HttpRequest, attendance_id: str, body: shapes.StrikeIn) -> Attendance:
    """It was noted by mistake: it is kept with the reason, and counts nowhere."""
    return operations.strike_attendance(actor=actor_of(request), attendance_id=attendance_id, reason=body.reason)


@router.post("/items/{item_id}/begin", response={200: shapes.Made, **PROBLEMS})
def begin_item(request: HttpRequest, item_id: str) -> Item:
    """Take it up now."""
    return operations.begin_item(actor=actor_of(request), item_id=item_id)


@router.post("/items/{item_id}/finish", response={200: shapes.Made, **PROBLEMS})
def finish_item(request: HttpRequest, item_id: str, body: shapes.FinishIn) -> Item:
    """It has been taken up; on to the next."""
    return operations.finish_item(actor=actor_of(request), item_id=item_id, next_id=body.next_id)


@router.put("/items/{item_id}/notes", response={200: shapes.NoteMade, **PROBLEMS})
def write_note(request: HttpRequest, item_id: str, body: shapes.ItemNoteIn) -> Note:
    """Write what the item came to; what two write at once is kept, both."""
    return operations.write_note(actor=actor_of(request), item_id=item_id, **body.dict())


@router.post("/items/{item_id}/notes/{note_id}/settle", response={200: shapes.Made, **PROBLEMS})
def settle_note(request: HttpRequest, item_id: str, note_id: str) -> Note:
    """Put a text beside away."""
    return operations.settle_note(actor=actor_of(request), item_id=item_id, note_id=note_id)


@router.post("/items/{item_id}/questions", response={201: shapes.Made, **PROBLEMS})
def create_question(request: HttpRequest, item_id: str, body: shapes.MotionIn) -> Status[Question]:
    """Ask the meeting to decide."""
    return Status(201, operations.open_question(actor=actor_of(request), item_id=item_id, **body.dict()))


@router.post("/questions/{question_id}/votes", response={201: shapes.Made, **PROBLEMS})
def create_vote(request: HttpRequest, question_id: str, body: shapes.VoteIn) -> Status[Vote]:
    """Cast a voice; the last before the closing counts."""
    return Status(201, operations.cast_vote(actor=actor_of(request), question_id=question_id, **body.dict()))


@router.post("/questions/{question_id}/votes/rest", response={200: shapes.VoicesPutIn, **PROBLEMS})
def create_votes(request: HttpRequest, question_id: str, body: shapes.RestIn) -> dict[str, int]:
    """Put in the same for every voice that is there and has said nothing."""
    many = operations.cast_for_the_rest(actor=actor_of(request), question_id=question_id, **body.dict())
    return {"many": many}


@router.post("/questions/{question_id}/settle", response={200: shapes.OutcomeMade, **PROBLEMS})
def settle_question(request: HttpRequest, question_id: str, body: shapes.SettleIn) -> Outcome:
    """Close it with what it comes to."""
    return operations.settle_question(actor=actor_of(request), question_id=question_id, statement=body.statement)


@router.post("/questions/{question_id}/leave", response={200: shapes.OutcomeMade, **PROBLEMS})
def leave_question(request: HttpRequest, question_id: str, body: shapes.ReasonIn) -> Outcome:
    """Close it without a decision."""
    return operations.leave_question(actor=actor_of(request), question_id=question_id, reason=body.reason)


@router.post("/questions/{question_id}/reservations", response={201: shapes.Made, **PROBLEMS})
def create_reservation(request: HttpRequest, question_id: str, body: shapes.ReservationIn) -> Status[Reservation]:
    """Have it written down that a voice did not agree."""
    return Status(201, operations.reserve_oneself(actor=actor_of(request), question_id=question_id, **body.dict()))


@router.get("/action-points", response={200: shapes.ActionPointList, **PROBLEMS})
def list_action_points(request: HttpRequest, paging: Query[Paging]) -> dict[str, Any]:
    """What one's own role is to do."""
    return page_of(points_waiting(actor_of(request), clock.now()), paging)


@router.get("/forums/{forum_id}/action-points", response={200: shapes.ForumPointsOut, **PROBLEMS})
def list_action_points_of_forum(request: HttpRequest, forum_id: str) -> ForumPoints:
    """What is to be done after a forum's meetings: what is open, the nearest day first, and the latest that has ended."""
    actor, at = actor_of(request), clock.now()
    return points_of_forum(actor, forum_for(actor, forum_id, at=at).pk, at)


@router.get("/action-points/{point_id}", response={200: shapes.ActionPointOut, **PROBLEMS})
def read_action_point(request: HttpRequest, point_id: str) -> PointRow:
    """One thing to do."""
    return one_point(actor_of(request), point_id, clock.now())


@router.post("/meetings/{meeting_id}/action-points", response={201: shapes.Made, **PROBLEMS})
def create_action_point(request: HttpRequest, meeting_id: str, body: shapes.ActionPointIn) -> Status[ActionPoint]:
    """Note what is to be done."""
    return Status(201, operations.note_action_point(actor=actor_of(request), meeting_id=meeting_id, **body.dict()))


@router.put("/action-points/{point_id}", response={200: shapes.Made, **PROBLEMS})
def change_action_point(request: HttpRequest, point_id: str, body: shapes.ActionPointChangeIn) -> ActionPoint:
    """Hand it over, or give it another day."""
    return operations.change_action_point(actor=actor_of(request), point_id=point_id, **body.dict())


@router.post("/action-points/{point_id}/finish", response={200: shapes.Made, **PROBLEMS})
def finish_action_point(request: HttpRequest, point_id: str, body: shapes.ActionDoneIn) -> ActionPoint:
    """It is done."""
    return operations.finish_action_point(actor=actor_of(request), point_id=point_id, note=body.note)


@router.post("/action-points/{point_id}/drop", response={200: shapes.Made, **PROBLEMS})
def drop_action_point(request: HttpRequest, point_id: str, body: shapes.ReasonIn) -> ActionPoint:
    """It is not to be done."""
    return operations.drop_action_point(actor=actor_of(request), point_id=point_id, reason=body.reason)


@router.post("/action-points/{point_id}/reopen", response={200: shapes.Made, **PROBLEMS})
def reopen_action_point(request: HttpRequest, point_id: str) -> ActionPoint:
    """It was not done after all."""
    return operations.reopen_action_point(actor=actor_of(request), point_id=point_id)
