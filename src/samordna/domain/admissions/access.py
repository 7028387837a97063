"""Whose invitation, identity and rule it is, and who comes by an invitation's link."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor, Via
from samordna.core.errors import Absent, Refused
from samordna.core.policy import Thing
from samordna.domain.admissions.enums import InvitationState
from samordna.domain.admissions.models import AffiliationRule, Identity, Invitation
from samordna.domain.collaborations.access import collaboration_for
from samordna.domain.organisations.access import organisation_for, permit, role_for, token_digest
from samordna.domain.organisations.models import Holding, Organisation, Person

RELATED = ("role__organisation", "organisation__parent", "collaboration__host", "made_by__person", "holding__person")


def proof_of(invitation_id: str) -> str:
    """What the bearer of an invitation's link has shown."""
    return f"invitation:{invitation_id}"


def invitation_of(token: str) -> Invitation:
    """The invitation with this token, whatever has become of it; `Absent` when there is none."""
    found = Invitation.objects.select_related(*RELATED).filter(digest=token_digest(token)).first()
    if found is None:
        raise Absent
    return found


def bearer(invitation: Invitation, actor: Actor) -> Actor:
    """Whoever came by the link, signed in or not, with the link as proof."""
    via = actor.via if actor.person_id else Via.LINK
    return replace(actor, via=via, proof=proof_of(invitation.pk), may_write=True)


def check_bearer(actor: Actor, invitation_id: str, at: datetime | None = None) -> None:
    """Refuse whoever did not come by this invitation's link."""
    permit(actor, "invitation.accept", Thing(proof=proof_of(invitation_id)), at)


def check_open(invitation: Invitation, at: datetime) -> None:
    """Refuse an invitation that no longer works, with the sentence that says why and what to do."""
    match invitation.state_at(at):
        case InvitationState.ACCEPTED:
            raise Refused(_("This invitation has been accepted. Each link works once. Sign in to go on."))
        case InvitationState.WITHDRAWN:
            raise Refused(_("This invitation has been withdrawn. Ask the one who invited you."))
        case InvitationState.EXPIRED:
            day = clock.day(invitation.expires_at).isoformat()
            raise Refused(_("This invitation stopped working on %(day)s. Ask for a new one.") % {"day": day})
        case InvitationState.OPEN:
            _check_place(invitation, clock.day(at))
            _check_inviter(invitation, clock.day(at))


def _check_place(invitation: Invitation, today: date) -> None:
    role = invitation.role
    organisation = role.organisation if role else invitation.organisation
    if any(thing.valid_to and thing.valid_to <= today for thing in (role, organisation) if thing is not None):
        raise Refused(_("The role or the organisation has ended since you were invited. Ask the one who invited you."))
    if invitation.valid_to is not None and invitation.valid_to <= today:
        day = invitation.valid_to.isoformat()
        raise Refused(
            _("The role was to be held until %(day)s, which has passed. Ask for a new invitation.") % {"day": day}
        )
    if role is None and organisation is not None and has_people(organisation):
        raise Refused(_("%(name)s has people of its own now, and they let others in.") % {"name": organisation.name})


def _check_inviter(invitation: Invitation, today: date) -> None:
    """An invitation is the word of the role by which it was made: it stands for as long as somebody holds that role."""
    if not Holding.objects.on(today).filter(role=invitation.made_by.role_id).exists():
        raise Refused(_("Nobody holds the role that invited you any longer. Ask the organisation for a new invitation."))


def has_people(organisation: Organisation) -> bool:
    """Has anybody ever held a role in it? Then its own people let others in, and it is given to nobody."""
    return Holding.objects.filter(role__organisation=organisation).exists()


def known_to_sign_in(email: str) -> bool:
    """Is there an account with this address that somebody has a way to sign in to? Told only to who reads its mail."""
    person = Person.objects.filter(email__iexact=email).first()
    return person is not None and (person.has_usable_password() or person.identities.exists())


def invitation_for(actor: Actor, invitation_id: str, at: datetime | None = None) -> Invitation:
    """The invitation, for those who may invite to the same place; to everybody else it is not there."""
    invitation = Invitation.objects.select_related(*RELATED).filter(pk=invitation_id).order_by().first()
    if invitation is None:
        raise Absent
    try:
        _permit_inviter(actor, invitation, at)
    except Refused:
        raise Absent from None
    return invitation


def _permit_inviter(actor: Actor, invitation: Invitation, at: datetime | None) -> None:
    if invitation.role_id:
        role_for(actor, invitation.role_id, "organisation.administer", at)
    elif invitation.collaboration_id:
        collaboration_for(actor, invitation.collaboration_id, "collaboration.lead", at)
    else:
        parent_for(actor, invitation.organisation_id or "", at)


def parent_for(actor: Actor, organisation_id: str, at: datetime | None = None) -> Organisation:
    """The organisation, for the administrator of the one that it is part of."""
    organisation = Organisation.objects.select_related("parent").filter(pk=organisation_id).order_by().first()
    if organisation is None:
        raise Absent
    organisation_for(actor, organisation.parent_id or "", "organisation.administer", at)
    return organisation


def identity_for(actor: Actor, identity_id: str, at: datetime | None = None) -> Identity:
    """One's own identity with a provider; to everybody else it is not there."""
    identity = Identity.objects.select_related("person").filter(pk=identity_id).order_by().first()
    if identity is None:
        raise Absent
    try:
        permit(actor, "account.change", Thing(person_id=identity.person_id), at)
    except Refused:
        raise Absent from None
    return identity


def rule_for(actor: Actor, rule_id: str, at: datetime | None = None) -> AffiliationRule:
    """The rule, for the administrator of its role's organisation; to everybody else it is not there."""
    rule = AffiliationRule.objects.select_related("role__organisation").filter(pk=rule_id).order_by().first()
    if rule is None:
        raise Absent
    try:
        role_for(actor, rule.role_id, "organisation.administer", at)
    except Refused:
        raise Absent from None
    return rule
