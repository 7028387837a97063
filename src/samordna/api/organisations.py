"""Organisations, roles, holdings and keys as JSON."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from ninja import Query, Schema, Status

from samordna.api.common_shapes import Made
from samordna.api.foundation import PROBLEMS, Operations, Page, actor_of
from samordna.core import clock
from samordna.domain.organisations.contacts import ContactRow, contact_path, contact_paths_of
from samordna.domain.organisations.operations import (
    appoint_deputy,
    close_contact_path,
    end_holding,
    give_role,
    make_api_token,
    open_contact_path,
    open_role,
    register_organisation,
    register_person,
    revoke_api_token,
)
from samordna.domain.organisations.queries import (
    Directory,
    OrganisationPage,
    TokenRow,
    directory,
    organisation_page,
    tokens_of,
)

if TYPE_CHECKING:
    from samordna.domain.organisations.models import ApiToken, ContactPath, Holding, Organisation, Person, Role

router = Operations(tags=["Organisations"])


class OrganisationRow(Schema):
    """An organisation in the directory."""

    id: str
    name: str
    kind: str
    parent: str
    roles: int
    vacant: int


class OrganisationList(Page):
    """A page of the directory."""

    items: list[OrganisationRow]


class DirectoryAsked(Schema):
    """Which part of the directory."""

    words: str = ""
    page: int = 1


class HolderOut(Schema):
    """Somebody who holds a role."""

    holding_id: str
    person_id: str
    name: str
    kind: str
    stands_in_for: str
    valid_from: date
    valid_to: date | None


class RoleOut(Schema):
    """A role on a day."""

    id: str
    name: str
    kind: str
    purpose: str
    responsibilities: str
    authority: str
    valid_from: date
    valid_to: date | None
    vacant: bool
    holders: list[HolderOut]
    coming: list[HolderOut]
    earlier: list[HolderOut]


class OrganisationOut(Schema):
    """An organisation on a day."""

    id: str
    name: str
    kind: str
    number: str
    area_code: str
    inhabitants: int | None
    fictional: bool
    parent_id: str
    on: date
    roles: list[RoleOut]
    closed_roles: list[RoleOut]


class OrganisationIn(Schema):
    """An organisation to register as a part of another."""

    name: str
    kind: str
    short_name: str = ""
    number: str = ""
    area_code: str = ""
    parent_id: str
    inhabitants: int | None = None
    valid_from: date | None = None


class PersonIn(Schema):
    """A person to register; the organisation is the one whose administrator does it."""

    organisation_id: str
    name: str
    email: str = ""


class RoleIn(Schema):
    """A role to open."""

    name: str
    kind: str
    purpose: str = ""
    responsibilities: str = ""
    authority: str = ""
    valid_from: date | None = None


class EndIn(Schema):
    """The day from which something no longer holds; today when empty."""

    valid_to: date | None = None


class HoldingIn(Schema):
    """Who takes the role, and when."""

    person_id: str = ""
    name: str = ""
    email: str = ""
    kind: str = "ordinary"
    valid_from: date | None = None
    valid_to: date | None = None


class DeputyIn(Schema):
    """Who stands in, and when."""

    person_id: str = ""
    email: str = ""
    valid_from: date | None = None
    valid_to: date


class ContactIn(Schema):
    """Whom to contact about something, by role."""

    topic: str
    how: str
    also: str = ""
    from_whom: str = ""
    when_not: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


class ContactOut(Schema):
    """A contact path, with who holds the role now."""

    id: str
    topic: str
    also: str
    from_whom: str
    role_id: str
    role: str
    organisation_id: str
    organisation: str
    how: str
    when_not: str
    valid_from: date
    valid_to: date | None
    holders: list[str]
    vacant: bool


class TokenIn(Schema):
    """A key to make."""

    label: str
    may_write: bool = False
    days: int = 90


class TokenOut(Schema):
    """A key, without its secret."""

    id: str
    label: str
    may_write: bool
    role: str
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    works: bool


class SecretOut(Schema):
    """A new key. The secret is given once."""

    id: str
    secret: str
    expires_at: datetime


@router.get("/organisations", response={200: OrganisationList, **PROBLEMS})
def list_organisations(request: HttpRequest, asked: Query[DirectoryAsked]) -> dict[str, Any]:
    """The directory."""
    found: Directory = directory(actor_of(request), clock.now(), asked.words, min(max(asked.page, 1), 100_000))
    return {"items": found.rows, "total": found.total, "page": found.page, "size": len(found.rows)}


@router.post("/organisations", response={201: Made, **PROBLEMS})
def create_organisation(request: HttpRequest, body: OrganisationIn) -> Status[Organisation]:
    """Register an organisation that is part of one's own."""
    return Status(201, register_organisation(actor=actor_of(request), **body.dict()))


