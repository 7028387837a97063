"""F2: a clear structure for who is responsible and whom to contact, held by roles and not by persons."""

from datetime import date, timedelta

import pytest

from samordna.core import clock
from samordna.domain.organisations.enums import RoleKind
from samordna.domain.organisations.models import Holding
from samordna.domain.organisations.operations import close_contact_path, open_contact_path
from tests import factories as f
from tests.domain.agreements.world import in_force
from tests.domain.agreements.world import world as document_world
from tests.domain.collaborations.setting import client_of, setting
from tests.domain.collaborations.test_operations_mandates import give

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


def test_responsibilities_contact_paths_and_routines_are_written_in_an_agreement_that_roles_sign():
    """The agreement's tables are the system's own: mandates and contact paths lead to roles, and roles sign it."""
    agreed = document_world()
    given = agreed.given
    give(given)
    open_contact_path(
        actor=given.manager, role_id=given.manager.role_id, topic="Utskrivning på helgen", how="Växeln", at=f.NOW
    )
    in_force(agreed, valid_from=date(2026, 11, 1))
    page = client_of(given.other_manager).get(f"/overenskommelser/{agreed.agreement.pk}/1/").content.decode()
    assert "Utskrivning på helgen" in page
    assert "Chef, Havsnäs" in page
    assert "Samordningen bestämmer" in page
    assert "Undertecknad" in page


def test_what_was_signed_stands_and_a_change_in_a_contact_path_is_shown_beside_it():
    """Text and system never disagree unseen: when a path ends, the signed text stays and the page says what changed."""
    agreed = document_world()
    given = agreed.given
    path = open_contact_path(
        actor=given.manager, role_id=given.manager.role_id, topic="Utskrivning på helgen", how="Växeln", at=f.NOW
    )
    in_force(agreed, valid_from=date(2026, 11, 1))
    close_contact_path(actor=given.manager, contact_path_id=path.pk, valid_to=date(2026, 11, 23), at=f.NOW)
    path.refresh_from_db()
    path.valid_from, path.valid_to = date(2026, 1, 1), date(2026, 2, 1)
    path.save()
    page = client_of(given.other_manager).get(f"/overenskommelser/{agreed.agreement.pk}/1/").content.decode()
    assert "Ändrat sedan den förseglades" in page
    assert "<del>Utskrivning på helgen" in page


def test_an_old_agreement_and_an_old_mandate_say_who_it_was_then_and_who_it_is_now():
    """On the pages of what was agreed, the role is named with who held it when it began to hold and who does today."""
    agreed = document_world()
    given, changed = agreed.given, date(2026, 11, 10)
    mandate = give(given)
    in_force(agreed, valid_from=date(2026, 11, 1))
    type(mandate).objects.filter(pk=mandate.pk).update(valid_from=date(2026, 3, 2))
    first = Holding.objects.get(pk=given.coordinator.holding_id)
    reader, pages = client_of(given.other_manager), [f"/samverkan/mandat/{mandate.pk}/"]
    pages += [f"/overenskommelser/{agreed.agreement.pk}/", f"/overenskommelser/{agreed.agreement.pk}/1/"]
    for address in pages:
        page = reader.get(address).content.decode()
        assert f": {first.person.name}</dd>" in page.replace("\n", ""), address
        assert "nu Ny" not in page
    Holding.objects.filter(pk=first.pk).update(valid_to=changed)
    f.holding(first.role.organisation, role=first.role, person=f.person("Ny Samordnare"), valid_from=changed)
    for address in pages:
        page = reader.get(address).content.decode()
        assert f"då {first.person.name}; nu Ny Samordnare" in page, address
        assert f'href="/organisationer/roller/{first.role_id}/"' in page
