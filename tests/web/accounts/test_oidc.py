"""Signing in by OpenID Connect, against a counterpart that answers rightly, and in every wrong way there is a page for."""

from __future__ import annotations

import time
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from samordna.core.models import JournalEntry
from samordna.domain.admissions import operations as do
from samordna.domain.admissions.models import Identity
from samordna.domain.admissions.providers import Provider
from samordna.domain.organisations.enums import RoleKind
from samordna.domain.organisations.models import Holding, Person
from samordna.web.accounts import fetching
from tests import factories as f
from tests.web.accounts.counterpart import Counterpart, serving

pytestmark = pytest.mark.django_db
AFFILIATION = "https://id.oidc.se/claim/orgAffiliation"
LOA3 = "http://id.elegnamnden.se/loa/1.0/loa3"


@pytest.fixture(autouse=True)
def _fresh():
    cache.clear()


@pytest.fixture(scope="module")
def loopback():
    with serving(Counterpart()) as counterpart:
        yield counterpart


@pytest.fixture
def counterpart(loopback, settings):
    """The one that is being served, as it was at first; configured as a provider beside another one."""
    for name, value in vars(Counterpart(issuer=loopback.issuer)).items():
        setattr(loopback, name, value)
    plain = {"kind": "oidc", "client_id": "samordna", "client_secret": "secret"}
    region = Provider(id="region", name="Region Nord", issuer=loopback.issuer, vouches_for_email=("nord.example",), **plain)
    settings.PROVIDERS = {"region": region, "other": Provider(id="other", name="Kommunen", issuer=loopback.issuer, **plain)}
    return loopback


def begin(client: Client, counterpart: Counterpart, query: str = "", provider: str = "region") -> str:
    """Press the button; returns the state that the browser is sent with."""
    sent = client.get(reverse("depart", args=[provider]) + query)
    asked = parse_qs(urlsplit(sent.url).query)
    counterpart.nonce = asked["nonce"][0]
    assert asked["code_challenge_method"] == ["S256"]
    return asked["state"][0]


def come_back(client: Client, state: str, provider: str = "region", **query: str):
    given = {"state": state, "code": "a-code"} | query
    return client.get(reverse("arrive_oidc", args=[provider]), given)


def sign_in(client: Client, counterpart: Counterpart, **claims):
    counterpart.claims = {"name": "Anna Ek", "email": "anna@nord.example", "email_verified": True} | claims
    return come_back(client, begin(client, counterpart))


def text(response) -> str:
    return response.content.decode()


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


# Rightly


def test_somebody_new_is_signed_in_without_a_role_and_told_so(client, counterpart):
    answer = sign_in(client, counterpart, acr=LOA3)
    assert answer.status_code == 302
    assert answer.url == "/"
    person = Person.objects.get(email="anna@nord.example")
    assert (person.name, person.has_usable_password()) == ("Anna Ek", False)
    assert "Du innehar ingen roll nu" in text(client.get(reverse("account")))
    assert "nivå 3" in text(client.get(reverse("account")))
    organisation = f.organisation()
    assert client.get(reverse("organisation", args=[organisation.pk])).status_code == 404
    assert organisation.name not in text(client.get(reverse("organisations")))
    assert [entry.action for entry in JournalEntry.objects.order_by("sequence")] == ["person_registered", "arrived_first"]


def test_both_providers_stand_on_the_sign_in_page(client, counterpart):
    page = text(client.get(reverse("account_login") + "?next=/beslut/"))
    assert "Region Nord" in page
    assert "Kommunen" in page


def test_the_second_time_it_is_the_same_account_whatever_it_is_called(client, counterpart):
    sign_in(client, counterpart)
    client.logout()
    sign_in(client, counterpart, name="Anna Berg", email=None)
    assert Person.objects.count() == 1
    assert Identity.objects.get().person.name == "Anna Ek"


def test_an_address_the_provider_is_believed_about_finds_the_account(client, counterpart):
    held = f.holding(f.organisation("Region Nord"))
    Person.objects.filter(pk=held.person_id).update(email="anna@nord.example")
    sign_in(client, counterpart)
    assert client.get("/").context["acting_as"] == held


@pytest.mark.parametrize("claims", [{"email": "chef@annan.example"}, {"email_verified": False}])
def test_an_address_it_is_not_believed_about_opens_and_reserves_nothing(client, counterpart, claims):
    known = f.person(email="chef@annan.example")
    f.person(email="anna@nord.example")
    sign_in(client, counterpart, **claims)
    assert Identity.objects.get().person.email is None
    assert Identity.objects.get().person != known
    assert signed_in(client)


