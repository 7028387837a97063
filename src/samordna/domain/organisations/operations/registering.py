"""Entering organisations and persons in the register."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from samordna.core import clock, journal
from samordna.core.actor import Actor
from samordna.core.operation import operation
from samordna.core.policy import Thing
from samordna.domain.organisations.access import organisation_for, permit
from samordna.domain.organisations.enums import OrganisationKind
from samordna.domain.organisations.findings import Findings
from samordna.domain.organisations.models import Organisation, Person
from samordna.domain.organisations.number import fault, written


@operation("organisation.administer")
def register_organisation(
    *,
    actor: Actor,
    name: str,
    kind: str,
    short_name: str = "",
    number: str = "",
    area_code: str = "",
    parent_id: str | None = None,
    inhabitants: int | None = None,
    fictional: bool = False,
    valid_from: date | None = None,
    at: datetime | None = None,
) -> Organisation:
    """Enter an organisation: the host does it, or the administrator of the organisation it is part of.

    Raises `Invalid` for a number whose check digit is wrong or that is registered already.
    """
    permit(actor, "organisation.administer", Thing(organisation_id=parent_id or None), at)
    at = at or clock.now()
    found = Findings()
    made = Organisation(
        name=found.line("name", name, 120),
        short_name=found.line("short_name", short_name or name.strip()[:24], 24, required=False),
        kind=found.choice("kind", kind, OrganisationKind.values),
        number=_number(found, number),
        area_code=_area_code(found, area_code),
        parent=organisation_for(actor, parent_id, at=at) if parent_id else None,
        inhabitants=_inhabitants(found, inhabitants),
        fictional=fictional,
        valid_from=valid_from or clock.day(at),
    )
    found.insist()
    made.save(force_insert=True)
    journal.record(
        actor=actor,
        action="organisation_registered",
        subject_kind="organisation",
        subject_id=made.pk,
        at=at,
        name=made.name,
        kind=made.kind,
        number=made.number,
        parent=parent_id or "",
    )
    return made


def _number(found: Findings, number: str) -> str:
    number = written(number)
    if number and (sentence := fault(number)):
        found.say("number", sentence)
    elif number and (other := Organisation.objects.filter(number=number).first()):
        found.say("number", _("%(name)s already has this organisation number.") % {"name": other.name})
    return number


def _area_code(found: Findings, code: str) -> str:
    code = code.strip()
    if code and not (code.isascii() and code.isdigit() and len(code) in (2, 4)):
        found.say("area_code", _("A region's code has two digits, a municipality's four."))
    return code


def _inhabitants(found: Findings, inhabitants: int | None) -> int | None:
    if inhabitants is not None and not 0 <= inhabitants <= 2_000_000_000:
        found.say("inhabitants", _("The number of inhabitants cannot be negative, or larger than the world's cities."))
    return inhabitants


@operation("organisation.administer")
def register_person(
    *, actor: Actor, organisation_id: str | None = None, name: str, email: str = "", at: datetime | None = None
) -> Person:
    """Enter a person who may hold roles; with an e-mail address, somebody who may sign in.

    `organisation_id`: the organisation whose administrator does it. Raises `Invalid` when the address is taken.
    """
    permit(actor, "organisation.administer", Thing(organisation_id=organisation_id), at)
    found = Findings()
    name, email = found.line("name", name, 120), found.email("email", email)
    if email and Person.objects.filter(email__iexact=email).exists():
        found.say("email", _("Somebody with this e-mail address is registered already. Give that person the role."))
    found.insist()
    person = Person.objects.create_user(email=email or None, name=name)
    journal.record(actor=actor, action="person_registered", subject_kind="person", subject_id=person.pk, at=at)
    return person
