"""Whoever changes minutes holds the forum until the change is written, so that nobody undoes another's."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from samordna.core.actor import Actor
from samordna.core.errors import Refused, TooLarge
from samordna.domain.forums.access import READ, meeting_for
from samordna.domain.forums.models import Meeting
from samordna.domain.forums.operations.holding import hold
from samordna.domain.minutes.access import minutes_for
from samordna.domain.minutes.enums import MinutesState
from samordna.domain.minutes.limits import MOST_VERSIONS
from samordna.domain.minutes.models import Minutes, MinutesVersion
from samordna.domain.minutes.record import Record
from samordna.domain.proceedings.access import NOTE, permit_at


def held_meeting_to_minute_for(actor: Actor, meeting_id: str, at: datetime | None) -> Meeting:
    """The meeting, for those who keep its notes, with its forum held; also of one that has closed since."""
    meeting = meeting_for(actor, meeting_id, READ, at)
    permit_at(actor, NOTE, meeting.forum, at)
    hold(meeting.forum_id)
    return meeting_for(actor, meeting_id, READ, at)


def held_minutes_for(actor: Actor, meeting_id: str, action: str, at: datetime | None) -> Minutes:
    """The minutes, with their forum held, fetched again when it is: somebody may have changed them in between."""
    hold(minutes_for(actor, meeting_id, action, at).meeting.forum_id)
    return minutes_for(actor, meeting_id, action, at)


def latest_of(minutes: Minutes) -> MinutesVersion:
    """The version that stands."""
    return minutes.versions.order_by("-number").select_related("minutes")[0]


def asked_roles(minutes: Minutes) -> list[str]:
    """The roles that are asked to adjust, for the notices they get; none of them reads a draft."""
    if minutes.state == MinutesState.DRAFT:
        return []
    return sorted(minutes.adjusters.filter(ended_at__isnull=True).values_list("role_id", flat=True))


def must_not_be_locked(minutes: Minutes) -> None:
    """Locked minutes are never changed; what was wrong is said in a correction note."""
    if minutes.state == MinutesState.LOCKED and minutes.locked_at:
        when = date_format(localtime(minutes.locked_at), "j F Y H.i")
        raise Refused(
            _("The minutes were locked %(when)s and are not changed any more. Write a correction note.") % {"when": when}
        )


def must_be_open(minutes: Minutes) -> None:
    """Adjusted minutes are opened again before they are changed."""
    must_not_be_locked(minutes)
    if minutes.state == MinutesState.ADJUSTED:
        raise Refused(_("The minutes have been adjusted. Open them again first, and say why."))


def keep(
    minutes: Minutes, record: Record, actor: Actor, at: datetime, gathered: Mapping[str, str] | None = None
) -> MinutesVersion:
    """Let this be what the minutes say: the one version of a draft; from then on a new version each time. `gathered`: what
    the notes say of each item, when they have been taken in anew."""
    latest = latest_of(minutes)
    content = {"content": record.as_json(), "gathered": latest.gathered if gathered is None else dict(gathered)}
    if minutes.state == MinutesState.DRAFT:
        given = {**content, "written_at": at, "written_by_id": actor.holding_id}
        MinutesVersion.objects.filter(pk=latest.pk).update(**given)
        return latest_of(minutes)
    if latest.number >= MOST_VERSIONS:
        raise TooLarge(_("Minutes have at most %(most)s versions.") % {"most": MOST_VERSIONS})
    return MinutesVersion.objects.create(
        minutes=minutes, number=latest.number + 1, **content, written_at=at, written_by_id=actor.holding_id
    )
