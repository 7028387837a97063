"""Whoever changes a report holds it until the change is written; and how the journal is told."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from samordna.core import journal
from samordna.core.actor import Actor
from samordna.core.errors import Refused
from samordna.domain.reports.access import LEAD, annual_report_for, chapter_for
from samordna.domain.reports.enums import ReportStage
from samordna.domain.reports.models import AnnualReport, Chapter


def held_report_for(actor: Actor, annual_report_id: str, at: datetime | None) -> AnnualReport:
    """The report, for those who write it, locked. Raises `Refused` for one that is adopted."""
    report = annual_report_for(actor, annual_report_id, LEAD, at)
    AnnualReport.objects.select_for_update().get(pk=report.pk)
    report.refresh_from_db(fields=["stage", "drawn", "drawn_at"])
    if report.stage == ReportStage.ADOPTED:
        raise Refused(_("The report is adopted, so nothing in it changes."))
    return report


def held_chapter_for(actor: Actor, chapter_id: str, at: datetime | None) -> Chapter:
    """The chapter, for those who write it, with its report locked."""
    chapter = chapter_for(actor, chapter_id, LEAD, at)
    report = held_report_for(actor, chapter.report_id, at)
    chapter.refresh_from_db(fields=["place", "left_out"])
    chapter.report = report
    return chapter


def tell(actor: Actor, action: str, report: AnnualReport, at: datetime, /, **content: Any) -> None:
    """One entry; what was written is not repeated there. It is in the collaboration's journal from when the report is
    adopted: that there is a draft is for those who lead alone."""
    journal.record(
        actor=actor,
        action=action,
        subject_kind="annual_report",
        subject_id=report.pk,
        collaboration_id=report.collaboration_id if report.stage == ReportStage.ADOPTED else "",
        at=at,
        year=report.year,
        **content,
    )
