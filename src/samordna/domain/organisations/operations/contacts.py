"""Contact paths: whom to contact about what. They lead to roles, so they still hold when people change."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from samordna.core import clock, journal
from samordna.core.actor import Actor
from samordna.core.errors import Refused, TooLarge
from samordna.core.operation import operation
from samordna.domain.organisations.access import contact_path_for, role_for
from samordna.domain.organisations.findings import Findings
from samordna.domain.organisations.limits import MOST_CONTACT_PATHS
from samordna.domain.organisations.models import ContactPath, Role


@operation("contact.keep")
def open_contact_path(
    *,
    actor: Actor,
    role_id: str,
    topic: str,
    how: str,
    also: str = "",
    from_whom: str = "",
    when_not: str = "",
    valid_from: date | None = None,
    valid_to: date | None = None,
    at: datetime | None = None,
) -> ContactPath:
    """Say whom to contact about something: this role, in this way, and when that does not work.

    `from_whom`: for whom the path is meant; "" means anybody. `also`: other words for the same thing, by which a search
    finds it and a subject area is seen to have a path. Raises `Invalid` for a day on which the role does not exist.
    """
    role = role_for(actor, role_id, "contact.keep", at)
    at = at or clock.now()
    _must_fit(role, at)
    found = Findings()
    path = ContactPath(
        to_role=role,
        topic=found.line("topic", topic, 120),
        also=found.text("also", also, required=False, longest=300),
        from_whom=found.line("from_whom", from_whom, 120, required=False),
        how=found.text("how", how, longest=300),
        when_not=found.text("when_not", when_not, required=False, longest=300),
        valid_from=valid_from or clock.day(at),
        valid_to=valid_to,
    )
    found.span("valid_from", path.valid_from, "valid_to", valid_to)
    if not clock.active(role.valid_from, role.valid_to, path.valid_from):
        found.say("valid_from", _("The role does not exist on that day. Choose another day or another role."))
    found.insist()
    path.save(force_insert=True)
    days = {"valid_from": path.valid_from, "valid_to": path.valid_to or ""}
    _record(actor, "contact_path_opened", path, at, role=role.pk, topic=path.topic, how=path.how, **days)
    return path


def _must_fit(role: Role, at: datetime) -> None:
    count = ContactPath.objects.on(clock.day(at)).filter(to_role__organisation_id=role.organisation_id).count()
    if count >= MOST_CONTACT_PATHS:
        sentence = _("An organisation has at most %(most)s contact paths at a time. End those that are no longer used.")
        raise TooLarge(sentence % {"most": MOST_CONTACT_PATHS})


@operation("contact.keep")
def close_contact_path(
    *, actor: Actor, contact_path_id: str, valid_to: date | None = None, at: datetime | None = None
) -> ContactPath:
    """End a contact path from a day on. Raises `Refused` when it has ended already."""
    contact_path_for(actor, contact_path_id, "contact.keep", at)
    at = at or clock.now()
    path, last = ContactPath.objects.select_for_update().get(pk=contact_path_id), valid_to or clock.day(at)
    if path.valid_to is not None and path.valid_to <= last:
        raise Refused(_("This contact path has ended already."))
    found = Findings()
    found.span("valid_from", path.valid_from, "valid_to", last)
    found.insist()
    path.valid_to = last
    path.save(update_fields=["valid_to"])
    _record(actor, "contact_path_closed", path, at, topic=path.topic, valid_to=last)
    return path


def _record(actor: Actor, action: str, path: ContactPath, at: datetime, **content: Any) -> None:
    journal.record(actor=actor, action=action, subject_kind="contact_path", subject_id=path.pk, at=at, **content)
