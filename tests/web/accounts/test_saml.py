"""Signing in by SAML 2.0, with assertions that the test signs with xmlsec as a provider would, rightly and wrongly."""

from __future__ import annotations

import zlib
from base64 import b64decode, b64encode
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from lxml import etree
from onelogin.saml2.utils import OneLogin_Saml2_Utils

from samordna.core.models import JournalEntry
from samordna.domain.admissions.models import Identity
from samordna.domain.admissions.providers import Provider
from samordna.domain.organisations.models import Person

pytestmark = pytest.mark.django_db
ISSUER = "https://idp.kommun.example/metadata"
SITE = "http://testserver"
ACS, ENTITY = f"{SITE}/konto/via/sithsliknande/intyg/", f"{SITE}/konto/via/sithsliknande/metadata/"
LOA3 = "http://id.elegnamnden.se/loa/1.0/loa3"


def _pair() -> tuple[str, str]:
    """A private key and a self-signed certificate for it."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "idp")])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
    made = made.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=9))
    plain = serialization.NoEncryption()
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    return private.decode(), made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM).decode()


RIGHT, WRONG = _pair(), _pair()


@pytest.fixture(autouse=True)
def _provider(settings):
    cache.clear()
    made = Provider(
        id="sithsliknande",
        name="Kommunens inloggning",
        kind="saml",
        issuer=ISSUER,
        sso_url="https://idp.kommun.example/sso",
        certificates=(RIGHT[1],),
        asks_for=(LOA3,),
        vouches_for_email=("kommun.example",),
    )
    settings.PROVIDERS = {made.id: made}


def begin(client: Client) -> str:
    """Press the button; returns the id of the request that the browser is sent with."""
    sent = client.get(reverse("depart", args=["sithsliknande"]))
    assert sent.url.startswith("https://idp.kommun.example/sso?")
    asked = zlib.decompress(b64decode(parse_qs(urlsplit(sent.url).query)["SAMLRequest"][0]), -15)
    assert LOA3 in asked.decode()
    return str(etree.fromstring(asked).get("ID"))


def stamp(seconds: int = 0) -> str:
    return (datetime.now(UTC) + timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%SZ")


def assertion(request: str, **told) -> str:
    """A response with one signed assertion, base64 as it is posted."""
    given = {
        "issuer": ISSUER,
        "audience": ENTITY,
        "acs": ACS,
        "from": -10,
        "until": 300,
        "level": LOA3,
        "name_id": "anna",
        "key": RIGHT,
        "sign": True,
        "status": "Success",
        "change": "",
    } | told
    text = f"""<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_a1" Version="2.0"
      IssueInstant="{stamp()}"><saml:Issuer>{given["issuer"]}</saml:Issuer>
      <saml:Subject><saml:NameID>{given["name_id"]}</saml:NameID>
      <saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData
      InResponseTo="{request}" NotOnOrAfter="{stamp(given["until"])}" Recipient="{given["acs"]}"/>
      </saml:SubjectConfirmation></saml:Subject>
      <saml:Conditions NotBefore="{stamp(given["from"])}" NotOnOrAfter="{stamp(given["until"])}"><saml:AudienceRestriction>
      <saml:Audience>{given["audience"]}</saml:Audience></saml:AudienceRestriction></saml:Conditions>
      <saml:AuthnStatement AuthnInstant="{stamp()}"><saml:AuthnContext>
      <saml:AuthnContextClassRef>{given["level"]}</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>
      <saml:AttributeStatement><saml:Attribute Name="urn:oid:2.16.840.1.113730.3.1.241"><saml:AttributeValue>Anna Ek
      </saml:AttributeValue></saml:Attribute><saml:Attribute Name="urn:oid:0.9.2342.19200300.100.1.3">
      <saml:AttributeValue>anna@kommun.example</saml:AttributeValue></saml:Attribute></saml:AttributeStatement>
      </saml:Assertion>"""
    signed = text
    if given["sign"]:
        made = OneLogin_Saml2_Utils.add_sign(
            text,
            given["key"][0],
            given["key"][1],
            sign_algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
            digest_algorithm="http://www.w3.org/2001/04/xmlenc#sha256",
        )
        signed = made.decode()
    if given["change"]:
        signed = signed.replace("anna@kommun.example", given["change"])
    status = f"urn:oasis:names:tc:SAML:2.0:status:{given['status']}"
    whole = f"""<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"
      xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_r1" Version="2.0" IssueInstant="{stamp()}"
      Destination="{given["acs"]}" InResponseTo="{request}"><saml:Issuer>{given["issuer"]}</saml:Issuer><samlp:Status>
      <samlp:StatusCode Value="{status}"/></samlp:Status>{signed}</samlp:Response>"""
    return b64encode(whole.encode()).decode()


def post(answer: str, client: Client | None = None):
    """As the provider's page does it: without this site's cookies."""
    return (client or Client()).post(reverse("saml_assertion", args=["sithsliknande"]), {"SAMLResponse": answer})


def text(response) -> str:
    return response.content.decode()


def test_a_signed_assertion_signs_somebody_in_at_its_level_once(client):
    answer = assertion(begin(client))
    sent_on = post(answer)
    assert sent_on.status_code == 302
    stranger = Client()
    assert stranger.get(sent_on.url).status_code == 400, "another browser never asked for it"
    sent_on = post(answer)
    arrived = client.get(sent_on.url)
    assert (arrived.status_code, arrived.url) == (302, "/")
    person = Person.objects.get()
    assert (person.name, person.email) == ("Anna Ek", "anna@kommun.example")
    assert "nivå 3" in text(client.get(reverse("account")))
    again = post(answer)
    assert client.get(again.url).status_code == 400, "a request is answered once"
    assert Identity.objects.count() == 1


WRONG_ANSWERS = {
    "signature": {"key": WRONG},
    "signature: none": {"sign": False},
    "signature: changed after it was made": {"change": "chef@kommun.example"},
    "issuer": {"issuer": "https://other.example"},
    "audience": {"audience": "https://other.example"},
    "audience: another address": {"acs": "https://other.example/acs"},
    "expired": {"until": -4000, "from": -5000},
    "clock": {"from": 4000, "until": 5000},
    "refused": {"status": "Responder"},
    "level": {"level": "http://id.elegnamnden.se/loa/1.0/loa2"},
    "incomplete": {"name_id": ""},
}


@pytest.mark.parametrize("name", WRONG_ANSWERS)
def test_a_wrong_assertion_is_a_page_that_says_why_and_a_line_in_the_journal(client, name):
    told = post(assertion(begin(client), **WRONG_ANSWERS[name]))
    assert told.status_code == 400
    assert "Du är inte inloggad" in text(told)
    assert not Person.objects.exists()
    entry = JournalEntry.objects.get()
    assert f'"reason":"{name.split(":")[0]}"' in entry.payload.content


XML = (b"<a/>", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>")
RUBBISH = ("", "x", "%%%", *(b64encode(each).decode() for each in XML), "A" * 400_001)


@pytest.mark.parametrize("rubbish", RUBBISH)
def test_rubbish_is_a_page_and_writes_nothing(rubbish):
    told = post(rubbish)
    assert told.status_code == 400
    assert "Börja om" in text(told)
    assert not JournalEntry.objects.exists()


def test_an_assertion_that_nobody_asked_for_is_not_used(client):
    assert post(assertion("")).status_code == 400
    sent_on = post(assertion("_of_somebody_elses_request"))
    assert client.get(sent_on.url).status_code == 400
    assert not Person.objects.exists()


def test_a_clock_that_is_minutes_off_is_borne_with(client):
    sent_on = post(assertion(begin(client), **{"from": 200, "until": 500}))
    assert client.get(sent_on.url).status_code == 302


def test_the_provider_reads_what_it_needs_to_know_of_this_site(client):
    told = client.get(ENTITY.removeprefix(SITE))
    assert told.status_code == 200
    assert ACS in text(told)
    assert ENTITY in text(told)
