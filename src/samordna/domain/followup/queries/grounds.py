"""What a goal rests on, as a reader may see it, and what it could rest on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from samordna.core.actor import Actor
from samordna.domain.agreements.access import visible_agreements
from samordna.domain.decisions.access import visible_decisions
from samordna.domain.followup.models import GoalGround
from samordna.domain.forums.access import visible_forums
from samordna.domain.matters.access import visible_matters

MOST = 200  # things of each kind that one chooses among


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """One thing that a goal rests on. `kind` is also the name of its page's address."""

    id: str
    kind: str
    thing_id: str
    title: str


def grounds_of(actor: Actor, line: Sequence[str], at: datetime) -> tuple[Ground, ...]:
    """What the goal rests on that the reader may read; five questions."""
    rows = list(GoalGround.objects.filter(goal_id__in=line, ended_at__isnull=True).order_by("linked_at", "pk"))
    if not rows:
        return ()
    titles = dict(_titles(actor, rows, at))
    found = []
    for row in rows:
        kind, pk = _thing(row)
        if (kind, pk) in titles:
            found.append(Ground(id=row.pk, kind=kind, thing_id=pk, title=titles[kind, pk]))
    return tuple(found)


def _thing(row: GoalGround) -> tuple[str, str]:
    for kind in ("decision", "agreement", "matter", "forum"):
        pk = getattr(row, f"{kind}_id")
        if pk:
            return kind, pk
    raise ValueError(row.pk)


def _titles(actor: Actor, rows: Sequence[GoalGround], at: datetime) -> Iterator[tuple[tuple[str, str], str]]:
    decisions = visible_decisions(actor, at).filter(pk__in=[row.decision_id for row in rows if row.decision_id])
    yield from ((("decision", pk), title) for pk, title in decisions.values_list("pk", "matter__title"))
    agreements = visible_agreements(actor, at).filter(pk__in=[row.agreement_id for row in rows if row.agreement_id])
    yield from ((("agreement", pk), name) for pk, name in agreements.values_list("pk", "name"))
    matters = visible_matters(actor, at).filter(pk__in=[row.matter_id for row in rows if row.matter_id])
    yield from ((("matter", pk), title) for pk, title in matters.values_list("pk", "title"))
    forums = visible_forums(actor, at).filter(pk__in=[row.forum_id for row in rows if row.forum_id])
    yield from ((("forum", pk), name) for pk, name in forums.values_list("pk", "name"))


def possible_grounds(actor: Actor, collaboration_id: str, at: datetime) -> dict[str, list[tuple[str, str]]]:
    """What a goal of the collaboration could rest on, by kind, as (kind:id, title)."""
    within = {"collaboration_id": collaboration_id}
    owned = visible_forums(actor, at).filter(
        ownerships__collaboration_id=collaboration_id, ownerships__ended_at__isnull=True
    )
    rows = {
        "decision": visible_decisions(actor, at)
        .filter(matter__collaboration_id=collaboration_id)
        .order_by("matter__title", "pk")
        .values_list("pk", "matter__title"),
        "agreement": visible_agreements(actor, at).filter(**within).order_by("name", "pk").values_list("pk", "name"),
        "matter": visible_matters(actor, at).filter(**within).order_by("title", "pk").values_list("pk", "title"),
        "forum": owned.distinct().order_by("name", "pk").values_list("pk", "name"),
    }
    return {kind: [(f"{kind}:{pk}", title) for pk, title in those[:MOST]] for kind, those in rows.items()}
