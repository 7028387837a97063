"""Time, in one place: every moment is UTC, and a fact is active from `start` up to but not including `end`."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time

from django.utils import timezone


def now() -> datetime:
    """The present moment in UTC. Only operations' defaults, views and commands call it; rules take `at` as a parameter."""
    return datetime.now(UTC)


def day(at: datetime) -> date:
    """The calendar day in the installation's time zone: what "from 1 May" means to the one who wrote it."""
    return timezone.localtime(at).date()


def noon(on: date) -> datetime:
    """A moment within the day, for asking what holds on it."""
    return timezone.make_aware(datetime.combine(on, time(12)))


def active(start: date | None, end: date | None, on: date) -> bool:
    """Half-open validity: `start <= on < end`; a missing bound is open."""
    return (start is None or start <= on) and (end is None or on < end)


MONTHS = {
    **{name: at for at, name in enumerate(["januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti"], 1)},
    **{name: at for at, name in enumerate(["september", "oktober", "november", "december"], 9)},
}
MONTHS |= {name[:3]: at for name, at in MONTHS.items()}
ENGLISH = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
MONTHS |= {word: at for at, name in enumerate(ENGLISH, 1) for word in (name, name[:3])}
DAYS = (
    re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})"),
    re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})"),
    re.compile(r"(?P<d>\d{1,2})/(?P<m>\d{1,2})[ /-]+(?P<y>\d{4})"),
    re.compile(r"(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4})"),
    re.compile(r"(?P<d>\d{1,2}) (?P<n>[a-zå]+)\.? (?P<y>\d{4})"),
)


def read_day(text: str) -> date | None:
    """A day as 2026-03-31, 20260331, 31/3 2026, 31.3.2026 or 31 mars 2026; None for anything else."""
    words = " ".join(text.split()).casefold()
    for style in DAYS:
        found = style.fullmatch(words)
        if found is None:
            continue
        parts = found.groupdict()
        month = MONTHS.get(parts["n"], 0) if parts.get("n") else int(parts["m"])
        try:
            return date(int(parts["y"]), month, int(parts["d"]))
        except ValueError:
            return None
    return None
