"""The register: what binds the actor's own organisation, and every decision that the actor may read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import OuterRef, QuerySet, Subquery

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.domain.decisions.access import visible_decisions
from samordna.domain.decisions.models import DecisionVersion
from samordna.domain.decisions.queries.binding import GoverningCondition, governing_conditions

PAGE = 50
"""So many decisions on a page of the register."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """One decision by its latest version."""

    decision_id: str
    number: int
    title: str
    collaboration: str
    version: int
    state: str
    state_label: str
    in_force_from: date | None
    review_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """What governs the actor's organisation, and one page of all decisions it may read."""

    governing: tuple[GoverningCondition, ...]
    decisions: tuple[Registered, ...]
    page: int
    more: bool


def register(*, actor: Actor, page: int = 1, at: datetime | None = None) -> Register:
    """The register as the actor may read it; the latest prepared first."""
    at = at or clock.now()
    own = actor.organisation_id
    start = (max(page, 1) - 1) * PAGE
    found = list(_latest(actor, at)[start : start + PAGE + 1])
    return Register(
        governing=tuple(governing_conditions(actor, own, at)) if own else (),
        decisions=tuple(_registered(version) for version in found[:PAGE]),
        page=max(page, 1),
        more=len(found) > PAGE,
    )


def _latest(actor: Actor, at: datetime) -> QuerySet[DecisionVersion]:
    numbers = DecisionVersion.objects.filter(decision=OuterRef("decision")).order_by("-number").values("number")[:1]
    found = DecisionVersion.objects.filter(decision__in=visible_decisions(actor, at), number=Subquery(numbers))
    return found.select_related("decision__matter__collaboration").order_by("-prepared_at", "pk")


def _registered(version: DecisionVersion) -> Registered:
    return Registered(
        decision_id=version.decision_id,
        number=version.decision.number,
        title=version.decision.matter.title,
        collaboration=version.decision.matter.collaboration.name,
        version=version.number,
        state=version.state,
        state_label=version.get_state_display(),
        in_force_from=version.in_force_from,
        review_on=version.review_on,
    )
