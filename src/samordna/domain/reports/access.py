"""Who reads annual reports and who writes them: a draft is there for whoever leads the collaboration alone, an adopted one
for everybody who reads it."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from samordna.core.actor import Actor
from samordna.core.errors import Absent, Forbidden
from samordna.domain.collaborations.access import permit, reach, thing_of, visible_collaborations
from samordna.domain.collaborations.models import Collaboration
from samordna.domain.reports.enums import ReportStage
from samordna.domain.reports.models import AnnualReport, Chapter

READ, LEAD = "collaboration.read", "collaboration.lead"
RELATED = ("host", "coordinator_role", "superior")


def annual_report_for(actor: Actor, annual_report_id: str, action: str = READ, at: datetime | None = None) -> AnnualReport:
    """The report, if the actor may do this with it. Raises `Absent` for a draft of somebody else's."""
    related = tuple(f"collaboration__{name}" for name in RELATED)
    report = (
        AnnualReport.objects.select_related(*related, "adopted_by__role").filter(pk=annual_report_id).order_by().first()
    )
    if report is None:
        raise Absent
    thing = thing_of(report.collaboration)
    permit(actor, READ, thing, at)
    if report.stage == ReportStage.DRAFT and not may_lead(actor, report.collaboration, at):
        raise Absent
    if action != READ:
        permit(actor, action, thing, at)
    return report


def chapter_for(actor: Actor, chapter_id: str, action: str = READ, at: datetime | None = None) -> Chapter:
    """The chapter, if the actor may do this with its report."""
    chapter = Chapter.objects.filter(pk=chapter_id).order_by().first()
    if chapter is None:
        raise Absent
    chapter.report = annual_report_for(actor, chapter.report_id, action, at)
    return chapter


def may_lead(actor: Actor, given: Collaboration, at: datetime | None = None) -> bool:
    """Does the actor lead the collaboration?"""
    try:
        permit(actor, LEAD, thing_of(given), at)
    except (Absent, Forbidden):
        return False
    return True


def visible_annual_reports(actor: Actor, at: datetime | None = None) -> QuerySet[AnnualReport]:
    """The reports that the actor may read: exactly those that `annual_report_for` gives."""
    if actor.system:
        return AnnualReport.objects.all()
    coordinated = reach(actor, at)[1] if actor.may_write else []
    within = AnnualReport.objects.filter(collaboration__in=visible_collaborations(actor, at).values("pk"))
    return within.filter(Q(stage=ReportStage.ADOPTED) | Q(collaboration_id__in=coordinated))
