"""A series' meetings, made of its rule: which are missing, and those that a change of the rule moves or cancels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from samordna.core.actor import Actor
from samordna.core.errors import TooLarge
from samordna.domain.forums import rhythm
from samordna.domain.forums.enums import AHEAD, ItemState, MeetingState
from samordna.domain.forums.limits import MOST_AHEAD
from samordna.domain.forums.models import Item, Meeting
from samordna.domain.forums.operations.raising import must_fit
from samordna.domain.forums.operations.telling import tell as tell_of_meeting
from samordna.domain.scheduling.limits import FAR_FROM, HORIZON, MOST_PLANNED
from samordna.domain.scheduling.models import Occurrence, Series
from samordna.domain.scheduling.patterns import meetings_from, pair_days
from samordna.domain.scheduling.rows import terms_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """What a change did: how many meetings followed, were made and cancelled, and which stayed because somebody moved
    them."""

    followed: int = 0
    made: int = 0
    cancelled: int = 0
    stayed: tuple[Meeting, ...] = ()


def missing(series: Series, at: datetime) -> list[rhythm.Occurrence]:
    """The meetings that the series should have ahead of it and has not, as far as it plans ahead."""
    taken = {each for each in series.occurrences.values_list("planned_on", flat=True) if each}
    ahead = Meeting.objects.filter(forum_id=series.forum_id, state__in=AHEAD)
    own = ahead.filter(occurrence__series=series).count()
    found = meetings_from(terms_of(series), at, at + HORIZON, rhythm.MOST_OCCURRENCES)
    new = [each for each in found if each.planned.date() not in taken and _within(series, each.planned.date())]
    return new[: max(0, min(MOST_PLANNED - own, MOST_AHEAD - ahead.count()))]


def _within(series: Series, on: date) -> bool:
    return series.ends_on is None or on < series.ends_on


def make(series: Series, wanted: Sequence[rhythm.Occurrence], at: datetime) -> int:
    """Plan these meetings."""
    meetings = [
        Meeting(
            forum_id=series.forum_id,
            title=series.title,
            place=series.place,
            link=series.link,
            starts_at=each.start,
            ends_at=each.end,
            planned_at=at,
        )
        for each in wanted
    ]
    Meeting.objects.bulk_create(meetings)
    Occurrence.objects.bulk_create(
        Occurrence(series=series, meeting=meeting, planned_on=each.planned.date(), starts_at=each.start, ends_at=each.end)
        for meeting, each in zip(meetings, wanted, strict=True)
    )
    return len(meetings)


def must_have_room(series: Series, at: datetime) -> None:
    """The forum has room for more meetings ahead of it."""
    if Meeting.objects.filter(forum_id=series.forum_id, state__in=AHEAD).count() >= MOST_AHEAD:
        raise TooLarge(_("A forum has at most %(most)s meetings ahead of it.") % {"most": MOST_AHEAD})


def coming(series: Series, since: date, at: datetime) -> list[Occurrence]:
    """The series' days from a day on, with their meetings: those that have not been held."""
    found = series.occurrences.filter(planned_on__gte=since).select_related("meeting").order_by("planned_on")
    gone = (MeetingState.HELD, MeetingState.MINUTED)
    return [each for each in found if each.meeting.state not in gone and each.meeting.starts_at > at]


def moved(row: Occurrence, series: Series) -> bool:
    """Has somebody changed this meeting by hand, or cancelled it?"""
    meeting = row.meeting
    as_planned = (row.starts_at, row.ends_at, series.title, series.place, series.link)
    given = (meeting.starts_at, meeting.ends_at, meeting.title, meeting.place, meeting.link)
    return given != as_planned or meeting.state not in AHEAD


def follow(actor: Actor, before: Series, series: Series, at: datetime) -> Followed:
    """Let the meetings from the series' first day on follow its new rule; `before` is the series as it was."""
    rows = coming(series, series.starts_on, at)
    by_day = {row.planned_on: row for row in rows if row.planned_on}
    wanted = {each.planned.date(): each for each in meetings_from(terms_of(series), at, at + HORIZON, MOST_PLANNED)}
    over = series.occurrences.exclude(pk__in=[row.pk for row in rows])  # also those that were held before their day
    taken = set(over.values_list("planned_on", flat=True))
    wanted = {day: each for day, each in wanted.items() if day not in taken}
    paired = pair_days(list(by_day), list(wanted), FAR_FROM)
    by_hand = {row.pk for row in rows if moved(row, before)}
    series.occurrences.filter(pk__in=[row.pk for row in rows]).update(planned_on=None)
    for day, old in paired.pairs.items():
        _follow_one(actor, series, by_day[old], day, wanted[day], at, by_hand)
    cancelled = cancel(actor, [by_day[day] for day in paired.left if by_day[day].pk not in by_hand], series, at)
    stayed = tuple(row.meeting for row in rows if row.pk in by_hand and row.meeting.state in AHEAD)
    made = make(series, missing(series, at), at)
    followed = sum(1 for old in paired.pairs.values() if by_day[old].pk not in by_hand)
    return Followed(followed=followed, made=made, cancelled=cancelled, stayed=stayed)


def _follow_one(
    actor: Actor,
    series: Series,
    row: Occurrence,
    day: date,
    wanted: rhythm.Occurrence,
    at: datetime,
    by_hand: set[str],
) -> None:
    row.planned_on, row.starts_at, row.ends_at = day, wanted.start, wanted.end
    row.save(update_fields=["planned_on", "starts_at", "ends_at"])
    if row.pk in by_hand:
        return
    meeting = row.meeting
    told = ("starts_at", "ends_at", "title", "place", "link")
    was = tuple(getattr(meeting, name) for name in told)
    when_and_where = (meeting.starts_at, meeting.ends_at, meeting.place)
    meeting.starts_at, meeting.ends_at = wanted.start, wanted.end
    meeting.title, meeting.place, meeting.link = series.title, series.place, series.link
    if tuple(getattr(meeting, name) for name in told) != was:
        if when_and_where != (meeting.starts_at, meeting.ends_at, meeting.place):  # another name asks nobody to answer anew
            meeting.sequence += 1
        meeting.save(update_fields=[*told, "sequence"])
        when = {"starts_at": meeting.starts_at.isoformat(), "place": meeting.place}
        if meeting.state == MeetingState.CALLED:
            tell_of_meeting(actor, "meeting_changed", series.forum, at, meeting, **when)


def cancel(actor: Actor, rows: Sequence[Occurrence], series: Series, at: datetime) -> int:
    """Cancel these meetings, which the series does not have any more. Their items go back to the backlog."""
    reason = _("The series of meetings was changed.")
    back = Item.objects.filter(meeting__in=[row.meeting_id for row in rows], state=ItemState.OPEN)
    must_fit(series.forum, None, back.count())
    for row in rows:
        meeting = row.meeting
        meeting.state, meeting.cancelled_at, meeting.cancelled_reason = MeetingState.CANCELLED, at, reason
        meeting.sequence += 1
        meeting.save(update_fields=["state", "cancelled_at", "cancelled_reason", "sequence"])
        tell_of_meeting(actor, "meeting_cancelled", series.forum, at, meeting, reason=reason)
    back.update(meeting=None)
    Occurrence.objects.filter(pk__in=[row.pk for row in rows]).update(planned_on=None)
    return len(rows)
