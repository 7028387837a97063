"""F3: organisations stay steady when people change: what empties is shown in time, and a role never drops its tasks."""

from __future__ import annotations

from datetime import timedelta

import pytest

from samordna.core import clock
from samordna.domain.organisations.enums import RoleKind
from samordna.domain.organisations.models import ContactPath
from tests import factories as f
from tests.domain.collaborations.setting import client_of

pytestmark = pytest.mark.django_db


def test_vacancies_endings_and_what_rests_on_one_person_wait_for_the_administrator():
    own, today = f.organisation(), clock.day(clock.now())
    f.role(own, name="Tom stol")
    f.holding(own, RoleKind.MANAGER, person=f.person("Maja Ek"), valid_to=today + timedelta(days=20))
    administrator = f.holding(own, RoleKind.ADMINISTRATOR)
    client = client_of(f.actor(f.organisation()))
    client.force_login(administrator.person)
    page = client.get(f"/organisationer/{own.pk}/").content.decode().split('id="att-se-till"')[1]
    assert "Tom stol" in page
    assert "Maja Ek slutar" in page
    assert "Hänger på en person" in page
    waiting = client.get("/").content.decode()
    assert "Ge en vakant roll till någon" in waiting
    assert "Hitta någon till en roll som blir tom" in waiting


def test_a_role_with_tasks_closes_only_when_another_role_takes_them_over():
    own = f.organisation()
    role, other = f.role(own, name="Bakjour"), f.role(own, name="Ny jour")
    ContactPath.objects.create(topic="Utskrivning", to_role=role, how="Ring", valid_from=f.START)
    client = client_of(f.actor(own, RoleKind.ADMINISTRATOR))
    address = f"/organisationer/roller/{role.pk}/stang/"
    assert "Utskrivning" in client.post(address, {}).content.decode()
    assert client.post(address, {"hand_over_to": other.pk}).status_code == 302
    found = client.get("/api/v1/contacts", {"question": "utskrivning"}).json()["paths"]
    assert [each["role_id"] for each in found] == [other.pk]
