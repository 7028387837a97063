"""An organisation's roles and people, as a file holds them, and what a file would change; for those who administer it."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.tables import raw_tables
from samordna.domain.organisations.access import organisation_for
from samordna.domain.organisations.enums import HoldingKind
from samordna.domain.organisations.external_ids import kept_as
from samordna.domain.organisations.members import members_of
from samordna.domain.organisations.models import ExternalId, Holding, Organisation, Role
from samordna.domain.organisations.roster import (
    IDS,
    Known,
    KnownHolding,
    KnownPerson,
    KnownRole,
    Line,
    Plan,
    lines_of,
    rows_of,
)
from samordna.domain.organisations.roster_files import roster_sheet, roster_table
from samordna.domain.organisations.roster_plan import plan_of


def known_of(actor: Actor, organisation_id: str, at: datetime, lines: tuple[Line, ...] = ()) -> Known:
    """What the organisation has now, and what bears on these rows: nine queries."""
    organisation = organisation_for(actor, organisation_id, "organisation.administer", at)
    on = clock.day(at)
    still = Q(valid_to__isnull=True) | Q(valid_to__gt=on)
    roles = Role.objects.filter(still, organisation=organisation).order_by("name", "pk")
    ordinary = ~Q(kind=HoldingKind.DEPUTY)
    given = Holding.objects.filter(role__in=roles).order_by("role__name", "valid_from", "pk")
    _total, people = members_of(actor, organisation_id, at)
    words = ("pk", "name", "kind", "purpose", "responsibilities", "authority", "valid_from", "valid_to")
    return Known(
        on=on,
        since=organisation.valid_from,
        number=organisation.number,
        roles=tuple(KnownRole(**dict(zip(("id", *words[1:]), row, strict=True))) for row in roles.values_list(*words)),
        people=tuple(
            KnownPerson(
                id=row.person_id,
                name=row.name,
                email=row.email,
                register_id=row.register_id,
                active=row.active,
                ids={each.kind: each.value for each in row.ids},
            )
            for row in sorted(people, key=lambda row: (row.name, row.person_id))
        ),
        holdings=_held(given.filter(still & ordinary)),
        others=_held(given.exclude(still & ordinary)) if lines else (),
        recorded=_recorded(organisation_id, lines),
    )


def _held(found: QuerySet[Holding]) -> tuple[KnownHolding, ...]:
    return tuple(
        KnownHolding(id=pk, person_id=person, role_id=role, kind=kind, valid_from=first, valid_to=last)
        for pk, person, role, kind, first, last in found.values_list(
            "pk", "person_id", "role_id", "kind", "valid_from", "valid_to"
        )
    )


def _recorded(organisation_id: str, lines: tuple[Line, ...]) -> dict[tuple[str, str], str]:
    """Whom the ids in the rows name already; nothing is told of somebody in another organisation."""
    values = {kept_as(kind, line.cells[kind]) for line in lines for kind in IDS if kind in line.cells}
    if not values:
        return {}
    rows = ExternalId.objects.filter(value__in=values, ended_at__isnull=True)
    return {
        (kind, value): person if organisation == organisation_id else ""
        for kind, value, organisation, person in rows.values_list("kind", "value", "organisation_id", "person_id")
    }


def roster_file(actor: Actor, organisation_id: str, at: datetime, form: str) -> bytes:
    """The roles and people as a file, "xlsx" or "csv": also the template, when there are none yet."""
    rows = rows_of(known_of(actor, organisation_id, at))
    return roster_table(rows) if form == "csv" else roster_sheet(rows, _name(organisation_id))


def _name(organisation_id: str) -> str:
    return Organisation.objects.get(pk=organisation_id).name


def read_roster(content: bytes) -> tuple[Line, ...]:
    """The rows of a file. Raises `TooLarge` and `Invalid({"file": sentence})`."""
    return lines_of(raw_tables(content))


def plan_roster(actor: Actor, organisation_id: str, lines: tuple[Line, ...], at: datetime) -> Plan:
    """What these rows would do, and what is wrong with them; nothing is written."""
    return plan_of(lines, known_of(actor, organisation_id, at, lines))
