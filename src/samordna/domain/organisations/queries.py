"""Questions about organisations: the directory, one organisation's roles and holders on a day, who held what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.domain.organisations.access import holding_for, organisation_for, visible_organisations
from samordna.domain.organisations.enums import HoldingKind, OrganisationKind, RoleKind
from samordna.domain.organisations.models import ApiToken, Holding, Membership, Organisation, Person, Role
from samordna.domain.organisations.succession import After, Before, came_from, name_on, now_called, renamed, roles_then

PAGE = 50  # organisations on one page of the directory


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectoryRow:
    """One organisation in the directory; `vacant` counts roles that nobody holds on the day."""

    id: str
    name: str
    kind: str
    parent: str
    roles: int
    vacant: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Directory:
    """One page of the directory. `later` and `earlier` are page numbers, 0 where there is none."""

    rows: tuple[DirectoryRow, ...]
    total: int
    page: int
    earlier: int
    later: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HolderRow:
    """Somebody who holds a role, or stands in for the one who does."""

    holding_id: str
    person_id: str
    name: str
    kind: str
    kind_label: str
    stands_in_for: str
    valid_from: date
    valid_to: date | None
    mine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleRow:
    """A role on a day: who holds it then, who is to take it, who held it before."""

    id: str
    name: str
    kind: str
    kind_label: str
    purpose: str
    responsibilities: str
    authority: str
    valid_from: date
    valid_to: date | None
    holders: tuple[HolderRow, ...]
    coming: tuple[HolderRow, ...]
    earlier: tuple[HolderRow, ...]

    @property
    def vacant(self) -> bool:
        """Does nobody hold the role, not even as a deputy?"""
        return not self.holders

    @property
    def deputised(self) -> bool:
        """Does somebody stand in for a holder on the day?"""
        return any(row.kind == HoldingKind.DEPUTY for row in self.holders)


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationPage:
    """One organisation on a day. `name` is what it was called then. `now`: who stands in its place today; `before`: what it
    was called, or was part of, earlier; `came_from`: whom it came after."""

    id: str
    name: str
    kind: str
    number: str
    area_code: str
    inhabitants: int | None
    fictional: bool
    parent_id: str
    parent: str
    children: tuple[tuple[str, str], ...]
    on: date
    roles: tuple[RoleRow, ...]
    closed_roles: tuple[RoleRow, ...]
    ended_on: date | None = None
    now: tuple[After, ...] = ()
    before: tuple[Before, ...] = ()
    came_from: tuple[After, ...] = ()

    @property
    def vacancies(self) -> tuple[RoleRow, ...]:
        """Roles that exist on the day and that nobody holds."""
        return tuple(role for role in self.roles if role.vacant)


def directory(actor: Actor, at: datetime, words: str = "", page: int = 1) -> Directory:
    """The organisations that exist now, by name; `words` narrows to names that contain them."""
    on = clock.day(at)
    alive = Q(valid_to__isnull=True) | Q(valid_to__gt=on)
    found = visible_organisations(actor, at).filter(alive, valid_from__lte=on).order_by("name", "pk")
    if words.strip():
        found = found.filter(Q(name__icontains=words.strip()) | Q(short_name__icontains=words.strip()))
    total = found.count()
    page = max(1, min(page, -(-total // PAGE)))
    shown = list(found.select_related("parent")[(page - 1) * PAGE : page * PAGE])
    roles, held = _role_counts([row.pk for row in shown], on)
    rows = tuple(_directory_row(row, roles[row.pk], held[row.pk]) for row in shown)
    return Directory(rows=rows, total=total, page=page, earlier=page - 1, later=page + 1 if page * PAGE < total else 0)


def _directory_row(row: Organisation, roles: set[str], held: set[str]) -> DirectoryRow:
    return DirectoryRow(
        id=row.pk,
        name=row.name,
        kind=str(OrganisationKind(row.kind).label),
        parent=row.parent.name if row.parent else "",
        roles=len(roles),
        vacant=len(roles - held),
    )


def _role_counts(organisation_ids: Collection[str], on: date) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    roles: dict[str, set[str]] = defaultdict(set)
    held: dict[str, set[str]] = defaultdict(set)
    open_then = Q(valid_to__isnull=True) | Q(valid_to__gt=on)
    existing = Role.objects.filter(open_then, organisation_id__in=organisation_ids, valid_from__lte=on)
    for role_id, organisation_id in existing.values_list("pk", "organisation_id"):
        roles[organisation_id].add(role_id)
    holdings = Holding.objects.on(on).filter(role__organisation_id__in=organisation_ids)
    for role_id, organisation_id in holdings.values_list("role_id", "role__organisation_id"):
        held[organisation_id].add(role_id)
    return roles, held


def organisation_page(actor: Actor, organisation_id: str, at: datetime, on: date | None = None) -> OrganisationPage:
    """The organisation with its roles and those who hold them on a day (today, unless another is asked for)."""
    organisation = organisation_for(actor, organisation_id, at=at)
    on = on or clock.day(at)
    roles = list(Role.objects.filter(roles_then([organisation.pk], on)).order_by("kind", "name", "pk"))
    rows = [role_row(role, holders, on, actor) for role, holders in with_holdings(roles)]
    before = renamed(organisation.pk)
    return OrganisationPage(
        id=organisation.pk,
        name=name_on(organisation.name, before, on),
        kind=str(OrganisationKind(organisation.kind).label),
        number=organisation.number,
        area_code=organisation.area_code,
        inhabitants=organisation.inhabitants,
        fictional=organisation.fictional,
        parent_id=organisation.parent_id or "",
        parent=organisation.parent.name if organisation.parent else "",
        children=tuple(Organisation.objects.filter(parent=organisation).order_by("name").values_list("pk", "name")),
        on=on,
        roles=tuple(row for row in rows if clock.active(row.valid_from, row.valid_to, on)),
        closed_roles=tuple(row for row in rows if row.valid_to is not None and row.valid_to <= on),
        ended_on=organisation.valid_to,
        now=now_called(organisation.pk),
        before=before,
        came_from=came_from(organisation.pk),
    )


def with_holdings(roles: list[Role]) -> Iterable[tuple[Role, list[Holding]]]:
    """Each role with all its holdings, the oldest first: one query."""
    by_role: dict[str, list[Holding]] = defaultdict(list)
    rows = Holding.objects.filter(role__in=roles).named().select_related("person", "deputy_of__person")
    for holding in rows.order_by("valid_from", "pk"):
        by_role[holding.role_id].append(holding)
    return [(role, by_role[role.pk]) for role in roles]


def role_row(role: Role, holdings: list[Holding], on: date, actor: Actor) -> RoleRow:
    """The role on a day; `holdings` are all of its holdings, with persons and whom deputies stand in for."""
    rows = [holder_row(holding, actor) for holding in holdings if ran(holding)]
    open_then = clock.active(role.valid_from, role.valid_to, on)
    now = [row for row in rows if open_then and clock.active(row.valid_from, row.valid_to, on)]
    return RoleRow(
        id=role.pk,
        name=role.name,
        kind=role.kind,
        kind_label=str(RoleKind(role.kind).label),
        purpose=role.purpose,
        responsibilities=role.responsibilities,
        authority=role.authority,
        valid_from=role.valid_from,
        valid_to=role.valid_to,
        holders=tuple(sorted(now, key=lambda row: (row.kind == HoldingKind.DEPUTY, row.valid_from))),
        coming=tuple(row for row in rows if row.valid_from > on),
        earlier=tuple(row for row in rows if row.valid_to is not None and row.valid_to <= on),
    )


def ran(holding: Holding) -> bool:
    """Did it ever run? Not when it was taken back; and a deputy's not when whom it stands in for left before it began."""
    if holding.valid_to == holding.valid_from:
        return False
    principal = holding.deputy_of
    return principal is None or principal.valid_to is None or principal.valid_to > holding.valid_from


