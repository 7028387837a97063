"""What can be done with forums: set up, describe, share, seat, rule, close."""

from samordna.domain.forums.operations.founding import close_forum, describe_forum, start_forum
from samordna.domain.forums.operations.ruling import add_joint_day, end_joint_day, set_routine
from samordna.domain.forums.operations.seating import seat_role, unseat_role
from samordna.domain.forums.operations.sharing import accept_sharing, end_sharing, share_forum

__all__ = [
    "accept_sharing",
    "add_joint_day",
    "close_forum",
    "describe_forum",
    "end_joint_day",
    "end_sharing",
    "seat_role",
    "set_routine",
    "share_forum",
    "start_forum",
    "unseat_role",
]
