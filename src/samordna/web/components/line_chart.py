"""A line over time against baseline and target, as a drawing: places worked out here, drawn by `parts/line_chart.html`.

A hole in the figures is a hole in the line. Dates lie where they fall, so that a missing period is seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

WIDTH, HEIGHT = 640, 260
LEFT, RIGHT, TOP, BOTTOM = 72, 20, 18, 40
ROOM = Decimal("0.08")  # above the highest and below the lowest
MOST_LABELS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One figure: its day, its period as it is read, its level (None: a hole) and the figure as it is read."""

    on: date
    label: str
    level: Decimal | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A point where it is drawn, with what is read of it."""

    x: int
    y: int
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A value on an axis and where it stands."""

    at: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LineChart:
    """Everything that is drawn."""

    lines: tuple[str, ...]
    marks: tuple[Mark, ...]
    baseline: int | None
    aim: str
    goal: Mark | None
    across: tuple[Tick, ...]
    upwards: tuple[Tick, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    top: int = TOP
    bottom: int = HEIGHT - BOTTOM


def line_chart(
    points: Sequence[Point],
    baseline: tuple[date, Decimal] | None,
    steps: Sequence[tuple[date, Decimal]],
    texts: Sequence[str],
) -> LineChart | None:
    """The drawing; None when there is nothing to draw. `texts`: the two levels of `bounds`, as they are read."""
    levels = _levels(points, baseline, steps)
    if not any(point.level is not None for point in points):
        return None
    days = [point.on for point in points] + [day for day, _level in steps] + ([baseline[0]] if baseline else [])
    first, last = min(days), max(days)
    low, high = _widened(min(levels), max(levels))
    marks = tuple(
        Mark(x=_x(one.on, first, last), y=_y(one.level, low, high), title=f"{one.label}: {one.text}")
        for one in points
        if one.level is not None
    )
    aims = ([baseline] if baseline else []) + sorted(steps)
    places = [f"{_x(day, first, last)} {_y(level, low, high)}" for day, level in aims]
    return LineChart(
        lines=tuple(_lines(points, first, last, low, high)),
        marks=marks,
        baseline=_y(baseline[1], low, high) if baseline else None,
        aim="M" + "L".join(places) if len(places) > 1 else "",
        goal=_goal(steps, first, last, low, high),
        across=tuple(_across(points, first, last)),
        upwards=tuple(
            Tick(at=_y(level, low, high), text=text) for level, text in zip((min(levels), max(levels)), texts, strict=True)
        ),
    )


def bounds(
    points: Sequence[Point], baseline: tuple[date, Decimal] | None, steps: Sequence[tuple[date, Decimal]]
) -> tuple[Decimal, Decimal]:
    """The lowest and the highest level that is drawn; zeros when nothing is."""
    levels = _levels(points, baseline, steps) or [Decimal(0)]
    return min(levels), max(levels)


def _levels(
    points: Sequence[Point], baseline: tuple[date, Decimal] | None, steps: Sequence[tuple[date, Decimal]]
) -> list[Decimal]:
    found = [point.level for point in points if point.level is not None] + [level for _day, level in steps]
    return found + ([baseline[1]] if baseline else [])


def _widened(low: Decimal, high: Decimal) -> tuple[Decimal, Decimal]:
    room = (high - low) * ROOM or abs(high) * ROOM or Decimal(1)
    return low - room, high + room


def _x(day: date, first: date, last: date) -> int:
    whole = max((last - first).days, 1)
    return LEFT + 8 + (day - first).days * (WIDTH - RIGHT - LEFT - 16) // whole


def _y(level: Decimal, low: Decimal, high: Decimal) -> int:
    return int(HEIGHT - BOTTOM - (level - low) * (HEIGHT - BOTTOM - TOP) / (high - low))


def _lines(points: Sequence[Point], first: date, last: date, low: Decimal, high: Decimal) -> list[str]:
    lines: list[list[str]] = [[]]
    for point in points:
        if point.level is None:
            lines.append([])
        else:
            lines[-1].append(f"{_x(point.on, first, last)} {_y(point.level, low, high)}")
    return ["M" + "L".join(places) for places in lines if len(places) > 1]


def _goal(steps: Sequence[tuple[date, Decimal]], first: date, last: date, low: Decimal, high: Decimal) -> Mark | None:
    if not steps:
        return None
    day, level = max(steps)
    return Mark(x=_x(day, first, last), y=_y(level, low, high), title="")


def _across(points: Sequence[Point], first: date, last: date) -> list[Tick]:
    step = -(-len(points) // MOST_LABELS)
    chosen = [point for at, point in enumerate(reversed(points)) if at % step == 0]
    return [Tick(at=_x(point.on, first, last), text=point.label) for point in reversed(chosen)]
