"""Inviting one person: to a role, or to be the first administrator of an organisation that has nobody yet."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Max
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samordna.core import clock, journal
from samordna.core.actor import Actor
from samordna.core.errors import Refused, TooLarge
from samordna.core.operation import operation
from samordna.core.outbox import Letter, put
from samordna.domain.admissions.access import has_people, invitation_for, parent_for
from samordna.domain.admissions.letters import letter_of
from samordna.domain.admissions.limits import INVITATION_DAYS, MAX_INVITATION_DAYS, MOST_LETTERS, MOST_OPEN
from samordna.domain.admissions.models import Invitation
from samordna.domain.organisations.access import role_for, token_digest
from samordna.domain.organisations.findings import Findings
from samordna.domain.organisations.models import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedInvitation:
    """An invitation and the letter that carries its link, which cannot be written again."""

    invitation: Invitation
    letter: Letter


@operation("organisation.administer")
def invite_to_role(
    *,
    actor: Actor,
    role_id: str,
    email: str,
    name: str = "",
    valid_to: date | None = None,
    days: int = INVITATION_DAYS,
    origin: str = "",
    at: datetime | None = None,
) -> IssuedInvitation:
    """Invite whoever reads mail at this address to hold the role, from the day they accept.

    Says the same whether the address has an account or not. Raises `Invalid` for an address that is invited already.
    """
    role = role_for(actor, role_id, "organisation.administer", at)
    at = at or clock.now()
    Role.objects.select_for_update().get(pk=role_id)
    found = Findings()
    if not clock.active(role.valid_from, role.valid_to, clock.day(at)):
        found.say("email", _("The role does not exist today, so nobody can be invited to it."))
    if valid_to is not None and valid_to <= clock.day(at):
        found.say("valid_to", _("Choose a later day: the role is held from the day the invitation is accepted."))
    same = Invitation.objects.unanswered().filter(role=role)
    email = check_address(found, email, same.filter(email=email.strip().lower()).first())
    name = found.line("name", name, 120, required=False)
    check_days(found, days)
    found.insist()
    _must_fit(Invitation.objects.unanswered().filter(role__organisation=role.organisation_id).count())
    return issue(actor, at, days, origin, role=role, email=email, name=name, valid_to=valid_to)


@operation("organisation.administer")
def invite_administrator(
    *,
    actor: Actor,
    organisation_id: str,
    email: str,
    name: str = "",
    days: int = INVITATION_DAYS,
    origin: str = "",
    at: datetime | None = None,
) -> IssuedInvitation:
    """Invite the first administrator of an organisation that is part of one's own and that nobody has held a role in.

    Raises `Refused` once somebody has: then its own people let others in.
    """
    organisation = parent_for(actor, organisation_id, at)
    at = at or clock.now()
    if has_people(organisation):
        raise Refused(_("%(name)s has people of its own, and they let others in.") % {"name": organisation.name})
    found = Findings()
    same = Invitation.objects.unanswered().filter(role=None, organisation=organisation)
    email = check_address(found, email, same.filter(email=email.strip().lower()).first())
    name = found.line("name", name, 120, required=False)
    check_days(found, days)
    found.insist()
    _must_fit(same.count())
    return issue(actor, at, days, origin, organisation=organisation, email=email, name=name)


@operation("organisation.administer")
def send_again(*, actor: Actor, invitation_id: str, origin: str = "", at: datetime | None = None) -> IssuedInvitation:
    """Send an invitation again, with a new link and its whole time before it; the earlier link dies."""
    invitation_for(actor, invitation_id, at)
    at = at or clock.now()
    invitation = _unanswered(invitation_id)
    if invitation.times_sent >= MOST_LETTERS:
        limit = {"most": MOST_LETTERS}
        raise Refused(_("It has been sent %(most)s times. Ask whether the address is right.") % limit)
    token = secrets.token_urlsafe(32)
    invitation.digest, invitation.sent_at = token_digest(token), at
    invitation.expires_at = _last_moment(at, invitation.days)
    invitation.times_sent += 1
    invitation.save(update_fields=["digest", "sent_at", "expires_at", "times_sent"])
    _record(actor, "invitation_sent_again", invitation, at)
    return _sent(invitation, token, origin, at)


@operation("organisation.administer")
def withdraw_invitation(*, actor: Actor, invitation_id: str, at: datetime | None = None) -> Invitation:
    """Make the invitation's link stop working at once."""
    invitation_for(actor, invitation_id, at)
    at = at or clock.now()
    invitation = _unanswered(invitation_id)
    invitation.withdrawn_at = at
    invitation.save(update_fields=["withdrawn_at"])
    _record(actor, "invitation_withdrawn", invitation, at)
    return invitation


