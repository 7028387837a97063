"""A condition in the way: the coordinator asks, the owner answers, and nobody else may know of what is in confidence."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.utils.translation import override

from samordna.core.errors import Absent, Forbidden, Invalid, Refused
from samordna.core.models import JournalEntry
from samordna.domain.matters import operations as do
from samordna.domain.matters.enums import Confidence
from samordna.domain.matters.models import Reconsideration
from samordna.domain.matters.queries import reconsiderations_of, waiting_for
from tests.domain.decisions import world as w
from tests.domain.decisions.world import World, build
from tests.factories import NOW

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


@pytest.fixture
def world() -> World:
    return build()


@pytest.fixture
def condition(world: World):
    return w.condition(
        world.position(world.town), world.matter, world.transition, "one_of", "none", reason="Council said so"
    )


def ask(world: World, condition, text: str = "Then all could have three months", **given):
    return do.ask_to_reconsider(
        **{"actor": world.coordinator, "condition_id": condition.pk, "text": text, "at": NOW} | given
    )


def answer(world: World, condition, *, gives_way: bool, text: str = "The council has met", **given):
    actor = world.representative(world.town)
    words = {"actor": actor, "condition_id": condition.pk, "gives_way": gives_way, "answer": text, "at": LATER}
    return do.answer_reconsideration(**words | given)


def test_the_owner_is_waited_for_until_it_has_answered(world: World, condition):
    actor = world.representative(world.town)
    before = waiting_for(actor, NOW)
    ask(world, condition)
    new = [one for one in waiting_for(actor, NOW) if one not in before]
    assert [(one.url_name, one.url_args) for one in new] == [
        ("answer_reconsideration", (world.matter.pk, condition.pk)),
    ]
    assert new[0].note == condition.reason
    others = waiting_for(world.representative(world.region), NOW)
    assert "answer_reconsideration" not in [one.url_name for one in others]
    answer(world, condition, gives_way=False)
    assert waiting_for(actor, NOW) == before


def test_a_condition_that_stands_is_kept_with_why(world: World, condition):
    ask(world, condition)
    answer(world, condition, gives_way=False, text="The law says so")
    condition.refresh_from_db()
    assert condition.withdrawn_at is None
    told = reconsiderations_of(world.coordinator, world.matter, LATER)
    assert [(one.owner, one.gives_way, one.answer) for one in told] == [(world.town.name, False, "The law says so")]
    assert "reconsideration_answered" in set(JournalEntry.objects.values_list("action", flat=True))


def test_giving_way_withdraws_the_condition_with_the_same_reason(world: World, condition):
    ask(world, condition)
    answer(world, condition, gives_way=True)
    condition.refresh_from_db()
    assert (condition.withdrawn_at, condition.withdrawn_reason) == (LATER, "The council has met")
    told = json.loads(JournalEntry.objects.get(action="condition_withdrawn").payload.content)
    assert told["reason"] == "The council has met"


def test_one_asks_once_until_it_is_answered(world: World, condition):
    ask(world, condition)
    with pytest.raises(Refused, match="asked already"):
        ask(world, condition)
    answer(world, condition, gives_way=False)
    ask(world, condition, "Things have changed", at=LATER)
    assert Reconsideration.objects.filter(condition=condition).count() == 2
    answer(world, condition, gives_way=True)
    with pytest.raises(Refused, match="already been withdrawn"):
        ask(world, condition)


def test_both_say_why(world: World, condition):
    with pytest.raises(Invalid, match="what you ask for"):
        ask(world, condition, "  ")
    with pytest.raises(Refused, match="Nobody has asked"):
        answer(world, condition, gives_way=False)
    ask(world, condition)
    with pytest.raises(Invalid, match="Say why"):
        answer(world, condition, gives_way=False, text=" ")


def test_only_the_coordinator_asks_and_only_the_owner_answers(world: World, condition):
    with pytest.raises(Forbidden):
        ask(world, condition, actor=world.representative(world.town))
    ask(world, condition)
    with pytest.raises((Forbidden, Absent)):
        answer(world, condition, gives_way=True, actor=world.representative(world.region))
    with pytest.raises((Forbidden, Absent)):
        answer(world, condition, gives_way=True, actor=world.coordinator)
    condition.refresh_from_db()
    assert condition.withdrawn_at is None


def test_the_coordinations_own_condition_is_changed_and_not_asked_about(world: World):
    common = w.condition(None, world.matter, world.transition, "one_of", "none")
    with pytest.raises(Refused, match="coordination's own"):
        ask(world, common)


def test_others_neither_read_of_it_nor_learn_that_a_condition_in_confidence_exists(world: World, condition):
    condition.confidence = Confidence.COORDINATOR
    condition.save()
    with pytest.raises(Absent):
        ask(world, condition, actor=world.representative(world.region))
    with pytest.raises(Absent):
        ask(world, condition, condition_id="zzzzzzzzzzzz", actor=world.representative(world.region))
    ask(world, condition)
    assert reconsiderations_of(world.representative(world.region), world.matter, NOW) == ()
    assert len(reconsiderations_of(world.representative(world.town), world.matter, NOW)) == 1
