"""Rhythm: when a series of meetings meets, as a rule with exceptions, in local time.

Concept. A *rule* says on which days (every second Tuesday, the last weekday of the month), in the words of RFC 5545,
3.3.10. A *series* adds the time of day, how long, the time zone, extra times, times left out, and meetings moved to another
time. A rule is about days; the time of day is the series' own. So rules that repeat within a day are not read, and the work
for a rule is bounded by the days that are looked at, never by what the rule might give.

Local time is what was agreed. Twice a year it is odd: a time that the clocks skip is taken as if they had not been changed
yet (02:30 becomes 03:30), one that comes twice is the first of the two (RFC 5545, 3.3.5). Such a meeting is told with its
`oddity`. How long it lasts is real time.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

MOST_OCCURRENCES = 1_000  # in one answer
MOST_COUNTED = 500  # COUNT of one rule
MOST_VALUES = 50  # in one list of a rule
LONGEST_INTERVAL = 366
LONGEST_RULE = 1_000  # characters
MOST_DAYS = 40_000  # looked at for one answer; some 109 years
LONGEST_MEETING = 14 * 24 * 60  # minutes


class Every(StrEnum):
    """What a rule steps by, in RFC 5545's words."""

    DAY = "DAILY"
    WEEK = "WEEKLY"
    MONTH = "MONTHLY"
    YEAR = "YEARLY"


class Fault(StrEnum):
    """Why a rule or a series is refused. With each goes the limit that it passed, or the word that cannot be read."""

    UNREADABLE = "unreadable"
    NOT_READ = "not_read"  # a part of RFC 5545 that is about something else than days
    TOO_OFTEN = "too_often"  # within a day
    TOO_LONG = "too_long"
    TOO_MANY_COUNTED = "too_many_counted"
    TOO_MANY_VALUES = "too_many_values"
    INTERVAL = "interval"
    BOTH_ENDS = "both_ends"
    TOO_MANY = "too_many"
    TOO_FAR = "too_far"
    MEETING_LENGTH = "meeting_length"
    ZONE = "zone"


class Refused(ValueError):
    """The rule, or what was asked of it, is refused: the fault, and the limit or the word it is about."""

    def __init__(self, fault: Fault, about: int | str = "") -> None:
        super().__init__(f"{fault}: {about}")
        self.fault, self.about = fault, about


DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """On which days. `by_day`: (n, weekday), where n counts within the month or year, from the end when negative, 0 for
    each.

    `until` is a day, the last one, or a moment: in UTC, or in local time when it has no zone.
    """

    every: Every
    interval: int = 1
    count: int | None = None
    until: date | None = None
    by_month: tuple[int, ...] = ()
    by_month_day: tuple[int, ...] = ()
    by_year_day: tuple[int, ...] = ()
    by_day: tuple[tuple[int, int], ...] = ()
    by_place: tuple[int, ...] = ()
    week_start: int = 0

    def __post_init__(self) -> None:
        if not 1 <= self.interval <= LONGEST_INTERVAL:
            raise Refused(Fault.INTERVAL, LONGEST_INTERVAL)
        if self.count is not None and self.until is not None:
            raise Refused(Fault.BOTH_ENDS)
        if self.count is not None and not 1 <= self.count <= MOST_COUNTED:
            raise Refused(Fault.TOO_MANY_COUNTED, MOST_COUNTED)
        lists = (self.by_month, self.by_month_day, self.by_year_day, self.by_day, self.by_place)
        if any(len(each) > MOST_VALUES for each in lists):
            raise Refused(Fault.TOO_MANY_VALUES, MOST_VALUES)
        if self.every is Every.WEEK and self.by_month_day:
            raise Refused(Fault.NOT_READ, "BYMONTHDAY")
        if self.every is not Every.YEAR and self.by_year_day:
            raise Refused(Fault.NOT_READ, "BYYEARDAY")
        if self.every in (Every.DAY, Every.WEEK) and any(number for number, _day in self.by_day):
            raise Refused(Fault.NOT_READ, "BYDAY")


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """Where one meeting of a series was moved to, in local time, and how long it is there."""

    start: datetime
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Meetings that come again. All times are local, without a zone; `moved` is by the time that the rule gives."""

    start: datetime
    minutes: int
    zone: str = "Europe/Stockholm"
    rule: Rule | None = None
    extra: frozenset[datetime] = frozenset()
    left_out: frozenset[datetime] = frozenset()
    moved: Mapping[datetime, Moved] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for minutes in (self.minutes, *(each.minutes for each in self.moved.values())):
            if not 0 <= minutes <= LONGEST_MEETING:
                raise Refused(Fault.MEETING_LENGTH, LONGEST_MEETING)
        zone(self.zone)
        if max(len(self.extra), len(self.left_out), len(self.moved)) > MOST_OCCURRENCES:
            raise Refused(Fault.TOO_MANY, MOST_OCCURRENCES)


class Oddity(StrEnum):
    """What is odd about a local time on a night when the clocks change."""

    SKIPPED = "skipped"
    TWICE = "twice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """One meeting: from, to, the local time that the rule gives for it, and what is odd about its time."""

    start: datetime
    end: datetime
    planned: datetime
    oddity: Oddity | None = None


@lru_cache(maxsize=64)
def zone(name: str) -> ZoneInfo:
    """The zone of a name in the IANA database. Raises `Refused`."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as unknown:
        raise Refused(Fault.ZONE, name[:80]) from unknown


