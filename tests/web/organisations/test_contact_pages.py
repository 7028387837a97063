import pytest

from samordna.domain.organisations.enums import RoleKind
from samordna.domain.organisations.models import ContactPath
from tests import factories as f
from tests.api.test_collaborations import get, post
from tests.domain.collaborations.setting import client_of
from tests.web.organisations.test_organisation_pages import queries

pytestmark = pytest.mark.django_db


def test_a_representative_opens_and_ends_a_contact_path():
    own = f.organisation("Havsnäs")
    client, role = client_of(f.actor(own)), f.role(own, name="Bakjour")
    address = f"/organisationer/{own.pk}/kontaktvagar/ny/"
    typed = {"topic": "Utskrivning på helgen", "role_id": role.pk, "how": "010-100 20 30", "when_not": "Nätter"}
    page = client.post(address, typed, follow=True).content.decode()
    assert "Utskrivning på helgen" in page
    assert "Inte: Nätter" in page
    path = ContactPath.objects.get()
    client.post(f"/organisationer/kontaktvagar/{path.pk}/avsluta/", {"valid_to": "2999-01-01"})
    path.refresh_from_db()
    assert path.valid_to.year == 2999


def test_the_form_keeps_what_was_typed_and_refusals_are_sentences():
    own = f.organisation("Havsnäs")
    address = f"/organisationer/{own.pk}/kontaktvagar/ny/"
    answer = client_of(f.actor(own)).post(address, {"topic": "Helgen", "role_id": "", "how": "växeln"})
    assert answer.status_code == 422
    assert 'value="Helgen"' in answer.content.decode()
    officer = client_of(f.actor(own, RoleKind.OFFICER))
    assert officer.get(address).status_code == 403
    assert "aria-disabled" in officer.get(f"/organisationer/{own.pk}/").content.decode()


def test_the_page_costs_as_much_with_one_path_as_with_three_hundred():
    own = f.organisation("Havsnäs")
    client, role = client_of(f.actor(own)), f.role(own, name="Bakjour")
    counted = []
    for wanted in (1, 3, 300):
        rows = [ContactPath(topic=f"Ämne {n}", to_role=role, how="Ring", valid_from=f.START) for n in range(wanted)]
        ContactPath.objects.all().delete()
        ContactPath.objects.bulk_create(rows)
        counted.append(queries(client, f"/organisationer/{own.pk}/"))
    assert len(set(counted)) == 1, counted


def test_contact_paths_over_json():
    own = f.organisation("Havsnäs")
    client, role = client_of(f.actor(own)), f.role(own, name="Bakjour")
    path = post(client, f"/roles/{role.pk}/contact-paths", {"topic": "Helgen", "how": "växeln"}, 201)["id"]
    assert [row["topic"] for row in get(client, f"/organisations/{own.pk}/contact-paths")] == ["Helgen"]
    assert get(client, f"/contact-paths/{path}")["vacant"] is True
    post(client, f"/contact-paths/{path}/end", {"valid_to": "2999-01-01"})
    post(client, f"/roles/{role.pk}/contact-paths", {"topic": "Helgen", "how": ""}, 422)
