"""Minutes drafted from the notes, written on, and gathered again when what was noted has changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Refused
from samordna.core.operation import operation
from samordna.core.overtaking import check_not_overtaken
from samordna.domain.agreements.prose import tidy
from samordna.domain.forums.enums import MeetingState
from samordna.domain.forums.operations.telling import tell
from samordna.domain.minutes.models import Minutes, MinutesVersion
from samordna.domain.minutes.operations.holding import (
    asked_roles,
    held_meeting_to_minute_for,
    held_minutes_for,
    keep,
    latest_of,
    must_be_open,
)
from samordna.domain.minutes.queries.gathering import gather, gathered_into
from samordna.domain.minutes.record import Record
from samordna.domain.minutes.wording import fields_of
from samordna.domain.organisations.findings import Findings
from samordna.domain.proceedings.access import NOTE
from samordna.domain.proceedings.limits import LONGEST_NOTE
from samordna.domain.proceedings.printing import find_printable


@operation(NOTE)
def draft_minutes(*, actor: Actor, meeting_id: str, at: datetime | None = None) -> Minutes:
    """Make a draft of what was noted at a meeting that has been held."""
    meeting = held_meeting_to_minute_for(actor, meeting_id, at)
    at = at or clock.now()
    if Minutes.objects.filter(meeting=meeting).exists():
        raise Refused(_("There are minutes of this meeting already. Go on with them."))
    if meeting.state != MeetingState.HELD:
        raise Refused(_("Minutes are written when the meeting has been held."))
    made = Minutes.objects.create(meeting=meeting, begun_at=at, begun_by_id=actor.holding_id)
    record = gather(meeting)
    begun = {"content": record.as_json(), "gathered": record.texts, "written_at": at, "written_by_id": actor.holding_id}
    MinutesVersion.objects.create(minutes=made, number=1, **begun)
    tell(actor, "minutes_drafted", meeting.forum, at, meeting)
    return made


@operation(NOTE)
def write_minutes(
    *, actor: Actor, meeting_id: str, texts: Mapping[str, str], seen: str = "", at: datetime | None = None
) -> MinutesVersion:
    """Write what the minutes say of items (by the item's id). Sent out, it makes a new version that adjusters answer anew.

    `seen` is the fingerprint of what one began from; raises `Overtaken` with what is stored now when it is another.
    """
    minutes = held_minutes_for(actor, meeting_id, NOTE, at)
    at = at or clock.now()
    must_be_open(minutes)
    latest = latest_of(minutes)
    record = Record.from_json(latest.content)
    given = {key: _tidied(key, texts[key], was) for key, was in record.texts.items() if key in texts}
    check_not_overtaken(seen, fields_of(record), {f"text_{key}": text for key, text in given.items()})
    changed = record.written(given)
    if changed == record:
        raise Refused(_("Nothing is changed."))
    version = keep(minutes, changed, actor, at)
    told = {"version": version.number, "roles": asked_roles(minutes)}
    tell(actor, "minutes_written", minutes.meeting.forum, at, minutes.meeting, **told)
    return version


def _tidied(key: str, text: str, was: str) -> str:
    """What is written, where it is another than it was; what several wrote together may be longer than one writes."""
    if tidy(text).strip() == tidy(was).strip():
        return was
    found, field = Findings(), f"text_{key}"
    text = find_printable(found, field, tidy(found.text(field, text, required=False, longest=LONGEST_NOTE)))
    found.insist()
    return text


@operation(NOTE)
def gather_minutes_again(*, actor: Actor, meeting_id: str, at: datetime | None = None) -> MinutesVersion:
    """Take in anew who was there, what was decided and what is to be done. New notes are taken in where nobody has
    written in the minutes, and stand below what somebody has written."""
    minutes = held_minutes_for(actor, meeting_id, NOTE, at)
    at = at or clock.now()
    must_be_open(minutes)
    latest, fresh = latest_of(minutes), gather(minutes.meeting)
    record = Record.from_json(latest.content)
    anew = gathered_into(record, fresh, latest.gathered)
    if anew == record:
        raise Refused(_("Nothing has been noted since that is not in the minutes."))
    version = keep(minutes, anew, actor, at, fresh.texts)
    told = {"version": version.number, "roles": asked_roles(minutes)}
    tell(actor, "minutes_gathered", minutes.meeting.forum, at, minutes.meeting, **told)
    return version
