"""A line over time against baseline, target and what happened meanwhile, as a drawing: where everything lies. Pure.

A hole in the figures is a hole in the line. Dates lie where they fall, so that a missing period is seen. Only what the
reader is shown comes in, so that no place on the paper can tell what is hidden: the axis, too, is made of what is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

MOST_EVENTS, MOST_SEAMS = 12, 8
BADGE, ROWS = 22, 3  # how wide a mark with a number or a letter is, and in how many rows marks may stand above each other
NICE = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
LETTER = 8  # how wide a letter on an axis may be


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What one draws on: its size and margins, how many ticks fit upwards and how far labels are apart across."""

    width: int
    height: int
    left: int
    right: int = 20
    top: int = 26
    bottom: int = 40
    ticks: int
    labels: int
    apart: int


WIDE = Paper(width=640, height=260, left=64, ticks=4, labels=6, apart=88)
NARROW = Paper(width=300, height=230, left=30, right=12, bottom=32, ticks=3, labels=3, apart=84)
"""A phone's: as wide as it is shown there, so that its letters are as large as those around it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One figure: its day, its period as read (`short`: on the axis), its level (None: a hole) and how that is read."""

    on: date
    label: str
    level: Decimal | None
    text: str
    short: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A point where it is drawn, with what is read of it."""

    x: int
    y: int
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A value on an axis and where it stands. `spare`: it may go where there is little room. `anchor`: as SVG says it."""

    at: int
    text: str
    spare: bool = False
    anchor: str = "middle"


