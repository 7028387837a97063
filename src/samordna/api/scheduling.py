"""Series of meetings, and finding a time across organisations, as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from ninja import Query, Status

from samordna.api import scheduling_shapes as shapes
from samordna.api.foundation import PROBLEMS, Operations, Paging, actor_of, page_of
from samordna.core import clock
from samordna.domain.scheduling import operations
from samordna.domain.scheduling.operations.asking import Sought
from samordna.domain.scheduling.operations.filling import Followed
from samordna.domain.scheduling.patterns import Wished
from samordna.domain.scheduling.queries.series import Preview, SeriesRow, preview, series_of_forum, series_page
from samordna.domain.scheduling.queries.time_rows import QuestionPage
from samordna.domain.scheduling.queries.times import question_page, questions_of, times_to_answer

if TYPE_CHECKING:
    from samordna.domain.forums.models import Meeting
    from samordna.domain.scheduling.models import Asked, BusyHours, Series, Spot, TimeOption, TimeQuestion

router = Operations(tags=["Forums"])


@router.get("/forums/{forum_id}/series", response={200: shapes.SeriesList, **PROBLEMS})
def list_series(request: HttpRequest, forum_id: str, paging: Query[Paging]) -> dict[str, Any]:
    """A forum's series, the running ones first."""
    return page_of(series_of_forum(actor_of(request), forum_id, clock.now()), paging)


@router.post("/forums/{forum_id}/series/preview", response={200: shapes.PreviewOut, **PROBLEMS})
def preview_series(request: HttpRequest, forum_id: str, body: shapes.SeriesIn) -> Preview:
    """What a series would give in the year ahead, with what is on the same days. Nothing is kept."""
    return preview(actor_of(request), forum_id, Wished(**body.dict()), clock.now())


@router.post("/forums/{forum_id}/series", response={201: shapes.Made, **PROBLEMS})
def create_series(request: HttpRequest, forum_id: str, body: shapes.SeriesIn) -> Status[Series]:
    """Let meetings come again."""
    wished = Wished(**body.dict())
    return Status(201, operations.start_series(actor=actor_of(request), forum_id=forum_id, wished=wished))


@router.get("/series/{series_id}", response={200: shapes.SeriesOut, **PROBLEMS})
def read_series(request: HttpRequest, series_id: str) -> SeriesRow:
    """One series with its meetings to come."""
    return series_page(actor_of(request), series_id, clock.now())


@router.put("/series/{series_id}", response={200: shapes.FollowedOut, **PROBLEMS})
def change_series(request: HttpRequest, series_id: str, body: shapes.SeriesAgainIn) -> Followed:
    """Say anew how it comes again from a day on. What nobody has moved follows."""
    given = body.dict()
    seen = given.pop("seen")
    return operations.change_series(actor=actor_of(request), series_id=series_id, wished=Wished(**given), seen=seen)


@router.post("/series/{series_id}/end", response={200: shapes.FollowedOut, **PROBLEMS})
def end_series(request: HttpRequest, series_id: str, body: shapes.SeriesEndIn) -> Followed:
    """Let no more meetings come from a day on."""
    return operations.end_series(actor=actor_of(request), series_id=series_id, **body.dict())


@router.get("/time-questions", response={200: shapes.QuestionList, **PROBLEMS})
def list_times_to_answer(request: HttpRequest, paging: Query[Paging]) -> dict[str, Any]:
    """The questions about times that wait for one's role to answer."""
    return page_of(times_to_answer(actor_of(request), clock.now()), paging)


@router.get("/forums/{forum_id}/time-questions", response={200: shapes.QuestionList, **PROBLEMS})
def list_time_questions(request: HttpRequest, forum_id: str, paging: Query[Paging]) -> dict[str, Any]:
    """A forum's questions about times, the open ones first."""
    return page_of(questions_of(actor_of(request), forum_id, clock.now()), paging)


@router.post("/forums/{forum_id}/time-questions", response={201: shapes.Made, **PROBLEMS})
def create_time_question(request: HttpRequest, forum_id: str, body: shapes.SoughtIn) -> Status[TimeQuestion]:
    """Ask when one can meet."""
    sought = Sought(**body.dict())
    return Status(201, operations.ask_about_time(actor=actor_of(request), forum_id=forum_id, sought=sought))


