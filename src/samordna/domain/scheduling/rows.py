"""Stored series as values."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from samordna.core import clock
from samordna.domain.scheduling.models import Series, TimeQuestion
from samordna.domain.scheduling.patterns import Terms


def terms_of(series: Series) -> Terms:
    """When it meets."""
    return Terms(
        rule=series.rule,
        dates=days_of(series.dates),
        left_out=days_of(series.left_out),
        starts_on=series.starts_on,
        begins=series.begins,
        minutes=series.minutes,
        zone=series.zone,
    )


def days_of(stored: Iterable[str]) -> tuple[date, ...]:
    """Days as they are stored."""
    return tuple(date.fromisoformat(each) for each in stored)


def stored_days(days: Iterable[date]) -> list[str]:
    """Days as they are stored: each once, in order."""
    return [each.isoformat() for each in sorted(set(days))]


def window_passed(question: TimeQuestion, at: datetime) -> bool:
    """Have all days that are looked at passed?"""
    return question.last_on < clock.day(at)
