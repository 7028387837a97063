"""Letting people and organisations in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse

from samordna.core import clock
from samordna.domain.admissions.models import AffiliationRule, Identity, Invitation, ProviderUse
from samordna.domain.admissions.providers import Provider
from samordna.domain.organisations.access import token_digest
from samordna.domain.organisations.enums import RoleKind
from tests import factories as f
from tests.browser.pages import Visit, page

TOKEN = "a-secret-token-of-a-letter"


def _administrator() -> Any:
    return f.holding(f.organisation("Sunnanå kommun"), RoleKind.ADMINISTRATOR)


def _invitation(by: Any, token: str = TOKEN, days: int = 14, **fields: Any) -> Invitation:
    now = clock.now()
    plain = {"email": f"{token[:6]}@sunnana.example", "made_at": now, "sent_at": now, "days": 14, "made_by": by}
    plain |= {"digest": token_digest(token), "expires_at": now + timedelta(days=days)}
    return Invitation.objects.create(**plain | fields)


@page("Invitations of an organisation, of every kind")
def invitations() -> Visit:
    held = _administrator()
    role = f.role(held.role.organisation, RoleKind.MANAGER, name="Socialchef")
    _invitation(held, role=role, name="Karin Ek")
    _invitation(held, "second", days=-1, role=role)
    _invitation(held, "third", role=role, withdrawn_at=clock.now())
    _invitation(held, "fourth", role=role, accepted_at=clock.now(), holding=held)
    return Visit(address=reverse("invitations", args=[role.organisation_id]), holding=held)


@page("A list of organisations, looked over")
def organisations() -> Visit:
    given = f.collaboration()
    held = f.holding(given.host, role=given.coordinator_role)
    f.holding(f.organisation("Askö kommun"))

    def look(seen: Any) -> None:
        seen.fill("#id_lines", "Askö kommun\nVida kommun; karin@vida.example\nHolms kommun")
        seen.click("form.form button[type=submit]")
        seen.wait_for_selector("table")

    return Visit(address=reverse("organisation_invitations", args=[given.pk]), holding=held, act=look)


@page("Registered organisations to let in")
def registered() -> Visit:
    given = f.collaboration()
    f.organisation("Askö kommun")
    held = f.holding(given.host, role=given.coordinator_role)
    return Visit(address=reverse("let_in_each", args=[given.pk]), holding=held)


@page("An invitation of somebody new, to be an organisation's first")
def invitation() -> Visit:
    given = f.collaboration()
    held = f.holding(given.host, role=given.coordinator_role)
    _invitation(held, collaboration=given, organisation_name="Vida kommun", organisation_kind="municipality")
    return Visit(address=reverse("invitation", args=[TOKEN]))


@page("An invitation that no longer works")
def ended() -> Visit:
    held = _administrator()
    _invitation(held, days=-1, role=held.role)
    return Visit(address=reverse("invitation", args=[TOKEN]), status=410)


def _provider() -> None:
    plain = {"kind": "oidc", "issuer": "https://idp.example", "client_id": "x"}
    region = Provider(id="region", name="Region Nord", **plain)
    settings.PROVIDERS = {"region": region, "kommunen": Provider(id="kommunen", name="Kommunens inloggning", **plain)}


@page("Signing in, with providers")
def sign_in_by() -> Visit:
    _provider()
    return Visit(address=reverse("account_login"))


@page("An answer from a provider that cannot be believed")
def arrival_refused() -> Visit:
    _provider()
    return Visit(address=reverse("arrive_oidc", args=["region"]) + "?state=x&code=y", status=400)


@page("Providers and rules of an organisation")
def signing_in() -> Visit:
    _provider()
    held = _administrator()
    ProviderUse.objects.create(organisation=held.role.organisation, provider="region", since=clock.now())
    AffiliationRule.objects.create(role=held.role, affiliation="*@212000-1397", made_at=clock.now())
    return Visit(address=reverse("signing_in", args=[held.role.organisation_id]), holding=held)


@page("Which organisation signs in how")
def ways() -> Visit:
    _provider()
    held = _administrator()
    ProviderUse.objects.create(organisation=held.role.organisation, provider="region", since=clock.now())
    return Visit(address=reverse("sign_in_ways"), holding=held)


@page("One's account, with a connected sign-in")
def connected() -> Visit:
    _provider()
    held = _administrator()
    told = {"affiliations": ["anna.k@212000-1397"], "made_at": clock.now(), "seen_at": clock.now()}
    Identity.objects.create(person=held.person, provider="region", subject="x", **told)
    return Visit(address=reverse("account"), holding=held)
