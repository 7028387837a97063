"""Taking a whole away from an adopted report, when somebody has come to know enough to work a figure out of it."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Refused
from samordna.core.operation import operation
from samordna.domain.organisations.findings import Findings
from samordna.domain.reports.access import LEAD, annual_report_for
from samordna.domain.reports.document import document_of
from samordna.domain.reports.enums import ReportStage
from samordna.domain.reports.limits import LONGEST_REASON
from samordna.domain.reports.models import AnnualReport, Withdrawn
from samordna.domain.reports.operations.holding import tell
from samordna.domain.reports.queries.pages import front_of, said_in
from samordna.domain.reports.queries.withdrawn import takeable


@operation("collaboration.lead")
def withdraw_from_report(
    *, actor: Actor, annual_report_id: str, kind: str, place: int, reason: str, at: datetime | None = None
) -> Withdrawn:
    """Put a dated note in the place of a whole in an adopted report: in the page and in its files. `kind` and `place`: the
    chapter, and which of what is known there, from 0.

    What was adopted is kept with its digest, and is given out no more. Nobody's own words are touched. Raises `Refused`
    for a draft, which is drawn anew instead, and for what is no whole or is taken away already.
    """
    report = annual_report_for(actor, annual_report_id, LEAD, at)
    at = at or clock.now()
    AnnualReport.objects.select_for_update().get(pk=report.pk)
    if report.stage != ReportStage.ADOPTED:
        raise Refused(_("A draft is drawn anew instead."))
    found = Findings()
    reason = found.text("reason", reason, longest=LONGEST_REASON)
    title = takeable(report).get((kind, place))
    if title is None:
        found.say("piece", _("Choose something that stands in the report."))
    found.insist()
    by = {"withdrawn_at": at, "withdrawn_by_id": actor.holding_id}
    made = Withdrawn.objects.create(
        report=report, kind=kind, place=place, title=(title or "")[:300], reason=reason, pdf=b"", word=b"", **by
    )
    front, said = front_of(report), said_in(report)
    made.pdf, made.word = document_of(front, said, "pdf"), document_of(front, said, "docx")
    made.digest = sha256(made.pdf).hexdigest()
    made.save(update_fields=["pdf", "word", "digest"])
    tell(actor, "annual_report_withdrawn", report, at, chapter=kind, digest=made.digest)
    return made
