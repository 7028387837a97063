"""What governs an organisation's own work: decisions in force and documents in force, put together for the pages.

Decisions are a later step than documents, so this is done here and not in either of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from samordna.core.actor import Actor
from samordna.domain.agreements.queries.register import BindingDocument, documents_that_bind
from samordna.domain.agreements.queries.rows import AgreementPage
from samordna.domain.collaborations.access import collaboration_for
from samordna.domain.collaborations.queries.pages import area_tree
from samordna.domain.decisions.access import visible_decisions
from samordna.domain.decisions.enums import DecisionState
from samordna.domain.decisions.queries.binding import GoverningCondition, governing_conditions


@dataclass(frozen=True, slots=True)
class Governing:
    """What governs one document of an organisation's own: decisions and documents, the nearest first."""

    decisions: tuple[GoverningCondition, ...]
    documents: tuple[BindingDocument, ...]


def governing_of(actor: Actor, page: AgreementPage, at: datetime) -> Governing | None:
    """What governs an organisation's own routine: what binds the organisation in the same collaboration, and, where the
    routine has a subject area, in that area, above it or beneath it. None for a common document."""
    if not page.organisation_id:
        return None
    near = _near(actor, page, at)
    decisions = governing_conditions(actor, page.organisation_id, at)
    documents = documents_that_bind(actor, page.organisation_id, at)
    return Governing(
        tuple(
            one for one in decisions if one.collaboration_id == page.collaboration_id and (not near or one.area_id in near)
        ),
        tuple(
            one
            for one in documents
            if one.collaboration_id == page.collaboration_id
            and one.agreement_id != page.id
            and (not near or not one.area_id or one.area_id in near)
        ),
    )


def _near(actor: Actor, page: AgreementPage, at: datetime) -> frozenset[str]:
    """The document's area with those above and beneath it; empty when it has none."""
    if not page.area_id:
        return frozenset()
    above: list[str] = []
    found: set[str] = set()
    inside = -1
    for area in area_tree(collaboration_for(actor, page.collaboration_id, at=at)):
        del above[area.level :]
        if inside >= 0 and area.level <= inside:
            inside = -1
        if area.id == page.area_id:
            inside = area.level
            found.update(above)
        if inside >= 0:
            found.add(area.id)
        above.append(area.id)
    return frozenset(found)


def decisions_by_id(actor: Actor, page: AgreementPage, at: datetime) -> dict[str, str]:
    """The titles of the decisions that the document rests on, of those the reader may read, by id."""
    wanted = {ground.decision_id for ground in page.grounds if ground.decision_id}
    if not wanted:
        return {}
    return dict(visible_decisions(actor, at).filter(pk__in=wanted).values_list("pk", "matter__title"))


def decisions_in_force(actor: Actor, collaboration_id: str, at: datetime) -> tuple[tuple[str, str], ...]:
    """The decisions in force in a collaboration, as (id, title): what a document may rest on."""
    found = visible_decisions(actor, at).filter(
        matter__collaboration_id=collaboration_id, versions__state=DecisionState.IN_FORCE
    )
    return tuple(found.order_by("matter__title", "pk").distinct().values_list("pk", "matter__title"))
