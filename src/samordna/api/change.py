"""Chains from what was seen to whether it helped, as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from ninja import Query, Status

from samordna.api import change_shapes as shapes
from samordna.api.foundation import PROBLEMS, Operations, Paging, actor_of, page_of
from samordna.api.matter_shapes import NewMatterIn
from samordna.core import clock
from samordna.domain.change import operations
from samordna.domain.change.queries.board import chains_in_order, open_lines
from samordna.domain.change.queries.page import chain_page
from samordna.domain.change.queries.seen import ChainPage

if TYPE_CHECKING:
    from samordna.domain.agreements.models import Agreement, AgreementVersion
    from samordna.domain.change.models import Cause, Chain, Change, ChangeNeed, Effect, Placing, Turn
    from samordna.domain.matters.models import Matter

router = Operations(tags=["Change"])


@router.get("/chains", response={200: shapes.OpenChainsOut, **PROBLEMS})
def read_chains(request: HttpRequest, paging: Query[Paging], collaboration_id: str = "") -> dict[str, Any]:
    """The open chains that one may read, those that are late first; of one collaboration if that is said."""
    at = clock.now()
    page = page_of(chains_in_order(actor_of(request), at, collaboration_id=collaboration_id or None), paging)
    return page | {"items": open_lines(page["items"], at)}


@router.get("/chains/{chain_id}", response={200: shapes.ChainOut, **PROBLEMS})
def read_chain(request: HttpRequest, chain_id: str) -> ChainPage:
    """One chain, turn by turn."""
    return chain_page(actor_of(request), chain_id, clock.now())


@router.post("/collaborations/{collaboration_id}/chains", response={201: shapes.Made, **PROBLEMS})
def begin_chain(request: HttpRequest, collaboration_id: str, body: shapes.ChainIn) -> Status[Chain]:
    """Begin a chain."""
    made = operations.begin_chain(actor=actor_of(request), collaboration_id=collaboration_id, **body.dict())
    return Status(201, made)


@router.put("/chains/{chain_id}/finding", response={200: shapes.Made, **PROBLEMS})
def write_finding(request: HttpRequest, chain_id: str, body: shapes.FindingIn) -> Turn:
    """Write what the result says."""
    return operations.write_finding(actor=actor_of(request), chain_id=chain_id, **body.dict())


@router.post("/chains/{chain_id}/causes", response={201: shapes.Made, **PROBLEMS})
def add_cause(request: HttpRequest, chain_id: str, body: shapes.CauseIn) -> Status[Cause]:
    """Say why it is so."""
    return Status(201, operations.add_cause(actor=actor_of(request), chain_id=chain_id, **body.dict()))


@router.delete("/chains/{chain_id}/causes/{cause_id}", response={204: None, **PROBLEMS})
def remove_cause(request: HttpRequest, chain_id: str, cause_id: str) -> Status[None]:
    """Take a cause away."""
    operations.remove_cause(actor=actor_of(request), chain_id=chain_id, cause_id=cause_id)
    return Status(204, None)


@router.post("/chains/{chain_id}/needs", response={201: shapes.Made, **PROBLEMS})
def add_change_need(request: HttpRequest, chain_id: str, body: shapes.ChangeNeedIn) -> Status[ChangeNeed]:
    """Say what has to change."""
    return Status(201, operations.add_change_need(actor=actor_of(request), chain_id=chain_id, **body.dict()))


@router.post("/chains/{chain_id}/conclude", response={200: shapes.Made, **PROBLEMS})
def conclude_analysis(request: HttpRequest, chain_id: str, body: shapes.ConclusionIn) -> Turn:
    """Say that the analysis is done; 422 says what it lacks."""
    return operations.conclude_analysis(actor=actor_of(request), chain_id=chain_id, none_reason=body.none_reason)


@router.post("/chains/{chain_id}/share", response={200: shapes.Made, **PROBLEMS})
def share_chain(request: HttpRequest, chain_id: str) -> Chain:
    """Let everybody in the collaboration read one's own chain."""
    return operations.share_chain(actor=actor_of(request), chain_id=chain_id)


@router.post("/chains/{chain_id}/turns", response={201: shapes.Made, **PROBLEMS})
def begin_turn(request: HttpRequest, chain_id: str, body: shapes.ChainTurnIn) -> Status[Turn]:
    """Go another turn."""
    return Status(201, operations.begin_turn(actor=actor_of(request), chain_id=chain_id, **body.dict()))


