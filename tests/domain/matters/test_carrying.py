"""The next turn: each begins with what it said before, and silence stays silence until it has said that it is still so."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from samordna.core import clock
from samordna.core.errors import Refused
from samordna.domain.matters import operations as do
from samordna.domain.matters.enums import MatterStage, PositionState
from samordna.domain.matters.queries import position_form
from tests.domain.decisions import world as w
from tests.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


@pytest.fixture
def world():
    made = w.build()
    w.cost(made.position(made.town), made.days, "0", 10, 20, 30)
    w.benefit(made.position(made.town), 1, 2, 3)
    made.matter.stage = MatterStage.IN_FORCE
    made.matter.save()
    return made


def turn_of(world, change=None):
    turn = do.follow_up_turn(actor=world.coordinator, matter_id=world.matter.pk, because="The law changed", at=NOW)
    if change:
        change({aspect.label: aspect for aspect in turn.aspects.all()})
    return do.start_gathering(actor=world.coordinator, matter_id=turn.pk, at=NOW)


def test_conditions_figures_and_benefit_are_there_over_the_new_aspects(world):
    turn = turn_of(world)
    town, island = (turn.positions.get(organisation=of) for of in (world.town, world.island))
    assert [cost.option.aspect.matter_id for cost in town.costs.all()] == [turn.pk]
    assert (town.benefit_low, town.benefit_likely, town.benefit_high) == (1, 2, 3)
    aspects = set(turn.aspects.values_list("pk", flat=True))
    assert {rule["then"][0]["aspect"] for rule in island.conditions.values_list("rule", flat=True)} <= aspects
    assert island.conditions.count() == 2


def test_an_old_answer_is_not_an_answer(world):
    turn = turn_of(world)
    assert set(turn.positions.values_list("state", flat=True)) == {PositionState.SILENT}
    with pytest.raises(Refused, match="Silence is not consent"):
        do.advance(actor=world.coordinator, matter_id=turn.pk, to="weighing", at=NOW)


def test_what_is_no_longer_asked_is_left_behind_and_its_owner_is_told(world):
    def without_transition(aspects):
        do.remove_aspect(actor=world.coordinator, aspect_id=aspects["Transition"].pk, at=NOW)

    turn = turn_of(world, without_transition)
    position = turn.positions.get(organisation=world.island)
    assert position.conditions.count() == 1
    carried = position_form(world.representative(world.island), position.pk, NOW).carried
    assert carried.gone_aspects == ("Transition",)
    assert carried.lost == ("Transition is at least 6",)
    assert carried.asks_anew


def test_what_was_withdrawn_or_has_run_out_is_left_behind(world):
    mine = world.position(world.town)
    w.condition(mine, world.matter, world.days, "at_most", "4", withdrawn_at=NOW)
    w.condition(mine, world.matter, world.days, "at_most", "2", valid_to=clock.day(NOW - timedelta(days=1)))
    kept = w.prose(mine, world.matter)
    turn = turn_of(world)
    conditions = turn.positions.get(organisation=world.town).conditions
    assert conditions.get().prose == kept.prose


def test_nothing_is_carried_from_somebody_who_was_silent_and_newcomers_begin_empty(world):
    world.matter.positions.filter(organisation=world.region).update(state=PositionState.DECLINED)
    turn = turn_of(world)
    position = turn.positions.get(organisation=world.region)
    assert position.carried_from is None
    assert not position.conditions.exists()
    assert position_form(world.representative(world.region), position.pk, NOW).carried is None


def test_the_earlier_matter_is_only_read_and_the_queries_are_constant(world):
    before = list(world.matter.conditions.order_by("pk").values())
    turn = do.follow_up_turn(actor=world.coordinator, matter_id=world.matter.pk, because="Again", at=NOW)
    with CaptureQueriesContext(connection) as queries:
        do.start_gathering(actor=world.coordinator, matter_id=turn.pk, at=NOW)
    assert len(queries) < 60
    assert list(world.matter.conditions.order_by("pk").values()) == before
