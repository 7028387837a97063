"""What was drawn for a report, as data: kept as it was drawn, shown as a page, and rendered as PDF and as Word.

Words, days and figures are in the report's language already; who reads it does not change them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

FORMAT = 1
FOLDED = 12  # rows of a table that stand open on a page


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A chart as its places (`followup.drawing.LineChart` as data), and what it is called for those who do not see it."""

    chart: Mapping[str, Any]
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """One thing that is known: a sentence or a few, a table, a chart. Each may be missing. `beneath`: it belongs to the one
    before it that does not."""

    title: str = ""
    text: str = ""
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    drawing: Drawing | None = None
    beneath: bool = False

    @property
    def folded(self) -> bool:
        """Is its table folded on a page? What a drawing says already, and what is many rows; on paper all is there."""
        return self.drawing is not None or len(self.rows) > FOLDED

    @property
    def labelled(self) -> tuple[tuple[tuple[str, str], ...], ...]:
        """The rows with each cell beside its column's name, for narrow screens."""
        return tuple(tuple(zip(self.columns, row, strict=True)) for row in self.rows)


Drawn = Mapping[str, Sequence[Known]]
"""By the kind of chapter, what is known."""


def as_json(drawn: Drawn) -> dict[str, Any]:
    """What was drawn as it is stored."""
    return {"format": FORMAT, "chapters": {kind: [asdict(one) for one in those] for kind, those in drawn.items()}}


def from_json(stored: Mapping[str, Any]) -> dict[str, tuple[Known, ...]]:
    """What was drawn as it was stored; raises `ValueError` for a format that is not known."""
    if stored["format"] != FORMAT:
        raise ValueError(f"Reports of format {stored['format']} are not known to this version.")
    return {kind: tuple(_known(one) for one in those) for kind, those in stored["chapters"].items()}


def _known(stored: Mapping[str, Any]) -> Known:
    drawing = stored["drawing"]
    return Known(
        title=stored["title"],
        text=stored["text"],
        columns=tuple(stored["columns"]),
        rows=tuple(tuple(row) for row in stored["rows"]),
        drawing=Drawing(chart=drawing["chart"], label=drawing["label"]) if drawing else None,
        beneath=stored.get("beneath", False),
    )