@router.post("/chains/{chain_id}/close", response={200: shapes.Made, **PROBLEMS})
def close_chain(request: HttpRequest, chain_id: str, body: shapes.OutcomeIn) -> Chain:
    """Close a chain in which nothing is waited for any more."""
    return operations.close_chain(actor=actor_of(request), chain_id=chain_id, outcome=body.outcome)


@router.post("/change-needs/{change_need_id}/placings", response={201: shapes.Made, **PROBLEMS})
def place_need(request: HttpRequest, change_need_id: str, body: shapes.NeedPlacingIn) -> Status[Placing]:
    """Say whose a change need is."""
    return Status(201, operations.place_need(actor=actor_of(request), need_id=change_need_id, **body.dict()))


@router.post("/change-needs/{change_need_id}/answer", response={200: shapes.Made, **PROBLEMS})
def answer_need(request: HttpRequest, change_need_id: str, body: shapes.NeedAnswerIn) -> Placing:
    """Answer a change need that one was given."""
    return operations.answer_need(actor=actor_of(request), need_id=change_need_id, **body.dict())


@router.post("/change-needs/{change_need_id}/let-go", response={200: shapes.Made, **PROBLEMS})
def let_need_go(request: HttpRequest, change_need_id: str, body: shapes.ReasonIn) -> ChangeNeed:
    """Let a change need go."""
    return operations.let_need_go(actor=actor_of(request), need_id=change_need_id, reason=body.reason)


@router.post("/change-needs/{change_need_id}/changes", response={201: shapes.Made, **PROBLEMS})
def plan_change(request: HttpRequest, change_need_id: str, body: shapes.ChangePlanIn) -> Status[Change]:
    """Say what is changed; 422 says field by field what is wrong."""
    return Status(201, operations.plan_change(actor=actor_of(request), need_id=change_need_id, **body.dict()))


@router.post("/change-needs/{change_need_id}/matters", response={201: shapes.Made, **PROBLEMS})
def raise_matter(request: HttpRequest, change_need_id: str, body: NewMatterIn) -> Status[Matter]:
    """Open a matter because of a change need, and tie it to that."""
    return Status(201, operations.raise_matter(actor=actor_of(request), need_id=change_need_id, **body.dict()))


@router.post("/change-needs/{change_need_id}/documents", response={201: shapes.Made, **PROBLEMS})
def raise_document(request: HttpRequest, change_need_id: str, body: shapes.RaisedDocumentIn) -> Status[Agreement]:
    """Begin a document because of a change need, and tie it to that."""
    return Status(201, operations.raise_document(actor=actor_of(request), need_id=change_need_id, **body.dict()))


@router.post("/change-needs/{change_need_id}/versions", response={201: shapes.Made, **PROBLEMS})
def raise_version(request: HttpRequest, change_need_id: str, body: shapes.RaisedVersionIn) -> Status[AgreementVersion]:
    """Begin the next version of a document because of a change need, and tie the document to that."""
    return Status(201, operations.raise_version(actor=actor_of(request), need_id=change_need_id, **body.dict()))


@router.post("/change-needs/{change_need_id}/revisions", response={201: shapes.Made, **PROBLEMS})
def raise_revision(request: HttpRequest, change_need_id: str, body: shapes.RaisedRevisionIn) -> Status[Matter]:
    """Open the matter in which a decision is changed because of a change need, and tie it to that."""
    return Status(201, operations.raise_revision(actor=actor_of(request), need_id=change_need_id, **body.dict()))


@router.put("/changes/{change_id}", response={200: shapes.Made, **PROBLEMS})
def replan_change(request: HttpRequest, change_id: str, body: shapes.ChangeReplanIn) -> Change:
    """Give a change another role or day."""
    return operations.replan_change(actor=actor_of(request), change_id=change_id, **body.dict())


@router.post("/changes/{change_id}/finish", response={200: shapes.Made, **PROBLEMS})
def finish_change(request: HttpRequest, change_id: str, body: shapes.ChangeDoneIn) -> Change:
    """Say that a change is made."""
    return operations.finish_change(actor=actor_of(request), change_id=change_id, **body.dict())


@router.post("/changes/{change_id}/drop", response={200: shapes.Made, **PROBLEMS})
def drop_change(request: HttpRequest, change_id: str, body: shapes.ReasonIn) -> Change:
    """Say that a change is not made after all."""
    return operations.drop_change(actor=actor_of(request), change_id=change_id, reason=body.reason)


@router.post("/changes/{change_id}/effects", response={201: shapes.Made, **PROBLEMS})
def judge_effect(request: HttpRequest, change_id: str, body: shapes.EffectIn) -> Status[Effect]:
    """Say what came of a change."""
    return Status(201, operations.judge_effect(actor=actor_of(request), change_id=change_id, **body.dict()))