def test_an_affiliation_gives_its_role_and_the_lack_of_it_ends_it(client, counterpart):
    organisation = f.organisation("Region Nord", number="212000-1397")
    administrator = f.actor(organisation, RoleKind.ADMINISTRATOR)
    role = f.role(organisation, RoleKind.REPRESENTATIVE, name="Handläggare")
    everybody = f.role(organisation, RoleKind.OFFICER, name="Läsare")
    do.add_affiliation_rule(actor=administrator, role_id=role.pk, affiliation="Anna.K@2120001397")
    do.add_affiliation_rule(actor=administrator, role_id=everybody.pk, affiliation="*@212000-1397")
    told = {AFFILIATION: "anna.k@2120001397"}
    sign_in(client, counterpart, **told)
    assert not Holding.objects.filter(person__identities__isnull=False).exists(), "the organisation does not use it yet"
    do.use_provider(actor=administrator, organisation_id=organisation.pk, provider="region")
    client.logout()
    sign_in(client, counterpart, **told)
    assert "Handläggare" in text(client.get("/"))
    held = Holding.objects.filter(person__identities__isnull=False)
    assert {each.role for each in held} == {role, everybody}
    held.update(valid_from=f.START)
    client.logout()
    sign_in(client, counterpart, **{AFFILIATION: ["nils@2120001397"]})
    assert {each.role for each in held.filter(valid_to=None)} == {everybody}
    do.stop_using_provider(actor=administrator, organisation_id=organisation.pk, provider="region")
    assert not held.filter(valid_to=None).exists()


def test_the_user_information_is_asked_when_the_token_is_short_and_must_be_about_the_same(client, counterpart):
    counterpart.userinfo = {"name": "Anna Ek"}
    come_back(client, begin(client, counterpart))
    assert Person.objects.get().name == "Anna Ek"
    client.logout()
    counterpart.userinfo = {"sub": "somebody else"}
    assert come_back(client, begin(client, counterpart)).status_code == 400


def test_clocks_that_differ_by_minutes_are_borne_with(client, counterpart):
    now = int(time.time())
    sign_in(client, counterpart, iat=now + 200, exp=now + 260)
    assert signed_in(client)
    client.logout()
    sign_in(client, counterpart, iat=now - 500, exp=now - 200)
    assert signed_in(client)


def test_one_goes_back_to_where_one_was_going_and_nowhere_else(client, counterpart):
    counterpart.claims = {"name": "A", "email": "a@nord.example", AFFILIATION: "x"}
    assert come_back(client, begin(client, counterpart, "?next=/om/")).url == "/om/"
    client.logout()
    assert come_back(client, begin(client, counterpart, "?next=https://elsewhere.example/")).url == "/"


def test_a_sign_in_is_connected_to_the_account_one_has_and_let_go_again(client, counterpart):
    held = f.holding(f.organisation("Region Nord"))
    held.person.set_password("a few words in a row")
    held.person.save()
    sign_in(client, counterpart, email=None)
    stray = Identity.objects.get().person
    client.force_login(held.person)
    counterpart.claims = {"name": "Anna Ek"}
    told = client.get(come_back(client, begin(client, counterpart, "?koppla=1")).url)
    assert "Region Nord" in text(told)
    assert Identity.objects.get().person == held.person
    stray.refresh_from_db()
    assert not stray.is_active
    client.post(reverse("disconnect_identity", args=[Identity.objects.get().pk]))
    assert not Identity.objects.exists()


def test_the_only_way_in_is_not_let_go_and_another_persons_is_not_there(client, counterpart):
    sign_in(client, counterpart)
    pk = Identity.objects.get().pk
    told = client.post(reverse("disconnect_identity", args=[pk]), follow=True)
    assert "enda väg in" in text(told)
    client.force_login(f.person())
    assert client.post(reverse("disconnect_identity", args=[pk])).status_code == 404
    assert Identity.objects.filter(pk=pk).exists()


def test_a_sign_in_that_is_not_sure_enough_acts_in_no_role(client, counterpart, settings):
    held = f.holding(f.organisation("Region Nord"))
    Person.objects.filter(pk=held.person_id).update(email="anna@nord.example")
    settings.ASSURANCE = 3
    sign_in(client, counterpart)
    page = client.get("/")
    assert page.context["acting_as"] is None
    assert "inte tillräckligt säker" in text(page)
    client.logout()
    sign_in(client, counterpart, acr=LOA3)
    assert client.get("/").context["acting_as"] == held


# Wrongly: every row is something that a provider, or somebody who pretends to be one, may send


def _change(**fields):
    def change(counterpart: Counterpart) -> None:
        for name, value in fields.items():
            setattr(counterpart, name, value)

    return change


