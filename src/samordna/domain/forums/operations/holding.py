"""Whoever changes something in a forum holds the forum until the change is written, so that nobody undoes another's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from django.utils.translation import gettext as _

from samordna.core.actor import Actor
from samordna.core.errors import Refused
from samordna.domain.collaborations.enums import CollaborationState
from samordna.domain.forums.access import (
    forum_for,
    item_for,
    joint_day_for,
    meeting_for,
    owners_of,
    ownership_for,
    seat_for,
)
from samordna.domain.forums.models import Forum, Item, JointDay, Meeting, Ownership, Seat

T = TypeVar("T")
Fetch = Callable[[Actor, str, str, datetime | None], T]


def held_forum_for(actor: Actor, forum_id: str, action: str, at: datetime | None, *, winding_up: bool = False) -> Forum:
    """The forum, held; it is still running, or is being wound up."""
    return _held(forum_for, lambda forum: forum, actor, forum_id, action, at, winding_up=winding_up)


def held_seat_for(actor: Actor, seat_id: str, action: str, at: datetime | None) -> Seat:
    """The seat, with its forum held; the forum is still running."""
    return _held(seat_for, lambda seat: seat.forum, actor, seat_id, action, at)


def held_meeting_for(
    actor: Actor, meeting_id: str, action: str, at: datetime | None, *, winding_up: bool = False
) -> Meeting:
    """The meeting, with its forum held; the forum is still running, or is being wound up."""
    return _held(meeting_for, lambda meeting: meeting.forum, actor, meeting_id, action, at, winding_up=winding_up)


def held_item_for(actor: Actor, item_id: str, action: str, at: datetime | None) -> Item:
    """The item, with its forum held; the forum is still running."""
    return _held(item_for, lambda item: item.forum, actor, item_id, action, at)


def held_day_for(actor: Actor, day_id: str, action: str, at: datetime | None) -> JointDay:
    """The joint day, with its forum held; the forum is still running."""
    return _held(joint_day_for, lambda day: day.forum, actor, day_id, action, at)


def held_ownership_for(actor: Actor, forum_id: str, collaboration_id: str, at: datetime | None) -> Ownership:
    """The owning of one collaboration, for its own coordinator, with the forum held."""
    ownership_for(actor, forum_id, collaboration_id, at)
    hold(forum_id)
    return ownership_for(actor, forum_id, collaboration_id, at)


def hold(forum_id: str) -> None:
    """Wait until nobody else changes the forum, and let nobody do so before the operation is over."""
    Forum.objects.select_for_update().get(pk=forum_id)


def _held(
    fetch: Fetch[T],
    forum_of: Callable[[T], Forum],
    actor: Actor,
    key: str,
    action: str,
    at: datetime | None,
    *,
    winding_up: bool = False,
) -> T:
    """Fetched again when the forum is held, for somebody may have changed it in between."""
    hold(forum_of(fetch(actor, key, action, at)).pk)
    found = fetch(actor, key, action, at)
    must = must_not_be_closed if winding_up else must_run
    must(forum_of(found))
    return found


def must_run(forum: Forum) -> None:
    """A closed forum is not changed any more, and neither is one whose collaborations have all closed."""
    must_not_be_closed(forum)
    agreed = [owner.collaboration for owner in owners_of(forum) if owner.accepted_at]
    if all(given.state == CollaborationState.CLOSED for given in agreed):
        raise Refused(_("The collaboration is closed, so nothing is changed any more in its forums."))


def must_not_be_closed(forum: Forum) -> None:
    """A closed forum is not changed any more."""
    if forum.closed_on is not None:
        raise Refused(_("The forum is closed, so nothing in it is changed any more. Set up a new one instead."))