@router.get("/time-questions/{question_id}", response={200: shapes.TimeQuestionOut, **PROBLEMS})
def read_time_question(request: HttpRequest, question_id: str) -> QuestionPage:
    """A question about a time: the times, who says what, and which is best."""
    return question_page(actor_of(request), question_id, clock.now())


@router.put("/time-questions/{question_id}", response={200: shapes.Made, **PROBLEMS})
def change_time_question(request: HttpRequest, question_id: str, body: shapes.SoughtAgainIn) -> TimeQuestion:
    """Say anew what is looked for and who is asked."""
    given = body.dict()
    about = {"question_id": question_id, "seen": given.pop("seen")}
    return operations.change_time_question(actor=actor_of(request), sought=Sought(**given), **about)


@router.post("/time-questions/{question_id}/places", response={201: shapes.Made, **PROBLEMS})
def create_meeting_place(request: HttpRequest, question_id: str, body: shapes.SpotIn) -> Status[Spot]:
    """Say where one could meet."""
    return Status(201, operations.add_meeting_place(actor=actor_of(request), question_id=question_id, **body.dict()))


@router.post("/meeting-places/{spot_id}/remove", response={200: shapes.Made, **PROBLEMS})
def remove_meeting_place(request: HttpRequest, spot_id: str) -> Spot:
    """Take a place away."""
    return operations.remove_meeting_place(actor=actor_of(request), spot_id=spot_id)


@router.post("/time-questions/{question_id}/times", response={201: shapes.Made, **PROBLEMS})
def create_time(request: HttpRequest, question_id: str, body: shapes.TimeIn) -> Status[TimeOption]:
    """Propose a time by hand."""
    return Status(201, operations.propose_time(actor=actor_of(request), question_id=question_id, **body.dict()))


@router.post("/time-questions/{question_id}/best-times", response={201: list[shapes.Made], **PROBLEMS})
def create_best_times(request: HttpRequest, question_id: str) -> Status[list[TimeOption]]:
    """Propose the best times of the window, one a day at most."""
    return Status(201, operations.propose_best_times(actor=actor_of(request), question_id=question_id))


@router.post("/proposed-times/{option_id}/withdraw", response={200: shapes.Made, **PROBLEMS})
def withdraw_time(request: HttpRequest, option_id: str) -> TimeOption:
    """Withdraw a proposed time."""
    return operations.withdraw_time(actor=actor_of(request), option_id=option_id)


@router.post("/proposed-times/{option_id}/choose", response={201: shapes.Made, **PROBLEMS})
def choose_time(request: HttpRequest, option_id: str, body: shapes.ChoiceIn) -> Status[Meeting]:
    """Choose it: the meeting is planned, and called to if that is wanted."""
    return Status(201, operations.choose_time(actor=actor_of(request), option_id=option_id, call=body.call))


@router.post("/time-questions/{question_id}/drop", response={200: shapes.Made, **PROBLEMS})
def drop_time_question(request: HttpRequest, question_id: str, body: shapes.ReasonIn) -> TimeQuestion:
    """Stop looking for a time, and say why."""
    return operations.drop_time_question(actor=actor_of(request), question_id=question_id, reason=body.reason)


@router.put("/asked-about-times/{asked_id}/answers", response={200: shapes.Made, **PROBLEMS})
def answer_times(request: HttpRequest, asked_id: str, body: shapes.AnswersIn) -> Asked:
    """Answer for a role which of the times suit."""
    return operations.answer_times(actor=actor_of(request), asked_id=asked_id, **body.dict())


@router.put("/asked-about-times/{asked_id}/busy-hours", response={200: shapes.Made, **PROBLEMS})
def give_busy_hours(request: HttpRequest, asked_id: str, body: shapes.CalendarIn) -> BusyHours:
    """Say when one is busy by a calendar of one's own. Only from and to are kept, until the question closes."""
    given = body.calendar.encode()
    return operations.give_busy_hours(actor=actor_of(request), asked_id=asked_id, calendar=given)


@router.delete("/asked-about-times/{asked_id}/busy-hours", response={200: shapes.Made, **PROBLEMS})
def remove_busy_hours(request: HttpRequest, asked_id: str) -> Asked:
    """Take one's own busy hours away again."""
    return operations.remove_busy_hours(actor=actor_of(request), asked_id=asked_id)
