"""Questions about following: one decision's page, the board over a collaboration, what is learnt, who is waited for."""

from samordna.domain.adherence.queries.board import FollowingBoard, following_board
from samordna.domain.adherence.queries.experiences import Learnt, Themed, experiences_of
from samordna.domain.adherence.queries.improving import Bettering, bettering_of
from samordna.domain.adherence.queries.narrowing import Asked, Duty, Show
from samordna.domain.adherence.queries.own_work import Work, by_goal, own_work_by, own_work_in
from samordna.domain.adherence.queries.page import FollowingPage, following_of, following_page
from samordna.domain.adherence.queries.reviews import ReviewPlan, goals_for_review, review_plan
from samordna.domain.adherence.queries.standing import Answered, Standing, Tally, tally_of
from samordna.domain.adherence.queries.waiting import waiting_for, waiting_in

__all__ = [
    "Answered",
    "Asked",
    "Bettering",
    "Duty",
    "FollowingBoard",
    "FollowingPage",
    "Learnt",
    "ReviewPlan",
    "Show",
    "Standing",
    "Tally",
    "Themed",
    "Work",
    "bettering_of",
    "by_goal",
    "experiences_of",
    "following_board",
    "following_of",
    "following_page",
    "goals_for_review",
    "own_work_by",
    "own_work_in",
    "review_plan",
    "tally_of",
    "waiting_for",
    "waiting_in",
]