@router.get("/organisations/{organisation_id}", response={200: OrganisationOut, **PROBLEMS})
def read_organisation(request: HttpRequest, organisation_id: str, on: date | None = None) -> OrganisationPage:
    """An organisation with its roles and holders, on a day."""
    return organisation_page(actor_of(request), organisation_id, clock.now(), on)


@router.post("/persons", response={201: Made, **PROBLEMS})
def create_person(request: HttpRequest, body: PersonIn) -> Status[Person]:
    """Register a person."""
    return Status(201, register_person(actor=actor_of(request), **body.dict()))


@router.post("/organisations/{organisation_id}/roles", response={201: Made, **PROBLEMS})
def create_role(request: HttpRequest, organisation_id: str, body: RoleIn) -> Status[Role]:
    """Open a role."""
    return Status(201, open_role(actor=actor_of(request), organisation_id=organisation_id, **body.dict()))


@router.post("/roles/{role_id}/holdings", response={201: Made, **PROBLEMS})
def create_holding(request: HttpRequest, role_id: str, body: HoldingIn) -> Status[Holding]:
    """Give the role to somebody."""
    return Status(201, give_role(actor=actor_of(request), role_id=role_id, **body.dict()))


@router.post("/holdings/{holding_id}/deputies", response={201: Made, **PROBLEMS})
def create_deputy(request: HttpRequest, holding_id: str, body: DeputyIn) -> Status[Holding]:
    """Let somebody stand in."""
    return Status(201, appoint_deputy(actor=actor_of(request), holding_id=holding_id, **body.dict()))


@router.post("/holdings/{holding_id}/end", response={200: Made, **PROBLEMS})
def finish_holding(request: HttpRequest, holding_id: str, body: EndIn) -> Holding:
    """End a holding."""
    return end_holding(actor=actor_of(request), holding_id=holding_id, valid_to=body.valid_to)


@router.get("/organisations/{organisation_id}/contact-paths", response={200: list[ContactOut], **PROBLEMS})
def list_contact_paths(request: HttpRequest, organisation_id: str, on: date | None = None) -> list[ContactRow]:
    """Whom to contact about what, on a day."""
    return list(contact_paths_of(actor_of(request), organisation_id, clock.now(), on))


@router.get("/contact-paths/{contact_path_id}", response={200: ContactOut, **PROBLEMS})
def read_contact_path(request: HttpRequest, contact_path_id: str) -> ContactRow:
    """A contact path."""
    return contact_path(actor_of(request), contact_path_id, clock.now())


@router.post("/roles/{role_id}/contact-paths", response={201: Made, **PROBLEMS})
def create_contact_path(request: HttpRequest, role_id: str, body: ContactIn) -> Status[ContactPath]:
    """Say that this role is to be contacted about something."""
    return Status(201, open_contact_path(actor=actor_of(request), role_id=role_id, **body.dict()))


@router.post("/contact-paths/{contact_path_id}/end", response={200: Made, **PROBLEMS})
def end_contact_path(request: HttpRequest, contact_path_id: str, body: EndIn) -> ContactPath:
    """End a contact path."""
    return close_contact_path(actor=actor_of(request), contact_path_id=contact_path_id, valid_to=body.valid_to)


@router.get("/tokens", response={200: list[TokenOut], **PROBLEMS})
def list_tokens(request: HttpRequest) -> list[TokenRow]:
    """One's own keys."""
    return list(tokens_of(actor_of(request), clock.now()))


@router.post("/tokens", response={201: SecretOut, **PROBLEMS})
def create_token(request: HttpRequest, body: TokenIn) -> Status[dict[str, Any]]:
    """Make a key; needs a session, not a key."""
    issued = make_api_token(actor=actor_of(request), **body.dict())
    return Status(201, {"id": issued.token.pk, "secret": issued.secret, "expires_at": issued.token.expires_at})


@router.post("/tokens/{token_id}/revoke", response={200: Made, **PROBLEMS})
def end_token(request: HttpRequest, token_id: str) -> ApiToken:
    """Make a key useless at once."""
    return revoke_api_token(actor=actor_of(request), token_id=token_id)
