"""Which of a collaboration's rules for reminders has come. Pure."""

from __future__ import annotations

from collections.abc import Sequence


def rule_for(days: Sequence[int], left: int) -> int | None:
    """The nearest rule that has come: the smallest number of days that is not less than those left."""
    return min((each for each in days if each >= left), default=None) if left >= 0 else None
