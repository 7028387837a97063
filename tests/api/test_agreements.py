"""Documents over JSON, from the first word to a register of what binds."""

import pytest

from samordna.core import clock
from samordna.domain.decisions.models import Decision
from samordna.domain.organisations.enums import RoleKind
from tests import factories as f
from tests.api.test_collaborations import get, post, put
from tests.domain.collaborations.setting import client_of, setting

pytestmark = pytest.mark.django_db


def test_an_agreement_is_begun_written_sealed_signed_compared_and_repealed():
    given = setting()
    client = client_of(given.coordinator)
    body = {"kind": "agreement", "name": "Om utskrivning"}
    made = post(client, f"/collaborations/{given.collaboration.pk}/agreements", body, 201)["id"]
    page = get(client, f"/agreements/{made}/versions/1")
    draft, section = page["version"]["id"], page["sections"][0]
    assert len(page["lacking"]) == 2
    post(client, f"/agreement-versions/{draft}/offer", status=409)
    put(client, f"/agreement-sections/{section['id']}", {"revision": 1, "text": "Vi gör det tillsammans."})
    late = put(client, f"/agreement-sections/{section['id']}", {"revision": 1, "text": "Jag med."}, 409)
    assert "avsnittet" in late["detail"]
    own = post(client, f"/agreement-versions/{draft}/sections", {"heading": "own", "title": "Övrigt"}, 201)["id"]
    post(client, f"/agreement-sections/{own}/move", {"by": -1})
    post(client, f"/agreement-sections/{own}/remove", {"revision": 1})
    put(client, f"/agreement-versions/{draft}/head", {"revision": 1, "valid_from": clock.day(clock.now()).isoformat()})
    post(client, f"/agreement-versions/{draft}/offer")
    digest = get(client, f"/agreements/{made}/versions/1")["version"]["sha256"]
    post(client_of(given.manager), f"/agreement-versions/{draft}/sign", {"sha256": "0"}, 422)
    post(client_of(given.manager), f"/agreement-versions/{draft}/decline", {"reason": "Inte än"}, 201)
    for manager in (given.manager, given.other_manager):
        post(client_of(manager), f"/agreement-versions/{draft}/sign", {"sha256": digest}, 201)
    assert client.get(f"/api/v1/agreements/{made}/versions/1/pdf").content[:5] == b"%PDF-"
    assert [row["ground"] for row in get(client_of(given.manager), "/rules")["items"]] == ["signed"]
    second = post(client, f"/agreements/{made}/versions", status=201)["id"]
    section = get(client, f"/agreements/{made}/versions/2")["sections"][0]
    put(client, f"/agreement-sections/{section['id']}", {"revision": 1, "text": "Vi gör det bättre."})
    changed = get(client, f"/agreements/{made}/differences?earlier=1&later=2")
    assert {"mark": "new", "text": "bättre"} in [piece for row in changed for line in row["lines"] for piece in line]
    post(client, f"/agreement-versions/{second}/withdraw", {"reason": "Vi väntar"})
    post(client, f"/agreements/{made}/repeal", {"reason": "Ersatt av lag"})
    put(client, f"/agreements/{made}", {"name": "Om hemgång"})
    post(client, f"/agreements/{made}/reviews", {"outcome": "Håller"}, 201)
    rows = get(client, "/agreements")["items"]
    assert [(row["name"], row["standing"]) for row in rows] == [("Om hemgång", "repealed")]
    get(client, f"/agreements/{made}/versions/99999999", 404)
    get(client_of(f.actor(f.organisation(), RoleKind.MANAGER)), f"/agreements/{made}", 404)


def test_routines_rest_on_what_is_in_force_and_histories_are_taken_in():
    given = setting()
    client = client_of(given.coordinator)
    begin = f"/collaborations/{given.collaboration.pk}/agreements"
    old = post(client, begin, {"kind": "agreement", "name": "Gammal"}, 201)["id"]
    rows = [{"valid_from": "2013-11-01", "valid_to": "2017-01-01"}, {"label": "2", "valid_from": "2015-04-01"}]
    post(client, f"/agreements/{old}/history", {"source": "Diariet", "versions": rows}, 201)
    assert len(get(client, f"/agreements/{old}")["untidy"]) == 1
    post(client, f"/agreements/{old}/history", {"source": "", "versions": []}, 422)
    routine = post(client, begin, {"kind": "routine", "name": "Kallelse"}, 201)["id"]
    page = get(client, f"/agreements/{routine}/versions/1")
    draft = page["version"]["id"]
    put(client, f"/agreement-sections/{page['sections'][0]['id']}", {"revision": 1, "text": "Så här"})
    put(client, f"/agreement-versions/{draft}/head", {"revision": 1, "valid_from": "2026-01-01"})
    post(client, f"/agreement-versions/{draft}/approve", status=409)
    ground = post(client, f"/agreements/{routine}/grounds", {"rests_on_id": old}, 201)["id"]
    post(client, f"/agreements/{routine}/grounds", {"decision_id": "no-such"}, 404)
    elsewhere = f.collaboration(coordinator_role=given.collaboration.coordinator_role, host=given.collaboration.host)
    for where, status in ((elsewhere, 422), (given.collaboration, 201)):
        decision = Decision.objects.create(matter=f.matter(where), number=1)
        post(client, f"/agreements/{routine}/grounds", {"decision_id": decision.pk}, status)
    written = client.get(f"/api/v1/agreements/{routine}/versions/1/docx")
    assert (written.status_code, written.content[:2]) == (200, b"PK")
    post(client, f"/agreement-versions/{draft}/approve")
    post(client, f"/agreement-versions/{draft}/conclude", status=409)
    post(client, f"/agreements/{routine}/grounds/{ground}/remove")
    own = f"/collaborations/{given.collaboration.pk}/own-routines"
    post(client_of(given.manager), own, {"name": "Hos oss"}, 201)
    post(client, own, {"name": "Hos oss"}, 403)
