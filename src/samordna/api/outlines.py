"""Matters as documents, as JSON: what one asks, and opening another from that."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from ninja import Field, Schema, Status

from samordna.api.common_shapes import Made
from samordna.api.exchange_shapes import FaultOut
from samordna.api.foundation import PROBLEMS, Operations, actor_of
from samordna.domain.matters import operations as do
from samordna.domain.matters.access import matter_for
from samordna.domain.matters.exchange.outlines import OutlineIn, plain_outline
from samordna.domain.matters.queries.outlines import outline_from, outline_of

if TYPE_CHECKING:
    from samordna.domain.matters.models import Matter

router = Operations(tags=["Matters"])


class NewFromOutlineIn(Schema):
    """What a matter is to ask; `document` names where it comes from."""

    document: str = Field(max_length=160)
    outline: OutlineIn


class OutlineFaultsOut(Schema):
    """Everything wrong with an outline; empty where it can be opened."""

    faults: list[FaultOut]


@router.get("/matters/{matter_id}/outline", response={200: OutlineIn, **PROBLEMS})
def read_outline(request: HttpRequest, matter_id: str) -> dict[str, Any]:
    """What a matter asks, for the one who leads it; another can be opened from it."""
    return plain_outline(outline_of(matter_for(actor_of(request), matter_id, "matter.lead")))


@router.post("/collaborations/{collaboration_id}/outlines/check", response={200: OutlineFaultsOut, **PROBLEMS})
def check_outline(request: HttpRequest, collaboration_id: str, body: NewFromOutlineIn) -> dict[str, Any]:
    """Everything that is wrong with an outline; nothing is kept."""
    faults = outline_from(actor_of(request), collaboration_id, body.outline).faults
    return {"faults": [asdict(fault) for fault in faults]}


@router.post("/collaborations/{collaboration_id}/outlines", response={201: Made, **PROBLEMS})
def open_from_outline(request: HttpRequest, collaboration_id: str, body: NewFromOutlineIn) -> Status[Matter]:
    """Open a draft with everything that an outline asks, or nothing."""
    actor, outline, document = actor_of(request), body.outline, body.document
    made = do.open_from_outline(actor=actor, collaboration_id=collaboration_id, outline=outline, document=document)
    return Status(201, made)
