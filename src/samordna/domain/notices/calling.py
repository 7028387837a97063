"""The letter that calls somebody to a meeting, or tells that it is changed or cancelled: as the meeting is now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import formats
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from samordna.domain.forums.enums import MeetingState
from samordna.domain.forums.events import call_file
from samordna.domain.forums.models import CallAnswer, Meeting
from samordna.domain.notices.models import Notice


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """What such a letter has besides what every letter has. The subject names the day, and never the meeting."""

    subject: str
    parts: tuple[str, ...]
    file: str
    method: str


def call_of(notice: Notice, email: str, at: datetime) -> Call:
    """The call that the notice tells of, to its reader, who may read the meeting. A letter that was long on its way tells
    how things stand when it is written: two changes are one."""
    meeting = Meeting.objects.select_related("forum").get(pk=notice.about_id)
    answer = CallAnswer.objects.filter(meeting=meeting, role=notice.role_id, sequence=meeting.sequence).first()
    file, method = call_file(meeting, email, answer.says if answer else "", at)
    day = formats.date_format(localtime(meeting.starts_at), "j F Y")
    return Call(subject=_subject(meeting, notice) % {"day": day}, parts=tuple(_parts(meeting)), file=file, method=method)


def _subject(meeting: Meeting, notice: Notice) -> str:
    if meeting.state == MeetingState.CANCELLED:
        return _("Samordna: the meeting on %(day)s is cancelled")
    if notice.kind == "meeting_called":
        return _("Samordna: you are called to a meeting on %(day)s")
    return _("Samordna: the meeting has changed and is on %(day)s")


def _parts(meeting: Meeting) -> list[str]:
    if meeting.state == MeetingState.CANCELLED:
        return []
    begins, ends = localtime(meeting.starts_at), localtime(meeting.ends_at)
    day = formats.date_format(begins, "l j F Y")
    when = _("When: %(day)s, %(begins)s–%(ends)s") % {"day": day, "begins": f"{begins:%H.%M}", "ends": f"{ends:%H.%M}"}
    said = [when, _("Where: %(place)s") % {"place": meeting.place}] if meeting.place else [when]
    return ["\n".join(said), _("Say on the page whether you come, by yourself or by a deputy.")]
