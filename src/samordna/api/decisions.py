"""Proposals and decisions as JSON: the whole chain from a question to a decision in force."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.http import HttpRequest
from ninja import Query, Schema, Status

from samordna.api import balance_shapes
from samordna.api import decision_shapes as shapes
from samordna.api.foundation import PROBLEMS, Operations, Page, Paging, actor_of, page_of
from samordna.core import clock
from samordna.core.actor import Actor
from samordna.domain.decisions import operations as do
from samordna.domain.decisions.access import decision_for, proposal_for, version_for, visible_decisions
from samordna.domain.decisions.queries.binding import governing_conditions
from samordna.domain.decisions.queries.detail import detail_of
from samordna.domain.decisions.queries.documents import (
    attempt_documents,
    certificate_document,
    decision_document,
    proposal_document,
    proposal_documents,
    told_attempt,
    version_document,
)
from samordna.domain.decisions.queries.facts import facts_of
from samordna.domain.decisions.queries.obstacles import obstacles
from samordna.domain.decisions.queries.question import problem_document
from samordna.domain.decisions.queries.remarks import remarks_of
from samordna.domain.decisions.queries.what_if import what_if
from samordna.domain.matters.access import matter_for
from samordna.domain.organisations.access import organisation_for

router = Operations(tags=["decisions"])
Document = dict[str, Any]


class DecisionRow(Schema):
    """A decision in a list."""

    id: str
    number: int
    matter_id: str


class Decisions(Page):
    """A page of decisions."""

    items: list[DecisionRow]


def _proposal(actor: Actor, proposal_id: str) -> Document:
    at = clock.now()
    return proposal_document(actor, proposal_for(actor, proposal_id, at=at), at)


def _version(actor: Actor, version_id: str) -> Document:
    at = clock.now()
    version = version_for(actor, version_id, at=at)
    return version_document(actor, version, version.decision.matter, at)


@router.get("/matters/{matter_id}/problem", response={200: dict[str, Any], **PROBLEMS})
def problem(request: HttpRequest, matter_id: str) -> Document:
    """The matter as a problem document of the engine, over what the caller may read."""
    return problem_document(actor_of(request), matter_id, clock.now())


@router.get("/matters/{matter_id}/attempts", response={200: list[shapes.AttemptOut], **PROBLEMS})
def attempts(request: HttpRequest, matter_id: str) -> list[Document]:
    """What the engine has answered in a matter, the latest first."""
    actor, at = actor_of(request), clock.now()
    return attempt_documents(actor, matter_for(actor, matter_id, at=at), at)


@router.post("/matters/{matter_id}/attempts", response={201: shapes.AttemptOut, **PROBLEMS})
def ask_engine(request: HttpRequest, matter_id: str) -> Status[Document]:
    """Ask the engine. A settled matter gives a shared proposal, named in the answer; a clash says whose conditions."""
    actor = actor_of(request)
    attempt = do.propose_by_engine(actor=actor, matter_id=matter_id)
    return Status(201, told_attempt(actor, attempt, clock.now()))


@router.post("/matters/{matter_id}/what-if", response={200: shapes.WhatIfOut, **PROBLEMS})
def try_changes(request: HttpRequest, matter_id: str, body: shapes.WhatIfIn) -> Document:
    """The answer with some changes. Nothing is written."""
    actor, at = actor_of(request), clock.now()
    changes = [change.dict(exclude_none=True) for change in body.changes]
    answer = what_if(actor, matter_for(actor, matter_id, at=at), changes, at)
    differences = [
        {
            "organisation": difference.organisation_id,
            "aspect": difference.aspect_id,
            "option": difference.option_id,
            "local": difference.local,
            "because": list(difference.because),
        }
        for difference in answer.differences
    ]
    return {
        "result": answer.result,
        "milliseconds": answer.milliseconds,
        "frame": dict(answer.frame),
        "differences": differences,
        "balance": dict(answer.balance),
        "clash": list(answer.clash),
        "gap": list(answer.gap) if answer.gap else None,
        "failure": answer.failure,
    }


@router.get("/matters/{matter_id}/detail-level", response={200: list[balance_shapes.LevelOut], **PROBLEMS})
def detail_level(request: HttpRequest, matter_id: str) -> list[Document]:
    """What is fixed without need, left open though conditions clash, or right, aspect by aspect."""
    actor, at = actor_of(request), clock.now()
    facts = facts_of(actor, matter_for(actor, matter_id, at=at), at)
    return [asdict(level) for level in detail_of(actor, facts, at, patient=True)]


@router.get("/matters/{matter_id}/remarks", response={200: list[balance_shapes.RemarkOut], **PROBLEMS})
def remarks(request: HttpRequest, matter_id: str) -> list[Document]:
    """What does not add up among the conditions that the caller may read."""
    actor, at = actor_of(request), clock.now()
    return [asdict(remark) for remark in remarks_of(actor, matter_for(actor, matter_id, at=at), at)]


@router.get("/matters/{matter_id}/proposals", response={200: list[shapes.ProposalOut], **PROBLEMS})
def proposals(request: HttpRequest, matter_id: str) -> list[Document]:
    """The matter's proposals, the latest first; others' sketches are not among them."""
    actor, at = actor_of(request), clock.now()
    return proposal_documents(actor, matter_for(actor, matter_id, at=at), at)


@router.post("/matters/{matter_id}/proposals", response={201: shapes.ProposalOut, **PROBLEMS})
def propose(request: HttpRequest, matter_id: str, body: shapes.ProposalIn) -> Status[Document]:
    """Sketch a proposal by hand."""
    actor = actor_of(request)
    made = do.propose_by_hand(actor=actor, matter_id=matter_id, **body.dict())
    return Status(201, _proposal(actor, made.pk))


@router.get("/proposals/{proposal_id}", response={200: shapes.ProposalOut, **PROBLEMS})
def proposal(request: HttpRequest, proposal_id: str) -> Document:
    """One proposal."""
    return _proposal(actor_of(request), proposal_id)


@router.put("/proposals/{proposal_id}", response={200: shapes.ProposalOut, **PROBLEMS})
def change(request: HttpRequest, proposal_id: str, body: shapes.SketchIn) -> Document:
    """Change one's own sketch as a whole; refused, with what differs, when it is not the one that was `seen`."""
    actor = actor_of(request)
    do.change_sketch(actor=actor, proposal_id=proposal_id, **body.dict())
    return _proposal(actor, proposal_id)


