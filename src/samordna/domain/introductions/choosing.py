"""Which roles a programme can name, and at which events its steps can be done."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q, QuerySet

from samordna.core.actor import Actor
from samordna.domain.collaborations.models import Participation
from samordna.domain.events.access import visible_events
from samordna.domain.events.models import Event
from samordna.domain.introductions.models import Programme, Step
from samordna.domain.organisations.models import Role


def roles_within(programme: Programme, on: date) -> QuerySet[Role]:
    """The organisation's own roles, or those of all who take part."""
    alive = Role.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on), valid_from__lte=on)
    if programme.collaboration_id is None:
        return alive.filter(organisation_id=programme.organisation_id)
    part = Participation.objects.on(on).filter(collaboration_id=programme.collaboration_id)
    return alive.filter(organisation__in=part.values("organisation_id"))


def events_within(actor: Actor, step: Step, at: datetime) -> QuerySet[Event]:
    """The events that a step can be done at: those that the actor may see, of forums that the collaboration has."""
    found = visible_events(actor, at)
    if step.programme.collaboration_id is None:
        return found
    running = {"accepted_at__isnull": False, "ended_at__isnull": True}
    owned = {f"meeting__forum__ownerships__{name}": value for name, value in running.items()}
    return found.filter(**owned, meeting__forum__ownerships__collaboration_id=step.programme.collaboration_id)
