"""A passkey is added and signed in with under the site's own content security policy, in a real browser."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.urls import reverse

from tests import factories as f

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "a few words in a row"
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def test_a_passkey_replaces_the_password(visit):
    cache.clear()
    held = f.holding(f.organisation("Askö kommun"))
    held.person.set_password(PASSWORD)
    held.person.save()
    visitor = visit()
    visitor.address = visitor.address.replace("127.0.0.1", "localhost")  # passkeys need a name, not a number
    page = visitor.page
    devices = visitor.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})

    visitor.open(reverse("account_login"))
    page.fill("#id_login", held.person.email)
    page.fill("#id_password", PASSWORD)
    page.click("form.form button[type=submit]")
    page.wait_for_url(visitor.address + "/")

    visitor.open(reverse("mfa_add_webauthn"))
    page.fill("#id_password", PASSWORD)
    page.click("form.form button[type=submit]")
    page.fill("#id_name", "Min telefon")
    page.check("#id_passwordless")
    page.click("#mfa_webauthn_add")
    page.wait_for_url(lambda address: reverse("mfa_add_webauthn") not in address)
    visitor.open(reverse("mfa_list_webauthn"))
    assert "Min telefon" in page.content()
    assert visitor.violations() == []

    visitor.context.clear_cookies()
    visitor.open(reverse("account_login"))
    page.click("#passkey_login")
    page.wait_for_url(visitor.address + "/")
    assert "Askö kommun" in page.inner_text(".acting")
    assert visitor.complaints == []
