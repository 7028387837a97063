"""End to end against a real provider: another Django, in a process of its own, with the sign-in library's own provider."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, build_opener

import pytest
from cryptography.hazmat.primitives import serialization
from django.core.cache import cache
from django.urls import reverse

from samordna.domain.admissions import operations as do
from samordna.domain.admissions.providers import Provider
from samordna.domain.organisations.enums import RoleKind
from tests import factories as f
from tests.web.accounts.counterpart import KEYS

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    plain = serialization.NoEncryption()
    key = KEYS["right"].private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain).decode()
    callback = "http://testserver/konto/via/region/svar/"
    command = [sys.executable, "-m", "tests.web.accounts.provider_site", str(port), callback]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdin.write(key)
        process.stdin.close()
        ready = process.stdout.readline()
        assert ready == "ready\n", process.stderr.read()[-2000:]
        yield f"http://127.0.0.1:{port}"
        process.terminate()


class _Stays(HTTPRedirectHandler):
    """Does not follow the provider back to a site that is not on the network."""

    def redirect_request(self, *given: object) -> None:
        return None


def browse(issuer: str, address: str) -> str:
    """Sign in at the provider and go where the site sent the browser; returns where the provider sends it back."""
    browser = build_opener(HTTPCookieProcessor(CookieJar()), _Stays)
    browser.open(f"{issuer}/be-anna/").close()
    with pytest.raises(HTTPError) as sent:
        browser.open(address)
    with sent.value as answer:
        assert answer.code == 302
        return answer.headers["Location"]


def test_a_real_provider_signs_somebody_in_with_role_and_level(client, issuer, settings):
    cache.clear()
    organisation = f.organisation("Region Nord", number="212000-1397")
    administrator = f.actor(organisation, RoleKind.ADMINISTRATOR)
    role = f.role(organisation, name="Handläggare")
    region = {"id": "region", "name": "Region Nord", "kind": "oidc", "vouches_for_email": ("nord.example",)}
    made = Provider(issuer=issuer, client_id="samordna", client_secret="a secret between the two", **region)
    settings.PROVIDERS = {"region": made}
    do.use_provider(actor=administrator, organisation_id=organisation.pk, provider="region")
    do.add_affiliation_rule(actor=administrator, role_id=role.pk, affiliation="anna.k@212000-1397")
    sent = client.get(reverse("depart", args=["region"]))
    assert sent.url.startswith(f"{issuer}/identity/o/authorize?")
    back = urlsplit(browse(issuer, sent.url))
    assert back.path == reverse("arrive_oidc", args=["region"])
    arrived = client.get(f"{back.path}?{back.query}")
    assert (arrived.status_code, arrived["Location"]) == (302, "/")
    home = client.get("/")
    assert home.context["acting_as"].role == role
    assert home.context["request"].actor.assurance == 3
    assert home.context["user"].email == "anna@nord.example"
