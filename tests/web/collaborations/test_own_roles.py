"""The collaboration's own roles: opened, carried by one organisation's role after another, closed; and who it was then."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from samordna.core import clock
from samordna.domain.collaborations.models import Carrying, CollaborationRole, Mandate
from samordna.domain.organisations.enums import RoleKind
from tests import factories as f
from tests.domain.collaborations.setting import client_of
from tests.web.organisations.test_organisation_pages import queries

pytestmark = pytest.mark.django_db


def test_the_chair_goes_round_and_the_page_says_who_it_was():
    given, today = f.collaboration(), clock.day(clock.now())
    first, second = (f.holding(f.participation(given).organisation, RoleKind.MANAGER) for _number in range(2))
    coordinator = client_of(f.coordinator_of(given))
    root = f"/samverkan/{given.pk}/roller/"
    assert coordinator.post(f"{root}ny/", {"name": "", "authority": "Får kalla"}).status_code == 422
    start = (today - timedelta(days=30)).isoformat()
    made = coordinator.post(f"{root}ny/", {"name": "Ordförande", "authority": "Får kalla", "valid_from": start})
    role = CollaborationRole.objects.get()
    assert made.headers["Location"] == f"/samverkan/roller/{role.pk}/bar/"
    page = coordinator.get(root).content.decode()
    assert "Ingen roll bär den nu" in page
    carry = f"/samverkan/roller/{role.pk}/bar/"
    assert coordinator.post(carry, {"role_id": f.role(f.organisation()).pk}).status_code == 422
    assert coordinator.post(carry, {"role_id": first.role_id, "valid_from": start}).status_code == 302
    assert coordinator.post(carry, {"role_id": second.role_id}).status_code == 302
    overlapping = coordinator.post(carry, {"role_id": first.role_id, "valid_from": start})
    assert (overlapping.status_code, "En annan roll ska bära den" in overlapping.content.decode()) == (422, True)
    reader = client_of(f.actor(first.role.organisation))
    now = reader.get(root).content.decode()
    assert second.person.name in now
    assert "Får kalla" in now
    assert "Vilka som har burit den" in now
    then = reader.get(root, {"dag": (today - timedelta(days=1)).isoformat()}).content.decode()
    assert first.person.name in then
    assert "är ingen dag" in reader.get(root, {"dag": "i fjol"}).content.decode()
    assert reader.get(f"{root}ny/").status_code == 403
    assert client_of(f.actor(f.organisation())).get(root).status_code == 404
    assert coordinator.post(f"/samverkan/roller/{role.pk}/stang/", {}).status_code == 302
    assert "Inga egna roller den dagen" in reader.get(root).content.decode()


def test_a_role_that_carries_one_is_closed_only_when_another_takes_it_over():
    given = f.collaboration()
    own = f.participation(given).organisation
    held, other = f.holding(own, RoleKind.MANAGER), f.role(own, RoleKind.MANAGER)
    role = CollaborationRole.objects.create(collaboration=given, name="Ordförande", valid_from=f.START)
    Carrying.objects.create(carried=role, role=held.role, valid_from=f.START)
    client = client_of(f.actor(own, RoleKind.ADMINISTRATOR))
    address = f"/organisationer/roller/{held.role_id}/stang/"
    assert "Ordförande" in client.post(address, {}).content.decode()
    assert client.post(address, {"hand_over_to": other.pk}).status_code == 302
    assert Carrying.objects.get(valid_to__isnull=True).role == other
    assert not Mandate.objects.exists()


def test_the_page_costs_the_same_however_many_roles_there_are():
    given = f.collaboration()
    held = f.holding(f.participation(given).organisation)
    client, counts = client_of(f.actor(held.role.organisation)), []
    for more in (1, 3, 56):
        for number in range(more):
            role = CollaborationRole.objects.create(collaboration=given, name=f"R{more}.{number}", valid_from=f.START)
            Carrying.objects.create(carried=role, role=held.role, valid_from=f.START)
        counts.append(queries(client, f"/samverkan/{given.pk}/roller/"))
    assert len(set(counts)) == 1, counts


def test_programs_do_the_same():
    given = f.collaboration()
    held = f.holding(f.participation(given).organisation)
    client = client_of(f.coordinator_of(given))

    def post(path, body):
        return client.post(f"/api/v1{path}", json.dumps(body), content_type="application/json")

    made = post(f"/collaborations/{given.pk}/roles", {"name": "Ordförande"}).json()["id"]
    assert post(f"/collaborations/{given.pk}/roles", {"name": "ordförande"}).status_code == 422
    assert post(f"/collaboration-roles/{made}/carry", {"role_id": held.role_id}).status_code == 201
    told = client.get(f"/api/v1/collaborations/{given.pk}/roles").json()["rows"][0]
    assert (told["role_id"], told["who"]["now"], told["vacant"]) == (held.role_id, [held.person.name], False)
    tomorrow = (clock.day(clock.now()) + timedelta(days=1)).isoformat()
    assert post(f"/collaboration-roles/{made}/close", {"valid_to": tomorrow}).status_code == 200
    assert post(f"/collaboration-roles/{made}/close", {"valid_to": tomorrow}).status_code == 409


def test_a_role_that_nobody_does_or_soon_nobody_does_waits_for_the_coordinator_with_why():
    given, today = f.collaboration(), clock.day(clock.now())
    own = f.participation(given).organisation
    steady, vacant = f.holding(own, RoleKind.MANAGER), f.role(own, name="Tom stol")
    coordinator, soon = client_of(f.coordinator_of(given)), today + timedelta(days=20)

    def role(name, by=None, until=None, **of):
        made = CollaborationRole.objects.create(collaboration=given, name=name, valid_from=f.START, **of)
        if by is not None:
            Carrying.objects.create(carried=made, role=by, valid_from=f.START, valid_to=until)
        return made

    role("Sekreterare")
    role("Ordförande", by=vacant)
    role("Kassör", by=steady.role, until=soon)
    followed = role("Värd", by=steady.role, until=soon)
    Carrying.objects.create(carried=followed, role=steady.role, valid_from=soon)
    role("Gäst", by=steady.role, until=soon, valid_to=soon)
    role("Ledare", by=steady.role, until=today + timedelta(days=90))
    page = coordinator.get("/").content.decode()
    for name in ("Sekreterare", "Ordförande", "Kassör"):
        assert f"Välj vem som ska vara {name}" in page
    for name in ("Värd", "Gäst", "Ledare"):
        assert f"Välj vem som ska vara {name}" not in page
    assert f"Ingen har rollen Tom stol hos {own.name}, som bär den." in page
    assert f'datetime="{soon.isoformat()}"' in page
    assert "Välj vem som ska vara" not in client_of(f.actor(own, RoleKind.MANAGER)).get("/").content.decode()
