"""One's own improvements and help between organisations, as JSON."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.http import HttpRequest
from ninja import Field, Schema
from ninja.responses import Status

from samordna.api.foundation import PROBLEMS, Operations, actor_of
from samordna.core import clock
from samordna.domain.adherence import operations
from samordna.domain.adherence.access import following_for
from samordna.domain.adherence.queries import Bettering, bettering_of

if TYPE_CHECKING:
    from samordna.domain.adherence.models import HelpOffer, HelpRequest, Improvement

router = Operations(tags=["following"])
LONGEST = 10_000


class ImprovementIn(Schema):
    """What is done, and by which day."""

    text: str = Field(max_length=LONGEST)
    by: date


class ImprovingReasonIn(Schema):
    """Why."""

    reason: str = Field(max_length=LONGEST)


class TextIn(Schema):
    """Some words."""

    text: str = Field(max_length=LONGEST)


class ImprovementOut(Schema):
    """An improvement of the caller's organisation."""

    id: str
    text: str
    by: date
    closed_at: datetime | None
    dropped_reason: str


class OfferOut(Schema):
    """An offer of help."""

    id: str
    organisation_id: str
    text: str
    offered_at: datetime
    ended_at: datetime | None


class RequestOut(Schema):
    """A request for help."""

    id: str
    offer_id: str
    organisation_id: str
    text: str
    asked_at: datetime
    answer: str
    answered_at: datetime | None


class ImprovingOut(Schema):
    """An improvement as the page shows it."""

    id: str
    text: str
    by: date
    done: bool
    dropped_reason: str
    late: bool


class AskingOut(Schema):
    """A request for help as those whom it concerns read it."""

    id: str
    organisation: str
    text: str
    answer: str
    asked_at: datetime


class OfferingOut(Schema):
    """An offer of help that stands."""

    id: str
    organisation: str
    own: bool
    text: str
    asked: int
    requests: list[AskingOut]


class BetteringOut(Schema):
    """The improvements of the caller's organisation, and the help there is."""

    improvements: list[ImprovingOut]
    offers: list[OfferingOut]


@router.get("/decision-versions/{version_id}/improvements", response={200: BetteringOut, **PROBLEMS})
def bettering(request: HttpRequest, version_id: str) -> Bettering:
    """One's own improvements, and the offers of help that stand."""
    actor, at = actor_of(request), clock.now()
    version = following_for(actor, version_id, at=at)
    return bettering_of(actor, version.pk, clock.day(at))


@router.post("/decision-versions/{version_id}/improvements", response={201: ImprovementOut, **PROBLEMS})
def add_improvement(request: HttpRequest, version_id: str, body: ImprovementIn) -> Status[Improvement]:
    """Note an improvement of one's own."""
    return Status(201, operations.add_improvement(actor=actor_of(request), version_id=version_id, **body.dict()))


@router.post("/improvements/{improvement_id}/finish", response={200: ImprovementOut, **PROBLEMS})
def finish_improvement(request: HttpRequest, improvement_id: str) -> Improvement:
    """Say that an improvement is done."""
    return operations.finish_improvement(actor=actor_of(request), improvement_id=improvement_id)


@router.post("/improvements/{improvement_id}/drop", response={200: ImprovementOut, **PROBLEMS})
def drop_improvement(request: HttpRequest, improvement_id: str, body: ImprovingReasonIn) -> Improvement:
    """Let an improvement go, with the reason."""
    return operations.drop_improvement(actor=actor_of(request), improvement_id=improvement_id, reason=body.reason)


@router.post("/decision-versions/{version_id}/help-offers", response={201: OfferOut, **PROBLEMS})
def offer_help(request: HttpRequest, version_id: str, body: TextIn) -> Status[HelpOffer]:
    """Offer help with following."""
    return Status(201, operations.offer_help(actor=actor_of(request), version_id=version_id, text=body.text))


@router.post("/help-offers/{offer_id}/end", response={200: OfferOut, **PROBLEMS})
def end_help_offer(request: HttpRequest, offer_id: str) -> HelpOffer:
    """Take one's own offer back."""
    return operations.end_help_offer(actor=actor_of(request), offer_id=offer_id)


@router.post("/help-offers/{offer_id}/requests", response={201: RequestOut, **PROBLEMS})
def ask_for_help(request: HttpRequest, offer_id: str, body: TextIn) -> Status[HelpRequest]:
    """Ask for what another organisation offers."""
    return Status(201, operations.ask_for_help(actor=actor_of(request), offer_id=offer_id, text=body.text))


@router.post("/help-requests/{request_id}/answer", response={200: RequestOut, **PROBLEMS})
def answer_help_request(request: HttpRequest, request_id: str, body: TextIn) -> HelpRequest:
    """Answer somebody who has asked for one's help."""
    return operations.answer_help_request(actor=actor_of(request), request_id=request_id, answer=body.text)
