"""How people say that something comes again, as rules; and rules as people say them. Pure.

Concept. A form knows four patterns and the rule itself. Months in which one does not meet are those that the rule leaves
out of BYMONTH. What a form cannot say of a rule that came from elsewhere, it shows as the rule.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from samordna.domain.forums import rhythm
from samordna.domain.forums.rhythm import Every, Occurrence, Rule
from samordna.domain.forums.rule_text import read_rule, write_rule
from samordna.domain.scheduling.enums import Pattern

MONTHS = range(1, 13)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A pattern as a form says it. `nth`: which such weekday of the month, -1 for the last; `not_in`: months."""

    pattern: str = Pattern.WEEKS
    weekday: int = 0
    every: int = 1
    nth: int = 1
    month_day: int = 1
    not_in: tuple[int, ...] = ()
    until: date | None = None
    count: int | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wished:
    """What is said of a series, as it was given: when it meets, by a rule, on dates or both, and where."""

    starts_on: date
    begins: time
    ends: time
    rule: str = ""
    dates: Sequence[date] = ()
    left_out: Sequence[date] = ()
    title: str = ""
    place: str = ""
    link: str = ""
    zone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """When a series meets, as it is stored. Times are what the clocks show in `zone`."""

    rule: str
    dates: tuple[date, ...] = ()
    left_out: tuple[date, ...] = ()
    starts_on: date
    begins: time
    minutes: int
    zone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Paired:
    """Which of the old days each new one takes the place of, and which old ones nothing takes the place of."""

    pairs: dict[date, date] = field(default_factory=dict)
    left: tuple[date, ...] = ()


def rule_of(said: Said) -> str:
    """The rule as RFC 5545 writes it; "" for days that are listed. Raises `rhythm.Refused` as the rule does."""
    if said.pattern == Pattern.DATES:
        return ""
    if said.pattern == Pattern.RULE:
        return write_rule(read_rule(said.rule))
    nth = said.nth if said.pattern == Pattern.MONTH_WEEKDAY else 0
    rule = Rule(
        every=Every.WEEK if said.pattern == Pattern.WEEKS else Every.MONTH,
        interval=said.every,
        until=said.until,
        count=said.count,
        by_month=tuple(month for month in MONTHS if month not in said.not_in) if said.not_in else (),
        by_day=() if said.pattern == Pattern.MONTH_DAY else ((nth, said.weekday),),
        by_month_day=(said.month_day,) if said.pattern == Pattern.MONTH_DAY else (),
    )
    return write_rule(rule)


def said_of(text: str, zone: str) -> Said:
    """What a form would have said to give this rule."""
    if not text:
        return Said(pattern=Pattern.DATES)
    rule = read_rule(text)
    until = rule.until
    if isinstance(until, datetime):
        until = (until.astimezone(rhythm.zone(zone)) if until.tzinfo else until).date()
    not_in = tuple(month for month in MONTHS if month not in rule.by_month) if rule.by_month else ()
    given = Said(every=rule.interval, not_in=not_in, until=until, count=rule.count, rule=text)
    day = rule.by_day[0] if len(rule.by_day) == 1 else None
    if rule.by_place or rule.by_year_day or (rule.by_day and rule.by_month_day):
        return replace(given, pattern=Pattern.RULE)
    if rule.every is Every.WEEK and day:
        return replace(given, pattern=Pattern.WEEKS, weekday=day[1])
    if rule.every is Every.MONTH and day and day[0]:
        return replace(given, pattern=Pattern.MONTH_WEEKDAY, weekday=day[1], nth=day[0])
    if rule.every is Every.MONTH and len(rule.by_month_day) == 1 and rule.by_month_day[0] > 0:
        return replace(given, pattern=Pattern.MONTH_DAY, month_day=rule.by_month_day[0])
    return replace(given, pattern=Pattern.RULE)


def ends_of(begins: time, minutes: int) -> time:
    """When it is over, the same day."""
    return (datetime.combine(date.min, begins) + timedelta(minutes=minutes)).time()


def series_of(terms: Terms) -> rhythm.Series:
    """The terms as `rhythm` works them out. Raises `rhythm.Refused`."""
    at = terms.begins
    extra = frozenset(datetime.combine(each, at) for each in terms.dates)
    rule = read_rule(terms.rule) if terms.rule else None
    starts = datetime.combine(terms.starts_on, at) if rule or not extra else min(extra)
    return rhythm.Series(
        start=starts,
        minutes=terms.minutes,
        zone=terms.zone,
        rule=rule,
        extra=extra,
        left_out=frozenset(datetime.combine(each, at) for each in terms.left_out),
    )


def meetings_from(terms: Terms, since: datetime, until: datetime, most: int) -> tuple[Occurrence, ...]:
    """The first so many meetings that begin from `since`, up to `until`. Raises `rhythm.Refused`."""
    first = datetime.combine(terms.starts_on, time.min, tzinfo=rhythm.zone(terms.zone))
    return rhythm.occurrences(series_of(terms), max(since, first), until)[:most]


def pair_days(old: Sequence[date], new: Sequence[date], far: timedelta) -> Paired:
    """Each new day takes the place of the old day that is nearest, if it is near enough; the nearest pairs of all first,
    and of those as near the earlier. A day takes the place of one other at most."""
    near = sorted((abs(day - before), day, before) for day in set(new) for before in set(old) if abs(day - before) <= far)
    left, pairs = set(old), dict[date, date]()
    for _distance, day, before in near:
        if day not in pairs and before in left:
            pairs[day] = before
            left.remove(before)
    return Paired(pairs=pairs, left=tuple(sorted(left)))
