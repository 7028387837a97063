"""Levels of assurance: what a right needs here, by which way of signing in, and what the journal keeps of it."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse

from samordna.core.assurance import requirements
from samordna.core.models import JournalEntry
from samordna.domain.admissions.providers import read_providers
from samordna.domain.organisations.access import actor_of
from samordna.domain.organisations.enums import RoleKind
from samordna.domain.organisations.operations import make_api_token
from tests import factories as f

pytestmark = pytest.mark.django_db
PASSWORD = "a few words in a row"


@pytest.fixture
def administrator():
    cache.clear()
    held = f.holding(f.organisation("Askö kommun"), RoleKind.ADMINISTRATOR)
    held.person.set_password(PASSWORD)
    held.person.save()
    return held


def test_a_right_that_needs_a_level_is_refused_with_the_level_and_allowed_at_it(client, administrator, settings):
    client.post(reverse("account_login"), {"login": administrator.person.email, "password": PASSWORD})
    page = reverse("open_role", args=[administrator.role.organisation_id])
    role = {"name": "Chef", "kind": "manager"}
    settings.ASSURANCE_FOR = {"organisation.administer": 3}
    refused = client.post(page, role)
    assert refused.status_code == 403
    assert "nivå 3" in refused.content.decode()
    assert client.get(reverse("organisation", args=[administrator.role.organisation_id])).status_code == 200
    settings.ASSURANCE_FOR = {"organisation.administer": 1}
    assert client.post(page, role).status_code == 302
    opened = JournalEntry.objects.get(action="role_opened")
    assert '"assurance":1' in opened.payload.content


def test_a_key_to_the_api_has_no_level(client, administrator, settings):
    secret = make_api_token(actor=actor_of(administrator), label="x", may_write=True).secret
    address = f"/api/v1/organisations/{administrator.role.organisation_id}/roles"
    asked = {"content_type": "application/json", "headers": {"Authorization": f"Bearer {secret}"}}
    settings.ASSURANCE_FOR = {"organisation.administer": 1}
    assert client.post(address, {"name": "Chef", "kind": "manager"}, **asked).status_code == 403
    settings.ASSURANCE_FOR = {}
    assert client.post(address, {"name": "Chef", "kind": "manager"}, **asked).status_code == 201


@pytest.mark.parametrize("text", ["agreement.sign=5", "agreement.sign=x", "matter.read=2", "nonsense=2", "agreement.sign"])
def test_a_requirement_that_means_nothing_stops_the_start(text):
    with pytest.raises(ImproperlyConfigured, match="SAMORDNA_ASSURANCE_FOR"):
        requirements(text)
    assert requirements("agreement.sign=3, mandate.give=2") == {"agreement.sign": 3, "mandate.give": 2}


RIGHT = '[[provider]]\nid="a"\nname="A"\nkind="oidc"\nclient_id="x"\nissuer="https://idp.example"\n'


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[[provider", "cannot be read"),
        (RIGHT + RIGHT, "same id"),
        (RIGHT.replace('client_id="x"', ""), "missing.*client_id"),
        (RIGHT + 'colour="red"', "unknown.*colour"),
        (RIGHT.replace("https", "http"), "https"),
        (RIGHT.replace('id="a"', 'id="A B"'), "small letters"),
        (RIGHT.replace("oidc", "ldap"), "oidc or saml"),
        (RIGHT + "level=7", "level"),
    ],
)
def test_a_file_of_providers_that_cannot_be_used_says_which_and_why(tmp_path, text, sentence):
    file = tmp_path / "providers.toml"
    file.write_text(text)
    with pytest.raises(ImproperlyConfigured, match=sentence):
        read_providers(str(file))
    file.write_text(RIGHT + 'numbers=["2120001397"]\nlevels={"urn:x"=3}')
    made = read_providers(str(file))["a"]
    assert (made.numbers, made.level_of("urn:x"), made.level_of("?")) == (("212000-1397",), 3, 1)
    assert "secret" not in repr(made)


def test_letters_to_choose_a_new_password_are_few(client, administrator):
    asked = [client.post(reverse("account_reset_password"), {"email": administrator.person.email}) for _ in range(6)]
    assert [answer.status_code for answer in asked] == [302] * 5 + [429]
