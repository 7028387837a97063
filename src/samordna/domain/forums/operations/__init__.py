"""What can be done with forums and their meetings: set up, seat, rule, close; plan, call, raise, order, carry."""

from samordna.domain.forums.operations.answering import answer_call, take_calendar_answer
from samordna.domain.forums.operations.convening import (
    call_meeting,
    cancel_meeting,
    change_meeting,
    hold_meeting,
    plan_meeting,
)
from samordna.domain.forums.operations.founding import close_forum, describe_forum, start_forum
from samordna.domain.forums.operations.ordering import carry_item, move_item, place_item, take_up_item
from samordna.domain.forums.operations.raising import add_paper, describe_item, raise_item, remove_paper, withdraw_item
from samordna.domain.forums.operations.ruling import add_joint_day, end_joint_day, set_routine
from samordna.domain.forums.operations.seating import seat_role, seat_roles, unseat_role
from samordna.domain.forums.operations.sharing import accept_sharing, end_sharing, share_forum
from samordna.domain.forums.operations.subscribing import end_calendar_address, make_calendar_address

__all__ = [
    "accept_sharing",
    "add_joint_day",
    "add_paper",
    "answer_call",
    "call_meeting",
    "cancel_meeting",
    "carry_item",
    "change_meeting",
    "close_forum",
    "describe_forum",
    "describe_item",
    "end_calendar_address",
    "end_joint_day",
    "end_sharing",
    "hold_meeting",
    "make_calendar_address",
    "move_item",
    "place_item",
    "plan_meeting",
    "raise_item",
    "remove_paper",
    "seat_role",
    "seat_roles",
    "set_routine",
    "share_forum",
    "start_forum",
    "take_calendar_answer",
    "take_up_item",
    "unseat_role",
    "withdraw_item",
]
