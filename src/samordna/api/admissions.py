"""Letting people and organisations in, as JSON. The letters are posted; their links are never in an answer."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from ninja import Schema, Status

from samordna.api.common_shapes import Made
from samordna.api.foundation import PROBLEMS, Operations, actor_of
from samordna.core import clock
from samordna.domain.admissions import operations as do
from samordna.domain.admissions.limits import INVITATION_DAYS
from samordna.domain.admissions.queries.invitations import InvitationRow, organisation_invitations, role_invitations
from samordna.domain.admissions.queries.signing_in import (
    Connection,
    ProviderRow,
    identities_of,
    provider_rows,
    signing_in,
)

router = Operations(tags=["Letting in"])


class InvitationOut(Schema):
    """An invitation, without its link."""

    id: str
    email: str
    name: str
    role: str
    organisation: str
    collaboration: str
    state: str
    made_by: str
    sent_at: datetime
    times_sent: int
    last_day: date
    accepted_at: datetime | None
    holder: str


class InvitationIn(Schema):
    """Whom to invite to the role."""

    email: str
    name: str = ""
    valid_to: date | None = None
    days: int = INVITATION_DAYS


class AdministratorIn(Schema):
    """The first administrator of a part of one's organisation."""

    email: str
    name: str = ""
    days: int = INVITATION_DAYS


class NewcomerIn(Schema):
    """An organisation to invite; one with people of its own needs no address and is let in at once."""

    name: str
    number: str = ""
    kind: str = ""
    email: str = ""


class NewcomersIn(Schema):
    """Organisations to invite, all of them or none."""

    organisations: list[NewcomerIn]
    days: int = INVITATION_DAYS


class LetInEachIn(Schema):
    """Registered organisations to let in, each as a party of its own; all of them or none."""

    organisation_ids: list[str]
    joined_on: date | None = None


class RuleIn(Schema):
    """Which affiliation gives the role: `id@organisation number`, or `*@…` for everybody there."""

    affiliation: str


class RuleOut(Schema):
    """A rule, and how many hold the role by it now."""

    id: str
    affiliation: str
    role: str
    holders: int


class ProviderOut(Schema):
    """A provider of sign-in; `organisations` are the names of those that use it."""

    id: str
    name: str
    kind: str
    level: int
    used: bool
    organisations: list[str]


class SigningInOut(Schema):
    """How an organisation's people sign in."""

    providers: list[ProviderOut]
    rules: list[RuleOut]


class ProviderIn(Schema):
    """A provider to use, by its id."""

    provider: str


class ConnectionOut(Schema):
    """One of one's own connections to providers."""

    id: str
    provider_id: str
    provider: str
    affiliations: list[str]
    seen_at: datetime


class SentOut(Schema):
    """What was invited; its letter is in the outbox."""

    id: str


def _sent(issued: list[do.IssuedInvitation]) -> list[dict[str, Any]]:
    return [{"id": each.invitation.pk} for each in issued]


def _origin(request: HttpRequest) -> str:
    return request.build_absolute_uri("/")


@router.get("/organisations/{organisation_id}/invitations", response={200: list[InvitationOut], **PROBLEMS})
def list_role_invitations(request: HttpRequest, organisation_id: str) -> list[InvitationRow]:
    """The organisation's invitations to its roles, for its administrator."""
    return list(role_invitations(actor_of(request), organisation_id, clock.now()))


@router.post("/roles/{role_id}/invitations", response={201: SentOut, **PROBLEMS})
def create_role_invitation(request: HttpRequest, role_id: str, body: InvitationIn) -> Status[dict[str, Any]]:
    """Invite somebody to the role."""
    issued = do.invite_to_role(actor=actor_of(request), role_id=role_id, origin=_origin(request), **body.dict())
    return Status(201, _sent([issued])[0])


@router.post("/organisations/{organisation_id}/first-administrator", response={201: SentOut, **PROBLEMS})
def create_administrator_invitation(
    request: HttpRequest, organisation_id: str, body: AdministratorIn
) -> Status[dict[str, Any]]:
    """Invite the first administrator of a part of one's own organisation."""
    issued = do.invite_administrator(
        actor=actor_of(request), organisation_id=organisation_id, origin=_origin(request), **body.dict()
    )
    return Status(201, _sent([issued])[0])


@router.post("/invitations/{invitation_id}/send-again", response={200: SentOut, **PROBLEMS})
def resend_invitation(request: HttpRequest, invitation_id: str) -> dict[str, Any]:
    """Send the invitation again, with a new link."""
    issued = do.send_again(actor=actor_of(request), invitation_id=invitation_id, origin=_origin(request))
    return _sent([issued])[0]


