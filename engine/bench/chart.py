"""Dots on a logarithmic axis, as SVG. Each series has its own shape as well as its own colour."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from math import ceil, floor, log10
from typing import Final

LEFT, RIGHT, TOP, STEP, WIDTH = 130, 20, 56, 26, 860
SERIES: Final = (
    ("#0b5c8c", "M-6,0 A6,6 0 1 0 6,0 A6,6 0 1 0 -6,0 Z"),
    ("#a8341b", "M-5,-5 H5 V5 H-5 Z"),
    ("#2f6b2f", "M0,-7 L6,5 H-6 Z"),
    ("#6b3fa0", "M0,-7 L6,0 L0,7 L-6,0 Z"),
    ("#7a5a00", "M-6,-2 H-2 V-6 H2 V-2 H6 V2 H2 V6 H-2 V2 H-6 Z"),
    ("#444444", "M0,7 L6,-5 H-6 Z"),
)
"""Colours with at least 4.5:1 against white, and shapes around the origin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """One value of a series in a row; the value is above zero."""

    row: str
    series: str
    value: float


def dots(points: Sequence[Dot], title: str) -> str:
    """The chart as a document of its own."""
    rows = list(dict.fromkeys(point.row for point in points))
    series = list(dict.fromkeys(point.series for point in points))
    height = TOP + STEP * len(rows) + 34
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" font-family="sans-serif" '
        f'font-size="13"><title>{escape(title)}</title><rect width="{WIDTH}" height="{height}" fill="#fff"/>',
        *_legend(series),
        *(_drawn(points, rows, series) if points else ()),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _legend(series: Sequence[str]) -> Iterator[str]:
    for place, name in enumerate(series):
        colour, shape = SERIES[place % len(SERIES)]
        x = LEFT + place * 115
        yield f'<path d="{shape}" fill="{colour}" transform="translate({x},18)"/>'
        yield f'<text x="{x + 12}" y="23">{escape(name)}</text>'


def _drawn(points: Sequence[Dot], rows: Sequence[str], series: Sequence[str]) -> Iterator[str]:
    low = floor(log10(min(point.value for point in points)))
    high = max(ceil(log10(max(point.value for point in points))), low + 1)
    bottom = TOP + STEP * len(rows)

    def across(value: float) -> float:
        return LEFT + (log10(value) - low) / (high - low) * (WIDTH - LEFT - RIGHT)

    for power in range(low, high + 1):
        x = across(10.0**power)
        yield f'<line x1="{x:.1f}" y1="{TOP - 12}" x2="{x:.1f}" y2="{bottom}" stroke="#ccc"/>'
        yield f'<text x="{x:.1f}" y="{bottom + 20}" text-anchor="middle">{10.0**power:g}</text>'
    for row, name in enumerate(rows):
        yield f'<text x="{LEFT - 14}" y="{TOP + STEP * row + 5}" text-anchor="end">{escape(name)}</text>'
    for point in points:
        colour, shape = SERIES[series.index(point.series) % len(SERIES)]
        y = TOP + STEP * rows.index(point.row)
        said = f"{point.series}, {point.row}: {point.value:.3g}"
        place = f"translate({across(point.value):.1f},{y})"
        yield f'<path d="{shape}" fill="{colour}" fill-opacity="0.85" transform="{place}">'
        yield f"<title>{escape(said)}</title></path>"
