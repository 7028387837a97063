"""The whole chain over JSON: from a question to a decision in force, and what it says no to."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.domain.matters.enums import Confidence
from samordna.domain.organisations.access import token_digest
from samordna.domain.organisations.models import ApiToken, Holding
from tests import factories
from tests.domain.decisions import chain
from tests.domain.decisions import world as w


class Caller:
    """Somebody with a token; every answer comes back as (status, data)."""

    def __init__(self, actor: Actor, **fields: Any) -> None:
        now = clock.now()
        secret = f"secret of {actor.holding_id}"
        held = Holding.objects.get(pk=actor.holding_id)
        defaults = {"label": "test", "may_write": True, "created_at": now, "expires_at": now + timedelta(days=1)}
        ApiToken.objects.create(holding=held, digest=token_digest(secret), **defaults | fields)
        self.headers = {"Authorization": f"Bearer {secret}", "Accept-Language": "en"}
        self.client = Client()

    def get(self, address: str) -> tuple[int, Any]:
        return self._read(self.client.get(f"/api/v1{address}", headers=self.headers))

    def post(self, address: str, body: Any = None, *, method: str = "post") -> tuple[int, Any]:
        data = json.dumps({} if body is None else body)
        send = getattr(self.client, method)
        return self._read(send(f"/api/v1{address}", data, content_type="application/json", headers=self.headers))

    def _read(self, response: Any) -> tuple[int, Any]:
        return response.status_code, json.loads(response.content)


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


@pytest.fixture
def world(db):
    return w.build()


@pytest.fixture
def coordinator(world):
    return Caller(world.coordinator)


def adoption(answer="adopted"):
    return {"answer": answer, "body": "The council", "decided_on": "2026-11-01", "paragraph": "§ 3"}


def test_a_question_becomes_a_decision_in_force(world, coordinator):
    status, attempt = coordinator.post(f"/matters/{world.matter.pk}/attempts")
    assert (status, attempt["result"], attempt["clash"]) == (201, "settled", None)
    status, proposal = coordinator.post(f"/proposals/{attempt['proposal']}/choose")
    assert (status, proposal["state"], proposal["verdict"]) == (200, "chosen", "respects")
    status, version = coordinator.post(f"/matters/{world.matter.pk}/decision", {"comes_into_force": "all"})
    assert (status, version["state"]) == (201, "prepared")
    address = f"/versions/{version['id']}"
    until = (clock.day(clock.now()) + timedelta(days=30)).isoformat()
    assert coordinator.post(f"{address}/consultation", {"until": until})[1]["state"] == "consultation"
    managers = [Caller(world.manager(organisation)) for organisation in world.organisations]
    for manager in managers:
        status, _version = manager.post(f"{address}/consultation-answers", {"stance": "supports"})
        assert status == 200
    assert coordinator.post(f"{address}/recommendation")[1]["state"] == "recommended"
    status, in_the_way = coordinator.get(f"{address}/obstacles")
    assert {obstacle["kind"] for obstacle in in_the_way} == {"authority"}
    for manager in managers:
        assert manager.post(f"{address}/adoptions", adoption())[0] == 200
    status, established = coordinator.post(f"{address}/establishment")
    assert (status, established["state"]) == (200, "in_force")
    status, certificate = managers[0].get(f"{address}/certificate")
    assert (certificate["digest"], certificate["certificate"]["stage"]) == (established["digest"], "established")
    status, governing = managers[1].get(f"/organisations/{world.town.pk}/governing-conditions")
    assert [(found["title"], found["by"]) for found in governing["items"]] == [("Payment at discharge", "adoption")]
    status, whole = managers[2].get(f"/decisions/{established['decision']}")
    assert [version["number"] for version in whole["versions"]] == [1]
    assert coordinator.get("/decisions")[1]["total"] == 1


def test_proposals_by_hand_are_sketched_shared_amended_checked_and_withdrawn(world, coordinator):
    body = {"title": "By hand", "frame": world.frame(), "adaptations": []}
    status, sketch = coordinator.post(f"/matters/{world.matter.pk}/proposals", body)
    assert (status, sketch["state"]) == (201, "sketch")
    status, changed = coordinator.post(f"/proposals/{sketch['id']}", body | {"title": "Better"}, method="put")
    assert changed["title"] == "Better"
    assert coordinator.post(f"/proposals/{sketch['id']}/share")[1]["state"] == "shared"
    status, checked = coordinator.post(f"/proposals/{sketch['id']}/check")
    assert [v["condition"]["sentence"] for v in checked["violations"]] == ["Transition is at least 6"]
    amended = {"title": "Longer", "frame": {world.transition.pk: w.option(world.transition, "6").pk}}
    status, amendment = coordinator.post(f"/proposals/{sketch['id']}/amendments", amended)
    assert (status, amendment["amends"]) == (201, sketch["id"])
    row = {"organisations": [], "aspect": world.transition.pk, "before": body["frame"][world.transition.pk]}
    row["after"] = amended["frame"][world.transition.pk]
    assert amendment["compared"] == {"proposal": sketch["id"], "amended": True, "changed": [row]}
    reader, address = Caller(world.manager(world.town)), f"/matters/{world.matter.pk}/proposals"
    assert [proposal["id"] for proposal in reader.get(address)[1]] == [sketch["id"]]
    assert coordinator.post(f"/proposals/{sketch['id']}/withdraw", {"reason": "Too short"})[1]["state"] == "withdrawn"
    assert reader.get(address) == (200, [])


def test_prose_is_answered_over_json(world, coordinator):
    text = w.prose(world.position(world.island), world.matter)
    proposal = chain.proposed(world)
    owner = Caller(world.representative(world.island))
    body = {"condition": text.pk, "respected": False, "reason": "They have not been told"}
    status, answered = owner.post(f"/proposals/{proposal.pk}/prose-answers", body)
    assert (status, answered["verdict"]) == (200, "breaks")
    status, seen = coordinator.get(f"/proposals/{proposal.pk}")
    assert [(entry["respected"], entry["reason"]) for entry in seen["prose"]] == [(False, "They have not been told")]


def test_a_clash_is_told_without_what_is_in_confidence(world, coordinator):
    secret = {"confidence": Confidence.COORDINATOR, "reason": "A merger is planned", "relax_price": 40}
    w.condition(world.position(world.town), world.matter, world.days, "one_of", "5", **secret)
    status, attempt = coordinator.post(f"/matters/{world.matter.pk}/attempts")
    assert (status, attempt["result"]) == (201, "clash")
    assert "A merger is planned" in str(attempt)
    status, told = Caller(world.manager(world.island)).get(f"/matters/{world.matter.pk}/attempts")
    members = told[0]["clash"]["members"]
    hidden = next(member for member in members if member["condition"]["hidden"])
    assert hidden["condition"]["sentence"] == "a condition that Åstad has stated in confidence"
    assert (hidden["condition"]["condition_id"], hidden["example"], told[0]["clash"]["ways_out"]) == ("", {}, [])
    assert (told[0]["problem_digest"], told[0]["milliseconds"]) == ("", None)
    assert "A merger is planned" not in str(told)


def test_what_if_is_answered(world, coordinator):
    fix = {"do": "fix", "aspect": world.transition.pk, "option": w.option(world.transition, "none").pk}
    status, answer = coordinator.post(f"/matters/{world.matter.pk}/what-if", {"changes": [fix]})
    assert (status, answer["result"], len(answer["differences"])) == (200, "settled", 1)
    status, refused = coordinator.post(f"/matters/{world.matter.pk}/what-if", {"changes": [{"do": "drop"}]})
    assert (status, refused["errors"][0]["field"]) == (422, "changes")


def test_the_problem_document_is_given(world, coordinator):
    status, document = coordinator.get(f"/matters/{world.matter.pk}/problem")
    assert (status, document["format"], len(document["conditions"])) == (200, "samordna-problem", 3)


def test_a_step_is_skipped_and_a_version_withdrawn_with_reasons(world, coordinator):
    version = chain.prepared(world)
    skipped = {"step": "consultation", "reason": "Everyone sat at the table"}
    status, told = coordinator.post(f"/versions/{version.pk}/skipped-steps", skipped)
    assert told["skipped"][0]["reason"] == skipped["reason"]
    status, refused = coordinator.post(f"/versions/{version.pk}/withdrawal", {"reason": ""})
    assert (status, refused["errors"][0]["field"]) == (422, "reason")
    assert coordinator.post(f"/versions/{version.pk}/withdrawal", {"reason": "New facts"})[1]["state"] == "withdrawn"
    assert coordinator.post(f"/matters/{world.matter.pk}/decision/let-be", {"reason": "Too dear"})[1]["stage"] == "let_be"


def test_a_decision_in_force_is_replaced(world, coordinator):
    first = chain.in_force(world)
    other = chain.proposed(world, title="Other", frame=world.frame(basis="individual", transition="6"))
    body = {"proposal": other.pk, "reason": "It was unfair"}
    status, second = coordinator.post(f"/decisions/{first.decision_id}/replacement", body)
    assert (status, second["number"], second["state"]) == (201, 2, "prepared")
    status, version = coordinator.get(f"/versions/{second['id']}")
    assert (status, version["proposal"]) == (200, other.pk)


def test_a_refusal_says_what_is_so(world, coordinator):
    version = chain.prepared(world)
    status, problem = coordinator.post(f"/versions/{version.pk}/establishment")
    assert (status, problem["detail"]) == (
        409,
        "This version of the decision is prepared but has not been recommended yet.",
    )
    status, problem = Caller(world.manager(world.town)).post(f"/versions/{version.pk}/recommendation")
    assert status == 403


def test_what_others_may_not_see_is_not_there(world):
    version = chain.prepared(world)
    stranger = Caller(factories.actor(factories.organisation()))
    addresses = (f"/matters/{world.matter.pk}/{part}" for part in ("proposals", "attempts", "problem"))
    for address in (*addresses, f"/versions/{version.pk}", f"/decisions/{version.decision_id}", "/proposals/nothing"):
        assert stranger.get(address)[0] == 404, address


def test_a_token_for_reading_writes_nothing(world):
    reader = Caller(world.coordinator, may_write=False)
    status, problem = reader.post(f"/matters/{world.matter.pk}/attempts")
    assert (status, problem["detail"]) == (403, "This key to the API may only read.")
    assert not world.matter.attempts.exists()


def test_fields_that_do_not_exist_are_named(world, coordinator):
    status, problem = coordinator.post(f"/matters/{world.matter.pk}/proposals", {"title": "A", "titel": "B"})
    assert status == 422
    assert any(error["field"].endswith("titel") for error in problem["errors"])
