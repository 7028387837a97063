"""Follow-up: goals, indicators, reports, files and drafts, in the states that matter."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.domain.followup import operations as do
from samordna.domain.followup.models import Indicator, Report
from samordna.domain.organisations.models import Holding
from tests import factories as f
from tests.browser.pages import Visit, page
from tests.domain.collaborations.setting import Setting, setting

HEAD = "Indikator;Organisation;Period;Värde"


def _holding(actor: Actor) -> Holding:
    return Holding.objects.get(pk=actor.holding_id)


def _measured() -> tuple[Setting, Indicator]:
    """A goal measured for some months by two organisations, with a part of its own, a look and another unit since."""
    given, today = setting(), clock.day(clock.now())
    goal = f.goal(given.collaboration, baseline_on=today - timedelta(days=400), target_on=today + timedelta(days=400))
    indicator = do.start_indicator(
        actor=given.coordinator,
        goal_id=goal.pk,
        name="Dagar från utskrivningsklar till hemma",
        definition="Hela dygn, från läkarens besked till dess personen är hemma.",
        frequency="month",
        unit="dagar",
        measured_from=today - timedelta(days=170),
        past_rounds=True,
    )
    do.open_rounds(actor=given.coordinator, collaboration_id=given.collaboration.pk)
    for at, report in enumerate(Report.objects.order_by("round__starts_on", "pk")):
        if at < Report.objects.count() - 2:
            told = {indicator.pk: {"value": f"{15 - at},5"}}
            actor = given.manager if report.organisation_id == given.own.pk else given.other_manager
            do.save_report(actor=actor, report_id=report.pk, answers=told, submit=True)
    do.set_own_target(actor=given.manager, indicator_id=indicator.pk, level=Decimal(10), on=today + timedelta(days=300))
    do.review_goal(actor=given.coordinator, goal_id=goal.pk, next_on=today + timedelta(days=30))
    do.draft_goal(
        actor=given.coordinator, collaboration_id=given.collaboration.pk, said=do.Drafted(what="Fler känner sig delaktiga")
    )
    return given, indicator


@page("the follow-up of a collaboration, as the one who leads it")
def followup() -> Visit:
    given, _indicator = _measured()
    return Visit(address=f"/uppfoljning/{given.collaboration.pk}/", holding=_holding(given.coordinator))


@page("follow-up over all one's collaborations")
def dashboard() -> Visit:
    given, _indicator = _measured()
    return Visit(address="/uppfoljning/", holding=_holding(given.coordinator))


@page("a goal, as one who takes part")
def goal() -> Visit:
    given, indicator = _measured()
    return Visit(address=f"/uppfoljning/mal/{indicator.goal_id}/", holding=_holding(given.manager))


@page("an indicator with its series")
def indicator() -> Visit:
    given, made = _measured()
    return Visit(address=f"/uppfoljning/matt/{made.pk}/", holding=_holding(given.coordinator))


@page("rounds of reports")
def rounds() -> Visit:
    given, _indicator = _measured()
    return Visit(address=f"/uppfoljning/{given.collaboration.pk}/rapporter/", holding=_holding(given.coordinator))


@page("a report to send in")
def report() -> Visit:
    given, _indicator = _measured()
    waited = Report.objects.filter(organisation=given.own).order_by("round__starts_on").last()
    assert waited is not None
    return Visit(address=f"/uppfoljning/rapport/{waited.pk}/", holding=_holding(given.manager))


@page("the draft of a goal, with what is missing")
def draft() -> Visit:
    given, _indicator = _measured()
    made = given.collaboration.goal_drafts.get()
    return Visit(address=f"/uppfoljning/utkast/{made.pk}/", holding=_holding(given.coordinator))


@page("a file with results, with rows that cannot be kept")
def file() -> Visit:
    given, made = _measured()
    content = f"{HEAD}\n{made.name};Havsnäs;2020-01;12\n{made.name};Havsnäs;i fjol;12\n{made.name};Ingen;2020-01;tolv\n"
    kept = do.read_result_file(
        actor=given.coordinator, collaboration_id=given.collaboration.pk, content=content.encode(), name="resultat.csv"
    )
    return Visit(address=f"/uppfoljning/fil/{kept.pk}/", holding=_holding(given.coordinator))


@page("how often something is measured and which way it should go, changed")
def course() -> Visit:
    given, indicator = _measured()
    return Visit(address=f"/uppfoljning/matt/{indicator.pk}/takt/", holding=_holding(given.coordinator))


@page("the start of an indicator in the past, with how many rounds it opens")
def start() -> Visit:
    given, indicator = _measured()
    since = (clock.day(clock.now()) - timedelta(days=200)).isoformat()
    asked = f"?frequency=quarter&past_rounds=on&measured_from={since}"
    return Visit(address=f"/uppfoljning/mal/{indicator.goal_id}/mat/{asked}", holding=_holding(given.coordinator))


@page("an indicator with a seam, and a part of the series that waits to begin")
def seams() -> Visit:
    given, made = _measured()
    today = clock.day(clock.now())
    frame = {"unit": "dagar", "number_kind": "amount", "aggregation": "sum", "why": "Nationell standard"}
    change: dict[str, Any] = {"actor": given.coordinator, "indicator_id": made.pk} | frame
    do.change_indicator(starts_on=today - timedelta(days=90), definition="Hela dygn till dess personen är hemma.", **change)
    do.change_indicator(starts_on=today + timedelta(days=90), **change | {"unit": "timmar"})
    return Visit(address=f"/uppfoljning/matt/{made.pk}/", holding=_holding(given.coordinator))


@page("a report that is sent back")
def sending_back() -> Visit:
    given, _indicator = _measured()
    told = Report.objects.filter(state="submitted").order_by("round__starts_on").last()
    assert told is not None
    address = f"/uppfoljning/rapport/{told.pk}/skicka-tillbaka/"
    return Visit(address=address, holding=_holding(given.coordinator))