def moment(local: datetime, at: ZoneInfo) -> tuple[datetime, Oddity | None]:
    """A local time as a real moment in its zone, and what is odd about it."""
    first = local.replace(tzinfo=at, fold=0)
    real = first.astimezone(UTC).astimezone(at)
    if real.replace(tzinfo=None) != local:
        return real, Oddity.SKIPPED
    return real, None if first.utcoffset() == first.replace(fold=1).utcoffset() else Oddity.TWICE


@dataclass(slots=True)
class Budget:
    """How many days may still be looked at; one budget can be shared by many series."""

    left: int = MOST_DAYS

    def spend(self, looked: int) -> None:
        """Raises `Refused` when there is not so much left."""
        self.left -= looked
        if self.left < 0:
            raise Refused(Fault.TOO_FAR, MOST_DAYS)


def occurrences(
    series: Series, since: datetime, until: datetime, most: int = MOST_OCCURRENCES, budget: Budget | None = None
) -> tuple[Occurrence, ...]:
    """The meetings that begin from `since` up to but not including `until`, in order.

    Raises `Refused` when they are more than `most`, or when the budget does not reach to say which they are.
    """
    at = zone(series.zone)
    first, last = (each.astimezone(at).replace(tzinfo=None, fold=0) for each in (since, until))
    day = timedelta(days=1)
    found: list[Occurrence] = []
    for planned in _planned(series, first - day, last + day, budget or Budget()):
        if planned in series.left_out or planned in series.moved:
            continue
        _keep(found, _occurrence(planned, planned, series.minutes, at), since, until, most)
    for planned, to in series.moved.items():
        _keep(found, _occurrence(to.start, planned, to.minutes, at), since, until, most)
    return tuple(sorted(found, key=lambda each: (each.start.astimezone(UTC), each.planned)))


def _keep(found: list[Occurrence], one: Occurrence, since: datetime, until: datetime, most: int) -> None:
    if since <= one.start < until:
        if len(found) == most:
            raise Refused(Fault.TOO_MANY, most)
        found.append(one)


