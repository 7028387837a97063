"""The demonstration's log-ins: everybody who holds a role in a fictional organisation. Only the demonstration asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from samordna.core import clock
from samordna.core.errors import Absent
from samordna.domain.organisations.enums import HoldingKind, RoleKind
from samordna.domain.organisations.models import Holding

FIRST = (RoleKind.COORDINATOR, RoleKind.MANAGER, RoleKind.REPRESENTATIVE, RoleKind.ADMINISTRATOR, RoleKind.OFFICER)


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoLogin:
    """Somebody one may sign in as with one click."""

    holding_id: str
    person: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoPlace:
    """An organisation of the demonstration with its people; `later` for one that came after the first day."""

    organisation: str
    logins: Sequence[DemoLogin]
    later: bool


def demo_logins(at: datetime) -> list[DemoPlace]:
    """The cast by organisation: those of the first day first, with a coordinator before others, then by name; one query."""
    running = Holding.objects.on(clock.day(at)).filter(person__is_active=True, role__organisation__fictional=True)
    rows = sorted(
        running.select_related("person", "role__organisation"),
        key=lambda held: (
            held.role.organisation.name,
            held.role.organisation_id,
            FIRST.index(RoleKind(held.role.kind)),
            held.person.name,
        ),
    )
    first_day = min((held.role.organisation.valid_from for held in rows), default=None)
    places = [
        (list(held), organisation.valid_from != first_day)
        for organisation, held in groupby(rows, key=lambda held: held.role.organisation)
    ]
    places.sort(key=lambda place: (place[1], FIRST.index(RoleKind(place[0][0].role.kind)) > 0))
    return [
        DemoPlace(organisation=people[0].role.organisation.name, logins=[_login(held) for held in people], later=later)
        for people, later in places
    ]


def _login(held: Holding) -> DemoLogin:
    return DemoLogin(holding_id=held.pk, person=held.person.name, role=held.role.name)


def demo_cast(at: datetime) -> dict[str, tuple[str, str, str]]:
    """Who is there: by what stands before the @ of the person's address, the holding, its role and its organisation.

    Whoever stands in for somebody else is there as what it is itself.
    """
    running = Holding.objects.on(clock.day(at)).filter(role__organisation__fictional=True)
    running = running.exclude(kind=HoldingKind.DEPUTY)
    rows = running.values_list("person__email", "pk", "role_id", "role__organisation_id")
    return {str(email).partition("@")[0]: (holding, role, organisation) for email, holding, role, organisation in rows}


def demo_holding(holding_id: str, at: datetime) -> Holding:
    """The holding to sign in with; `Absent` for one that has ended or belongs to a real organisation."""
    running = Holding.objects.on(clock.day(at)).filter(person__is_active=True, role__organisation__fictional=True)
    held = running.select_related("person").filter(pk=holding_id).first()
    if held is None:
        raise Absent
    return held
