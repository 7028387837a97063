"""Asking the owner of a condition in a clash to think it over, and answering, as pages."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from samordna.core.actor import Actor
from samordna.domain.decisions import operations as decisions
from samordna.domain.matters.models import Condition
from samordna.domain.organisations.models import Person
from tests.domain.decisions import world as w
from tests.domain.decisions.world import World, build

pytestmark = pytest.mark.django_db


def signed_in(actor: Actor) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(Person.objects.get(pk=actor.person_id))
    return client


@pytest.fixture
def clashing() -> tuple[World, Condition]:
    """Days are common: the region wants at most three, the town now at least four. The engine has said so."""
    world = build()
    hard = w.condition(world.position(world.town), world.matter, world.days, "one_of", "4", "5", reason="The council")
    decisions.propose_by_engine(actor=world.coordinator, matter_id=world.matter.pk)
    return world, hard


def test_a_clash_leads_to_the_owner_and_its_answer_back(clashing: tuple[World, Condition]):
    world, hard = clashing
    lead, owner = signed_in(world.coordinator), signed_in(world.representative(world.town))
    board, page = (reverse(name, args=args) for name, args in _addresses(world, hard))
    reply = reverse("answer_reconsideration", args=[world.matter.pk, hard.pk])
    assert page in lead.get(board).content.decode()
    assert page not in owner.get(board).content.decode()
    assert lead.post(page, {"text": "   "}).status_code == 422
    assert lead.post(page, {"text": "With three days all agree"}).status_code == 302
    assert reply in owner.get("/").content.decode()
    assert reply in owner.get(board).content.decode()
    asked = owner.get(reply).content.decode()
    assert "With three days all agree" in asked
    assert owner.post(reply, {"gives_way": "no"}).status_code == 422
    assert owner.post(reply, {"gives_way": "no", "answer": "The law says so"}).status_code == 302
    assert "The law says so" in lead.get(board).content.decode()
    assert reply not in owner.get("/").content.decode()
    assert "Nothing waits for an answer here" in owner.get(reply).content.decode()


def _addresses(world: World, hard: Condition):
    return ("board", [world.matter.pk]), ("reconsider", [world.matter.pk, hard.pk])


def test_nobody_else_finds_the_pages(clashing: tuple[World, Condition]):
    world, hard = clashing
    other = signed_in(world.representative(world.region))
    assert other.get(reverse("reconsider", args=[world.matter.pk, hard.pk])).status_code == 403
    assert other.get(reverse("answer_reconsideration", args=[world.matter.pk, hard.pk])).status_code == 404
    elsewhere = build()
    assert (
        signed_in(world.coordinator).get(reverse("reconsider", args=[world.matter.pk, "zzzzzzzzzzzz"])).status_code == 404
    )
    strange = reverse("reconsider", args=[elsewhere.matter.pk, hard.pk])
    assert signed_in(elsewhere.coordinator).get(strange).status_code == 404
