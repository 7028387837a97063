"""A change of an indicator taken back before it has begun: the slip in a year, and the change of mind."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Refused
from samordna.core.operation import operation
from samordna.domain.followup.access import indicator_for
from samordna.domain.followup.models import Indicator, IndicatorVersion
from samordna.domain.followup.operations.measuring import running, told
from samordna.domain.followup.operations.reframing import reporters_on
from samordna.domain.followup.phrases import label_of
from samordna.domain.organisations.findings import Findings
from samordna.domain.organisations.models import Holding


@operation("collaboration.lead")
def withdraw_frame(*, actor: Actor, indicator_id: str, reason: str, at: datetime | None = None) -> IndicatorVersion:
    """Take back the last change of an indicator before it has begun; it goes on as if the change had not been said.

    What was said is kept, with why it was taken back. Raises `Refused` where nothing waits to begin, or figures are told.
    """
    indicator_for(actor, indicator_id, "collaboration.lead", at)
    at = at or clock.now()
    indicator = running(indicator_id)
    version = indicator.versions.standing().order_by("-number")[0]
    since = version.starts_on
    if since is None or since <= clock.day(at):
        raise Refused(_("No change waits to begin, so there is nothing to take back."))
    last = indicator.results.filter(starts_on__gte=since).order_by("-starts_on").first()
    if last is not None:
        sentence = _("Figures are told for %(period)s already, so the change stays.")
        raise Refused(sentence % {"period": label_of(last.period)})
    found = Findings()
    version.withdrawn_at = at
    version.withdrawn_by = Holding.objects.filter(pk=actor.holding_id).first()
    version.withdrawn_why = found.text("reason", reason)
    found.insist()
    asked = sorted({*reporters_on(indicator, clock.day(at)), *reporters_on(indicator, since)})
    version.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_why"])
    _named_as_before(indicator, since, at)
    said = {"number": version.number, "starts_on": since, "reason": version.withdrawn_why}
    told(actor, "frame_withdrawn", indicator, at, organisations=asked, **said)
    return version


def _named_as_before(indicator: Indicator, since: date, at: datetime) -> None:
    """Those who were to be named from that day are not; those who were to end on it go on."""
    indicator.respondents.filter(starts_on=since, ended_at__isnull=True).update(ended_at=at)
    indicator.respondents.filter(ends_on=since, ended_at__isnull=True).update(ends_on=None)
