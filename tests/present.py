"""The tests' present: the day after `NOW`, whatever day it is outside.

What tests make has happened by `NOW`, and what the product asks its clock for comes a day later. Were that the day
outside, every deadline, rhythm and term that a test sets would pass one day, and the tests would fail of age. Library code
(sessions, one-time codes) and processes of their own keep the real clock.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
_BEGAN = time.monotonic()


def now() -> datetime:
    """A moment that moves as time does, from the same morning in every run, so that none passes midnight."""
    return NOW + timedelta(days=1, seconds=time.monotonic() - _BEGAN)
