"""What happens in the background as time goes: places go to those who wait when somebody has left the role it came by."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from samordna.core.actor import Actor
from samordna.core.errors import Denied
from samordna.core.tasks import daily, task
from samordna.domain.events.models import Event
from samordna.domain.events.operations.places import give_free_places
from samordna.domain.forums.enums import MeetingState

log = logging.getLogger(__name__)
PURPOSE = "give free places at events to those who wait"


@task("events.give_free_places", schedule=daily(4, 30))
def give_places(arguments: Mapping[str, Any], at: datetime) -> None:
    """Tell those who have got a place. An event whose forum rests holds up no other."""
    ahead = Event.objects.filter(meeting__state=MeetingState.CALLED, meeting__starts_at__gt=at)
    for event in ahead.filter(places__isnull=False, enrolments__waits=True).distinct():
        try:
            give_free_places(actor=Actor.command(PURPOSE), event_id=event.pk, at=at)
        except Denied as denied:
            log.info("Nobody got a place at event %s: %s", event.pk, denied)
