"""Simple drawings of a result: from now to needed on the scale, with the table beside as the words of it."""

from __future__ import annotations

from dataclasses import dataclass

from samordna.domain.assessments.queries.results import ResultPage

WIDTH = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """From now to needed, in the drawing's own units."""

    key: str
    now: int
    needed: int | None


def lines_of(page: ResultPage) -> dict[str, Line]:
    """A line for each question answered on a scale, of all together."""
    found = {}
    for row in page.results:
        whole = row.seen[0] if row.seen else None
        if whole is None or whole.now is None or row.steps <= row.first:
            continue
        span = row.steps - row.first
        now = round(WIDTH * float(whole.now - row.first) / span)
        needed = round(WIDTH * float(whole.needed - row.first) / span) if whole.needed is not None else None
        found[row.key] = Line(key=row.key, now=now, needed=needed)
    return found
