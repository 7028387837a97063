"""Events as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from ninja import Query, Status

from samordna.api import event_shapes as shapes
from samordna.api.foundation import PROBLEMS, Operations, Paging, actor_of, page_of
from samordna.core import clock
from samordna.domain.events import operations
from samordna.domain.events.queries.pages import EventPage, Which, event_page, event_rows, events_in

if TYPE_CHECKING:
    from samordna.domain.events.models import Enrolment, Event, LedTo

router = Operations(tags=["Events"])


@router.get("/events", response={200: shapes.EventsOut, **PROBLEMS})
def list_events(
    request: HttpRequest, paging: Query[Paging], forum_id: str = "", when: Which | None = None
) -> dict[str, Any]:
    """The events of one forum, or of all that one may read: those to come, and then those that have been."""
    page = page_of(events_in(actor_of(request), clock.now(), forum_id, when or ""), paging)
    return page | {"items": event_rows(page["items"])}


@router.get("/events/{event_id}", response={200: shapes.EventOut, **PROBLEMS})
def read_event(request: HttpRequest, event_id: str) -> EventPage:
    """One event."""
    return event_page(actor_of(request), event_id, clock.now())


@router.post("/forums/{forum_id}/events", response={201: shapes.Made, **PROBLEMS})
def plan_event(request: HttpRequest, forum_id: str, body: shapes.EventIn) -> Status[Event]:
    """Plan an event."""
    return Status(201, operations.plan_event(actor=actor_of(request), forum_id=forum_id, **body.dict()))


@router.put("/events/{event_id}", response={200: shapes.Made, **PROBLEMS})
def describe_event(request: HttpRequest, event_id: str, body: shapes.EventChangeIn) -> Event:
    """Say anew what it is."""
    return operations.describe_event(actor=actor_of(request), event_id=event_id, **body.dict())


@router.post("/events/{event_id}/invite", response={200: shapes.Made, **PROBLEMS})
def invite_to_event(request: HttpRequest, event_id: str) -> Event:
    """Send the invitations."""
    return operations.invite_to_event(actor=actor_of(request), event_id=event_id)


@router.put("/events/{event_id}/answer", response={200: shapes.Made, **PROBLEMS})
def answer_event(request: HttpRequest, event_id: str, body: shapes.EventAnswerIn) -> Enrolment:
    """Say whether one comes."""
    return operations.answer_event(actor=actor_of(request), event_id=event_id, **body.dict())


@router.put("/events/{event_id}/attendance", response={200: shapes.Made, **PROBLEMS})
def note_who_came(request: HttpRequest, event_id: str, body: shapes.CameIn) -> Event:
    """Note who was there."""
    return operations.note_who_came(actor=actor_of(request), event_id=event_id, came=body.came)


@router.put("/events/{event_id}/notes", response={200: shapes.Made, **PROBLEMS})
def note_event(request: HttpRequest, event_id: str, body: shapes.NotesIn) -> Event:
    """Keep what was said and seen."""
    return operations.note_event(actor=actor_of(request), event_id=event_id, **body.dict())


@router.post("/events/{event_id}/led-to", response={201: shapes.Made, **PROBLEMS})
def tell_what_event_led_to(request: HttpRequest, event_id: str, body: shapes.LedToIn) -> Status[LedTo]:
    """Link it to what came of it."""
    return Status(201, operations.tell_what_event_led_to(actor=actor_of(request), event_id=event_id, **body.dict()))
