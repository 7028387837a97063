"""Collaborations over JSON, from the first word to a mandate taken back."""

import pytest

from samordna.domain.organisations.enums import RoleKind
from tests import factories as f
from tests.domain.collaborations.setting import client_of, setting

pytestmark = pytest.mark.django_db
JSON = "application/json"
CRITERION = {"kind": "includes", "subject": "ålder", "operator": "at_least", "value": "65"}


def post(client, path, body=None, status=200):
    answer = client.post(f"/api/v1{path}", body or {}, content_type=JSON)
    assert answer.status_code == status, answer.content.decode()
    return answer.json()


def put(client, path, body, status=200):
    answer = client.put(f"/api/v1{path}", body, content_type=JSON)
    assert answer.status_code == status, answer.content.decode()
    return answer.json()


def get(client, path, status=200):
    answer = client.get(f"/api/v1{path}")
    assert answer.status_code == status, answer.content.decode()
    return answer.json()


def test_a_collaboration_is_prepared_bounded_filled_and_activated():
    client = client_of(f.actor(f.organisation(), RoleKind.COORDINATOR))
    made = post(client, "/collaborations", {"name": "Nära vård", "purpose": "Trygg hemgång"}, 201)["id"]
    lacking = post(client, f"/collaborations/{made}/activate", status=409)
    assert lacking["detail"].count(".") == 5
    target = {"target_group": "Äldre", "criteria": [CRITERION]}
    put(client, f"/collaborations/{made}/target-group", target)
    put(client, f"/collaborations/{made}/purpose", {"name": "Nära", "purpose": "Hem i tid"})
    area = post(client, f"/collaborations/{made}/areas", {"name": "Utskrivning"}, 201)["id"]
    goal = {"what": "Färre väntar", "indicator": "Väntedygn", "unit": "dygn", "direction": "down"}
    goal |= {"baseline": 31, "target": 20.5, "target_on": "2999-12-31"}
    dayless = post(client, f"/collaborations/{made}/goals", goal | {"target_on": None}, 422)
    assert [fault["field"] for fault in dayless["errors"]] == ["target_on"]
    post(client, f"/collaborations/{made}/goals", goal, 201)
    members = [f.organisation(), f.organisation()]
    for member in members:
        post(client, f"/collaborations/{made}/parties", {"organisation_ids": [member.pk]}, 201)
    point = post(client, f"/collaborations/{made}/points", {"kind": "problem", "text": "Ingen vet vem"}, 201)["id"]
    post(client, f"/collaborations/{made}/open")
    for member in members:
        view = {"own_words": "Hem", "marks": [{"point_id": point, "agrees": True}]}
        need = [{"text": "Veta i tid", "reason": "Vi bemannar veckan innan"}]
        put(client_of(f.actor(member)), f"/collaborations/{made}/view", view | {"needs": need})
    picture = get(client, f"/collaborations/{made}/picture")
    assert (picture["confirmed"], picture["differences"], len(picture["voices"])) == (2, 0, 3)
    assert len(picture["points"][0]["agreeing"]) == 2
    post(client, f"/collaborations/{made}/activate")
    page = get(client, f"/collaborations/{made}")
    assert (page["name"], page["state"], len(page["parties"])) == ("Nära", "active", 2)
    assert page["areas"] == [{"id": area, "name": "Utskrivning", "level": 0}]
    assert [row["id"] for row in get(client, "/collaborations")["items"]] == [made]
    post(client, f"/collaborations/{made}/close", {"reason": "Klart"})


