"""Matters as JSON: opening, asking, answering, stating, moving on."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from ninja import Query, Status

from samordna.api import exchange_shapes as drafts
from samordna.api import matter_shapes as shapes
from samordna.api.foundation import PROBLEMS, Operations, Paging, actor_of, page_of
from samordna.core import clock
from samordna.core.outbox import Letter, address
from samordna.domain.collaborations.access import collaboration_for
from samordna.domain.matters import operations as do
from samordna.domain.matters.access import matter_for
from samordna.domain.matters.exchange.documents import document_of
from samordna.domain.matters.queries import matter_document, matter_page, matters_of, position_document, reconsiderations_of
from samordna.domain.matters.queries.drafts import KindView, kinds
from samordna.domain.matters.queries.exchange import checked, exchange_of

if TYPE_CHECKING:
    from samordna.domain.matters.models import Aspect, Condition, Matter, Need, Position, Reconsideration
    from samordna.domain.matters.queries import Asked
    from samordna.domain.matters.queries.page import LinkView

router = Operations(tags=["Matters"])
CHANGED = {200: shapes.Made, **PROBLEMS}
CREATED = {201: shapes.Made, **PROBLEMS}


@router.get("/matter-kinds", response={200: list[shapes.KindOut], **PROBLEMS})
def list_kinds(request: HttpRequest) -> list[KindView]:
    """The usual kinds of matter, and what their templates ask."""
    return kinds()


@router.get("/collaborations/{collaboration_id}/matters", response={200: shapes.MatterList, **PROBLEMS})
def list_matters(request: HttpRequest, collaboration_id: str, paging: Query[Paging]) -> dict[str, Any]:
    """A collaboration's matters, newest first."""
    collaboration_for(actor_of(request), collaboration_id)
    return page_of(matters_of(actor_of(request), collaboration_id), paging)


@router.post("/collaborations/{collaboration_id}/matters", response=CREATED)
def open_matter(request: HttpRequest, collaboration_id: str, body: shapes.NewMatterIn) -> Status[Matter]:
    """Open a matter as a draft, with the aspects of its kind's template."""
    actor = actor_of(request)
    return Status(201, do.open_matter(actor=actor, collaboration_id=collaboration_id, **body.dict()))


@router.get("/matters/{matter_id}", response={200: shapes.MatterOut, **PROBLEMS}, exclude_unset=True)
def read_matter(request: HttpRequest, matter_id: str) -> dict[str, Any]:
    """A matter, whole, as the caller may read it."""
    return matter_document(actor_of(request), matter_id, clock.now())


@router.put("/matters/{matter_id}", response=CHANGED)
def change_matter(request: HttpRequest, matter_id: str, body: shapes.ChangedMatterIn) -> Matter:
    """Change a draft's words."""
    return do.change_matter(actor=actor_of(request), matter_id=matter_id, **body.dict())


@router.post("/matters/{matter_id}/aspects", response=CREATED)
def add_aspect(request: HttpRequest, matter_id: str, body: shapes.AspectIn) -> Status[Aspect]:
    """Add an aspect to a draft."""
    return Status(201, do.add_aspect(actor=actor_of(request), matter_id=matter_id, **body.dict()))


@router.put("/aspects/{aspect_id}", response=CHANGED)
def change_aspect(request: HttpRequest, aspect_id: str, body: shapes.ChangedAspectIn) -> Aspect:
    """Change an aspect of a draft."""
    return do.change_aspect(actor=actor_of(request), aspect_id=aspect_id, **body.dict())


@router.delete("/aspects/{aspect_id}", response={204: None, **PROBLEMS})
def remove_aspect(request: HttpRequest, aspect_id: str) -> Status[None]:
    """Take an aspect out of a draft."""
    do.remove_aspect(actor=actor_of(request), aspect_id=aspect_id)
    return Status(204, None)


@router.post("/aspects/{aspect_id}/move", response=CHANGED)
def move_aspect(request: HttpRequest, aspect_id: str, body: shapes.MoveEarlierIn) -> Aspect:
    """Move an aspect of a draft one place."""
    return do.move_aspect(actor=actor_of(request), aspect_id=aspect_id, earlier=body.earlier)


@router.post("/matters/{matter_id}/gathering", response=CHANGED)
def start_gathering(request: HttpRequest, matter_id: str, body: shapes.GatheringIn) -> Matter:
    """Send the matter out to everybody who takes part."""
    return do.start_gathering(actor=actor_of(request), matter_id=matter_id, answer_by=body.answer_by)


