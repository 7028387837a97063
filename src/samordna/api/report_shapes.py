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


class ReportWithdrawnOut(Schema):
    """Something that was taken away from an adopted report. `digest`: of the PDF as it is since then."""

    kind: str
    title: str
    reason: str
    withdrawn_at: datetime
    digest: str


class ReportWithdrawalIn(Schema):
    """What is taken away: the chapter, and which of what is known there, from 0; and why."""

    kind: str
    place: int
    reason: str


class AnnualReportOut(Schema):
    """A whole report. `digest`: of an adopted PDF, as it was adopted; `withdrawn`: what has been taken away since;
    `fingerprint`: of a draft as it says now, for whoever adopts it; `adoptable_from`: the day from which that is done, of a
    draft of a year that is not over."""

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
    withdrawn: list[ReportWithdrawnOut]
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