@router.post("/proposals/{proposal_id}/amendments", response={201: shapes.ProposalOut, **PROBLEMS})
def amend(request: HttpRequest, proposal_id: str, body: shapes.AmendmentIn) -> Status[Document]:
    """Sketch an amendment; what is not given stays as it is."""
    actor = actor_of(request)
    made = do.amend_proposal(actor=actor, proposal_id=proposal_id, **body.dict())
    return Status(201, _proposal(actor, made.pk))


@router.post("/proposals/{proposal_id}/share", response={200: shapes.ProposalOut, **PROBLEMS})
def share(request: HttpRequest, proposal_id: str) -> Document:
    """Show a sketch to everyone who takes part."""
    actor = actor_of(request)
    do.share_proposal(actor=actor, proposal_id=proposal_id)
    return _proposal(actor, proposal_id)


@router.post("/proposals/{proposal_id}/withdraw", response={200: shapes.ProposalOut, **PROBLEMS})
def withdraw(request: HttpRequest, proposal_id: str, body: shapes.DecisionReasonIn) -> Document:
    """Take back a proposal."""
    actor = actor_of(request)
    do.withdraw_proposal(actor=actor, proposal_id=proposal_id, reason=body.reason)
    return _proposal(actor, proposal_id)


@router.post("/proposals/{proposal_id}/check", response={200: shapes.ProposalOut, **PROBLEMS})
def check(request: HttpRequest, proposal_id: str) -> Document:
    """Check a proposal against all conditions as they are now, and weigh it."""
    actor = actor_of(request)
    do.check_proposal(actor=actor, proposal_id=proposal_id)
    return _proposal(actor, proposal_id)


