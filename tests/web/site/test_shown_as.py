"""A form is answered in the role it was shown in: who changed role in another window is asked which one is meant."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from samordna.domain.collaborations.models import PurposeConfirmation
from samordna.domain.organisations.enums import RoleKind
from samordna.domain.organisations.models import ApiToken, Holding
from tests import factories as f

pytestmark = pytest.mark.django_db

TYPED = "Hem i tid,\noch trygg från första dagen"
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


@pytest.fixture
def two_windows(client):
    """Somebody who takes part for two, has a form open for the first, and has gone over to the second in another window."""
    collaboration = f.collaboration()
    first, second = f.organisation("Askö kommun"), f.organisation("Björnby kommun")
    for organisation in (first, second):
        f.participation(collaboration, organisation)
    held = f.holding(first, role=f.role(first, RoleKind.MANAGER, name="Socialchef"))
    other = f.holding(second, role=f.role(second, RoleKind.MANAGER, name="Omsorgschef"), person=held.person)
    client.force_login(held.person)
    path = reverse("tell_view", args=[collaboration.pk])
    page = client.get(path).content.decode()
    client.post(reverse("act_as"), {"holding": other.pk})
    return client, path, {"shown_as": marks(page)["shown_as"], "own_words": TYPED}, held, other


def marks(html: str) -> dict[str, str]:
    """The hidden fields of a page's own forms."""
    return {name: unescape(value) for name, value in HIDDEN.findall(html.split('<main id="main"')[1])}


def said() -> list[tuple[str, str]]:
    rows = PurposeConfirmation.objects.order_by("organisation__name")
    return [(name, words.replace("\r\n", "\n")) for name, words in rows.values_list("organisation__name", "own_words")]


def test_a_form_from_another_role_is_nobodys_word_until_one_has_said_whose(two_windows):
    client, path, sent, held, other = two_windows
    assert sent["shown_as"] == held.pk
    asked = client.post(path, sent)
    html = unescape(asked.content.decode())
    assert (asked.status_code, said()) == (409, [])
    assert "Formuläret visades för dig som <strong>Socialchef, Askö kommun</strong>" in html
    assert "agera som <strong>Omsorgschef, Björnby kommun</strong>" in html
    assert "och trygg från första dagen" in html.split("Det du skrev")[1]  # shown, besides being sent on
    kept = marks(asked.content.decode())
    assert kept["own_words"] == TYPED
    assert [f'name="go_on_as" value="{each.pk}"' in html for each in (held, other)] == [True, True]


@pytest.mark.parametrize(("choice", "whose"), [(0, "Askö kommun"), (1, "Björnby kommun")])
def test_one_goes_on_in_either_role_and_stays_in_it(two_windows, choice, whose):
    client, path, sent, *roles = two_windows
    kept = marks(client.post(path, sent).content.decode())
    done = client.post(path, kept | {"go_on_as": roles[choice].pk}, follow=True)
    assert said() == [(whose, TYPED)]
    assert done.context["acting_as"] == roles[choice]


def test_a_choice_that_ended_while_it_was_made_is_asked_about_again(two_windows):
    client, path, sent, held, other = two_windows
    kept = marks(client.post(path, sent).content.decode())
    assert kept["shown_as"] == other.pk  # the question's own form is shown in the role of now
    Holding.objects.filter(pk=held.pk).update(valid_to=f.START.replace(month=2))
    assert client.post(path, kept | {"go_on_as": held.pk}).status_code == 409
    assert said() == []


def test_a_role_that_one_holds_no_more_is_named_but_not_offered(two_windows):
    client, path, sent, held, other = two_windows
    Holding.objects.filter(pk=held.pk).update(valid_to=f.START.replace(month=2))
    html = client.post(path, sent).content.decode()
    assert "Socialchef, Askö kommun" in html
    assert "Den rollen har du inte längre" in html
    assert [f'name="go_on_as" value="{each.pk}"' in html for each in (held, other)] == [False, True]
    assert client.post(path, sent | {"go_on_as": held.pk}).status_code == 409  # nor taken when it is made up
    Holding.objects.filter(pk=other.pk).update(valid_to=f.START.replace(month=2))
    last = client.post(path, sent)
    assert (last.status_code, said()) == (409, [])
    assert "Du har ingen roll nu" in last.content.decode()


def test_the_same_role_held_anew_and_a_made_up_one(two_windows):
    client, path, sent, _held, other = two_windows
    before = f.holding(other.role.organisation, role=other.role, person=other.person, valid_to=f.START.replace(month=2))
    assert client.post(path, sent | {"shown_as": f.holding(f.organisation()).pk}).status_code == 409
    assert said() == []
    assert client.post(path, sent | {"shown_as": before.pk}).status_code == 302
    assert said() == [("Björnby kommun", TYPED)]


def test_files_are_asked_for_again_and_secrets_are_not_shown(two_windows):
    client, path, sent, *_roles = two_windows
    upload = SimpleUploadedFile("roller.xlsx", b"x")
    html = client.post(path, sent | {"file": upload, "mail_password": "two words"}).content.decode()
    assert "Filen måste väljas igen: roller.xlsx" in html
    assert "two words" not in html.split("Det du skrev")[1]


def test_what_is_the_persons_own_is_done_in_any_role_and_a_token_in_that_of_the_page(two_windows):
    client, _path, _sent, held, other = two_windows
    assert client.post(reverse("act_as"), {"holding": held.pk, "shown_as": held.pk}).status_code == 302
    assert client.post(reverse("set_language"), {"language": "en", "shown_as": other.pk}).status_code == 302
    assert client.post(reverse("api_tokens"), {"label": "Nyckel", "shown_as": other.pk}).status_code == 409
    assert not ApiToken.objects.exists()
