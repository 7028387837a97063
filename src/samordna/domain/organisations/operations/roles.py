"""Opening and closing roles."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from samordna.core import clock, journal
from samordna.core.actor import Actor
from samordna.core.errors import Refused
from samordna.core.operation import operation
from samordna.domain.organisations.access import organisation_for, role_for
from samordna.domain.organisations.enums import RoleKind
from samordna.domain.organisations.findings import Findings
from samordna.domain.organisations.models import Holding, Role


@operation("organisation.administer")
def open_role(
    *,
    actor: Actor,
    organisation_id: str,
    name: str,
    kind: str,
    purpose: str = "",
    valid_from: date | None = None,
    at: datetime | None = None,
) -> Role:
    """Open a role in the organisation; it is vacant until somebody is given it."""
    organisation = organisation_for(actor, organisation_id, "organisation.administer", at)
    at = at or clock.now()
    found = Findings()
    role = Role(
        organisation=organisation,
        name=found.line("name", name, 120),
        kind=found.choice("kind", kind, RoleKind.values),
        purpose=found.text("purpose", purpose, required=False),
        valid_from=valid_from or clock.day(at),
    )
    if role.valid_from < organisation.valid_from:
        found.say("valid_from", _("The organisation did not exist on that day."))
    found.insist()
    role.save(force_insert=True)
    journal.record(
        actor=actor,
        action="role_opened",
        subject_kind="role",
        subject_id=role.pk,
        at=at,
        organisation=organisation.pk,
        name=role.name,
        kind=role.kind,
        valid_from=role.valid_from.isoformat(),
    )
    return role


@operation("organisation.administer")
def close_role(*, actor: Actor, role_id: str, valid_to: date | None = None, at: datetime | None = None) -> Role:
    """Close a role from a day on; whoever holds it then holds it up to that day.

    Raises `Refused` for a role that is closed already.
    """
    role_for(actor, role_id, "organisation.administer", at)
    at = at or clock.now()
    role, last = Role.objects.select_for_update().get(pk=role_id), valid_to or clock.day(at)
    if role.valid_to is not None and role.valid_to <= last:
        raise Refused(_("The role is closed already."))
    found = Findings()
    found.span("valid_from", role.valid_from, "valid_to", last)
    if Holding.objects.filter(role=role, valid_from__gte=last).exists():
        found.say(
            "valid_to", _("Somebody is to take the role on that day or later. End that first, or choose a later day.")
        )
    found.insist()
    Holding.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=last), role=role).update(valid_to=last)
    role.valid_to = last
    role.save(update_fields=["valid_to"])
    journal.record(
        actor=actor,
        action="role_closed",
        subject_kind="role",
        subject_id=role.pk,
        at=at,
        organisation=role.organisation_id,
        valid_to=last.isoformat(),
    )
    return role
