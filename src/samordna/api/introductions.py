"""Introduction programmes, who is introduced and what each is trained in, as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from ninja import Query, Status

from samordna.api import introduction_shapes as shapes
from samordna.api.foundation import PROBLEMS, Operations, Paging, actor_of, page_of
from samordna.core import clock
from samordna.domain.introductions import operations
from samordna.domain.introductions.queries.people import ProgrammeCount, counted_in, holder_page, people_page
from samordna.domain.introductions.queries.programmes import (
    ProgrammePage,
    listed_programmes,
    own_rows,
    programme_page,
    programme_row,
)
from samordna.domain.introductions.queries.rows import HolderRow

if TYPE_CHECKING:
    from samordna.domain.introductions.models import Done, EarlierTraining, Programme, Step
    from samordna.domain.organisations.models import Holding

router = Operations(tags=["Introductions"])


@router.get("/introductions", response={200: shapes.IntroductionsOut, **PROBLEMS})
def list_introductions(
    request: HttpRequest, paging: Query[Paging], state: shapes.ProgrammeState | None = None
) -> dict[str, Any]:
    """One's own introductions whole, and a page of the programmes that one may read: published, drafts, ended."""
    actor, at = actor_of(request), clock.now()
    page = page_of(listed_programmes(actor, at, state or ""), paging)
    return page | {"own": own_rows(actor, at), "items": [programme_row(each) for each in page["items"]]}


@router.get("/introductions/{programme_id}", response={200: shapes.ProgrammeOut, **PROBLEMS})
def read_introduction(request: HttpRequest, programme_id: str) -> ProgrammePage:
    """One programme with its steps, and how one stands."""
    return programme_page(actor_of(request), programme_id, clock.now())


@router.post("/organisations/{organisation_id}/introductions", response={201: shapes.Made, **PROBLEMS})
def begin_own_introduction(request: HttpRequest, organisation_id: str, body: shapes.ProgrammeIn) -> Status[Programme]:
    """Begin a programme for the organisation's own people."""
    given = body.dict() | {"organisation_id": organisation_id}
    return Status(201, operations.begin_programme(actor=actor_of(request), **given))


@router.post("/collaborations/{collaboration_id}/introductions", response={201: shapes.Made, **PROBLEMS})
def begin_joint_introduction(request: HttpRequest, collaboration_id: str, body: shapes.ProgrammeIn) -> Status[Programme]:
    """Begin a programme for all who take part."""
    given = body.dict() | {"collaboration_id": collaboration_id}
    return Status(201, operations.begin_programme(actor=actor_of(request), **given))


@router.put("/introductions/{programme_id}", response={200: shapes.Made, **PROBLEMS})
def describe_introduction(request: HttpRequest, programme_id: str, body: shapes.ProgrammeAgainIn) -> Programme:
    """Say anew what it is and for whom."""
    return operations.describe_programme(actor=actor_of(request), programme_id=programme_id, **body.dict())


@router.post("/introductions/{programme_id}/publish", response={200: shapes.Made, **PROBLEMS})
def publish_introduction(request: HttpRequest, programme_id: str, body: shapes.PublishIn) -> Programme:
    """Let it hold from today."""
    return operations.publish_programme(actor=actor_of(request), programme_id=programme_id, present=body.present)


@router.post("/introductions/{programme_id}/end", response={200: shapes.Made, **PROBLEMS})
def end_introduction(request: HttpRequest, programme_id: str) -> Programme:
    """End it."""
    return operations.end_programme(actor=actor_of(request), programme_id=programme_id)


@router.post("/introductions/{programme_id}/steps", response={201: shapes.Made, **PROBLEMS})
def add_introduction_step(request: HttpRequest, programme_id: str, body: shapes.IntroductionStepIn) -> Status[Step]:
    """Add a step last."""
    return Status(201, operations.add_step(actor=actor_of(request), programme_id=programme_id, **body.dict()))


@router.put("/introduction-steps/{step_id}", response={200: shapes.Made, **PROBLEMS})
def word_introduction_step(request: HttpRequest, step_id: str, body: shapes.IntroductionStepAgainIn) -> Step:
    """Say a step in other words; the answer is the step that is there from now on."""
    return operations.word_step_anew(actor=actor_of(request), step_id=step_id, **body.dict())


@router.delete("/introduction-steps/{step_id}", response={200: shapes.Made, **PROBLEMS})
def end_introduction_step(request: HttpRequest, step_id: str) -> Step:
    """Take a step out. What has been done of it stays."""
    return operations.end_step(actor=actor_of(request), step_id=step_id)


