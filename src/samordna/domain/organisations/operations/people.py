"""The people of one organisation, as its own register knows them: taken in, renamed, left, back.

An e-mail address names one person in the whole installation. Whoever takes somebody in by it gets that person, and is told
nothing of what else the person holds: it looks the same whether the person was there before.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from samordna.core import clock, journal
from samordna.core.actor import Actor
from samordna.core.errors import Invalid, Refused
from samordna.core.operation import operation
from samordna.domain.organisations.access import organisation_for
from samordna.domain.organisations.findings import Findings
from samordna.domain.organisations.leaving import say_farewell
from samordna.domain.organisations.members import known_here, member_for, membership_of
from samordna.domain.organisations.models import Holding, Membership, Person
from samordna.domain.organisations.operations.administering import must_leave_an_administrator


@operation("organisation.administer")
def take_in_person(
    *,
    actor: Actor,
    organisation_id: str,
    name: str,
    email: str,
    register_id: str = "",
    active: bool = True,
    at: datetime | None = None,
) -> Membership:
    """Let the organisation know a person, by e-mail address; the same address in any case is the same person.

    Raises `Refused` when the organisation knows the person already, and `Invalid` for an id that another one has there.
    """
    organisation = organisation_for(actor, organisation_id, "organisation.administer", at)
    at, found = at or clock.now(), Findings()
    name, email = found.line("name", name, 120), found.email("email", email)
    register_id = found.line("register_id", register_id, 120, required=False)
    if not email:
        found.say("email", _("An e-mail address is needed: it is what names the person."))
    found.insist()
    person = _by_address(email, name)
    if known_here(organisation.pk, person.pk):
        raise Refused(_("The organisation knows somebody with this e-mail address already."))
    member = _locked(organisation.pk, person, at)
    _must_be_free(member, register_id)
    member.name, member.register_id, member.active = name, register_id, active
    member.released_at, member.changed_at = None, at
    member.save(update_fields=["name", "register_id", "active", "released_at", "changed_at"])
    _record(actor, "person_taken_in", member, at, register_id=register_id, active=active)
    return member


@operation("organisation.administer")
def describe_member(
    *,
    actor: Actor,
    organisation_id: str,
    person_id: str,
    name: str,
    register_id: str = "",
    at: datetime | None = None,
) -> Membership:
    """Write a person's name as the organisation has it. It becomes the person's own where nobody else knows it."""
    person = member_for(actor, organisation_id, person_id, "organisation.administer", at)
    at, found = at or clock.now(), Findings()
    name = found.line("name", name, 120)
    register_id = found.line("register_id", register_id, 120, required=False)
    found.insist()
    member = _locked(organisation_id, person, at)
    _must_be_free(member, register_id)
    member.name, member.register_id, member.changed_at = name, register_id, at
    member.save(update_fields=["name", "register_id", "changed_at"])
    if not _known_elsewhere(organisation_id, person.pk):
        Person.objects.filter(pk=person.pk).update(name=name)
    _record(actor, "person_described", member, at, register_id=register_id)
    return member


@operation("organisation.administer")
def let_member_leave(
    *, actor: Actor, organisation_id: str, person_id: str, release: bool = False, at: datetime | None = None
) -> Membership:
    """Record that a person has left: every role it holds there ends today, and what has not begun is taken back.

    Nothing is erased, and nothing that the person holds elsewhere is touched. `release`: the organisation's register lets
    go of the person altogether. Raises `Refused` when it has left already.
    """
    person = member_for(actor, organisation_id, person_id, "organisation.administer", at)
    at = at or clock.now()
    on, member = clock.day(at), _locked(organisation_id, person, at)
    running = Holding.objects.select_for_update().filter(person=person, role__organisation_id=organisation_id)
    ended = list(running.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on)))
    if not member.active and not ended and not release:
        raise Refused(_("The person has left already."))
    must_leave_an_administrator(organisation_id, [holding.pk for holding in ended], on)
    for holding in ended:
        holding.valid_to = max(on, holding.valid_from)
        holding.save(update_fields=["valid_to"])
    member.active, member.changed_at = False, at
    member.released_at = at if release else None
    member.save(update_fields=["active", "changed_at", "released_at"])
    say_farewell(actor, organisation_id, person, at)
    _record(actor, "person_left", member, at, holdings=[holding.pk for holding in ended], released=release)
    return member


@operation("organisation.administer")
def let_member_return(*, actor: Actor, organisation_id: str, person_id: str, at: datetime | None = None) -> Membership:
    """Record that a person is back. Roles that ended are not given again by this. Raises `Refused` for one who is there."""
    person = member_for(actor, organisation_id, person_id, "organisation.administer", at)
    at = at or clock.now()
    member = _locked(organisation_id, person, at)
    if member.active:
        raise Refused(_("The person is there already."))
    member.active, member.changed_at = True, at
    member.save(update_fields=["active", "changed_at"])
    _record(actor, "person_returned", member, at)
    return member


def _by_address(email: str, name: str) -> Person:
    """The person with this address; a new one where there is none, also when somebody else makes it at the same time."""
    person = Person.objects.filter(email__iexact=email).first()
    if person is not None:
        return person
    try:
        with transaction.atomic():
            return Person.objects.create_user(email=email, name=name)
    except IntegrityError:
        return Person.objects.get(email__iexact=email)


def _locked(organisation_id: str, person: Person, at: datetime) -> Membership:
    """The membership as it is now, kept from others until this is done."""
    return Membership.objects.select_for_update().get(pk=membership_of(organisation_id, person, at).pk)


def _must_be_free(member: Membership, register_id: str) -> None:
    others = Membership.objects.filter(organisation=member.organisation_id, register_id=register_id, released_at=None)
    if register_id and others.exclude(pk=member.pk).exists():
        raise Invalid({"register_id": _("Somebody else in the organisation has that id.")})


def _known_elsewhere(organisation_id: str, person_id: str) -> bool:
    """Is the person known to any other organisation? Only for deciding whose word about the name counts; never told."""
    elsewhere = Holding.objects.filter(person=person_id).exclude(role__organisation=organisation_id).exists()
    return elsewhere or Membership.objects.filter(person=person_id).exclude(organisation=organisation_id).exists()


def _record(actor: Actor, action: str, member: Membership, at: datetime, **content: Any) -> None:
    about = {"organisation": member.organisation_id, **content}
    journal.record(actor=actor, action=action, subject_kind="person", subject_id=member.person_id, at=at, **about)
