"""Whom an organisation knows: those who hold or have held a role in it, and those whom its own register has told of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Absent
from samordna.domain.organisations.access import organisation_for
from samordna.domain.organisations.enums import ExternalIdKind
from samordna.domain.organisations.models import ExternalId, Holding, Membership, Person

PAGE = 100  # people on one page


@dataclass(frozen=True, slots=True, kw_only=True)
class IdRow:
    """An id in force that somebody else has issued."""

    id: str
    kind: str
    kind_label: str
    value: str
    issuer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberRow:
    """A person as one organisation knows it. `roles`: what it holds there today, when that is asked for."""

    person_id: str
    name: str
    email: str
    register_id: str
    active: bool
    created_at: datetime
    changed_at: datetime
    ids: tuple[IdRow, ...] = ()
    roles: tuple[str, ...] = ()


def _known(organisation_id: str) -> QuerySet[Person]:
    here = Membership.objects.filter(person=OuterRef("pk"), organisation=organisation_id)
    holding = Holding.objects.filter(person=OuterRef("pk"), role__organisation=organisation_id)
    let_go = Exists(here.filter(released_at__isnull=False))
    return Person.objects.filter(Exists(here) | Exists(holding)).exclude(let_go).order_by("pk")


def known_here(organisation_id: str, person_id: str) -> bool:
    """Does the organisation know the person?"""
    return _known(organisation_id).filter(pk=person_id).exists()


def called_in(organisation_id: str, person: Person) -> str:
    """What the organisation calls the person; its word, not what others may know the person as."""
    told = Membership.objects.filter(organisation=organisation_id, person=person).values_list("name", flat=True).first()
    return told or person.name


def member_for(
    actor: Actor, organisation_id: str, person_id: str, action: str = "organisation.administer", at: datetime | None = None
) -> Person:
    """A person whom the organisation knows, for whoever may do this with the organisation. Others are not there."""
    organisation = organisation_for(actor, organisation_id, action, at)
    person = _known(organisation.pk).filter(pk=person_id).first()
    if person is None:
        raise Absent
    return person


def membership_of(organisation_id: str, person: Person, at: datetime) -> Membership:
    """The row that says how the organisation knows the person, made where there was none; within an operation."""
    told = {"name": person.name, "created_at": at, "changed_at": at}
    return Membership.objects.get_or_create(organisation_id=organisation_id, person=person, defaults=told)[0]


def members_of(
    actor: Actor,
    organisation_id: str,
    at: datetime,
    *,
    email: str = "",
    register_id: str = "",
    person_id: str = "",
    first: int = 0,
    most: int | None = None,
) -> tuple[int, tuple[MemberRow, ...]]:
    """How many the organisation knows, and some of them: those with this address (in any case), id, or person."""
    organisation = organisation_for(actor, organisation_id, "organisation.administer", at)
    found = _known(organisation.pk)
    if email:
        found = found.filter(email__iexact=email)
    if person_id:
        found = found.filter(pk=person_id)
    if register_id:
        found = found.filter(memberships__organisation=organisation.pk, memberships__register_id=register_id)
    total = found.count()
    return total, _rows(organisation.pk, list(found[first : None if most is None else first + most]), clock.day(at))


@dataclass(frozen=True, slots=True, kw_only=True)
class MembersPage:
    """One page of the people by name, those who have left last. `later` and `earlier` are page numbers, 0 for none."""

    rows: tuple[MemberRow, ...]
    total: int
    page: int
    earlier: int
    later: int


def members_page(actor: Actor, organisation_id: str, at: datetime, words: str = "", page: int = 1) -> MembersPage:
    """The people whom the organisation knows; `words` narrows to names, addresses and own ids that contain them."""
    organisation = organisation_for(actor, organisation_id, "organisation.administer", at)
    here = Membership.objects.filter(organisation=organisation, person=OuterRef("pk"))
    found = _known(organisation.pk).annotate(
        known_as=Coalesce(Subquery(here.values("name")[:1]), F("name")),
        left=Exists(here.filter(active=False)),
    )
    if words.strip():
        own = Exists(here.filter(register_id__icontains=words.strip()))
        found = found.filter(Q(known_as__icontains=words.strip()) | Q(email__icontains=words.strip()) | own)
    total = found.count()
    page = max(1, min(page, -(-total // PAGE)))
    shown = list(found.order_by("left", "known_as", "pk")[(page - 1) * PAGE : page * PAGE])
    rows = _rows(organisation.pk, shown, clock.day(at))
    return MembersPage(rows=rows, total=total, page=page, earlier=page - 1, later=page + 1 if page * PAGE < total else 0)


def _rows(organisation_id: str, people: Iterable[Person], on: date) -> tuple[MemberRow, ...]:
    people = list(people)
    told = {row.person_id: row for row in Membership.objects.filter(organisation=organisation_id, person__in=people)}
    ids: dict[str, list[IdRow]] = {}
    in_force = ExternalId.objects.filter(organisation=organisation_id, person__in=people, ended_at__isnull=True)
    for row in in_force.order_by("kind", "value"):
        label = str(ExternalIdKind(row.kind).label)
        one = IdRow(id=row.pk, kind=row.kind, kind_label=label, value=row.value, issuer=row.issuer)
        ids.setdefault(row.person_id, []).append(one)
    roles: dict[str, list[str]] = {}
    running = Holding.objects.on(on).filter(role__organisation=organisation_id, person__in=people)
    for person_id, role in running.order_by("role__name", "pk").values_list("person_id", "role__name"):
        roles.setdefault(person_id, []).append(role)
    return tuple(
        _row(person, told.get(person.pk), tuple(ids.get(person.pk, ())), tuple(roles.get(person.pk, ())))
        for person in people
    )


def _row(person: Person, told: Membership | None, ids: tuple[IdRow, ...], roles: tuple[str, ...]) -> MemberRow:
    return MemberRow(
        person_id=person.pk,
        name=told.name if told else person.name,
        email=person.email or "",
        register_id=told.register_id if told else "",
        active=told.active if told else True,
        created_at=told.created_at if told else person.created_at,
        changed_at=told.changed_at if told else person.created_at,
        ids=ids,
        roles=roles,
    )


def person_with_id(kind: str, value: str) -> Person | None:
    """Whom an id from elsewhere names, for those who let people in by it."""
    row = ExternalId.objects.filter(kind=kind, value=value.strip(), ended_at__isnull=True).select_related("person").first()
    return row.person if row else None
