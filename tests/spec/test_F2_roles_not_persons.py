"""F2: a clear structure for who is responsible and whom to contact, held by roles and not by persons."""

from datetime import timedelta

import pytest

from samordna.core import clock
from samordna.domain.organisations.enums import RoleKind
from tests import factories as f
from tests.domain.collaborations.setting import client_of, setting

pytestmark = pytest.mark.django_db


def test_when_the_person_changes_the_role_keeps_what_is_its():
    """The coordinator's successor leads at once and the predecessor no longer does; nothing else has to be changed."""
    world = setting()
    own, area = world.collaboration.host, f"/samverkan/{world.collaboration.pk}/amnen/nytt/"
    administrator = client_of(f.actor(own, RoleKind.ADMINISTRATOR))
    administrator.post(f"/organisationer/innehav/{world.coordinator.holding_id}/avsluta/", {})
    successor = f.person()
    new = {"person_id": "", "email": successor.email, "name": "", "kind": "ordinary"}
    assert (
        administrator.post(f"/organisationer/roller/{world.collaboration.coordinator_role_id}/ge/", new).status_code == 302
    )
    taking_over = client_of(world.coordinator)
    assert taking_over.post(area, {"name": "Före"}).status_code in {403, 404}
    taking_over.force_login(successor)
    assert taking_over.post(area, {"name": "Efter"}).status_code == 302


def test_a_vacant_role_is_shown_and_nothing_it_has_is_lost():
    """An ended holding leaves the role on the page as vacant, with who held it before."""
    own = f.organisation()
    today = clock.day(clock.now())
    held = f.holding(own, RoleKind.MANAGER, valid_to=today)
    page = client_of(f.actor(own)).get(f"/organisationer/{own.pk}/").content.decode()
    assert "Vakant" in page
    assert held.person.name in page


def test_who_it_was_on_any_day_is_answered():
    """The page of an organisation answers who held each role on the day that is asked about."""
    own = f.organisation()
    today = clock.day(clock.now())
    first = f.holding(own, RoleKind.MANAGER, valid_to=today - timedelta(days=30))
    f.holding(own, role=first.role, person=f.person("Ny Chef"), valid_from=today - timedelta(days=30))
    then = (today - timedelta(days=31)).isoformat()
    page = client_of(f.actor(f.organisation())).get(f"/organisationer/{own.pk}/", {"dag": then}).content.decode()
    held = page.split('class="plain"')[1].split("</ul>")[0]
    assert first.person.name in held
    assert "Ny Chef" not in held
