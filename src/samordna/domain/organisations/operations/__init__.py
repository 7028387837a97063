"""What can be done with organisations, their roles and those who hold them."""

from samordna.domain.organisations.operations.contacts import close_contact_path, open_contact_path
from samordna.domain.organisations.operations.due import Due, carry_out_due
from samordna.domain.organisations.operations.external import end_external_id, record_external_id
from samordna.domain.organisations.operations.holdings import appoint_deputy, end_holding, give_role
from samordna.domain.organisations.operations.people import (
    describe_member,
    let_member_leave,
    let_member_return,
    take_in_person,
)
from samordna.domain.organisations.operations.registering import register_organisation, register_person
from samordna.domain.organisations.operations.reorganising import plan_reorganisation, plan_undoing
from samordna.domain.organisations.operations.reorganising_steps import (
    agree_to_reorganisation,
    answer_for_carried,
    call_off_reorganisation,
    carry_out_reorganisation,
    place_things,
)
from samordna.domain.organisations.operations.roles import close_role, describe_role, open_role
from samordna.domain.organisations.operations.rosters import take_in_roster
from samordna.domain.organisations.operations.tokens import IssuedToken, make_api_token, revoke_api_token

__all__ = [
    "Due",
    "IssuedToken",
    "agree_to_reorganisation",
    "answer_for_carried",
    "appoint_deputy",
    "call_off_reorganisation",
    "carry_out_due",
    "carry_out_reorganisation",
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
    "place_things",
    "plan_reorganisation",
    "plan_undoing",
    "record_external_id",
    "register_organisation",
    "register_person",
    "revoke_api_token",
    "take_in_person",
    "take_in_roster",
]