@router.post("/matters/{matter_id}/newcomers", response=CHANGED)
def ask_newcomers(request: HttpRequest, matter_id: str) -> Matter:
    """Ask those who have joined since."""
    return do.ask_newcomers(actor=actor_of(request), matter_id=matter_id)


@router.put("/matters/{matter_id}/answer-day", response=CHANGED)
def set_answer_day(request: HttpRequest, matter_id: str, body: shapes.AnswerDayIn) -> Matter:
    """Move the day to answer by."""
    return do.set_answer_day(actor=actor_of(request), matter_id=matter_id, answer_by=body.answer_by)


def _origin(request: HttpRequest) -> str:
    return request.build_absolute_uri("/")


def _queued(letters: list[Letter]) -> dict[str, Any]:
    return {"queued": len(letters)}


@router.post("/matters/{matter_id}/reminders", response={200: shapes.QueuedOut, **PROBLEMS})
def remind(request: HttpRequest, matter_id: str, body: shapes.RemindIn) -> dict[str, Any]:
    """Write to those who may answer for participants that have not."""
    actor, chosen = actor_of(request), body.position_ids
    return _queued(do.remind(actor=actor, matter_id=matter_id, position_ids=chosen, origin=_origin(request)))


@router.get("/matters/{matter_id}/answer-links", response={200: list[shapes.LinkRow], **PROBLEMS})
def list_links(request: HttpRequest, matter_id: str) -> list[LinkView]:
    """Links to positions that have not been answered, without their secrets."""
    matter_for(actor_of(request), matter_id, "matter.lead")
    return list(matter_page(actor_of(request), matter_id, clock.now()).links)


@router.post("/matters/{matter_id}/answer-links", response={201: shapes.LinkOut, **PROBLEMS})
def make_link(request: HttpRequest, matter_id: str, body: shapes.LinkIn) -> Status[dict[str, str]]:
    """Make a link that answers one position once; its secret is shown here and never again."""
    token = do.make_answer_link(actor=actor_of(request), matter_id=matter_id, **body.dict())
    return Status(201, {"token": token, "address": address("answer", token, origin=_origin(request))})


@router.post("/matters/{matter_id}/answer-letters", response={200: shapes.QueuedOut, **PROBLEMS})
def send_links(request: HttpRequest, matter_id: str, body: shapes.LinksIn) -> dict[str, Any]:
    """Make links and mail them."""
    actor = actor_of(request)
    return _queued(do.send_answer_links(actor=actor, matter_id=matter_id, origin=_origin(request), **body.dict()))


@router.delete("/matters/{matter_id}/answer-links/{link_id}", response={204: None, **PROBLEMS})
def revoke_link(request: HttpRequest, matter_id: str, link_id: str) -> Status[None]:
    """Make a link stop working."""
    do.revoke_answer_link(actor=actor_of(request), matter_id=matter_id, link_id=link_id)
    return Status(204, None)


@router.post("/matters/{matter_id}/stage", response=CHANGED)
def advance(request: HttpRequest, matter_id: str, body: shapes.StageIn) -> Matter:
    """On to weighing, or back to gathering; the later stages follow the decision."""
    return do.advance(actor=actor_of(request), matter_id=matter_id, to=body.to, reason=body.reason)


@router.post("/matters/{matter_id}/let-be", response=CHANGED)
def let_be(request: HttpRequest, matter_id: str, body: shapes.MatterReasonIn) -> Matter:
    """Decide not to coordinate this."""
    return do.let_be(actor=actor_of(request), matter_id=matter_id, reason=body.reason)


@router.post("/matters/{matter_id}/reopening", response=CHANGED)
def reopen_matter(request: HttpRequest, matter_id: str, body: shapes.MatterReasonIn) -> Matter:
    """Take up again a matter that was let be; it goes back to gathering."""
    return do.reopen_matter(actor=actor_of(request), matter_id=matter_id, reason=body.reason)


@router.post("/matters/{matter_id}/withdrawal", response=CHANGED)
def withdraw_matter(request: HttpRequest, matter_id: str, body: shapes.MatterReasonIn) -> Matter:
    """Take the matter back."""
    return do.withdraw_matter(actor=actor_of(request), matter_id=matter_id, reason=body.reason)


@router.post("/matters/{matter_id}/next-turn", response=CREATED)
def follow_up_turn(request: HttpRequest, matter_id: str, body: shapes.TurnIn) -> Status[Matter]:
    """Open the next turn of the loop."""
    return Status(201, do.follow_up_turn(actor=actor_of(request), matter_id=matter_id, **body.dict()))


