"""Questionnaires, waves, results, feedback and thanks as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from ninja import Query, Status

from samordna.api import assessment_shapes as shapes
from samordna.api.foundation import PROBLEMS, Operations, Paging, actor_of, page_of
from samordna.core import clock
from samordna.domain.assessments import operations as do
from samordna.domain.assessments.queries.answering import AnswerPage, answer_page
from samordna.domain.assessments.queries.export import BOOK, DATA, codebook_lines, data_lines, exported
from samordna.domain.assessments.queries.lists import (
    WavePage,
    questionnaire_file,
    questionnaire_rows,
    questionnaires_in,
    wave_page,
    wave_rows,
    waves_in,
)
from samordna.domain.assessments.queries.results import ResultPage, result_page
from samordna.domain.assessments.queries.voices import feedback_rows, given_feedback, given_thanks, thanks_rows

if TYPE_CHECKING:
    from samordna.domain.assessments.models import (
        Feedback,
        OutsideGroup,
        Questionnaire,
        QuestionnaireVersion,
        Recognition,
        Wave,
    )

router = Operations(tags=["Assessments"])


@router.get("/collaborations/{collaboration_id}/questionnaires", response={200: shapes.QuestionnairesOut, **PROBLEMS})
def list_questionnaires(request: HttpRequest, collaboration_id: str, paging: Query[Paging]) -> dict[str, Any]:
    """A collaboration's questionnaires, the first first."""
    page = page_of(questionnaires_in(actor_of(request), collaboration_id, clock.now()), paging)
    return page | {"items": questionnaire_rows(page["items"])}


@router.get("/collaborations/{collaboration_id}/waves", response={200: shapes.WavesOut, **PROBLEMS})
def list_waves(request: HttpRequest, collaboration_id: str, paging: Query[Paging]) -> dict[str, Any]:
    """A collaboration's waves, the latest first."""
    at = clock.now()
    page = page_of(waves_in(actor_of(request), collaboration_id, at), paging)
    return page | {"items": wave_rows(page["items"], at)}


@router.post("/collaborations/{collaboration_id}/questionnaires/shipped", response={201: shapes.Made, **PROBLEMS})
def take_questionnaire(request: HttpRequest, collaboration_id: str, body: shapes.ShippedIn) -> Status[Questionnaire]:
    """Take one of those that come with the installation."""
    return Status(201, do.take_questionnaire(actor=actor_of(request), collaboration_id=collaboration_id, key=body.key))


@router.post("/collaborations/{collaboration_id}/questionnaires", response={201: shapes.Made, **PROBLEMS})
def start_questionnaire(request: HttpRequest, collaboration_id: str, body: shapes.TitleIn) -> Status[Questionnaire]:
    """Begin one's own."""
    return Status(201, do.start_questionnaire(actor=actor_of(request), collaboration_id=collaboration_id, title=body.title))


@router.post("/collaborations/{collaboration_id}/questionnaires/file", response={201: shapes.Made, **PROBLEMS})
def import_questionnaire(request: HttpRequest, collaboration_id: str, body: shapes.Content) -> Status[Questionnaire]:
    """Take one in as its file has it."""
    actor = actor_of(request)
    return Status(201, do.import_questionnaire(actor=actor, collaboration_id=collaboration_id, content=request.body))


@router.get("/questionnaires/{questionnaire_id}", response={200: shapes.Content, **PROBLEMS})
def read_questionnaire(request: HttpRequest, questionnaire_id: str) -> dict[str, Any]:
    """The latest version, as its file has it."""
    return questionnaire_file(actor_of(request), questionnaire_id, clock.now())


@router.post("/questionnaires/{questionnaire_id}/questions", response={201: shapes.WaveVersionOut, **PROBLEMS})
def add_question(request: HttpRequest, questionnaire_id: str, body: shapes.AddedQuestionIn) -> Status[QuestionnaireVersion]:
    """Add a question."""
    return Status(201, do.add_question(actor=actor_of(request), questionnaire_id=questionnaire_id, **body.dict()))


