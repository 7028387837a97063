"""A result as a map of heat: areas by organisation, each with how it is, how it needs to be, and the distance. Pure.

It is made of nothing but the means that the result shows: an area has a figure for an organisation only when every question
of the area has one, so that no mean that is hidden can be worked out of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from samordna.domain.assessments.enums import QuestionKind
from samordna.domain.assessments.queries.results import Column, Result, ResultPage, Seen

MOST_QUESTIONS_BY_THEMSELVES = 12
SHADES = (Decimal("0.25"), Decimal("0.5"), Decimal(1), Decimal(2))
"""From these distances on, in steps of the scale, a cell is a shade darker."""
TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Heat:
    """One cell, each mean in tenths. `shade`: 0 is as it needs to be, 4 is furthest; None: not shown."""

    now: Decimal | None
    needed: Decimal | None
    shade: int | None

    @property
    def gap(self) -> Decimal | None:
        """How far it is from what is needed."""
        return self.needed - self.now if self.now is not None and self.needed is not None else None


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatRow:
    """One area: a section of the questionnaire, or one question."""

    label: str
    cells: tuple[Heat, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatMap:
    """`columns`: all together first, then each organisation. `needed`: was it asked how it needs to be?"""

    columns: tuple[Column, ...]
    rows: tuple[HeatRow, ...]
    needed: bool


def heat_map(page: ResultPage) -> HeatMap | None:
    """The map; None where no organisation's answers may be shown, or nothing was answered on a scale."""
    places = [at for at, column in enumerate(page.columns) if column.row[0] in ("all", "organisation")]
    scales = [one for one in page.results if one.kind == QuestionKind.SCALE and one.seen]
    needed = [one for one in scales if one.needed]
    asked = needed or scales
    if not asked or not any(page.columns[at].row[0] == "organisation" for at in places):
        return None
    rows = tuple(
        HeatRow(label=label, cells=tuple(_cell([(one, one.seen[at]) for one in group], bool(needed)) for at in places))
        for label, group in _areas(asked)
    )
    return HeatMap(columns=tuple(page.columns[at] for at in places), rows=rows, needed=bool(needed))


def _areas(asked: Sequence[Result]) -> list[tuple[str, list[Result]]]:
    sections: dict[str, list[Result]] = defaultdict(list)
    for one in asked:
        sections[one.section].append(one)
    alike = all(len({(one.first, one.steps) for one in those}) == 1 for those in sections.values())
    if len(asked) <= MOST_QUESTIONS_BY_THEMSELVES or len(sections) < 2 or not alike:
        return [(one.text, [one]) for one in asked]
    return list(sections.items())


def _cell(group: Sequence[tuple[Result, Seen]], needed: bool) -> Heat:
    now = _mean([seen.now for _result, seen in group])
    wanted = _mean([seen.needed for _result, seen in group]) if needed else None
    if now is None or (needed and wanted is None):
        return Heat(now=None, needed=None, shade=None)
    off = wanted - now if wanted is not None else group[0][0].steps - now
    return Heat(now=now, needed=wanted, shade=sum(off >= edge for edge in SHADES))


def _mean(means: Sequence[Decimal | None]) -> Decimal | None:
    told = [mean for mean in means if mean is not None]
    if len(told) != len(means) or not told:
        return None
    return (sum(told, Decimal(0)) / len(told)).quantize(TENTH)
