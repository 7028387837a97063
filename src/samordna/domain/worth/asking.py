"""Who is asked what they thought of a meeting, and until when."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from samordna.core.actor import Actor
from samordna.domain.forums.models import Meeting
from samordna.domain.organisations.models import Holding
from samordna.domain.worth.attending import HELD, there_at
from samordna.domain.worth.limits import OPEN_FOR


def why_not_checked(actor: Actor, meeting: Meeting, at: datetime) -> str:
    """Why the actor cannot say what it thought of the meeting, or ""."""
    if meeting.state not in HELD:
        return _("The meeting has not been held yet.")
    if at > (meeting.held_at or meeting.ends_at) + OPEN_FOR:
        return _("The check closed a week after the meeting. Raise what should change as an item instead.")
    there = Holding.objects.filter(pk__in=there_at([meeting])[meeting.pk].holdings)
    if not there.filter(person_id=actor.person_id, role_id=actor.role_id).exists():
        return _("The check is for those who were at the meeting.")
    return ""
