"""Meetings: planned, called, moved, held, minuted or cancelled."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from django.utils import timezone
from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Refused, TooLarge
from samordna.core.operation import operation
from samordna.core.overtaking import check_not_overtaken
from samordna.domain.forums.access import PREPARE
from samordna.domain.forums.enums import AHEAD, ItemState, MeetingState
from samordna.domain.forums.happened import must_not_be_opened, must_not_go_on
from samordna.domain.forums.limits import MOST_AHEAD
from samordna.domain.forums.models import Item, Meeting
from samordna.domain.forums.operations.holding import held_forum_for, held_meeting_for
from samordna.domain.forums.operations.hours import find_hours, find_within_reach
from samordna.domain.forums.operations.raising import must_fit
from samordna.domain.forums.operations.telling import tell
from samordna.domain.forums.wording import meeting_words
from samordna.domain.organisations.findings import Findings


@operation("forum.prepare")
def plan_meeting(
    *,
    actor: Actor,
    forum_id: str,
    on: date,
    begins: time,
    ends: time,
    title: str = "",
    place: str = "",
    link: str = "",
    at: datetime | None = None,
) -> Meeting:
    """Plan a meeting on a day, at times as the clocks show them where the installation is."""
    forum = held_forum_for(actor, forum_id, PREPARE, at)
    at = at or clock.now()
    made = Meeting(forum=forum, planned_at=at)
    _describe(made, on, begins, ends, title, place or forum.place, link, at)
    if forum.meetings.filter(state__in=AHEAD).count() >= MOST_AHEAD:
        raise TooLarge(_("A forum has at most %(most)s meetings ahead of it.") % {"most": MOST_AHEAD})
    made.save(force_insert=True)
    tell(actor, "meeting_planned", forum, at, made, starts_at=made.starts_at.isoformat(), place=made.place)
    return made


@operation("forum.prepare")
def change_meeting(
    *,
    actor: Actor,
    meeting_id: str,
    on: date,
    begins: time,
    ends: time,
    title: str = "",
    place: str = "",
    link: str = "",
    seen: str = "",
    at: datetime | None = None,
) -> Meeting:
    """Say anew when and where a meeting is that is still to come; without a place, where the forum usually meets.

    `seen` is the fingerprint of what one began from; raises `Overtaken` with what is stored now when it is another.
    """
    meeting = held_meeting_for(actor, meeting_id, PREPARE, at)
    at = at or clock.now()
    _must_be_ahead(meeting)
    must_not_be_opened(meeting.pk)
    place = place or meeting.forum.place
    stored = meeting_words(meeting.starts_at, meeting.ends_at, meeting.title, meeting.place, meeting.link)
    before = (meeting.starts_at, meeting.ends_at, meeting.place)
    given = {"on": on, "begins": f"{begins:%H:%M}", "ends": f"{ends:%H:%M}", "title": title, "place": place, "link": link}
    check_not_overtaken(seen, stored, given)
    _describe(meeting, on, begins, ends, title, place, link, at)
    if before != (meeting.starts_at, meeting.ends_at, meeting.place):  # another name asks nobody to answer anew
        meeting.sequence += 1
    meeting.save(update_fields=["title", "starts_at", "ends_at", "place", "link", "sequence"])
    when = {"starts_at": meeting.starts_at.isoformat(), "place": meeting.place}
    tell(actor, "meeting_changed", meeting.forum, at, meeting, **when)
    return meeting


@operation("forum.prepare")
def call_meeting(*, actor: Actor, meeting_id: str, at: datetime | None = None) -> Meeting:
    """Call those who sit in the forum to the meeting."""
    meeting = held_meeting_for(actor, meeting_id, PREPARE, at)
    at = at or clock.now()
    _must_be_ahead(meeting)
    if meeting.state == MeetingState.CALLED:
        raise Refused(_("The meeting is called already."))
    meeting.state, meeting.called_at = MeetingState.CALLED, at
    meeting.sequence += 1
    meeting.save(update_fields=["state", "called_at", "sequence"])
    tell(actor, "meeting_called", meeting.forum, at, meeting)
    return meeting


@operation("forum.prepare")
def hold_meeting(*, actor: Actor, meeting_id: str, at: datetime | None = None) -> Meeting:
    """Say that the meeting has been held. What was not taken up is carried over or withdrawn by whoever prepares."""
    meeting = held_meeting_for(actor, meeting_id, PREPARE, at)
    at = at or clock.now()
    _must_be_ahead(meeting)
    must_not_go_on(meeting.pk)
    if clock.day(meeting.starts_at) > clock.day(at):
        raise Refused(_("The meeting's day has not come yet. If it is held today instead, change its day to today first."))
    meeting.state, meeting.held_at = MeetingState.HELD, at
    meeting.save(update_fields=["state", "held_at"])
    tell(actor, "meeting_held", meeting.forum, at, meeting)
    return meeting


@operation("forum.prepare")
def cancel_meeting(*, actor: Actor, meeting_id: str, reason: str, at: datetime | None = None) -> Meeting:
    """Cancel a meeting that is still to come, and say why. Its items go back to the backlog."""
    meeting = held_meeting_for(actor, meeting_id, PREPARE, at, winding_up=True)
    at = at or clock.now()
    _must_be_ahead(meeting)
    must_not_be_opened(meeting.pk)
    found = Findings()
    meeting.cancelled_reason = found.text("reason", reason, longest=2_000)
    found.insist()
    back = Item.objects.filter(meeting=meeting, state=ItemState.OPEN)
    must_fit(meeting.forum, None, back.count())
    meeting.state, meeting.cancelled_at = MeetingState.CANCELLED, at
    meeting.sequence += 1
    meeting.save(update_fields=["state", "cancelled_at", "cancelled_reason", "sequence"])
    back.update(meeting=None)
    tell(actor, "meeting_cancelled", meeting.forum, at, meeting, reason=reason)
    return meeting


def _must_be_ahead(meeting: Meeting) -> None:
    if meeting.state == MeetingState.CANCELLED:
        raise Refused(_("The meeting is cancelled. Plan a new one instead."))
    if meeting.state not in AHEAD:
        raise Refused(_("The meeting has been held, so it is not changed any more."))


def _describe(
    meeting: Meeting, on: date, begins: time, ends: time, title: str, place: str, link: str, at: datetime
) -> None:
    found = Findings()
    if on < clock.day(at):
        found.say("on", _("Choose today or a later day."))
    possible = find_within_reach(found, "on", on, clock.day(at)) and on >= clock.day(at)
    if find_hours(found, begins, ends) and possible:
        meeting.starts_at = _moment(found, "begins", on, begins)
        meeting.ends_at = _moment(found, "ends", on, ends)
    meeting.title = found.line("title", title, 120, required=False)
    meeting.place = found.line("place", place, 200, required=False)
    meeting.link = found.line("link", link, 300, required=False)
    if meeting.link and not meeting.link.startswith("https://"):
        found.say("link", _("A link begins with https://."))
    found.insist()


def _moment(found: Findings, field: str, on: date, clocks: time) -> datetime:
    """The moment at which the clocks show this. On the night when they are put forward, an hour is not there."""
    wanted = datetime.combine(on, clocks)
    moment = timezone.make_aware(wanted).astimezone(UTC)
    if timezone.make_naive(moment) != wanted:
        found.say(field, _("The clocks are put forward that night, and never show this. Choose another time."))
    return moment
