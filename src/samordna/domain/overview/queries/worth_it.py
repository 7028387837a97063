"""Is the collaboration worth it: what its decisions in force give and cost, and what its meetings take (K2, K3).

A participant reads its own figures, whoever coordinates those of all together.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.domain.collaborations.access import collaboration_for, reach
from samordna.domain.decisions.enums import DecisionState
from samordna.domain.decisions.models import DecisionVersion
from samordna.domain.overview.queries.leading import bound_of
from samordna.domain.overview.queries.sums import Left, Sum, left_after, span_of, summed
from samordna.domain.worth.queries.together import CollaborationCost, meetings_in


@dataclass(frozen=True, slots=True, kw_only=True)
class WorthIt:
    """`whole`: are these everybody's figures, or one's own organisation's? `left`: None where there is no money a year to
    weigh the meetings against."""

    whole: bool
    cost: CollaborationCost
    sums: tuple[Sum, ...]
    left: Left | None


def worth_of(actor: Actor, collaboration_id: str, at: datetime) -> WorthIt:
    """What a year of the collaboration gives and takes; a constant number of queries."""
    given = collaboration_for(actor, collaboration_id, at=at)
    whole = given.pk in reach(actor, at)[1]
    cost = meetings_in(actor, [given.pk], at)[given.pk]
    sums = _of_all(given.pk) if whole else _own(actor, given.pk, given.name, at)
    return WorthIt(whole=whole, cost=cost, sums=sums, left=left_after(sums, cost.kronor if whole else cost.own_kronor))


def _own(actor: Actor, pk: str, name: str, at: datetime) -> tuple[Sum, ...]:
    bound = bound_of(actor.organisation_id or "", {pk: name}, clock.day(at))[0][pk]
    return summed((one.unit, one.cost, one.benefit) for one in bound if one.cost and one.benefit)


def _of_all(pk: str) -> tuple[Sum, ...]:
    there = DecisionVersion.objects.filter(state=DecisionState.IN_FORCE, decision__matter__collaboration_id=pk)
    rows = there.values_list("decision__matter__unit", "content")
    figures = [(unit, row) for unit, content in rows for row in content.get("balance", {}).get("participants", {}).values()]
    return summed((unit, span_of(row["cost"]), span_of(row["benefit"])) for unit, row in figures)
