"""How often an indicator is measured, and which way it should go, from a day on. What was told keeps its own period."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.operation import operation
from samordna.domain.collaborations.enums import Direction
from samordna.domain.followup.access import indicator_for
from samordna.domain.followup.enums import Frequency
from samordna.domain.followup.models import Indicator, IndicatorVersion, Round, TargetStep
from samordna.domain.followup.operations.measuring import by, running, told
from samordna.domain.followup.operations.reframing import FRAME, REPORTING, dated, levels, reporters_on, soon, unmeasured
from samordna.domain.followup.periods import shared_start
from samordna.domain.followup.phrases import label_of
from samordna.domain.followup.queries.frames import begins_anew
from samordna.domain.organisations.findings import Findings


@operation("collaboration.lead")
def change_course(
    *,
    actor: Actor,
    indicator_id: str,
    starts_on: date,
    why: str,
    frequency: str,
    direction: str,
    baseline: Decimal | None = None,
    baseline_on: date | None = None,
    target: Decimal | None = None,
    target_on: date | None = None,
    at: datetime | None = None,
) -> IndicatorVersion:
    """Say how often an indicator is measured and which way it should go, from a day on.

    It begins on the first day from then on on which a period of both kinds begins. What has been told stays, under its own
    period; the change begins after every round that is asked for, open or locked. Another direction, or another length of
    period where figures are added up, begins a new part of the series: another direction has its own baseline and target.
    """
    indicator_for(actor, indicator_id, "collaboration.lead", at)
    at = at or clock.now()
    indicator = running(indicator_id)
    before = indicator.versions.standing().order_by("-number")[0]
    found = Findings()
    version = IndicatorVersion(**{name: getattr(before, name) for name in (*FRAME, *REPORTING)}, **by(actor, at))
    version.frequency = found.choice("frequency", frequency, Frequency.values)
    version.direction = found.choice("direction", direction, Direction.values)
    found.insist()
    if (version.frequency, version.direction) == (before.frequency, before.direction):
        found.say("frequency", _("It is measured so already. Choose another frequency or another direction."))
    since = shared_start(before.frequency, version.frequency, soon(found, starts_on, clock.day(at)))
    dated(version, found, indicator, before, since, why)
    unmeasured(found, indicator, since)
    _unasked(found, indicator, (before.frequency, version.frequency), since)
    levels(found, before, version, baseline, baseline_on, target, target_on)
    found.insist()
    if baseline is not None or begins_anew(before, version):
        version.baseline, version.baseline_on = baseline, baseline_on
    version.save(force_insert=True)
    if target is not None and target_on is not None:
        TargetStep.objects.create(version=version, on=target_on, level=target, **by(actor, at))
    facts: dict[str, Any] = {"frequency": version.frequency, "direction": version.direction, "starts_on": since}
    action = "course_begun_anew" if begins_anew(before, version) else "course_changed"
    told(actor, action, indicator, at, why=version.why, organisations=reporters_on(indicator, clock.day(at)), **facts)
    return version


def _unasked(found: Findings, indicator: Indicator, often: tuple[str, str], since: date) -> None:
    """A round that asks for the indicator is reported as it was asked for, and one that asks for others does not get it
    afterwards; the change begins after them."""
    rounds = Round.objects.filter(collaboration_id=indicator.collaboration_id, frequency__in=often)
    last = rounds.filter(starts_on__gte=since).order_by("-starts_on").first()
    if last is not None and "starts_on" not in found.fields:
        sentence = _("Reports for %(period)s are asked for already, and are kept. Choose a day in a later period.")
        found.say("starts_on", sentence % {"period": label_of(last.period)})
