"""The whole way from a template to weighing, over JSON; and who may read what."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.test import Client

from samordna.domain.matters import operations as do
from samordna.domain.matters.models import Condition, Matter, Need, Position
from tests import factories as f
from tests.background import post_letters
from tests.web.matters.world import World, client_of, world

pytestmark = pytest.mark.django_db
API = "/api/v1"


def send(client: Client, method: str, path: str, body: object = None, status: int = 200) -> Any:
    answer = getattr(client, method)(API + path, body or {}, content_type="application/json")
    assert answer.status_code == status, answer.content
    return answer.json() if answer.content else None


def at_least(w: World, aspect: str, label: str) -> dict[str, Any]:
    return {"then": [{"aspect": w.aspects[aspect].pk, "is": "at_least", "options": [w.option(aspect, label)]}]}


def test_from_a_template_to_weighing():
    w = world()
    lead = w.lead()
    kinds = {kind["value"]: kind for kind in send(lead, "get", "/matter-kinds")}
    assert "Free days" in kinds["payment"]["asks"]
    words = {"title": "Payment", "purpose": "P", "for_the_individual": "I", "area_id": w.matter.area_id}
    path = f"/collaborations/{w.collaboration.pk}/matters"
    matter = send(lead, "post", path, words | {"kind": "payment"}, 201)["id"]
    added = send(lead, "post", f"/matters/{matter}/aspects", {"label": "More", "kind": "yes_no"}, 201)["id"]
    changed = {"label": "More days", "kind": "range", "lowest": 0, "highest": 10, "step": 5}
    send(lead, "put", f"/aspects/{added}", changed)
    send(lead, "post", f"/aspects/{added}/move", {"earlier": True})
    document = send(lead, "get", f"/matters/{matter}")
    assert [option["number"] for option in document["aspects"][-2]["options"]] == [0, 5, 10]
    send(lead, "delete", f"/aspects/{added}", status=204)
    send(lead, "put", f"/matters/{matter}", words | {"title": "Payment at discharge"})
    send(lead, "post", f"/matters/{matter}/gathering", {"answer_by": "2099-01-31"})
    send(lead, "put", f"/matters/{matter}/answer-day", {"answer_by": "2099-02-28"})
    rows = send(w.client(), "get", path)["items"]
    assert (rows[0]["title"], rows[0]["asked"], rows[0]["heard"]) == ("Payment at discharge", 2, 0)
    for place in (0, 1):
        position = Position.objects.get(matter_id=matter, organisation=w.positions[place].organisation).pk
        send(w.client(place), "post", f"/positions/{position}/no-conditions")
    send(lead, "post", f"/matters/{matter}/stage", {"to": "weighing"})
    assert Matter.objects.get(pk=matter).stage == "weighing"
    send(lead, "post", f"/matters/{matter}/stage", {"to": "gathering", "reason": "One more"})
    send(lead, "post", f"/matters/{matter}/let-be", {"reason": "Not worth it"})
    send(lead, "post", f"/matters/{matter}/next-turn", {"because": "It is now"}, 201)


def test_one_answer_over_json():
    w = world()
    mine, position = w.client(), w.positions[0].pk
    option = w.option("basis", "individual")
    send(mine, "put", f"/positions/{position}/practices", {"practices": {w.aspects["basis"].pk: option}, "note": "Small"})
    send(mine, "put", f"/positions/{position}/costs", {"costs": {option: {"likely": 5}}})
    send(mine, "put", f"/positions/{position}/benefit", {"low": 1, "likely": 2, "high": 3, "note": "Time"})
    send(mine, "put", f"/positions/{position}/figures", {"costs": {option: {"likely": 6}}, "likely": 2, "note": "Time"})
    send(mine, "put", f"/positions/{position}/note", {"text": "Very small"})
    stated = {"rule": at_least(w, "days", "3"), "reason": "Ferry", "confidence": "coordinator", "relax_price": 9}
    condition = send(mine, "post", f"/positions/{position}/conditions", stated, 201)["id"]
    need = send(mine, "post", f"/positions/{position}/needs", {"rule": at_least(w, "days", "2"), "reason": "R"}, 201)["id"]
    send(mine, "put", f"/conditions/{condition}/relaxation", {"price": 7})
    send(mine, "post", f"/positions/{position}/submission")
    read = send(mine, "get", f"/positions/{position}")
    assert read["costs"] == {option: {"low": 6, "likely": 6, "high": 6}}
    assert read["benefit"] == {"low": 2, "likely": 2, "high": 2, "note": "Time"}
    assert (read["note"], read["state"], read["conditions"][0]["relax_price"]) == ("Very small", "answered", 7)
    assert read["conditions"][0]["sentence"] == "Free days is at least 3 days"
    send(mine, "post", f"/needs/{need}/withdrawal")
    send(mine, "post", f"/positions/{position}/reopening", {"reason": "More"})
    send(mine, "post", f"/conditions/{condition}/withdrawal")
    assert Need.objects.get().withdrawn_at is not None
    assert Condition.objects.get().withdrawn_at is not None


def test_others_get_neither_figures_nor_what_was_said_in_confidence():
    w = world()
    do.record_benefit(actor=w.actor(), position_id=w.positions[0].pk, low=7654310, likely=7654321, high=7654332)
    do.state_condition(
        actor=w.actor(), position_id=w.positions[0].pk, prose="Quiet", reason="Secret", confidence="coordinator"
    )
    for path in (f"/matters/{w.matter.pk}", f"/positions/{w.positions[0].pk}"):
        for client, may in ((w.client(0), True), (w.lead(), True), (w.client(1), False)):
            text = client.get(API + path).content.decode()
            assert ("7654321" in text, "Quiet" in text, "Secret" in text) == (may, may, may)
    read = send(w.client(1), "get", f"/positions/{w.positions[0].pk}")
    assert read["conditions"] == []
    assert "costs" not in read
    assert "benefit" not in read


def test_links_are_made_mailed_listed_and_withdrawn():
    w = world()
    lead, matter = w.lead(), w.matter.pk
    made = send(
        lead,
        "post",
        f"/matters/{matter}/answer-links",
        {"position_id": w.positions[0].pk, "recipient": "a@example.se"},
        201,
    )
    assert Client().get(made["address"].removeprefix("http://testserver")).status_code == 200
    sent = send(lead, "post", f"/matters/{matter}/answer-letters", {"recipients": {w.positions[1].pk: "b@example.se"}})
    post_letters()
    assert (sent, [letter.to for letter in mail.outbox]) == ({"queued": 1}, [["b@example.se"]])
    listed = send(lead, "get", f"/matters/{matter}/answer-links")
    assert {link["recipient"] for link in listed} == {"a@example.se", "b@example.se"}
    assert made["token"] not in str(listed)
    link = next(link["id"] for link in listed if link["recipient"] == "a@example.se")
    send(lead, "delete", f"/matters/{matter}/answer-links/{link}", status=204)
    assert Client().get(made["address"].removeprefix("http://testserver")).status_code == 410
    send(w.client(), "get", f"/matters/{matter}/answer-links", status=403)


def test_reminding_newcomers_declining_and_what_is_common():
    w = world()
    lead, matter = w.lead(), w.matter.pk
    assert send(lead, "post", f"/matters/{matter}/reminders")["queued"] == 2
    f.participation(w.collaboration, f.organisation())
    send(lead, "post", f"/matters/{matter}/newcomers")
    send(lead, "post", f"/positions/{w.positions[0].pk}/declining", {"reason": "Said so"})
    common = {"rule": at_least(w, "days", "1"), "reason": "All"}
    send(lead, "post", f"/matters/{matter}/conditions", common, 201)
    send(lead, "post", f"/matters/{matter}/needs", common, 201)
    document = send(w.client(), "get", f"/matters/{matter}")
    assert [stated["sentence"] for stated in document["common_conditions"]] == ["Free days is at least 1 days"]
    assert sorted(position["state"] for position in document["positions"]) == ["declined", "silent", "silent"]
    send(lead, "post", f"/matters/{matter}/withdrawal", {"reason": "Opened by mistake"})


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("conditions", {"rule": {"then": []}, "reason": "R"}, "rule"),
        ("conditions", {"prose": "P", "reason": " "}, "reason"),
        ("conditions", {"reason": "R"}, "prose"),
        ("needs", {"rule": {"then": [7]}, "reason": "R"}, "rule"),
        ("needs", {"rule": {}, "reason": "R", "weight": 10**9}, "weight"),
    ],
)
def test_what_cannot_be_used_is_said_by_field(path, body, field):
    w = world()
    refused = send(w.client(), "post", f"/positions/{w.positions[0].pk}/{path}", body, 422)
    assert [error["field"] for error in refused["errors"]] == [field]


def test_refusals_by_right_by_state_and_by_absence():
    w = world()
    send(w.client(1), "post", f"/positions/{w.positions[0].pk}/no-conditions", status=403)
    send(w.client(0), "post", f"/positions/{w.positions[0].pk}/submission", status=409)
    send(w.client(0), "get", "/matters/nosuchmatter", status=404)
    send(client_of(f.holding(f.organisation())), "get", f"/matters/{w.matter.pk}", status=404)


def test_positions_are_drafted_over_json_and_sent_in_by_their_owner():
    w = world()
    lead = w.lead()
    path = f"/matters/{w.matter.pk}/position-drafts"
    document = send(lead, "get", path)
    assert [draft["organisation"] for draft in document["positions"]] == [p.organisation_id for p in w.positions]
    stated = {"rule": at_least(w, "days", "3"), "reason": "Ferry"}
    wrong = {"prose": "By day only"}
    body = {"document": "survey", "positions": [document["positions"][0] | {"conditions": [stated, wrong]}]}
    told = send(lead, "post", f"{path}/check", body)
    assert (told["drafted"], told["faults"][0]["what"]) == (1, "There is no reason.")
    assert not Condition.objects.exists()
    assert send(lead, "post", path, body) == {"drafted": 1, "sent_in": 0, "nothing_new": 0, "faults": 1}
    position = w.positions[0].pk
    assert send(w.client(), "get", f"/positions/{position}")["state"] == "started"
    own = {"document": "own", "positions": [{"organisation": w.positions[0].organisation_id, "note": "Small"}]}
    assert send(w.client(), "post", f"/positions/{position}/draft", own)["drafted"] == 1
    send(w.client(), "post", f"/positions/{position}/submission")
    assert send(lead, "post", path, body)["sent_in"] == 0
    send(w.client(1), "post", path, body, 403)