NOW = int(time.time())
WRONG = {
    "signature": _change(key="wrong"),
    "signature: unsigned": _change(algorithm="none"),
    "signature: the secret as key": _change(algorithm="HS256"),
    "key": _change(kid="unknown"),
    "issuer": _change(claims={"iss": "https://other.example"}),
    "audience": _change(claims={"aud": "somebody-else"}),
    "audience: several, for another": _change(claims={"aud": ["samordna", "other"], "azp": "other"}),
    "expired": _change(claims={"iat": NOW - 4000, "exp": NOW - 3000}),
    "clock": _change(claims={"iat": NOW + 3000, "exp": NOW + 4000}),
    "clock: not before": _change(claims={"nbf": NOW + 3000}),
    "replayed": _change(claims={"nonce": "of another sign-in"}),
    "replayed: no nonce": _change(claims={"nonce": None}),
    "incomplete": _change(claims={"sub": None}),
    "incomplete: empty": _change(claims={"sub": "", "name": "x", "email": "x", AFFILIATION: "x"}),
    "incomplete: no end": _change(claims={"exp": None}),
    "unreadable": _change(answers={"/token": (200, '{"id_token": "x.y.z"}')}),
    "unreadable: none": _change(answers={"/token": (200, "{}")}),
    "unreachable: 500": _change(answers={"/token": (500, "oops")}),
    "unreachable: a page": _change(answers={"/token": (200, "<html>")}),
    "unreachable: a list": _change(answers={"/token": (200, "[]")}),
    "unreachable: no keys": _change(answers={"/keys": (500, "")}),
    "key: keys of another shape": _change(answers={"/keys": (200, '{"keys": ["x"]}')}),
    "unreachable: slow": _change(wait=0.6),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_answer_is_a_page_that_says_why_and_a_line_in_the_journal(client, counterpart, name, monkeypatch):
    monkeypatch.setattr(fetching, "SECONDS", 0.3 if "slow" in name else 5.0)
    state = begin(client, counterpart)
    WRONG[name](counterpart)
    answer = come_back(client, state)
    fault = name.split(":")[0]
    assert answer.status_code == (502 if fault == "unreachable" else 400)
    assert "Du är inte inloggad" in text(answer)
    assert 'href="/konto/via/region/"' in text(answer)
    assert not signed_in(client)
    assert not Person.objects.exists()
    entry = JournalEntry.objects.get()
    assert entry.action == "arrival_refused"
    assert f'"reason":"{fault}"' in entry.payload.content


@pytest.mark.parametrize("answers", [(500, ""), (200, "{}"), (200, "no json")])
def test_a_provider_that_cannot_describe_itself_is_said_to_be_out_of_reach(client, counterpart, answers):
    counterpart.answers = {"/.well-known/openid-configuration": answers}
    answer = client.get(reverse("depart", args=["region"]))
    assert answer.status_code == 502
    assert "svarade inte" in text(answer)


def test_a_provider_that_calls_itself_something_else_is_not_asked(client, counterpart, settings):
    settings.PROVIDERS["region"] = Provider(
        id="region", name="R", kind="oidc", issuer=counterpart.issuer + "/", client_id="samordna"
    )
    assert client.get(reverse("depart", args=["region"])).status_code == 400


def test_an_answer_works_once_in_its_own_browser_for_its_own_provider_and_in_time(client, counterpart, monkeypatch):
    counterpart.claims = {"name": "Anna Ek"}
    state = begin(client, counterpart)
    assert come_back(Client(), state).status_code == 400
    assert come_back(client, state, provider="other").status_code == 400
    assert come_back(client, state).status_code == 400, "asking for it has used it up"
    state = begin(client, counterpart)
    assert come_back(client, state).status_code == 302
    assert come_back(client, state).status_code == 400
    state = begin(client, counterpart)
    later = time.time() + 1000
    monkeypatch.setattr(time, "time", lambda: later)
    assert come_back(client, state).status_code == 400
    assert not JournalEntry.objects.filter(action="arrival_refused").exists(), "nothing of it was asked for"


def test_cancelling_and_being_refused_are_told_apart(client, counterpart):
    cancelled = come_back(client, begin(client, counterpart), error="access_denied")
    refused = come_back(client, begin(client, counterpart), error="server_error")
    assert (cancelled.status_code, refused.status_code) == (200, 400)
    assert "avbröt" in text(cancelled)


def test_somebody_who_may_not_sign_in_is_kept_out(client, counterpart):
    sign_in(client, counterpart)
    client.logout()
    Person.objects.update(is_active=False)
    assert sign_in(client, counterpart).status_code == 403
    assert not signed_in(client)


def test_too_many_begun_sign_ins_are_said_to_be_too_many(client, counterpart):
    statuses = [client.get(reverse("depart", args=["region"])).status_code for _ in range(61)]
    assert statuses == [302] * 60 + [429]


def test_the_level_is_the_signed_in_persons_own(client, counterpart):
    """Half a sign-in at a high level does not lift the one after it."""
    sign_in(client, counterpart, acr=LOA3)
    session = client.session
    session["assurance"] = dict(session["assurance"], person="somebody else")
    session.save()
    assert client.get("/").context["request"].actor.assurance == 0
