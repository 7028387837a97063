"""The organisations' figures as one, and how far that is on its way from baseline to target. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from samordna.domain.collaborations.enums import Direction
from samordna.domain.followup.enums import Aggregation, NumberKind

HUNDRED = Decimal(100)
HALFWAY = Decimal("0.5")  # of what should have been reached by now
NEAR = Decimal("0.05")  # of the level that should stay


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """One organisation's figure with what it stands for."""

    value: Decimal
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    group: int | None = None


def whole(figures: Sequence[Weighed], aggregation: str, kind: str) -> Decimal | None:
    """The figure for all. None where there is none: no figures, no rule, or a weight that nobody knows."""
    if not figures or aggregation == Aggregation.NONE:
        return None
    if aggregation == Aggregation.SUM:
        return None if kind == NumberKind.SHARE else sum((one.value for one in figures), Decimal(0))
    if kind == NumberKind.SHARE and all(one.numerator is not None and one.denominator for one in figures):
        below = sum((one.denominator or Decimal(0) for one in figures), Decimal(0))
        return round(HUNDRED * sum((one.numerator or Decimal(0) for one in figures), Decimal(0)) / below, 4)
    weights = [one.denominator if one.denominator is not None else one.group for one in figures]
    if any(weight is None for weight in weights) or not sum(Decimal(weight or 0) for weight in weights):
        return None
    total = sum((one.value * Decimal(weight or 0) for one, weight in zip(figures, weights, strict=True)), Decimal(0))
    return round(total / sum(Decimal(weight or 0) for weight in weights), 4)


class Colour(StrEnum):
    """How it goes, for a mark; a page always says it in words, too."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    NONE = "none"


class Way(StrEnum):
    """How it goes, as it is said."""

    REACHED = "reached"
    ON_ITS_WAY = "on_its_way"
    SLOWER = "slower"
    FAR = "far"
    WORSE = "worse"
    STAYS = "stays"
    NEAR = "near"
    AWAY = "away"
    UNMEASURED = "unmeasured"


COLOURS = {
    Way.REACHED: Colour.GREEN,
    Way.ON_ITS_WAY: Colour.GREEN,
    Way.STAYS: Colour.GREEN,
    Way.SLOWER: Colour.AMBER,
    Way.NEAR: Colour.AMBER,
    Way.FAR: Colour.RED,
    Way.WORSE: Colour.RED,
    Way.AWAY: Colour.RED,
    Way.UNMEASURED: Colour.NONE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """From the baseline over the target steps, by day."""

    direction: str
    baseline: Decimal
    baseline_on: date
    steps: tuple[tuple[date, Decimal], ...]

    def expected(self, on: date) -> Decimal:
        """The level on the straight lines between the steps; before the baseline its own, after the last step that one."""
        day, level = self.baseline_on, self.baseline
        if on <= day:
            return level
        for then, aimed in sorted(self.steps):
            if on < then:
                gone = Decimal((on - day).days) / Decimal(max((then - day).days, 1))
                return level + (aimed - level) * gone
            day, level = then, aimed
        return level


def way(path: Path, level: Decimal | None, on: date) -> Way:
    """How a level on a day stands against the path."""
    if level is None or not path.steps:
        return Way.UNMEASURED
    target = max(path.steps)[1]
    if path.direction == Direction.KEEP:
        off = abs(level - target)
        return Way.STAYS if off == 0 else Way.NEAR if off <= abs(target) * NEAR else Way.AWAY
    up = path.direction == Direction.UP
    if (level >= target) if up else (level <= target):
        return Way.REACHED
    gained = level - path.baseline if up else path.baseline - level
    wanted = abs(path.expected(on) - path.baseline)
    if gained < 0:
        return Way.WORSE
    if gained >= wanted:
        return Way.ON_ITS_WAY
    return Way.SLOWER if gained >= wanted * HALFWAY else Way.FAR


def latest(values: Iterable[tuple[date, Decimal | None]]) -> tuple[date, Decimal] | None:
    """The last day with a level."""
    told = [(day, level) for day, level in values if level is not None]
    return max(told) if told else None