@dataclass(frozen=True, slots=True, kw_only=True)
class LineChart:
    """Everything that is drawn. `events`: numbered marks on the line of time, `title` being the number; `seams`: rules
    over which figures are compared with care, `title` being the letter. `narrow`: the same for a phone."""

    lines: tuple[str, ...]
    marks: tuple[Mark, ...]
    baseline: int | None
    aim: str
    goal: Mark | None
    across: tuple[Tick, ...]
    upwards: tuple[Tick, ...]
    events: tuple[Mark, ...] = ()
    seams: tuple[Mark, ...] = ()
    unit: str = ""
    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int
    narrow: LineChart | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The days and the levels that fit in a drawing, and the paper they lie on."""

    first: date
    last: date
    low: Decimal
    high: Decimal
    left: int
    right: int
    top: int
    bottom: int

    def x(self, day: date) -> int:
        """Where a day lies."""
        whole = max((self.last - self.first).days, 1)
        return self.left + 8 + (day - self.first).days * (self.right - self.left - 16) // whole

    def y(self, level: Decimal) -> int:
        """Where a level lies."""
        return int(self.bottom - (level - self.low) * (self.bottom - self.top) / (self.high - self.low))

    def lines(self, points: Sequence[Point]) -> tuple[str, ...]:
        """The points as paths, one for each stretch without a hole."""
        found: list[list[str]] = [[]]
        for point in points:
            if point.level is None:
                found.append([])
            else:
                found[-1].append(f"{self.x(point.on)} {self.y(point.level)}")
        return tuple("M" + "L".join(places) for places in found if len(places) > 1)


Dated = tuple[date, Decimal]


def line_chart(
    points: Sequence[Point],
    baseline: Dated | None,
    steps: Sequence[Dated],
    *,
    write: Callable[[Decimal], str],
    unit: str = "",
    events: Sequence[date] = (),
    seams: Sequence[date] = (),
) -> LineChart | None:
    """The drawing, wide and narrow; None when there is nothing to draw. `write`: how a level is read on the axis.

    `events`, `seams`: the days of what is marked, in order; events outside `span` are for the caller to leave out.
    """
    if not any(point.level is not None for point in points):
        return None
    drawn = [_on(paper, points, baseline, steps, (events, seams), write) for paper in (WIDE, NARROW)]
    return replace(drawn[0], unit=unit, narrow=replace(drawn[1], unit=unit))


def _on(
    paper: Paper,
    points: Sequence[Point],
    baseline: Dated | None,
    steps: Sequence[Dated],
    marked: tuple[Sequence[date], Sequence[date]],
    write: Callable[[Decimal], str],
) -> LineChart:
    levels, (first, last) = _levels(points, baseline, steps), _days(points, baseline, steps, marked[1])
    low, high, ticks = nice(min(levels), max(levels), paper.ticks)
    left = max(paper.left, LETTER * max(len(write(level)) for level in ticks) + 10)
    frame = Frame(first=first, last=last, low=low, high=high, left=left, right=paper.width - paper.right, top=0, bottom=1)
    events, seams, deep = _marks(frame, paper.top, marked[0], [_between(points, day) for day in marked[1]])
    frame = replace(frame, top=paper.top + deep, bottom=paper.height + deep - paper.bottom)
    aims = ([baseline] if baseline else []) + sorted(steps)
    places = [f"{frame.x(day)} {frame.y(level)}" for day, level in aims]
    return LineChart(
        lines=frame.lines(points),
        marks=tuple(
            Mark(x=frame.x(one.on), y=frame.y(one.level), title=f"{one.label}: {one.text}")
            for one in points
            if one.level is not None
        ),
        baseline=frame.y(baseline[1]) if baseline else None,
        aim="M" + "L".join(places) if len(places) > 1 else "",
        goal=Mark(x=frame.x(max(steps)[0]), y=frame.y(max(steps)[1]), title="") if steps else None,
        across=_across(points, frame, paper),
        upwards=tuple(Tick(at=frame.y(level), text=write(level)) for level in ticks),
        events=events,
        seams=seams,
        width=paper.width,
        height=paper.height + deep,
        left=frame.left,
        right=frame.right,
        top=frame.top,
        bottom=frame.bottom,
    )


def span(
    points: Sequence[Point], baseline: Dated | None, steps: Sequence[Dated], seams: Sequence[date] = ()
) -> tuple[date, date] | None:
    """The first and the last day that is drawn; None when nothing is."""
    return _days(points, baseline, steps, seams) if any(point.level is not None for point in points) else None


def nice(low: Decimal, high: Decimal, most: int = WIDE.ticks) -> tuple[Decimal, Decimal, tuple[Decimal, ...]]:
    """Bounds and the levels between them that are easy to read: steps of 1, 2, 2.5 or 5 times a power of ten."""
    wide = (high - low) or abs(high) / 2 or Decimal(1)
    if low == high:
        low, high = (low - wide / 2, high + wide / 2) if low else (Decimal(0), Decimal(1))
    raw = wide / most
    power = Decimal(10) ** raw.adjusted()
    step = next(one * power for one in NICE if one * power >= raw)
    bottom = (low / step).to_integral_value(ROUND_FLOOR) * step
    top = (high / step).to_integral_value(ROUND_CEILING) * step
    number = int((top - bottom) / step)
    return bottom, top, tuple(bottom + step * at for at in range(number + 1))


def _levels(points: Sequence[Point], baseline: Dated | None, steps: Sequence[Dated]) -> list[Decimal]:
    found = [point.level for point in points if point.level is not None] + [level for _day, level in steps]
    return found + ([baseline[1]] if baseline else [])


def _days(
    points: Sequence[Point], baseline: Dated | None, steps: Sequence[Dated], seams: Sequence[date]
) -> tuple[date, date]:
    days = [*(point.on for point in points), *(day for day, _level in steps), *seams]
    days += [baseline[0]] if baseline else []
    return min(days), max(days)


def _between(points: Sequence[Point], day: date) -> date:
    """Where a seam is drawn: half-way between the figures on each side of it, for each stands at its period's last day."""
    before = max((one.on for one in points if one.level is not None and one.on < day), default=day)
    after = min((one.on for one in points if one.level is not None and one.on >= day), default=day)
    return before + (after - before) / 2 if before < day < after else day