@router.post("/invitations/{invitation_id}/withdraw", response={200: Made, **PROBLEMS})
def end_invitation(request: HttpRequest, invitation_id: str) -> object:
    """Make the invitation's link stop working."""
    return do.withdraw_invitation(actor=actor_of(request), invitation_id=invitation_id)


@router.get("/collaborations/{collaboration_id}/invitations", response={200: list[InvitationOut], **PROBLEMS})
def list_organisation_invitations(request: HttpRequest, collaboration_id: str) -> list[InvitationRow]:
    """The organisations invited to take part, for the coordinator."""
    return list(organisation_invitations(actor_of(request), collaboration_id, clock.now()))


@router.post("/collaborations/{collaboration_id}/invitations", response={201: list[SentOut], **PROBLEMS})
def create_organisation_invitations(
    request: HttpRequest, collaboration_id: str, body: NewcomersIn
) -> Status[list[dict[str, Any]]]:
    """Invite organisations to take part."""
    rows = [each.dict() for each in body.organisations]
    issued = do.invite_organisations(
        actor=actor_of(request),
        collaboration_id=collaboration_id,
        organisations=rows,
        days=body.days,
        origin=_origin(request),
    )
    return Status(201, _sent(issued))


@router.post("/collaborations/{collaboration_id}/let-in-each", response={201: list[Made], **PROBLEMS})
def create_parties(request: HttpRequest, collaboration_id: str, body: LetInEachIn) -> Status[list[Any]]:
    """Let many registered organisations in at once."""
    return Status(201, list(do.let_in_each(actor=actor_of(request), collaboration_id=collaboration_id, **body.dict())))


@router.get("/sign-in-providers", response={200: list[ProviderOut], **PROBLEMS})
def list_providers(request: HttpRequest) -> list[dict[str, Any]]:
    """Every configured provider of sign-in, and which organisations use it."""
    return [_provider(row) for row in provider_rows(actor_of(request), clock.now())]


def _provider(row: ProviderRow) -> dict[str, Any]:
    names = [name for _pk, name in row.organisations]
    plain = {"id": row.id, "name": row.name, "kind": row.kind, "level": row.level, "used": row.used}
    return plain | {"organisations": names}


@router.get("/organisations/{organisation_id}/sign-in", response={200: SigningInOut, **PROBLEMS})
def read_signing_in(request: HttpRequest, organisation_id: str) -> dict[str, Any]:
    """How the organisation's people sign in, for its administrator."""
    found = signing_in(actor_of(request), organisation_id, clock.now())
    return {"providers": [_provider(row) for row in found.providers], "rules": found.rules}


@router.post("/organisations/{organisation_id}/sign-in/use", response={200: Made, **PROBLEMS})
def begin_to_use_provider(request: HttpRequest, organisation_id: str, body: ProviderIn) -> object:
    """Say that the organisation's people sign in by a provider."""
    return do.use_provider(actor=actor_of(request), organisation_id=organisation_id, provider=body.provider)


@router.post("/organisations/{organisation_id}/sign-in/stop", response={200: Made, **PROBLEMS})
def stop_to_use_provider(request: HttpRequest, organisation_id: str, body: ProviderIn) -> object:
    """Say that a provider's word no longer counts in the organisation."""
    return do.stop_using_provider(actor=actor_of(request), organisation_id=organisation_id, provider=body.provider)


@router.post("/roles/{role_id}/affiliation-rules", response={201: Made, **PROBLEMS})
def create_affiliation_rule(request: HttpRequest, role_id: str, body: RuleIn) -> Status[Any]:
    """Say which affiliation gives the role."""
    return Status(201, do.add_affiliation_rule(actor=actor_of(request), role_id=role_id, affiliation=body.affiliation))


@router.post("/affiliation-rules/{rule_id}/end", response={200: Made, **PROBLEMS})
def finish_affiliation_rule(request: HttpRequest, rule_id: str) -> object:
    """End a rule, and the holdings that it gave."""
    return do.end_affiliation_rule(actor=actor_of(request), rule_id=rule_id)


@router.get("/sign-in-connections", response={200: list[ConnectionOut], **PROBLEMS})
def list_connections(request: HttpRequest) -> list[Connection]:
    """One's own connections to providers of sign-in."""
    return list(identities_of(actor_of(request)))


@router.post("/sign-in-connections/{identity_id}/disconnect", response={200: Made, **PROBLEMS})
def end_connection(request: HttpRequest, identity_id: str) -> object:
    """Stop signing in by a provider; answers with one's own id."""
    return do.disconnect_identity(actor=actor_of(request), identity_id=identity_id)
