"""A chart as a picture of its own, for print: every colour and letter is in it, and it reads in grey."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from xml.sax.saxutils import escape, quoteattr

FONT = "Libertinus Serif"
INK, SOFT, EDGE, LINE, GOAL = "#1b2733", "#55606b", "#9aa4ad", "#0b4f8a", "#1d6b45"


def svg_of(chart: Mapping[str, Any]) -> str:
    """The picture, as an SVG document."""
    paper = f'viewBox="0 0 {int(chart["width"])} {int(chart["height"])}" font-family="{FONT}" font-size="13"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {paper}>{"".join(_shapes(chart))}</svg>'


def _shapes(chart: Mapping[str, Any]) -> Iterator[str]:
    left, right, bottom = int(chart["left"]), int(chart["right"]), int(chart["bottom"])
    for tick in chart["upwards"]:
        at = int(tick["at"])
        yield _path(f"M{left} {at}H{right}", "#dde2e6", 0.8)
        yield _text(left - 8, at + 4, tick["text"], "end")
    if chart["unit"]:
        yield _text(left - 8, 13, str(chart["unit"])[:14], "end")
    yield _path(f"M{left} {bottom}H{right}", EDGE, 1)
    for tick in chart["across"]:
        yield _text(int(tick["at"]), bottom + 20, tick["text"], tick["anchor"])
    for mark in chart["events"]:
        x, y = int(mark["x"]), int(mark["y"])
        yield _path(f"M{x} {y + 8}V{bottom}", SOFT, 0.8, "1 3")
        yield f'<circle cx="{x}" cy="{y}" r="9" fill="white" stroke="{SOFT}"/>'
        yield _text(x, y + 4, mark["title"], "middle", INK)
    for mark in chart.get("seams", ()):  # a report that was kept earlier has none
        x, y = int(mark["x"]), int(mark["y"])
        yield _path(f"M{x} {y + 9}V{bottom}", INK, 1.2, "5 3")
        yield f'<rect x="{x - 9}" y="{y - 9}" width="18" height="18" rx="3" fill="white" stroke="{INK}"/>'
        yield _text(x, y + 4, mark["title"], "middle", INK)
    if chart["baseline"] is not None:
        yield _path(f"M{left} {int(chart['baseline'])}H{right}", SOFT, 1, "2 4")
    if chart["aim"]:
        yield _path(chart["aim"], GOAL, 1.5, "7 4")
    if chart["goal"]:
        goal = chart["goal"]
        yield f'<circle cx="{int(goal["x"])}" cy="{int(goal["y"])}" r="6" fill="none" stroke="{GOAL}" stroke-width="2"/>'
    for line in chart["lines"]:
        yield _path(line, LINE, 2.5)
    for mark in chart["marks"]:
        yield f'<circle cx="{int(mark["x"])}" cy="{int(mark["y"])}" r="3.5" fill="white" stroke="{LINE}" stroke-width="2"/>'


def _path(places: str, colour: str, width: float, dashes: str = "") -> str:
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return f'<path d={quoteattr(places)} fill="none" stroke="{colour}" stroke-width="{width}"{dashed}/>'


def _text(x: int, y: int, text: str, anchor: str, colour: str = SOFT) -> str:
    return f'<text x="{x}" y="{y}" text-anchor={quoteattr(anchor)} fill="{colour}">{escape(text)}</text>'
