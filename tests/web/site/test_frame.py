"""The frame: who acts, changing role and language, pages that say no, and headers that keep scripts out."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.db import DataError
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from samordna.domain.organisations.enums import RoleKind
from tests import factories as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def held():
    first, second = f.organisation("Askö kommun"), f.organisation("Björnby kommun")
    held = f.holding(first, role=f.role(first, name="Samverkansansvarig"))
    f.holding(second, role=f.role(second, RoleKind.MANAGER, name="Socialchef"), person=held.person)
    return held


def page(client: Client, name: str = "home") -> str:
    return client.get(reverse(name)).content.decode()


def test_the_page_says_as_what_one_acts_and_offers_the_other_roles(client, held):
    client.force_login(held.person)
    html = page(client)
    assert 'class="role">Samverkansansvarig' in html
    assert "Askö kommun" in html
    assert "Socialchef</strong>, Björnby kommun" in html


def test_acting_in_another_role_changes_what_every_page_says(client, held):
    client.force_login(held.person)
    other = held.person.holdings.exclude(pk=held.pk).get()
    answer = client.post(reverse("act_as"), {"holding": other.pk}, follow=True)
    acting = re.sub(r"<[^>]+>", "", answer.content.decode().split("<summary>")[1].split("</summary>")[0])
    assert acting == "Du agerar som Socialchef, Björnby kommun"


def test_one_cannot_act_in_a_role_that_is_somebody_elses(client, held):
    client.force_login(held.person)
    foreign = f.holding(f.organisation())
    assert client.post(reverse("act_as"), {"holding": foreign.pk}).status_code == 404
    assert client.get(reverse("act_as")).status_code == 405


def test_somebody_without_a_role_is_told_so(client):
    client.force_login(f.person())
    assert client.get(reverse("home")).status_code == 200
    client.post(reverse("set_language"), {"language": "en"})
    assert "You hold no role yet" in page(client)


def test_the_language_is_remembered_and_one_stays_on_the_page(client, held):
    client.force_login(held.person)
    answer = client.post(reverse("set_language"), {"language": "en", "next": reverse("account")})
    assert answer.url == reverse("account")
    assert '<html lang="en">' in page(client)
    client.post(reverse("set_language"), {"language": "sv"})
    assert '<html lang="sv">' in page(client)


@pytest.mark.parametrize("target", ["https://example.org/", "//example.org", "javascript:alert(1)", ""])
def test_the_language_form_leads_nowhere_else(client, target):
    assert client.post(reverse("set_language"), {"language": "en", "next": target}).url == "/"


def test_an_unknown_language_changes_nothing(client):
    answer = client.post(reverse("set_language"), {"language": "tlh"})
    assert settings.LANGUAGE_COOKIE_NAME not in answer.cookies


def test_the_hue_is_a_style_sheet_of_its_own(client):
    answer = client.get(reverse("hue", args=[30]))
    assert answer.content == b":root{--hue:30}"
    assert answer["Content-Type"] == "text/css"
    assert "immutable" in answer["Cache-Control"]


def test_no_page_may_run_a_script_or_style_that_is_not_a_file_of_ours(client):
    policy = client.get(reverse("account_login"))["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_what_is_absent_and_what_is_not_yours_look_the_same(client, held):
    client.force_login(held.person)
    unknown = client.get("/finns-inte/")
    assert unknown.status_code == 404
    assert unknown.templates[0].name == "404.html"


@pytest.mark.parametrize("path", ["/sok/", "/organisationer/", "/kontakter/", "/journal/", "/samordnare/", "/foljs/"])
def test_a_nul_in_an_address_is_nowhere_and_in_a_question_is_no_letter(client, held, path, monkeypatch):
    """PostgreSQL refuses the character, SQLite only finds nothing: so no view may be given it."""
    client.force_login(held.person)
    keys = ("q", "sok", "om", "fraga", "sida", "samverkan", "visa", "slag")
    asked = client.get(path + "?" + "&".join(f"{key}=a%0%000b" for key in keys))
    assert asked.status_code in {200, 404}
    assert [asked.wsgi_request.GET[key] for key in keys] == ["ab"] * len(keys)
    assert client.get(f"{path}a%00b/").status_code == 404
    assert client.get("/organisationer/%00/").status_code == 404

    def refuse(actor, at):
        raise DataError("PostgreSQL text fields cannot contain NUL (0x00) bytes")

    monkeypatch.setattr("samordna.web.site.views.agenda_of", lambda actor, holdings, at: refuse(actor, at))
    assert client.get("/").status_code == 400


def test_a_form_that_is_too_old_is_explained():
    answer = Client(enforce_csrf_checks=True).post(reverse("set_language"), {"language": "en"})
    assert answer.status_code == 403
    assert answer.templates[0].name == "403_csrf.html"


def test_the_page_for_faults_needs_neither_database_nor_context():
    html = render_to_string("500.html")
    assert "Inget av det du gjorde just nu har sparats" in html


def test_public_pages_open_without_signing_in(client):
    for name in ("about", "accessibility", "health"):
        assert client.get(reverse(name)).status_code == 200
    for name in ("gallery", "account"):
        assert client.get(reverse(name)).status_code == 302


def test_the_style_weighs_little():
    folder = Path(settings.STATICFILES_DIRS[0]) / "look"
    style = b"".join(path.read_bytes() for path in sorted(folder.glob("*.css")))
    assert len(gzip.compress(style)) <= 12 * 1024


def test_a_refusal_is_a_page_that_says_why_and_leads_on(client, held):
    client.force_login(held.person)
    answer = client.get(reverse("open_role", args=[held.role.organisation_id]), headers={"referer": "/organisationer/"})
    assert answer.status_code == 403
    html = answer.content.decode()
    assert "administratör" in html.lower()
    assert 'href="/organisationer/"' in html
    assert f'href="{reverse("home")}"' in html
