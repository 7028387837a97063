"""Adopting: what the report says then is kept as it is for good, with the files that were made of it."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Overtaken, Refused
from samordna.core.operation import operation
from samordna.domain.organisations.findings import Findings
from samordna.domain.organisations.models import Holding
from samordna.domain.reports.document import document_of
from samordna.domain.reports.enums import ReportStage
from samordna.domain.reports.limits import LONGEST_HOW
from samordna.domain.reports.models import AdoptedReport, AnnualReport
from samordna.domain.reports.operations.holding import held_report_for, tell
from samordna.domain.reports.queries.pages import adoptable_from, fingerprint_of, front_of, said_in


@operation("collaboration.lead")
def adopt_report(
    *, actor: Actor, annual_report_id: str, how: str, seen: str = "", at: datetime | None = None
) -> AnnualReport:
    """Adopt the report: from now on everybody who takes part reads it, and nothing in it changes. `how`: where and how.

    `seen` is the fingerprint of the report that one has read; raises `Overtaken` when it says something else by now.
    Raises `Refused` while its year is not over.
    """
    report = held_report_for(actor, annual_report_id, at)
    at = at or clock.now()
    if adoptable_from(report, at) is not None:
        raise Refused(_("The year is not over. Adopt the report when it is, with all that has happened drawn into it."))
    now = fingerprint_of(report)
    if seen and seen != now:
        told = _("Somebody else changed the report while you were here. Read it again before you adopt it.")
        raise Overtaken(told, now=now)
    found = Findings()
    how = found.line("how", how, LONGEST_HOW)
    found.insist()
    report.stage, report.adopted_at, report.how = ReportStage.ADOPTED, at, how
    report.adopted_by = Holding.objects.filter(pk=actor.holding_id).first()
    front, said = front_of(report), said_in(report)
    pdf, word = document_of(front, said, "pdf"), document_of(front, said, "docx")
    digest = sha256(pdf).hexdigest()
    report.save(update_fields=["stage", "adopted_at", "adopted_by", "how"])
    AdoptedReport.objects.create(report=report, pdf=pdf, word=word, digest=digest)
    tell(actor, "annual_report_adopted", report, at, digest=digest)
    return report
