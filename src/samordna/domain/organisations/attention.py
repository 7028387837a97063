"""What an organisation has to see to among its roles: none for the work itself, vacancies, holdings that end, roles one
person deep, dead ends."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor, Duty
from samordna.domain.organisations.enums import DUTIES, HoldingKind, RoleKind
from samordna.domain.organisations.models import ContactPath, Holding, Role
from samordna.domain.organisations.queries import (
    HolderRow,
    OrganisationPage,
    RoleRow,
    holder_names,
    role_row,
    with_holdings,
)
from samordna.domain.organisations.waiting import Waiting, WaitingKind

SOON = timedelta(days=60)
"""A holding that ends within so many days, with nobody after it, is shown."""
NAMED = 3
"""So many things of one kind wait as items of their own; more of them wait as one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """A role that nobody holds any longer from a day that is near."""

    role: RoleRow
    last: HolderRow
    ends_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadEnd:
    """A contact path that leads to nobody: to a role that is vacant or, `ended`, that no longer exists.

    `menders`: who may open another path or fill the role, by name.
    """

    path_id: str
    topic: str
    role_id: str
    role: str
    organisation_id: str
    organisation: str
    ended: bool
    menders: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attention:
    """`bare`: no role there may answer, decide or coordinate, as in an organisation that has just come here.

    `one_deep`: roles with a duty that exactly one person holds, and nobody stands in or comes. `alone`: what only one
    person in the whole organisation may do, as duties.
    """

    bare: bool
    vacant: tuple[RoleRow, ...]
    ending: tuple[Ending, ...]
    one_deep: tuple[RoleRow, ...]
    alone: tuple[Duty, ...]
    dead_ends: tuple[DeadEnd, ...]

    @property
    def calm(self) -> bool:
        """Is there nothing to see to?"""
        return not (self.bare or self.vacant or self.ending or self.one_deep or self.alone or self.dead_ends)


def attention_of(page: OrganisationPage) -> Attention:
    """What the page of an organisation says has to be seen to; the caller has asked for the page."""
    return _attention(page.roles, dead_ends([page.id], page.on), page.on)


def _attention(roles: Sequence[RoleRow], dead: Sequence[DeadEnd], on: date) -> Attention:
    return Attention(
        bare=not any(DUTIES[RoleKind(role.kind)] - {Duty.ADMINISTER} for role in roles),
        vacant=tuple(role for role in roles if role.vacant),
        ending=tuple(found for role in roles if (found := _ending(role, on))),
        one_deep=tuple(role for role in roles if _one_deep(role)),
        alone=tuple(sorted(_alone(roles))),
        dead_ends=tuple(dead),
    )


def _ending(role: RoleRow, on: date) -> Ending | None:
    """The role is held, and from a day within `SOON` by nobody."""
    ends = [row.valid_to for row in role.holders if row.kind != HoldingKind.DEPUTY]
    known = [end for end in ends if end is not None]
    if not known or len(known) < len(ends) or max(known) > on + SOON:
        return None
    last = max(known)
    if any(row.valid_from <= last and (row.valid_to is None or row.valid_to > last) for row in role.coming):
        return None
    holder = next(row for row in role.holders if row.valid_to == last)
    return Ending(role=role, last=holder, ends_on=last)


def _one_deep(role: RoleRow) -> bool:
    people = {row.person_id for row in (*role.holders, *role.coming)}
    return bool(DUTIES[RoleKind(role.kind)]) and len(people) == 1 and not role.vacant


def _alone(roles: Sequence[RoleRow]) -> Iterator[Duty]:
    able: dict[Duty, set[str]] = {}
    for role in roles:
        for duty in DUTIES[RoleKind(role.kind)]:
            able.setdefault(duty, set()).update(row.person_id for row in role.holders)
    return (duty for duty, people in able.items() if len(people) == 1)


def dead_ends(organisation_ids: Collection[str], on: date) -> tuple[DeadEnd, ...]:
    """The contact paths of these organisations that lead to nobody on a day: four queries. The directory is open to all
    who hold a role, so whoever calls this has asked for that or for more."""
    still = Q(valid_to__isnull=True) | Q(valid_to__gt=on)
    paths = ContactPath.objects.filter(still, valid_from__lte=on, to_role__organisation_id__in=organisation_ids)
    rows = list(paths.select_related("to_role__organisation").order_by("to_role__organisation__name", "topic", "pk"))
    held = holder_names({path.to_role_id for path in rows}, on)
    found = [path for path in rows if not held[path.to_role_id]]
    who = menders({path.to_role.organisation_id for path in found}, on) if found else {}
    return tuple(
        DeadEnd(
            path_id=path.pk,
            topic=path.topic,
            role_id=path.to_role_id,
            role=path.to_role.name,
            organisation_id=path.to_role.organisation_id,
            organisation=path.to_role.organisation.name,
            ended=not clock.active(path.to_role.valid_from, path.to_role.valid_to, on),
            menders=who.get(path.to_role.organisation_id, ()),
        )
        for path in found
    )


