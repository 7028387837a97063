"""What is said between meetings, as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest
from ninja import Status

from samordna.api import conversation_shapes as shapes
from samordna.api.foundation import PROBLEMS, Operations, actor_of
from samordna.core import clock
from samordna.domain.conversations import operations
from samordna.domain.conversations.queries.pages import ThreadList, ThreadPage, thread_page, threads_of

if TYPE_CHECKING:
    from samordna.domain.adherence.models import Experience
    from samordna.domain.conversations.models import Message, Thread
    from samordna.domain.forums.models import Item
    from samordna.domain.matters.models import Matter

router = Operations(tags=["Between meetings"])
FURTHEST = 100_000


@router.get("/forums/{forum_id}/threads", response={200: shapes.ThreadListOut, **PROBLEMS})
def list_forum_threads(request: HttpRequest, forum_id: str, page: int = 1) -> ThreadList:
    """The threads of a forum."""
    return threads_of(actor_of(request), forum_id, "", clock.now(), min(page, FURTHEST))


@router.get("/matters/{matter_id}/threads", response={200: shapes.ThreadListOut, **PROBLEMS})
def list_matter_threads(request: HttpRequest, matter_id: str, page: int = 1) -> ThreadList:
    """The threads about a matter."""
    return threads_of(actor_of(request), "", matter_id, clock.now(), min(page, FURTHEST))


@router.post("/forums/{forum_id}/threads", response={201: shapes.Made, **PROBLEMS})
def start_forum_thread(request: HttpRequest, forum_id: str, body: shapes.ThreadIn) -> Status[Thread]:
    """Begin a thread in a forum."""
    return Status(201, operations.start_thread(actor=actor_of(request), forum_id=forum_id, **body.dict()))


@router.post("/matters/{matter_id}/threads", response={201: shapes.Made, **PROBLEMS})
def start_matter_thread(request: HttpRequest, matter_id: str, body: shapes.ThreadIn) -> Status[Thread]:
    """Begin a thread about a matter."""
    return Status(201, operations.start_thread(actor=actor_of(request), matter_id=matter_id, **body.dict()))


@router.get("/threads/{thread_id}", response={200: shapes.ThreadOut, **PROBLEMS})
def read_thread(request: HttpRequest, thread_id: str, page: int | None = None) -> ThreadPage:
    """A thread with one page of its messages; without a page, the latest."""
    number = None if page is None else min(page, FURTHEST)
    return thread_page(actor_of(request), thread_id, clock.now(), number)


@router.post("/threads/{thread_id}/messages", response={201: shapes.Made, **PROBLEMS})
def say(request: HttpRequest, thread_id: str, body: shapes.SayIn) -> Status[Message]:
    """Say something in a thread."""
    return Status(201, operations.say_message(actor=actor_of(request), thread_id=thread_id, **body.dict()))


@router.put("/messages/{message_id}", response={200: shapes.Made, **PROBLEMS})
def reword(request: HttpRequest, message_id: str, body: shapes.RewordIn) -> Message:
    """Word one's own message anew."""
    return operations.reword_message(actor=actor_of(request), message_id=message_id, text=body.text)


@router.post("/messages/{message_id}/withdraw", response={200: shapes.Made, **PROBLEMS})
def withdraw(request: HttpRequest, message_id: str, body: shapes.WithdrawIn) -> Message:
    """Withdraw a message."""
    return operations.withdraw_message(actor=actor_of(request), message_id=message_id, reason=body.reason)


@router.post("/messages/{message_id}/item", response={201: shapes.Made, **PROBLEMS})
def take_further_as_item(request: HttpRequest, message_id: str, body: shapes.AsItemIn) -> Status[Item]:
    """Raise an item of it."""
    return Status(201, operations.take_further_as_item(actor=actor_of(request), message_id=message_id, **body.dict()))


@router.post("/messages/{message_id}/matter", response={201: shapes.Made, **PROBLEMS})
def take_further_as_matter(request: HttpRequest, message_id: str, body: shapes.AsMatterIn) -> Status[Matter]:
    """Open a matter of it."""
    return Status(201, operations.take_further_as_matter(actor=actor_of(request), message_id=message_id, **body.dict()))


@router.post("/messages/{message_id}/experience", response={201: shapes.Made, **PROBLEMS})
def take_further_as_experience(request: HttpRequest, message_id: str, body: shapes.AsExperienceIn) -> Status[Experience]:
    """Share an experience of it."""
    actor = actor_of(request)
    return Status(201, operations.take_further_as_experience(actor=actor, message_id=message_id, **body.dict()))
