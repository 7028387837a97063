"""Contact paths as pages, agreements and the API show them: who answers today, and when nobody does."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.domain.organisations.access import contact_path_for, organisation_for
from samordna.domain.organisations.models import ContactPath, Role
from samordna.domain.organisations.queries import holder_names
from samordna.domain.organisations.succession import roles_then


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactRow:
    """One contact path on a day. `holders`: who holds the role then; nobody when it is vacant."""

    id: str
    topic: str
    also: str
    from_whom: str
    role_id: str
    role: str
    organisation_id: str
    organisation: str
    how: str
    when_not: str
    valid_from: date
    valid_to: date | None
    holders: tuple[str, ...]

    @property
    def vacant(self) -> bool:
        """Does the path lead to a role that nobody holds?"""
        return not self.holders


def contact_paths(organisation_ids: Collection[str], on: date) -> tuple[ContactRow, ...]:
    """The contact paths to roles of these organisations on a day, by topic: two queries. The directory is open to all
    who hold a role, so whoever calls this has asked for that or for more."""
    found = ContactPath.objects.on(on).filter(roles_then(organisation_ids, on, "to_role__"))
    ordered = found.select_related("to_role__organisation").order_by("topic", "to_role__organisation__name", "pk")
    return _rows(list(ordered), on)


def contact_paths_of(actor: Actor, organisation_id: str, at: datetime, on: date | None = None) -> tuple[ContactRow, ...]:
    """One organisation's contact paths on a day (today, unless another is asked for)."""
    organisation = organisation_for(actor, organisation_id, at=at)
    return contact_paths([organisation.pk], on or clock.day(at))


def contact_path(actor: Actor, contact_path_id: str, at: datetime) -> ContactRow:
    """One contact path, also one that has ended."""
    return _rows([contact_path_for(actor, contact_path_id, at=at)], clock.day(at))[0]


def _rows(found: list[ContactPath], on: date) -> tuple[ContactRow, ...]:
    names = holder_names({path.to_role_id for path in found}, on)
    return tuple(
        ContactRow(
            id=path.pk,
            topic=path.topic,
            also=path.also,
            from_whom=path.from_whom,
            role_id=path.to_role_id,
            role=path.to_role.name,
            organisation_id=path.to_role.organisation_id,
            organisation=path.to_role.organisation.name,
            how=path.how,
            when_not=path.when_not,
            valid_from=path.valid_from,
            valid_to=path.valid_to,
            holders=names[path.to_role_id],
        )
        for path in found
    )


def role_choices(actor: Actor, organisation_id: str, at: datetime) -> tuple[tuple[str, str], ...]:
    """The organisation's roles that exist now, as (id, name): what a contact path may lead to."""
    organisation, on = organisation_for(actor, organisation_id, at=at), clock.day(at)
    roles = Role.objects.filter(organisation=organisation, valid_from__lte=on).exclude(valid_to__lte=on)
    return tuple(roles.order_by("name", "pk").values_list("pk", "name"))
