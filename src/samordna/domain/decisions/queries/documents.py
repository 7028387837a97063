"""Proposals, attempts and decisions as plain data, over what the actor may read. The API answers with these.

The coordinator is told what is stored. Everybody else is told what the engine works out from what it may read (see `seen`),
so that nothing in these documents gives away what others have stated in confidence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from samordna.core.actor import Actor
from samordna.domain.decisions.access import visible_proposals
from samordna.domain.decisions.models import Attempt, Decision, DecisionVersion, Proposal
from samordna.domain.decisions.overtaking import fingerprint
from samordna.domain.decisions.queries.attempts import stored_clashes
from samordna.domain.decisions.queries.changes import Compared, compared
from samordna.domain.decisions.queries.facts import Facts, facts_of
from samordna.domain.decisions.queries.reasons import ReadableReason, hidden_reason, readable_reasons
from samordna.domain.decisions.queries.seen import clashes_seen, seen
from samordna.domain.decisions.queries.seen_version import certificate_seen, content_seen
from samordna.domain.decisions.queries.shape import Own
from samordna.domain.matters.models import Matter

Document = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Who is told, of which matter, and the conditions as it may see them."""

    actor: Actor
    facts: Facts
    reasons: Mapping[str, ReadableReason]
    at: datetime

    def reason(self, condition_id: str, owner_id: str) -> Document:
        """One condition; where the reader may not even know which, only whose it is."""
        told = self.reasons.get(condition_id) or hidden_reason(owner_id, self.facts.names.get(owner_id, ""))
        return asdict(told)


def reader_of(actor: Actor, matter: Matter, at: datetime) -> Reader:
    """The actor as a reader of the matter; a constant number of queries."""
    return Reader(actor=actor, facts=facts_of(actor, matter, at), reasons=readable_reasons(actor, matter, at), at=at)


def proposal_document(actor: Actor, proposal: Proposal, at: datetime) -> Document:
    """One proposal. The caller has fetched it with the right to read it."""
    reader = reader_of(actor, proposal.matter, at)
    return _proposal(proposal, reader, compared(actor, reader.facts, [proposal], at).get(proposal.pk))


def proposal_documents(actor: Actor, matter: Matter, at: datetime) -> list[Document]:
    """The matter's proposals that the actor may read, the latest first."""
    reader = reader_of(actor, matter, at)
    rows = visible_proposals(actor, matter, at).prefetch_related("frame", "adaptations__because", "prose_answers")
    proposals = list(rows.order_by("-number"))
    against = compared(actor, reader.facts, proposals, at)
    return [_proposal(proposal, reader, against.get(proposal.pk)) for proposal in proposals]


def _proposal(proposal: Proposal, reader: Reader, against: Compared | None) -> Document:
    told = seen(reader.actor, reader.facts, proposal, reader.at, patient=True)
    rows = proposal.adaptations.all()
    own = {(row.organisation_id, row.aspect_id): told.shape.own.get((row.organisation_id, row.aspect_id)) for row in rows}
    violations = [_violation(v, reader) for v in proposal.check_result.get("violations", ())]
    return {
        "id": proposal.pk,
        "matter_id": proposal.matter_id,
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
        "adaptations": [_adaptation(key, value, reader) for key, value in own.items() if value],
        "compared": _compared(against) if against else None,
        "fingerprint": fingerprint(proposal),
        "verdict": proposal.verdict,
        "violations": [violation for n, violation in enumerate(violations) if violation not in violations[:n]],
        "prose": _prose(proposal, reader),
        "balance": dict(told.balance),
    }


def _compared(told: Compared) -> Document:
    rows = [asdict(row) | {"before": row.before or None, "after": row.after or None} for row in told.changed]
    return {"proposal": told.id, "amended": told.amended, "changed": rows}


def _adaptation(key: tuple[str, str], own: Own, reader: Reader) -> Document:
    return {
        "organisation": key[0],
        "aspect": key[1],
        "option": own.option_id,
        "local": own.local,
        "because": [reader.reason(pk, key[0]) for pk in own.because],
        "withheld": own.withheld,
        "worth_it": own.worth_it,
        "review_on": own.review_on,
    }


def _violation(violation: Mapping[str, Any], reader: Reader) -> Document:
    condition = violation["condition"]
    told = reader.reason(condition, violation["owner"]) if condition else None
    return {
        "kind": violation["kind"],
        "owner": violation["owner"],
        "participant": violation["participant"],
        "condition": told,
        "values": {} if told and told["hidden"] else violation["values"],
    }


