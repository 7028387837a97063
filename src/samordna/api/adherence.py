"""The JSON API of following: the board, one decision, the honest answer, experiences and the next turn."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.http import HttpRequest
from ninja import Field, Query, Schema
from ninja.responses import Status

from samordna.api.foundation import PROBLEMS, Operations, actor_of
from samordna.core import clock
from samordna.core.errors import Absent
from samordna.domain.adherence import operations, queries
from samordna.domain.adherence.enums import ExperienceTone, FollowingAnswerKind, ReviewOutcome, Urgency
from samordna.domain.collaborations.access import collaboration_for
from samordna.domain.decisions.access import decision_for

if TYPE_CHECKING:
    from samordna.domain.adherence.models import Experience, FollowingAnswer
    from samordna.domain.matters.models import Matter

router = Operations(tags=["following"])
LONGEST = 10_000


class AnswerIn(Schema):
    """How the caller's organisation follows a version."""

    kind: FollowingAnswerKind
    by: date | None = Field(None, description="The last day of a change; needed for will_change.")
    actions: str = Field("", max_length=LONGEST, description="What will be done; needed for will_change.")
    reason: str = Field("", max_length=LONGEST, description="Needed for cannot and will_not.")
    aspect_ids: list[str] = Field(
        [], description="With cannot and will_not: only these are not followed. Empty: the whole."
    )


class NotFollowedOut(Schema):
    """One aspect that is not followed, as it was called then."""

    aspect: str
    label: str


class AnswerOut(Schema):
    """One answer. `not_followed`: what alone it does not follow; empty is the whole, where the answer is a refusal."""

    id: str
    version_id: str
    organisation_id: str
    kind: FollowingAnswerKind
    by: date | None
    actions: str
    reason: str
    not_followed: list[NotFollowedOut]
    must: bool
    answered_at: datetime


class ExperienceIn(Schema):
    """Something that the caller's organisation has learnt."""

    tone: ExperienceTone
    text: str = Field(max_length=LONGEST)
    effect: str = Field("", max_length=LONGEST)
    aspect_id: str = Field("", max_length=12, description="Empty for the decision as a whole.")


class ExperienceOut(Schema):
    """One experience."""

    id: str
    version_id: str
    organisation_id: str
    aspect_id: str | None
    tone: ExperienceTone
    text: str
    effect: str
    shared_at: datetime


class AnsweredOut(Schema):
    """An answer as others read it."""

    kind: FollowingAnswerKind
    by: date | None
    actions: str
    reason: str
    not_followed: list[str]
    at: datetime


class StandingOut(Schema):
    """One organisation's standing: bound or not, must or may, and its latest answer."""

    organisation_id: str
    organisation: str
    bound: bool
    must: bool
    exempt: bool
    not_contributing: bool = Field(description="It had to contribute while the decision was prepared, and did not.")
    silent: bool
    breach: bool = Field(description="It must follow and says that it does not, or it had to contribute and did not.")
    overdue: bool
    answer: AnsweredOut | None


class TallyOut(Schema):
    """How many give each answer."""

    already_so: int
    will_change: int
    cannot: int
    will_not: int
    silent: int
    breaches: int
    overdue: int


class ToldExperienceOut(Schema):
    """An experience as others read it."""

    id: str
    organisation_id: str
    organisation: str
    tone: ExperienceTone
    text: str
    effect: str
    version: int
    at: datetime
    theme: str


class GoalSeenOut(Schema):
    """A goal of the collaboration as it stood at a review; `own_work`: how many pieces of own work had been told for it."""

    what: str
    indicator: str
    unit: str
    baseline: Decimal
    target: Decimal
    target_on: date
    aim: str
    own_work: int


class ReviewedOut(Schema):
    """One review of a decision; `experiences` and `goals` are what it rested on."""

    version: int
    outcome: ReviewOutcome
    conclusion: str
    experiences: int
    goals: list[GoalSeenOut]
    next_on: date | None
    at: datetime


class PlanOut(Schema):
    """The reviews of a decision, the day of the next, and how many experiences have come since the latest."""

    reviews: list[ReviewedOut]
    due: date | None
    fresh: int


class ThemedOut(Schema):
    """How many experiences stand under a theme."""

    name: str
    helps: int
    hinders: int
    organisations: int


class ReviewIn(Schema):
    """What a review came to."""

    outcome: ReviewOutcome
    conclusion: str = Field(max_length=LONGEST)
    next_on: date | None = Field(None, description="Needed when the decision is kept.")


class RevisionIn(Schema):
    """Which experiences the next version is to answer, and why else it is needed."""

    experience_ids: list[str] = []
    because: str = Field("", max_length=LONGEST)


class ThemeIn(Schema):
    """The theme of an experience; empty for none."""

    theme: str = Field("", max_length=80)


class LearntOut(Schema):
    """What has been learnt about one aspect; no aspect is the whole."""

    aspect_id: str
    aspect: str
    told: list[ToldExperienceOut]


