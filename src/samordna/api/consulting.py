"""The consultation as a conversation, as JSON: replies to objections, clearing them, reminding, recording who declines."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Field, Schema

from samordna.api import decision_shapes as shapes
from samordna.api.foundation import PROBLEMS, Operations, actor_of
from samordna.core import clock
from samordna.core.actor import Actor
from samordna.domain.decisions import operations as do
from samordna.domain.decisions.access import version_for
from samordna.domain.decisions.queries.documents import version_document

router = Operations(tags=["decisions"])
LONGEST = 20_000


class ReplyIn(Schema):
    """What coordination answers to an objection."""

    text: str = Field(max_length=LONGEST)


class NotAnsweringIn(Schema):
    """Who declines to answer the consultation, and why."""

    organisation_ids: list[str]
    reason: str = Field(max_length=LONGEST)


class RemindedOut(Schema):
    """How many letters were put in the outbox; they are posted in the background."""

    queued: int


def _version(actor: Actor, version_id: str) -> dict[str, Any]:
    at = clock.now()
    version = version_for(actor, version_id, at=at)
    return version_document(actor, version, version.decision.matter, at)


@router.post("/consultation-answers/{answer_id}/replies", response={200: shapes.VersionOut, **PROBLEMS})
def reply(request: HttpRequest, answer_id: str, body: ReplyIn) -> dict[str, Any]:
    """Answer a named objection; it stands until its maker clears it."""
    actor = actor_of(request)
    made = do.reply_to_objection(actor=actor, answer_id=answer_id, text=body.text)
    return _version(actor, made.objection.version_id)


@router.post("/consultation-answers/{answer_id}/clearing", response={200: shapes.VersionOut, **PROBLEMS})
def clear(request: HttpRequest, answer_id: str) -> dict[str, Any]:
    """Clear one's own organisation's objection, when it has been answered."""
    actor = actor_of(request)
    cleared = do.clear_objection(actor=actor, answer_id=answer_id)
    return _version(actor, cleared.version_id)


@router.post("/versions/{version_id}/not-answering", response={200: shapes.VersionOut, **PROBLEMS})
def not_answering(request: HttpRequest, version_id: str, body: NotAnsweringIn) -> dict[str, Any]:
    """Record that participants decline to answer the consultation, with the reason."""
    actor = actor_of(request)
    do.record_not_answering(actor=actor, version_id=version_id, **body.dict())
    return _version(actor, version_id)


@router.post("/versions/{version_id}/reminders", response={200: RemindedOut, **PROBLEMS})
def remind(request: HttpRequest, version_id: str) -> dict[str, Any]:
    """Mail those who are waited for: for an answer, or for their own body's decision."""
    letters = do.remind_of_decision(actor=actor_of(request), version_id=version_id, origin=request.build_absolute_uri("/"))
    return {"queued": len(letters)}