@router.post("/proposals/{proposal_id}/prose-answers", response={200: shapes.ProposalOut, **PROBLEMS})
def answer_prose(request: HttpRequest, proposal_id: str, body: shapes.ProseAnswerIn) -> Document:
    """Say whether a proposal respects one's own condition in prose."""
    actor = actor_of(request)
    do.answer_prose(
        actor=actor,
        proposal_id=proposal_id,
        condition_id=body.condition,
        respected=body.respected,
        reason=body.reason,
    )
    return _proposal(actor, proposal_id)


@router.post("/proposals/{proposal_id}/choose", response={200: shapes.ProposalOut, **PROBLEMS})
def choose(request: HttpRequest, proposal_id: str) -> Document:
    """Choose a shared proposal for the decision."""
    actor = actor_of(request)
    do.choose_proposal(actor=actor, proposal_id=proposal_id)
    return _proposal(actor, proposal_id)


@router.post("/matters/{matter_id}/decision", response={201: shapes.VersionOut, **PROBLEMS})
def prepare(request: HttpRequest, matter_id: str, body: shapes.PrepareIn) -> Status[Document]:
    """Write down the chosen proposal as a version of the decision."""
    actor = actor_of(request)
    version = do.prepare_decision(actor=actor, matter_id=matter_id, **body.dict())
    return Status(201, _version(actor, version.pk))


@router.post("/matters/{matter_id}/decision/let-be", response={200: shapes.MatterStageOut, **PROBLEMS})
def let_be(request: HttpRequest, matter_id: str, body: shapes.DecisionReasonIn) -> Document:
    """Leave the matter, with the reason; a version that is on its way ends with it."""
    matter = do.let_be(actor=actor_of(request), matter_id=matter_id, reason=body.reason)
    return {"id": matter.pk, "stage": matter.stage}


@router.get("/decisions", response={200: Decisions, **PROBLEMS})
def decisions(request: HttpRequest, paging: Query[Paging]) -> Document:
    """The decisions that the caller may read."""
    return page_of(visible_decisions(actor_of(request), clock.now()).order_by("matter_id", "pk"), paging)


@router.get("/decisions/{decision_id}", response={200: shapes.DecisionOut, **PROBLEMS})
def decision(request: HttpRequest, decision_id: str) -> Document:
    """A decision with its versions."""
    actor, at = actor_of(request), clock.now()
    return decision_document(actor, decision_for(actor, decision_id, at=at), at)


@router.post("/decisions/{decision_id}/replacement", response={201: shapes.VersionOut, **PROBLEMS})
def replace(request: HttpRequest, decision_id: str, body: shapes.ReplaceIn) -> Status[Document]:
    """Prepare the next version of a decision in force from another proposal."""
    actor, given = actor_of(request), body.dict()
    proposal_id = given.pop("proposal")
    version = do.replace_decision(actor=actor, decision_id=decision_id, proposal_id=proposal_id, **given)
    return Status(201, _version(actor, version.pk))


@router.get("/versions/{version_id}", response={200: shapes.VersionOut, **PROBLEMS})
def version(request: HttpRequest, version_id: str) -> Document:
    """One version of a decision."""
    return _version(actor_of(request), version_id)


@router.get("/versions/{version_id}/certificate", response={200: shapes.CertificateOut, **PROBLEMS})
def certificate(request: HttpRequest, version_id: str) -> Document:
    """What was checked, on whose mandate the version stands, and the digest."""
    actor, at = actor_of(request), clock.now()
    return certificate_document(actor, version_for(actor, version_id, at=at), at)


@router.get("/versions/{version_id}/obstacles", response={200: list[shapes.ObstacleOut], **PROBLEMS})
def in_the_way(request: HttpRequest, version_id: str) -> list[Document]:
    """Everything that establishing the version would be refused for now."""
    actor, at = actor_of(request), clock.now()
    found = obstacles(actor, version_for(actor, version_id, at=at), at)
    return [{"kind": o.kind, "sentence": o.sentence, "organisation": o.organisation} for o in found]


