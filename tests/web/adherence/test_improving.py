"""Improvements of one's own until it is already so, and help between those who already do so and those who do not."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.urls import reverse

from samordna.core import clock
from samordna.core.errors import Absent, Refused
from samordna.domain.adherence import operations as do
from samordna.domain.adherence.models import HelpOffer, HelpRequest, Improvement
from tests.domain.adherence.followed import Followed, followed
from tests.spec.following import browser_of, page_for

pytestmark = pytest.mark.django_db
TODAY = clock.day(clock.now())
SOON, PAST = TODAY + timedelta(days=30), TODAY - timedelta(days=3)


@pytest.fixture
def world() -> Followed:
    return followed()


def promise(world: Followed, index: int = 0) -> Improvement:
    actor = world.actor(index)
    words = {"kind": "will_change", "by": SOON, "actions": "Nytt schema"}
    do.answer_following(actor=actor, version_id=world.version.pk, **words)
    return Improvement.objects.get()


def helper(world: Followed, index: int = 1) -> HelpOffer:
    actor = world.actor(index)
    do.answer_following(actor=actor, version_id=world.version.pk, kind="already_so")
    return do.offer_help(actor=actor, version_id=world.version.pk, text="Vi visar hur vi gjorde")


def test_a_promise_is_the_first_improvement_and_a_new_day_moves_it(world: Followed):
    promised = promise(world)
    assert (promised.text, promised.by) == ("Nytt schema", SOON)
    later = SOON + timedelta(days=10)
    again = {"kind": "will_change", "by": later, "actions": "Nytt schema"}
    do.answer_following(actor=world.actor(0), version_id=world.version.pk, **again)
    assert Improvement.objects.get().by == later


def test_improvements_are_added_done_and_dropped_until_it_is_already_so(world: Followed):
    promise(world)
    client = browser_of(world.actor(0))
    add = reverse("add_improvement", args=[world.version.pk])
    wrong = client.post(add, {"improvement-text": "Utbilda", "improvement-by": PAST.isoformat()})
    assert (wrong.status_code, "Utbilda" in wrong.content.decode()) == (422, True)
    assert client.post(add, {"improvement-text": "Utbilda", "improvement-by": SOON.isoformat()}).status_code == 302
    first, second = Improvement.objects.order_by("text")
    assert client.post(reverse("close_improvement", args=[first.pk])).status_code == 302
    refused = client.post(reverse("close_improvement", args=[second.pk]), {"reason": " "})
    assert (refused.status_code, "Säg varför den släpps." in refused.content.decode()) == (422, True)
    assert "Är det redan så?" not in page_for(world.actor(0), world)
    assert client.post(reverse("close_improvement", args=[second.pk]), {"reason": "Behövs inte"}).status_code == 302
    assert "Är det redan så?" in page_for(world.actor(0), world)
    with pytest.raises(Refused, match=r"already|redan"):
        do.finish_improvement(actor=world.actor(0), improvement_id=first.pk)


def test_what_another_organisation_does_is_not_there(world: Followed):
    made = promise(world)
    with pytest.raises(Absent):
        do.finish_improvement(actor=world.actor(1), improvement_id=made.pk)
    assert "Nytt schema" not in page_for(world.actor(1), world).split('id="alla"')[0]


def test_a_late_improvement_waits_for_its_organisation(world: Followed):
    do.answer_following(actor=world.actor(0), version_id=world.version.pk, kind="cannot", reason="Vakanser")
    made = do.add_improvement(actor=world.actor(0), version_id=world.version.pk, text="Anställa", by=SOON)
    Improvement.objects.filter(pk=made.pk).update(by=PAST)
    assert "Berätta om förbättringen är gjord" in browser_of(world.actor(0)).get(reverse("home")).content.decode()
    assert "Berätta om förbättringen är gjord" not in browser_of(world.actor(1)).get(reverse("home")).content.decode()


def test_help_is_offered_only_by_those_who_already_do_so(world: Followed):
    with pytest.raises(Refused):
        do.offer_help(actor=world.actor(0), version_id=world.version.pk, text="Vi hjälper")
    assert "Erbjud hjälp" not in page_for(world.actor(0), world)
    helper(world)
    assert "Vi visar hur vi gjorde" in page_for(world.actor(0), world)


def test_help_is_asked_for_answered_and_read_by_the_two_alone(world: Followed):
    offer = helper(world)
    asker, giver, other = (browser_of(world.actor(index)) for index in (0, 1, 2))
    ask = reverse("ask_for_help", args=[offer.pk])
    assert asker.post(ask, {"text": " "}).status_code == 422
    assert asker.post(ask, {"text": "Hur schemalade ni?"}).status_code == 302
    again = asker.post(ask, {"text": "En gång till"})
    assert (again.status_code, "En gång till" in again.content.decode()) == (422, False)
    home = giver.get(reverse("home")).content.decode()
    assert f"Svara {world.organisations[0].name}, som ber om er hjälp" in home
    asked = HelpRequest.objects.get()
    reply = reverse("answer_help_request", args=[asked.pk])
    assert other.post(reply, {"text": "Nej"}).status_code == 404
    assert asker.post(reply, {"text": "Nej"}).status_code == 422
    assert giver.post(reply, {"text": "Kom på tisdag"}).status_code == 302
    assert "Kom på tisdag" in page_for(world.actor(0), world)
    assert "Kom på tisdag" not in page_for(world.actor(2), world)
    assert "Hur schemalade ni?" not in page_for(world.actor(2), world)


def test_an_offer_is_taken_back_by_its_maker_and_a_new_one_takes_its_place(world: Followed):
    offer = helper(world)
    with pytest.raises(Refused):
        do.end_help_offer(actor=world.actor(0), offer_id=offer.pk)
    newer = do.offer_help(actor=world.actor(1), version_id=world.version.pk, text="Vi kommer ut till er")
    assert [one.text for one in HelpOffer.objects.filter(ended_at__isnull=True)] == ["Vi kommer ut till er"]
    do.end_help_offer(actor=world.actor(1), offer_id=newer.pk)
    with pytest.raises(Refused):
        do.ask_for_help(actor=world.actor(0), offer_id=newer.pk, text="Hjälp")


def test_the_same_over_json(world: Followed):
    def send(index: int, address: str, **body: object):
        client = browser_of(world.actor(index))
        return client.post(f"/api/v1{address}", json.dumps(body), content_type="application/json")

    version = world.version.pk
    do.answer_following(actor=world.actor(1), version_id=version, kind="already_so")
    made = send(0, f"/decision-versions/{version}/improvements", text="Utbilda", by=SOON.isoformat())
    assert made.status_code == 201
    assert send(0, f"/improvements/{made.json()['id']}/finish").json()["closed_at"]
    assert send(0, f"/improvements/{made.json()['id']}/drop", reason="Nej").status_code == 409
    assert send(0, f"/decision-versions/{version}/help-offers", text="Vi").status_code == 409
    offer = send(1, f"/decision-versions/{version}/help-offers", text="Vi visar").json()["id"]
    asked = send(0, f"/help-offers/{offer}/requests", text="Hur?").json()["id"]
    assert send(1, f"/help-requests/{asked}/answer", text="Så här").json()["answer"] == "Så här"
    seen = browser_of(world.actor(0)).get(f"/api/v1/decision-versions/{version}/improvements").json()
    assert (seen["improvements"][0]["done"], seen["offers"][0]["requests"][0]["answer"]) == (True, "Så här")
    assert send(1, f"/help-offers/{offer}/end").json()["ended_at"]
