"""Who gets a place and who loses it is told, whatever it comes of: an answer, more or fewer places, a role that is left."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Refused
from samordna.core.operation import operation
from samordna.domain.events.answering import coming_to
from samordna.domain.events.models import Enrolment, Event
from samordna.domain.events.operations.holding import held_event_for, tell
from samordna.domain.events.rules import placed
from samordna.domain.forums.access import PREPARE


@operation("forum.prepare")
def give_free_places(*, actor: Actor, event_id: str, at: datetime | None = None) -> Event:
    """Tell whoever has got a place because somebody has left the role that it came by."""
    event = held_event_for(actor, event_id, PREPARE, at)
    at = at or clock.now()
    if not settle_places(actor, event, at):
        raise Refused(_("Nobody has got or lost a place."))
    return event


def settle_places(actor: Actor, event: Event, at: datetime, but: str = "") -> bool:
    """Tell those who have got a place and those who have lost theirs; `but`: the one who answers sees it itself. Has
    anybody?"""
    has, waiting = placed(coming_to(event, at), event.places)
    up, down = [row for row in has if row.waits], [row for row in waiting if not row.waits]
    for action, rows, waits in (("event_place_given", up, False), ("event_place_lost", down, True)):
        Enrolment.objects.filter(pk__in=[row.pk for row in rows]).update(waits=waits)
        if holdings := sorted(row.holding_id for row in rows if row.pk != but):
            tell(actor, action, event, at, holdings=holdings)
    return bool(up or down)
