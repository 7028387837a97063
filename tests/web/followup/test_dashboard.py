"""The dashboard: everything one is in, what needs somebody first, and the same rules for what is shown as elsewhere."""

from __future__ import annotations

import gzip
import re
from datetime import date, timedelta
from decimal import Decimal

import pytest

from samordna.core import clock
from samordna.domain.collaborations.enums import CollaborationState
from samordna.domain.collaborations.models import Collaboration
from samordna.domain.followup import operations as do
from samordna.domain.followup.models import Indicator, Report, Result, ResultValue, Round
from samordna.domain.followup.operations.telling import keep_going
from samordna.domain.followup.periods import period_at
from samordna.domain.followup.phrases import WAYS
from samordna.domain.followup.queries.dashboard import PAGE, dashboard
from samordna.domain.followup.reading import Row
from samordna.domain.followup.weighing import Way
from samordna.domain.organisations.enums import RoleKind
from tests import factories as f
from tests.domain.collaborations.setting import client_of, setting
from tests.reading import figures
from tests.web.organisations.test_organisation_pages import queries

pytestmark = pytest.mark.django_db
HOME = "/uppfoljning/"


def goal_in(given):
    today = clock.day(clock.now())
    frame = {"baseline_on": today - timedelta(days=700), "target_on": today + timedelta(days=20)}
    return f.goal(given.collaboration, baseline=Decimal(100), target=Decimal(20), direction="down", **frame)


def measured(given, goal, name, *told, periods_ago=1):
    """An indicator that is to go from 100 to 20, with what each organisation told of a month."""
    frame = {"name": name, "frequency": "month", "unit": "dagar", "measured_from": date(2020, 1, 1)}
    made = do.start_indicator(actor=given.coordinator, goal_id=goal.pk, **frame)
    period = period_at("month", clock.day(clock.now()))
    for _each in range(periods_ago):
        period = period.before
    rows = [
        Row(line=at, indicator=name, organisation=of, period=period.key, value=str(value))
        for at, (of, value) in enumerate(zip(("Havsnäs", "Storstad", "Tredje"), told, strict=False), start=2)
    ]
    if rows:
        do.record_results(actor=given.coordinator, collaboration_id=given.collaboration.pk, rows=rows)
    return made


def named(page):
    return re.findall(r'<th scope="row"><a href="/uppfoljning/matt/\w+/">([^<]+)</a>', page)


def three(given):
    f.participation(given.collaboration, f.organisation("Tredje"))
    return given


def test_what_is_furthest_from_where_it_should_be_comes_first_and_can_be_seen_alone():
    given = three(setting())
    goal = goal_in(given)
    measured(given, goal, "Framme", 5, 5, 5)
    measured(given, goal, "Ingen siffra")
    measured(given, goal, "Långt ifrån", 30, 32, 33)
    measured(given, goal, "Gammal", 30, 32, 33, periods_ago=6)
    measured(given, goal, "I farozonen", 16, 15, 15)
    client = client_of(given.coordinator)
    page = client.get(HOME).content.decode()
    assert named(page) == ["Långt ifrån", "I farozonen", "Gammal", "Ingen siffra", "Framme"]
    assert re.findall(r"<b>(\d+)</b>", page)[:4] == ["1", "1", "1", "2"]
    assert str(WAYS[Way.FAR]) in page, "red, amber and green are said in words"
    assert named(client.get(HOME, {"lage": "red"}).content.decode()) == ["Långt ifrån"]
    assert len(named(client.get(HOME, {"lage": "lila", "sida": "-3", "samverkan": ""}).content.decode())) == 5
    elsewhere = client.get(HOME, {"samverkan": "finnsinte"}).content.decode()
    assert (named(elsewhere), "Ingen indikator passar" in elsewhere) == ([], True)


def test_one_sees_the_collaborations_one_is_in_and_no_figure_that_is_hidden_elsewhere():
    given, other = setting(), setting(name="En annan")
    assert not Collaboration.objects.filter(name="En annan", state=CollaborationState.PLANNED).exists()
    measured(given, goal_in(given), "Våra dagar", 30, 41)
    measured(other, goal_in(other), "Andras dagar")
    own = client_of(given.manager).get(HOME).content.decode()
    assert named(own) == ["Våra dagar"]
    assert "Andras dagar" not in own
    assert "71" not in figures(own), "the whole would give the other's figure away"
    assert 'class="small-chart"' not in own
    lead = client_of(given.coordinator).get(HOME).content.decode()
    assert "71" in figures(lead)
    Collaboration.objects.filter(pk=given.collaboration.pk).update(state=CollaborationState.CLOSED)
    assert "Våra dagar" not in client_of(given.manager).get(HOME).content.decode()