def _unanswered(invitation_id: str) -> Invitation:
    invitation = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("role__organisation", "organisation", "collaboration", "made_by__person")
        .get(pk=invitation_id)
    )
    if invitation.accepted_at is not None:
        raise Refused(_("The invitation has been accepted already."))
    if invitation.withdrawn_at is not None:
        raise Refused(_("The invitation has been withdrawn already."))
    return invitation


def check_address(found: Findings, email: str, same: Invitation | None, field: str = "email") -> str:
    """An address that can be written to, and that is not invited to the same already."""
    if not email.strip():
        found.say(field, _("Write an e-mail address."))
    email = found.email(field, email)
    if same is not None:
        day = date_format(clock.day(same.sent_at), "j F Y")
        found.say(field, _("This address was invited on %(day)s. Send that invitation again instead.") % {"day": day})
    return email


def check_days(found: Findings, days: int) -> None:
    """How long an invitation may work."""
    if not 1 <= days <= MAX_INVITATION_DAYS:
        limit = {"most": MAX_INVITATION_DAYS}
        found.say("days", _("An invitation works between 1 and %(most)s days.") % limit)


def _must_fit(count: int) -> None:
    if count >= MOST_OPEN:
        raise TooLarge(
            _("There are %(count)s unanswered invitations, and no more than that fit. Withdraw some first.")
            % {"count": count}
        )


def issue(actor: Actor, at: datetime, days: int, origin: str, **fields: Any) -> IssuedInvitation:
    """Make an invitation with a new token, and write its letter."""
    if actor.holding_id is None:
        raise Refused(_("An invitation is made by somebody who holds a role."))
    token = secrets.token_urlsafe(32)
    made = Invitation.objects.create(
        digest=token_digest(token),
        made_at=at,
        sent_at=at,
        made_by_id=actor.holding_id,
        days=days,
        expires_at=_last_moment(at, days),
        times_sent=_sent_before(at, fields) + 1,
        **fields,
    )
    _record(actor, "invitation_made", made, at)
    return _sent(made, token, origin, at)


def _last_moment(at: datetime, days: int) -> datetime:
    """The end of the last day: a letter says a day, so the link works on the whole of it."""
    return clock.noon(clock.day(at) + timedelta(days=days)).replace(hour=23, minute=59, second=59)


def _sent_before(at: datetime, fields: Mapping[str, Any]) -> int:
    """How often the address has been invited to the same lately: withdrawing and inviting anew begins nothing anew."""
    place = {name: fields.get(name) for name in ("role", "collaboration", "email")}
    place |= {name: fields[name] for name in ("organisation", "organisation_id") if name in fields and not place["role"]}
    lately = Invitation.objects.filter(
        **place, accepted_at__isnull=True, sent_at__gt=at - timedelta(days=MAX_INVITATION_DAYS)
    )
    times: int = lately.aggregate(most=Max("times_sent"))["most"] or 0
    if times >= MOST_LETTERS:
        about = {"email": fields["email"], "times": times}
        raise Refused(_("%(email)s has been invited %(times)s times. Ask whether the address is right.") % about)
    return times


def _sent(invitation: Invitation, token: str, origin: str, at: datetime) -> IssuedInvitation:
    """The invitation with its letter, which is in the outbox."""
    letter = letter_of(invitation, token, origin)
    put([letter], at)
    return IssuedInvitation(invitation=invitation, letter=letter)


def _record(actor: Actor, action: str, invitation: Invitation, at: datetime) -> None:
    """Without the address, which is kept with the invitation: a journal lasts longer than anybody needs it."""
    journal.record(
        actor=actor,
        action=action,
        subject_kind="invitation",
        subject_id=invitation.pk,
        collaboration_id=invitation.collaboration_id or "",
        at=at,
        role=invitation.role_id or "",
        organisation=invitation.organisation_id or "",
        name=invitation.organisation_name,
        expires_at=invitation.expires_at.isoformat(),
    )