@router.post("/matters/{matter_id}/conditions", response=CREATED)
def state_common_condition(request: HttpRequest, matter_id: str, body: shapes.CommonConditionIn) -> Status[Condition]:
    """State what must hold for all."""
    return Status(201, do.state_common_condition(actor=actor_of(request), matter_id=matter_id, **body.dict()))


@router.post("/matters/{matter_id}/needs", response=CREATED)
def state_common_need(request: HttpRequest, matter_id: str, body: shapes.NeedIn) -> Status[Need]:
    """State a need of the whole."""
    return Status(201, do.state_common_need(actor=actor_of(request), matter_id=matter_id, **body.dict()))


@router.get("/matters/{matter_id}/reconsiderations", response={200: list[shapes.AskedOut], **PROBLEMS})
def reconsiderations(request: HttpRequest, matter_id: str) -> list[Asked]:
    """Requests to think conditions over: all for the coordinator, an owner's own for the owner."""
    actor, at = actor_of(request), clock.now()
    return list(reconsiderations_of(actor, matter_for(actor, matter_id, at=at), at))


@router.post("/conditions/{condition_id}/reconsideration", response=CREATED)
def ask_to_reconsider(request: HttpRequest, condition_id: str, body: shapes.AskIn) -> Status[Reconsideration]:
    """Ask the owner of a condition whether it can give way."""
    actor = actor_of(request)
    return Status(201, do.ask_to_reconsider(actor=actor, condition_id=condition_id, text=body.text))


@router.post("/conditions/{condition_id}/reconsideration/answer", response=CHANGED)
def answer_reconsideration(request: HttpRequest, condition_id: str, body: shapes.ThoughtIn) -> Reconsideration:
    """Answer for the owner."""
    return do.answer_reconsideration(actor=actor_of(request), condition_id=condition_id, **body.dict())


@router.get("/matters/{matter_id}/position-drafts", response={200: dict[str, Any], **PROBLEMS})
def read_drafts(request: HttpRequest, matter_id: str) -> dict[str, Any]:
    """Everybody's positions as a document that can be filled in and sent back, for the one who leads the matter."""
    held = exchange_of(actor_of(request), matter_id, clock.now())
    return document_of(held.drafts, held.asked)


@router.post("/matters/{matter_id}/position-drafts/check", response={200: drafts.CheckedOut, **PROBLEMS})
def check_drafts(request: HttpRequest, matter_id: str, body: drafts.DraftsIn) -> dict[str, Any]:
    """What would come of drafts, and everything wrong with them; nothing is kept."""
    at = clock.now()
    preview = checked(exchange_of(actor_of(request), matter_id, at), body.positions, at)
    counts = {"drafted": len(preview.drafts), "sent_in": len(preview.sent_in), "nothing_new": len(preview.nothing_new)}
    faults, at_odds = [asdict(fault) for fault in preview.faults], [asdict(one) for one in preview.contradictions]
    return counts | {"faults": faults, "contradictions": at_odds}


@router.post("/matters/{matter_id}/position-drafts", response={200: drafts.ImportedOut, **PROBLEMS})
def draft_positions(request: HttpRequest, matter_id: str, body: drafts.DraftsIn) -> do.Imported:
    """Take drafts in for participants; each stays a draft until the participant sends it in."""
    given = [draft.model_dump(mode="json") for draft in body.positions]
    return do.draft_positions(actor=actor_of(request), matter_id=matter_id, drafts=given, document=body.document)


@router.post("/positions/{position_id}/draft", response={200: drafts.ImportedOut, **PROBLEMS})
def fill_in_position(request: HttpRequest, position_id: str, body: drafts.DraftsIn) -> do.Imported:
    """Fill in the own position; it is sent in by its own act."""
    given = [draft.model_dump(mode="json") for draft in body.positions]
    return do.fill_in_position(actor=actor_of(request), position_id=position_id, drafts=given, document=body.document)


@router.get("/positions/{position_id}", response={200: shapes.PositionOut, **PROBLEMS}, exclude_unset=True)
def read_position(request: HttpRequest, position_id: str) -> dict[str, Any]:
    """What one participant has said."""
    return position_document(actor_of(request), position_id, clock.now())