def _prose(proposal: Proposal, reader: Reader) -> list[Document]:
    """Every condition in prose at the latest check that may be read, with its owner's word on this proposal."""
    said = {answer.condition_id: answer for answer in proposal.prose_answers.all()}
    checked = proposal.check_result.get("prose", {})
    asked = [pk for kind in ("respected", "broken", "unanswered") for pk in checked.get(kind, ())]
    return [
        {
            "condition": asdict(reader.reasons[pk]),
            "respected": said[pk].respected if pk in said else None,
            "reason": said[pk].reason if pk in said else "",
        }
        for pk in asked
        if pk in reader.reasons and not reader.reasons[pk].hidden
    ]


def attempt_documents(actor: Actor, matter: Matter, at: datetime) -> list[Document]:
    """The engine's attempts in a matter, the latest first."""
    reader = reader_of(actor, matter, at)
    rows = Attempt.objects.filter(matter=matter).prefetch_related("proposals").order_by("-started_at", "pk")
    return [_attempt(attempt, reader) for attempt in rows]


def told_attempt(actor: Actor, attempt: Attempt, at: datetime) -> Document:
    """One attempt, told to the one who made it."""
    return _attempt(attempt, reader_of(actor, attempt.matter, at))


def _attempt(attempt: Attempt, reader: Reader) -> Document:
    """What the engine answered: its proposal's id, the clashes, or how far it came.

    How long it took, how far it may be from the best, and the digest of the question are the coordinator's to know.
    """
    outcome: Mapping[str, Any] = attempt.outcome.get("outcome") or {}
    told, leads = stored_clashes(attempt), reader.facts.leads
    if told.clashes and not leads:
        told = clashes_seen(reader.actor, reader.facts.matter, outcome, reader.at, None)
    clashes = [_clash(clash, () if n else told.ways_out, reader) for n, clash in enumerate(told.clashes)]
    proposals = [proposal.pk for proposal in attempt.proposals.all()]
    return {
        "id": attempt.pk,
        "result": attempt.result,
        "started_at": attempt.started_at,
        "milliseconds": attempt.milliseconds if leads else None,
        "problem_digest": attempt.problem_digest if leads else "",
        "proposal": proposals[0] if proposals else None,
        "clash": clashes[0] if clashes else None,
        "other_clashes": clashes[1:],
        "all_clashes_told": told.all_told,
        "stopped_by": outcome.get("stopped_by", ""),
        "gap": (outcome.get("gap") or {}).get("likeness") if leads else None,
        "failure": attempt.outcome.get("failure", ""),
    }


def _clash(clash: Mapping[str, Any], ways: Iterable[Mapping[str, Any]], reader: Reader) -> Document:
    owners = {member["condition"]: member["owner"] for member in clash["members"]}
    return {
        "owners": clash["owners"],
        "smallest": clash["smallest"],
        "others_exist": clash["others_exist"],
        "members": [
            {
                "condition": reader.reason(member["condition"], member["owner"]),
                "unlocks": member["unlocks"],
                "example": member["example"],
            }
            for member in clash["members"]
        ],
        "ways_out": [
            {"conditions": [reader.reason(pk, owners.get(pk, "")) for pk in way["conditions"]], "price": way["price"]}
            for way in ways
        ],
    }


def decision_document(actor: Actor, decision: Decision, at: datetime) -> Document:
    """A decision with all its versions, the latest first."""
    related = decision.versions.select_related("proposal")
    versions = related.prefetch_related("consultation_answers__replies", "adoptions").order_by("-number")
    facts = facts_of(actor, decision.matter, at)
    return {
        "id": decision.pk,
        "number": decision.number,
        "matter_id": decision.matter_id,
        "title": decision.matter.title,
        "versions": [_version(actor, version, facts, at) for version in versions],
    }


def version_document(actor: Actor, version: DecisionVersion, matter: Matter, at: datetime) -> Document:
    """One version: content, certificate, rulings, answers, adoptions."""
    return _version(actor, version, facts_of(actor, matter, at), at)


def certificate_document(actor: Actor, version: DecisionVersion, at: datetime) -> Document:
    """What was checked, on whose mandate the version stands, and the digest over it as it is kept."""
    facts = facts_of(actor, version.decision.matter, at)
    certificate = certificate_seen(facts, version.certificate)
    return {"certificate": certificate, "ruling": version.ruling, "digest": version.digest}


def _version(actor: Actor, version: DecisionVersion, facts: Facts, at: datetime) -> Document:
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
        "content": content_seen(actor, facts, version, at, patient=True),
        "certificate": certificate_seen(facts, version.certificate),
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
