"""The toolbox as pages and the API show it: a list with filters, and one service with everything it says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Absent
from samordna.core.overtaking import fingerprint
from samordna.domain.collaborations.access import visible_collaborations
from samordna.domain.collaborations.models import Participation
from samordna.domain.knowledge.access import service_for, visible_services
from samordna.domain.knowledge.conditions import KnownFact, loaded
from samordna.domain.knowledge.eligibility import Group
from samordna.domain.knowledge.limits import STALE_AFTER
from samordna.domain.knowledge.models import Service, ServiceQuerySet, ServiceVersion
from samordna.domain.knowledge.queries.facts import ground_of, known_facts, lead_of, sentence
from samordna.domain.knowledge.wording import values_of
from samordna.domain.organisations.contacts import ContactRow, contact_path
from samordna.domain.organisations.models import Organisation
from samordna.domain.organisations.queries import holder_names

PAGE = 50  # services on one page of the list


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceRow:
    """One service in a list. `stale`: nobody has confirmed it for so long that it is shown as not confirmed."""

    id: str
    name: str
    organisation_id: str
    organisation: str
    summary: str
    waiting: str
    waiting_on: date | None
    closed: str
    assured_on: date
    stale: bool
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Toolbox:
    """One page of the list. `later` and `earlier` are page numbers, 0 where there is none."""

    rows: tuple[ServiceRow, ...]
    total: int
    page: int
    earlier: int
    later: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Which services to list: those with these words, of an organisation, of those that take part in a collaboration, or
    only those that are not confirmed."""

    words: str = ""
    organisation_id: str = ""
    collaboration_id: str = ""
    stale: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionRow:
    """One condition as a sentence, and what it rests on."""

    sentence: str
    ground: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupRow:
    """Conditions that stand together; `lead` is "" where all of them have to hold."""

    lead: str
    together: str
    conditions: tuple[ConditionRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionRow:
    """One wording that has been."""

    number: int
    told_at: datetime
    told_by: str
    content: Mapping[str, Any]
    conditions: tuple[GroupRow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ServicePage:
    """One service with everything it says. `seen`: the fingerprint for whoever rewords it."""

    id: str
    key: str
    name: str
    also: str
    description: str
    unit: str
    for_whom: str
    how_to_apply: str
    cost: str
    languages: str
    schedule: str
    waiting: str
    waiting_on: date | None
    closed: str
    organisation_id: str
    organisation: str
    role_id: str
    role: str
    holders: tuple[str, ...]
    contact: ContactRow | None
    contact_path_id: str
    conditions: tuple[GroupRow, ...]
    eligibility: tuple[Mapping[str, Any], ...]
    assured_on: date
    assured_by: str
    stale: bool
    version: int
    versions: tuple[VersionRow, ...]
    valid_from: date
    valid_to: date | None
    ended: bool
    seen: str


def stale_before(on: date) -> date:
    """What was confirmed before this day is not confirmed any longer."""
    return on - timedelta(days=STALE_AFTER)


def toolbox(actor: Actor, at: datetime, filters: Filters, page: int = 1, size: int = PAGE) -> Toolbox:
    """The services that are offered today, by name: two queries."""
    on = clock.day(at)
    found = _filtered(visible_services(actor, at).on(on), filters, on)
    if filters.collaboration_id:  # who takes part is told only to those who read the collaboration
        within = visible_collaborations(actor, at).filter(pk=filters.collaboration_id)
        part = Participation.objects.on(on).filter(collaboration__in=within)
        found = found.filter(role__organisation__in=part.values("organisation_id"))
    total = found.count()
    last = max(1, -(-total // size))
    page = min(max(1, page), last)
    chosen = found.select_related("role__organisation").order_by("name", "pk")[(page - 1) * size : page * size]
    return Toolbox(
        rows=tuple(row_of(service, on) for service in chosen),
        total=total,
        page=page,
        earlier=page - 1 if page > 1 else 0,
        later=page + 1 if page < last else 0,
    )


def _filtered(found: ServiceQuerySet, filters: Filters, on: date) -> ServiceQuerySet:
    for word in filters.words.split()[:8]:
        said = Q()
        for name in ("name", "also", "description", "for_whom", "unit", "role__organisation__name"):
            said |= Q(**{f"{name}__icontains": word})
        found = found.filter(said)
    if filters.organisation_id:
        found = found.filter(role__organisation_id=filters.organisation_id)
    return found.filter(assured_on__lt=stale_before(on)) if filters.stale else found


def row_of(service: Service, on: date) -> ServiceRow:
    """A service for a list; its role and organisation have to be loaded."""
    words = service.description.split("\n")[0]
    return ServiceRow(
        id=service.pk,
        name=service.name,
        organisation_id=service.role.organisation_id,
        organisation=service.role.organisation.name,
        summary=words if len(words) <= 160 else words[:159].rstrip() + "…",
        waiting=service.waiting,
        waiting_on=service.waiting_on,
        closed=service.closed,
        assured_on=service.assured_on,
        stale=service.assured_on < stale_before(on),
        valid_from=service.valid_from,
        valid_to=service.valid_to,
    )


def offering_organisations(actor: Actor, at: datetime) -> tuple[tuple[str, str], ...]:
    """The organisations that offer something today, as (id, name); one query."""
    offering = visible_services(actor, at).on(clock.day(at)).values("role__organisation_id")
    return tuple(Organisation.objects.filter(pk__in=offering).order_by("name", "pk").values_list("pk", "name"))


def service_page(actor: Actor, service_id: str, at: datetime) -> ServicePage:
    """One service; the wordings that have been, the latest first."""
    service, on, facts = service_for(actor, service_id, at=at), clock.day(at), known_facts()
    by = service.assured_by
    return ServicePage(
        id=service.pk,
        key=str(service.key),
        **{name: getattr(service, name) for name in _PLAIN},
        organisation_id=service.role.organisation_id,
        organisation=service.role.organisation.name,
        role_id=service.role_id,
        role=service.role.name,
        holders=holder_names({service.role_id}, on)[service.role_id],
        contact=contact_path(actor, service.contact_path_id, at) if service.contact_path_id else None,
        contact_path_id=service.contact_path_id or "",
        conditions=groups_as_sentences(loaded(service.eligibility), facts),
        eligibility=tuple(service.eligibility),
        assured_by=by.role.name if by else "",
        stale=service.assured_on < stale_before(on),
        versions=_versions(service),
        ended=service.valid_to is not None and service.valid_to <= on,
        seen=fingerprint(values_of(service)),
    )


_PLAIN = (
    *("name", "also", "description", "unit", "for_whom", "how_to_apply", "cost", "languages", "schedule", "waiting"),
    *("waiting_on", "closed", "assured_on", "version", "valid_from", "valid_to"),
)


def _versions(service: Service) -> tuple[VersionRow, ...]:
    rows = service.versions.select_related("told_by__role").order_by("-number")[:50]
    return tuple(
        VersionRow(
            number=row.number,
            told_at=row.told_at,
            told_by=row.told_by.role.name if row.told_by else "",
            content=row.content,
        )
        for row in rows
    )


def groups_as_sentences(groups: tuple[Group, ...], facts: Mapping[str, KnownFact]) -> tuple[GroupRow, ...]:
    """Conditions as their organisation says them."""
    return tuple(
        GroupRow(
            lead=lead_of(group),
            together=str(group.together),
            conditions=tuple(ConditionRow(sentence=sentence(one, facts), ground=ground_of(one)) for one in group.criteria),
        )
        for group in groups
    )


def version_page(actor: Actor, service_id: str, number: int, at: datetime) -> VersionRow:
    """One wording that has been; raises `Absent` when there is none of that number."""
    service = service_for(actor, service_id, at=at)
    row = ServiceVersion.objects.select_related("told_by__role").filter(service=service, number=number).first()
    if row is None:
        raise Absent
    by = row.told_by.role.name if row.told_by else ""
    conditions = groups_as_sentences(loaded(row.content["eligibility"]), known_facts())
    return VersionRow(number=number, told_at=row.told_at, told_by=by, content=row.content, conditions=conditions)
