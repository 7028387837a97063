"""Forums over JSON: set up, described, seated, ruled, shared and closed."""

import pytest

from samordna.domain.organisations.enums import RoleKind
from tests import factories as f
from tests.api.test_collaborations import get, post, put
from tests.domain.collaborations.setting import client_of, setting

pytestmark = pytest.mark.django_db


def overtaken(answer):
    return {row["field"] for row in answer["errors"]}


def test_a_forum_lives_over_json():
    given = setting()
    client = client_of(given.coordinator)
    begin = f"/collaborations/{given.collaboration.pk}/forums"
    made = post(client, begin, {"kind": "board", "name": "Styrelse", "area_ids": [given.area.pk]}, 201)["id"]
    post(client, begin, {"kind": "throne", "name": "Tronen", "purpose": "Härskar"}, 422)
    post(client_of(given.manager), begin, {"kind": "board", "name": "Vår"}, 403)
    described = {"name": "Styrelsen", "purpose": "Beslutar", "formality": "formal", "power": "decides"}
    seen = get(client, f"/forums/{made}")["fingerprint"]
    put(client, f"/forums/{made}", described | {"seen": seen})
    late = put(client, f"/forums/{made}", described | {"purpose": "Annat", "area_ids": [given.area.pk], "seen": seen}, 409)
    assert overtaken(late) == {"purpose", "area_ids"}
    put(client, f"/forums/{made}", described | {"seen": get(client, f"/forums/{made}")["fingerprint"]})
    post(client, f"/forums/{made}/routines", {"method": "majority", "voice": "member", "quorum": "over_half"}, 201)
    seat = post(client, f"/forums/{made}/seats", {"role_id": given.manager.role_id}, 201)["id"]
    several = f"/forums/{made}/seats/several"
    post(client, several, {"role_ids": []}, 422)
    post(client, several, {"role_ids": [given.other_manager.role_id, given.manager.role_id]}, 422)
    left = post(client, several, {"role_ids": [given.other_manager.role_id]}, 201)
    post(client, f"/forum-seats/{left[0]['id']}/leave")
    when = {"weekday": 3, "begins": "13:00", "ends": "16:30", "place": "Hus A", "every": 4}
    day = post(client, f"/forums/{made}/joint-days", when, 201)["id"]
    page = get(client_of(given.manager), f"/forums/{made}")
    assert page["row"]["mine"]
    assert (page["routine"]["method"], page["seats"][0]["party"]) == ("majority", "Havsnäs")
    assert page["reaches"][0]["verdict"] == "all_adopt"
    assert len(page["days"][0]["next_on"]) == 3
    post(client, f"/joint-days/{day}/end")
    post(client, f"/forum-seats/{seat}/leave")
    post(client, f"/forum-seats/{seat}/leave", status=409)
    other = f.collaboration(coordinator_role=given.collaboration.coordinator_role, host=given.collaboration.host)
    post(client, f"/forums/{made}/owners", {"collaboration_id": other.pk}, 201)
    post(client, f"/forums/{made}/owners/{other.pk}/accept", status=409)
    post(client, f"/forums/{made}/owners/{other.pk}/end")
    post(client, f"/forums/{made}/close", {"reason": "Slut"})
    rows = get(client, "/forums")["items"]
    assert [(row["name"], row["closed_on"] is not None) for row in rows] == [("Styrelsen", True)]
    get(client_of(f.actor(f.organisation(), RoleKind.MANAGER)), f"/forums/{made}", 404)


def test_a_meeting_and_its_agenda_live_over_json():
    given = setting()
    client, other = client_of(given.coordinator), client_of(given.manager)
    begin = f"/collaborations/{given.collaboration.pk}/forums"
    forum = post(client, begin, {"kind": "board", "name": "Styrelse"}, 201)["id"]
    when = {"on": "2027-03-01", "begins": "09:00", "ends": "10:30", "place": "Hus A"}
    meeting = post(client, f"/forums/{forum}/meetings", when, 201)["id"]
    post(client, f"/forums/{forum}/meetings", when | {"ends": "08:00"}, 422)
    seen = get(client, f"/meetings/{meeting}")["row"]["fingerprint"]
    put(client, f"/meetings/{meeting}", when | {"title": "Extra möte", "begins": "09:15", "seen": seen})
    late = put(client, f"/meetings/{meeting}", when | {"title": "Extra möte", "seen": seen}, 409)
    assert overtaken(late) == {"begins"}
    body = {"kind": "decision", "title": "Taxan", "area_id": given.area.pk, "minutes": 30, "meeting_id": meeting}
    item = post(other, f"/forums/{forum}/items", body, 201)["id"]
    again = {"kind": "decision", "title": "Taxan 2027", "area_id": given.area.pk, "minutes": 30}
    again |= {"seen": get(other, f"/items/{item}")["fingerprint"]}
    put(other, f"/items/{item}", again)
    assert overtaken(put(client, f"/items/{item}", again | {"title": "Taxor"}, 409)) == {"title"}
    paper = post(other, f"/items/{item}/papers", {"name": "Text", "text": "Läs"}, 201)["id"]
    read = get(other, f"/items/{item}")
    assert (read["allowed"], read["raised_for"], len(read["papers"])) == (True, "Havsnäs", 1)
    post(other, f"/items/{item}/papers/{paper}/remove")
    post(other, f"/items/{item}/move", {"by": 1}, 403)
    post(client, f"/items/{item}/move", {"by": 10**12})
    post(client, f"/meetings/{meeting}/call")
    page = get(other, f"/meetings/{meeting}")
    assert (page["row"]["state"], [row["title"] for row in page["items"]]) == ("called", ["Taxan 2027"])
    carried = post(client, f"/items/{item}/carry", {}, 201)["id"]
    post(client, f"/items/{item}/take-up", status=409)
    post(client, f"/items/{carried}/place", {"meeting_id": meeting})
    post(client, f"/items/{carried}/take-up")
    extra = post(other, f"/forums/{forum}/items", body | {"title": "Nytt", "meeting_id": ""}, 201)["id"]
    post(other, f"/items/{extra}/withdraw", {"reason": "Löst"})
    post(client, f"/meetings/{meeting}/hold", status=409)
    assert [row["id"] for row in get(other, "/meetings")["items"]] == [meeting]
    post(client, f"/meetings/{meeting}/cancel", {"reason": "Sjukdom"})
    assert get(other, f"/forums/{forum}/agenda")["past"][0]["state"] == "cancelled"