def _until(holding: Holding) -> date | None:
    """The day it ends: a deputy's, at the latest when whom it stands in for leaves."""
    ends = [holding.valid_to, holding.deputy_of.valid_to if holding.deputy_of else None]
    return min((each for each in ends if each is not None), default=None)


def holder_row(holding: Holding, actor: Actor) -> HolderRow:
    """Somebody who holds a role, as pages show it."""
    return HolderRow(
        holding_id=holding.pk,
        person_id=holding.person_id,
        name=holding.known_as or holding.person.name,
        kind=holding.kind,
        kind_label=str(HoldingKind(holding.kind).label),
        stands_in_for=holding.principal_known_as or (holding.deputy_of.person.name if holding.deputy_of else ""),
        valid_from=holding.valid_from,
        valid_to=_until(holding),
        mine=holding.person_id == actor.person_id,
    )


def holder_names(role_ids: Collection[str], on: date) -> dict[str, tuple[str, ...]]:
    """Who holds each of these roles on a day, the ordinary holders before their deputies: one query."""
    names: dict[str, list[tuple[bool, str]]] = {role_id: [] for role_id in role_ids}
    rows = Holding.objects.then(on).filter(role_id__in=role_ids).named().order_by("valid_from", "pk")
    for row in rows.only("role_id", "kind"):
        names[row.role_id].append((row.kind == HoldingKind.DEPUTY, row.known_as))
    return {role_id: tuple(name for _, name in sorted(held, key=lambda row: row[0])) for role_id, held in names.items()}