@router.delete("/questionnaires/{questionnaire_id}/questions/{key}", response={200: shapes.WaveVersionOut, **PROBLEMS})
def remove_question(request: HttpRequest, questionnaire_id: str, key: str) -> QuestionnaireVersion:
    """Take a question away."""
    return do.remove_question(actor=actor_of(request), questionnaire_id=questionnaire_id, key=key)


@router.put("/questionnaires/{questionnaire_id}/rhythm", response={200: shapes.Made, **PROBLEMS})
def set_rhythm(request: HttpRequest, questionnaire_id: str, body: shapes.RhythmIn) -> Questionnaire:
    """Say how often it is asked."""
    return do.set_rhythm(actor=actor_of(request), questionnaire_id=questionnaire_id, **body.dict())


@router.post("/questionnaires/{questionnaire_id}/waves", response={201: shapes.Made, **PROBLEMS})
def plan_wave(request: HttpRequest, questionnaire_id: str, body: shapes.WaveIn) -> Status[Wave]:
    """Ask it."""
    return Status(201, do.plan_wave(actor=actor_of(request), questionnaire_id=questionnaire_id, **body.dict()))


@router.get("/waves/{wave_id}", response={200: shapes.WaveOut, **PROBLEMS})
def read_wave(request: HttpRequest, wave_id: str) -> WavePage:
    """One wave."""
    return wave_page(actor_of(request), wave_id, clock.now())


@router.get("/waves/{wave_id}/questions", response={200: shapes.WaveToAnswerOut, **PROBLEMS})
def read_wave_questions(request: HttpRequest, wave_id: str, language: str = "") -> AnswerPage:
    """What it asks, in a language that it has (otherwise in its first), and what one has kept."""
    return answer_page(actor_of(request), wave_id, clock.now(), language)


@router.get("/waves/{wave_id}/data", response={200: shapes.WaveDataOut, **PROBLEMS})
def read_wave_data(request: HttpRequest, wave_id: str) -> dict[str, Any]:
    """A closed wave's result for analysis elsewhere: a line for each value in each group that may be shown."""
    counted = exported(actor_of(request), wave_id, clock.now())
    return {"lines": [dict(zip(DATA, line, strict=True)) for line in data_lines(counted)]}


@router.get("/waves/{wave_id}/codebook", response={200: shapes.WaveCodebookOut, **PROBLEMS})
def read_codebook(request: HttpRequest, wave_id: str) -> dict[str, Any]:
    """What each variable of the data asked, about whom, and what its values mean."""
    counted = exported(actor_of(request), wave_id, clock.now())
    return {"variables": [dict(zip(BOOK, line, strict=True)) for line in codebook_lines(counted)]}


@router.post("/waves/{wave_id}/replies", response={201: shapes.Made, **PROBLEMS})
def reply_to_wave(request: HttpRequest, wave_id: str, body: shapes.WaveReplyIn) -> Status[Wave]:
    """Answer it; what comes back is the wave, for nothing leads to an anonymous answer."""
    made = do.reply_to_wave(actor=actor_of(request), wave_id=wave_id, typed=body.answers, level=body.level)
    return Status(201, made)


@router.put("/waves/{wave_id}/draft", response={200: shapes.Made, **PROBLEMS})
def keep_draft(request: HttpRequest, wave_id: str, body: shapes.WaveReplyIn) -> Wave:
    """Keep what one has so far."""
    return do.keep_draft(actor=actor_of(request), wave_id=wave_id, typed=body.answers, level=body.level)


@router.post("/waves/{wave_id}/paper", response={201: shapes.Made, **PROBLEMS})
def enter_paper(request: HttpRequest, wave_id: str, body: shapes.PaperReplyIn) -> Status[Wave]:
    """Enter an answer from paper."""
    actor = actor_of(request)
    made = do.enter_paper(actor=actor, wave_id=wave_id, typed=body.answers, level=body.level, whose=body.whose)
    return Status(201, made)