@router.post("/versions/{version_id}/consultation", response={200: shapes.VersionOut, **PROBLEMS})
def consult(request: HttpRequest, version_id: str, body: shapes.ConsultationIn) -> Document:
    """Send a prepared version out for answers."""
    actor = actor_of(request)
    do.open_consultation(actor=actor, version_id=version_id, until=body.until)
    return _version(actor, version_id)


@router.post("/versions/{version_id}/consultation-answers", response={200: shapes.VersionOut, **PROBLEMS})
def answer_consultation(request: HttpRequest, version_id: str, body: shapes.ConsultationAnswerIn) -> Document:
    """Answer the consultation for one's own organisation; the latest answer counts."""
    actor = actor_of(request)
    do.answer_consultation(actor=actor, version_id=version_id, **body.dict())
    return _version(actor, version_id)


@router.post("/versions/{version_id}/recommendation", response={200: shapes.VersionOut, **PROBLEMS})
def recommend(request: HttpRequest, version_id: str) -> Document:
    """Recommend the version to the participants' own bodies."""
    actor = actor_of(request)
    do.recommend(actor=actor, version_id=version_id)
    return _version(actor, version_id)


@router.post("/versions/{version_id}/skipped-steps", response={200: shapes.VersionOut, **PROBLEMS})
def skip(request: HttpRequest, version_id: str, body: shapes.SkippedIn) -> Document:
    """Leave out a step, with the reason."""
    actor = actor_of(request)
    do.skip_step(actor=actor, version_id=version_id, **body.dict())
    return _version(actor, version_id)


@router.post("/versions/{version_id}/adoptions", response={200: shapes.VersionOut, **PROBLEMS})
def adopt(request: HttpRequest, version_id: str, body: shapes.AdoptionIn) -> Document:
    """Record what one's own organisation's body decided."""
    actor = actor_of(request)
    do.record_adoption(actor=actor, version_id=version_id, **body.dict())
    return _version(actor, version_id)


@router.post("/versions/{version_id}/establishment", response={200: shapes.VersionOut, **PROBLEMS})
def establish(request: HttpRequest, version_id: str, body: shapes.EstablishIn) -> Document:
    """Put the version in force; refused with a sentence for each thing in the way."""
    actor = actor_of(request)
    do.establish(actor=actor, version_id=version_id, in_force_from=body.in_force_from)
    return _version(actor, version_id)


@router.post("/versions/{version_id}/withdrawal", response={200: shapes.VersionOut, **PROBLEMS})
def withdraw_version(request: HttpRequest, version_id: str, body: shapes.DecisionReasonIn) -> Document:
    """End a version, with the reason."""
    actor = actor_of(request)
    do.withdraw_decision(actor=actor, version_id=version_id, reason=body.reason)
    return _version(actor, version_id)


class GoverningList(Page):
    """A page of the decisions in force that bind an organisation."""

    items: list[shapes.GoverningOut]


@router.get("/organisations/{organisation_id}/governing-conditions", response={200: GoverningList, **PROBLEMS})
def governing(request: HttpRequest, organisation_id: str, paging: Query[Paging], area_id: str = "") -> Document:
    """The decisions in force that bind an organisation, of those that the caller may read; with an area, only those in it
    or above it."""
    actor, at = actor_of(request), clock.now()
    organisation = organisation_for(actor, organisation_id, at=at)
    names = ("decision_id", "version_id", "version", "matter_id", "title", "area", "collaboration")
    page = page_of(governing_conditions(actor, organisation.pk, at, area_id=area_id), paging)
    page["items"] = [
        {name: getattr(found, name) for name in names}
        | {"by": found.binding.by, "must": found.must, "since": found.binding.since, "begun": found.begun}
        | {"review_on": found.review_on, "text": found.text}
        | {"values": [{"aspect": v.aspect, "value": v.value, "own": v.own} for v in found.values]}
        for found in page["items"]
    ]
    return page
