"""What is kept of a decision: its content, what was checked and with what result, and the digest over all of it.

Kept as data in the installation's language, as it was decided. The text of a condition that its owner has stated in
confidence is not copied: the content names it and its owner, and those who may read it find it there.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from samordna.core.journal import canonical
from samordna.domain.decisions.checking import Checked
from samordna.domain.decisions.models import Adaptation, Proposal
from samordna.domain.decisions.phrases import owner_name, said
from samordna.domain.decisions.problem import Question, owner_of
from samordna.domain.matters.enums import Confidence, PositionState
from samordna.domain.matters.models import Condition
from samordna.domain.matters.queries.subjects import as_subjects
from samordna.domain.matters.rules import Subject
from samordna_engine.settling import ENGINE

FORMAT = "samordna-decision"
VERSION = 1
CHECKS = ("values_exist", "frame_holds", "every_participant_holds", "common_is_common", "prose_confirmed")


def digest_of(content: Mapping[str, Any], certificate: Mapping[str, Any], ruling: Mapping[str, Any]) -> str:
    """SHA-256, in hexadecimal, over one spelling of content, certificate and ruling together."""
    return sha256(canonical({"content": content, "certificate": certificate, "ruling": ruling})).hexdigest()


def content_of(question: Question, proposal: Proposal, comes_into_force: str) -> dict[str, Any]:
    """The decision as data: what is alike, who differs and because of what, what is left to each, and the balance."""
    subjects = as_subjects(question.aspects.values())
    frame = {value.aspect_id: value.option_id for value in proposal.frame.all()}
    differences = list(
        proposal.adaptations.select_related("organisation").prefetch_related("because__position__organisation")
    )
    order = list(subjects)
    differences.sort(key=lambda a: (a.organisation.name, order.index(a.aspect_id)))
    return {
        "format": FORMAT,
        "version": VERSION,
        "matter": _matter(question),
        "proposal": {"id": proposal.pk, "number": proposal.number, "title": proposal.title, "origin": proposal.origin},
        "text": proposal.text,
        "unit": question.matter.unit,
        "comes_into_force": str(comes_into_force),
        "frame": [_value(subjects[aspect], frame[aspect]) for aspect in order if aspect in frame],
        "left_to_each": [{"aspect": aspect, "label": subjects[aspect].label} for aspect in order if aspect not in frame],
        "adaptations": [_difference(a, subjects, frame, proposal.balance) for a in differences if not a.local],
        "local": [_difference(a, subjects, frame, {}) for a in differences if a.local],
        "balance": proposal.balance,
        "participants": [_participant(organisation, question) for organisation in question.positions],
    }


def _matter(question: Question) -> dict[str, Any]:
    matter = question.matter
    return {
        "id": matter.pk,
        "number": matter.number,
        "title": matter.title,
        "purpose": matter.purpose,
        "for_the_individual": matter.for_the_individual,
        "area": matter.area.name,
        "collaboration": matter.collaboration.name,
        "answers": [
            {"source": one.source_id, "organisation": one.organisation, "about": one.about, "text": one.text}
            for one in matter.occasions.all()
        ],
    }


def _value(subject: Subject, option: str) -> dict[str, Any]:
    return {"aspect": subject.id, "label": subject.label, "option": option, "value": subject.label_of(option)}


def _difference(
    adaptation: Adaptation, subjects: Mapping[str, Subject], frame: Mapping[str, str], balance: Mapping[str, Any]
) -> dict[str, Any]:
    subject = subjects[adaptation.aspect_id]
    told = (e for e in balance.get("adaptations", ()) if _is_about(e, adaptation))
    common = frame.get(subject.id)
    return _value(subject, adaptation.option_id) | {
        "organisation": adaptation.organisation_id,
        "name": adaptation.organisation.name,
        "frame_value": subject.label_of(common) if common else None,
        "because": [reason_document(condition, subjects) for condition in adaptation.because.all()],
        "necessity": next((entry["necessity"] for entry in told), None),
        "worth_it": adaptation.worth_it,
        "review_on": adaptation.review_on.isoformat() if adaptation.review_on else None,
    }


def _is_about(entry: Mapping[str, Any], adaptation: Adaptation) -> bool:
    return (entry["organisation"], entry["aspect"]) == (adaptation.organisation_id, adaptation.aspect_id)


def reason_document(condition: Condition, subjects: Mapping[str, Subject]) -> dict[str, Any]:
    """A condition as a decision names it; without its text where the owner has stated it in confidence."""
    named = {"condition": condition.pk, "owner": owner_of(condition), "owner_name": owner_name(condition)}
    if condition.confidence == Confidence.COORDINATOR:
        return named | {"in_confidence": True}
    told = {"sentence": said(condition, subjects), "reason": condition.reason, "legal_ground": condition.legal_ground}
    return named | told | {"in_confidence": False}


def _participant(organisation: str, question: Question) -> dict[str, Any]:
    position = question.positions[organisation]
    return {
        "organisation": organisation,
        "name": position.organisation.name,
        "state": position.state,
        "declined_reason": position.declined_reason,
    }


def certificate_of(question: Question, checked: Checked, proposal: Proposal, stage: str, at: datetime) -> dict[str, Any]:
    """What was checked at this stage ("prepared" or "established"), by what, over which question, and who has answered."""
    said_of = {answer.condition_id: answer for answer in proposal.prose_answers.select_related("answered_by__person")}
    states = {pk: position.state for pk, position in question.positions.items()}
    return {
        "stage": stage,
        "checked_at": at.isoformat(),
        "engine": ENGINE,
        "problem_digest": checked.digest,
        "checks": list(CHECKS),
        "proved_best": _proof_of(proposal),
        "verdict": str(checked.verdict),
        "violations": len(checked.violations),
        "conditions": [condition.id for condition in question.problem.conditions],
        "prose": [_confirmation(condition, said_of.get(condition.pk)) for condition in question.prose],
        "answered": _in(states, PositionState.ANSWERED),
        "no_conditions": _in(states, PositionState.NO_CONDITIONS),
        "declined": _in(states, PositionState.DECLINED),
        "silent": _in(states, PositionState.SILENT, PositionState.STARTED),
    }


def _proof_of(proposal: Proposal) -> dict[str, Any] | None:
    """The engine's proof that nothing is more alike, where the proposal is the engine's own and was finished."""
    outcome = proposal.attempt.outcome.get("outcome") if proposal.attempt else None
    if not outcome or outcome.get("kind") != "settled":
        return None
    return {"objective": outcome["objective"], "bound": outcome["bound"], "proof": outcome["proof"]}


def _confirmation(condition: Condition, answer: Any) -> dict[str, Any]:
    confirmed = {"respected": None, "answered_at": None, "answered_by": ""}
    if answer is not None:
        confirmed = {
            "respected": answer.respected,
            "answered_at": answer.answered_at.isoformat(),
            "answered_by": answer.answered_by.person.name,
        }
    return {"condition": condition.pk, "owner": owner_of(condition), "owner_name": owner_name(condition)} | confirmed


def _in(states: Mapping[str, str], *wanted: PositionState) -> list[str]:
    return [organisation for organisation, state in states.items() if state in wanted]