def menders(organisation_ids: Collection[str], on: date) -> dict[str, tuple[str, ...]]:
    """Who looks after roles and contact paths, by organisation: its administrators, or whoever answers where there are
    none. One query."""
    kinds = (RoleKind.ADMINISTRATOR, RoleKind.REPRESENTATIVE, RoleKind.MANAGER)
    running = Holding.objects.on(on).filter(role__organisation_id__in=organisation_ids, role__kind__in=kinds).named()
    found: dict[str, dict[str, list[str]]] = {}
    for held in sorted(running.select_related("role"), key=lambda each: (each.role.name, each.known_as, each.pk)):
        of_kind = found.setdefault(held.role.organisation_id, {}).setdefault(held.role.kind, [])
        of_kind.append(f"{held.known_as} ({held.role.name})")
    return {
        organisation: tuple(next(iter(by_kind[kind] for kind in kinds if kind in by_kind)))
        for organisation, by_kind in found.items()
    }


def waiting_in(actors: Iterable[Actor], at: datetime) -> Iterator[tuple[Actor, Waiting]]:
    """For those who administer: roles to create and to fill, holdings that end, contact paths that lead to nobody; six
    queries at most, however many they are."""
    tending = [each for each in actors if Duty.ADMINISTER in each.duties and each.organisation_id and each.may_write]
    own = {each.organisation_id for each in tending if each.organisation_id}
    if not own:
        return
    found = _attentions(own, clock.day(at))
    for each in tending:
        seen = found.get(each.organisation_id or "")
        if seen is not None:
            yield from ((each, waiting) for waiting in _waiting(seen, each.organisation_id or ""))


def _attentions(organisation_ids: Collection[str], on: date) -> dict[str, Attention]:
    """What each of these organisations has to see to."""
    roles, dead = defaultdict(list), defaultdict(list)
    alive = Role.objects.filter(organisation_id__in=organisation_ids, valid_from__lte=on).exclude(valid_to__lte=on)
    for role, holdings in with_holdings(list(alive.order_by("kind", "name", "pk"))):
        roles[role.organisation_id].append(role_row(role, holdings, on, Actor.nobody()))
    for each in dead_ends(organisation_ids, on):
        dead[each.organisation_id].append(each)
    return {each: _attention(roles[each], dead[each], on) for each in organisation_ids}


def _waiting(found: Attention, organisation_id: str) -> Iterator[Waiting]:
    if found.bare:
        yield Waiting(
            kind=WaitingKind.TEND,
            what=_("Create roles for those who will work here"),
            about=_("Nobody can answer for the organisation or coordinate yet"),
            collaboration="",
            url_name="open_role",
            url_args=(organisation_id,),
            note=_("A coordinator starts a collaboration. A representative or a manager takes part in it."),
        )
    vacant = [("give_role", role.id, role.name, None) for role in found.vacant]
    ending = [("give_role", each.role.id, each.role.name, each.ends_on) for each in found.ending]
    dead = [("role", each.role_id, each.topic, None) for each in found.dead_ends]
    yield from _items(_("Give a vacant role to somebody"), _("Give vacant roles to somebody"), vacant, organisation_id)
    yield from _items(
        _("Find somebody for a role that empties"), _("Find somebody for roles that empty"), ending, organisation_id
    )
    yield from _items(
        _("Mend a contact path that leads to nobody"), _("Mend contact paths that lead to nobody"), dead, organisation_id
    )


def _items(
    one: str, several: str, found: Sequence[tuple[str, str, str, date | None]], organisation_id: str
) -> Iterator[Waiting]:
    kind, own = WaitingKind.TEND, (organisation_id,)
    if len(found) > NAMED:
        due = min((each[3] for each in found if each[3] is not None), default=None)
        about = ", ".join(each[2] for each in found[:NAMED]) + f" (+{len(found) - NAMED})"
        yield Waiting(
            kind=kind, what=several, about=about, collaboration="", url_name="organisation", url_args=own, due=due
        )
        return
    for url_name, key, about, due in found:
        yield Waiting(kind=kind, what=one, about=about, collaboration="", url_name=url_name, url_args=(key,), due=due)
