"""Accepting an invitation: an account that there is, or a new one, gains the role; a joining organisation gains its first.

Whoever has the link has shown that they read the invited address's mail. That is enough to make an account for it, and not
enough to use one that is there: whoever has one signs in to it.
"""

from __future__ import annotations

from datetime import date, datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from samordna.core import clock, journal
from samordna.core.actor import Actor
from samordna.core.errors import Refused
from samordna.core.operation import operation
from samordna.domain.admissions.access import check_bearer, check_open, known_to_sign_in
from samordna.domain.admissions.models import Invitation
from samordna.domain.admissions.operations.founding import administrator_role, found_organisation
from samordna.domain.collaborations.models import Participation
from samordna.domain.collaborations.operations.taking_part import take_in
from samordna.domain.organisations.enums import HoldingKind
from samordna.domain.organisations.findings import Findings
from samordna.domain.organisations.models import Holding, Membership, Organisation, Person, Role


@operation("invitation.accept")
def accept_invitation(
    *,
    actor: Actor,
    invitation_id: str,
    name: str = "",
    password: str = "",
    organisation_name: str = "",
    organisation_kind: str = "",
    organisation_number: str = "",
    at: datetime | None = None,
) -> Holding:
    """Accept as the one who is signed in, or else as somebody new with this name and password.

    For an organisation that is not registered, what it is called, is, and has for number is confirmed or corrected.
    Raises `Refused` for an invitation that no longer works, and for an address whose account has to be signed in to.
    """
    check_bearer(actor, invitation_id, at)
    at = at or clock.now()
    related = ("role__organisation", "organisation", "collaboration")
    invitation = Invitation.objects.select_for_update(of=("self",)).select_related(*related).get(pk=invitation_id)
    if invitation.organisation_id:  # two who were invited to look after it do not both get it
        Organisation.objects.select_for_update().get(pk=invitation.organisation_id)
    check_open(invitation, at)
    person = _person(actor, invitation, name, password, at)
    as_them = Actor(via=actor.via, person_id=person.pk, proof=actor.proof, assurance=actor.assurance)
    role = invitation.role or administrator_role(
        as_them, _organisation(as_them, invitation, organisation_name, organisation_kind, organisation_number, at), at
    )
    holding = take_role(as_them, role, person, invitation.valid_to, at)
    if invitation.collaboration_id:
        _join(as_them, invitation, role.organisation, at)
    invitation.accepted_at, invitation.holding = at, holding
    invitation.save(update_fields=["accepted_at", "holding"])
    journal.record(
        actor=as_them,
        action="invitation_accepted",
        subject_kind="invitation",
        subject_id=invitation.pk,
        collaboration_id=invitation.collaboration_id or "",
        at=at,
        holding=holding.pk,
        organisation=role.organisation_id,
    )
    return holding


def _person(actor: Actor, invitation: Invitation, name: str, password: str, at: datetime) -> Person:
    if actor.person_id is not None:
        return Person.objects.get(pk=actor.person_id)
    if known_to_sign_in(invitation.email):
        raise Refused(_("There is an account with this address. Sign in to it, and open the link in the letter again."))
    found = Findings()
    person = Person.objects.filter(email__iexact=invitation.email).first()
    if person is not None and not person.is_active:
        raise Refused(_("The account with this address may not sign in. Ask the one who invited you."))
    known = person is not None
    person = person or Person(name=found.line("name", name, 120), email=invitation.email)
    try:
        validate_password(password, person)
    except ValidationError as error:
        found.say("password", " ".join(error.messages))
    found.insist()
    person.set_password(password)
    person.save()
    action = "password_chosen" if known else "person_registered"
    newcomer = Actor(via=actor.via, person_id=person.pk, proof=actor.proof)
    journal.record(actor=newcomer, action=action, subject_kind="person", subject_id=person.pk, at=at)
    return person


def _organisation(actor: Actor, invitation: Invitation, name: str, kind: str, number: str, at: datetime) -> Organisation:
    if invitation.organisation is not None:
        return invitation.organisation
    return found_organisation(
        actor,
        name=name or invitation.organisation_name,
        kind=kind or invitation.organisation_kind,
        number=number or invitation.organisation_number,
        at=at,
    )


def take_role(actor: Actor, role: Role, person: Person, valid_to: date | None, at: datetime) -> Holding:
    """Hold the role from today; somebody who holds it already goes on as they do. A deputy gets it as their own."""
    today = clock.day(at)
    Role.objects.select_for_update().get(pk=role.pk)
    Membership.objects.filter(organisation=role.organisation_id, person=person).update(active=True, released_at=None)
    own = Holding.objects.filter(role=role, person=person).exclude(kind=HoldingKind.DEPUTY)
    same = own.on(today).first()
    if same is not None:
        return same
    overlapping = own.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=today))
    if (coming := overlapping.order_by("valid_from").first()) is not None:
        valid_to = coming.valid_from
    ends = [day for day in (valid_to, role.valid_to) if day is not None]
    holding = Holding.objects.create(role=role, person=person, valid_from=today, valid_to=min(ends, default=None))
    journal.record(
        actor=actor,
        action="role_taken",
        subject_kind="holding",
        subject_id=holding.pk,
        at=at,
        role=role.pk,
        person=person.pk,
        valid_from=today.isoformat(),
        valid_to=holding.valid_to.isoformat() if holding.valid_to else "",
    )
    return holding


def _join(actor: Actor, invitation: Invitation, organisation: Organisation, at: datetime) -> None:
    today = clock.day(at)
    rows = Participation.objects.filter(collaboration=invitation.collaboration_id, organisation=organisation)
    if rows.filter(Q(left_on__isnull=True) | Q(left_on__gt=today)).exists():
        return
    take_in(actor, str(invitation.collaboration_id), [organisation.pk], "", organisation.name, today, at)
