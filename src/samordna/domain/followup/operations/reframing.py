"""An indicator from a day on: what it means, and how it is reported. What was told stays with what it meant then."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.operation import operation
from samordna.domain.collaborations.goals import Aim, Fault, faults, storable
from samordna.domain.followup.access import indicator_for
from samordna.domain.followup.limits import YEARS_AHEAD
from samordna.domain.followup.models import Indicator, IndicatorVersion, Respondent, TargetStep
from samordna.domain.followup.operations.measuring import by, chosen_among, report_by, running, told, version_of
from samordna.domain.followup.periods import period_at
from samordna.domain.followup.phrases import label_of
from samordna.domain.followup.queries.drafts import contradictions, sentences
from samordna.domain.followup.queries.frames import begins_anew, reporters_of, versions_of
from samordna.domain.organisations.findings import Findings

FRAME = ("definition", "unit", "number_kind", "aggregation", "baseline", "baseline_on")
COURSE = ("frequency", "direction")
REPORTING = ("source", "minimum_group", "days_to_report", "everybody")


@operation("collaboration.lead")
def change_indicator(
    *,
    actor: Actor,
    indicator_id: str,
    starts_on: date,
    why: str,
    unit: str,
    number_kind: str,
    aggregation: str,
    definition: str = "",
    baseline: Decimal | None = None,
    baseline_on: date | None = None,
    target: Decimal | None = None,
    target_on: date | None = None,
    at: datetime | None = None,
) -> IndicatorVersion:
    """Give an indicator another frame from a day on. What has been measured stays as it is, under the frame it had."""
    indicator_for(actor, indicator_id, "collaboration.lead", at)
    at = at or clock.now()
    indicator = running(indicator_id)
    before = indicator.versions.standing().order_by("-number")[0]
    found = Findings()
    version = version_of(found, definition, unit, number_kind, aggregation, by(actor, at))
    for name in (*REPORTING, *COURSE):
        setattr(version, name, getattr(before, name))
    chosen = soon(found, starts_on, clock.day(at))
    since = dated(version, found, indicator, before, period_at(before.frequency, chosen).starts_on, why)
    levels(found, before, version, baseline, baseline_on, target, target_on)
    found.insist()
    version.baseline, version.baseline_on = baseline, baseline_on
    if begins_anew(before, version):
        unmeasured(found, indicator, since)
        found.insist()
    version.save(force_insert=True)
    if target is not None and target_on is not None:
        TargetStep.objects.create(version=version, on=target_on, level=target, **by(actor, at))
    facts: dict[str, Any] = {"number": version.number, "unit": version.unit, "starts_on": version.starts_on}
    action = "frame_begun_anew" if begins_anew(before, version) else "indicator_changed"
    told(actor, action, indicator, at, why=version.why, organisations=reporters_on(indicator, clock.day(at)), **facts)
    return version


def soon(found: Findings, day: date, today: date) -> date:
    """The day from which something is changed, where it is not so far ahead that nobody can mean it; else that limit."""
    last = date(today.year + YEARS_AHEAD, 12, 31)
    if day > last:
        sentence = _("Choose a day at most %(years)s years ahead, no later than %(day)s.")
        found.say("starts_on", sentence % {"years": YEARS_AHEAD, "day": date_format(last, "j F Y")})
    return min(day, last)


def reporters_on(indicator: Indicator, day: date) -> list[str]:
    """The organisations that report the indicator on a day."""
    return reporters_of([indicator], indicator.collaboration, versions_of([indicator.pk])).on(indicator, day)


def dated(
    version: IndicatorVersion, found: Findings, indicator: Indicator, before: IndicatorVersion, since: date, why: str
) -> date:
    """Let the version hold from the first day of a period, after the one before."""
    version.why = found.text("why", why)
    version.starts_on = since
    if before.starts_on is not None and since <= before.starts_on:
        found.say("starts_on", _("The frame before begins on the same day or later. Choose a later day."))
    last = indicator.versions.order_by("-number").values_list("number", flat=True)[0]
    version.indicator, version.number = indicator, last + 1
    return since


def unmeasured(found: Findings, indicator: Indicator, since: date) -> None:
    """Nothing that is told already gets another meaning."""
    last = indicator.results.filter(starts_on__gte=since).order_by("-starts_on").first()
    if last is not None:
        sentence = _("Figures are told for %(period)s already and would get another meaning. Choose a later day.")
        found.say("starts_on", sentence % {"period": label_of(last.period)})


def levels(
    found: Findings,
    before: IndicatorVersion,
    version: IndicatorVersion,
    baseline: Decimal | None,
    baseline_on: date | None,
    target: Decimal | None,
    target_on: date | None,
) -> None:
    """A baseline and a target have a day each and hold together as a goal's do. Figures that can be compared get both
    anew or neither: half of it would hold the new figures against the other half of what was before."""
    for name, level, on in (("baseline", baseline, baseline_on), ("target", target, target_on)):
        _paired(found, name, level, on)
        if level is not None and not storable(level):
            found.say(name, contradictions()[Fault.LEVEL])
    if version.direction != before.direction:
        said = {"baseline": baseline, "baseline_on": baseline_on, "target": target, "target_on": target_on}
        for name, value in said.items():
            if value is None:
                found.say(name, sentences()[name])
    elif not begins_anew(before, version) and (
        (baseline is None) != (target is None)
        or (baseline is not None and (baseline, baseline_on) == (before.baseline, before.baseline_on))
    ):
        sentence = _("Give a new baseline and a new target together. To move the target alone, choose Target.")
        found.say("target" if target is None else "baseline", sentence)
    if baseline is None or baseline_on is None or target is None or target_on is None or "direction" in found.fields:
        return
    levelled: dict[str, Any] = {"baseline": baseline, "baseline_on": baseline_on, "target": target, "target_on": target_on}
    for name, fault in faults(Aim(direction=version.direction, **levelled)):
        found.say(name, contradictions()[fault])


def _paired(found: Findings, name: str, level: Decimal | None, on: date | None) -> None:
    if (level is None) != (on is None):
        found.say(name if level is None else f"{name}_on", _("Give both a figure and a day, or neither."))


@operation("collaboration.lead")
def change_reporting(
    *,
    actor: Actor,
    indicator_id: str,
    starts_on: date,
    why: str,
    source: str = "",
    minimum_group: int = 1,
    days_to_report: int = 20,
    respondents: Sequence[str] = (),
    at: datetime | None = None,
) -> IndicatorVersion:
    """Say how an indicator is reported from a day on: by whom (nobody named means all who take part), from what source,
    within how many days, and how few a shown figure may stand for. What it means stays; so does what has been reported."""
    indicator_for(actor, indicator_id, "collaboration.lead", at)
    at = at or clock.now()
    indicator = running(indicator_id)
    before = indicator.versions.standing().order_by("-number")[0]
    found = Findings()
    version = IndicatorVersion(**{name: getattr(before, name) for name in (*FRAME, *COURSE)}, **by(actor, at))
    chosen_day = soon(found, starts_on, clock.day(at))
    since = dated(version, found, indicator, before, period_at(before.frequency, chosen_day).starts_on, why)
    report_by(version, found, source, minimum_group, days_to_report)
    if version.minimum_group != before.minimum_group:
        unmeasured(found, indicator, since)
    chosen = chosen_among(found, indicator.collaboration_id, respondents, clock.day(at))
    found.insist()
    version.everybody = not chosen
    version.save(force_insert=True)
    _name(indicator, chosen, since, at)
    facts: dict[str, Any] = {name: getattr(version, name) for name in REPORTING}
    told(actor, "reporting_changed", indicator, at, why=version.why, starts_on=since, respondents=chosen, **facts)
    return version


def _name(indicator: Indicator, chosen: Sequence[str], since: date, at: datetime) -> None:
    """From that day on these are named, and nobody else."""
    standing = indicator.respondents.filter(ended_at__isnull=True, ends_on__isnull=True)
    standing.exclude(organisation_id__in=chosen).update(ends_on=since)
    there = set(standing.values_list("organisation_id", flat=True))
    Respondent.objects.bulk_create(
        Respondent(indicator=indicator, organisation_id=of, named_at=at, starts_on=since)
        for of in chosen
        if of not in there
    )
