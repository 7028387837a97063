"""A report that is under way when its organisation is succeeded goes on with its figures, and is told once."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from samordna.core import clock
from samordna.domain.followup import operations as do
from samordna.domain.followup.models import Indicator, IndicatorGoing, Report, Result, ResultValue
from samordna.domain.followup.queries.awaited import awaited_in
from samordna.domain.followup.queries.lately import worked_out
from samordna.domain.followup.queries.pages import indicator_page
from samordna.domain.followup.queries.reports import report_page
from samordna.domain.organisations.models import Organisation
from samordna.domain.organisations.operations.reorganising import plan_reorganisation
from samordna.domain.organisations.operations.reorganising_steps import (
    agree_to_reorganisation,
    carry_out_reorganisation,
)
from samordna.domain.organisations.orphans import orphans
from tests import factories as f
from tests.domain.collaborations.setting import client_of, setting
from tests.reading import figures

pytestmark = pytest.mark.django_db


def reported(given, *alone):
    """Three report the month that has ended; how it goes is kept. `alone`: those who report another figure too."""
    today = clock.day(clock.now())
    f.participation(given.collaboration, f.organisation("Tredje"))
    goal = f.goal(
        given.collaboration,
        direction="down",
        baseline=Decimal(100),
        target=Decimal(20),
        baseline_on=today - timedelta(days=400),
        target_on=today + timedelta(days=400),
    )
    frame = {"name": "Väntedagar", "frequency": "month", "unit": "dagar", "number_kind": "amount"}
    since = today - timedelta(days=40)
    indicator = do.start_indicator(actor=given.coordinator, goal_id=goal.pk, measured_from=since, **frame)
    if alone:
        frame |= {"name": "Samtal", "respondents": [each.pk for each in alone]}
        do.start_indicator(actor=given.coordinator, goal_id=goal.pk, measured_from=since, **frame)
    do.open_rounds(actor=given.coordinator, collaboration_id=given.collaboration.pk)
    return indicator


def report_of(organisation):
    return Report.objects.get(organisation=organisation)


def told(given, actor, organisation, indicator, value, **said):
    answers = {indicator.pk: {"value": str(value)}}
    do.save_report(actor=actor, report_id=report_of(organisation).pk, answers=answers, **said)


def tomorrow():
    return clock.noon(clock.day(clock.now()) + timedelta(days=1))


def merged(given):
    """The two become one, from tomorrow on."""
    now, then = clock.now(), tomorrow()
    said = {"kind": "merge", "happens_on": clock.day(then), "ground": "Fullmäktige § 12", "at": now}
    said |= {"organisation_id": given.own.pk, "others": [given.other.pk], "begin": ["Sammanslagna"]}
    plan = plan_reorganisation(actor=given.manager, **said)
    agree_to_reorganisation(actor=given.other_manager, reorganisation_id=plan.pk, at=now)
    carry_out_reorganisation(actor=given.manager, reorganisation_id=plan.pk, at=then)
    return Organisation.objects.get(name="Sammanslagna")


def kept_is_worked_out():
    kept = dict(IndicatorGoing.objects.values_list("indicator_id", "told"))
    return kept == worked_out(list(Indicator.objects.all()), clock.day(clock.now()))


EITHER = pytest.mark.parametrize("who", ["own", "other"])
"""The report of one of the two goes over, and that of the other is joined with it: which of them is nobody's choice."""


def one_of(given, who):
    return (given.manager, given.own) if who == "own" else (given.other_manager, given.other)


@EITHER
def test_what_is_only_saved_goes_with_its_report_and_is_not_told_by_the_reorganisation(who):
    given = setting()
    indicator = reported(given)
    told(given, *one_of(given, who), indicator, 641)
    new = merged(given)
    (report,) = Report.objects.filter(organisation=new)
    (result,) = Result.objects.all()
    assert result.organisation == new, "whoever takes the report over has what is saved in it"
    assert report_page(f.actor(new), report.pk, tomorrow()).asked[0].told["value"] == "641"
    assert "641" not in figures(client_of(given.coordinator).get(f"/uppfoljning/matt/{indicator.pk}/"))
    assert IndicatorGoing.objects.get().told["lasts"] == []
    assert kept_is_worked_out()


