"""Mandates in time as JSON: notice, and what would change if one were given, ended or taken back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from ninja import Status

from samordna.api import collaboration_shapes as shapes
from samordna.api import mandate_shapes
from samordna.api.foundation import PROBLEMS, Operations, actor_of
from samordna.core import clock
from samordna.core.actor import Actor
from samordna.domain.collaborations import operations
from samordna.domain.collaborations.access import check_may_give, collaboration_for, framed_for
from samordna.domain.collaborations.enums import MandateForm
from samordna.domain.collaborations.queries.deciding import RulingRow, ruling_document
from samordna.domain.collaborations.queries.mandates import mandate_page
from samordna.domain.collaborations.queries.passable import Passable, passable
from samordna.domain.collaborations.queries.rehearsing import (
    ChangeRow,
    areas_in,
    gift_rehearsed,
    notice_rehearsed,
    revocation_rehearsed,
)
from samordna.domain.decisions.queries.touched import touched_in

if TYPE_CHECKING:
    from samordna.domain.collaborations.models import Mandate

router = Operations(tags=["Collaborations"])


@router.get("/mandates/{mandate_id}/revocation", response={200: list[mandate_shapes.ChangeOut], **PROBLEMS})
def rehearse_revocation(request: HttpRequest, mandate_id: str) -> list[dict[str, Any]]:
    """What would change if the mandate were taken back now. Nothing is changed by asking."""
    return [_change(row) for row in revocation_rehearsed(actor_of(request), mandate_id, clock.now())]


@router.get("/mandates/{mandate_id}/rehearsal", response={200: mandate_shapes.RehearsalOut, **PROBLEMS})
def rehearse_ending(request: HttpRequest, mandate_id: str, ends_on: date | None = None) -> dict[str, Any]:
    """What a notice that ends the mandate on a day would change: rulings, matters under way, decisions in force.

    Without a day: on the first one that the notice agreed allows. Nothing is changed by asking.
    """
    actor, now = actor_of(request), clock.now()
    day = ends_on or mandate_page(actor, mandate_id, now).mandate.earliest_end
    return _rehearsal(actor, notice_rehearsed(actor, mandate_id, day, now))


@router.post(
    "/collaborations/{collaboration_id}/mandates/rehearse", response={200: mandate_shapes.RehearsalOut, **PROBLEMS}
)
def rehearse_giving(request: HttpRequest, collaboration_id: str, body: mandate_shapes.RehearsedMandateIn) -> dict[str, Any]:
    """What giving or delegating this mandate would change. Nothing is changed by asking."""
    actor, now = actor_of(request), clock.now()
    if body.form == MandateForm.DELEGATED:
        framed_for(actor, collaboration_id, at=now)
    else:
        check_may_give(actor, collaboration_for(actor, collaboration_id, at=now), actor.organisation_id or "", now)
    clauses = [clause.dict(exclude_none=True) for clause in body.clauses]
    return _rehearsal(actor, gift_rehearsed(actor, collaboration_id, body.form, clauses, body.valid_from, now))


@router.post("/collaborations/{collaboration_id}/mandates/delegate", response={201: shapes.Made, **PROBLEMS})
def delegate(request: HttpRequest, collaboration_id: str, body: mandate_shapes.DelegationIn) -> Status[Mandate]:
    """Pass on, to a collaboration that lies in the one you coordinate, some of what the coordination there decides."""
    given = body.dict() | {"clauses": [clause.dict(exclude_none=True) for clause in body.clauses]}
    made = operations.delegate_mandate(actor=actor_of(request), collaboration_id=collaboration_id, **given)
    return Status(201, made)


@router.get("/collaborations/{collaboration_id}/passable", response={200: list[mandate_shapes.PassableOut], **PROBLEMS})
def read_passable(request: HttpRequest, collaboration_id: str) -> list[Passable]:
    """What can be delegated to the collaboration today: the areas above that are decided there, and for how many here."""
    return list(passable(actor_of(request), collaboration_id, clock.now()))


@router.post("/mandates/{mandate_id}/notice", response={200: shapes.Made, **PROBLEMS})
def notice(request: HttpRequest, mandate_id: str, body: mandate_shapes.NoticeIn) -> Mandate:
    """Give notice: the mandate counts until the notice agreed has run out, and not after."""
    return operations.give_notice(actor=actor_of(request), mandate_id=mandate_id, **body.dict())


@router.post("/mandates/{mandate_id}/notice/withdraw", response={200: shapes.Made, **PROBLEMS})
def withdraw_notice(request: HttpRequest, mandate_id: str) -> Mandate:
    """Take a notice back while it runs."""
    return operations.withdraw_notice(actor=actor_of(request), mandate_id=mandate_id)


def ruling_out(row: RulingRow) -> dict[str, Any]:
    """A ruling in words and as values."""
    plain = ("organisation_id", "organisation", "decides", "ground", "following", "missing", "why")
    return {name: getattr(row, name) for name in plain} | {"ruling": ruling_document(row.ruling)}


def _change(row: ChangeRow) -> dict[str, Any]:
    return {
        "beneath": row.beneath,
        "organisation": row.organisation,
        "area": row.area,
        "before": ruling_out(row.before),
        "after": ruling_out(row.after),
    }


def _rehearsal(actor: Actor, changes: Iterable[ChangeRow]) -> dict[str, Any]:
    listed = list(changes)
    touched = touched_in(actor, areas_in(listed), clock.now())
    return {"changes": [_change(row) for row in listed], **asdict(touched)}
