"""Everything that can be done with following: answer, tell, sort, look back, and start the next version."""

from samordna.domain.adherence.operations.following import answer_following, share_experience
from samordna.domain.adherence.operations.reviewing import (
    review_decision,
    sort_experience,
    start_next_turn,
    start_revision,
)

__all__ = [
    "answer_following",
    "review_decision",
    "share_experience",
    "sort_experience",
    "start_next_turn",
    "start_revision",
]
