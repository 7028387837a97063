"""Roles of the collaboration itself: opened, carried by one organisation's role after another, closed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from samordna.core import clock, journal
from samordna.core.actor import Actor
from samordna.core.errors import Refused, TooLarge
from samordna.core.operation import operation
from samordna.domain.collaborations.access import carried_for, collaboration_for
from samordna.domain.collaborations.models import Carrying, CollaborationRole, Participation
from samordna.domain.organisations.findings import Findings
from samordna.domain.organisations.models import Role

MOST_ROLES = 60  # of one collaboration, at a time


@operation("collaboration.lead")
def open_collaboration_role(
    *,
    actor: Actor,
    collaboration_id: str,
    name: str,
    purpose: str = "",
    responsibilities: str = "",
    authority: str = "",
    valid_from: date | None = None,
    at: datetime | None = None,
) -> CollaborationRole:
    """Open a role of the collaboration; nobody does it until an organisation's role carries it."""
    given = collaboration_for(actor, collaboration_id, "collaboration.lead", at)
    at, found = at or clock.now(), Findings()
    made = CollaborationRole(
        collaboration=given,
        name=found.line("name", name, 120),
        purpose=found.text("purpose", purpose, required=False),
        responsibilities=found.text("responsibilities", responsibilities, required=False),
        authority=found.text("authority", authority, required=False),
        valid_from=valid_from or clock.day(at),
    )
    there = CollaborationRole.objects.filter(collaboration=given).exclude(valid_to__lte=clock.day(at))
    if there.filter(name__iexact=made.name).exists():
        found.say("name", _("There is a role with this name already."))
    found.insist()
    if there.count() >= MOST_ROLES:
        raise TooLarge(_("A collaboration has at most %(most)s roles of its own at a time.") % {"most": MOST_ROLES})
    made.save(force_insert=True)
    _record(actor, "collaboration_role_opened", made, at, name=made.name, valid_from=made.valid_from)
    return made


@operation("collaboration.lead")
def let_role_carry(
    *,
    actor: Actor,
    collaboration_role_id: str,
    role_id: str,
    valid_from: date | None = None,
    valid_to: date | None = None,
    at: datetime | None = None,
) -> Carrying:
    """Let the role of somebody who takes part, or of the leading organisation, carry it from a day; whoever carried it then
    no longer does. Raises `Invalid` for a role elsewhere, and for days that overlap with what is already said to come."""
    carried_for(actor, collaboration_role_id, "collaboration.lead", at)
    at, found = at or clock.now(), Findings()
    carried = CollaborationRole.objects.select_for_update().get(pk=collaboration_role_id)
    first = valid_from or clock.day(at)
    found.span("valid_from", first, "valid_to", valid_to)
    if not clock.active(carried.valid_from, carried.valid_to, first):
        found.say("valid_from", _("The role does not exist on that day. Choose another day."))
    role = _role(found, carried, role_id, first)
    later = Carrying.objects.filter(carried=carried, valid_from__gte=first).exclude(valid_to=first)
    if valid_to is not None:
        later = later.filter(valid_from__lt=valid_to)
    if later.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=first)).exists():
        found.say("valid_from", _("Another role is to carry it during some of that time. Choose other days."))
    found.insist()
    running = Carrying.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=first), carried=carried)
    running.filter(valid_from__lt=first).update(valid_to=first)
    made = Carrying.objects.create(carried=carried, role=role, valid_from=first, valid_to=valid_to)
    _record(actor, "collaboration_role_carried", carried, at, role=role.pk, valid_from=first, valid_to=valid_to or "")
    return made


def _role(found: Findings, carried: CollaborationRole, role_id: str, on: date) -> Role:
    given = carried.collaboration
    taking_part = Participation.objects.on(on).filter(collaboration=given).values("organisation_id")
    where = Q(organisation_id=given.host_id) | Q(organisation_id__in=taking_part)
    role = Role.objects.filter(where, pk=role_id, valid_from__lte=on).exclude(valid_to__lte=on).first()
    if role is None:
        found.say("role_id", _("Choose a role at somebody who takes part, or at the coordinating organisation."))
        found.insist()
        raise AssertionError
    return role


@operation("collaboration.lead")
def close_collaboration_role(
    *, actor: Actor, collaboration_role_id: str, valid_to: date | None = None, at: datetime | None = None
) -> CollaborationRole:
    """Close a role of the collaboration from a day on; whoever carries it does so up to that day."""
    carried_for(actor, collaboration_role_id, "collaboration.lead", at)
    at, found = at or clock.now(), Findings()
    carried = CollaborationRole.objects.select_for_update().get(pk=collaboration_role_id)
    last = valid_to or clock.day(at)
    if carried.valid_to is not None and carried.valid_to <= last:
        raise Refused(_("The role is closed already."))
    found.span("valid_from", carried.valid_from, "valid_to", last)
    found.insist()
    for each in Carrying.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=last), carried=carried):
        each.valid_to = max(last, each.valid_from)
        each.save(update_fields=["valid_to"])
    carried.valid_to = last
    carried.save(update_fields=["valid_to"])
    _record(actor, "collaboration_role_closed", carried, at, valid_to=last)
    return carried


def _record(actor: Actor, action: str, carried: CollaborationRole, at: datetime, **content: Any) -> None:
    journal.record(
        actor=actor,
        action=action,
        subject_kind="collaboration_role",
        subject_id=carried.pk,
        collaboration_id=carried.collaboration_id,
        at=at,
        **content,
    )
