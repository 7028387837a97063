"""Who may read an event, prepare it and come to it: as in the forum whose meeting it is."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Absent
from samordna.domain.events.models import Event
from samordna.domain.forums.access import forum_for, owners_of, visible_forums
from samordna.domain.forums.choosing import preparers_within
from samordna.domain.organisations.models import Role


def event_for(actor: Actor, event_id: str, action: str = "forum.read", at: datetime | None = None) -> Event:
    """The event, if the actor may do this in its forum."""
    event = Event.objects.select_related("meeting__forum__prepares__organisation").filter(pk=event_id).order_by().first()
    if event is None:
        raise Absent
    forum_for(actor, event.meeting.forum_id, action, at)
    return event


def visible_events(actor: Actor, at: datetime | None = None) -> QuerySet[Event]:
    """The events that the actor may read: exactly those that `event_for` gives."""
    return Event.objects.filter(meeting__forum__in=visible_forums(actor, at).values("pk"))


def invited_roles(event: Event, at: datetime) -> QuerySet[Role]:
    """The roles that are invited: all who take part, or those named and those of the organisations named."""
    there = preparers_within(owners_of(event.meeting.forum), clock.day(at))
    if event.everybody:
        return there
    rows = list(event.invited.values_list("role_id", "organisation_id"))
    named = Q(pk__in=[role for role, _of in rows if role]) | Q(organisation_id__in=[of for _role, of in rows if of])
    return there.filter(named)
