"""Questions and answers before judging, as JSON."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.http import HttpRequest
from ninja import Field, Schema, Status

from samordna.api.common_shapes import Made
from samordna.api.foundation import PROBLEMS, Operations, actor_of
from samordna.core import clock
from samordna.domain.matters import operations as do
from samordna.domain.matters.access import matter_for
from samordna.domain.matters.limits import MAX_INQUIRY, MAX_TEXT
from samordna.domain.matters.queries import InquiryView, inquiries_of

if TYPE_CHECKING:
    from samordna.domain.matters.models import Inquiry

router = Operations(tags=["Questions"])
CHANGED = {200: Made, **PROBLEMS}
CREATED = {201: Made, **PROBLEMS}


class QuestionIn(Schema):
    """A question; an empty `aspect_id` is about the matter as a whole, an empty `asked_of` is put to the coordination."""

    text: str = Field(max_length=MAX_INQUIRY)
    aspect_id: str = Field("", max_length=12)
    asked_of: str = Field("", max_length=12)


class RewordedIn(Schema):
    """The question, worded better."""

    text: str = Field(max_length=MAX_INQUIRY)


class QuestionAnswerIn(Schema):
    """An answer."""

    answer: str = Field(max_length=MAX_TEXT)


class QuestionOut(Schema):
    """One question; `asker` and `asked` are names, empty for the coordination. `waits`: nobody has answered it."""

    id: str
    aspect_id: str
    aspect: str
    asker: str
    asked: str
    stage_label: str
    text: str
    asked_at: datetime
    changed_at: datetime | None
    answer: str
    answered_by: str
    answered_at: datetime | None
    revised_at: datetime | None
    waits: bool


class QuestionsOut(Schema):
    """All of a matter's questions, those that wait first. `readable` is false for somebody who takes no part in it:
    the questions are then closed, and `unanswered` is empty.
    """

    readable: bool
    unanswered: int | None
    rows: list[QuestionOut]


@router.get("/matters/{matter_id}/questions", response={200: QuestionsOut, **PROBLEMS})
def list_questions(request: HttpRequest, matter_id: str) -> dict[str, bool | int | list[InquiryView] | None]:
    """Questions about a matter with their answers, for those who take part in it."""
    actor, at = actor_of(request), clock.now()
    found = inquiries_of(actor, matter_for(actor, matter_id, at=at), at)
    unanswered = found.unanswered if found.readable else None
    return {"readable": found.readable, "unanswered": unanswered, "rows": list(found.rows)}


@router.post("/positions/{position_id}/questions", response=CREATED)
def ask_question(request: HttpRequest, position_id: str, body: QuestionIn) -> Status[Inquiry]:
    """Ask something for the participant whose position it is."""
    return Status(201, do.ask_question(actor=actor_of(request), position_id=position_id, **body.dict()))


@router.post("/matters/{matter_id}/questions", response=CREATED)
def ask_participant(request: HttpRequest, matter_id: str, body: QuestionIn) -> Status[Inquiry]:
    """Ask a participant something for the coordination."""
    return Status(201, do.ask_participant(actor=actor_of(request), matter_id=matter_id, **body.dict()))


@router.put("/questions/{inquiry_id}", response=CHANGED)
def change_question(request: HttpRequest, inquiry_id: str, body: RewordedIn) -> Inquiry:
    """Word one's own question better, while nobody has answered it."""
    return do.change_question(actor=actor_of(request), inquiry_id=inquiry_id, text=body.text)


@router.delete("/questions/{inquiry_id}", response={204: None, **PROBLEMS})
def withdraw_question(request: HttpRequest, inquiry_id: str) -> Status[None]:
    """Take one's own question back, while nobody has answered it."""
    do.withdraw_question(actor=actor_of(request), inquiry_id=inquiry_id)
    return Status(204, None)


@router.put("/questions/{inquiry_id}/answer", response=CHANGED)
def answer_question(request: HttpRequest, inquiry_id: str, body: QuestionAnswerIn) -> Inquiry:
    """Answer a question, or correct the answer; whoever asked is told."""
    actor, origin = actor_of(request), request.build_absolute_uri("/")
    return do.answer_question(actor=actor, inquiry_id=inquiry_id, answer=body.answer, origin=origin)
