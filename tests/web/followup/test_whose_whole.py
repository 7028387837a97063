"""A whole is not shown to whoever can take another's figure out of it by what it knows or may know: its own figures also
when it has left, and those of the organisations that it came after."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samordna.core import clock
from samordna.domain.collaborations.models import Participation
from samordna.domain.followup import operations as do
from samordna.domain.followup.access import sees_among
from samordna.domain.followup.periods import period_at
from samordna.domain.followup.queries.dashboard import Wanted, dashboard
from samordna.domain.followup.reading import Row
from samordna.domain.organisations.models import Organisation
from tests import factories as f
from tests.domain.collaborations.setting import client_of, setting, split_off
from tests.web.followup.test_dashboard import goal_in

pytestmark = pytest.mark.django_db
TODAY = clock.day(clock.now())


def told(given, figures, **fields):
    """What each of these organisations tells of last month, of an indicator that is to go from 100 to 20."""
    frame = {"name": "Väntedagar", "frequency": "month", "unit": "dagar", "measured_from": date(2020, 1, 1)} | fields
    made = do.start_indicator(actor=given.coordinator, goal_id=goal_in(given).pk, **frame)
    period = period_at("month", TODAY).before
    more = {"group": "100"} if fields.get("minimum_group") and frame.get("number_kind") != "count" else {}
    rows = [
        Row(line=at, indicator="Väntedagar", organisation=of, period=period.key, value=str(value), **more)
        for at, (of, value) in enumerate(figures.items(), start=2)
    ]
    do.record_results(actor=given.coordinator, collaboration_id=given.collaboration.pk, rows=rows)
    return made


def read(actor, indicator):
    """The page of the indicator and the dashboard, as text, and what the dashboard counts by colour."""
    client = client_of(actor)
    pages = [client.get(address).content.decode() for address in (f"/uppfoljning/matt/{indicator.pk}/", "/uppfoljning/")]
    board = dashboard(actor, clock.now())
    return [re.sub(r"<[^>]+>", " ", page) for page in pages], board


def is_hidden(actor, indicator, whole):
    """Neither page tells the whole, and the dashboard counts it and finds it as it shows it."""
    pages, board = read(actor, indicator)
    (row,) = board.rows
    assert {colour: count for colour, count in board.counts.items() if count} == {row.colour: 1}
    for colour in board.counts:
        assert len(dashboard(actor, clock.now(), Wanted(colour=colour)).rows) == (colour == row.colour), colour
    told_there = [re.search(rf"(?<!\d){whole}\s(dagar|personer)", page) is not None for page in pages]
    assert told_there == [row.text.startswith(str(whole))] * 2
    return not any(told_there)


def test_what_is_split_off_from_one_that_lives_on_is_not_told_the_whole_of_the_two():
    given = setting()
    (chief,) = split_off(given, "Avknoppad")
    made = told(given, {"Havsnäs": 31, "Avknoppad": 40})
    assert is_hidden(chief, made, 71)
    assert is_hidden(given.manager, made, 71)
    assert not is_hidden(given.coordinator, made, 71)


def test_nor_of_three_where_it_may_know_what_its_forerunner_told():
    given = setting()
    (chief,) = split_off(given, "Avknoppad")
    made = told(given, {"Havsnäs": 31, "Avknoppad": 40, "Storstad": 50})
    assert is_hidden(chief, made, 121)
    assert not is_hidden(given.manager, made, 121), "who lives on knows its own alone"


def test_a_figure_of_a_few_at_the_forerunner_is_hidden_from_what_was_split_off_though_the_two_are_compared():
    given = setting()
    (chief,) = split_off(given, "Avknoppad")
    Participation.objects.update(joined_on=date(2025, 1, 1))
    for actor in (given.manager, chief):
        do.agree_to_comparing(actor=actor, collaboration_id=given.collaboration.pk)
    made = told(given, {"Havsnäs": 3, "Avknoppad": 40}, number_kind="count", unit="personer", minimum_group=5)
    assert is_hidden(chief, made, 43)
    page = read(chief, made)[0][0]
    assert not re.search(r"(?<![\d-])3\s+personer", page)


def leave(organisation):
    Participation.objects.filter(organisation=organisation).update(joined_on=date(2024, 1, 1), left_on=TODAY)


def test_a_superior_that_has_left_does_not_take_the_others_figure_out_of_the_whole():
    given = setting()
    f.participation(given.collaboration, given.superior)
    made = told(given, {"Länsstyrelsen": 31, "Havsnäs": 40})
    assert is_hidden(given.superior_manager, made, 71)
    leave(given.superior)
    assert is_hidden(given.superior_manager, made, 71), "it knows its own figure all the same"


def test_a_superior_that_came_after_one_that_told_does_not_either():
    given = setting()
    (chief,) = split_off(given, "Avknoppad")
    given.collaboration.superior = Organisation.objects.get(name="Avknoppad")
    given.collaboration.save()
    leave(given.collaboration.superior)
    made = told(given, {"Havsnäs": 31, "Storstad": 40})
    assert is_hidden(chief, made, 71)


def test_a_coordinator_whose_organisation_has_left_does_not_take_a_figure_of_a_few_out_of_the_whole():
    given = setting()
    home = given.collaboration.coordinator_role.organisation
    f.participation(given.collaboration, home)
    made = told(given, {home.name: 4, "Havsnäs": 2}, number_kind="count", unit="personer", minimum_group=5)
    assert is_hidden(given.coordinator, made, 6)
    leave(home)
    assert is_hidden(given.coordinator, made, 6)


def test_whose_figures_one_sees_in_eleven_collaborations_is_asked_as_in_one():
    given = setting()
    split_off(given, "Avknoppad")
    more = [setting(name=f"Till {n}").collaboration for n in range(10)]
    for each in more:
        f.participation(each, given.own)
    ids, asked = [given.collaboration.pk, *(each.pk for each in more)], []
    for those in (ids[:1], ids):
        with CaptureQueriesContext(connection) as counted:
            sees = sees_among(given.manager, those, {}, clock.now())
        asked.append(len(counted))
        assert {pk for pk, each in sees.items() if each.known == {given.own.pk}} == set(those)
    assert asked[0] == asked[1] <= 7, asked
