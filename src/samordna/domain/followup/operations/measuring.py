"""Indicators: started for a goal and ended; and targets for the whole and for each organisation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Refused, TooLarge
from samordna.core.operation import operation
from samordna.domain.collaborations.access import goal_for
from samordna.domain.collaborations.goals import storable
from samordna.domain.collaborations.models import Collaboration, Goal, Participation
from samordna.domain.followup.access import indicator_for, reporting_for
from samordna.domain.followup.enums import WEIGHED, Aggregation, Frequency, NumberKind
from samordna.domain.followup.figures import usual_kind
from samordna.domain.followup.limits import LONGEST_GROUP, MOST_DAYS, MOST_INDICATORS, MOST_STEPS
from samordna.domain.followup.models import Indicator, IndicatorVersion, Respondent, TargetStep
from samordna.domain.followup.operations.holding import hold, tell
from samordna.domain.followup.operations.telling import keep_going
from samordna.domain.followup.periods import period_at
from samordna.domain.followup.phrases import unfit
from samordna.domain.followup.queries.frames import version_on, versions_of
from samordna.domain.followup.queries.starting import start_of
from samordna.domain.organisations.findings import Findings


@operation("collaboration.lead")
def start_indicator(
    *,
    actor: Actor,
    goal_id: str,
    name: str,
    frequency: str,
    unit: str,
    number_kind: str = "",
    aggregation: str = "",
    definition: str = "",
    source: str = "",
    minimum_group: int = 1,
    days_to_report: int = 20,
    respondents: Sequence[str] = (),
    measured_from: date | None = None,
    past_rounds: bool = False,
    at: datetime | None = None,
) -> Indicator:
    """Begin to measure a goal. Baseline and target are the goal's; without `respondents` all who take part report.

    However early it is measured from, reports are asked for from the last period that has ended; `past_rounds` asks for
    the earlier ones too. The kind of figure follows from the unit where it is not said. Raises `Invalid` field by field.
    """
    goal = goal_for(actor, goal_id, "collaboration.lead", at)
    at, given = at or clock.now(), _with_room(goal)
    found, kind = Findings(), number_kind or usual_kind(unit)
    indicator = Indicator(collaboration=given, goal=goal, kind=goal.kind, **by(actor, at))
    indicator.name = found.line("name", name, 200)
    often = found.choice("frequency", frequency, Frequency.values)
    if Indicator.objects.running().filter(collaboration=given, name=indicator.name).exists():
        found.say("name", _("There is already an indicator with this name."))
    rule = aggregation or (Aggregation.WEIGHTED if kind in WEIGHED else Aggregation.SUM)
    version = version_of(found, definition, unit, kind, rule, by(actor, at))
    report_by(version, found, source, minimum_group, days_to_report)
    chosen = chosen_among(found, given.pk, respondents, clock.day(at))
    found.insist()
    indicator.measured_from = measured_from or period_at(often, clock.day(at)).starts_on
    start = start_of(given, often, indicator.measured_from, clock.day(at), past=past_rounds, respondents=chosen)
    indicator.asked_from = start.first.starts_on
    indicator.save(force_insert=True)
    version.indicator, version.number, version.everybody = indicator, 1, not chosen
    version.frequency, version.direction = often, goal.direction
    version.baseline, version.baseline_on = goal.baseline, goal.baseline_on
    version.save(force_insert=True)
    TargetStep.objects.create(version=version, on=goal.target_on, level=goal.target, **by(actor, at))
    Respondent.objects.bulk_create(Respondent(indicator=indicator, organisation_id=of, named_at=at) for of in chosen)
    told(actor, "indicator_started", indicator, at, goal=goal.pk, name=indicator.name, asked_from=indicator.asked_from)
    return indicator


def _with_room(goal: Goal) -> Collaboration:
    """The goal's collaboration, held, where the goal may be measured by one more."""
    given = hold(goal.collaboration_id)
    if goal.ended_at is not None:
        raise Refused(_("This goal is no longer worked for."))
    if given.indicators.running().count() >= MOST_INDICATORS:
        raise TooLarge(_("At most %(most)s indicators are measured at a time. End one first.") % {"most": MOST_INDICATORS})
    return given


def report_by(version: IndicatorVersion, found: Findings, source: str, minimum_group: int, days: int) -> None:
    """Say in a version where its figures come from, how few they may stand for and how long one has to report."""
    version.source = found.line("source", source, 200, required=False)
    if not 1 <= minimum_group <= LONGEST_GROUP:
        found.say("minimum_group", _("Write a number from 1, which hides nothing."))
    if not 1 <= days <= MOST_DAYS:
        found.say("days_to_report", _("Write a number of days between 1 and %(most)s.") % {"most": MOST_DAYS})
    version.minimum_group, version.days_to_report = minimum_group, days