@EITHER
def test_what_came_back_is_corrected_by_whoever_takes_it_over_and_is_not_told_twice(who):
    given = setting()
    indicator = reported(given)
    told(given, *one_of(given, who), indicator, 641, submit=True)
    do.send_back_report(actor=given.coordinator, report_id=report_of(one_of(given, who)[1]).pk, note="Räkna om")
    before = IndicatorGoing.objects.get().told
    new = merged(given)
    assert IndicatorGoing.objects.get().told != before, "at once, and not in the night"
    assert kept_is_worked_out()
    (report,) = Report.objects.filter(organisation=new)
    do.save_report(
        actor=f.actor(new),
        report_id=report.pk,
        answers={indicator.pk: {"value": "640"}},
        why="Omräknat",
        submit=True,
        at=tomorrow(),
    )
    page = indicator_page(given.coordinator, indicator.pk, clock.now()).indicator
    assert [moment.value for moment in page.now.moments] == [Decimal(640)]
    assert list(ResultValue.objects.order_by("number").values_list("value", flat=True)) == [641, 640]


def test_two_reports_of_a_round_that_become_one_organisations_are_one_and_nobody_waits_for_the_other():
    given = setting()
    indicator = reported(given)
    merged(given)
    states = dict(Report.objects.values_list("organisation__name", "state"))
    assert (states.pop("Sammanslagna"), states.pop("Tredje")) == ("waiting", "waiting")
    assert list(states.values()) == ["locked"]
    for report in Report.objects.filter(state="waiting"):
        said = {"answers": {indicator.pk: {"value": "9"}}, "submit": True, "at": tomorrow()}
        do.save_report(actor=f.actor(report.organisation), report_id=report.pk, **said)
    assert awaited_in(given.collaboration).periods == frozenset()
    assert not list(orphans(clock.day(tomorrow())))


def test_a_figure_that_was_sent_in_and_is_done_stays_with_the_one_who_told_it():
    given = setting()
    indicator = reported(given)
    told(given, given.manager, given.own, indicator, 641, submit=True)
    merged(given)
    assert Result.objects.get().organisation == given.own
    assert report_of(given.own).state == "submitted"
    assert kept_is_worked_out()


@EITHER
def test_where_both_had_begun_one_goes_on_and_nothing_that_was_told_is_lost(who):
    given = setting()
    indicator = reported(given)
    other = "other" if who == "own" else "own"
    told(given, *one_of(given, who), indicator, 641)
    told(given, *one_of(given, other), indicator, 9, submit=True)
    do.send_back_report(actor=given.coordinator, report_id=report_of(one_of(given, other)[1]).pk, note="Räkna om")
    new = merged(given)
    values = ResultValue.objects.filter(superseded_at__isnull=True).order_by("-value").values_list("value", flat=True)
    assert list(values) == [641, 9]
    assert Result.objects.filter(organisation=new).count() == 1
    report = report_of(new)
    told_by_it = report_page(f.actor(new), report.pk, tomorrow()).asked[0].told["value"]
    answers = {indicator.pk: {"value": told_by_it}}
    do.save_report(actor=f.actor(new), report_id=report.pk, answers=answers, submit=True, at=tomorrow())
    whole = indicator_page(given.coordinator, indicator.pk, clock.now()).indicator.now.moments[-1].value
    assert whole in {Decimal(650), Decimal(9)}, "what was only saved is told by whoever sends it in, and never by itself"
    assert kept_is_worked_out()


def into_the_other(given):
    """The one goes into the other, which goes on, from tomorrow; carried out on the page, as a manager does it."""
    now, then = clock.now(), tomorrow()
    said = {"kind": "merge", "happens_on": clock.day(then), "ground": "Fullmäktige § 12", "at": now}
    plan = plan_reorganisation(
        actor=given.manager, organisation_id=given.own.pk, others=[], receivers=[given.other.pk], **said
    )
    agree_to_reorganisation(actor=given.other_manager, reorganisation_id=plan.pk, at=now)
    carry_out_reorganisation(actor=given.manager, reorganisation_id=plan.pk, at=then)


