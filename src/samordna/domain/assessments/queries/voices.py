"""Feedback with its answers, and thanks, as a collaboration's pages show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Q, QuerySet

from samordna.core.actor import Actor
from samordna.core.refusals import refusal_of
from samordna.domain.assessments.access import ANSWER, LEAD, READ
from samordna.domain.assessments.enums import FeedbackOutcome
from samordna.domain.assessments.models import Feedback, Recognition
from samordna.domain.collaborations.access import collaboration_for, contribution_for
from samordna.domain.decisions.access import visible_decisions
from samordna.domain.matters.access import visible_matters

M = TypeVar("M", Feedback, Recognition)
SHOWN = 50  # of feedback, and of thanks, on a page


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
    """A page of feedback, that which waits for an answer first, and a page of thanks. `waiting_total`, `thanks_total`: how
    many there are of all. `refused`, `leading`, `thanking`: why not, or ""."""

    collaboration_id: str
    collaboration: str
    waiting: tuple[FeedbackRow, ...]
    answered: tuple[FeedbackRow, ...]
    waiting_total: int
    page: int
    pages: int
    thanks: tuple[RecognitionRow, ...]
    thanks_total: int
    thanks_page: int
    thanks_pages: int
    decisions: tuple[tuple[str, str], ...]
    matters: tuple[tuple[str, str], ...]
    organisations: tuple[tuple[str, str], ...]
    refused: str
    leading: str
    thanking: str


def given_feedback(actor: Actor, collaboration_id: str, at: datetime) -> QuerySet[Feedback]:
    """What has been said of the collaboration and its decisions, that which waits for an answer first, then the latest
    first; for whoever reads it."""
    given = Feedback.objects.filter(collaboration=collaboration_for(actor, collaboration_id, READ, at))
    answered = given.alias(is_answered=Q(answered_at__isnull=False)).select_related("organisation")
    return answered.order_by("is_answered", "-given_at", "pk")


def given_thanks(actor: Actor, collaboration_id: str, at: datetime) -> QuerySet[Recognition]:
    """Whom it thanks, the latest first; for whoever reads it."""
    given = Recognition.objects.filter(collaboration=collaboration_for(actor, collaboration_id, READ, at))
    return given.select_related("giver", "receiver").order_by("-given_at", "pk")


def feedback_rows(actor: Actor, given: Iterable[Feedback], at: datetime) -> tuple[FeedbackRow, ...]:
    """These as a list shows them; a decision that the reader may not see is not named."""
    rows = list(given)
    decisions = _titles(visible_decisions(actor, at), "matter__title", (row.decision_id for row in rows))
    return tuple(_feedback(row, decisions) for row in rows)


def thanks_rows(actor: Actor, given: Iterable[Recognition], at: datetime) -> tuple[RecognitionRow, ...]:
    """The same of thanks."""
    rows = list(given)
    decisions = _titles(visible_decisions(actor, at), "matter__title", (row.decision_id for row in rows))
    matters = _titles(visible_matters(actor, at), "title", (row.matter_id for row in rows))
    return tuple(_recognition(row, decisions, matters) for row in rows)


def _titles(seen: QuerySet[Any], title: str, ids: Iterable[str | None]) -> dict[str, str]:
    return dict(seen.filter(pk__in={pk for pk in ids if pk}).order_by().values_list("pk", title))


def _part(rows: QuerySet[M], page: int) -> tuple[QuerySet[M], int, int, int]:
    """The rows of a page, which page it is, how many pages there are, and how many rows in all."""
    total = rows.count()
    pages = max(1, -(-total // SHOWN))
    page = min(max(page, 1), pages)
    return rows[(page - 1) * SHOWN : page * SHOWN], page, pages, total


def voices_page(actor: Actor, collaboration_id: str, at: datetime, page: int = 1, thanks_page: int = 1) -> VoicesPage:
    """What has been said of the collaboration and its decisions, and whom it thanks; for whoever reads it."""
    collaboration = collaboration_for(actor, collaboration_id, READ, at)
    seen = visible_decisions(actor, at).filter(matter__collaboration=collaboration).order_by("matter__title", "pk")
    decisions = dict(seen.values_list("pk", "matter__title"))
    shown = visible_matters(actor, at).filter(collaboration=collaboration).order_by("title", "pk")
    matters = dict(shown.values_list("pk", "title"))
    given = given_feedback(actor, collaboration_id, at)
    some, page, pages, _total = _part(given, page)
    rows = feedback_rows(actor, some, at)
    thanks, thanks_page, thanks_pages, thanks_total = _part(given_thanks(actor, collaboration_id, at), thanks_page)
    there = collaboration.participations.filter(left_on__isnull=True).exclude(organisation_id=actor.organisation_id)
    return VoicesPage(
        collaboration_id=collaboration.pk,
        collaboration=collaboration.name,
        waiting=tuple(row for row in rows if row.answered_at is None),
        answered=tuple(row for row in rows if row.answered_at is not None),
        waiting_total=given.filter(answered_at__isnull=True).count(),
        page=page,
        pages=pages,
        thanks=thanks_rows(actor, thanks, at),
        thanks_total=thanks_total,
        thanks_page=thanks_page,
        thanks_pages=thanks_pages,
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
