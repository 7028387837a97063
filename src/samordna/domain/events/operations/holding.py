"""Whoever changes an event holds it until the change is written; and how the journals are told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from samordna.core import journal
from samordna.core.actor import Actor
from samordna.domain.events.access import event_for
from samordna.domain.events.models import Event
from samordna.domain.forums.access import owners_of
from samordna.domain.forums.operations.holding import hold, must_run


def held_event_for(actor: Actor, event_id: str, action: str, at: datetime | None) -> Event:
    """The event, with its forum held; the forum is still running."""
    event = event_for(actor, event_id, action, at)
    hold(event.meeting.forum_id)
    must_run(event.meeting.forum)
    return event_for(actor, event_id, action, at)


def tell(
    actor: Actor,
    action: str,
    event: Event,
    at: datetime,
    /,
    *,
    roles: Sequence[str] = (),
    holdings: Sequence[str] = (),
    **content: Any,
) -> None:
    """One entry in each owner's journal. Whom to notify stands in the first alone, so that nobody is told twice."""
    owners = [owner.collaboration_id for owner in owners_of(event.meeting.forum) if owner.accepted_at]
    for number, collaboration_id in enumerate(owners):
        journal.record(
            actor=actor,
            action=action,
            subject_kind="event",
            subject_id=event.pk,
            collaboration_id=collaboration_id,
            at=at,
            meeting=event.meeting_id,
            roles=[] if number else list(roles),
            holdings=[] if number else list(holdings),
            **content,
        )