def _marks(
    frame: Frame, top: int, events: Sequence[date], seams: Sequence[date]
) -> tuple[tuple[Mark, ...], tuple[Mark, ...], int]:
    """The numbered and the lettered marks, each in a row where it hides no other while there is room, and how deep the
    rows are together."""
    named = [(day, 0, str(number)) for number, day in enumerate(events, start=1)]
    named += [(day, 1, chr(ord("A") + at)) for at, day in enumerate(seams)]
    ends, deepest = [-BADGE] * ROWS, -1
    found: tuple[list[Mark], list[Mark]] = ([], [])
    for day, kind, name in sorted(named, key=lambda one: one[:2]):
        x = frame.x(day)
        row = next((at for at, end in enumerate(ends) if x - end >= BADGE), min(range(ROWS), key=lambda at: ends[at]))
        ends[row], deepest = x, max(deepest, row)
        found[kind].append(Mark(x=x, y=top + BADGE * row, title=name))
    return tuple(found[0]), tuple(found[1]), BADGE * (deepest + 1)


def _across(points: Sequence[Point], frame: Frame, paper: Paper) -> tuple[Tick, ...]:
    """A label at the last point and as many before it as have room, which the paper tells."""
    named = [point for point in points if point.short or point.label]
    step = max(1, -(-len(named) // paper.labels))
    found: list[Tick] = []
    for point in named[::-1][::step]:
        x = frame.x(point.on)
        if not found or found[-1].at - x >= paper.apart:
            anchor = "end" if x > frame.right - paper.apart // 2 else "middle"
            found.append(Tick(at=x, text=point.short or point.label, spare=len(found) % 2 == 1, anchor=anchor))
    return tuple(reversed(found))


SMALL_WIDTH, SMALL_HEIGHT = 220, 76


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallChart:
    """A small line without axes: many beside each other on the same scale, or one in a row. `lone`: between two holes."""

    lines: tuple[str, ...]
    lone: tuple[Mark, ...]
    marks: tuple[Mark, ...]
    last: Mark | None
    target: int | None
    width: int = SMALL_WIDTH
    height: int = SMALL_HEIGHT


def small_charts(rows: Sequence[Sequence[Point]], target: Decimal | None, height: int = SMALL_HEIGHT) -> list[SmallChart]:
    """One drawing for each row of points, all with the same days and the same scale, made of what is in them alone."""
    valued = [point for points in rows for point in points if point.level is not None]
    if not valued:
        return [SmallChart(lines=(), lone=(), marks=(), last=None, target=None, height=height) for _each in rows]
    levels = [point.level for point in valued if point.level is not None] + ([target] if target is not None else [])
    days = [point.on for points in rows for point in points]
    low, high = min(levels), max(levels)
    if low == high:
        low, high = low - 1, high + 1
    frame = Frame(
        first=min(days), last=max(days), low=low, high=high, left=-2, right=SMALL_WIDTH + 2, top=7, bottom=height - 7
    )
    return [_small(points, frame, target, height) for points in rows]


def _small(points: Sequence[Point], frame: Frame, target: Decimal | None, height: int) -> SmallChart:
    marks = tuple(
        Mark(x=frame.x(one.on), y=frame.y(one.level), title=f"{one.label}: {one.text}")
        for one in points
        if one.level is not None
    )
    levels = [None, *(one.level for one in points), None]
    alone = {points[at].on for at in range(len(points)) if levels[at] is None and levels[at + 2] is None}
    return SmallChart(
        lines=frame.lines(points),
        lone=tuple(
            Mark(x=frame.x(one.on), y=frame.y(one.level), title="")
            for one in points
            if one.on in alone and one.level is not None
        ),
        marks=marks,
        last=marks[-1] if marks else None,
        target=frame.y(target) if target is not None else None,
        height=height,
    )
