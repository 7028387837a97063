"""Looking back at a decision: themes, the outcome of a review, what it rested on, and the next version."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.urls import reverse

from samordna.core import clock
from samordna.core.errors import Forbidden
from samordna.domain.adherence.models import Experience, Review, Theme
from samordna.domain.adherence.operations import answer_following, review_decision, share_experience
from samordna.domain.decisions.enums import DecisionState
from samordna.domain.matters.models import Matter
from tests.domain.adherence.followed import Followed, followed
from tests.spec.following import browser_of

pytestmark = pytest.mark.django_db
LATER = (clock.day(clock.now()) + timedelta(days=200)).isoformat()


@pytest.fixture
def world() -> Followed:
    made = followed()
    answer_following(actor=made.actor(0), version_id=made.version.pk, kind="already_so")
    for index, text in enumerate(("Färjan", "Bussen")):
        share_experience(actor=made.actor(index), version_id=made.version.pk, tone="hinders", text=text)
    return made


def at(world: Followed, name: str = "review_decision") -> str:
    return reverse(name, args=[world.decision.pk])


def page(world: Followed, name: str = "review_decision") -> str:
    return browser_of(world.lead).get(at(world, name)).content.decode()


def test_experiences_are_put_under_themes_that_are_counted(world: Followed):
    lead = browser_of(world.lead)
    for experience in Experience.objects.all():
        assert lead.post(reverse("sort_experience", args=[experience.pk]), {"theme": "Resor"}).status_code == 302
    shown = page(world, "following")
    assert "Resor" in shown
    assert "2 organisationer: 0 hjälper, 2 hindrar" in shown
    lead.post(reverse("sort_experience", args=[Experience.objects.first().pk]), {"theme": ""})
    assert Theme.objects.count() == 1


def test_a_review_keeps_what_it_rested_on_and_sets_the_next_day(world: Followed):
    sent = browser_of(world.lead).post(at(world), {"outcome": "keep", "conclusion": "Det fungerar", "next_on": LATER})
    assert sent.status_code == 302
    review = Review.objects.get()
    assert review.seen["following"]["already_so"] == 1
    assert len(review.seen["experiences"]) == 2
    share_experience(actor=world.actor(2), version_id=world.version.pk, tone="helps", text="Nytt")
    assert "1 erfarenhet sedan den senaste översynen." in page(world)
    assert "Det fungerar" in page(world, "following")


def test_what_is_wrong_is_said_and_what_was_typed_stays(world: Followed):
    wrong = browser_of(world.lead).post(at(world), {"outcome": "keep", "conclusion": "Det fungerar"})
    assert wrong.status_code == 422
    assert "Det fungerar" in wrong.content.decode()
    assert "säg när" in wrong.content.decode()
    none = browser_of(world.lead).post(reverse("start_revision", args=[world.version.pk]), {"because": " "})
    assert none.status_code == 422
    assert not Matter.objects.filter(previous=world.matter).exists()


def test_the_review_leads_on_to_the_next_version_with_the_chosen_experiences(world: Followed):
    lead = browser_of(world.lead)
    sent = lead.post(at(world), {"outcome": "change", "conclusion": "Öarna drabbas"})
    assert sent.headers["Location"] == at(world)
    chosen = Experience.objects.get(text="Färjan")
    begun = lead.post(reverse("start_revision", args=[world.version.pk]), {"experience_ids": [chosen.pk], "because": ""})
    turn = Matter.objects.get(previous=world.matter)
    assert begun.headers["Location"] == reverse("matter", args=[turn.pk])
    assert [occasion.text for occasion in turn.occasions.all()] == ["Färjan"]


def test_the_coordinator_is_told_when_the_day_of_review_is_near(world: Followed):
    version = world.version
    version.review_on = clock.day(clock.now()) + timedelta(days=10)
    version.save()
    assert "Se över beslutet" in browser_of(world.lead).get(reverse("home")).content.decode()
    assert "Se över beslutet" not in browser_of(world.actor(0)).get(reverse("home")).content.decode()
    review_decision(
        actor=world.lead,
        version_id=version.pk,
        outcome="keep",
        conclusion="Fungerar",
        next_on=clock.day(clock.now()) + timedelta(days=400),
    )
    assert "Se över beslutet" not in browser_of(world.lead).get(reverse("home")).content.decode()


def test_only_the_coordinator_reviews_and_only_what_is_in_force(world: Followed):
    assert browser_of(world.actor(0)).get(at(world)).status_code == 403
    with pytest.raises(Forbidden):
        review_decision(actor=world.actor(0), version_id=world.version.pk, outcome="end", conclusion="Nej")
    world.version.state = DecisionState.REPLACED
    world.version.save()
    assert "gäller inte längre" in page(world)


def test_the_same_over_json(world: Followed):
    lead = browser_of(world.lead)

    def send(address: str, body: dict[str, object]):
        return lead.post(f"/api/v1{address}", json.dumps(body), content_type="application/json")

    version, told = world.version.pk, Experience.objects.get(text="Färjan").pk
    assert send(f"/experiences/{told}/theme", {"theme": "Resor"}).json() == {"theme": "Resor"}
    kept = send(f"/decision-versions/{version}/reviews", {"outcome": "keep", "conclusion": "Ja", "next_on": LATER})
    assert (kept.status_code, kept.json()["due"]) == (201, LATER)
    assert send(f"/decision-versions/{version}/reviews", {"outcome": "keep", "conclusion": ""}).status_code == 422
    begun = send(f"/decision-versions/{version}/revision", {"experience_ids": [told]})
    assert begun.status_code == 201
    shown = lead.get(f"/api/v1/decisions/{world.decision.pk}/following").json()
    assert shown["themes"][0]["name"] == "Resor"
    assert lead.get(f"/api/v1/matters/{begun.json()['id']}").json()["answers"][0]["text"] == "Färjan"
