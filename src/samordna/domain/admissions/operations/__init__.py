"""What can be done about letting people in."""

from samordna.domain.admissions.operations.accepting import accept_invitation
from samordna.domain.admissions.operations.inviting import (
    IssuedInvitation,
    invite_administrator,
    invite_to_role,
    send_again,
    withdraw_invitation,
)
from samordna.domain.admissions.operations.welcoming import invite_organisations, let_in_each

__all__ = [
    "IssuedInvitation",
    "accept_invitation",
    "invite_administrator",
    "invite_organisations",
    "invite_to_role",
    "let_in_each",
    "send_again",
    "withdraw_invitation",
]
