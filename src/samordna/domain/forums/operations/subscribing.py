"""Secret addresses for calendars: made, changed for another, ended; each person's own."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from samordna.core import clock, journal
from samordna.core.actor import Actor
from samordna.core.errors import Absent, Refused, TooLarge
from samordna.core.operation import operation
from samordna.domain.forums.access import check_own_account, own_forums
from samordna.domain.forums.limits import MOST_ADDRESSES
from samordna.domain.forums.models import CalendarAddress
from samordna.domain.organisations.models import Person


@operation("account.change")
def make_calendar_address(*, actor: Actor, forum_id: str = "", at: datetime | None = None) -> CalendarAddress:
    """Make a secret address of one's own for all one's meetings, or for those of one forum. One that there was before ends:
    so it is changed."""
    person_id = check_own_account(actor, at)
    at = at or clock.now()
    Person.objects.select_for_update().get(pk=person_id)
    own = own_forums(person_id, at)
    if forum_id and forum_id not in own:
        raise Absent
    if not own:
        raise Refused(_("No role of yours sits in a forum or prepares one, so there is nothing to fetch."))
    running = CalendarAddress.objects.filter(person_id=person_id, ended_at__isnull=True)
    running.filter(forum_id=forum_id or None).update(ended_at=at)
    if running.count() >= MOST_ADDRESSES:
        raise TooLarge(_("You have at most %(most)s addresses for calendars. End one first.") % {"most": MOST_ADDRESSES})
    made = CalendarAddress.objects.create(person_id=person_id, forum_id=forum_id or None, made_at=at)
    _tell(actor, "calendar_address_made", person_id, at, forum=forum_id)
    return made


@operation("account.change")
def end_calendar_address(*, actor: Actor, address_id: str, at: datetime | None = None) -> CalendarAddress:
    """End an address of one's own: nobody fetches anything from it any more."""
    person_id = check_own_account(actor, at)
    at = at or clock.now()
    found = CalendarAddress.objects.select_for_update().filter(pk=address_id, person_id=person_id).first()
    if found is None:
        raise Absent
    if found.ended_at is not None:
        raise Refused(_("The address has ended already."))
    found.ended_at = at
    found.save(update_fields=["ended_at"])
    _tell(actor, "calendar_address_ended", person_id, at, forum=found.forum_id or "")
    return found


def _tell(actor: Actor, action: str, person_id: str, at: datetime, forum: str) -> None:
    journal.record(actor=actor, action=action, subject_kind="person", subject_id=person_id, at=at, forum=forum)
