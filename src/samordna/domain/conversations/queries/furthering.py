"""What a message can be taken further as, and where: what the forms offer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from samordna.core.actor import Actor
from samordna.core.refusals import refusal_of
from samordna.domain.collaborations.access import collaboration_for, reach, seen_collaborations
from samordna.domain.collaborations.models import Area
from samordna.domain.conversations.access import message_for
from samordna.domain.decisions.access import visible_decisions
from samordna.domain.decisions.models import DecisionVersion
from samordna.domain.forums.access import owners_of, visible_forums
from samordna.domain.forums.models import Ownership

MOST = 100
Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Further:
    """The forums, the areas (of collaborations that the actor coordinates) and the decisions in force to choose among."""

    forums: Choices
    areas: Choices
    versions: Choices
    opening: str


def further_choices(actor: Actor, message_id: str, at: datetime) -> Further:
    """What the message can be taken further as by this actor; `opening`: why it may not open a matter, or ""."""
    thread = message_for(actor, message_id, at, speaking=True).thread
    seen = seen_collaborations(actor, at)
    if thread.forum is not None:
        within = {owner.collaboration_id for owner in owners_of(thread.forum) if owner.accepted_at} & seen
    else:
        within = {thread.matter.collaboration_id} if thread.matter else set()
    _taking_part, coordinated = reach(actor, at)
    leading = within & set(coordinated)
    owned = Ownership.objects.filter(collaboration__in=within, accepted_at__isnull=False, ended_at__isnull=True)
    forums = visible_forums(actor, at).filter(pk__in=owned.values("forum_id"), closed_on__isnull=True)
    areas = Area.objects.filter(collaboration__in=leading).select_related("collaboration")
    decisions = visible_decisions(actor, at).filter(matter__collaboration__in=within)
    versions = DecisionVersion.objects.filter(decision__in=decisions, established_at__isnull=False)
    if thread.matter is not None:
        versions = versions.filter(decision__matter=thread.matter)
    first = next(iter(sorted(within)), "")
    own = (
        forums.filter(pk=thread.forum_id) if thread.forum_id else forums.none()
    )  # the thread's own comes first: it is meant
    return Further(
        forums=tuple((row.pk, row.name) for row in [*own, *forums.exclude(pk__in=own)][:MOST]),
        areas=tuple((row.pk, f"{row.collaboration.name}: {row.name}") for row in areas.order_by("name", "pk")[:MOST]),
        versions=_versions(versions.select_related("decision__matter").order_by("-established_at", "pk")[:MOST]),
        opening="" if leading else refusal_of(collaboration_for, actor, first, "collaboration.lead", at),
    )


def _versions(rows: Iterable[DecisionVersion]) -> Choices:
    return tuple(
        (row.pk, _("%(title)s, version %(number)s") % {"title": row.decision.matter.title, "number": row.number})
        for row in rows
    )


def collaboration_of_area(area_id: str) -> str:
    """The collaboration that an area belongs to; "" when there is no such area."""
    return Area.objects.filter(pk=area_id).values_list("collaboration_id", flat=True).first() or ""
