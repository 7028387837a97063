"""What a change of mandates touches: matters under way, and decisions in force, in certain areas.

A decision in force stands as it was established: it rests on the mandates of that moment. A matter under way is decided
under those that hold when its decision is established, so for it the change counts.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from samordna.core.actor import Actor
from samordna.domain.decisions.access import visible_decisions
from samordna.domain.decisions.enums import DecisionState
from samordna.domain.decisions.models import DecisionVersion
from samordna.domain.matters.access import visible_matters
from samordna.domain.matters.enums import MatterStage
from samordna.domain.matters.states import ANSWERABLE

UNDER_WAY = (MatterStage.DRAFT, *ANSWERABLE)


@dataclass(frozen=True, slots=True, kw_only=True)
class TouchedMatter:
    """A matter that would be decided on another mandate."""

    id: str
    title: str
    area: str
    stage_label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TouchedDecision:
    """A decision in force in the area, which stands."""

    id: str
    title: str
    area: str
    in_force_from: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """Matters under way and decisions in force that the actor may read."""

    matters: tuple[TouchedMatter, ...]
    decisions: tuple[TouchedDecision, ...]


def touched_in(actor: Actor, area_ids: Collection[str], at: datetime) -> Touched:
    """What is under way and what stands in these areas; two queries beside the right."""
    if not area_ids:
        return Touched(matters=(), decisions=())
    under_way = visible_matters(actor, at).filter(area_id__in=area_ids, stage__in=UNDER_WAY)
    standing = DecisionVersion.objects.filter(
        decision__in=visible_decisions(actor, at),
        decision__matter__area_id__in=area_ids,
        state=DecisionState.IN_FORCE,
    )
    return Touched(
        matters=tuple(
            TouchedMatter(id=row.pk, title=row.title, area=row.area.name, stage_label=row.get_stage_display())
            for row in under_way.select_related("area").order_by("number", "pk")
        ),
        decisions=tuple(
            TouchedDecision(
                id=row.decision_id,
                title=row.decision.matter.title,
                area=row.decision.matter.area.name,
                in_force_from=row.in_force_from,
            )
            for row in standing.select_related("decision__matter__area").order_by("decision__number", "pk")
        ),
    )
