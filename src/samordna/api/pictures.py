"""The purpose and the shared picture as JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from ninja import Status

from samordna.api import picture_shapes as shapes
from samordna.api.common_shapes import Made, ReasonIn
from samordna.api.foundation import PROBLEMS, Operations, actor_of
from samordna.core import clock
from samordna.domain.collaborations import operations
from samordna.domain.collaborations.queries.picture import PicturePage, picture_page

if TYPE_CHECKING:
    from samordna.domain.collaborations.models import Collaboration, PicturePoint

router = Operations(tags=["Collaborations"])


@router.get("/collaborations/{collaboration_id}/picture", response={200: shapes.PictureOut, **PROBLEMS})
def read_picture(request: HttpRequest, collaboration_id: str) -> dict[str, Any]:
    """How everybody sees the purpose and the shared picture, and what each one needs."""
    return _document(picture_page(actor_of(request), collaboration_id, clock.now()))


@router.put("/collaborations/{collaboration_id}/view", response={200: Made, **PROBLEMS})
def put_view(request: HttpRequest, collaboration_id: str, body: shapes.ViewIn) -> Collaboration:
    """Tell how one's own organisation, or the coordination, sees it."""
    return operations.tell_view(actor=actor_of(request), collaboration_id=collaboration_id, **body.dict())


@router.post("/collaborations/{collaboration_id}/points", response={201: Made, **PROBLEMS})
def create_point(request: HttpRequest, collaboration_id: str, body: shapes.PointIn) -> Status[PicturePoint]:
    """Add a point to the shared picture."""
    return Status(201, operations.add_point(actor=actor_of(request), collaboration_id=collaboration_id, **body.dict()))


@router.post("/points/{point_id}/remove", response={200: Made, **PROBLEMS})
def remove_point(request: HttpRequest, point_id: str, body: ReasonIn) -> PicturePoint:
    """Take a point away."""
    return operations.remove_point(actor=actor_of(request), point_id=point_id, reason=body.reason)


def _document(page: PicturePage) -> dict[str, Any]:
    parties = [
        {
            "party": party.party,
            "needs": [{"organisation": name, "text": need.text, "reason": need.reason} for name, need in party.needs],
        }
        for party in page.parties
    ]
    return asdict(page) | {"parties": parties, "confirmed": page.confirmed, "differences": page.differences}
