"""What can be done about letting people in."""

from samordna.domain.admissions.operations.accepting import accept_invitation
from samordna.domain.admissions.operations.arriving import Arrival, arrive, disconnect_identity, refuse_arrival
from samordna.domain.admissions.operations.granting import (
    add_affiliation_rule,
    end_affiliation_rule,
    stop_using_provider,
    use_provider,
)
from samordna.domain.admissions.operations.inviting import (
    IssuedInvitation,
    invite_administrator,
    invite_to_role,
    send_again,
    withdraw_invitation,
)
from samordna.domain.admissions.operations.welcoming import invite_organisations, let_in_each

__all__ = [
    "Arrival",
    "IssuedInvitation",
    "accept_invitation",
    "add_affiliation_rule",
    "arrive",
    "disconnect_identity",
    "end_affiliation_rule",
    "invite_administrator",
    "invite_organisations",
    "invite_to_role",
    "let_in_each",
    "refuse_arrival",
    "send_again",
    "stop_using_provider",
    "use_provider",
    "withdraw_invitation",
]
