"""What a change may be made in, and by what it may be seen whether it helped."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from samordna.core.actor import Actor
from samordna.domain.agreements.access import visible_agreements
from samordna.domain.assessments.models import Questionnaire
from samordna.domain.change.enums import MeasureKind, TargetKind
from samordna.domain.collaborations.access import visible_collaborations
from samordna.domain.decisions.access import visible_decisions
from samordna.domain.followup.access import visible_goals
from samordna.domain.followup.models import Indicator
from samordna.domain.knowledge.access import visible_services
from samordna.domain.matters.access import visible_matters

MOST = 200  # things of each kind that one chooses among

Key = tuple[str, str]
Rows = list[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A thing with its name. `kind` is also the name of its page's address."""

    kind: str
    id: str
    title: str


def named(actor: Actor, keys: Iterable[Key], at: datetime) -> Mapping[Key, Named]:
    """Those of these things, by kind and id, that the actor may read: a question or two for each kind that is asked for."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for kind, pk in keys:
        wanted[kind].add(pk)
    found = {}
    for kind, ids in sorted(wanted.items()):
        for pk, title in _rows(actor, kind, at, ids):
            found[kind, pk] = Named(kind=kind, id=pk, title=title)
    return found


def _rows(actor: Actor, kind: str, at: datetime, ids: Iterable[str] | None = None, place: str = "") -> Rows:
    """(id, title) of the things of a kind that the actor may read, among these ids or in this collaboration."""
    only = {"pk__in": ids} if ids is not None else {}
    here = {"collaboration_id": place} if place else {}
    match kind:
        case TargetKind.DECISION:
            about = {"matter__collaboration_id": place} if place else {}
            rows = visible_decisions(actor, at).filter(**only, **about).order_by("matter__title", "pk")
            return list(rows.values_list("pk", "matter__title")[:MOST])
        case TargetKind.AGREEMENT:
            documents = visible_agreements(actor, at).filter(**only, **here).order_by("name", "pk")
            return list(documents.values_list("pk", "name")[:MOST])
        case TargetKind.GOAL:
            goals = visible_goals(actor, at).filter(**only, **here)
            goals = goals.filter(ended_at__isnull=True) if place else goals
            return list(goals.order_by("what", "pk").values_list("pk", "what")[:MOST])
        case TargetKind.MATTER:
            matters = visible_matters(actor, at).filter(**only, **here).order_by("title", "pk")
            return list(matters.values_list("pk", "title")[:MOST])
        case TargetKind.SERVICE:
            services = visible_services(actor, at).filter(**only)
            services = services.filter(role__organisation_id=actor.organisation_id) if place else services
            return list(services.order_by("name", "pk").values_list("pk", "name")[:MOST])
        case MeasureKind.INDICATOR | MeasureKind.QUESTIONNAIRE:
            inside = visible_collaborations(actor, at).values("pk")
            if kind == MeasureKind.QUESTIONNAIRE:
                asked = Questionnaire.objects.filter(collaboration__in=inside).filter(**only, **here).order_by("pk")
                return [(one.pk, str(one)) for one in asked[:MOST]]
            indicators = Indicator.objects.filter(collaboration__in=inside).filter(**only, **here)
            indicators = indicators.filter(ended_at__isnull=True) if place else indicators
            return list(indicators.order_by("name", "pk").values_list("pk", "name")[:MOST])
    return []


def possible_targets(actor: Actor, collaboration_id: str, at: datetime) -> dict[str, Rows]:
    """What a change in the collaboration could be made in, by kind: what lies there, and one's own toolbox."""
    return {kind: _rows(actor, kind, at, place=collaboration_id) for kind in TargetKind.values}


def possible_measures(actor: Actor, collaboration_id: str, at: datetime) -> dict[str, Rows]:
    """By what a change in the collaboration could be seen to help, by kind."""
    kinds = (MeasureKind.INDICATOR, MeasureKind.QUESTIONNAIRE)
    return {str(kind): _rows(actor, kind, at, place=collaboration_id) for kind in kinds}