def begin_report(given, who, indicator, value, state):
    """A report of one of the two, as far as `state` says."""
    actor, organisation = one_of(given, who)
    if state == "untouched":
        return
    told(given, actor, organisation, indicator, value, submit=state != "saved")
    if state == "returned":
        do.send_back_report(actor=given.coordinator, report_id=report_of(organisation).pk, note="Räkna om")
    if state == "locked":
        do.lock_report(actor=given.coordinator, report_id=report_of(organisation).pk)


def whole_of(given, indicator):
    moments = indicator_page(given.coordinator, indicator.pk, clock.now()).indicator.now.moments
    return [moment.value for moment in moments]


@pytest.mark.parametrize("mine", ["untouched", "saved", "returned"])
@pytest.mark.parametrize("theirs", ["submitted", "locked"])
def test_a_report_is_joined_with_one_that_the_receiver_is_done_with_and_the_whole_is_as_it_was(theirs, mine):
    given = setting()
    indicator = reported(given)
    begin_report(given, "own", indicator, 641, mine)
    begin_report(given, "other", indicator, 5, theirs)
    before = whole_of(given, indicator)
    into_the_other(given)
    assert report_of(given.other).state == theirs, "what the receiver is done with stands as it was"
    assert report_of(given.own).state == "locked", "and nobody is waited for in the one that is joined with it"
    assert whole_of(given, indicator) == before == [Decimal(646 if mine == "returned" else 5)]
    assert kept_is_worked_out()
    assert not list(orphans(clock.day(tomorrow())))


def test_the_page_carries_out_what_is_joined_with_a_report_that_is_done():
    given = setting()
    indicator = reported(given)
    begin_report(given, "other", indicator, 5, "submitted")
    now = clock.now()
    said = {"kind": "merge", "happens_on": clock.day(now), "ground": "Fullmäktige § 12", "at": now}
    plan = plan_reorganisation(actor=given.manager, organisation_id=given.own.pk, receivers=[given.other.pk], **said)
    agree_to_reorganisation(actor=given.other_manager, reorganisation_id=plan.pk, at=now)
    client = client_of(given.manager)
    page = client.get(reverse("reorganisation", args=[plan.pk])).content.decode()
    here = reverse("carry_out_reorganisation", args=[plan.pk])
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page[page.index(here) :]))
    assert client.post(here, fields).status_code == 302
    assert report_of(given.own).state == "locked"


@pytest.mark.parametrize("theirs", ["untouched", "saved", "returned"])
def test_what_was_told_stays_told_when_its_report_came_back_and_is_joined(theirs):
    given = setting()
    indicator = reported(given)
    begin_report(given, "own", indicator, 641, "returned")
    begin_report(given, "other", indicator, 5, theirs)
    before = whole_of(given, indicator)
    into_the_other(given)
    assert whole_of(given, indicator) == before, "neither lost nor added to by the reorganisation"
    assert kept_is_worked_out()
    report = report_of(given.other)
    if theirs == "untouched":
        assert (report.state, report.note) == ("returned", "Räkna om"), "what was asked for goes with it"
        said = {"answers": {indicator.pk: {"value": "640"}}, "why": "Omräknat", "submit": True, "at": tomorrow()}
        do.save_report(actor=given.other_manager, report_id=report.pk, **said)
        assert whole_of(given, indicator) == [Decimal(640)], "corrected by whoever took it over, and told once"


def test_what_was_only_saved_is_not_told_by_being_joined_with_a_report_that_came_back():
    given = setting()
    indicator = reported(given, given.own)
    calls = Indicator.objects.get(name="Samtal")
    told(given, given.manager, given.own, calls, 77)
    begin_report(given, "other", indicator, 5, "returned")
    into_the_other(given)
    assert whole_of(given, calls) == []
    assert Result.objects.get(indicator=calls).organisation == given.own, "it stays with the one who saved it"
    assert whole_of(given, indicator) == [Decimal(5)]
    assert kept_is_worked_out()
