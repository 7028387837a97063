"""C3: to coordinate is to lead the work of several, as a role with a mandate that says what it may do."""

import pytest

from tests.domain.collaborations.setting import client_of, setting
from tests.domain.collaborations.test_operations_mandates import give

pytestmark = pytest.mark.django_db


def test_the_coordinator_is_a_role_with_a_contact_and_only_it_leads():
    """The page names the coordinator's role, its holder and where to turn; nobody else leads, whatever role they hold."""
    world = setting()
    page = client_of(world.manager).get(f"/samverkan/{world.collaboration.pk}/").content.decode()
    assert world.collaboration.coordinator_role.name in page
    assert f"/organisationer/{world.collaboration.host_id}/" in page
    area = f"/samverkan/{world.collaboration.pk}/amnen/nytt/"
    assert client_of(world.manager).post(area, {"name": "Nytt"}).status_code == 403
    assert client_of(world.superior_manager).post(area, {"name": "Nytt"}).status_code == 403
    assert client_of(world.coordinator).post(area, {"name": "Nytt"}).status_code == 302


def test_what_the_coordinator_may_decide_is_what_mandates_say():
    """Leading the work gives no power to decide: without a mandate the coordinator decides nothing for anybody."""
    world = setting(superior=None)
    address = f"/api/v1/collaborations/{world.collaboration.pk}/areas/{world.area.pk}/rulings"
    rows = client_of(world.coordinator).get(address).json()["rows"]
    assert {row["ruling"]["decides"] for row in rows} == {"organisation"}


def test_the_role_has_duties_and_decides_only_what_a_mandate_gives_it():
    """Everybody reads the coordinator's duties on the collaboration's page, and in which areas it may decide, if any."""
    world = setting()
    address = f"/samverkan/{world.collaboration.pk}/"
    page = client_of(world.manager).get(address).content.decode()
    assert "Hjälpa deltagarna att följa bättre." in page
    assert "Inget mandat låter den besluta något ännu." in page
    give(world)
    page = client_of(world.manager).get(address).content.decode()
    assert 'Utskrivning <span class="small muted">enligt 1 mandat</span>' in page
