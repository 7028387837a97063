"""Proposals, attempts and decisions as plain data, over what the actor may read. The API answers with these.

A condition is told as a reason: its text to those who may read it, to others only whose it is. What would give a
condition in confidence away by the back door (the values that break it, the example that lifting it would allow, its
price) is left out with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from samordna.core.actor import Actor
from samordna.domain.decisions.access import visible_proposals
from samordna.domain.decisions.models import Attempt, Decision, DecisionVersion, Proposal
from samordna.domain.decisions.queries.reasons import ReadableReason, readable_balance, readable_content, readable_reasons
from samordna.domain.matters.models import Matter

Document = dict[str, Any]
Reasons = Mapping[str, ReadableReason]


def proposal_document(actor: Actor, proposal: Proposal, at: datetime) -> Document:
    """One proposal. The caller has fetched it with the right to read it."""
    reasons = readable_reasons(actor, proposal.matter, at)
    return _proposal(actor, proposal, proposal.matter, reasons, at)


def proposal_documents(actor: Actor, matter: Matter, at: datetime) -> list[Document]:
    """The matter's proposals that the actor may read, the latest first; a constant number of queries."""
    reasons = readable_reasons(actor, matter, at)
    rows = visible_proposals(actor, matter, at).prefetch_related("frame", "adaptations__because", "prose_answers")
    return [_proposal(actor, proposal, matter, reasons, at) for proposal in rows.order_by("-number")]


def _proposal(actor: Actor, proposal: Proposal, matter: Matter, reasons: Reasons, at: datetime) -> Document:
    return {
        "id": proposal.pk,
        "matter_id": matter.pk,
        "number": proposal.number,
        "title": proposal.title,
        "text": proposal.text,
        "origin": proposal.origin,
        "state": proposal.state,
        "amends": proposal.amends_id,
        "attempt": proposal.attempt_id,
        "organisation": proposal.organisation_id,
        "made_at": proposal.made_at,
        "frame": {value.aspect_id: value.option_id for value in proposal.frame.all()},
        "adaptations": [_adaptation(adaptation, reasons) for adaptation in proposal.adaptations.all()],
        "verdict": proposal.verdict,
        "violations": [_violation(v, reasons) for v in proposal.check_result.get("violations", ())],
        "prose": _prose(proposal, reasons),
        "balance": readable_balance(actor, matter, proposal.balance, at),
    }


def _adaptation(adaptation: Any, reasons: Reasons) -> Document:
    return {
        "organisation": adaptation.organisation_id,
        "aspect": adaptation.aspect_id,
        "option": adaptation.option_id,
        "local": adaptation.local,
        "because": [asdict(reasons[condition.pk]) for condition in adaptation.because.all()],
        "worth_it": adaptation.worth_it,
        "review_on": adaptation.review_on,
    }


def _violation(violation: Mapping[str, Any], reasons: Reasons) -> Document:
    told = reasons.get(violation["condition"] or "")
    hidden = told is not None and told.hidden
    return {
        "kind": violation["kind"],
        "owner": violation["owner"],
        "participant": violation["participant"],
        "condition": asdict(told) if told else None,
        "values": {} if hidden else violation["values"],
    }


def _prose(proposal: Proposal, reasons: Reasons) -> list[Document]:
    """Every condition in prose at the latest check, with its owner's word on this proposal."""
    said = {answer.condition_id: answer for answer in proposal.prose_answers.all()}
    checked = proposal.check_result.get("prose", {})
    asked = [pk for kind in ("respected", "broken", "unanswered") for pk in checked.get(kind, ())]
    return [
        {
            "condition": asdict(reasons[pk]),
            "respected": said[pk].respected if pk in said else None,
            "reason": said[pk].reason if pk in said and not reasons[pk].hidden else "",
        }
        for pk in asked
        if pk in reasons
    ]


def attempt_documents(actor: Actor, matter: Matter, at: datetime) -> list[Document]:
    """The engine's attempts in a matter, the latest first."""
    reasons = readable_reasons(actor, matter, at)
    rows = Attempt.objects.filter(matter=matter).prefetch_related("proposals").order_by("-started_at", "pk")
    return [attempt_document(attempt, reasons) for attempt in rows]


def told_attempt(actor: Actor, attempt: Attempt, at: datetime) -> Document:
    """One attempt, told to the one who made it."""
    return attempt_document(attempt, readable_reasons(actor, attempt.matter, at))


