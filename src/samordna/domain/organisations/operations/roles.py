"""Opening and closing roles."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from samordna.core import clock, journal
from samordna.core.actor import Actor
from samordna.core.errors import Invalid, Refused
from samordna.core.operation import operation
from samordna.domain.organisations import standing
from samordna.domain.organisations.access import organisation_for, role_for
from samordna.domain.organisations.enums import RoleKind
from samordna.domain.organisations.findings import Findings
from samordna.domain.organisations.models import Holding, Role
from samordna.domain.organisations.operations.administering import must_leave_an_administrator


@operation("organisation.administer")
def open_role(
    *,
    actor: Actor,
    organisation_id: str,
    name: str,
    kind: str,
    purpose: str = "",
    responsibilities: str = "",
    authority: str = "",
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
        responsibilities=found.text("responsibilities", responsibilities, required=False),
        authority=found.text("authority", authority, required=False),
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
def describe_role(
    *,
    actor: Actor,
    role_id: str,
    name: str,
    purpose: str = "",
    responsibilities: str = "",
    authority: str = "",
    at: datetime | None = None,
) -> Role:
    """Say anew what the role is called, what it is for, what it answers for and what it may decide.

    The journal keeps the wording; what the role has signed or decided keeps the words of its day.
    """
    role_for(actor, role_id, "organisation.administer", at)
    at, found = at or clock.now(), Findings()
    role = Role.objects.select_for_update().get(pk=role_id)
    said = {
        "name": found.line("name", name, 120),
        "purpose": found.text("purpose", purpose, required=False),
        "responsibilities": found.text("responsibilities", responsibilities, required=False),
        "authority": found.text("authority", authority, required=False),
    }
    found.insist()
    if all(getattr(role, field) == value for field, value in said.items()):
        raise Refused(_("Nothing is changed: the role is described so already."))
    for field, value in said.items():
        setattr(role, field, value)
    role.save(update_fields=list(said))
    about = {"organisation": role.organisation_id, **said}
    journal.record(actor=actor, action="role_described", subject_kind="role", subject_id=role.pk, at=at, **about)
    return role


@operation("organisation.administer")
def close_role(
    *,
    actor: Actor,
    role_id: str,
    valid_to: date | None = None,
    hand_over_to: str = "",
    at: datetime | None = None,
) -> Role:
    """Close a role from a day on; whoever holds it then holds it up to that day.

    What rests on the role is handed over at once to the role `hand_over_to`. Raises `Refused` for a role that is closed
    already, that has tasks which nobody takes over, or that is the last one to administer the organisation.
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
    _must_not_be_the_last_to_administer(role, last)
    _hand_over(actor, role, hand_over_to, last, at)
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
        handed_over_to=hand_over_to,
    )
    return role


def _must_not_be_the_last_to_administer(role: Role, last: date) -> None:
    if role.kind != RoleKind.ADMINISTRATOR:
        return
    others = Role.objects.filter(organisation=role.organisation_id, kind=RoleKind.ADMINISTRATOR).exclude(pk=role.pk)
    if not others.exclude(valid_to__lte=last).exists():
        raise Refused(_("Nobody could look after the organisation's roles then. Open another administrator's role first."))
    must_leave_an_administrator(role.organisation_id, list(role.holdings.values_list("pk", flat=True)), last)


def _hand_over(actor: Actor, role: Role, to: str, last: date, at: datetime) -> None:
    """Everything that rests on the role goes to another of the same organisation, or the role does not close."""
    waiting = standing.tasks_of(actor, role.pk, at)
    if staying := [task for task in waiting if task.stays]:
        facts = {"tasks": standing.named(staying), "why": staying[0].stays}
        raise Refused(_("The role cannot close yet, since it: %(tasks)s. %(why)s") % facts)
    if not waiting:
        return
    if not to:
        sentence = _("The role still has tasks, since it: %(tasks)s. Choose a role that takes them over.")
        raise Refused(sentence % {"tasks": standing.named(waiting)})
    takes_over = Role.objects.filter(pk=to, organisation=role.organisation_id).exclude(pk=role.pk).first()
    if takes_over is None or not clock.active(takes_over.valid_from, takes_over.valid_to, last):
        raise Invalid({"hand_over_to": _("Choose a role of the same organisation that exists on that day.")})
    standing.hand_over(actor, role.pk, takes_over.pk, at)
