"""Goals, indicators, reports and results as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from django.http import HttpRequest
from ninja import Query, Status

from samordna.api import followup_frame_shapes as frames
from samordna.api import followup_read_shapes as reads
from samordna.api import followup_shapes as shapes
from samordna.api.foundation import PROBLEMS, Operations, Paging, actor_of
from samordna.core import clock
from samordna.domain.followup import operations
from samordna.domain.followup.enums import Via
from samordna.domain.followup.queries.dashboard import Dashboard, Wanted, dashboard
from samordna.domain.followup.queries.drafts import DraftPage, draft_page
from samordna.domain.followup.queries.files import FilePage, own_file_page
from samordna.domain.followup.queries.grounds import grounds_of
from samordna.domain.followup.queries.history import ResultPage, result_page
from samordna.domain.followup.queries.pages import (
    FollowupPage,
    GoalPage,
    IndicatorPage,
    followup_page,
    goal_page,
    indicator_page,
)
from samordna.domain.followup.queries.reports import ReportPage, RoundsPage, report_page, rounds_page
from samordna.domain.followup.reading import Row

if TYPE_CHECKING:
    from samordna.domain.followup.models import (
        Comparing,
        GoalDraft,
        GoalGround,
        GoalReview,
        Indicator,
        IndicatorVersion,
        Report,
        Round,
        TargetStep,
    )

router = Operations(tags=["Follow-up"])


@router.get("/followup", response={200: shapes.FollowupOverviewOut, **PROBLEMS})
def read_overview(
    request: HttpRequest,
    collaboration_id: str = "",
    colour: Literal["", "red", "amber", "green", "none"] = "",
    page: int = 1,
) -> Dashboard:
    """How it goes in all collaborations that one is in, what needs somebody first."""
    return dashboard(actor_of(request), clock.now(), Wanted(collaboration_id=collaboration_id, colour=colour), page)


@router.get("/collaborations/{collaboration_id}/followup", response={200: shapes.FollowupOut, **PROBLEMS})
def read_followup(request: HttpRequest, collaboration_id: str) -> FollowupPage:
    """The goals with how they go, as far as one may see it."""
    return followup_page(actor_of(request), collaboration_id, clock.now())


@router.get("/goals/{goal_id}/followup", response={200: shapes.GoalPageOut, **PROBLEMS})
def read_goal(request: HttpRequest, goal_id: str) -> GoalPage:
    """One goal: each organisation's part and all of them together."""
    return goal_page(actor_of(request), goal_id, clock.now())


@router.get("/indicators/{indicator_id}", response={200: shapes.IndicatorPageOut, **PROBLEMS})
def read_indicator(request: HttpRequest, indicator_id: str) -> IndicatorPage:
    """One indicator with its whole series."""
    return indicator_page(actor_of(request), indicator_id, clock.now())


@router.get("/results/{result_id}", response={200: shapes.ResultOut, **PROBLEMS})
def read_result(request: HttpRequest, result_id: str) -> ResultPage:
    """One result with every value that it has had."""
    return result_page(actor_of(request), result_id, clock.now())


@router.post("/collaborations/{collaboration_id}/goal-drafts", response={201: shapes.Made, **PROBLEMS})
def draft_goal(request: HttpRequest, collaboration_id: str, body: shapes.GoalDraftIn) -> Status[GoalDraft]:
    """Save a goal as far as it is known."""
    made = operations.draft_goal(
        actor=actor_of(request), collaboration_id=collaboration_id, said=operations.Drafted(**body.dict())
    )
    return Status(201, made)


@router.get("/goal-drafts/{goal_draft_id}", response={200: reads.GoalDraftOut, **PROBLEMS})
def read_goal_draft(request: HttpRequest, goal_draft_id: str) -> DraftPage:
    """A goal that is being made measurable, with what is missing by field."""
    return draft_page(actor_of(request), goal_draft_id, clock.now())


@router.put("/goal-drafts/{goal_draft_id}", response={200: shapes.Made, **PROBLEMS})
def change_goal_draft(request: HttpRequest, goal_draft_id: str, body: shapes.GoalDraftIn) -> GoalDraft:
    """Say anew what a draft is."""
    return operations.change_goal_draft(
        actor=actor_of(request), draft_id=goal_draft_id, said=operations.Drafted(**body.dict())
    )


@router.post("/goal-drafts/{goal_draft_id}/set", response={200: shapes.Made, **PROBLEMS})
def set_drafted_goal(request: HttpRequest, goal_draft_id: str) -> GoalDraft:
    """Set the goal; 422 says field by field what is missing."""
    return operations.set_drafted_goal(actor=actor_of(request), draft_id=goal_draft_id)