def _occurrence(local: datetime, planned: datetime, minutes: int, at: ZoneInfo) -> Occurrence:
    start, oddity = moment(local, at)
    end = (start.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(at)
    return Occurrence(start=start, end=end, planned=planned, oddity=oddity)


def _planned(series: Series, first: datetime, last: datetime, budget: Budget) -> Iterator[datetime]:
    """Local times from `first` to `last`; every one once."""
    extra = {each for each in series.extra if first <= each <= last}
    if series.rule is None:
        yield from extra | ({series.start} if first <= series.start <= last else set())
        return
    at = zone(series.zone)
    hour = series.start.time()
    for on in days(series.rule, series.start, first.date(), last.date(), at, budget):
        local = datetime.combine(on, hour)
        extra.discard(local)
        yield local
    yield from extra


def days(rule: Rule, start: datetime, since: date, last: date, at: ZoneInfo, budget: Budget) -> Iterator[date]:
    """The rule's days from `since` to `last`, each once and in order. Raises `Refused` when the budget is used up.

    A rule that counts is counted from its start, so that it costs all the days since then.
    """
    given = 0
    for on in _without_end(rule, start.date(), start.date() if rule.count else max(since, start.date()), last, budget):
        if on < start.date():
            continue
        if on > last:
            return
        if _ended(rule, datetime.combine(on, start.time()), at):
            return
        given += 1
        if on >= since:
            yield on
        if given == rule.count:
            return


def _ended(rule: Rule, local: datetime, at: ZoneInfo) -> bool:
    if isinstance(rule.until, datetime):
        return (moment(local, at)[0] if rule.until.tzinfo else local) > rule.until
    return rule.until is not None and local.date() > rule.until


def _without_end(rule: Rule, start: date, since: date, last: date, budget: Budget) -> Iterator[date]:
    for begins, length in _periods(rule, start, since):
        if begins > last:
            return
        budget.spend(length)
        chosen = [on for on in _days_from(begins, length) if _matches(rule, on, start)]
        if rule.by_place:
            many = len(chosen)
            places = {place - 1 if place > 0 else many + place for place in rule.by_place}
            chosen = [on for number, on in enumerate(chosen) if number in places]
        yield from chosen


def _days_from(begins: date, length: int) -> Iterator[date]:
    for number in range(length):
        try:
            yield begins + timedelta(days=number)
        except OverflowError:
            return


def _periods(rule: Rule, start: date, since: date) -> Iterator[tuple[date, int]]:
    """The periods that the rule looks at, each with its first day and length, from the one that `since` falls in."""
    try:
        match rule.every:
            case Every.DAY | Every.WEEK:
                size = 1 if rule.every is Every.DAY else 7
                begins = start if size == 1 else start - timedelta(days=(start.weekday() - rule.week_start) % 7)
                step = timedelta(days=size * rule.interval)
                begins += step * max(0, (since - begins) // step)
                while True:
                    yield begins, size
                    begins += step
            case Every.MONTH:
                number, now = start.year * 12 + start.month - 1, since.year * 12 + since.month - 1
                number += rule.interval * max(0, (now - number) // rule.interval)
                while True:
                    year, month = divmod(number, 12)
                    yield date(year, month + 1, 1), monthrange(year, month + 1)[1]
                    number += rule.interval
            case Every.YEAR:
                year = start.year + rule.interval * max(0, (since.year - start.year) // rule.interval)
                while True:
                    yield date(year, 1, 1), date(year, 12, 31).timetuple().tm_yday
                    year += rule.interval
    except (OverflowError, ValueError):  # the year 9999 is over
        return


def _matches(rule: Rule, on: date, start: date) -> bool:
    """Is the day, in a period of the rule, one of its days? What the rule does not say is as on the first day."""
    length = monthrange(on.year, on.month)[1]
    if rule.by_month and on.month not in rule.by_month:
        return False
    if rule.by_month_day and not {on.day, on.day - length - 1} & set(rule.by_month_day):
        return False
    year = date(on.year, 12, 31).timetuple().tm_yday
    of_year = on.timetuple().tm_yday
    if rule.by_year_day and not {of_year, of_year - year - 1} & set(rule.by_year_day):
        return False
    if rule.by_day:
        monthly = rule.every is Every.MONTH or bool(rule.by_month)
        place, last = (on.day, length) if monthly else (of_year, year)
        numbers = {0, (place - 1) // 7 + 1, -((last - place) // 7) - 1}
        return any(weekday == on.weekday() and number in numbers for number, weekday in rule.by_day)
    if rule.by_month_day or rule.by_year_day or rule.every is Every.DAY:
        return True
    if rule.every is Every.WEEK:
        return on.weekday() == start.weekday()
    return on.day == start.day and (rule.every is Every.MONTH or bool(rule.by_month) or on.month == start.month)
