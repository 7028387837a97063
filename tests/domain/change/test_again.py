"""Where the measuring day has come and something newer is measured, one press leads to judging from that."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samordna.core import clock
from samordna.domain.change import operations as do
from samordna.domain.change.models import Change, Effect
from samordna.domain.change.queries.later import again_for
from samordna.domain.change.queries.page import chain_page
from tests.domain.assessments.asking import closed, opened
from tests.domain.change.going import analysed, planned, taken
from tests.domain.change.test_sources import measured, told
from tests.domain.collaborations.setting import client_of, setting

pytestmark = pytest.mark.django_db


def made(given, indicator, needs=1):
    """Changes that were made in March last year, seen by the indicator, with their measuring day today."""
    chain, found = analysed(given, given.coordinator, needs=needs)
    changes = []
    for need in found:
        taken(given.coordinator, need)
        change = planned(given.coordinator, need, measure_kind="indicator", measure_id=indicator.pk, measure_text="")
        do.finish_change(actor=given.coordinator, change_id=change.pk)
        changes.append(change)
    now = clock.now()
    then = now.replace(year=now.year - 1, month=3, day=10)
    Change.objects.update(closed_at=then, planned_at=then, measure_on=clock.day(now))
    return chain, changes


def plain(text):
    return text.replace("\u00a0", " ")


def test_the_figure_before_and_the_one_after_are_offered_as_a_button_that_fills_the_form_in():
    given = setting()
    indicator = measured(given)
    lead = given.coordinator
    chain, (change,) = made(given, indicator)
    told(given, indicator, 3, 20, 10)
    again, _everybodys = again_for(lead, change.pk, clock.now())
    assert again is not None
    year = clock.now().year - 1
    assert (plain(again.text), again.kind) == (f"93 → 30 personer, mars {year}", "better")
    client = client_of(lead)
    page = client.get(f"/forandring/{chain.pk}/").content.decode()
    assert f"Mätt igen: {plain(again.text)}" in plain(page)
    address = f"/forandring/andring/{change.pk}/effekt/?utifran=1"
    assert address in page
    form = client.get(address).context["form"]
    assert form["kind"].value() == again.kind != ""
    assert client.get(address.partition("?")[0]).context["form"]["kind"].value() in (None, "")


def test_a_figure_is_told_without_more_decimals_than_are_read():
    given = setting()
    indicator = measured(given)
    lead = given.coordinator
    _chain, (change,) = made(given, indicator)
    told(given, indicator, 2, "41.1234", "52.1", why="Räknat om")
    told(given, indicator, 3, 20, 10)
    again, _everybodys = again_for(lead, change.pk, clock.now())
    assert plain(again.text).startswith("93,2 → 30 personer")


def test_before_its_day_and_once_it_is_judged_nothing_is_offered():
    given = setting()
    indicator = measured(given)
    lead = given.coordinator
    _chain, (change,) = made(given, indicator)
    told(given, indicator, 3, 20, 10)
    Change.objects.update(measure_on=clock.day(clock.now()) + timedelta(days=1))
    assert again_for(lead, change.pk, clock.now())[0] is None
    Change.objects.update(measure_on=clock.day(clock.now()))
    do.judge_effect(actor=lead, change_id=change.pk, kind="too_early", said="x", next_on=clock.day(clock.now()))
    assert again_for(lead, change.pk, clock.now())[0] is not None
    Effect.objects.update(kind="better", next_on=None)
    assert again_for(lead, change.pk, clock.now())[0] is None


def test_figures_that_not_everybody_may_read_are_not_filled_in_for_everybody_to_read():
    given = setting()
    indicator = measured(given)
    _chain, (change,) = made(given, indicator)
    told(given, indicator, 3, 20, 10)
    again, everybodys = again_for(given.coordinator, change.pk, clock.now())
    assert again is not None
    assert not everybodys, "of two organisations each would know the other's"
    form = client_of(given.coordinator).get(f"/forandring/andring/{change.pk}/effekt/?utifran=1").context["form"]
    assert form["said"].value() == ""


def test_many_changes_take_as_many_questions_as_one():
    given = setting()
    indicator = measured(given)
    told(given, indicator, 3, 20, 10)

    def asked(needs):
        chain, _changes = made(given, indicator, needs=needs)
        chain_page(given.coordinator, chain.pk, clock.now())
        with CaptureQueriesContext(connection) as questions:
            page = chain_page(given.coordinator, chain.pk, clock.now())
        assert all(need.changes[0].again for need in page.now.needs)
        return len(questions)

    assert asked(1) == asked(8)


def test_a_wave_of_the_same_questionnaire_that_has_closed_since_is_offered():
    given = setting()
    lead = given.coordinator
    wave = opened(given)
    chain, (need,) = analysed(given, lead)
    taken(lead, need)
    change = planned(lead, need, measure_kind="questionnaire", measure_id=wave.version.questionnaire_id, measure_text="")
    do.finish_change(actor=lead, change_id=change.pk)
    Change.objects.update(measure_on=clock.day(clock.now()))
    assert chain_page(lead, chain.pk, clock.now()).change(change.pk).again is None
    closed(given, wave)
    assert chain_page(lead, chain.pk, clock.now()).change(change.pk).again.id == wave.pk
    page = client_of(lead).get(f"/forandring/{chain.pk}/").content.decode()
    assert f"Mätt igen: frågat igen i {wave.title}" in page
