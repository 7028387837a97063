"""Invitations as those who sent them see them, and one as the one who was invited does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.refusals import refusal_of
from samordna.domain.admissions.access import RELATED, check_open, known_to_sign_in, parent_for
from samordna.domain.admissions.enums import InvitationState
from samordna.domain.admissions.limits import MOST_LETTERS
from samordna.domain.admissions.models import Invitation
from samordna.domain.collaborations.access import collaboration_for
from samordna.domain.organisations.access import organisation_for
from samordna.domain.organisations.members import called_in
from samordna.domain.organisations.models import Holding, Person, Role

KEPT = 90  # days that an invitation is listed after it was accepted or withdrawn


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationRow:
    """One invitation. `holder`: who accepted it, and `by_other` whether with another address than the invited one."""

    id: str
    email: str
    name: str
    role: str
    organisation: str
    collaboration: str
    state: str
    state_label: str
    made_by: str
    sent_at: datetime
    times_sent: int
    last_day: date
    accepted_at: datetime | None
    holder: str
    by_other: bool
    may_send: bool
    may_withdraw: bool


def role_invitations(actor: Actor, organisation_id: str, at: datetime) -> tuple[InvitationRow, ...]:
    """The organisation's invitations to roles, and to the parts that it has registered; unanswered ones first."""
    organisation = organisation_for(actor, organisation_id, "organisation.administer", at)
    own = Invitation.objects.filter(role__organisation=organisation)
    parts = Invitation.objects.filter(role=None, collaboration=None, organisation__parent=organisation)
    return _rows(own | parts, at)


def organisation_invitations(actor: Actor, collaboration_id: str, at: datetime) -> tuple[InvitationRow, ...]:
    """The organisations that are invited to take part; unanswered ones first."""
    collaboration = collaboration_for(actor, collaboration_id, "collaboration.lead", at)
    return _rows(Invitation.objects.filter(collaboration=collaboration), at)


def _rows(found: Iterable[Invitation], at: datetime) -> tuple[InvitationRow, ...]:
    invitations = list(Invitation.objects.select_related(*RELATED).filter(pk__in=[one.pk for one in found]))
    holdings = {pk for row in invitations for pk in (row.made_by_id, row.holding_id) if pk}
    names = {held.pk: held.known_as for held in Holding.objects.named().filter(pk__in=holdings)}
    rows = [_row_of(row, names, at) for row in invitations]
    order = list(InvitationState.values)
    listed = [row for row in rows if row.may_withdraw or (at - row.sent_at).days <= KEPT]
    return tuple(sorted(listed, key=lambda row: (order.index(row.state), row.last_day, row.email)))


def _row_of(invitation: Invitation, names: Mapping[str, str], at: datetime) -> InvitationRow:
    """One invitation, as a row. `names`: what each holding's organisation calls its holder."""
    state, holding = invitation.state_at(at), invitation.holding
    role, organisation = invitation.role, invitation.organisation
    unanswered = state in (InvitationState.OPEN, InvitationState.EXPIRED)
    return InvitationRow(
        id=invitation.pk,
        email=invitation.email,
        name=invitation.name,
        role=role.name if role else "",
        organisation=_name(invitation) if role is None or organisation else role.organisation.name,
        collaboration=invitation.collaboration.name if invitation.collaboration else "",
        state=state,
        state_label=str(state.label),
        made_by=names[invitation.made_by_id],
        sent_at=invitation.sent_at,
        times_sent=invitation.times_sent,
        last_day=clock.day(invitation.expires_at),
        accepted_at=invitation.accepted_at,
        holder=names[holding.pk] if holding else "",
        by_other=holding is not None and (holding.person.email or "").lower() != invitation.email,
        may_send=unanswered and invitation.times_sent < MOST_LETTERS,
        may_withdraw=unanswered,
    )


def _name(invitation: Invitation) -> str:
    return invitation.organisation.name if invitation.organisation else invitation.organisation_name


def lacks_people(actor: Actor, organisation_id: str, at: datetime) -> bool:
    """Is this a part of the actor's organisation in which nobody has held a role, so that its first may be invited?"""
    if refusal_of(parent_for, actor, organisation_id, at):
        return False
    return not Holding.objects.filter(role__organisation_id=organisation_id).exists()


@dataclass(frozen=True, slots=True, kw_only=True)
class Invited:
    """An invitation as the one who was invited sees it.

    `refusal`: why it no longer works, or "". `known`: there is an account to sign in to; `registered` one without a way in
    yet. `founding`: the organisation is not registered, so what it is called is asked for.
    """

    id: str
    email: str
    name: str
    role: str
    organisation: str
    organisation_number: str
    organisation_kind: str
    collaboration: str
    purpose: str
    made_by: str
    made_by_organisation: str
    last_day: date
    refusal: str
    known: bool
    registered: str
    founding: bool


def invited(invitation: Invitation, at: datetime) -> Invited:
    """What the page of an invitation shows. Whoever asks has the link, and so reads the invited address's mail."""
    role = invitation.role
    person = Person.objects.filter(email__iexact=invitation.email).first()
    maker = Role.objects.select_related("organisation").get(pk=invitation.made_by.role_id)
    return Invited(
        id=invitation.pk,
        email=invitation.email,
        name=invitation.name,
        role=role.name if role else "",
        organisation=role.organisation.name if role else _name(invitation),
        organisation_number=invitation.organisation_number,
        organisation_kind=invitation.organisation_kind,
        collaboration=invitation.collaboration.name if invitation.collaboration else "",
        purpose=invitation.collaboration.purpose if invitation.collaboration else "",
        made_by=called_in(maker.organisation_id, invitation.made_by.person),
        made_by_organisation=maker.organisation.name,
        last_day=clock.day(invitation.expires_at),
        refusal=refusal_of(check_open, invitation, at),
        known=known_to_sign_in(invitation.email),
        registered=person.name if person else "",
        founding=role is None and invitation.organisation_id is None,
    )
