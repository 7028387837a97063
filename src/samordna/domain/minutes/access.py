"""Who reads minutes, who writes them, and who adjusts them.

Until they are sent out for adjustment they are the note keepers' own; from then on everybody who reads the forum reads
them. Who is asked to adjust answers in the role that was asked, while it sits there.
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from samordna.core.actor import Actor
from samordna.core.errors import Absent, Forbidden
from samordna.domain.forums.access import READ, meeting_for, visible_forums
from samordna.domain.minutes.enums import MinutesState
from samordna.domain.minutes.models import Adjuster, Minutes
from samordna.domain.proceedings.access import NOTE, VOTE, keeps, permit_at

RELATED = ("meeting__forum__prepares__organisation", "begun_by__role", "locked_by__role")


def minutes_for(actor: Actor, meeting_id: str, action: str = READ, at: datetime | None = None) -> Minutes:
    """The meeting's minutes, if the actor may do this with them; a draft is there for the note keepers alone."""
    meeting = meeting_for(actor, meeting_id, at=at)
    minutes = Minutes.objects.select_related(*RELATED).filter(meeting=meeting).first()
    if minutes is None or (minutes.state == MinutesState.DRAFT and not keeps(actor, meeting.forum, at)):
        raise Absent
    if action != READ:
        permit_at(actor, action, meeting.forum, at)
    return minutes


def minutes_to_write_for(actor: Actor, meeting_id: str, at: datetime | None = None) -> Minutes:
    """The minutes, for those who keep the notes."""
    return minutes_for(actor, meeting_id, NOTE, at)


def adjuster_for(actor: Actor, minutes: Minutes, at: datetime | None = None) -> Adjuster:
    """The actor's own place among the adjusters; `Forbidden` for everybody else who reads the minutes."""
    if minutes.meeting.forum.closed_on is None:  # seats end with their forum; minutes of its last meetings do not
        permit_at(actor, VOTE, minutes.meeting.forum, at)
    found = minutes.adjusters.filter(role_id=actor.role_id, ended_at__isnull=True).first()
    if found is None:
        raise Forbidden(_("Only those who are asked to adjust the minutes answer for them."))
    return found


def visible_minutes(actor: Actor, at: datetime | None = None) -> QuerySet[Minutes]:
    """The minutes that have been sent out, of the forums the actor may read."""
    return Minutes.objects.filter(meeting__forum__in=visible_forums(actor, at)).exclude(state=MinutesState.DRAFT)
