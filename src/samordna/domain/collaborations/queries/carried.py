"""The collaboration's own roles on a day: who carries each, who that was then and is now, and what nobody does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.domain.collaborations.access import collaboration_for
from samordna.domain.collaborations.models import Carrying, Collaboration, CollaborationRole, Participation
from samordna.domain.organisations.models import Role
from samordna.domain.organisations.queries import holder_names
from samordna.domain.organisations.role_pages import ThenAndNow, then_and_now


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedRow:
    """One role of the collaboration. `by` is empty when no organisation's role carries it on the day.

    `who`: who held the carrying role on the day and who holds it now. `coming`, `earlier`: (role, organisation, from,
    until).
    """

    id: str
    name: str
    purpose: str
    responsibilities: str
    authority: str
    valid_from: date
    valid_to: date | None
    role_id: str
    by: str
    who: ThenAndNow | None
    coming: tuple[tuple[str, str, date, date | None], ...]
    earlier: tuple[tuple[str, str, date, date | None], ...]

    @property
    def vacant(self) -> bool:
        """Does nobody do it on the day: no role carries it, or nobody holds that one?"""
        return self.who is None or not self.who.then


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedRoles:
    """All of a collaboration's own roles on a day."""

    id: str
    name: str
    on: date
    today: date
    rows: tuple[CarriedRow, ...]


def carried_roles(actor: Actor, collaboration_id: str, at: datetime, on: date | None = None) -> CarriedRoles:
    """The roles of the collaboration on a day (today, unless another is asked for): a bounded number of queries."""
    given, today = collaboration_for(actor, collaboration_id, at=at), clock.day(at)
    on = on or today
    still = Q(valid_to__isnull=True) | Q(valid_to__gt=on)
    roles = list(CollaborationRole.objects.filter(still, collaboration=given, valid_from__lte=on).order_by("name", "pk"))
    carrying: dict[str, list[Carrying]] = defaultdict(list)
    for each in (
        Carrying.objects.filter(carried__in=roles).select_related("role__organisation").order_by("valid_from", "pk")
    ):
        if each.valid_to != each.valid_from:
            carrying[each.carried_id].append(each)
    running = [each for rows in carrying.values() for each in rows if clock.active(each.valid_from, each.valid_to, on)]
    who = then_and_now({each.role_id for each in running}, on, today)
    rows = tuple(_row(role, carrying[role.pk], who, on) for role in roles)
    return CarriedRoles(id=given.pk, name=given.name, on=on, today=today, rows=rows)


def _row(role: CollaborationRole, carrying: list[Carrying], who: dict[str, ThenAndNow], on: date) -> CarriedRow:
    now = next((each for each in carrying if clock.active(each.valid_from, each.valid_to, on)), None)
    told = [(each.role.name, each.role.organisation.name, each.valid_from, each.valid_to) for each in carrying]
    return CarriedRow(
        id=role.pk,
        name=role.name,
        purpose=role.purpose,
        responsibilities=role.responsibilities,
        authority=role.authority,
        valid_from=role.valid_from,
        valid_to=role.valid_to,
        role_id=now.role_id if now else "",
        by=f"{now.role.name}, {now.role.organisation.name}" if now else "",
        who=who[now.role_id] if now else None,
        coming=tuple(each for each in told if each[2] > on),
        earlier=tuple(each for each in told if each[3] is not None and each[3] <= on),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Lacking:
    """A role of a collaboration that nobody does; from `empty_on`, where somebody does until then. `note`: why not."""

    id: str
    name: str
    collaboration: Collaboration
    empty_on: date | None
    note: str


def lacking_in(collaborations: QuerySet[Collaboration], at: datetime, within: timedelta) -> list[Lacking]:
    """The roles of these collaborations that nobody does, or nobody is to do within a time: four questions."""
    on = clock.day(at)
    alive = (Q(valid_to__isnull=True) | Q(valid_to__gt=on)) & Q(valid_from__lte=on)
    roles = CollaborationRole.objects.filter(alive, collaboration__in=collaborations)
    rows = list(roles.select_related("collaboration").order_by("collaboration__name", "name", "pk"))
    carrying: dict[str, list[Carrying]] = defaultdict(list)
    for each in Carrying.objects.filter(carried__in=rows).select_related("role__organisation"):
        if each.valid_to is None or each.valid_to > max(each.valid_from, on):
            carrying[each.carried_id].append(each)
    held = holder_names({each.role_id for found in carrying.values() for each in found if each.valid_from <= on}, on)
    found = [_lacking(row, carrying[row.pk], held, on, within) for row in rows]
    return [each for each in found if each is not None]


def _lacking(
    role: CollaborationRole, carrying: list[Carrying], held: Mapping[str, Sequence[str]], on: date, within: timedelta
) -> Lacking | None:
    now = next((each for each in carrying if clock.active(each.valid_from, each.valid_to, on)), None)
    empty_on, note = None, ""
    if now is not None and held[now.role_id]:
        empty_on = now.valid_to
        if (
            empty_on is None
            or empty_on > on + within
            or any(each.valid_from <= empty_on for each in carrying if each != now)
        ):
            return None
        if role.valid_to is not None and role.valid_to <= empty_on:
            return None
    elif now is not None:
        told = {"role": now.role.name, "organisation": now.role.organisation.name}
        note = _("Nobody holds %(role)s at %(organisation)s, which carries it.") % told
    return Lacking(id=role.pk, name=role.name, collaboration=role.collaboration, empty_on=empty_on, note=note)


def carrier_choices(actor: Actor, collaboration_id: str, at: datetime) -> tuple[tuple[str, str], ...]:
    """The roles that may carry one of the collaboration's: those of the participants and of the leading organisation."""
    given, on = collaboration_for(actor, collaboration_id, at=at), clock.day(at)
    taking_part = Participation.objects.on(on).filter(collaboration=given).values("organisation_id")
    where = Q(organisation_id=given.host_id) | Q(organisation_id__in=taking_part)
    roles = Role.objects.filter(where, valid_from__lte=on).exclude(valid_to__lte=on)
    rows = roles.order_by("organisation__name", "name", "pk").values_list("pk", "organisation__name", "name")
    return tuple((pk, f"{organisation}: {name}") for pk, organisation, name in rows)
