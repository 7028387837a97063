"""What can be done with collaborations, those who take part in them, and the mandates given in them."""

from samordna.domain.collaborations.operations.carrying import (
    close_collaboration_role,
    let_role_carry,
    open_collaboration_role,
)
from samordna.domain.collaborations.operations.deepening import change_depth, read_depth_changes
from samordna.domain.collaborations.operations.delegating import delegate_mandate
from samordna.domain.collaborations.operations.exempting import end_exemption, exempt_party
from samordna.domain.collaborations.operations.goals import end_goal, revise_goal, set_goal
from samordna.domain.collaborations.operations.mandates import give_mandate, give_notice, revoke_mandate, withdraw_notice
from samordna.domain.collaborations.operations.picturing import add_point, remove_point, tell_view
from samordna.domain.collaborations.operations.sponsoring import end_sponsorship, name_sponsor
from samordna.domain.collaborations.operations.starting import (
    activate_collaboration,
    add_area,
    close_collaboration,
    open_to_participants,
    restate_purpose,
    set_target_group,
    settle_steps,
    start_collaboration,
)
from samordna.domain.collaborations.operations.taking_part import (
    check_free_to_leave,
    earliest_leaving,
    end_participation,
    leave_collaboration,
    let_in,
    set_party_depth,
)

__all__ = [
    "activate_collaboration",
    "add_area",
    "add_point",
    "change_depth",
    "check_free_to_leave",
    "close_collaboration",
    "close_collaboration_role",
    "delegate_mandate",
    "earliest_leaving",
    "end_exemption",
    "end_goal",
    "end_participation",
    "end_sponsorship",
    "exempt_party",
    "give_mandate",
    "give_notice",
    "leave_collaboration",
    "let_in",
    "let_role_carry",
    "name_sponsor",
    "open_collaboration_role",
    "open_to_participants",
    "read_depth_changes",
    "remove_point",
    "restate_purpose",
    "revise_goal",
    "revoke_mandate",
    "set_goal",
    "set_party_depth",
    "set_target_group",
    "settle_steps",
    "start_collaboration",
    "tell_view",
    "withdraw_notice",
]