def attempt_document(attempt: Attempt, reasons: Reasons) -> Document:
    """What the engine answered: its proposal's id, the clash, or how far it came."""
    outcome: Mapping[str, Any] = attempt.outcome.get("outcome") or {}
    proposals = [proposal.pk for proposal in attempt.proposals.all()]
    return {
        "id": attempt.pk,
        "result": attempt.result,
        "started_at": attempt.started_at,
        "milliseconds": attempt.milliseconds,
        "problem_digest": attempt.problem_digest,
        "proposal": proposals[0] if proposals else None,
        "clash": _clash(outcome, attempt.outcome.get("ways_out", ()), reasons),
        "other_clashes": [_clash_document(other, (), reasons) for other in attempt.outcome.get("others", ())],
        "all_clashes_told": attempt.outcome.get("all_told", not outcome.get("others_exist")),
        "stopped_by": outcome.get("stopped_by", ""),
        "gap": (outcome.get("gap") or {}).get("likeness"),
        "failure": attempt.outcome.get("failure", ""),
    }


def _clash(outcome: Mapping[str, Any], ways: Iterable[Mapping[str, Any]], reasons: Reasons) -> Document | None:
    return _clash_document(outcome, ways, reasons) if outcome.get("kind") == "clash" else None


def _clash_document(outcome: Mapping[str, Any], ways: Iterable[Mapping[str, Any]], reasons: Reasons) -> Document:
    return {
        "owners": outcome["owners"],
        "smallest": outcome["smallest"],
        "others_exist": outcome["others_exist"],
        "members": [_member(member, reasons) for member in outcome["members"]],
        "ways_out": [_way(way, reasons) for way in ways],
    }


def _member(member: Mapping[str, Any], reasons: Reasons) -> Document:
    told = reasons[member["condition"]]
    example = {} if told.hidden else member["example"]
    return {"condition": asdict(told), "unlocks": member["unlocks"], "example": example}


def _way(way: Mapping[str, Any], reasons: Reasons) -> Document:
    told = [reasons[pk] for pk in way["conditions"]]
    hidden = any(reason.hidden for reason in told)
    return {"conditions": [asdict(reason) for reason in told], "price": None if hidden else way["price"]}


def decision_document(actor: Actor, decision: Decision, at: datetime) -> Document:
    """A decision with all its versions, the latest first."""
    versions = decision.versions.prefetch_related("consultation_answers__replies", "adoptions").order_by("-number")
    return {
        "id": decision.pk,
        "number": decision.number,
        "matter_id": decision.matter_id,
        "title": decision.matter.title,
        "versions": [version_document(actor, version, decision.matter, at) for version in versions],
    }


def version_document(actor: Actor, version: DecisionVersion, matter: Matter, at: datetime) -> Document:
    """One version: content, certificate, rulings, answers, adoptions."""
    return {
        "id": version.pk,
        "decision": version.decision_id,
        "number": version.number,
        "state": version.state,
        "proposal": version.proposal_id,
        "comes_into_force": version.comes_into_force,
        "in_force_from": version.in_force_from,
        "consultation_until": version.consultation_until,
        "review_on": version.review_on,
        "content": readable_content(actor, matter, version.content, at),
        "certificate": version.certificate,
        "ruling": version.ruling,
        "digest": version.digest,
        "prepared_at": version.prepared_at,
        "established_at": version.established_at,
        "skipped": version.skipped,
        "ended_reason": version.ended_reason,
        "consultation_answers": [_answer(answer) for answer in version.consultation_answers.prefetch_related("replies")],
        "adoptions": [_adoption(adoption) for adoption in version.adoptions.all()],
    }


def _answer(answer: Any) -> Document:
    names = ("id", "stance", "text", "late", "answered_at", "cleared_at")
    replies = [{"text": reply.text, "replied_at": reply.replied_at} for reply in answer.replies.all()]
    return {name: getattr(answer, name) for name in names} | {"organisation": answer.organisation_id, "replies": replies}


def _adoption(adoption: Any) -> Document:
    names = ("id", "answer", "body", "decided_on", "paragraph", "reservation", "in_force_from", "recorded_at")
    return {name: getattr(adoption, name) for name in names} | {"organisation": adoption.organisation_id}