@router.post("/goal-drafts/{goal_draft_id}/drop", response={200: shapes.Made, **PROBLEMS})
def drop_goal_draft(request: HttpRequest, goal_draft_id: str) -> GoalDraft:
    """Drop a draft."""
    return operations.drop_goal_draft(actor=actor_of(request), draft_id=goal_draft_id)


@router.post("/goals/{goal_id}/reviews", response={201: shapes.Made, **PROBLEMS})
def review_goal(request: HttpRequest, goal_id: str, body: shapes.GoalReviewIn) -> Status[GoalReview]:
    """Look at a goal again."""
    return Status(201, operations.review_goal(actor=actor_of(request), goal_id=goal_id, **body.dict()))


@router.get("/goals/{goal_id}/grounds", response={200: reads.GoalGroundsOut, **PROBLEMS})
def read_grounds(request: HttpRequest, goal_id: str) -> dict[str, Any]:
    """What the goal rests on, as far as one may read it."""
    actor, at = actor_of(request), clock.now()
    return {"grounds": list(grounds_of(actor, goal_page(actor, goal_id, at).line, at))}


@router.post("/goals/{goal_id}/grounds", response={201: shapes.Made, **PROBLEMS})
def ground_goal(request: HttpRequest, goal_id: str, body: shapes.GoalGroundIn) -> Status[GoalGround]:
    """Tie a goal to what it rests on."""
    return Status(201, operations.ground_goal(actor=actor_of(request), goal_id=goal_id, **body.dict()))


@router.post("/goal-grounds/{ground_id}/end", response={200: shapes.Made, **PROBLEMS})
def end_goal_ground(request: HttpRequest, ground_id: str) -> GoalGround:
    """Take the tie away."""
    return operations.end_goal_ground(actor=actor_of(request), ground_id=ground_id)


@router.post("/goals/{goal_id}/indicators", response={201: shapes.Made, **PROBLEMS})
def start_indicator(request: HttpRequest, goal_id: str, body: shapes.IndicatorIn) -> Status[Indicator]:
    """Begin to measure a goal."""
    return Status(201, operations.start_indicator(actor=actor_of(request), goal_id=goal_id, **body.dict()))


@router.post("/indicators/{indicator_id}/versions", response={201: shapes.Made, **PROBLEMS})
def change_indicator(request: HttpRequest, indicator_id: str, body: frames.IndicatorFrameIn) -> Status[IndicatorVersion]:
    """Give an indicator another frame from a day on."""
    return Status(201, operations.change_indicator(actor=actor_of(request), indicator_id=indicator_id, **body.dict()))


@router.post("/indicators/{indicator_id}/reporting", response={201: shapes.Made, **PROBLEMS})
def change_reporting(request: HttpRequest, indicator_id: str, body: frames.ReportingIn) -> Status[IndicatorVersion]:
    """Say how an indicator is reported from a day on."""
    return Status(201, operations.change_reporting(actor=actor_of(request), indicator_id=indicator_id, **body.dict()))


@router.post("/indicators/{indicator_id}/course", response={201: shapes.Made, **PROBLEMS})
def change_course(request: HttpRequest, indicator_id: str, body: frames.CourseIn) -> Status[IndicatorVersion]:
    """Say how often an indicator is measured and which way it should go, from a day on."""
    return Status(201, operations.change_course(actor=actor_of(request), indicator_id=indicator_id, **body.dict()))


@router.post("/indicators/{indicator_id}/withdraw-frame", response={200: shapes.Made, **PROBLEMS})
def withdraw_frame(request: HttpRequest, indicator_id: str, body: shapes.ReasonIn) -> IndicatorVersion:
    """Take back the last change of an indicator before it has begun."""
    return operations.withdraw_frame(actor=actor_of(request), indicator_id=indicator_id, reason=body.reason)


@router.post("/indicators/{indicator_id}/end", response={200: shapes.Made, **PROBLEMS})
def end_indicator(request: HttpRequest, indicator_id: str, body: shapes.ReasonIn) -> Indicator:
    """Stop measuring."""
    return operations.end_indicator(actor=actor_of(request), indicator_id=indicator_id, reason=body.reason)


@router.put("/indicators/{indicator_id}/target", response={200: shapes.Made, **PROBLEMS})
def set_target_step(request: HttpRequest, indicator_id: str, body: frames.TargetStepIn) -> TargetStep:
    """Say where the whole is to be by a day."""
    return operations.set_target_step(actor=actor_of(request), indicator_id=indicator_id, **body.dict())


@router.put("/indicators/{indicator_id}/own-target", response={200: shapes.Made, **PROBLEMS})
def set_own_target(request: HttpRequest, indicator_id: str, body: frames.TargetStepIn) -> TargetStep:
    """Say what one's own organisation takes on."""
    return operations.set_own_target(actor=actor_of(request), indicator_id=indicator_id, **body.dict())


