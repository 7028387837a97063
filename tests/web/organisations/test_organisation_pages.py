from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samordna.core import clock
from samordna.domain.organisations.enums import RoleKind
from samordna.domain.organisations.models import ApiToken, Holding, Organisation, Role
from tests import factories as f
from tests.domain.collaborations.setting import client_of

pytestmark = pytest.mark.django_db


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)


def test_directory_lists_organisations_and_counts_vacant_roles():
    own = f.organisation("Havsnäs")
    client = client_of(f.actor(own))
    f.role(own, name="Chef")
    page = client.get("/organisationer/").content.decode()
    assert f'href="/organisationer/{own.pk}/"' in page
    assert page.count('data-tone="warn"') == 1


def test_directory_narrows_to_names_and_says_when_none_fits():
    client = client_of(f.actor(f.organisation("Havsnäs")))
    other = f.organisation("Storstad")
    found = client.get("/organisationer/", {"sok": "stor"}).content.decode()
    assert f"/organisationer/{other.pk}/" in found
    assert "Havsnäs</a></th>" not in found
    none = client.get("/organisationer/", {"sok": "x\x00y"}).content.decode()
    assert 'value="xy"' in none
    assert "Ingen organisation har det namnet" in none


@pytest.mark.parametrize("page", ["0", "-1", "two", "999999999999", "²", "7"])
def test_a_page_number_that_is_none_shows_one_there_is(page):
    client = client_of(f.actor(f.organisation("Havsnäs")))
    assert "Havsnäs</a>" in client.get("/organisationer/", {"sida": page}).content.decode()


def test_a_long_directory_is_turned_page_by_page():
    client = client_of(f.actor(f.organisation("Aaby")))
    Organisation.objects.bulk_create(
        Organisation(name=f"Ort {n:03}", kind="municipality", valid_from=f.START) for n in range(60)
    )
    first = client.get("/organisationer/").content.decode()
    second = client.get("/organisationer/", {"sida": "2"}).content.decode()
    assert ("Ort 059" in first, "Ort 059" in second) == (False, True)
    assert 'rel="next"' in first
    assert 'rel="prev"' in second


def test_directory_and_organisation_cost_the_same_however_much_there_is():
    own = f.organisation("Aaby")
    client, counts = client_of(f.actor(own)), []
    for more in (1, 2, 297):
        Organisation.objects.bulk_create(
            Organisation(name=f"Ort {more} {n}", kind="municipality", valid_from=f.START) for n in range(more)
        )
        roles = Role.objects.bulk_create(
            Role(organisation=own, name=f"Roll {more} {n}", kind="officer", valid_from=f.START) for n in range(more)
        )
        person = f.person()
        Holding.objects.bulk_create(Holding(role=role, person=person, valid_from=f.START) for role in roles)
        counts.append((queries(client, "/organisationer/"), queries(client, f"/organisationer/{own.pk}/")))
    assert len(set(counts)) == 1, counts


def test_unknown_organisation_is_not_found():
    assert client_of(f.actor(f.organisation())).get("/organisationer/nothing/").status_code == 404


def test_a_day_that_is_none_is_said_and_today_shown():
    own = f.organisation()
    page = client_of(f.actor(own)).get(f"/organisationer/{own.pk}/", {"dag": "i går"})
    assert page.status_code == 200
    assert "”i går” är ingen dag" in page.content.decode()


def test_administrator_walks_from_role_to_holder():
    own = f.organisation()
    client = client_of(f.actor(own, RoleKind.ADMINISTRATOR))
    client.post(f"/organisationer/{own.pk}/roller/ny/", {"name": "Socialchef", "kind": "manager"})
    role = Role.objects.get(name="Socialchef")
    typed = {"person_id": "", "name": "Maja Ek", "email": "", "kind": "ordinary"}
    given = client.post(f"/organisationer/roller/{role.pk}/ge/", typed, follow=True)
    assert "Maja Ek" in given.content.decode()
    client.post(f"/organisationer/innehav/{role.holdings.get().pk}/avsluta/", {"valid_to": "2999-01-01"})
    client.post(f"/organisationer/roller/{role.pk}/stang/", {"valid_to": "2998-01-01"})
    assert role.holdings.get().valid_to.year == 2998


def test_forms_keep_what_was_typed_when_something_is_wrong():
    own = f.organisation()
    client = client_of(f.actor(own, RoleKind.ADMINISTRATOR))
    role = client.post(f"/organisationer/{own.pk}/roller/ny/", {"name": "Socialchef", "purpose": "Leda", "kind": "king"})
    assert role.status_code == 422
    assert 'value="Socialchef"' in role.content.decode()
    assert "Leda</textarea>" in role.content.decode()
    part = {"name": "Nämnden", "kind": "board", "number": "212000-0143"}
    page = client.post(f"/organisationer/{own.pk}/delar/ny/", part)
    assert page.status_code == 422
    assert 'value="212000-0143"' in page.content.decode()
    assert "Sista siffran stämmer inte" in page.content.decode()
    assert client.post(f"/organisationer/{own.pk}/delar/ny/", part | {"number": ""}).status_code == 302


def test_other_roles_are_told_that_the_administrator_does_it():
    own = f.organisation()
    client = client_of(f.actor(own, RoleKind.MANAGER))
    assert "aria-disabled" in client.get(f"/organisationer/{own.pk}/").content.decode()
    refused = client.get(f"/organisationer/{own.pk}/roller/ny/")
    assert refused.status_code == 403
    assert "administratören" in refused.content.decode()


def test_the_holder_appoints_a_deputy_on_the_page():
    own = f.organisation()
    held = f.holding(own, RoleKind.MANAGER)
    colleague = f.holding(own).person
    client = Client()
    client.force_login(held.person)
    address = f"/organisationer/innehav/{held.pk}/ersattare/"
    until = (clock.day(clock.now()) + timedelta(days=7)).isoformat()
    assert colleague.name in client.get(address).content.decode()
    unsaid = client.post(address, {"person_id": colleague.pk})
    assert unsaid.status_code == 422
    assert f'value="{colleague.pk}" selected' in unsaid.content.decode()
    assert client.post(address, {"person_id": colleague.pk, "valid_to": until}).status_code == 302
    assert Holding.objects.get(kind="deputy").deputy_of == held


def test_a_key_is_shown_once_and_can_be_revoked():
    client = client_of(f.actor(f.organisation()))
    made = client.post("/organisationer/nycklar/", {"label": "Rapport", "days": "30"}).content.decode()
    secret = made.split("<code>")[1].split("</code>")[0]
    assert secret not in client.get("/organisationer/nycklar/").content.decode()
    revoke = f"/organisationer/nycklar/{ApiToken.objects.get().pk}/aterkalla/"
    assert "fungerar inte längre" in client.post(revoke, follow=True).content.decode()
    assert "redan återkallad" in client.post(revoke, follow=True).content.decode()
    assert client_of(f.actor(f.organisation())).post(revoke).status_code == 404
    assert client.post("/organisationer/nycklar/", {"label": "Rapport", "days": "9999"}).status_code == 422
