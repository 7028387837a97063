"""The register of decisions: what forums have decided, numbered, found again by those who may read the forum."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.domain.collaborations.access import seen_collaborations
from samordna.domain.collaborations.models import Area, Party
from samordna.domain.forums.access import visible_forums
from samordna.domain.forums.models import Forum, Ownership
from samordna.domain.matters.access import visible_matters
from samordna.domain.minutes.enums import MinutesState
from samordna.domain.minutes.limits import MOST_EXPORTED, MOST_SHOWN
from samordna.domain.proceedings.enums import Settled
from samordna.domain.proceedings.models import Outcome

Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What one looks for in the register; "" and 0 are no bound."""

    forum_id: str = ""
    party_id: str = ""
    area_id: str = ""
    matter_id: str = ""
    item_id: str = ""
    year: int = 0
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRow:
    """A decision. `area`: "" where the reader may not see it; `locked`: are its meeting's minutes locked?"""

    id: str
    reference: str
    on: date
    forum_id: str
    forum: str
    meeting_id: str
    item_id: str
    item: str
    area: str
    result: str
    result_label: str
    statement: str
    locked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """A page of the register with what one can choose among."""

    wanted: Wanted
    rows: tuple[DecisionRow, ...]
    page: int
    more: bool
    total: int
    forums: Choices
    parties: Choices
    areas: Choices
    years: tuple[int, ...]


def register_of(actor: Actor, wanted: Wanted, at: datetime, page: int = 1) -> Register:
    """The decisions, the latest first; a constant number of queries."""
    found, start = _found(actor, wanted, at), (max(page, 1) - 1) * MOST_SHOWN
    rows = _rows(actor, found[start : start + MOST_SHOWN], at)
    total = found.count()
    forums = visible_forums(actor, at)
    seen = seen_collaborations(actor, at)
    owners = Ownership.objects.filter(forum__in=forums, ended_at__isnull=True, collaboration__in=seen)
    within = owners.values("collaboration")
    decided = Outcome.objects.filter(forum__in=forums, number__isnull=False).order_by()
    return Register(
        wanted=wanted,
        rows=rows,
        page=max(page, 1),
        more=total > start + MOST_SHOWN,
        total=total,
        forums=tuple(Forum.objects.filter(pk__in=decided.values("forum")).order_by("name", "pk").values_list("pk", "name")),
        parties=tuple(Party.objects.filter(collaboration__in=within).order_by("name", "pk").values_list("pk", "name")),
        areas=tuple(Area.objects.filter(collaboration__in=within).order_by("name", "pk").values_list("pk", "name")),
        years=tuple(sorted({year for year in decided.values_list("year", flat=True).distinct() if year}, reverse=True)),
    )


def decisions_of(actor: Actor, wanted: Wanted, at: datetime) -> tuple[DecisionRow, ...]:
    """The decisions that are looked for, the latest first, as many as a file holds."""
    return _rows(actor, _found(actor, wanted, at)[:MOST_EXPORTED], at)


def decided_about(actor: Actor, matter_id: str, at: datetime) -> tuple[DecisionRow, ...]:
    """What forums that the actor may read have decided at meetings about a matter, the latest first; constant queries."""
    return _rows(actor, _found(actor, Wanted(matter_id=matter_id), at)[:MOST_SHOWN], at)


def decided_at(actor: Actor, item_id: str, at: datetime) -> tuple[DecisionRow, ...]:
    """What was decided at an item, the latest first."""
    return _rows(actor, _found(actor, Wanted(item_id=item_id), at)[:MOST_SHOWN], at)


def _found(actor: Actor, wanted: Wanted, at: datetime) -> QuerySet[Outcome]:
    found = Outcome.objects.filter(forum__in=visible_forums(actor, at), number__isnull=False)
    seen = seen_collaborations(actor, at)
    if wanted.forum_id:
        found = found.filter(forum_id=wanted.forum_id)
    if wanted.year:
        found = found.filter(year=wanted.year)
    if wanted.item_id:
        found = found.filter(question__item_id=wanted.item_id)
    if wanted.matter_id:
        matters = visible_matters(actor, at).filter(pk=wanted.matter_id)
        found = found.filter(question__item__matter__in=matters)
    if wanted.area_id:
        within = Q(question__item__area_id=wanted.area_id) | Q(question__item__matter__area_id=wanted.area_id)
        areas = Area.objects.filter(pk=wanted.area_id, collaboration__in=seen)
        found = found.filter(within) if areas.exists() else found.none()
    if wanted.party_id:
        organisations = Party.objects.filter(pk=wanted.party_id, collaboration__in=seen).values(
            "participations__organisation"
        )
        voted = Q(question__votes__seat__role__organisation__in=organisations)
        sits = Q(forum__seats__role__organisation__in=organisations)
        found = found.filter(
            pk__in=found.filter(voted | sits | Q(question__item__raised_for__in=organisations)).values("pk")
        )
    for word in wanted.words.split()[:8]:
        said = Q(statement__icontains=word) | Q(question__text__icontains=word) | Q(question__item__title__icontains=word)
        found = found.filter(said)
    related = ("forum", "question__item__area", "question__item__meeting")
    return found.select_related(*related).order_by("-settled_at", "-year", "-number", "pk")


def _rows(actor: Actor, found: QuerySet[Outcome], at: datetime) -> tuple[DecisionRow, ...]:
    seen = seen_collaborations(actor, at)
    return tuple(_row(outcome, seen) for outcome in found.select_related("question__item__meeting__written"))


def _row(outcome: Outcome, seen: frozenset[str]) -> DecisionRow:
    item = outcome.question.item
    written = getattr(item.meeting, "written", None)
    return DecisionRow(
        id=outcome.pk,
        reference=outcome.reference,
        on=clock.day(outcome.settled_at),
        forum_id=outcome.forum_id,
        forum=outcome.forum.name,
        meeting_id=item.meeting_id or "",
        item_id=item.pk,
        item=item.title,
        area=item.area.name if item.area and item.area.collaboration_id in seen else "",
        result=outcome.result,
        result_label=str(Settled(outcome.result).label),
        statement=outcome.statement,
        locked=written is not None and written.state == MinutesState.LOCKED,
    )
