"""A form that outlived its session or its token loses nothing that was typed."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from samordna.domain.collaborations.models import PurposeConfirmation
from samordna.domain.organisations.enums import RoleKind
from tests import factories as f

pytestmark = pytest.mark.django_db
TYPED = "Hem i tid, och trygg från första dagen"
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
OURS = {"HTTP_ORIGIN": "http://testserver"}


@pytest.fixture
def form(db):
    """Somebody who has a form open."""
    collaboration, organisation = f.collaboration(), f.organisation("Askö kommun")
    f.participation(collaboration, organisation)
    held = f.holding(organisation, RoleKind.MANAGER)
    client = Client(enforce_csrf_checks=True)
    client.force_login(held.person)
    path = reverse("tell_view", args=[collaboration.pk])
    return client, held, path, fields(client.get(path)) | {"own_words": TYPED, "mail_password": "two words"}


def fields(page):
    return {name: unescape(value) for name, value in HIDDEN.findall(page.content.decode().split('<main id="main"')[1])}


def said():
    return list(PurposeConfirmation.objects.values_list("organisation__name", "own_words"))


def test_a_form_that_comes_after_its_session_is_kept_and_sent_again(form):
    client, held, path, sent = form
    del client.cookies[settings.SESSION_COOKIE_NAME]
    kept = client.post(path, sent, **OURS)
    html = kept.content.decode()
    assert (kept.status_code, said()) == (403, [])
    assert "Du har loggats ut" in html
    assert TYPED in html.split("Det du skrev")[1]
    assert "two words" not in html
    client.force_login(held.person)
    assert client.post(path, fields(kept), **OURS).status_code == 302
    assert said() == [("Askö kommun", TYPED)]


def test_a_form_whose_token_is_old_is_kept_and_sent_again(form):
    client, _held, path, sent = form
    kept = client.post(path, sent | {"csrfmiddlewaretoken": "x" * 64}, **OURS)
    assert (kept.status_code, said()) == (403, [])
    assert kept.templates[0].name == "403_csrf.html"
    again = fields(kept)
    chosen = fields(client.post(path, sent | {"csrfmiddlewaretoken": "x" * 64, "go_on_as": "somebody"}, **OURS))
    assert chosen["go_on_as"] == "somebody"
    assert again["shown_as"] == sent["shown_as"]
    assert client.post(path, again, **OURS).status_code == 302
    assert said() == [("Askö kommun", TYPED)]


@pytest.mark.parametrize(
    "headers",
    [{}, {"HTTP_ORIGIN": "https://elsewhere.example"}, OURS | {"HTTP_SEC_FETCH_SITE": "cross-site"}],
    ids=["nobody says", "another site", "a browser that knows better"],
)
@pytest.mark.parametrize("signed_in", [True, False])
def test_what_another_site_sends_never_becomes_a_form_of_ours(form, headers, signed_in):
    client, _held, path, sent = form
    if not signed_in:
        client.logout()
    answer = client.post(path, sent | {"csrfmiddlewaretoken": "x" * 64}, **headers)
    assert answer.status_code == 403
    assert TYPED not in answer.content.decode()
    plain = Client().post(path, sent, **headers)
    assert plain.status_code == 302
    assert plain.headers["Location"].startswith(reverse("account_login"))
