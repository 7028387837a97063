"""Periods that figures are for: months, quarters, four months, half-years and years, and how they are written. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import lcm

from samordna.core.clock import MONTHS, read_day
from samordna.domain.followup.enums import Frequency

LENGTH: Mapping[Frequency, int] = {
    Frequency.MONTH: 1,
    Frequency.QUARTER: 3,
    Frequency.TERTIAL: 4,
    Frequency.HALF: 6,
    Frequency.YEAR: 12,
}
LETTER: Mapping[Frequency, str] = {Frequency.QUARTER: "Q", Frequency.TERTIAL: "T", Frequency.HALF: "H"}
EARLIEST, LATEST = 1900, 2200


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """One period. `number`: which of its year, from 1. `key` names it for ever, whatever becomes of the frequency."""

    frequency: Frequency
    year: int
    number: int

    @property
    def key(self) -> str:
        """2026-03, 2026-Q1, 2026-T1, 2026-H1 or 2026."""
        if self.frequency == Frequency.YEAR:
            return str(self.year)
        if self.frequency == Frequency.MONTH:
            return f"{self.year}-{self.number:02}"
        return f"{self.year}-{LETTER[self.frequency]}{self.number}"

    @property
    def starts_on(self) -> date:
        """Its first day."""
        return date(self.year, (self.number - 1) * LENGTH[self.frequency] + 1, 1)

    @property
    def ends_on(self) -> date:
        """Its last day."""
        return self.following.starts_on - timedelta(days=1)

    @property
    def following(self) -> Period:
        """The one after."""
        if self.number * LENGTH[self.frequency] == 12:
            return Period(frequency=self.frequency, year=self.year + 1, number=1)
        return Period(frequency=self.frequency, year=self.year, number=self.number + 1)

    @property
    def before(self) -> Period:
        """The one before."""
        if self.number == 1:
            return Period(frequency=self.frequency, year=self.year - 1, number=12 // LENGTH[self.frequency])
        return Period(frequency=self.frequency, year=self.year, number=self.number - 1)


def period_at(frequency: str, day: date) -> Period:
    """The period that the day lies in."""
    often = Frequency(frequency)
    return Period(frequency=often, year=day.year, number=(day.month - 1) // LENGTH[often] + 1)


def shared_start(one: str, other: str, day: date) -> date:
    """The first day, this one or a later, on which a period of each of the two begins."""
    months = lcm(LENGTH[Frequency(one)], LENGTH[Frequency(other)])
    first = date(day.year, (day.month - 1) // months * months + 1, 1)
    if first == day:
        return day
    following = first.month + months
    return date(day.year + 1, 1, 1) if following > 12 else date(day.year, following, 1)


def finished(frequency: str, since: date, today: date, most: int) -> Iterator[Period]:
    """The periods that have ended before today and had not ended before `since`, the latest first, at most so many."""
    period = period_at(frequency, today).before
    for _each in range(most):
        if period.ends_on < since:
            return
        yield period
        period = period.before


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """What a start asks for. `first`: the first period that reports are asked for; `opens`: those that get a round by it,
    the earliest first; `joins`: how many rounds there are already that it is asked for in too."""

    first: Period
    opens: tuple[Period, ...]
    joins: int


def key_read(key: str) -> Period | None:
    """The period of a key."""
    return _of_key(key.strip().upper())


def period_of(key: str) -> Period:
    """The period of a key that is stored. Raises `ValueError` for anything else."""
    period = key_read(key)
    if period is None:
        raise ValueError(key)
    return period


def _of_key(text: str) -> Period | None:
    found = re.fullmatch(r"(?P<year>\d{4})(?:-(?P<letter>[QTH])(?P<part>\d)|-(?P<month>\d{2}))?", text)
    if found is None:
        return None
    if found["month"]:
        return _made(Frequency.MONTH, int(found["year"]), int(found["month"]))
    if found["letter"]:
        often = {letter: frequency for frequency, letter in LETTER.items()}[found["letter"]]
        return _made(often, int(found["year"]), int(found["part"]))
    return _made(Frequency.YEAR, int(found["year"]), 1)


def _made(frequency: Frequency, year: int, number: int) -> Period | None:
    if not EARLIEST <= year < LATEST or not 1 <= number <= 12 // LENGTH[frequency]:
        return None
    return Period(frequency=frequency, year=year, number=number)


WORDS: Mapping[Frequency, str] = {
    Frequency.QUARTER: r"(?:kvartal|kv\.?|q|quarter)",
    Frequency.TERTIAL: r"(?:tertial|t)",
    Frequency.HALF: r"(?:halvår|halvar|half-year|half|h)",
}


def read_period(text: str, frequency: str) -> Period | None:
    """The period that a text names, of this frequency; a day names the period it lies in. None when it names none.

    2026-03, mars 2026, 3/2026, 202603 · 2026-Q1, kvartal 1 2026, 2026 kv 1, Q1 2026 · tertial 1 2026 · 2026 · a day.
    """
    often, words = Frequency(frequency), " ".join(text.split()).casefold()
    exact = _of_key(words.upper())
    if exact is not None and exact.frequency == often:
        return exact
    if often == Frequency.MONTH:
        found = _month(words)
        if found is not None:
            return found
    elif often != Frequency.YEAR:
        found = _part(words, often)
        if found is not None:
            return found
    day = read_day(words)
    return period_at(often, day) if day is not None and EARLIEST <= day.year < LATEST else None


def _month(words: str) -> Period | None:
    for style in (
        r"(?P<m>\d{1,2})[/.](?P<y>\d{4})",
        r"(?P<y>\d{4})[-/ ]?(?P<m>\d{1,2})",
        r"(?P<n>[a-zå]+)\.? (?P<y>\d{4})",
    ):
        found = re.fullmatch(style, words)
        if found is not None:
            named = found.groupdict()
            number = MONTHS.get(named["n"], 0) if named.get("n") else int(named["m"])
            return _made(Frequency.MONTH, int(named["y"]), number)
    return None


def _part(words: str, often: Frequency) -> Period | None:
    word = WORDS[often]
    for style in (rf"{word} ?(?P<p>\d)[ ,-]+(?P<y>\d{{4}})", rf"(?P<y>\d{{4}})[ ,-]*{word} ?(?P<p>\d)"):
        found = re.fullmatch(style, words)
        if found is not None:
            return _made(often, int(found["y"]), int(found["p"]))
    return None