def test_late_reports_are_ones_own_and_for_the_coordinator_all():
    given = setting()
    measured(given, goal_in(given), "Dagar")
    today = clock.day(clock.now())
    period = period_at("month", today).before.before
    made = Round.objects.create(
        collaboration=given.collaboration,
        frequency="month",
        period=period.key,
        starts_on=period.starts_on,
        due_on=today - timedelta(days=3),
        opened_at=clock.now(),
    )
    for of in (given.own, given.other):
        Report.objects.create(round=made, organisation=of, moved_at=clock.now())
    own = client_of(given.manager).get(HOME).content.decode()
    assert "1 rapport är sen" in own
    assert re.findall(r"/uppfoljning/rapport/(\w+)/", own) == [Report.objects.get(organisation=given.own).pk]
    assert "2 rapporter är sena" in client_of(given.coordinator).get(HOME).content.decode()


def many(given, goal, number):
    version = Indicator.objects.filter(goal=goal).first().versions.get()
    key = period_at("month", clock.day(clock.now())).before
    for n in range(number):
        one = Indicator.objects.get(pk=version.indicator_id)
        one.pk, one.name, one._state.adding = None, f"Mått {n:03}", True
        one.save()
        mine = type(version).objects.get(pk=version.pk)
        mine.pk, mine.indicator, mine._state.adding = None, one, True
        mine.save()
        for of in (given.own, given.other):
            row = Result.objects.create(indicator=one, organisation=of, period=key.key, starts_on=key.starts_on)
            plain = {"number": 1, "version": mine, "via": "rows", "entered_at": clock.now()}
            ResultValue.objects.create(result=row, value=n, **plain)


def test_the_page_asks_as_much_of_three_hundred_in_three_collaborations_as_of_one_and_is_small():
    given = setting()
    goal = goal_in(given)
    measured(given, goal, "Ett", 30, 41)
    client = client_of(given.manager)
    one = queries(client, HOME)
    more = [setting(name=f"Till {n}") for n in range(2)]
    for other in more:
        f.participation(other.collaboration, given.own)
        there = goal_in(other)
        measured(other, there, "Ett")
        many(other, there, 50)
    many(given, goal, 200)
    assert queries(client, HOME) == one + 6, "what is not kept is worked out, in as many questions for all of it"
    assert keep_going(Indicator.objects.values_list("pk", flat=True)) == 300
    assert queries(client, HOME) == one <= 25
    page = client.get(HOME)
    assert len(named(page.content.decode())) == PAGE
    assert len(gzip.compress(page.content)) < 40_000
    assert "sida=2" in page.content.decode()
    assert dashboard(given.manager, clock.now(), page=13).rows != ()
    assert client.get(HOME, {"sida": "99"}).status_code == 200


def test_the_coordinators_small_drawing_has_the_periods_of_those_who_have_told_nothing_lately():
    given = three(setting())
    goal = goal_in(given)
    measured(given, goal, "Dagar", 30, periods_ago=6)
    period = period_at("month", clock.day(clock.now())).before
    rows = [Row(line=2, indicator="Dagar", organisation="Storstad", period=period.key, value="31")]
    do.record_results(actor=given.coordinator, collaboration_id=given.collaboration.pk, rows=rows)
    (row,) = dashboard(given.coordinator, clock.now()).rows
    assert sum(map(len, (row.chart.lines, row.chart.lone))) == 2
    (own,) = dashboard(given.manager, clock.now()).rows
    assert sum(map(len, (own.chart.lines, own.chart.lone))) == 1, "its own alone"


def test_whoever_is_in_nothing_is_told_so():
    page = client_of(f.actor(f.organisation("Ensam"), RoleKind.MANAGER)).get(HOME).content.decode()
    assert "Ni deltar inte i någon samverkan" in page


def test_the_api_gives_the_same_page_by_page():
    given = three(setting())
    goal = goal_in(given)
    measured(given, goal, "Långt ifrån", 30, 32, 33)
    body = client_of(given.coordinator).get("/api/v1/followup?colour=red").json()
    assert [(row["name"], row["colour"]) for row in body["rows"]] == [("Långt ifrån", "red")]
    assert (body["counts"]["red"], body["page"], body["more"]) == (1, 1, False)