def test_a_mandate_is_given_asked_about_rehearsed_and_taken_back():
    world = setting()
    client = client_of(world.manager)
    given = {
        "form": "lent",
        "wording": "Samordningen beslutar.",
        "source": "KS § 1",
        "clauses": [{"area_id": world.area.pk}],
    }
    mandate = post(client, f"/collaborations/{world.collaboration.pk}/mandates", given, 201)["id"]
    assert get(client, f"/mandates/{mandate}")["clauses"][0]["coordination_decides"] is True
    rulings = f"/collaborations/{world.collaboration.pk}/areas/{world.beneath.pk}/rulings"
    rows = {row["organisation"]: row["ruling"] for row in get(client, rulings)["rows"]}
    assert rows["Havsnäs"]["decides"] == "coordination"
    assert rows["Havsnäs"]["mandates"] == [mandate]
    assert rows["Storstad"]["decides"] == "organisation"
    one = get(client, f"{rulings}/{world.own.pk}")
    assert one["why"]["because"]
    assert [change["area"] for change in get(client, f"/mandates/{mandate}/revocation")] == ["Betalning", "Utskrivning"]
    post(client, f"/mandates/{mandate}/revoke")
    after = get(client, f"{rulings}/{world.own.pk}")
    assert after["ruling"]["decides"] == "organisation"
    assert "Havsnäs" in after["missing"]
    assert post(client, f"/mandates/{mandate}/revoke", status=409)["detail"]


def test_a_mandate_that_cannot_be_used_is_said_field_by_field():
    world = setting()
    body = {"form": "lent", "wording": "", "source": "", "clauses": []}
    refused = post(client_of(world.manager), f"/collaborations/{world.collaboration.pk}/mandates", body, 422)
    assert {error["field"] for error in refused["errors"]} == {"wording", "source", "clauses"}


def test_parties_leave_and_are_exempted():
    world = setting(join="must")
    manager, superior = client_of(world.manager), client_of(world.superior_manager)
    leave = f"/participations/{world.own_part.pk}/leave"
    assert "Länsstyrelsen" in post(manager, leave, {"reason": "Skäl"}, 409)["detail"]
    put(client_of(world.coordinator), f"/parties/{world.own_part.party_id}/depth", {"join": "may"}, 409)
    put(
        superior,
        f"/parties/{world.own_part.party_id}/exemption",
        {"join": "may", "reason": "Skäl", "review_on": "2099-01-01"},
    )
    post(manager, leave, {"reason": "Skäl"})


def test_the_coordinator_ends_a_participation():
    world = setting()
    end = f"/participations/{world.own_part.pk}/end"
    post(client_of(world.manager), end, {"reason": "Skäl"}, 403)
    post(client_of(world.coordinator), end, {"reason": "Skäl"})


def test_a_case_is_tested_without_being_kept():
    world = setting()
    client = client_of(world.coordinator)
    target = {"target_group": "Äldre", "criteria": [CRITERION]}
    put(client, f"/collaborations/{world.collaboration.pk}/target-group", target)
    test = f"/collaborations/{world.collaboration.pk}/target-group/test"
    assert [post(client, test, {"case": case})["fits"] for case in ({"ålder": "70"}, {"Ålder": "64"}, {})] == [
        True,
        False,
        None,
    ]


def test_somebody_elses_and_nobodys_look_the_same():
    world = setting()
    stranger = client_of(f.actor(f.organisation(), RoleKind.MANAGER))
    theirs = get(stranger, f"/collaborations/{world.collaboration.pk}", 404)
    assert get(stranger, "/collaborations/nothing", 404) == theirs
    get(stranger, f"/collaborations/{world.collaboration.pk}/areas/{world.area.pk}/rulings", 404)


def test_days_and_areas_that_are_none_are_refused():
    world = setting()
    client = client_of(world.manager)
    start = f"/collaborations/{world.collaboration.pk}/areas"
    get(client, f"{start}/nowhere/rulings", 404)
    get(client, f"{start}/{world.area.pk}/rulings/nobody", 404)
    get(client, f"{start}/{world.area.pk}/rulings?on=0001-01-01", 422)
    get(client, f"{start}/{world.area.pk}/rulings?on=nonsense", 422)
    assert get(client, f"{start}/{world.area.pk}/rulings?on=2025-12-31")["rows"] == []
