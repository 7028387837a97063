"""The shapes of annual reports as JSON."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from ninja import Schema

from samordna.api.common_shapes import Made
from samordna.api.foundation import Page

__all__ = ["Made"]


class AnnualReportRowOut(Schema):
    """One report in a list."""

    id: str
    year: int
    stage: str
    stage_label: str
    drawn_at: datetime
    adopted_at: datetime | None
    how: str


class AnnualReportsOut(Page):
    """A page of the reports of a collaboration, the latest first, at most one a year."""

    collaboration_id: str
    collaboration: str
    items: list[AnnualReportRowOut]


class ReportDrawingOut(Schema):
    """A chart as its places, and what it is called."""

    chart: dict[str, Any]
    label: str


class ReportKnownOut(Schema):
    """One thing that is known: sentences, a table, a chart."""

    title: str
    text: str
    columns: list[str]
    rows: list[list[str]]
    drawing: ReportDrawingOut | None


class ReportChapterOut(Schema):
    """A chapter: its own words and what is known."""

    id: str
    kind: str
    title: str
    text: str
    versions: int
    left_out: bool
    known: list[ReportKnownOut]


class AnnualReportOut(Schema):
    """A whole report. `digest`: of an adopted PDF; `fingerprint`: of a draft as it says now, for whoever adopts it;
    `adoptable_from`: the day from which that is done, of a draft of a year that is not over."""

    id: str
    collaboration_id: str
    collaboration: str
    year: int
    language: str
    stage: str
    drawn_at: datetime
    adopted_at: datetime | None
    how: str
    digest: str
    fingerprint: str
    adoptable_from: date | None
    chapters: list[ReportChapterOut]


class AnnualReportIn(Schema):
    """Which year."""

    year: int


class ChapterTextIn(Schema):
    """A chapter's own words; `seen`: the fingerprint of what one began from."""

    text: str
    seen: str = ""


class ChapterTextOut(Schema):
    """A version of a chapter's own words."""

    id: str
    number: int


class ChapterMovedIn(Schema):
    """One place earlier, or later."""

    earlier: bool


class ChapterLeftOutIn(Schema):
    """Left out, or taken in again."""

    left_out: bool


class ReportAdoptionIn(Schema):
    """Where and how it was adopted; `seen`: the fingerprint of the report that one has read."""

    how: str
    seen: str = ""
