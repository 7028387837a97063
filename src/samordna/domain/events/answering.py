"""Who may answer an invitation, and until when."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.domain.events.access import invited_roles
from samordna.domain.events.enums import Coming
from samordna.domain.events.models import Enrolment, Event
from samordna.domain.forums.enums import MeetingState
from samordna.domain.organisations.models import Holding


def why_not_answered(actor: Actor, event: Event, at: datetime) -> str:
    """Why the actor cannot say whether it comes, or ""."""
    if event.meeting.state == MeetingState.CANCELLED:
        return _("The event is cancelled.")
    if event.meeting.state != MeetingState.CALLED:
        return _("The invitations are not out yet.") if event.meeting.state == MeetingState.PLANNED else _("It is over.")
    if at >= event.meeting.starts_at:
        return _("It has begun, so nobody answers any more.")
    if event.answer_by is not None and clock.day(at) > event.answer_by:
        return _("The last day to answer has passed. Talk to whoever prepares it.")
    if not invited_roles(event, at).filter(pk=actor.role_id).exists():
        return _("Your role is not among those invited.")
    return ""


def coming_to(event: Event, at: datetime) -> list[Enrolment]:
    """Who comes, in the order of the answers. Who has left the role takes nobody's place; after the event it is as it was
    then."""
    running = Holding.objects.on(min(clock.day(at), clock.day(event.meeting.starts_at)))
    return list(event.enrolments.filter(answer=Coming.COMING, holding__in=running).order_by("answered_at", "pk"))
