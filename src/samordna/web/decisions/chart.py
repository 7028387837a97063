"""The frontier as a drawing: likeness falls to the right, cost falls downwards, each point is a link to its decision."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from samordna.domain.decisions.frontier import Frontier, Point

WIDTH, HEIGHT = 420, 240
LEFT, RIGHT, TOP, BOTTOM = 64, 24, 20, 44


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One point: where it is drawn, its number in the table, and the address that shows its decision.

    It is the best where a difference is worth from `least` to `most`; None is without bound. No `href`: no whole price
    shows it.
    """

    number: int
    point: Point
    x: int
    y: int
    href: str
    shown: bool
    least: int | None
    most: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A value on an axis and where it stands."""

    value: int
    at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Everything that is drawn. `stands`: where the proposal on the board lies, which may be beside the line."""

    marks: tuple[Mark, ...]
    line: str
    across: tuple[Tick, ...]
    upwards: tuple[Tick, ...]
    stands: tuple[int, int] | None
    whole: bool
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    top: int = TOP
    bottom: int = HEIGHT - BOTTOM


def chart(
    found: Frontier, stands: tuple[int, int] | None, href: Callable[[Point], str], is_shown: Callable[[Point], bool]
) -> Chart:
    """The drawing of a frontier."""
    places = [(point.differing, point.cost) for point in found.points] + ([stands] if stands else [])
    x = _scale([place[0] for place in places], LEFT + 12, WIDTH - RIGHT - 12)
    y = _scale([place[1] for place in places], HEIGHT - BOTTOM - 12, TOP + 12)
    marks = tuple(
        Mark(
            number=number,
            point=point,
            x=x(point.differing),
            y=y(point.cost),
            href=href(point),
            shown=is_shown(point),
            least=_rounded(point.least) if point.least else None,
            most=_rounded(point.most),
        )
        for number, point in enumerate(found.points, 1)
    )
    return Chart(
        marks=marks,
        line="M" + "L".join(f"{mark.x} {mark.y}" for mark in marks),
        across=tuple(Tick(value=value, at=x(value)) for value in _ends([place[0] for place in places])),
        upwards=tuple(Tick(value=value, at=y(value)) for value in _ends([place[1] for place in places])),
        stands=(x(stands[0]), y(stands[1])) if stands else None,
        whole=found.whole,
    )


def _rounded(rate: Fraction | None) -> int | None:
    return None if rate is None else round(rate)


def _ends(values: list[int]) -> list[int]:
    return sorted({min(values, default=0), max(values, default=0)})


def _scale(values: list[int], start: int, end: int) -> Callable[[int], int]:
    low, high = min(values, default=0), max(values, default=0)

    def place(value: int) -> int:
        return (start + end) // 2 if low == high else start + (value - low) * (end - start) // (high - low)

    return place
