"""Time, in one place: every moment is UTC, and a fact is active from `start` up to but not including `end`."""

from __future__ import annotations

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
