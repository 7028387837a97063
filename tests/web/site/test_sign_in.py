"""Signing in and out, and looking after one's own account."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from samordna.domain.organisations.enums import RoleKind
from tests import factories as f

pytestmark = pytest.mark.django_db
PASSWORD = "a few words in a row"


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


@pytest.fixture
def held():
    holding = f.holding(f.organisation("Askö kommun"))
    holding.person.set_password(PASSWORD)
    holding.person.save()
    return holding


def sign_in(client: Client, email: str, password: str = PASSWORD):
    return client.post(reverse("account_login"), {"login": email, "password": password})


def text(response) -> str:
    return response.content.decode()


def code_for(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def test_the_right_password_leads_to_what_needs_one(client, held):
    answer = sign_in(client, held.person.email)
    assert answer.status_code == 302
    assert answer.url == reverse("home")
    assert "Askö kommun" in text(client.get("/"))


def test_a_wrong_password_keeps_the_address_and_says_so(client, held):
    answer = sign_in(client, held.person.email, "wrong")
    assert held.person.email in text(answer)
    assert 'role="alert"' in text(answer)
    assert "wrong" not in text(answer)


def test_an_unknown_address_is_answered_like_a_wrong_password(client, held):
    known, unknown = (text(sign_in(client, email, "wrong")) for email in (held.person.email, "nobody@example.se"))
    assert known.replace(held.person.email, "").count("error-summary") == unknown.count("error-summary") == 1
    assert re.findall(r"<li>.*?</li>", known) == re.findall(r"<li>.*?</li>", unknown)


def test_after_many_wrong_passwords_the_site_says_that_it_waits(client, held):
    for _attempt in range(6):
        answer = sign_in(client, held.person.email, "wrong")
    assert "För många" in text(answer)
    assert "för många" in text(sign_in(client, held.person.email)).lower()


def test_somebody_who_may_not_sign_in_is_kept_out(client, held):
    held.person.is_active = False
    held.person.save()
    sign_in(client, held.person.email)
    assert client.get("/").status_code == 302


def test_nobody_signs_up_on_their_own(client):
    answer = client.get(reverse("account_signup"))
    assert "Konton får man" in text(answer)
    client.post(reverse("account_signup"), {"email": "new@example.se", "password1": PASSWORD, "password2": PASSWORD})
    assert not type(f.person()).objects.filter(email="new@example.se").exists()


def test_opening_the_sign_out_page_does_not_sign_out(client, held):
    client.force_login(held.person)
    assert client.get(reverse("account_logout")).status_code == 200
    assert client.get("/").status_code == 200
    assert client.post(reverse("account_logout")).headers["Clear-Site-Data"] == '"storage"', "the next one reads nothing"
    assert client.get("/").status_code == 302


def test_a_forgotten_password_is_replaced_by_mail(client, held):
    client.post(reverse("account_reset_password"), {"email": held.person.email})
    link = re.search(r"http://testserver(/\S+)", mail.outbox[0].body)
    assert link
    page = client.get(link[1], follow=True)
    new = "quite other words in a row"
    client.post(page.redirect_chain[-1][0], {"password1": new, "password2": new})
    assert sign_in(Client(), held.person.email, new).status_code == 302


def test_a_forgotten_password_tells_nobody_which_addresses_exist(client, held):
    known, unknown = (
        client.post(reverse("account_reset_password"), {"email": email}, follow=True)
        for email in (held.person.email, "nobody@example.se")
    )
    token = re.compile(r'value="\w{64}"')
    assert token.sub("", text(known)) == token.sub("", text(unknown))


def test_a_code_from_an_app_is_asked_for_once_it_is_on(client, held):
    sign_in(client, held.person.email)
    asked = client.get(reverse("mfa_activate_totp"), follow=True)
    assert "Visa att det fortfarande är du" in text(asked)
    page = client.post(asked.redirect_chain[-1][0], {"password": PASSWORD}, follow=True)
    secret = page.context["form"].secret
    assert secret in text(page)
    wrong = client.post(reverse("mfa_activate_totp"), {"code": "000000"})
    assert 'role="alert"' in text(wrong)
    client.post(reverse("mfa_activate_totp"), {"code": code_for(wrong.context["form"].secret)})

    other = Client()
    answer = sign_in(other, held.person.email)
    assert answer.url == reverse("mfa_authenticate")
    assert other.get("/").status_code == 302
    assert "Ett steg till" in text(other.get(answer.url))
    recovery = client.get(reverse("mfa_view_recovery_codes"))
    codes = re.findall(r"<li><code>(\w+)</code>", text(recovery))
    assert len(codes) == 10
    other.post(reverse("mfa_authenticate"), {"code": codes[0]})
    assert other.get("/").status_code == 200
    assert sign_in(Client(), held.person.email).url == reverse("mfa_authenticate")


def test_one_sees_where_one_is_signed_in_and_signs_out_the_others(client, held):
    sign_in(client, held.person.email)
    forgotten = Client()
    forgotten.post(
        reverse("account_login"),
        {"login": held.person.email, "password": PASSWORD},
        headers={"user-agent": "Library computer"},
    )
    assert "Library computer" in text(client.get(reverse("usersessions_list")))
    client.post(reverse("usersessions_list"))
    assert forgotten.get("/").status_code == 302
    assert client.get("/").status_code == 200


def test_changing_the_password_signs_out_everywhere_else(client, held):
    sign_in(client, held.person.email)
    other = Client()
    sign_in(other, held.person.email)
    new = "quite other words in a row"
    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert client.get("/").status_code == 200
    assert other.get("/").status_code == 302


def test_the_demonstration_lists_its_cast_and_one_click_signs_in(client, settings):
    settings.DEMO = True
    held = f.holding(f.organisation("Askö kommun"), RoleKind.MANAGER, person=f.person("Maj Malm"))
    second = f.holding(f.organisation("Björnby kommun"), person=held.person)
    page = text(client.get(reverse("account_login")))
    assert "Maj Malm" in page
    assert "påhittade" in page
    answer = client.post(reverse("demo_sign_in"), {"holding": second.pk}, follow=True)
    assert "Björnby kommun" in text(answer)
    assert answer.context["acting_as"] == second
    other = f.holding(f.organisation("Cederö kommun"))
    assert client.post(reverse("demo_sign_in"), {"holding": other.pk}, follow=True).context["acting_as"] == other


def test_outside_the_demonstration_there_are_no_such_log_ins(client, settings):
    settings.DEMO = False
    held = f.holding(f.organisation("Askö kommun"), person=f.person("Maj Malm"))
    assert "Maj Malm" not in text(client.get(reverse("account_login")))
    assert client.post(reverse("demo_sign_in"), {"holding": held.pk}).status_code == 404
    assert client.get("/").status_code == 302


@pytest.mark.parametrize("fields", [{"fictional": False}, {"valid_to": f.START.replace(month=2)}])
def test_the_demonstration_never_signs_in_as_somebody_real_or_gone(client, settings, fields):
    settings.DEMO = True
    organisation = f.organisation("Verklig kommun", fictional=fields.get("fictional", True))
    held = f.holding(organisation, valid_to=fields.get("valid_to"))
    assert "Verklig kommun" not in text(client.get(reverse("account_login")))
    assert client.post(reverse("demo_sign_in"), {"holding": held.pk}).status_code == 404


def test_the_sign_in_page_asks_the_same_number_of_questions_for_one_and_for_many(
    client, settings, django_assert_num_queries
):
    settings.DEMO = True
    f.holding(f.organisation())
    with django_assert_num_queries(2):  # the cast, and the site
        client.get(reverse("account_login"))
    for _number in range(30):
        f.holding(f.organisation())
    with django_assert_num_queries(2):
        client.get(reverse("account_login"))


def test_having_looked_at_ones_address_one_can_still_add_codes(client, held):
    sign_in(client, held.person.email)
    assert held.person.email in text(client.get(reverse("account_email")))
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert client.get(reverse("mfa_activate_totp")).status_code == 200


def test_an_address_changes_when_the_new_one_is_confirmed(client, held):
    old = held.person.email
    sign_in(client, old)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.post(reverse("account_email"), {"action_add": "", "email": "new@example.se"})
    held.person.refresh_from_db()
    assert held.person.email == old
    assert "Väntar på att den nya adressen bekräftas" in text(client.get(reverse("account_email")))
    link = re.search(r"http://testserver(/\S+)", mail.outbox[-1].body)
    assert link
    client.post(link[1])
    held.person.refresh_from_db()
    assert held.person.email == "new@example.se"


def test_attempts_and_spent_codes_are_counted_for_all_processes_together(tmp_path):
    """One process counts, another knows: otherwise each server process would allow as many attempts once more."""
    script = "import django; django.setup(); from django.core.cache import cache; print(cache.add('spent code', 1, 60))"
    surroundings = os.environ | {"SAMORDNA_DATA": str(tmp_path)}
    answers = [
        subprocess.run([sys.executable, "-c", script], env=surroundings, capture_output=True, text=True, check=True).stdout
        for _process in range(2)
    ]
    assert answers == ["True\n", "False\n"]
    assert (tmp_path / "counted").stat().st_mode & 0o077 == 0
