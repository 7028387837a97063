"""Locking: what was adjusted is kept as it is for good; what turns out to be wrong is said beside it."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Refused, TooLarge
from samordna.core.operation import operation
from samordna.domain.agreements.rendering.pdf import pdf_of
from samordna.domain.forums.enums import MeetingState
from samordna.domain.forums.operations.telling import tell
from samordna.domain.minutes.enums import MinutesState
from samordna.domain.minutes.limits import LONGEST_WORDS, MOST_NOTES
from samordna.domain.minutes.models import CorrectionNote, LockedMinutes, Minutes, MinutesVersion
from samordna.domain.minutes.operations.holding import held_minutes_for, latest_of, must_not_be_locked
from samordna.domain.minutes.queries.documents import document_of_version
from samordna.domain.minutes.record import digest_of
from samordna.domain.organisations.findings import Findings
from samordna.domain.proceedings.access import NOTE


@operation(NOTE)
def lock_minutes(*, actor: Actor, meeting_id: str, at: datetime | None = None) -> Minutes:
    """Lock adjusted minutes: their text, digest and PDF are kept, and the meeting is minuted."""
    minutes = held_minutes_for(actor, meeting_id, NOTE, at)
    at = at or clock.now()
    must_not_be_locked(minutes)
    if minutes.state != MinutesState.ADJUSTED:
        raise Refused(_("The minutes are locked when all who were asked to adjust them have agreed."))
    version, meeting = latest_of(minutes), minutes.meeting
    given = {"state": MinutesState.LOCKED, "locked_at": at, "locked_by_id": actor.holding_id}
    Minutes.objects.filter(pk=minutes.pk).update(digest=digest_of(version.content), **given)
    minutes.refresh_from_db(fields=["state", "locked_at", "locked_by", "digest"])
    LockedMinutes.objects.create(version=version, pdf=_printed(minutes, version, at))
    meeting.state, meeting.minuted_at = MeetingState.MINUTED, at
    meeting.save(update_fields=["state", "minuted_at"])
    tell(actor, "minutes_locked", meeting.forum, at, meeting, version=version.number, digest=minutes.digest)
    return minutes


def _printed(minutes: Minutes, version: MinutesVersion, at: datetime) -> bytes:
    return pdf_of(document_of_version(minutes, version), at, numbered=False, spelled=True)


@operation(NOTE)
def note_correction(*, actor: Actor, meeting_id: str, text: str, at: datetime | None = None) -> CorrectionNote:
    """Say what turned out to be wrong in locked minutes. Their own text is not changed."""
    minutes = held_minutes_for(actor, meeting_id, NOTE, at)
    at = at or clock.now()
    if minutes.state != MinutesState.LOCKED:
        raise Refused(_("The minutes are not locked yet. Change what is wrong in them instead."))
    found = Findings()
    text = found.text("text", text, longest=LONGEST_WORDS)
    found.insist()
    number = minutes.corrections.count() + 1
    if number > MOST_NOTES:
        raise TooLarge(_("Minutes have at most %(most)s correction notes.") % {"most": MOST_NOTES})
    given = {"text": text, "written_at": at, "written_by_id": actor.holding_id}
    made = CorrectionNote.objects.create(minutes=minutes, number=number, **given)
    tell(actor, "minutes_corrected", minutes.meeting.forum, at, minutes.meeting, number=number)
    return made
