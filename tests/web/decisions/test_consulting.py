"""The consultation on the page: objections answered and cleared, the silent reminded, declining recorded."""

from __future__ import annotations

import json
from datetime import timedelta
from html import unescape

import pytest
from django.core import mail
from django.urls import reverse

from samordna.core import clock
from samordna.domain.decisions import operations as do
from samordna.domain.decisions.models import ConsultationAnswer, DecisionVersion
from samordna.domain.organisations.models import Person
from tests.background import post_letters
from tests.domain.decisions import chain
from tests.domain.decisions import world as w
from tests.domain.decisions.world import World
from tests.web.decisions.conftest import SignIn

SOON = clock.day(clock.now()) + timedelta(days=20)


@pytest.fixture
def version(world: World) -> DecisionVersion:
    made = chain.prepared(world)
    return do.open_consultation(actor=world.coordinator, version_id=made.pk, until=SOON)


def objection_of(world: World, version: DecisionVersion) -> ConsultationAnswer:
    actor = world.representative(world.town)
    return do.answer_consultation(actor=actor, version_id=version.pk, stance="objects", text="Too soon for us")


def page(version: DecisionVersion) -> str:
    return reverse("decision", args=[version.decision_id])


def test_an_objection_is_answered_by_the_coordinator_and_cleared_by_its_maker(
    world: World, version: DecisionVersion, sign_in: SignIn
):
    objection = objection_of(world, version)
    lead, town = sign_in(world.coordinator), sign_in(world.representative(world.town))
    before = town.get(page(version)).content.decode()
    assert "Nobody has answered your objection yet." in before
    reply = reverse("reply_to_objection", args=[objection.pk])
    wrong = lead.post(reply, {f"reply-{objection.pk}-text": " "})
    assert wrong.status_code == 422
    said = lead.post(reply, {f"reply-{objection.pk}-text": "You begin a month later"})
    assert said.status_code == 302
    assert "You begin a month later" in town.get(page(version)).content.decode()
    assert "Say whether the reply clears your objection" in town.get(reverse("home")).content.decode()
    assert town.post(reverse("clear_objection", args=[objection.pk])).status_code == 302
    after = unescape(lead.get(page(version)).content.decode())
    assert "Objections that stand" not in after
    assert "cleared" in after


def test_somebody_elses_objection_is_not_cleared(world: World, version: DecisionVersion, sign_in: SignIn):
    objection = objection_of(world, version)
    do.reply_to_objection(actor=world.coordinator, answer_id=objection.pk, text="Later then")
    island = sign_in(world.representative(world.island))
    assert "This clears our objection" not in island.get(page(version)).content.decode()
    told = island.post(reverse("clear_objection", args=[objection.pk]), follow=True).content.decode()
    assert "Only the organisation that objected can clear its objection." in told


def test_declining_is_recorded_for_those_who_are_ticked(world: World, version: DecisionVersion, sign_in: SignIn):
    lead = sign_in(world.coordinator)
    address = reverse("record_not_answering", args=[version.pk])
    wrong = lead.post(address, {"organisation": [world.town.pk], "declining-reason": ""})
    assert wrong.status_code == 422
    assert f'value="{world.town.pk}" checked' in wrong.content.decode()
    none = lead.post(address, {"declining-reason": "Asked twice"})
    assert "Choose among those who have not answered." in none.content.decode()
    assert "Asked twice" in none.content.decode()
    done = lead.post(address, {"organisation": [world.town.pk], "declining-reason": "Asked twice"})
    assert done.status_code == 302
    assert "Declines to answer" in lead.get(page(version)).content.decode()


def test_reminders_are_posted_to_those_who_are_waited_for(world: World, version: DecisionVersion, sign_in: SignIn):
    for organisation in world.organisations:
        person = Person.objects.get(pk=world.representative(organisation).person_id)
        person.email = f"{organisation.pk}@example.se"
        person.save()
    do.answer_consultation(actor=world.representative(world.town), version_id=version.pk, stance="supports")
    sign_in(world.coordinator).post(reverse("remind_of_decision", args=[version.pk]))
    post_letters()
    to = {letter.to[0] for letter in mail.outbox}
    assert {f"{world.island.pk}@example.se", f"{world.region.pk}@example.se"} <= to
    assert f"{world.town.pk}@example.se" not in to


def test_the_chain_says_which_steps_apply_and_why(world: World, sign_in: SignIn):
    for organisation in world.organisations:
        w.lend(world, organisation)
    made = chain.prepared(world)
    do.skip_step(actor=world.coordinator, version_id=made.pk, step="consultation", reason="All sat at the table")
    shown = unescape(sign_in(world.coordinator).get(page(made)).content.decode())
    assert "All sat at the table" in shown
    assert "Does not apply: coordination has everybody's mandate to decide this." in shown
    assert "Recommend it for adoption" not in shown
    assert sign_in(world.coordinator).post(reverse("establish", args=[made.pk]), {}).status_code == 302


def test_the_same_over_json(world: World, version: DecisionVersion, sign_in: SignIn):
    objection = objection_of(world, version)

    def send(actor, address, **body):
        client = sign_in(actor)
        return client.post(f"/api/v1{address}", json.dumps(body), content_type="application/json")

    lead, town = world.coordinator, world.representative(world.town)
    assert send(lead, f"/consultation-answers/{objection.pk}/replies", text="").status_code == 422
    replied = send(lead, f"/consultation-answers/{objection.pk}/replies", text="Later then").json()
    (told,) = replied["consultation_answers"]
    assert told["replies"][0]["text"] == "Later then"
    cleared = send(town, f"/consultation-answers/{objection.pk}/clearing").json()
    assert cleared["consultation_answers"][0]["cleared_at"]
    declined = send(
        lead, f"/versions/{version.pk}/not-answering", organisation_ids=[world.island.pk], reason="Asked twice"
    ).json()
    assert {answer["stance"] for answer in declined["consultation_answers"]} == {"objects", "declined"}
    assert send(lead, f"/versions/{version.pk}/reminders").status_code == 200
