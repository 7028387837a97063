from __future__ import annotations

import pytest
from django.test import Client

from samordna.core.actor import Actor
from samordna.domain.adherence.models import Experience, FollowingAnswer
from samordna.domain.collaborations.enums import Duress
from samordna.domain.decisions.models import DecisionVersion
from samordna.domain.matters.models import Matter
from samordna.domain.organisations.models import Person
from tests import factories as f
from tests.domain.adherence.followed import Followed, followed

pytestmark = pytest.mark.django_db
API = "/api/v1"


@pytest.fixture
def world() -> Followed:
    return followed(2, follow=Duress.IF_IN)


def client_of(actor: Actor) -> Client:
    client = Client()
    client.force_login(Person.objects.get(pk=actor.person_id))
    return client


def post(actor: Actor, path: str, body: object = None):
    return client_of(actor).post(API + path, body or {}, content_type="application/json")


def test_an_answer_is_given_and_read(world):
    path = f"/decision-versions/{world.version.pk}/following-answers"
    answer = post(world.actor(), path, {"kind": "cannot", "reason": "Vakanser"})
    assert (answer.status_code, answer.json()["must"]) == (201, True)
    read = client_of(world.actor(1)).get(f"{API}/decisions/{world.decision.pk}/following").json()
    standing = read["standings"][0]
    assert (standing["breach"], standing["answer"]["reason"], read["tally"]["silent"]) == (True, "Vakanser", 1)
    board = client_of(world.lead).get(f"{API}/collaborations/{world.collaboration.pk}/following").json()
    assert (board["rows"][0]["standings"][0]["breach"], board["columns"][0]["tally"]["breaches"]) == (True, 1)


def test_an_answer_that_lacks_something_is_said_by_field(world):
    path = f"/decision-versions/{world.version.pk}/following-answers"
    refused = post(world.actor(), path, {"kind": "will_change"})
    assert (refused.status_code, {error["field"] for error in refused.json()["errors"]}) == (422, {"by", "actions"})
    assert post(world.actor(), path, {"kind": "perhaps"}).json()["errors"][0]["field"] == "kind"
    assert post(world.lead, path, {"kind": "already_so"}).status_code == 403
    assert not FollowingAnswer.objects.exists()


def test_an_experience_is_shared_and_starts_the_next_turn(world):
    path = f"/decision-versions/{world.version.pk}/experiences"
    shared = post(world.actor(), path, {"tone": "hinders", "text": "Färjan", "aspect_id": world.aspect.pk})
    assert shared.status_code == 201
    turn = post(world.lead, f"/experiences/{shared.json()['id']}/next-turn")
    assert turn.status_code == 201
    assert Matter.objects.get(pk=turn.json()["id"]).occasions.get().text == "Färjan"
    assert Matter.objects.get(pk=turn.json()["id"]).previous == world.matter
    assert post(world.actor(), f"/experiences/{Experience.objects.get().pk}/next-turn").status_code == 403


def test_what_is_not_there_for_the_caller_is_not_there(world):
    stranger = client_of(f.actor(f.organisation()))
    for path in (f"/decisions/{world.decision.pk}/following", f"/collaborations/{world.collaboration.pk}/following"):
        assert stranger.get(API + path).status_code == 404
    DecisionVersion.objects.update(state="recommended", established_at=None, established_by=None)
    assert client_of(world.lead).get(f"{API}/decisions/{world.decision.pk}/following").status_code == 404
