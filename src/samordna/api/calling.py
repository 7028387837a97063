"""Answers to calls and calendars' addresses, as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest
from ninja import Status

from samordna.api import calling_shapes as shapes
from samordna.api.foundation import PROBLEMS, Operations, actor_of
from samordna.core import clock
from samordna.domain.forums import operations
from samordna.domain.forums.access import check_own_account
from samordna.domain.forums.queries.coming import ComingPage, coming_to
from samordna.domain.forums.queries.feeds import CalendarPage, calendar_page, meeting_answered, one_file

if TYPE_CHECKING:
    from samordna.domain.forums.models import CalendarAddress, CallAnswer

router = Operations(tags=["Forums"])


@router.get("/meetings/{meeting_id}/answers", response={200: shapes.ComingOut, **PROBLEMS})
def read_answers(request: HttpRequest, meeting_id: str) -> ComingPage:
    """Who comes to a meeting."""
    return coming_to(actor_of(request), meeting_id, clock.now())


@router.put("/meetings/{meeting_id}/answer", response={200: shapes.Made, **PROBLEMS})
def answer_call(request: HttpRequest, meeting_id: str, body: shapes.CallAnswerIn) -> CallAnswer:
    """Say whether one comes, or, for those who prepare, whether somebody else does who has told them."""
    return operations.answer_call(actor=actor_of(request), meeting_id=meeting_id, **body.dict())


@router.get("/meetings/{meeting_id}/calendar", response={200: shapes.FileOut, **PROBLEMS})
def read_meeting_calendar(request: HttpRequest, meeting_id: str) -> dict[str, str]:
    """A meeting as a calendar file."""
    return {"file": one_file(actor_of(request), meeting_id, clock.now()).file.decode()}


@router.post("/calendar-answers", response={200: shapes.Made, **PROBLEMS})
def take_calendar_answer(request: HttpRequest, body: shapes.CalendarAnswerIn) -> CallAnswer:
    """Take in what a calendar sent back to a call; a mail gateway hands it in with a token of a role that prepares."""
    meeting_id = meeting_answered(body.file)
    return operations.take_calendar_answer(actor=actor_of(request), meeting_id=meeting_id, **body.dict())


@router.get("/calendar-addresses", response={200: shapes.AddressesOut, **PROBLEMS})
def list_calendar_addresses(request: HttpRequest) -> CalendarPage:
    """One's own secret addresses for calendars."""
    check_own_account(actor_of(request))
    return calendar_page(actor_of(request), clock.now())


@router.post("/calendar-addresses", response={201: shapes.Made, **PROBLEMS})
def create_calendar_address(request: HttpRequest, body: shapes.FeedAddressIn) -> Status[CalendarAddress]:
    """Make an address; the one there was before for the same ends."""
    return Status(201, operations.make_calendar_address(actor=actor_of(request), forum_id=body.forum_id))


@router.post("/calendar-addresses/{address_id}/end", response={200: shapes.Made, **PROBLEMS})
def end_calendar_address(request: HttpRequest, address_id: str) -> CalendarAddress:
    """End an address."""
    return operations.end_calendar_address(actor=actor_of(request), address_id=address_id)
