"""Who holds a role, from when to when, and who stands in."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from samordna.core import clock, journal
from samordna.core.actor import Actor
from samordna.core.errors import Invalid, Refused
from samordna.core.operation import operation
from samordna.domain.organisations.access import holding_for, role_for
from samordna.domain.organisations.enums import HoldingKind
from samordna.domain.organisations.findings import Findings
from samordna.domain.organisations.members import called_in
from samordna.domain.organisations.models import Holding, Membership, Person, Role
from samordna.domain.organisations.operations.administering import must_leave_an_administrator
from samordna.domain.organisations.operations.registering import register_person


@operation("organisation.administer")
def give_role(
    *,
    actor: Actor,
    role_id: str,
    person_id: str = "",
    name: str = "",
    email: str = "",
    kind: str = HoldingKind.ORDINARY,
    valid_from: date | None = None,
    valid_to: date | None = None,
    at: datetime | None = None,
) -> Holding:
    """Let a person hold the role from a day, up to another or until further notice.

    The person is chosen by id or by e-mail address; a name with an unknown address, or without one, registers somebody
    new. Raises `Invalid` when the person holds the role already at that time, or the role does not exist then.
    """
    role = role_for(actor, role_id, "organisation.administer", at)
    at = at or clock.now()
    Role.objects.select_for_update().get(pk=role_id)
    found = Findings()
    found.choice("kind", kind, [HoldingKind.ORDINARY, HoldingKind.ACTING])
    first = valid_from or clock.day(at)
    found.span("valid_from", first, "valid_to", valid_to)
    _within_role(found, role, first, valid_to)
    found.insist()
    person = _known(person_id, email) or _newcomer(actor, role.organisation_id, person_id, name, email, at)
    return _hold(actor, role, person, HoldingKind(kind), None, first, valid_to, at)


@operation("holding.deputise")
def appoint_deputy(
    *,
    actor: Actor,
    holding_id: str,
    person_id: str = "",
    email: str = "",
    valid_from: date | None = None,
    valid_to: date | None,
    at: datetime | None = None,
) -> Holding:
    """Let somebody registered stand in for the holder for a bounded time; the holder needs no administrator for it.

    Raises `Refused` for a holding that has ended or is itself a deputy's, and `Invalid` for a time outside the holding.
    """
    holding = holding_for(actor, holding_id, "holding.deputise", at)
    at = at or clock.now()
    Role.objects.select_for_update().get(pk=holding.role_id)
    if holding.kind == HoldingKind.DEPUTY:
        raise Refused(_("A deputy cannot appoint a deputy. Ask the one who holds the role."))
    found = Findings()
    first = valid_from or clock.day(at)
    found.span("valid_from", first, "valid_to", valid_to)
    if valid_to is None:
        found.say("valid_to", _("Say until when. A deputy stands in for a bounded time."))
    _within_holding(found, holding, first, valid_to)
    person = _somebody_else(found, holding, person_id, email)
    found.insist()
    return _hold(actor, holding.role, person, HoldingKind.DEPUTY, holding, first, valid_to, at)


@operation("holding.deputise")
def end_holding(*, actor: Actor, holding_id: str, valid_to: date | None = None, at: datetime | None = None) -> Holding:
    """End a holding from a day on; the role and all that belongs to it stay where they are.

    The holder may do it, and the administrator. One that has not begun is taken back, and never ran. Raises `Refused` when
    it has ended already.
    """
    holding_for(actor, holding_id, "holding.deputise", at)
    at = at or clock.now()
    last = valid_to or clock.day(at)
    holding = Holding.objects.select_for_update().get(pk=holding_id)
    if holding.valid_to is not None and holding.valid_to <= last:
        raise Refused(_("This ended already, on %(day)s.") % {"day": holding.valid_to.isoformat()})
    if last < holding.valid_from and valid_to is not None:
        found = Findings()
        found.span("valid_from", holding.valid_from, "valid_to", last)
        found.insist()
    last = max(last, holding.valid_from)  # what has not begun, or began today, is taken back
    must_leave_an_administrator(holding.role.organisation_id, [holding.pk], last)
    holding.valid_to = last
    holding.save(update_fields=["valid_to"])
    journal.record(
        actor=actor,
        action="holding_ended",
        subject_kind="holding",
        subject_id=holding.pk,
        at=at,
        role=holding.role_id,
        person=holding.person_id,
        valid_to=last.isoformat(),
    )
    return holding


def _somebody_else(found: Findings, holding: Holding, person_id: str, email: str) -> Person:
    person = _known(person_id, email)
    if person is None:
        found.say("person_id", _("Choose somebody who is registered. Your administrator can register a new person."))
        raise Invalid(found.fields)
    if person.pk == holding.person_id:
        found.say("person_id", _("Nobody can be their own deputy. Choose somebody else."))
    return person


def _within_role(found: Findings, role: Role, first: date, last: date | None) -> None:
    if first < role.valid_from:
        found.say("valid_from", _("The role opens later, on %(day)s.") % {"day": role.valid_from.isoformat()})
    if role.valid_to is not None and (last is None or last > role.valid_to):
        found.say(
            "valid_to", _("The role closes on %(day)s; choose that day or earlier.") % {"day": role.valid_to.isoformat()}
        )


def _within_holding(found: Findings, holding: Holding, first: date, last: date | None) -> None:
    if first < holding.valid_from:
        found.say("valid_from", _("You hold the role only from %(day)s.") % {"day": holding.valid_from.isoformat()})
    if holding.valid_to is not None and last is not None and last > holding.valid_to:
        found.say("valid_to", _("You hold the role only until %(day)s.") % {"day": holding.valid_to.isoformat()})


def _known(person_id: str, email: str) -> Person | None:
    if person_id:
        return Person.objects.filter(pk=person_id).first()
    return Person.objects.filter(email__iexact=email.strip()).first() if email.strip() else None


def _newcomer(actor: Actor, organisation_id: str, person_id: str, name: str, email: str, at: datetime) -> Person:
    found = Findings()
    if person_id:
        found.say("person_id", _("There is no such person. Choose again."))
    elif not name.strip():
        found.say("name", _("Choose a person, or give the name of somebody new."))
    found.insist()
    return register_person(actor=actor, organisation_id=organisation_id, name=name, email=email, at=at)


def _hold(
    actor: Actor,
    role: Role,
    person: Person,
    kind: HoldingKind,
    deputy_of: Holding | None,
    first: date,
    last: date | None,
    at: datetime,
) -> Holding:
    _must_not_overlap(role, person, first, last)
    holding = Holding.objects.create(
        role=role, person=person, kind=kind, deputy_of=deputy_of, valid_from=first, valid_to=last
    )
    back = {"active": True, "released_at": None}
    Membership.objects.filter(organisation=role.organisation_id, person=person).update(**back)
    journal.record(
        actor=actor,
        action="deputy_appointed" if deputy_of else "role_given",
        subject_kind="holding",
        subject_id=holding.pk,
        at=at,
        role=role.pk,
        person=person.pk,
        kind=kind,
        valid_from=first.isoformat(),
        valid_to=last.isoformat() if last else "",
    )
    return holding


def _must_not_overlap(role: Role, person: Person, first: date, last: date | None) -> None:
    same = Holding.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=first), role=role, person=person)
    if last is not None:
        same = same.filter(valid_from__lt=last)
    found = Findings()
    if (other := same.first()) is not None:
        days = {
            "name": called_in(role.organisation_id, person),
            "from": other.valid_from,
            "to": other.valid_to or _("until further notice"),
        }
        found.say("valid_from", _("%(name)s holds this role already, from %(from)s to %(to)s. Choose other days.") % days)
    found.insist()