@router.post("/introduction-steps/{step_id}/move", response={200: shapes.Made, **PROBLEMS})
def move_introduction_step(request: HttpRequest, step_id: str, body: shapes.StepMoveIn) -> Step:
    """Move a step one place."""
    return operations.move_step(actor=actor_of(request), step_id=step_id, earlier=body.earlier)


@router.put("/introduction-steps/{step_id}/sessions", response={200: shapes.Made, **PROBLEMS})
def choose_introduction_sessions(request: HttpRequest, step_id: str, body: shapes.StepSessionsIn) -> Step:
    """Say at which events the step is done."""
    return operations.choose_sessions(actor=actor_of(request), step_id=step_id, **body.dict())


@router.post("/introduction-steps/{step_id}/done", response={201: shapes.Made, **PROBLEMS})
def mark_introduction_step(request: HttpRequest, step_id: str, body: shapes.StepDoneIn) -> Status[Done]:
    """Say that one has done a step."""
    return Status(201, operations.mark_step_done(actor=actor_of(request), step_id=step_id, **body.dict()))


@router.delete("/introduction-steps-done/{done_id}", response={200: shapes.Made, **PROBLEMS})
def take_back_introduction_step(request: HttpRequest, done_id: str) -> Done:
    """Take back that a step is done."""
    return operations.take_back_done(actor=actor_of(request), done_id=done_id)


@router.post("/introductions/{programme_id}/count-earlier", response={200: shapes.Made, **PROBLEMS})
def count_earlier_introduction(request: HttpRequest, programme_id: str) -> Programme:
    """Count here what one did in a role at another organisation."""
    return operations.count_what_was_done_elsewhere(actor=actor_of(request), programme_id=programme_id)


@router.get("/organisations/{organisation_id}/introduced", response={200: shapes.IntroducedPeopleOut, **PROBLEMS})
def list_introduced_people(request: HttpRequest, organisation_id: str, paging: Query[Paging]) -> dict[str, Any]:
    """How the organisation's own people get on, for those who lead or administer it."""
    page = people_page(actor_of(request), organisation_id, clock.now())
    first = (paging.page - 1) * paging.size
    rows = page.people[first : first + paging.size]
    counts = {"asked": page.asked, "introduced": page.introduced}
    return {"items": rows, "total": len(page.people), "page": paging.page, "size": paging.size, **counts}


@router.get("/holdings/{holding_id}/introduced", response={200: shapes.IntroducedHolderOut, **PROBLEMS})
def read_introduced_holder(request: HttpRequest, holding_id: str) -> HolderRow:
    """One holder: oneself, or one of the people of an organisation that one leads or administers."""
    return holder_page(actor_of(request), holding_id, clock.now()).row


@router.get("/collaborations/{collaboration_id}/introduced", response={200: list[shapes.IntroducedCountOut], **PROBLEMS})
def count_introduced(request: HttpRequest, collaboration_id: str) -> list[ProgrammeCount]:
    """For the coordinator: how many at each organisation, and in which roles not yet. Never who."""
    return list(counted_in(actor_of(request), collaboration_id, clock.now()))


@router.post("/holdings/{holding_id}/introductions/{programme_id}", response={201: shapes.Made, **PROBLEMS})
def vouch_for_introduction_steps(
    request: HttpRequest, holding_id: str, programme_id: str, body: shapes.VouchIn
) -> Status[Holding]:
    """Fill in steps that one of the organisation's people did before."""
    given = body.dict() | {"holding_id": holding_id, "programme_id": programme_id}
    return Status(201, operations.vouch_for_steps(actor=actor_of(request), **given))


@router.post("/holdings/{holding_id}/trainings", response={201: shapes.Made, **PROBLEMS})
def fill_in_training(request: HttpRequest, holding_id: str, body: shapes.TrainingIn) -> Status[EarlierTraining]:
    """Fill in training from before or from elsewhere."""
    made = operations.fill_in_earlier_training(actor=actor_of(request), holding_id=holding_id, **body.dict())
    return Status(201, made)


@router.delete("/trainings/{training_id}", response={200: shapes.Made, **PROBLEMS})
def take_training_away(request: HttpRequest, training_id: str) -> EarlierTraining:
    """Take away what was filled in by mistake."""
    return operations.take_earlier_training_away(actor=actor_of(request), training_id=training_id)