def who_held(role_id: str, on: date) -> tuple[str, ...]:
    """Who held the role on a day."""
    return holder_names([role_id], on)[role_id]


def colleagues(actor: Actor, organisation_id: str, at: datetime) -> tuple[tuple[str, str], ...]:
    """Those who hold a role in the organisation now or later, as (id, name): whom one may choose in its forms."""
    organisation = organisation_for(actor, organisation_id, at=at)
    running = Q(holdings__valid_to__isnull=True) | Q(holdings__valid_to__gt=clock.day(at))
    people = Person.objects.filter(running, holdings__role__organisation=organisation, is_active=True).distinct()
    here = Membership.objects.filter(organisation=organisation, person=OuterRef("pk")).values("name")
    named = people.annotate(known_as=Coalesce(Subquery(here[:1]), F("name")))
    return tuple(named.order_by("known_as", "pk").values_list("pk", "known_as"))


def organisation_choices(actor: Actor, at: datetime) -> tuple[tuple[str, str], ...]:
    """Every organisation that exists now, as (id, name)."""
    on = clock.day(at)
    alive = Q(valid_to__isnull=True) | Q(valid_to__gt=on)
    found = visible_organisations(actor, at).filter(alive, valid_from__lte=on)
    return tuple(found.order_by("name", "pk").values_list("pk", "name"))


def holder_of(actor: Actor, holding_id: str, at: datetime) -> tuple[HolderRow, str, str]:
    """One holding, with its role's name and its organisation's id."""
    holding_for(actor, holding_id, at=at)
    holding = Holding.objects.named().select_related("person", "role", "deputy_of__person").get(pk=holding_id)
    return holder_row(holding, actor), holding.role.name, holding.role.organisation_id


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenRow:
    """A key to the API, without its secret."""

    id: str
    label: str
    may_write: bool
    role: str
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    works: bool


def tokens_of(actor: Actor, at: datetime) -> tuple[TokenRow, ...]:
    """The actor's own keys, newest first."""
    rows = ApiToken.objects.filter(holding__person_id=actor.person_id or "").select_related("holding__role__organisation")
    return tuple(
        TokenRow(
            id=token.pk,
            label=token.label,
            may_write=token.may_write,
            role=f"{token.holding.role.name}, {token.holding.role.organisation.name}",
            created_at=token.created_at,
            expires_at=token.expires_at,
            revoked_at=token.revoked_at,
            works=token.revoked_at is None and token.expires_at > at,
        )
        for token in rows.order_by("-created_at", "pk")
    )


def is_empty() -> bool:
    """Has nobody been registered yet? What a first installation and the demonstration begin with."""
    return not Person.objects.exists()