@router.post("/waves/{wave_id}/groups", response={201: shapes.Made, **PROBLEMS})
def add_group(request: HttpRequest, wave_id: str, body: shapes.WaveGroupIn) -> Status[OutsideGroup]:
    """Name a group that does not sign in."""
    return Status(201, do.add_group(actor=actor_of(request), wave_id=wave_id, **body.dict()))


@router.post("/wave-groups/{group_id}/links", response={201: shapes.LinksOut, **PROBLEMS})
def make_links(request: HttpRequest, group_id: str, body: shapes.WaveLinksIn) -> Status[dict[str, Any]]:
    """Make one-time links; their secrets are told once."""
    origin = request.build_absolute_uri("/")
    return Status(201, {"tokens": do.make_links(actor=actor_of(request), group_id=group_id, origin=origin, **body.dict())})


@router.post("/waves/{wave_id}/remind", response={200: shapes.Made, **PROBLEMS})
def remind_of_wave(request: HttpRequest, wave_id: str) -> Wave:
    """Remind all who are asked."""
    return do.remind_of_wave(actor=actor_of(request), wave_id=wave_id)


@router.post("/waves/{wave_id}/close", response={200: shapes.Made, **PROBLEMS})
def close_wave(request: HttpRequest, wave_id: str) -> Wave:
    """Close it before its last day."""
    return do.close_wave(actor=actor_of(request), wave_id=wave_id)


@router.get("/waves/{wave_id}/result", response={200: shapes.WaveResultOut, **PROBLEMS})
def read_wave_result(request: HttpRequest, wave_id: str) -> ResultPage:
    """What it came to."""
    return result_page(actor_of(request), wave_id, clock.now())


@router.get("/collaborations/{collaboration_id}/feedback", response={200: shapes.FeedbackListOut, **PROBLEMS})
def list_feedback(request: HttpRequest, collaboration_id: str, paging: Query[Paging]) -> dict[str, Any]:
    """Feedback with its answers, that which waits for an answer first, then the latest first."""
    actor, at = actor_of(request), clock.now()
    page = page_of(given_feedback(actor, collaboration_id, at), paging)
    return page | {"items": feedback_rows(actor, page["items"], at)}


@router.post("/collaborations/{collaboration_id}/feedback", response={201: shapes.Made, **PROBLEMS})
def give_feedback(request: HttpRequest, collaboration_id: str, body: shapes.FeedbackIn) -> Status[Feedback]:
    """Give feedback."""
    return Status(201, do.give_feedback(actor=actor_of(request), collaboration_id=collaboration_id, **body.dict()))


@router.put("/feedback/{feedback_id}/answer", response={200: shapes.Made, **PROBLEMS})
def answer_feedback(request: HttpRequest, feedback_id: str, body: shapes.FeedbackAnswerIn) -> Feedback:
    """Say what was done."""
    return do.answer_feedback(actor=actor_of(request), feedback_id=feedback_id, **body.dict())


@router.get("/collaborations/{collaboration_id}/thanks", response={200: shapes.ThanksListOut, **PROBLEMS})
def list_thanks(request: HttpRequest, collaboration_id: str, paging: Query[Paging]) -> dict[str, Any]:
    """Thanks between organisations, the latest first."""
    actor, at = actor_of(request), clock.now()
    page = page_of(given_thanks(actor, collaboration_id, at), paging)
    return page | {"items": thanks_rows(actor, page["items"], at)}


@router.post("/collaborations/{collaboration_id}/thanks", response={201: shapes.Made, **PROBLEMS})
def thank_organisation(request: HttpRequest, collaboration_id: str, body: shapes.ThanksIn) -> Status[Recognition]:
    """Thank another organisation."""
    return Status(201, do.thank_organisation(actor=actor_of(request), collaboration_id=collaboration_id, **body.dict()))