@router.put("/positions/{position_id}/practices", response=CHANGED)
def record_practice(request: HttpRequest, position_id: str, body: shapes.PracticeIn) -> Position:
    """Record today's practice."""
    return do.record_practice(actor=actor_of(request), position_id=position_id, **body.dict())


def _estimates(body: shapes.CostsIn) -> dict[str, tuple[int | None, int | None, int | None]]:
    return {option: (cost.low, cost.likely, cost.high) for option, cost in body.costs.items()}


@router.put("/positions/{position_id}/costs", response=CHANGED)
def record_costs(request: HttpRequest, position_id: str, body: shapes.CostsIn) -> Position:
    """Record what options would cost."""
    return do.record_costs(actor=actor_of(request), position_id=position_id, costs=_estimates(body))


@router.put("/positions/{position_id}/benefit", response=CHANGED)
def record_benefit(request: HttpRequest, position_id: str, body: shapes.BenefitIn) -> Position:
    """Record what taking part would gain."""
    return do.record_benefit(actor=actor_of(request), position_id=position_id, **body.dict())


@router.put("/positions/{position_id}/figures", response=CHANGED)
def record_figures(request: HttpRequest, position_id: str, body: shapes.FiguresIn) -> Position:
    """Record costs and gain at once."""
    return do.record_figures(
        actor=actor_of(request),
        position_id=position_id,
        costs=_estimates(body),
        low=body.low,
        likely=body.likely,
        high=body.high,
        note=body.note,
        seen=body.seen,
    )


@router.put("/positions/{position_id}/note", response=CHANGED)
def write_note(request: HttpRequest, position_id: str, body: shapes.NoteIn) -> Position:
    """Say something in one's own words."""
    return do.write_note(actor=actor_of(request), position_id=position_id, text=body.text)


@router.post("/positions/{position_id}/conditions", response=CREATED)
def state_condition(request: HttpRequest, position_id: str, body: shapes.ConditionIn) -> Status[Condition]:
    """State what must hold for one's organisation."""
    return Status(201, do.state_condition(actor=actor_of(request), position_id=position_id, **body.dict()))


@router.post("/positions/{position_id}/needs", response=CREATED)
def state_need(request: HttpRequest, position_id: str, body: shapes.NeedIn) -> Status[Need]:
    """State what one's organisation needs."""
    return Status(201, do.state_need(actor=actor_of(request), position_id=position_id, **body.dict()))


@router.post("/positions/{position_id}/submission", response=CHANGED)
def submit_position(request: HttpRequest, position_id: str, body: shapes.SubmitIn) -> Position:
    """Send in the answer."""
    return do.submit_position(actor=actor_of(request), position_id=position_id, answered_as=body.answered_as)


@router.post("/positions/{position_id}/no-conditions", response=CHANGED)
def declare_no_conditions(request: HttpRequest, position_id: str, body: shapes.SubmitIn) -> Position:
    """Say aloud that there are no conditions."""
    actor = actor_of(request)
    return do.declare_no_conditions(actor=actor, position_id=position_id, answered_as=body.answered_as)


@router.post("/positions/{position_id}/reopening", response=CHANGED)
def reopen_position(request: HttpRequest, position_id: str, body: shapes.MatterReasonIn) -> Position:
    """Take the answer back to change it."""
    return do.reopen_position(actor=actor_of(request), position_id=position_id, reason=body.reason)


@router.post("/positions/{position_id}/declining", response=CHANGED)
def record_declining(request: HttpRequest, position_id: str, body: shapes.MatterReasonIn) -> Position:
    """Record, as the coordinator, that the participant has said that it declines."""
    return do.record_declining(actor=actor_of(request), position_id=position_id, reason=body.reason)


@router.post("/conditions/{condition_id}/withdrawal", response=CHANGED)
def withdraw_condition(request: HttpRequest, condition_id: str, body: shapes.MatterReasonIn) -> Condition:
    """End a condition."""
    return do.withdraw_condition(actor=actor_of(request), condition_id=condition_id, reason=body.reason)


@router.put("/conditions/{condition_id}/relaxation", response=CHANGED)
def offer_to_relax(request: HttpRequest, condition_id: str, body: shapes.PriceIn) -> Condition:
    """Offer to give the condition up at a price."""
    return do.offer_to_relax(actor=actor_of(request), condition_id=condition_id, price=body.price)


@router.post("/needs/{need_id}/withdrawal", response=CHANGED)
def withdraw_need(request: HttpRequest, need_id: str) -> Need:
    """End a need."""
    return do.withdraw_need(actor=actor_of(request), need_id=need_id)
