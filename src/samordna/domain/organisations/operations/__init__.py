"""What can be done with organisations, their roles and those who hold them."""

from samordna.domain.organisations.operations.contacts import close_contact_path, open_contact_path
from samordna.domain.organisations.operations.external import end_external_id, record_external_id
from samordna.domain.organisations.operations.holdings import appoint_deputy, end_holding, give_role
from samordna.domain.organisations.operations.people import (
    describe_member,
    let_member_leave,
    let_member_return,
    take_in_person,
)
from samordna.domain.organisations.operations.registering import register_organisation, register_person
from samordna.domain.organisations.operations.roles import close_role, describe_role, open_role
from samordna.domain.organisations.operations.rosters import take_in_roster
from samordna.domain.organisations.operations.tokens import IssuedToken, make_api_token, revoke_api_token

__all__ = [
    "IssuedToken",
    "appoint_deputy",
    "close_contact_path",
    "close_role",
    "describe_member",
    "describe_role",
    "end_external_id",
    "end_holding",
    "give_role",
    "let_member_leave",
    "let_member_return",
    "make_api_token",
    "open_contact_path",
    "open_role",
    "record_external_id",
    "register_organisation",
    "register_person",
    "revoke_api_token",
    "take_in_person",
    "take_in_roster",
]
