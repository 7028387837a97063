"""Services: opened, reworded, confirmed and ended by the organisation that offers them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.utils.translation import gettext as _

from samordna.core import clock, journal
from samordna.core.actor import Actor
from samordna.core.errors import Refused, TooLarge
from samordna.core.fields import new_id
from samordna.core.operation import operation
from samordna.core.overtaking import check_not_overtaken
from samordna.domain.knowledge.access import KEEP, service_for
from samordna.domain.knowledge.conditions import checked, stored, typed_day
from samordna.domain.knowledge.limits import MOST_SERVICES
from samordna.domain.knowledge.models import Edition, Service, ServiceVersion
from samordna.domain.knowledge.queries.facts import known_facts
from samordna.domain.knowledge.wording import WORDS, told_of, values_of
from samordna.domain.organisations.access import role_for
from samordna.domain.organisations.findings import Findings
from samordna.domain.organisations.models import ContactPath, Holding, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What a service says, as typed. `eligibility`: groups of conditions (see `knowledge.conditions`)."""

    name: str = ""
    description: str = ""
    also: str = ""
    unit: str = ""
    for_whom: str = ""
    how_to_apply: str = ""
    cost: str = ""
    languages: str = ""
    schedule: str = ""
    waiting: str = ""
    closed: str = ""
    waiting_on: date | str | None = None
    contact_path_id: str = ""
    eligibility: Sequence[Mapping[str, Any]] = ()
    kept: Mapping[str, Any] = field(default_factory=dict)


@operation("knowledge.keep")
def open_service(
    *,
    actor: Actor,
    role_id: str,
    wording: Wording,
    valid_from: date | None = None,
    valid_to: date | None = None,
    key: UUID | None = None,
    at: datetime | None = None,
) -> Service:
    """Put a service in the organisation's toolbox, answered for by one of its roles. It counts as confirmed today.

    Raises `Invalid` naming the condition that cannot be used, `TooLarge` past the limits.
    """
    role = role_for(actor, role_id, KEEP, at)
    at = at or clock.now()
    _must_fit(role, at)
    found = Findings()
    service = Service(role=role, key=key or uuid4(), valid_from=valid_from or clock.day(at), valid_to=valid_to)
    _word(found, service, wording, at)
    found.span("valid_from", service.valid_from, "valid_to", valid_to)
    if not clock.active(role.valid_from, role.valid_to, service.valid_from):
        found.say("valid_from", _("The role does not exist on that day. Choose another day or another role."))
    found.insist()
    service.assured_on, service.assured_by = clock.day(at), _holding(actor)
    service.save(force_insert=True)
    _keep_version(actor, service, at)
    _record(actor, "service_opened", service, at, **told_of(service))
    return service


def _must_fit(role: Role, at: datetime) -> None:
    running = Service.objects.on(clock.day(at)).filter(role__organisation_id=role.organisation_id)
    if running.count() >= MOST_SERVICES:
        sentence = _("An organisation has at most %(most)s services at a time. End those that are no longer offered.")
        raise TooLarge(sentence % {"most": MOST_SERVICES})


@operation("knowledge.keep")
def reword_service(
    *,
    actor: Actor,
    service_id: str,
    wording: Wording,
    role_id: str = "",
    seen: str = "",
    at: datetime | None = None,
) -> Service:
    """Say anew what a service is and for whom: another version, confirmed today. The wordings before it are kept.

    `role_id`: another role of the same organisation that answers for it from now on. `seen` is the fingerprint of what one
    began from; raises `Overtaken` with what is stored now when it is another. Raises `Refused` for one that has ended.
    """
    service_for(actor, service_id, KEEP, at)
    at = at or clock.now()
    service, found = _running(service_id, at), Findings()
    now = values_of(service)
    if role_id and role_id != service.role_id:
        service.role = role_for(actor, role_id, KEEP, at)
        if service.role.valid_to is not None and service.role.valid_to <= clock.day(at):
            found.say("role_id", _("This role has been closed. Choose another."))
    _word(found, service, wording, at)
    found.insist()
    check_not_overtaken(seen, now, values_of(service))
    service.version += 1
    service.assured_on, service.assured_by = clock.day(at), _holding(actor)
    service.save()
    _keep_version(actor, service, at)
    _record(actor, "service_reworded", service, at, version=service.version, **told_of(service))
    return service


