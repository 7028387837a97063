"""Feedback with its answers, and thanks, as a collaboration's pages show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from samordna.core.actor import Actor
from samordna.core.refusals import refusal_of
from samordna.domain.assessments.access import ANSWER, LEAD, READ
from samordna.domain.assessments.enums import FeedbackOutcome
from samordna.domain.assessments.models import Feedback, Recognition
from samordna.domain.collaborations.access import collaboration_for, contribution_for
from samordna.domain.decisions.access import visible_decisions
from samordna.domain.matters.access import visible_matters

MOST = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackRow:
    """What somebody thought, and what was done about it. `decision`: the title of its matter, "" where it is about none
    or about one that the reader may not see."""

    id: str
    organisation: str
    decision_id: str
    decision: str
    text: str
    given_at: datetime
    outcome: str
    outcome_label: str
    answer: str
    answered_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecognitionRow:
    """One organisation's thanks to another."""

    id: str
    giver: str
    receiver: str
    text: str
    helped: str
    decision_id: str
    decision: str
    matter_id: str
    matter: str
    given_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class VoicesPage:
    """Feedback, that which waits for an answer first, and thanks. `refused`, `leading`, `thanking`: why not, or ""."""

    collaboration_id: str
    collaboration: str
    waiting: tuple[FeedbackRow, ...]
    answered: tuple[FeedbackRow, ...]
    thanks: tuple[RecognitionRow, ...]
    decisions: tuple[tuple[str, str], ...]
    matters: tuple[tuple[str, str], ...]
    organisations: tuple[tuple[str, str], ...]
    refused: str
    leading: str
    thanking: str


def voices_page(actor: Actor, collaboration_id: str, at: datetime) -> VoicesPage:
    """What has been said of the collaboration and its decisions, and whom it thanks; for whoever reads it."""
    collaboration = collaboration_for(actor, collaboration_id, READ, at)
    seen = visible_decisions(actor, at).filter(matter__collaboration=collaboration).order_by("matter__title", "pk")
    decisions = dict(seen.values_list("pk", "matter__title"))
    shown = visible_matters(actor, at).filter(collaboration=collaboration).order_by("title", "pk")
    matters = dict(shown.values_list("pk", "title"))
    given = Feedback.objects.filter(collaboration=collaboration).select_related("organisation")[:MOST]
    rows = [_feedback(row, decisions) for row in given]
    thanks = Recognition.objects.filter(collaboration=collaboration).select_related("giver", "receiver")[:MOST]
    there = collaboration.participations.filter(left_on__isnull=True).exclude(organisation_id=actor.organisation_id)
    return VoicesPage(
        collaboration_id=collaboration.pk,
        collaboration=collaboration.name,
        waiting=tuple(row for row in rows if row.answered_at is None),
        answered=tuple(row for row in rows if row.answered_at is not None),
        thanks=tuple(_recognition(row, decisions, matters) for row in thanks),
        decisions=tuple(decisions.items()),
        matters=tuple(matters.items()),
        organisations=tuple(there.order_by("organisation__name").values_list("organisation_id", "organisation__name")),
        refused=refusal_of(collaboration_for, actor, collaboration_id, ANSWER, at),
        leading=refusal_of(collaboration_for, actor, collaboration_id, LEAD, at),
        thanking=refusal_of(contribution_for, actor, collaboration_id, at),
    )


def _feedback(row: Feedback, decisions: dict[str, str]) -> FeedbackRow:
    seen = row.decision_id in decisions
    return FeedbackRow(
        id=row.pk,
        organisation=row.organisation.name,
        decision_id=row.decision_id or "" if seen else "",
        decision=decisions.get(row.decision_id or "", ""),
        text=row.text,
        given_at=row.given_at,
        outcome=row.outcome,
        outcome_label=str(FeedbackOutcome(row.outcome).label) if row.outcome else "",
        answer=row.answer,
        answered_at=row.answered_at,
    )


def _recognition(row: Recognition, decisions: dict[str, str], matters: dict[str, str]) -> RecognitionRow:
    decision, matter = row.decision_id or "", row.matter_id or ""
    return RecognitionRow(
        id=row.pk,
        giver=row.giver.name,
        receiver=row.receiver.name,
        text=row.text,
        helped=row.helped,
        decision_id=decision if decision in decisions else "",
        decision=decisions.get(decision, ""),
        matter_id=matter if matter in matters else "",
        matter=matters.get(matter, ""),
        given_at=row.given_at,
    )
