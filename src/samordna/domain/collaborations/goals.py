"""What makes a goal measurable, and how far it is on its way. Plain figures; knows no database.

A goal is measurable when two people who measure get the same answer to whether it is reached: an indicator with a unit,
where it stood (the baseline) and on what day, where it is to be (the target) and by what day, and which way that is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from samordna.domain.collaborations.enums import Direction
from samordna.domain.collaborations.limits import LARGEST_LEVEL

STEP = Decimal("0.0001")  # the finest difference that is kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """The figures of a goal."""

    direction: str
    baseline: Decimal
    baseline_on: date
    target: Decimal
    target_on: date


class Fault(StrEnum):
    """What keeps an aim from being measurable."""

    LEVEL = "level"  # a figure that cannot be kept exactly
    WAY = "way"  # the target lies the other way
    STAY = "stay"  # what should stay has another target
    TIME = "time"  # no time between baseline and target


def faults(aim: Aim) -> Iterator[tuple[str, Fault]]:
    """(field, fault) for each thing that keeps the aim from being measurable; nothing when it is."""
    unusable = [name for name in ("baseline", "target") if not storable(getattr(aim, name))]
    yield from ((name, Fault.LEVEL) for name in unusable)
    if not unusable:
        yield from _of_direction(aim)
    if aim.target_on <= aim.baseline_on:
        yield "target_on", Fault.TIME


def _of_direction(aim: Aim) -> Iterator[tuple[str, Fault]]:
    if aim.direction == Direction.KEEP and aim.target != aim.baseline:
        yield "target", Fault.STAY
    if aim.direction == Direction.UP and aim.target <= aim.baseline:
        yield "target", Fault.WAY
    if aim.direction == Direction.DOWN and aim.target >= aim.baseline:
        yield "target", Fault.WAY


def storable(level: Decimal) -> bool:
    """A finite figure that is kept exactly: at most four decimals, and not beyond the largest level."""
    return level.is_finite() and abs(level) <= LARGEST_LEVEL and level == level.quantize(STEP)


def reached(aim: Aim, level: Decimal) -> bool:
    """Is the goal reached at this level? What should stay is reached while it has not moved."""
    if aim.direction == Direction.UP:
        return level >= aim.target
    if aim.direction == Direction.DOWN:
        return level <= aim.target
    return level == aim.target