def _running(service_id: str, at: datetime) -> Service:
    service = Service.objects.select_for_update(of=("self",)).select_related("role").get(pk=service_id)
    if service.valid_to is not None and service.valid_to <= clock.day(at):
        raise Refused(_("This service has ended. Open a new one if it is offered again."))
    return service


def _word(found: Findings, service: Service, wording: Wording, at: datetime) -> None:
    for name, longest, required in WORDS:
        given = getattr(wording, name)
        if longest is None:
            setattr(service, name, found.text(name, given, required=required))
        else:
            setattr(service, name, found.line(name, given, longest, required=required))
    waiting_on = typed_day(found, "waiting_on", wording.waiting_on)
    if waiting_on is not None and waiting_on > clock.day(at):
        found.say("waiting_on", _("A waiting time is of a day that has been. Write today or earlier."))
    service.waiting_on = (waiting_on or clock.day(at)) if service.waiting else None
    service.contact_path = _path(found, service, wording.contact_path_id)
    service.eligibility = stored(checked(found, wording.eligibility, known_facts()))
    if wording.kept:
        service.kept = dict(wording.kept)


def _path(found: Findings, service: Service, contact_path_id: str) -> ContactPath | None:
    if not contact_path_id:
        return None
    own = ContactPath.objects.filter(pk=contact_path_id, to_role__organisation_id=service.role.organisation_id).first()
    if own is None:
        found.say("contact_path_id", _("Choose one of the organisation's own contact paths."))
    return own


@operation("knowledge.keep")
def assure_service(*, actor: Actor, service_id: str, waiting: str | None = None, at: datetime | None = None) -> Service:
    """Confirm that what a service says is right today; `waiting`, when given, is the waiting time as of today."""
    service_for(actor, service_id, KEEP, at)
    at = at or clock.now()
    service, found = _running(service_id, at), Findings()
    if waiting is not None:
        service.waiting = found.line("waiting", waiting, 120, required=False)
        service.waiting_on = clock.day(at) if service.waiting else None
    found.insist()
    service.assured_on, service.assured_by = clock.day(at), _holding(actor)
    service.save(update_fields=["waiting", "waiting_on", "assured_on", "assured_by"])
    _record(actor, "service_assured", service, at, name=service.name, waiting=service.waiting)
    return service


@operation("knowledge.keep")
def end_service(*, actor: Actor, service_id: str, valid_to: date | None = None, at: datetime | None = None) -> Service:
    """End a service from a day on (today). What it said can still be read. Raises `Refused` when it has ended already."""
    service_for(actor, service_id, KEEP, at)
    at = at or clock.now()
    service, last = _running(service_id, at), valid_to or clock.day(at)
    found = Findings()
    if service.valid_from >= last:
        found.say("valid_to", _("The last day must come after the first, %(day)s.") % {"day": service.valid_from})
    found.insist()
    service.valid_to = last
    service.save(update_fields=["valid_to"])
    turn_edition()
    _record(actor, "service_ended", service, at, name=service.name, valid_to=last)
    return service


def _holding(actor: Actor) -> Holding | None:
    return Holding.objects.filter(pk=actor.holding_id).first()


def turn_edition() -> None:
    """What is compiled for matching is no longer right."""
    Edition.objects.update_or_create(pk=1, defaults={"stamp": new_id()})


def _keep_version(actor: Actor, service: Service, at: datetime) -> None:
    ServiceVersion.objects.create(
        service=service, number=service.version, content=told_of(service), told_at=at, told_by_id=actor.holding_id
    )
    turn_edition()


def _record(actor: Actor, action: str, service: Service, at: datetime | None, **content: Any) -> None:
    journal.record(actor=actor, action=action, subject_kind="service", subject_id=service.pk, at=at, **content)
