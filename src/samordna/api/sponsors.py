"""Who stands behind each participant's taking part, as JSON."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.http import HttpRequest
from ninja import Schema, Status

from samordna.api.common_shapes import Made
from samordna.api.foundation import PROBLEMS, Operations, actor_of
from samordna.core import clock
from samordna.domain.collaborations import operations
from samordna.domain.collaborations.queries.sponsors import Sponsor, sponsors_of

if TYPE_CHECKING:
    from samordna.domain.collaborations.models import Sponsorship

router = Operations(tags=["Collaborations"])


class SponsorIn(Schema):
    """The manager's role that is to stand behind the caller's organisation's taking part."""

    role_id: str


class SponsorOut(Schema):
    """One participant's sponsor; `state` is active, none, vacant or ended, and all but active are a risk."""

    organisation_id: str
    organisation: str
    state: str
    at_risk: bool
    role_id: str
    role: str
    holders: list[str]
    since: date | None


@router.get("/collaborations/{collaboration_id}/sponsors", response={200: list[SponsorOut], **PROBLEMS})
def read_sponsors(request: HttpRequest, collaboration_id: str) -> list[Sponsor]:
    """The sponsor of everybody who takes part."""
    return sponsors_of(actor_of(request), collaboration_id, clock.now())


@router.post("/collaborations/{collaboration_id}/sponsor", response={201: Made, **PROBLEMS})
def name_sponsor(request: HttpRequest, collaboration_id: str, body: SponsorIn) -> Status[Sponsorship]:
    """Name the sponsor of one's own organisation."""
    actor = actor_of(request)
    made = operations.name_sponsor(actor=actor, collaboration_id=collaboration_id, role_id=body.role_id)
    return Status(201, made)


@router.post("/collaborations/{collaboration_id}/sponsor/end", response={200: Made, **PROBLEMS})
def end_sponsorship(request: HttpRequest, collaboration_id: str) -> Sponsorship:
    """Say that nobody stands behind one's own organisation's taking part any longer."""
    return operations.end_sponsorship(actor=actor_of(request), collaboration_id=collaboration_id)
