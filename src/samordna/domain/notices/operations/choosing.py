"""What somebody wants letters about, and no longer wants."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from samordna.core import clock, journal, outbox
from samordna.core.actor import Actor
from samordna.core.errors import Absent, Invalid, Refused
from samordna.core.models import LetterLanguage
from samordna.core.operation import operation
from samordna.core.policy import Thing
from samordna.domain.notices.enums import Group, Rhythm
from samordna.domain.notices.models import Choice
from samordna.domain.notices.wishes import rhythms_of
from samordna.domain.organisations.access import permit
from samordna.domain.organisations.models import Holding, Person


@operation("account.change")
def choose_letters(
    *, actor: Actor, rhythms: Mapping[str, str], language: str = "", at: datetime | None = None
) -> Mapping[str, str]:
    """Say how often one wants letters about each kind of notice, and in which language; what is not named stays."""
    person_id = check_own(actor, at)
    faults = {
        group: _("Choose how often.")
        for group, rhythm in rhythms.items()
        if group not in set(Group) or rhythm not in set(Rhythm)
    }
    if language and language not in dict(settings.LANGUAGES):
        faults["language"] = _("Choose one of the languages.")
    if faults:
        raise Invalid(faults)
    now, before = at or clock.now(), rhythms_of([person_id])[person_id]
    for group, rhythm in rhythms.items():
        chosen = {"rhythm": rhythm} | ({"chosen_at": now} if rhythm != before[Group(group)] else {})
        Choice.objects.update_or_create(person_id=person_id, group=group, defaults=chosen)
    if language:
        LetterLanguage.objects.update_or_create(person_id=person_id, defaults={"language": language})
    _tell(actor, "letters_chosen", person_id, at, rhythms=dict(rhythms), language=language)
    return rhythms


@operation("account.change")
def stop_letters(*, actor: Actor, group: str, at: datetime | None = None) -> None:
    """End the letters about one kind of notice; the page goes on having them."""
    person_id = check_own(actor, at)
    if group not in set(Group):
        raise Absent
    Choice.objects.update_or_create(
        person_id=person_id, group=group, defaults={"rhythm": Rhythm.NEVER, "chosen_at": at or clock.now()}
    )
    _tell(actor, "letters_stopped", person_id, at, group=group)


@operation("account.change")
def try_address_again(*, actor: Actor, person_id: str, at: datetime | None = None) -> None:
    """Say that an address that letters came back from works again: for its owner and for the administrator there."""
    person = check_looks_after(actor, person_id, at)
    if not person.email or not outbox.revive(person.email):
        raise Refused(_("Letters to this address do not come back, so there is nothing to try again."))
    _tell(actor, "address_tried_again", person.pk, at)


def check_own(actor: Actor, at: datetime | None = None) -> str:
    """The person who acts, if it may change its own account; raises `Absent` and `Refused` as others do."""
    permit(actor, "account.change", Thing(person_id=actor.person_id), at)
    if actor.person_id is None or not Person.objects.filter(pk=actor.person_id, is_active=True).exists():
        raise Absent
    return actor.person_id


def check_looks_after(actor: Actor, person_id: str, at: datetime | None = None) -> Person:
    """The person, for itself and for an administrator of an organisation where it holds a role."""
    person = Person.objects.filter(pk=person_id).first()
    if person is None:
        raise Absent
    if person.pk == actor.person_id:
        permit(actor, "account.change", Thing(person_id=person.pk), at)
        return person
    own = Holding.objects.on(clock.day(at or clock.now())).filter(
        person=person, role__organisation_id=actor.organisation_id
    )
    if not own.exists():
        raise Absent
    permit(actor, "organisation.administer", Thing(organisation_id=actor.organisation_id), at)
    return person


def _tell(actor: Actor, action: str, person_id: str, at: datetime | None, **content: Any) -> None:
    journal.record(actor=actor, action=action, subject_kind="person", subject_id=person_id, at=at, **content)
