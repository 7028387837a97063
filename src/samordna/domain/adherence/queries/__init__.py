"""Questions about following: one decision's page, the board over a collaboration, what is learnt, who is waited for."""

from samordna.domain.adherence.queries.board import FollowingBoard, following_board
from samordna.domain.adherence.queries.experiences import Learnt, experiences_of
from samordna.domain.adherence.queries.page import FollowingPage, following_of, following_page
from samordna.domain.adherence.queries.standing import Answered, Standing, Tally, tally_of
from samordna.domain.adherence.queries.waiting import waiting_for

__all__ = [
    "Answered",
    "FollowingBoard",
    "FollowingPage",
    "Learnt",
    "Standing",
    "Tally",
    "experiences_of",
    "following_board",
    "following_of",
    "following_page",
    "tally_of",
    "waiting_for",
]