def version_of(
    found: Findings, definition: str, unit: str, number_kind: str, aggregation: str, written: dict[str, Any]
) -> IndicatorVersion:
    """A version with this frame, not saved."""
    kind = found.choice("number_kind", number_kind, NumberKind.values)
    rule = found.choice("aggregation", aggregation, Aggregation.values)
    if sentence := unfit(kind, rule):
        found.say("aggregation", sentence)
    return IndicatorVersion(
        definition=found.text("definition", definition, required=False),
        unit=found.line("unit", unit, 40),
        number_kind=kind,
        aggregation=rule,
        **written,
    )


def by(actor: Actor, at: datetime) -> dict[str, Any]:
    """Who says it, and when."""
    return {"set_at": at, "set_by_id": actor.holding_id}


def chosen_among(found: Findings, collaboration_id: str, chosen: Sequence[str], on: date) -> list[str]:
    """The organisations named to report, each of which takes part on the day."""
    there = set(
        Participation.objects.on(on).filter(collaboration_id=collaboration_id).values_list("organisation_id", flat=True)
    )
    if set(chosen) - there:
        found.say("respondents", _("Choose among the organisations that take part."))
    return sorted(set(chosen) & there)


@operation("collaboration.lead")
def end_indicator(*, actor: Actor, indicator_id: str, reason: str, at: datetime | None = None) -> Indicator:
    """Stop measuring; everything that was measured is kept."""
    indicator_for(actor, indicator_id, "collaboration.lead", at)
    at = at or clock.now()
    indicator = running(indicator_id)
    found = Findings()
    indicator.ended_at, indicator.ended_reason = at, found.text("reason", reason)
    found.insist()
    indicator.save(update_fields=["ended_at", "ended_reason"])
    told(actor, "indicator_ended", indicator, at, name=indicator.name, reason=indicator.ended_reason)
    return indicator


@operation("collaboration.lead")
def set_target_step(
    *,
    actor: Actor,
    indicator_id: str,
    level: Decimal,
    on: date,
    holds_on: date | None = None,
    at: datetime | None = None,
) -> TargetStep:
    """Say where the whole is to be by a day; said again for the same day it replaces what was said.

    `holds_on`: the day to come on which another part of the series begins, for a target in that; without it, in today's.
    """
    indicator_for(actor, indicator_id, "collaboration.lead", at)
    return _step(actor, indicator_id, None, (level, on), holds_on, at or clock.now())


@operation("collaboration.contribute")
def set_own_target(
    *,
    actor: Actor,
    indicator_id: str,
    level: Decimal,
    on: date,
    holds_on: date | None = None,
    at: datetime | None = None,
) -> TargetStep:
    """Say what one's own organisation takes on: where it is to be by a day. That is its part of the goal.

    `holds_on`: the day to come on which another part of the series begins, for what it takes on in that.
    """
    indicator = indicator_for(actor, indicator_id, at=at)
    reporting_for(actor, indicator.collaboration_id, at)
    return _step(actor, indicator_id, actor.organisation_id, (level, on), holds_on, at or clock.now())


def _step(
    actor: Actor,
    indicator_id: str,
    organisation_id: str | None,
    aim: tuple[Decimal, date],
    holds_on: date | None,
    at: datetime,
) -> TargetStep:
    indicator, (level, on) = running(indicator_id), aim
    found, today = Findings(), clock.day(at)
    versions = versions_of([indicator.pk])[indicator.pk]
    version = version_on(versions, holds_on or today)
    if holds_on is not None and (holds_on <= today or version.starts_on != holds_on):
        found.say("holds_on", _("No change waits to begin on that day. Look at the indicator again."))
    elif version.starts_on is not None and today < version.starts_on and on <= version.starts_on:
        sentence = _("It is measured so from %(day)s. Choose a later day to reach the target by.")
        found.say("on", sentence % {"day": date_format(version.starts_on, "j F Y")})
    if not storable(level):
        found.say("level", _("Write a number with at most four decimals."))
    if version.baseline_on is not None and on <= version.baseline_on:
        found.say("on", _("The day comes after the day the baseline was measured."))
    found.insist()
    steps = TargetStep.objects.filter(version=version, organisation_id=organisation_id)
    if steps.exclude(on=on).count() >= MOST_STEPS:
        raise TooLarge(_("At most %(most)s steps are kept.") % {"most": MOST_STEPS})
    given: dict[str, Any] = {"level": level, **by(actor, at)}
    step, _made = steps.update_or_create(
        on=on, defaults=given, create_defaults={**given, "version": version, "organisation_id": organisation_id}
    )
    told(actor, "target_set", indicator, at, on=on, level=str(level), organisation=organisation_id or "")
    return step


def running(indicator_id: str) -> Indicator:
    """The indicator, its collaboration held. Raises `Refused` for one that is not measured any more."""
    indicator = Indicator.objects.get(pk=indicator_id)
    hold(indicator.collaboration_id)
    indicator.refresh_from_db()
    if indicator.ended_at is not None:
        raise Refused(_("This is not measured any more."))
    return indicator


def told(actor: Actor, action: str, indicator: Indicator, at: datetime, /, **content: Any) -> None:
    """One entry in the journal about the indicator, and how it goes kept anew."""
    keep_going([indicator.pk])
    tell(actor, action, ("indicator", indicator.pk), indicator.collaboration_id, at, **content)
