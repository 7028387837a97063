"""What a forum's routine of the day says of who may raise an item, and until when; and what is late."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.domain.forums.enums import Raising
from samordna.domain.forums.models import Forum, Item, Meeting, Routine
from samordna.domain.forums.rules import holding_on, last_day


def routine_of(forum: Forum, on: date) -> Routine | None:
    """The routine that holds on a day; one query."""
    return holding_on(list(forum.routines.order_by("starts_on", "number")), on)


def why_not_raised(actor: Actor, forum: Forum, meeting: Meeting | None, today: date) -> str:
    """Why somebody who does not prepare the forum may not raise an item there, or not for this meeting; "" when it may."""
    routine = routine_of(forum, clock.day(meeting.starts_at) if meeting else today)
    if routine is None:
        return ""
    if routine.raising == Raising.PREPARERS:
        return _("In this forum only those who prepare it raise items. Turn to %(role)s.") % {"role": forum.prepares.name}
    if routine.raising == Raising.SEATED and not _sits(actor, forum):
        return _("In this forum only the organisations that sit there raise items, and yours does not.")
    last = _passed(routine, meeting, today)
    if last is None:
        return ""
    told = {"day": date_format(last, "j F Y")}
    return _("Items for that meeting were to be in on %(day)s. Raise it for the backlog or a later meeting.") % told


def why_not_described(item: Item, today: date) -> str:
    """Why somebody who does not prepare the forum may not say anew what the item is about; "" when it may."""
    routine = routine_of(item.forum, clock.day(item.meeting.starts_at)) if item.meeting else None
    last = _passed(routine, item.meeting, today) if routine else None
    if last is None:
        return ""
    told = {"day": date_format(last, "j F Y"), "role": item.forum.prepares.name}
    return _("Items for that meeting were to be in on %(day)s. Turn to %(role)s to change this one.") % told


def _passed(routine: Routine, meeting: Meeting | None, today: date) -> date | None:
    """The last day for items to the meeting, when it has passed."""
    if meeting is None or not routine.items_days:
        return None
    last = last_day(clock.day(meeting.starts_at), routine.items_days)
    return last if last < today else None


def _sits(actor: Actor, forum: Forum) -> bool:
    return forum.seats.filter(role__organisation_id=actor.organisation_id, valid_to__isnull=True).exists()
