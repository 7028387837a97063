"""The people whom an organisation knows, as JSON, for those who administer it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from django.http import HttpRequest
from ninja import Field, Query, Schema, Status

from samordna.api.common_shapes import Made
from samordna.api.exchange_shapes import FaultOut
from samordna.api.foundation import PROBLEMS, Operations, Page, Paging, actor_of
from samordna.core import clock
from samordna.domain.organisations.members import members_of
from samordna.domain.organisations.operations import (
    describe_member,
    end_external_id,
    let_member_leave,
    let_member_return,
    record_external_id,
    take_in_person,
    take_in_roster,
)
from samordna.domain.organisations.roster import MOST_ROWS, Line, Plan
from samordna.domain.organisations.rosters import plan_roster

if TYPE_CHECKING:
    from samordna.domain.organisations.models import ExternalId

router = Operations(tags=["Organisations"])


class IdOut(Schema):
    """An id that somebody else has issued."""

    id: str
    kind: str
    value: str
    issuer: str


class KnownPersonOut(Schema):
    """A person as the organisation knows it."""

    person_id: str
    name: str
    email: str
    register_id: str
    active: bool
    created_at: datetime
    changed_at: datetime
    ids: list[IdOut]
    roles: list[str]


class MemberList(Page):
    """A page of the organisation's people."""

    items: list[KnownPersonOut]


class MemberIn(Schema):
    """Somebody to take in, by e-mail address."""

    name: str
    email: str
    register_id: str = ""


class MemberWordsIn(Schema):
    """A person's name, and its id in the organisation's own register."""

    name: str
    register_id: str = ""


class IdIn(Schema):
    """An id: `hsa_id`, `commission` or `org_affiliation`."""

    kind: str
    value: str
    issuer: str = ""


class LineIn(Schema):
    """A row of the file of roles and people, by the keys of its columns."""

    sheet: Literal["roles", "people"]
    row: int
    cells: dict[str, str]


class RosterIn(Schema):
    """Rows; `carry_out` false only tells what they would do."""

    lines: list[LineIn] = Field(max_length=MOST_ROWS)
    carry_out: bool = False
    document: str = ""


class StepOut(Schema):
    """One thing that is done."""

    kind: str
    sheet: str
    row: int
    sentence: str


class ImportPlanOut(Schema):
    """What rows do, what is wrong with them, and how many say what is so already."""

    steps: list[StepOut]
    faults: list[FaultOut]
    same: int


@router.get("/organisations/{organisation_id}/people", response={200: MemberList, **PROBLEMS})
def list_people(request: HttpRequest, organisation_id: str, paging: Query[Paging]) -> dict[str, Any]:
    """The people whom the organisation knows."""
    first = (paging.page - 1) * paging.size
    total, rows = members_of(actor_of(request), organisation_id, clock.now(), first=first, most=paging.size)
    return {"items": rows, "total": total, "page": paging.page, "size": paging.size}


@router.post("/organisations/{organisation_id}/people", response={201: Made, **PROBLEMS})
def take_in(request: HttpRequest, organisation_id: str, body: MemberIn) -> Status[dict[str, str]]:
    """Take somebody in; the id that is given is the person's."""
    made = take_in_person(actor=actor_of(request), organisation_id=organisation_id, **body.dict())
    return Status(201, {"id": made.person_id})


@router.post("/organisations/{organisation_id}/people/{person_id}", response={200: Made, **PROBLEMS})
def describe(request: HttpRequest, organisation_id: str, person_id: str, body: MemberWordsIn) -> dict[str, str]:
    """Write a person's name as the organisation has it."""
    describe_member(actor=actor_of(request), organisation_id=organisation_id, person_id=person_id, **body.dict())
    return {"id": person_id}


@router.post("/organisations/{organisation_id}/people/{person_id}/leave", response={200: Made, **PROBLEMS})
def leave(request: HttpRequest, organisation_id: str, person_id: str) -> dict[str, str]:
    """Record that somebody has left."""
    let_member_leave(actor=actor_of(request), organisation_id=organisation_id, person_id=person_id)
    return {"id": person_id}


@router.post("/organisations/{organisation_id}/people/{person_id}/return", response={200: Made, **PROBLEMS})
def come_back(request: HttpRequest, organisation_id: str, person_id: str) -> dict[str, str]:
    """Record that somebody is back."""
    let_member_return(actor=actor_of(request), organisation_id=organisation_id, person_id=person_id)
    return {"id": person_id}


@router.post("/organisations/{organisation_id}/people/{person_id}/ids", response={201: Made, **PROBLEMS})
def record_id(request: HttpRequest, organisation_id: str, person_id: str, body: IdIn) -> Status[ExternalId]:
    """Record an id that somebody else has issued."""
    actor = actor_of(request)
    made = record_external_id(actor=actor, organisation_id=organisation_id, person_id=person_id, **body.dict())
    return Status(201, made)


@router.post("/external-ids/{external_id}/end", response={200: Made, **PROBLEMS})
def end_id(request: HttpRequest, external_id: str) -> ExternalId:
    """End an id."""
    return end_external_id(actor=actor_of(request), external_id=external_id)


@router.post("/organisations/{organisation_id}/roster", response={200: ImportPlanOut, **PROBLEMS})
def roster(request: HttpRequest, organisation_id: str, body: RosterIn) -> Plan:
    """Take rows of roles and people in, or only see what they would do."""
    actor, lines = actor_of(request), tuple(Line(**line.dict()) for line in body.lines)
    if body.carry_out:
        return take_in_roster(actor=actor, organisation_id=organisation_id, lines=lines, document=body.document)
    return plan_roster(actor, organisation_id, lines, clock.now())
