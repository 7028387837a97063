"""What follows from what a forum has said of itself: joint days, deadlines, which routine holds. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Protocol, TypeVar


class FromADay(Protocol):
    """Something that holds from a day on."""

    @property
    def starts_on(self) -> date:
        """The day."""


R = TypeVar("R", bound=FromADay)


def holding_on(routines: Sequence[R], on: date) -> R | None:
    """The latest whose day has come, of those given as they were written one after another; before the first, that one."""
    begun = [routine for routine in routines if routine.starts_on <= on]
    if not begun:
        return routines[0] if routines else None
    latest = max(routine.starts_on for routine in begun)
    return [routine for routine in begun if routine.starts_on == latest][-1]


def last_day(meeting_on: date, days_before: int) -> date:
    """The last day for something that is to be done so many days before a meeting."""
    return meeting_on - timedelta(days=days_before)


def joint_dates(weekday: int, every: int, start: date, end: date | None, since: date, many: int) -> Iterator[date]:
    """The next dates of a joint day, at most `many`, from `since` on: every so many weeks from the first such weekday on or
    after `start`, up to but not including `end`."""
    first = start.toordinal() + (weekday - start.weekday()) % 7
    step = 7 * every
    skipped = max(0, -(-(since.toordinal() - first) // step))
    shown = first + skipped * step
    last = date.max.toordinal() + 1 if end is None else end.toordinal()
    for _number in range(many):
        if shown >= last:
            return
        yield date.fromordinal(shown)
        shown += step
