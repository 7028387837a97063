"""A question about a time as `finding_times` weighs it: from stored answers and busy hours.

A role is busy when all of its holders who have given their hours are. An answer about a time counts before any calendar.
Beyond what a calendar was read for nothing is known, and unknown is perhaps: neither free nor busy.
The forum's own other meetings take no place of their own here; they are told beside the times.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import groupby

from django.conf import settings

from samordna.core import clock
from samordna.domain.forums import rhythm
from samordna.domain.forums.finding_times import Search
from samordna.domain.forums.time_wishes import Engaged, Need, Person, Place, Say, Wish, working_starts
from samordna.domain.organisations.models import Holding
from samordna.domain.scheduling.models import Asked, BusyHours, Spot, TimeOption, TimeQuestion, TimeReply

ANYWHERE = Place(id="")
"""Where one meets when no place has been named."""
NO_START = datetime(2000, 1, 1, tzinfo=UTC)
STEP = 30  # minutes between two starts that are weighed


def search_of(question: TimeQuestion, at: datetime, options: Sequence[TimeOption] | None = None) -> Search:
    """All starts of the window that are still to come, or those of these proposed times. Raises `TooMuch`.

    Four queries.
    """
    asked = list(question.asked.select_related("role"))
    spots = list(question.spots.filter(removed_at__isnull=True))
    replies = list(TimeReply.objects.filter(asked__in=asked, option__withdrawn_at__isnull=True).select_related("option"))
    hours = list(BusyHours.objects.filter(asked__in=asked, holding__in=Holding.objects.on(clock.day(at))))
    starts = window_starts(question, at) if options is None else tuple(each.starts_at for each in options)
    return Search(wish_of(question, starts, asked, spots, replies, hours))


def window_starts(question: TimeQuestion, at: datetime) -> tuple[datetime, ...]:
    """Every half hour of the window that is still to come."""
    zone = rhythm.zone(settings.TIME_ZONE)
    span = range((question.last_on - question.first_on).days + 1)
    days = [
        day for day in (question.first_on + timedelta(days=each) for each in span) if day.weekday() in question.weekdays
    ]
    starts = working_starts(days, zone, question.minutes, question.opens, question.closes, STEP)
    return tuple(start for start in starts if start > at)


def wish_of(
    question: TimeQuestion,
    starts: tuple[datetime, ...],
    asked: Sequence[Asked],
    spots: Sequence[Spot],
    replies: Iterable[TimeReply],
    hours: Iterable[BusyHours],
) -> Wish:
    """What is looked for, as values."""
    said: dict[str, dict[datetime, Say]] = defaultdict(dict)
    for reply in replies:
        said[reply.asked_id][reply.option.starts_at] = Say(reply.suits)
    given: dict[str, list[BusyHours]] = defaultdict(list)
    for each in hours:
        given[each.asked_id].append(each)
    first = _minute(min(starts, default=NO_START)) - 1
    last = _minute(max(starts, default=NO_START)) + question.minutes + 1
    return Wish(
        starts=starts,
        minutes=question.minutes,
        persons=tuple(
            Person(
                id=each.pk,
                organisation=each.role.organisation_id,
                need=Need(each.wanted),
                home=f"home {each.role.organisation_id}",
                engaged=tuple(_engaged(given[each.pk], first, last)),
                answers=said[each.pk],
            )
            for each in asked
        ),
        places=tuple(Place(id=spot.pk, seats=spot.seats, online=spot.online) for spot in spots) or (ANYWHERE,),
        travel={
            frozenset((f"home {organisation}", spot.pk)): minutes
            for spot in spots
            for organisation, minutes in spot.travel.items()
        },
    )


def unknown_then(given: Sequence[BusyHours], start: datetime, end: datetime) -> bool:
    """Is it unknown whether the role can: none of its calendars says that it is free, and one does not say at all?"""
    begins, ends = _minute(start), _minute(end)
    free = any(
        each.covers(start, end) and not any(one < ends and other > begins for one, other, _perhaps in each.spans)
        for each in given
    )
    return not free and not all(each.covers(start, end) for each in given)


def _engaged(given: Sequence[BusyHours], first: int, last: int) -> Iterable[Engaged]:
    """When all of them are busy, of the minutes from `first` to `last`; perhaps, when one of them only perhaps is."""
    edges = sorted(
        (minute, step, tentative)
        for each in given
        for start, end, tentative in (*each.spans, *_unknown(each, first, last))
        for minute, step in ((start, 1), (end, -1))
    )
    busy = perhaps = 0
    begun: tuple[int, bool] | None = None
    for minute, together in groupby(edges, key=lambda edge: edge[0]):
        if begun is not None:
            yield Engaged(start=_moment(begun[0]), end=_moment(minute), tentative=begun[1])
        for _minute, step, tentative in together:
            busy += step
            perhaps += step * tentative
        begun = (minute, perhaps > 0) if given and busy >= len(given) else None


def _unknown(each: BusyHours, first: int, last: int) -> Iterable[tuple[int, int, int]]:
    """Before and after what the calendar was read for."""
    since, until = _minute(each.since), _minute(each.until)
    spans = ((first, min(since, last), 1), (max(until, first), last, 1))
    return (span for span in spans if span[0] < span[1])


def _minute(at: datetime) -> int:
    return int(at.timestamp()) // 60


def _moment(minute: int) -> datetime:
    return datetime.fromtimestamp(minute * 60, UTC)
