"""Annual reports as JSON. Their files are fetched from their pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from ninja import Query, Status

from samordna.api import report_shapes as shapes
from samordna.api.foundation import PROBLEMS, Operations, Paging, actor_of, page_of
from samordna.core import clock
from samordna.domain.reports import operations
from samordna.domain.reports.queries.pages import AnnualReportPage, annual_report_page, reports_page

if TYPE_CHECKING:
    from samordna.domain.reports.models import AnnualReport, Chapter, ChapterText, Withdrawn

router = Operations(tags=["Annual reports"])


@router.get("/collaborations/{collaboration_id}/annual-reports", response={200: shapes.AnnualReportsOut, **PROBLEMS})
def list_annual_reports(request: HttpRequest, collaboration_id: str, paging: Query[Paging]) -> dict[str, Any]:
    """The reports that one may read, the latest first."""
    shown = reports_page(actor_of(request), collaboration_id, clock.now())
    where = {"collaboration_id": shown.collaboration_id, "collaboration": shown.collaboration}
    return page_of(shown.reports, paging) | where


@router.post("/collaborations/{collaboration_id}/annual-reports", response={201: shapes.Made, **PROBLEMS})
def begin_annual_report(request: HttpRequest, collaboration_id: str, body: shapes.AnnualReportIn) -> Status[AnnualReport]:
    """Begin the report of a year: what is known is drawn into it."""
    made = operations.begin_annual_report(actor=actor_of(request), collaboration_id=collaboration_id, **body.dict())
    return Status(201, made)


@router.get("/annual-reports/{annual_report_id}", response={200: shapes.AnnualReportOut, **PROBLEMS})
def read_annual_report(request: HttpRequest, annual_report_id: str) -> AnnualReportPage:
    """One report with its chapters."""
    return annual_report_page(actor_of(request), annual_report_id, clock.now())


@router.post("/annual-reports/{annual_report_id}/draw", response={200: shapes.Made, **PROBLEMS})
def draw_report_again(request: HttpRequest, annual_report_id: str) -> AnnualReport:
    """Draw what is known anew; nobody's own words are touched."""
    return operations.draw_report_again(actor=actor_of(request), annual_report_id=annual_report_id)


@router.put("/chapters/{chapter_id}/text", response={200: shapes.ChapterTextOut, **PROBLEMS})
def write_chapter(request: HttpRequest, chapter_id: str, body: shapes.ChapterTextIn) -> ChapterText:
    """Write a chapter's own words; what it said before is kept."""
    return operations.write_chapter(actor=actor_of(request), chapter_id=chapter_id, **body.dict())


@router.post("/chapters/{chapter_id}/move", response={200: shapes.Made, **PROBLEMS})
def move_chapter(request: HttpRequest, chapter_id: str, body: shapes.ChapterMovedIn) -> Chapter:
    """Let it change places with the one before or after it."""
    return operations.move_chapter(actor=actor_of(request), chapter_id=chapter_id, **body.dict())


@router.post("/chapters/{chapter_id}/leave-out", response={200: shapes.Made, **PROBLEMS})
def leave_chapter_out(request: HttpRequest, chapter_id: str, body: shapes.ChapterLeftOutIn) -> Chapter:
    """Leave it out, or take it in again."""
    return operations.leave_chapter_out(actor=actor_of(request), chapter_id=chapter_id, **body.dict())


@router.post("/annual-reports/{annual_report_id}/withdraw", response={201: shapes.ReportWithdrawnOut, **PROBLEMS})
def withdraw_from_report(request: HttpRequest, annual_report_id: str, body: shapes.ReportWithdrawalIn) -> Status[Withdrawn]:
    """Put a dated note in the place of a whole in an adopted report."""
    made = operations.withdraw_from_report(actor=actor_of(request), annual_report_id=annual_report_id, **body.dict())
    return Status(201, made)


@router.post("/annual-reports/{annual_report_id}/adopt", response={200: shapes.Made, **PROBLEMS})
def adopt_report(request: HttpRequest, annual_report_id: str, body: shapes.ReportAdoptionIn) -> AnnualReport:
    """Adopt it: nothing in it changes from then on."""
    return operations.adopt_report(actor=actor_of(request), annual_report_id=annual_report_id, **body.dict())
