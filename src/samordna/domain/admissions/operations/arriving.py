"""Arriving by a provider of sign-in: finding the account, or making one, and giving the roles that rules give.

A new account holds no role by itself. An account that is there is found by what the provider called the person before, or
by an address that the provider is believed about; otherwise it has to be signed in to first, and connected from there. An
address that a provider is not believed about is not kept: whoever gives a role to an address means who reads its mail.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from samordna.core import clock, journal
from samordna.core.actor import Actor, Via
from samordna.core.errors import Refused
from samordna.core.operation import operation
from samordna.core.policy import Thing
from samordna.domain.admissions.access import identity_for
from samordna.domain.admissions.affiliations import believed, number_in
from samordna.domain.admissions.models import Identity
from samordna.domain.admissions.operations.granting import regrant
from samordna.domain.admissions.providers import Provider, provider_called
from samordna.domain.organisations.access import permit
from samordna.domain.organisations.findings import Findings
from samordna.domain.organisations.models import Holding, Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """Who arrived. `new`: an account was made. `given`, `ended`: roles that rules gave and took back."""

    identity: Identity
    new: bool
    given: tuple[Holding, ...]
    ended: tuple[Holding, ...]


def by_provider(provider: Provider, person_id: str | None = None, assurance: int = 0) -> Actor:
    """Whoever the provider vouches for; with an account already when it is being connected."""
    return Actor(via=Via.PROVIDER, person_id=person_id, proof=f"provider:{provider.id}", assurance=assurance)


@operation("account.arrive")
def arrive(
    *,
    actor: Actor,
    provider: str,
    subject: str,
    name: str = "",
    email: str = "",
    affiliations: Sequence[str] = (),
    at: datetime | None = None,
) -> Arrival:
    """Find or make the account of the provider's `subject`, and give and end the roles that rules say.

    Raises `Refused` for an account that may not sign in, and for a subject that belongs to another account in use than the
    one that is signed in to.
    """
    permit(actor, "account.arrive", Thing(proof=f"provider:{provider}"), at)
    at, by = at or clock.now(), provider_called(provider)
    told = [each for each in believed(affiliations) if by.may_speak_of(number_in(each))]
    identity = Identity.objects.select_for_update().filter(provider=provider, subject=subject).first()
    known = identity is not None
    new = False
    if identity is None:
        person, new = _person(actor, by, name, email, at)
        identity = Identity(person=person, provider=provider, subject=subject, made_at=at)
    elif actor.person_id not in (None, identity.person_id):
        _move(identity, str(actor.person_id))
    if not identity.person.is_active:
        raise Refused(_("This account may not sign in. Ask your organisation's administrator."))
    identity.affiliations, identity.seen_at = told, at
    identity.save()
    as_them = by_provider(by, identity.person_id, actor.assurance)
    given, ended = regrant(as_them, identity, at)
    journal.record(
        actor=as_them,
        action="arrived" if known else "arrived_first",
        subject_kind="identity",
        subject_id=identity.pk,
        at=at,
        provider=provider,
        given=[holding.pk for holding in given],
        ended=[holding.pk for holding in ended],
    )
    return Arrival(identity=identity, new=new, given=tuple(given), ended=tuple(ended))


def _person(actor: Actor, by: Provider, name: str, email: str, at: datetime) -> tuple[Person, bool]:
    if actor.person_id is not None:
        return Person.objects.get(pk=actor.person_id), False
    found = Findings()
    email, name = found.email("email", email), found.line("name", name, 120, required=False)
    if found.fields:
        raise Refused(" ".join(found.fields.values()))
    email = email if email and by.believed_about(email) else ""
    known = Person.objects.filter(email__iexact=email).first() if email else None
    if known is not None:
        return known, False
    person = Person.objects.create_user(email=email or None, name=name or email or _("Without a name"))
    newcomer = by_provider(by, person.pk)
    journal.record(actor=newcomer, action="person_registered", subject_kind="person", subject_id=person.pk, at=at)
    return person, True


def _move(identity: Identity, person_id: str) -> None:
    """Connect a sign-in that first made an account of its own, in which nothing has been done, to the one signed in to."""
    before = identity.person
    if before.email or before.has_usable_password() or before.holdings.exists():
        raise Refused(_("This sign-in belongs to another account here. Sign out, and sign in with it instead."))
    before.is_active = False
    before.save(update_fields=["is_active"])
    identity.person = Person.objects.get(pk=person_id)


@operation("account.arrive")
def refuse_arrival(*, actor: Actor, provider: str, fault: str, at: datetime | None = None) -> None:
    """Write down that a provider's answer could not be believed, and why; nobody is signed in."""
    permit(actor, "account.arrive", Thing(proof=f"provider:{provider}"), at)
    journal.record(
        actor=actor,
        action="arrival_refused",
        subject_kind="provider",
        subject_id=provider[:12],
        at=at,
        provider=provider,
        reason=fault,
    )


@operation("account.change")
def disconnect_identity(*, actor: Actor, identity_id: str, at: datetime | None = None) -> Person:
    """Stop signing in by a provider. Roles that it gave end. Raises `Refused` when it is the only way in."""
    identity = identity_for(actor, identity_id, at)
    at, person = at or clock.now(), identity.person
    others = person.identities.exclude(pk=identity.pk).exists()
    if not others and not person.has_usable_password():
        raise Refused(_("It is your only way in. Choose a password first, by “Forgotten your password?”."))
    identity.affiliations = []
    regrant(actor, identity, at)
    journal.record(
        actor=actor,
        action="identity_disconnected",
        subject_kind="identity",
        subject_id=identity.pk,
        at=at,
        provider=identity.provider,
    )
    identity.given.all().delete()
    identity.delete()
    return person
