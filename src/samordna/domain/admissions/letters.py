"""What a letter with an invitation says."""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.outbox import Letter, address
from samordna.domain.admissions.models import Invitation
from samordna.domain.organisations.members import called_in


def letter_of(invitation: Invitation, token: str, origin: str = "") -> Letter:
    """The letter that carries the link. It says nothing that depends on whether the address has an account."""
    last = date_format(clock.day(invitation.expires_at), "j F Y")
    lines = [
        _greeting(invitation),
        _("This link is for you alone, works once and until %(day)s:") % {"day": last},
        address("invitation", token, origin=origin),
        _("If you did not expect this, you need do nothing. Nobody can reply to this address."),
    ]
    return Letter(
        recipient=invitation.email,
        subject=_subject(invitation),
        body="\n\n".join(lines) + "\n",
        organisation=_name(invitation),
    )


def _name(invitation: Invitation) -> str:
    if invitation.role is not None:
        return invitation.role.organisation.name
    return invitation.organisation.name if invitation.organisation else invitation.organisation_name


def _subject(invitation: Invitation) -> str:
    if invitation.collaboration is not None:
        return _("%(organisation)s is invited to take part") % {"organisation": _name(invitation)}
    return _("You are invited to a role at %(organisation)s") % {"organisation": _name(invitation)}


def _greeting(invitation: Invitation) -> str:
    maker = invitation.made_by
    facts = {"organisation": _name(invitation), "by": called_in(maker.role.organisation_id, maker.person)}
    if invitation.role is not None:
        facts["role"] = invitation.role.name
        return _("%(by)s invites you to hold the role %(role)s at %(organisation)s.") % facts
    if invitation.collaboration is not None:
        facts["collaboration"] = invitation.collaboration.name
        return (
            _(
                "%(by)s invites %(organisation)s to take part in %(collaboration)s. You become the organisation's first "
                "administrator here, and can let its other people in."
            )
            % facts
        )
    return (
        _("%(by)s invites you to be the first administrator of %(organisation)s, so that you can let its people in.")
        % facts
    )
