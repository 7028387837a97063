"""The page of one role, and closing one that has tasks."""

from datetime import timedelta

import pytest

from samordna.core import clock
from samordna.domain.organisations.enums import RoleKind
from samordna.domain.organisations.models import ContactPath, Role
from tests import factories as f
from tests.domain.collaborations.setting import client_of
from tests.web.organisations.test_organisation_pages import queries

pytestmark = pytest.mark.django_db


def test_the_page_says_what_the_role_is_for_and_who_it_was_then():
    own, today = f.organisation(), clock.day(clock.now())
    first = f.holding(own, RoleKind.MANAGER, person=f.person("Maja Ek"), valid_to=today - timedelta(days=3))
    f.holding(own, role=first.role, person=f.person("Omar Al"), valid_from=today - timedelta(days=3))
    administrator = client_of(f.actor(own, RoleKind.ADMINISTRATOR))
    address = f"/organisationer/roller/{first.role_id}/"
    typed = {"name": "Socialchef", "responsibilities": "Leder arbetet", "authority": "Får bestämma om lokaler"}
    assert administrator.post(f"{address}beskriv/", typed | {"name": ""}).status_code == 422
    assert "Leder arbetet</textarea>" in administrator.post(f"{address}beskriv/", typed | {"name": ""}).content.decode()
    assert administrator.post(f"{address}beskriv/", typed).status_code == 302
    reader = client_of(f.actor(f.organisation()))
    then = (today - timedelta(days=4)).isoformat()
    page = reader.get(address, {"dag": then}).content.decode()
    before, now = page.split('id="da"')[1].split('id="nu"')
    assert "Maja Ek" in before
    assert "Andra har den nu" in before
    assert "Omar Al" in now.split('id="ansvar"')[0]
    assert "Leder arbetet" in page
    assert "Får bestämma om lokaler" in page
    assert "Ge rollen" not in page
    assert "är ingen dag" in reader.get(address, {"dag": "igår"}).content.decode()
    assert reader.get(address, {"dag": "2001-01-01"}).status_code == 200
    assert reader.get("/organisationer/roller/nothing/").status_code == 404


def test_the_page_costs_the_same_however_many_have_held_the_role():
    own, counts = f.organisation(), []
    role, client = f.role(own), client_of(f.actor(own))
    for more in (1, 2, 297):
        for _number in range(min(more, 30)):
            f.holding(own, role=role)
        ContactPath.objects.bulk_create(
            ContactPath(topic=f"Ämne {n}", to_role=role, how="Ring", valid_from=f.START) for n in range(more)
        )
        counts.append(queries(client, f"/organisationer/roller/{role.pk}/"))
    assert len(set(counts)) == 1, counts


def test_closing_a_role_with_tasks_lists_them_and_keeps_what_was_typed():
    own = f.organisation()
    role, other = f.role(own, name="Bakjour"), f.role(own, name="Ny jour")
    ContactPath.objects.create(topic="Utskrivning på helgen", to_role=role, how="Ring", valid_from=f.START)
    client = client_of(f.actor(own, RoleKind.ADMINISTRATOR))
    address = f"/organisationer/roller/{role.pk}/stang/"
    assert "Utskrivning på helgen" in client.get(address).content.decode()
    refused = client.post(address, {"valid_to": "2999-01-01"})
    assert refused.status_code == 422
    assert "Välj en roll som tar över dem" in refused.content.decode()
    assert 'value="2999-01-01"' in refused.content.decode()
    assert client.post(address, {"valid_to": "2999-01-01", "hand_over_to": other.pk}).status_code == 302
    assert ContactPath.objects.latest("valid_from").to_role == other
    assert Role.objects.get(pk=role.pk).valid_to.year == 2999
