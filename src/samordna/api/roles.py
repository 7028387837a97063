"""Roles as JSON: one role on a day, its words, and its closing."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.http import HttpRequest
from ninja import Schema

from samordna.api.common_shapes import Made
from samordna.api.foundation import PROBLEMS, Operations, actor_of
from samordna.api.organisations import ContactOut, EndIn, RoleOut
from samordna.core import clock
from samordna.domain.organisations.operations import close_role, describe_role
from samordna.domain.organisations.role_pages import RolePage, role_page

if TYPE_CHECKING:
    from samordna.domain.organisations.models import Role

router = Operations(tags=["Organisations"])


class TaskOut(Schema):
    """One thing that rests on a role. `stays`: why it cannot be handed over; empty when it can."""

    what: str
    about: str
    stays: str


class RolePageOut(Schema):
    """A role on the day `on` and today."""

    organisation_id: str
    organisation: str
    on: date
    exists: bool
    changed: bool
    then: RoleOut
    now: RoleOut
    tasks: list[TaskOut]
    contacts: list[ContactOut]


class RoleWordsIn(Schema):
    """What a role is called and what it is for."""

    name: str
    purpose: str = ""
    responsibilities: str = ""
    authority: str = ""


class ClosingIn(EndIn):
    """The day from which a role is closed, and the role that takes its tasks over."""

    hand_over_to: str = ""


@router.get("/roles/{role_id}", response={200: RolePageOut, **PROBLEMS})
def read_role(request: HttpRequest, role_id: str, on: date | None = None) -> RolePage:
    """A role: who holds it now and who did on a day, what rests on it, and what one contacts it about."""
    return role_page(actor_of(request), role_id, clock.now(), on)


@router.post("/roles/{role_id}/describe", response={200: Made, **PROBLEMS})
def say_anew(request: HttpRequest, role_id: str, body: RoleWordsIn) -> Role:
    """Say anew what the role is for."""
    return describe_role(actor=actor_of(request), role_id=role_id, **body.dict())


@router.post("/roles/{role_id}/close", response={200: Made, **PROBLEMS})
def end_role(request: HttpRequest, role_id: str, body: ClosingIn) -> Role:
    """Close a role; what rests on it goes to the role that takes over, or it does not close (409)."""
    return close_role(actor=actor_of(request), role_id=role_id, **body.dict())