class FollowingOut(Schema):
    """How a decision is followed."""

    decision_id: str
    version_id: str
    version: int
    open: bool
    title: str
    matter_id: str
    collaboration_id: str
    in_force_from: date | None
    duty: str
    breach: str
    tally: TallyOut
    standings: list[StandingOut]
    not_contributing: list[str]
    learnt: list[LearntOut]
    themes: list[ThemedOut]
    plan: PlanOut


class ColumnOut(Schema):
    """One decision of the board."""

    decision_id: str
    version_id: str
    number: int
    title: str
    in_force_from: date | None
    tally: TallyOut
    duty: queries.Duty = Field(description="What it is to all whom it binds; empty where it differs among them.")


class RowOut(Schema):
    """One organisation of the board; its standings in the columns' order."""

    organisation_id: str
    organisation: str
    urgency: Urgency = Field(description="What the most urgent of its standings needs of somebody.")
    standings: list[StandingOut]


class BoardOut(Schema):
    """A collaboration's decisions in force × its organisations."""

    columns: list[ColumnOut]
    rows: list[RowOut]
    tally: TallyOut
    page: int
    more: bool
    found: int


class BoardPage(Schema):
    """Which organisations are asked for, and which page of them."""

    page: int = Field(1, ge=1, le=100_000)
    show: queries.Show = Field(queries.Show.ALL, description="Only those with a decision to which this applies.")
    duty: queries.Duty = Field(queries.Duty.ANY, description="Only those who must, or may, follow that decision.")
    by: date | None = Field(None, description="Only those who have promised to change by this day at the latest.")
    area_id: str = Field("", max_length=12, description="Only decisions in this area or beneath it.")
    search: str = Field("", max_length=80, description="Only those whose name holds this.")


class TurnOut(Schema):
    """The matter that an experience started."""

    id: str
    title: str
    purpose: str


@router.get("/collaborations/{collaboration_id}/following", response={200: BoardOut, **PROBLEMS})
def board(request: HttpRequest, collaboration_id: str, asked: Query[BoardPage]) -> queries.FollowingBoard:
    """The following board of a collaboration."""
    actor, at = actor_of(request), clock.now()
    collaboration_for(actor, collaboration_id, "following.read", at)
    wanted = queries.Asked(**asked.dict(exclude={"page"}))
    return queries.following_board(actor, at, collaboration_id, asked=wanted, page=asked.page)


@router.get("/decisions/{decision_id}/following", response={200: FollowingOut, **PROBLEMS})
def following(request: HttpRequest, decision_id: str) -> queries.FollowingPage:
    """How one decision is followed, and what that has taught."""
    actor, at = actor_of(request), clock.now()
    page = queries.following_page(actor, decision_for(actor, decision_id, "following.read", at), at)
    if page is None:
        raise Absent
    return page


@router.post("/decision-versions/{version_id}/following-answers", response={201: AnswerOut, **PROBLEMS})
def answer_following(request: HttpRequest, version_id: str, body: AnswerIn) -> Status[FollowingAnswer]:
    """Say how one's organisation follows a version in force."""
    given = body.dict()
    return Status(201, operations.answer_following(actor=actor_of(request), version_id=version_id, **given))


@router.post("/decision-versions/{version_id}/experiences", response={201: ExperienceOut, **PROBLEMS})
def share_experience(request: HttpRequest, version_id: str, body: ExperienceIn) -> Status[Experience]:
    """Share something learnt by following a version."""
    given = body.dict()
    return Status(201, operations.share_experience(actor=actor_of(request), version_id=version_id, **given))


@router.post("/experiences/{experience_id}/next-turn", response={201: TurnOut, **PROBLEMS})
def start_next_turn(request: HttpRequest, experience_id: str) -> Status[Matter]:
    """Open a new matter that answers an experience."""
    return Status(201, operations.start_next_turn(actor=actor_of(request), experience_id=experience_id))


@router.post("/experiences/{experience_id}/theme", response={200: ThemeIn, **PROBLEMS})
def sort_experience(request: HttpRequest, experience_id: str, body: ThemeIn) -> ThemeIn:
    """Put an experience under a theme, or under none."""
    made = operations.sort_experience(actor=actor_of(request), experience_id=experience_id, theme=body.theme)
    return ThemeIn(theme=made.name if made else "")


@router.post("/decision-versions/{version_id}/reviews", response={201: PlanOut, **PROBLEMS})
def review(request: HttpRequest, version_id: str, body: ReviewIn) -> Status[queries.ReviewPlan]:
    """Look back at a version in force."""
    made = operations.review_decision(actor=actor_of(request), version_id=version_id, **body.dict())
    return Status(201, queries.review_plan(made.version))


@router.post("/decision-versions/{version_id}/revision", response={201: TurnOut, **PROBLEMS})
def start_revision(request: HttpRequest, version_id: str, body: RevisionIn) -> Status[Matter]:
    """Open the matter in which the next version is prepared; it answers the chosen experiences."""
    return Status(201, operations.start_revision(actor=actor_of(request), version_id=version_id, **body.dict()))
