"""What can be done with collaborations, those who take part in them, and the mandates given in them."""

from samordna.domain.collaborations.operations.mandates import give_mandate, revoke_mandate
from samordna.domain.collaborations.operations.starting import (
    activate_collaboration,
    add_area,
    close_collaboration,
    restate_purpose,
    set_target_group,
    start_collaboration,
)
from samordna.domain.collaborations.operations.taking_part import (
    end_participation,
    exempt_party,
    leave_collaboration,
    let_in,
    set_party_depth,
)

__all__ = [
    "activate_collaboration",
    "add_area",
    "close_collaboration",
    "end_participation",
    "exempt_party",
    "give_mandate",
    "leave_collaboration",
    "let_in",
    "restate_purpose",
    "revoke_mandate",
    "set_party_depth",
    "set_target_group",
    "start_collaboration",
]
