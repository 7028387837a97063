"""What a collaboration's meetings take in a year: of everybody together, and of one's own organisation (K2)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from samordna.core.actor import Actor
from samordna.domain.collaborations.access import reach
from samordna.domain.forums.access import visible_forums
from samordna.domain.forums.models import Ownership
from samordna.domain.worth.queries.costs import ForumCost, costs_of


@dataclass(frozen=True, slots=True, kw_only=True)
class CollaborationCost:
    """Hours and kronor of the last year's meetings; of a forum with several owners, this one's equal share.

    `kronor`: everybody's, 0 where they are not the reader's to see; `told`: are they? `unrated`: have some stated no price
    of an hour? `own_hours`, `own_kronor`: of the reader's organisation.
    """

    hours: float = 0
    kronor: int = 0
    told: bool = False
    unrated: bool = False
    own_hours: float = 0
    own_kronor: int = 0
    forums: tuple[ForumCost, ...] = ()


def meetings_in(actor: Actor, collaboration_ids: Collection[str], at: datetime) -> dict[str, CollaborationCost]:
    """What the meetings of each of these collaborations take; a constant number of queries."""
    coordinated = reach(actor, at)[1]
    running = Ownership.objects.filter(accepted_at__isnull=False, ended_at__isnull=True)
    mine = running.filter(collaboration__in=collaboration_ids)
    owners: dict[str, list[str]] = defaultdict(list)
    for forum_id, owner in running.filter(forum__in=mine.values("forum")).values_list("forum_id", "collaboration_id"):
        owners[forum_id].append(owner)
    forums = visible_forums(actor, at).filter(pk__in=list(owners))
    leads = {pk for pk, of in owners.items() if set(of) & set(coordinated)}
    costs = costs_of(actor, list(forums), at, leads)
    return {
        pk: _sum(pk, [cost for cost in costs if pk in owners[cost.forum_id]], owners, actor, coordinated)
        for pk in collaboration_ids
    }


def _sum(
    pk: str, costs: list[ForumCost], owners: dict[str, list[str]], actor: Actor, coordinated: Collection[str]
) -> CollaborationCost:
    told = pk in coordinated
    shares = [(cost, 1 / len(owners[cost.forum_id])) for cost in costs]
    own = [(row, share) for cost, share in shares for row in cost.rows if row.organisation_id == actor.organisation_id]
    return CollaborationCost(
        hours=round(sum(cost.hours * share for cost, share in shares), 1),
        kronor=round(sum(cost.kronor * share for cost, share in shares)) if told else 0,
        told=told,
        unrated=any(cost.unrated for cost in costs),
        own_hours=round(sum(row.hours * share for row, share in own), 1),
        own_kronor=round(sum((row.kronor or 0) * share for row, share in own)),
        forums=tuple(cost for cost in costs if cost.meetings),
    )
