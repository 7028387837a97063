"""A joining organisation's own beginning: its entry in the register, and the role that looks after it."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from samordna.core import clock, journal
from samordna.core.actor import Actor
from samordna.domain.organisations.enums import OrganisationKind, RoleKind
from samordna.domain.organisations.findings import Findings
from samordna.domain.organisations.models import Organisation, Role
from samordna.domain.organisations.number import fault, written


def found_organisation(actor: Actor, *, name: str, kind: str, number: str, at: datetime) -> Organisation:
    """Enter the organisation in the register. One that is there already is not given away: its own people let others in."""
    found = Findings()
    name = found.line("organisation_name", name, 120)
    kind = found.choice("organisation_kind", kind, OrganisationKind.values)
    number = written(number)
    if number and (sentence := fault(number)):
        found.say("organisation_number", sentence)
    same = Organisation.objects.filter(number=number).first() if number else None
    if same is None:
        same = _namesake(name, number)
    if same is not None:
        field = "organisation_number" if number and same.number == number else "organisation_name"
        sentence = _("%(name)s is registered already. Ask its administrator for a role, or the one who invited you.")
        found.say(field, sentence % {"name": same.name})
    found.insist()
    made = Organisation.objects.create(name=name, short_name=name[:24], kind=kind, number=number, valid_from=clock.day(at))
    journal.record(
        actor=actor,
        action="organisation_registered",
        subject_kind="organisation",
        subject_id=made.pk,
        at=at,
        name=made.name,
        kind=made.kind,
        number=made.number,
        parent="",
    )
    return made


def _namesake(name: str, number: str) -> Organisation | None:
    """One of the same name that cannot be told from it. A part of another can be, and so can two with numbers."""
    named = Organisation.objects.filter(name__iexact=name, parent=None, valid_to__isnull=True)
    return named.filter(number="").first() if number else named.first()


def administrator_role(actor: Actor, organisation: Organisation, at: datetime) -> Role:
    """The role that looks after the organisation: the one there is, or a new one."""
    today = clock.day(at)
    roles = Role.objects.filter(organisation=organisation, kind=RoleKind.ADMINISTRATOR, valid_from__lte=today)
    open_roles = [
        role for role in roles.order_by("valid_from", "pk") if clock.active(role.valid_from, role.valid_to, today)
    ]
    if open_roles:
        return open_roles[0]
    role = Role.objects.create(
        organisation=organisation,
        name=str(RoleKind.ADMINISTRATOR.label),
        kind=RoleKind.ADMINISTRATOR,
        purpose=_("Looks after who holds which role."),
        valid_from=today,
    )
    journal.record(
        actor=actor,
        action="role_opened",
        subject_kind="role",
        subject_id=role.pk,
        at=at,
        organisation=organisation.pk,
        name=role.name,
        kind=role.kind,
        valid_from=today.isoformat(),
    )
    return role
