"""The main job over JSON: the same matter, from gathering to followed, each participant with its own key."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from samordna.cli.demo.answering import labels_of
from samordna.cli.demo.loader import load
from samordna.cli.demo.payment import LATE
from samordna.core import clock
from samordna.domain.decisions.models import DecisionVersion
from samordna.domain.matters.models import Matter
from samordna.domain.organisations import operations as organisations

pytestmark = pytest.mark.django_db(transaction=True)


class Caller:
    """Somebody with a key that may write."""

    def __init__(self, world: Any, key: str) -> None:
        actor = world.actor(key)
        token = organisations.make_api_token(actor=actor, holding_id=actor.holding_id, label="loop", may_write=True)
        self.headers = {"authorization": f"Bearer {token.secret}"}

    def ask(self, path: str) -> Any:
        answer = Client().get(f"/api/v1{path}", headers=self.headers)
        assert answer.status_code == 200, answer.content
        return answer.json()

    def send(self, method: str, path: str, content: Any = None) -> Any:
        call = getattr(Client(), method)
        body = json.dumps({} if content is None else content)
        answer = call(f"/api/v1{path}", body, content_type="application/json", headers=self.headers)
        assert answer.status_code in {200, 201}, (path, answer.status_code, answer.content.decode())
        return answer.json() if answer.content else None


@pytest.fixture
def world():
    with translation.override("sv"):
        return load()


def test_the_payment_matter_goes_from_gathering_to_followed_over_json(world):
    matter = Matter.objects.get(title="Betalningsansvar vid utskrivning")
    anna, elif_demir = Caller(world, "samordnare"), Caller(world, "kvarnforsa-rep")
    _answer(world, elif_demir, matter)
    anna.send("post", f"/matters/{matter.pk}/stage", {"to": "weighing"})
    anna.send("post", f"/matters/{matter.pk}/attempts")
    proposal = anna.ask(f"/matters/{matter.pk}/proposals")[0]["id"]
    prose = matter.conditions.exclude(prose="").get()
    respected = {"condition": prose.pk, "respected": True}
    Caller(world, "holmo-chef").send("post", f"/proposals/{proposal}/prose-answers", respected)
    anna.send("post", f"/proposals/{proposal}/choose")
    anna.send("post", f"/matters/{matter.pk}/decision", {"comes_into_force": "all"})
    version = DecisionVersion.objects.get(decision__matter=matter)
    _lead_to_recommended(anna, version)
    assert {o["kind"] for o in _obstacles(anna, version)} == {"authority"}
    for key in ("region-chef", "holmo-chef"):
        adopted = {
            "answer": "adopted",
            "body": "Nämnden",
            "decided_on": clock.day(clock.now()).isoformat(),
            "paragraph": "§ 9",
        }
        Caller(world, key).send("post", f"/versions/{version.pk}/adoptions", adopted)
    assert _obstacles(anna, version) == []
    anna.send("post", f"/versions/{version.pk}/establishment", {})
    version.refresh_from_db()
    assert version.state == "in_force"
    sara = Caller(world, "strandsala-rep")
    sara.send("post", f"/decision-versions/{version.pk}/following-answers", {"kind": "already_so"})
    assert version.following_answers.get().organisation.short_name == "Strandsala"


def _answer(world: Any, caller: Caller, matter: Matter) -> None:
    labels = labels_of(world, matter.pk)
    position = labels.positions[world.places["kvarnforsa"]]
    for condition in LATE.conditions:
        stated = {"rule": labels.rule(condition), "reason": condition.reason}
        caller.send("post", f"/positions/{position}/conditions", stated)
    caller.send("post", f"/positions/{position}/submission")


def _lead_to_recommended(anna: Caller, version: DecisionVersion) -> None:
    anna.send("post", f"/versions/{version.pk}/consultation", {"until": "2099-01-31"})
    skipped = {"step": "consultation", "reason": "Alla har svarat på styrgruppens möte."}
    anna.send("post", f"/versions/{version.pk}/skipped-steps", skipped)
    anna.send("post", f"/versions/{version.pk}/recommendation")


def _obstacles(anna: Caller, version: DecisionVersion) -> list[dict[str, Any]]:
    found = anna.ask(f"/versions/{version.pk}/obstacles")
    return found["obstacles"] if isinstance(found, dict) else found
