"""Organisations, roles and keys over JSON."""

import pytest
from django.test import Client

from samordna.domain.organisations.enums import RoleKind
from tests import factories as f
from tests.api.test_collaborations import get, post
from tests.domain.collaborations.setting import client_of

pytestmark = pytest.mark.django_db


def test_an_administrator_opens_gives_and_closes_a_role():
    own = f.organisation("Havsnäs")
    client = client_of(f.actor(own, RoleKind.ADMINISTRATOR))
    role = post(client, f"/organisations/{own.pk}/roles", {"name": "Socialchef", "kind": "manager"}, 201)["id"]
    held = post(client, f"/roles/{role}/holdings", {"name": "Maja Ek", "email": "maja@example.se"}, 201)["id"]
    deputy = f.person("Olle Dahl")
    post(client, f"/holdings/{held}/deputies", {"person_id": deputy.pk, "valid_to": "2999-01-01"}, 201)
    roles = {row["id"]: row for row in get(client, f"/organisations/{own.pk}")["roles"]}
    assert [holder["name"] for holder in roles[role]["holders"]] == ["Maja Ek", "Olle Dahl"]
    assert roles[role]["holders"][1]["stands_in_for"] == "Maja Ek"
    post(client, f"/holdings/{held}/end", {"valid_to": "2998-01-01"})
    post(client, f"/roles/{role}/close", {"valid_to": "2997-01-01"})


def test_persons_and_parts_are_registered_by_the_administrator_alone():
    own = f.organisation("Havsnäs")
    client = client_of(f.actor(own, RoleKind.ADMINISTRATOR))
    post(client, "/persons", {"organisation_id": own.pk, "name": "Maja Ek"}, 201)
    post(client, "/organisations", {"name": "Socialnämnden", "kind": "board", "parent_id": own.pk}, 201)
    listed = get(client, "/organisations?words=social")
    assert [row["parent"] for row in listed["items"]] == ["Havsnäs"]
    other = client_of(f.actor(own, RoleKind.MANAGER))
    post(other, "/persons", {"organisation_id": own.pk, "name": "Maja Ek"}, 403)
    wrong = {"name": "X", "kind": "board", "parent_id": own.pk, "number": "212000-0143"}
    assert [error["field"] for error in post(client, "/organisations", wrong, 422)["errors"]] == ["number"]


def test_a_key_opens_the_api_and_can_be_made_useless():
    client = client_of(f.actor(f.organisation("Havsnäs")))
    made = post(client, "/tokens", {"label": "Rapport"}, 201)
    bearer = {"HTTP_AUTHORIZATION": f"Bearer {made['secret']}"}
    assert Client().get("/api/v1/organisations", **bearer).status_code == 200
    making = Client().post("/api/v1/tokens", {"label": "En till"}, content_type="application/json", **bearer)
    assert making.status_code == 403
    assert made["secret"] not in str(get(client, "/tokens"))
    post(client, f"/tokens/{made['id']}/revoke")
    assert Client().get("/api/v1/organisations", **bearer).status_code == 401


def test_somebody_elses_key_is_not_there():
    mine = client_of(f.actor(f.organisation()))
    made = post(mine, "/tokens", {"label": "Min"}, 201)
    post(client_of(f.actor(f.organisation(), RoleKind.ADMINISTRATOR)), f"/tokens/{made['id']}/revoke", status=404)
