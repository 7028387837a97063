"""The collaboration's own roles as JSON."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.http import HttpRequest
from ninja import Schema, Status

from samordna.api.common_shapes import Made
from samordna.api.foundation import PROBLEMS, Operations, actor_of
from samordna.api.organisations import EndIn
from samordna.core import clock
from samordna.domain.collaborations.operations import (
    close_collaboration_role,
    let_role_carry,
    open_collaboration_role,
)
from samordna.domain.collaborations.queries.carried import CarriedRoles, carried_roles

if TYPE_CHECKING:
    from samordna.domain.collaborations.models import Carrying, CollaborationRole

router = Operations(tags=["Collaborations"])


class WhoOut(Schema):
    """Who held the carrying role on the day, and who holds it now."""

    then: list[str]
    now: list[str]


class CarriedOut(Schema):
    """A role of the collaboration on a day; `role_id` is empty when no role carries it."""

    id: str
    name: str
    purpose: str
    responsibilities: str
    authority: str
    valid_from: date
    valid_to: date | None
    role_id: str
    by: str
    who: WhoOut | None
    vacant: bool


class CarriedList(Schema):
    """The collaboration's own roles on the day `on`."""

    id: str
    name: str
    on: date
    rows: list[CarriedOut]


class OwnRoleIn(Schema):
    """A role to open."""

    name: str
    purpose: str = ""
    responsibilities: str = ""
    authority: str = ""
    valid_from: date | None = None


class CarryIn(Schema):
    """Which role carries it, and when."""

    role_id: str
    valid_from: date | None = None
    valid_to: date | None = None


@router.get("/collaborations/{collaboration_id}/roles", response={200: CarriedList, **PROBLEMS})
def list_own_roles(request: HttpRequest, collaboration_id: str, on: date | None = None) -> CarriedRoles:
    """The collaboration's own roles on a day."""
    return carried_roles(actor_of(request), collaboration_id, clock.now(), on)


@router.post("/collaborations/{collaboration_id}/roles", response={201: Made, **PROBLEMS})
def make_own_role(request: HttpRequest, collaboration_id: str, body: OwnRoleIn) -> Status[CollaborationRole]:
    """Open a role of the collaboration."""
    actor = actor_of(request)
    return Status(201, open_collaboration_role(actor=actor, collaboration_id=collaboration_id, **body.dict()))


@router.post("/collaboration-roles/{collaboration_role_id}/carry", response={201: Made, **PROBLEMS})
def carry(request: HttpRequest, collaboration_role_id: str, body: CarryIn) -> Status[Carrying]:
    """Let an organisation's role carry it."""
    actor = actor_of(request)
    return Status(201, let_role_carry(actor=actor, collaboration_role_id=collaboration_role_id, **body.dict()))


@router.post("/collaboration-roles/{collaboration_role_id}/close", response={200: Made, **PROBLEMS})
def close_own_role(request: HttpRequest, collaboration_role_id: str, body: EndIn) -> CollaborationRole:
    """Close a role of the collaboration."""
    actor = actor_of(request)
    return close_collaboration_role(actor=actor, collaboration_role_id=collaboration_role_id, valid_to=body.valid_to)
