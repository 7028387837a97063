"""Everything that can be done with following: answer, tell, sort, look back, and start the next version."""

from samordna.domain.adherence.operations.contributing import end_own_work, state_own_work
from samordna.domain.adherence.operations.following import answer_following, share_experience
from samordna.domain.adherence.operations.improving import (
    add_improvement,
    answer_help_request,
    ask_for_help,
    drop_improvement,
    end_help_offer,
    finish_improvement,
    offer_help,
)
from samordna.domain.adherence.operations.reviewing import (
    review_decision,
    sort_experience,
    start_next_turn,
    start_revision,
)

__all__ = [
    "add_improvement",
    "answer_following",
    "answer_help_request",
    "ask_for_help",
    "drop_improvement",
    "end_help_offer",
    "end_own_work",
    "finish_improvement",
    "offer_help",
    "review_decision",
    "share_experience",
    "sort_experience",
    "start_next_turn",
    "start_revision",
    "state_own_work",
]
