"""Series as pages and the API show them, and the dates of one before anybody says yes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.overtaking import fingerprint
from samordna.domain.forums import rhythm
from samordna.domain.forums.access import PREPARE, forum_for, visible_forums
from samordna.domain.forums.enums import AHEAD, MeetingState
from samordna.domain.forums.models import Forum, JointDay, Meeting
from samordna.domain.forums.phrases import joint_day_sentence
from samordna.domain.forums.rules import joint_dates
from samordna.domain.scheduling.access import series_for
from samordna.domain.scheduling.describing import describe, placed
from samordna.domain.scheduling.limits import HORIZON, MOST_PLANNED
from samordna.domain.scheduling.models import Occurrence, Series
from samordna.domain.scheduling.patterns import Wished, meetings_from
from samordna.domain.scheduling.phrases import oddity_sentence, series_sentence
from samordna.domain.scheduling.rows import terms_of
from samordna.domain.scheduling.wording import series_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """A day of a series. `remarks`: what is odd about it or is on the same day."""

    on: date
    starts_at: datetime
    ends_at: datetime
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a series would give: the sentence, and its days in the year ahead. `fingerprint`: of what was said of it."""

    sentence: str
    days: tuple[Coming, ...]
    fingerprint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OccurrenceRow:
    """A meeting of a series; `moved`: somebody has changed it by hand."""

    meeting_id: str
    on: date
    starts_at: datetime
    ends_at: datetime
    place: str
    state: str
    state_label: str
    moved: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesRow:
    """A series with its meetings from today on."""

    id: str
    forum_id: str
    forum: str
    sentence: str
    title: str
    place: str
    link: str
    rule: str
    dates: tuple[date, ...]
    left_out: tuple[date, ...]
    starts_on: date
    ends_on: date | None
    zone: str
    words: Mapping[str, str]
    coming: tuple[OccurrenceRow, ...]

    @property
    def fingerprint(self) -> str:
        """What a change of it hands back to say what it began from."""
        return fingerprint(self.words)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartOf:
    """Which series a meeting is part of; `planned_on`: the series' own day when the meeting has been moved from it."""

    id: str
    sentence: str
    planned_on: date | None


def series_of_forum(actor: Actor, forum_id: str, at: datetime) -> tuple[SeriesRow, ...]:
    """The forum's series, the running ones first: two queries beside those for the right."""
    forum = forum_for(actor, forum_id, at=at)
    rows = _with_meetings(Series.objects.filter(forum=forum).select_related("forum"), at)
    return tuple(sorted((_row(each) for each in rows), key=lambda row: (row.ends_on is not None, row.starts_on, row.id)))


def series_page(actor: Actor, series_id: str, at: datetime) -> SeriesRow:
    """One series."""
    series_for(actor, series_id, at=at)
    return _row(_with_meetings(Series.objects.filter(pk=series_id).select_related("forum"), at)[0])


def part_of(actor: Actor, meeting_id: str, at: datetime) -> PartOf | None:
    """The series that a meeting is part of, if it is and the actor may read it."""
    found = Occurrence.objects.filter(meeting_id=meeting_id, series__forum__in=visible_forums(actor, at))
    row = found.select_related("series", "meeting").first()
    if row is None:
        return None
    away = row.planned_on is not None and clock.day(row.meeting.starts_at) != row.planned_on
    return PartOf(
        id=row.series_id, sentence=series_sentence(terms_of(row.series)), planned_on=row.planned_on if away else None
    )


def preview(actor: Actor, forum_id: str, wished: Wished, at: datetime, but: str = "") -> Preview:
    """What this would give in the year ahead, with what is on the same days; `but` is the series that changes.

    Raises `Invalid` as starting the series would.
    """
    forum = forum_for(actor, forum_id, PREPARE, at)
    series = Series(forum=forum)
    describe(series, placed(wished, forum), at)
    terms = terms_of(series)
    met = meetings_from(terms, at, at + HORIZON, MOST_PLANNED)
    remarks = _remarks(forum, met, at, but)
    days = (
        Coming(
            on=each.planned.date(),
            starts_at=each.start,
            ends_at=each.end,
            remarks=tuple(filter(None, (oddity_sentence(each.oddity), *remarks[clock.day(each.start)]))),
        )
        for each in met
    )
    words = series_words(series) | {"starts_on": series.starts_on.isoformat()}
    return Preview(sentence=series_sentence(terms), days=tuple(days), fingerprint=fingerprint(words))


def _remarks(forum: Forum, met: Sequence[rhythm.Occurrence], at: datetime, but: str) -> Mapping[date, list[str]]:
    """What the forum has on the days of these meetings: other meetings of its, and joint days."""
    told: dict[date, list[str]] = defaultdict(list)
    first, last = met[0].start - timedelta(days=1), met[-1].end + timedelta(days=1)
    there = Meeting.objects.filter(forum=forum, state__in=AHEAD, starts_at__gte=first, starts_at__lt=last)
    for meeting in there.exclude(occurrence__series_id=but) if but else there:
        when = timezone.localtime(meeting.starts_at)
        known = {"name": meeting.title or forum.name, "time": f"{when:%H.%M}"}
        told[clock.day(when)].append(_("The forum meets already that day at %(time)s: %(name)s.") % known)
    for day in JointDay.objects.filter(forum=forum):
        since = clock.day(first)
        for on in joint_dates(day.weekday, day.every, day.valid_from, day.valid_to, since, MOST_PLANNED):
            told[on].append(_("Joint day: %(day)s.") % {"day": joint_day_sentence(day)})
    return told


def _with_meetings(found: QuerySet[Series], at: datetime) -> list[Series]:
    nearest = Occurrence.objects.filter(meeting__starts_at__gte=at, planned_on__isnull=False)
    nearest = nearest.select_related("meeting").order_by("meeting__starts_at", "pk")
    return list(found.prefetch_related(Prefetch("occurrences", nearest, to_attr="ahead")))


def _row(series: Series) -> SeriesRow:
    terms = terms_of(series)
    return SeriesRow(
        id=series.pk,
        forum_id=series.forum_id,
        forum=series.forum.name,
        sentence=series_sentence(terms),
        title=series.title,
        place=series.place,
        link=series.link,
        rule=series.rule,
        dates=terms.dates,
        left_out=terms.left_out,
        starts_on=series.starts_on,
        ends_on=series.ends_on,
        zone=series.zone,
        words=series_words(series),
        coming=tuple(_occurrence(each, series) for each in getattr(series, "ahead", ())),
    )


def _occurrence(row: Occurrence, series: Series) -> OccurrenceRow:
    meeting = row.meeting
    planned = (row.starts_at, row.ends_at, series.place)
    return OccurrenceRow(
        meeting_id=meeting.pk,
        on=row.planned_on or clock.day(row.starts_at),
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        place=meeting.place,
        state=meeting.state,
        state_label=str(MeetingState(meeting.state).label),
        moved=(meeting.starts_at, meeting.ends_at, meeting.place) != planned,
    )