@router.get("/collaborations/{collaboration_id}/rounds", response={200: shapes.RoundsOut, **PROBLEMS})
def read_rounds(request: HttpRequest, collaboration_id: str, paging: Query[Paging]) -> RoundsPage:
    """Who has reported and who is waited for, the latest rounds first."""
    return rounds_page(actor_of(request), collaboration_id, clock.now(), paging.page, paging.size)


@router.post("/collaborations/{collaboration_id}/rounds", response={201: list[shapes.Made], **PROBLEMS})
def open_rounds(request: HttpRequest, collaboration_id: str) -> Status[list[Round]]:
    """Open the rounds that are missing now."""
    return Status(201, operations.open_rounds(actor=actor_of(request), collaboration_id=collaboration_id))


@router.post("/rounds/{round_id}/lock", response={200: int, **PROBLEMS})
def lock_round(request: HttpRequest, round_id: str) -> int:
    """Lock every report of a round that has been sent in; answers how many."""
    return operations.lock_round(actor=actor_of(request), round_id=round_id)


@router.get("/reports/{report_id}", response={200: shapes.ReportOut, **PROBLEMS})
def read_report(request: HttpRequest, report_id: str) -> ReportPage:
    """One report."""
    return report_page(actor_of(request), report_id, clock.now())


@router.put("/reports/{report_id}", response={200: shapes.Made, **PROBLEMS})
def save_report(request: HttpRequest, report_id: str, body: shapes.ReportIn) -> Report:
    """Tell what is known, and send it in; 422 says figure by figure what is wrong."""
    answers = {pk: told.dict() for pk, told in body.answers.items()}
    given: dict[str, Any] = {"comment": body.comment, "why": body.why, "submit": body.submit, "via": Via.API}
    return operations.save_report(actor=actor_of(request), report_id=report_id, answers=answers, **given)


@router.post("/reports/{report_id}/send-back", response={200: shapes.Made, **PROBLEMS})
def send_back_report(request: HttpRequest, report_id: str, body: shapes.ReportNoteIn) -> Report:
    """Send a report back with a note."""
    return operations.send_back_report(actor=actor_of(request), report_id=report_id, note=body.note)


@router.post("/reports/{report_id}/lock", response={200: shapes.Made, **PROBLEMS})
def lock_report(request: HttpRequest, report_id: str) -> Report:
    """Lock a report."""
    return operations.lock_report(actor=actor_of(request), report_id=report_id)


@router.post("/reports/{report_id}/open-again", response={200: shapes.Made, **PROBLEMS})
def open_report_again(request: HttpRequest, report_id: str, body: shapes.ReportNoteIn) -> Report:
    """Open a locked report again."""
    return operations.open_report_again(actor=actor_of(request), report_id=report_id, note=body.note)


@router.get("/result-files/{file_id}", response={200: reads.ResultFileOut, **PROBLEMS})
def read_result_file(request: HttpRequest, file_id: str) -> FilePage:
    """A file with results that was read: what taking it in would do, and what is wrong in it, row by row."""
    return own_file_page(actor_of(request), file_id, clock.now())


@router.post("/collaborations/{collaboration_id}/results", response={200: shapes.TakenInOut, **PROBLEMS})
def record_results(request: HttpRequest, collaboration_id: str, body: shapes.ResultRowsIn) -> dict[str, int]:
    """Keep results; 422 says row by row what is wrong, and nothing is kept then unless `only_right`."""
    rows = [Row(line=line, **row.dict()) for line, row in enumerate(body.rows, start=1)]
    given: dict[str, Any] = {"only_right": body.only_right, "why": body.why}
    made = operations.record_results(actor=actor_of(request), collaboration_id=collaboration_id, rows=rows, **given)
    return {"new": len(made.new), "corrected": len(made.corrected), "same": made.same}


@router.post("/collaborations/{collaboration_id}/comparing", response={201: shapes.Made, **PROBLEMS})
def agree_to_comparing(request: HttpRequest, collaboration_id: str) -> Status[Comparing]:
    """Let those who have said the same see one's figures."""
    return Status(201, operations.agree_to_comparing(actor=actor_of(request), collaboration_id=collaboration_id))


@router.post("/collaborations/{collaboration_id}/comparing/withdraw", response={200: shapes.Made, **PROBLEMS})
def withdraw_comparing(request: HttpRequest, collaboration_id: str) -> Comparing:
    """Take that back."""
    return operations.withdraw_comparing(actor=actor_of(request), collaboration_id=collaboration_id)
