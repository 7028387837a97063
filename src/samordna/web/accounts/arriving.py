"""Signing in by a provider: sent there, come back, believed or not. Whatever comes back, the answer is a page that says so.

Both ways back are GETs that write, since no other site can send a form with our token: what stands in for it is the
one-time state (or request) that this browser's own session has kept, and that is forgotten before it is compared.
"""

from __future__ import annotations

import hmac
import time
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from allauth.core.internal.ratelimit import consume
from django.conf import settings
from django.contrib import messages
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from samordna.core.errors import Absent, Refused
from samordna.domain.admissions.operations import Arrival, arrive, disconnect_identity, refuse_arrival
from samordna.domain.admissions.operations.arriving import by_provider
from samordna.domain.admissions.providers import OIDC, SAML, Provider, provider_called
from samordna.web.accounts import oidc, saml
from samordna.web.accounts.fetching import Unreachable
from samordna.web.accounts.vouching import SENTENCES, Fault, Unbelievable, Vouched
from samordna.web.door import Request, arrival, public, requires

WAITS_SECONDS = 900  # so long a begun sign-in may take
PASSES_SECONDS = 120  # so long an assertion that has been read waits for its browser
BEGUN = "arrivals_begun"
MOST_BEGUN = 5  # tabs
STATUS = {Fault.UNREACHABLE: 502, Fault.CANCELLED: 200}


def _address(request: Request, name: str, provider: Provider) -> str:
    path = reverse(name, args=[provider.id])
    return settings.ORIGIN.rstrip("/") + path if settings.ORIGIN else request.build_absolute_uri(path)


def _called(provider_id: str, kind: str = "") -> Provider:
    provider = provider_called(provider_id)
    if kind and provider.kind != kind:
        raise Absent
    return provider


def _too_many(request: Request) -> HttpResponse | None:
    allowed = consume(request, app="allauth.account", action="arrive", limit_get=True)
    return None if allowed else render(request, "429.html", status=429)


@require_safe
@public("signing in cannot ask for a sign-in")
def depart(request: Request, provider_id: str) -> HttpResponseBase:
    """Send the browser to the provider, and remember what was asked."""
    provider = _called(provider_id)
    if (refusal := _too_many(request)) is not None:
        return refusal
    try:
        if provider.kind == SAML:
            where, pending = saml.begin(provider, _address(request, "saml_metadata", provider), _acs(request, provider))
        else:
            where, pending = oidc.begin(provider, _address(request, "arrive_oidc", provider))
    except Unreachable as error:
        return _not_believed(request, provider, Unbelievable(Fault.UNREACHABLE, str(error)), written=False)
    except Unbelievable as error:
        return _not_believed(request, provider, error, written=False)
    _remember(request, provider, pending)
    return redirect(where)


def _acs(request: Request, provider: Provider) -> str:
    return _address(request, "saml_assertion", provider)


def _remember(request: Request, provider: Provider, pending: Mapping[str, str]) -> None:
    """In the session, by what the answer will name; the latest few, since somebody may begin in several tabs."""
    target = request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    key = pending.get("state") or pending.get("request", "")
    begun: dict[str, Any] = request.session.get(BEGUN, {})
    kept = dict(sorted(begun.items(), key=lambda pair: pair[1]["at"])[-(MOST_BEGUN - 1) :])
    connecting = str(request.actor.person_id or "") if "koppla" in request.GET else ""
    mark = {"at": time.time(), "provider": provider.id, "next": target if safe else "", "connecting": connecting}
    request.session[BEGUN] = kept | {key: {**pending, **mark}}


def _recall(request: Request, provider: Provider, key: str) -> dict[str, Any]:
    """What was asked under this name; forgotten by asking for it."""
    begun: dict[str, Any] = dict(request.session.get(BEGUN, {}))
    pending: dict[str, Any] | None = begun.pop(key, None)
    request.session[BEGUN] = begun
    if pending is None or pending["provider"] != provider.id or time.time() - pending["at"] > WAITS_SECONDS:
        raise Unbelievable(Fault.UNASKED)
    return pending


@require_safe
@arrival("the state that this browser's session kept stands in for a form's token, and works once")
def arrive_oidc(request: Request, provider_id: str) -> HttpResponseBase:
    """Come back from a provider of OpenID Connect."""
    provider, pending = _called(provider_id, OIDC), None
    if (refusal := _too_many(request)) is not None:
        return refusal
    try:
        pending = _recall(request, provider, request.GET.get("state", ""))
        given = {name: request.GET[name] for name in ("state", "code", "error") if name in request.GET}
        vouched = oidc.finish(provider, _address(request, "arrive_oidc", provider), given, pending)
        return _let_in(request, provider, vouched, pending)
    except Unbelievable as error:
        return _not_believed(request, provider, error, written=pending is not None)


@csrf_exempt
@require_POST
@public(
    "an assertion is posted by the provider's page; it is believed by its signature, and used by the browser that asked"
)
def saml_assertion(request: Request, provider_id: str) -> HttpResponseBase:
    """Read an assertion. A post from another site carries no session here, so the browser is sent on to bring its own."""
    provider = _called(provider_id, SAML)
    if (refusal := _too_many(request)) is not None:
        return refusal
    entity = _address(request, "saml_metadata", provider)
    try:
        answer = request.POST.get("SAMLResponse", "")
        vouched, asked = saml.read(provider, entity, _acs(request, provider), answer)
    except Unbelievable as error:
        return _not_believed(request, provider, error, written=error.fault is not Fault.UNREADABLE)
    store = SessionStore()
    store.update({"vouched": asdict(vouched), "asked": asked, "provider": provider.id})
    store.set_expiry(PASSES_SECONDS)
    store.create()
    return redirect(f"{reverse('arrive_saml', args=[provider.id])}?intyg={store.session_key}", permanent=False)


@require_safe
@arrival("the request that this browser's session kept stands in for a form's token, and works once")
def arrive_saml(request: Request, provider_id: str) -> HttpResponseBase:
    """Come back from a SAML provider, with an assertion that has been read."""
    provider, pending = _called(provider_id, SAML), None
    try:
        store = SessionStore(request.GET.get("intyg", "") or None)
        read = store.load() if store.session_key else {}
        if read.get("provider") != provider.id:
            raise Unbelievable(Fault.UNASKED)
        store.delete()
        pending = _recall(request, provider, read["asked"])
        vouched = Vouched(**(read["vouched"] | {"affiliations": tuple(read["vouched"]["affiliations"])}))
        return _let_in(request, provider, vouched, pending)
    except Unbelievable as error:
        return _not_believed(request, provider, error, written=pending is not None)


def _let_in(request: Request, provider: Provider, vouched: Vouched, pending: Mapping[str, Any]) -> HttpResponseBase:
    """Find or make the account and sign it in, or connect the sign-in to the account that began."""
    level = provider.level_of(vouched.assurance)
    connecting = str(request.actor.person_id or "")
    if pending["connecting"] and not hmac.compare_digest(pending["connecting"], connecting):
        raise Unbelievable(Fault.UNASKED, "another account")
    actor = by_provider(provider, pending["connecting"] or None, level)
    try:
        arrived = arrive(
            actor=actor,
            provider=provider.id,
            subject=vouched.subject,
            name=vouched.name,
            email=vouched.email,
            affiliations=vouched.affiliations,
        )
    except Refused as refused:
        title = _("You are not signed in")
        return render(request, "account/arrival_refused.html", _told(provider, title, refused.reason), status=403)
    if pending["connecting"]:
        messages.success(request, _("You can sign in by %(provider)s from now on.") % {"provider": provider.name})
        return redirect("account")
    return _sign_in(request, provider, vouched, arrived, level, str(pending["next"]))


def _sign_in(
    request: Request, provider: Provider, vouched: Vouched, arrived: Arrival, level: int, target: str
) -> HttpResponseBase:
    person = arrived.identity.person
    record_authentication(request, person, "socialaccount", provider=provider.id, uid=vouched.subject)
    answer: HttpResponseBase = perform_login(request, person, redirect_url=target or None)
    request.session["assurance"] = {"level": level, "person": person.pk, "provider": provider.id}
    for holding in arrived.given:
        told = {"role": holding.role.name, "organisation": holding.role.organisation.name}
        messages.info(request, _("You have been given the role %(role)s at %(organisation)s.") % told)
    return answer


def _not_believed(request: Request, provider: Provider, error: Unbelievable, *, written: bool) -> HttpResponse:
    """The page that says why; and an entry in the journal, for answers to something that was asked."""
    if written and error.fault is not Fault.CANCELLED:
        refuse_arrival(actor=by_provider(provider), provider=provider.id, fault=error.fault)
    title = _("You are not signed in")
    context = _told(provider, title, str(SENTENCES[error.fault]))
    return render(request, "account/arrival_refused.html", context, status=STATUS.get(error.fault, 400))


def _told(provider: Provider, title: str, reason: str) -> dict[str, Any]:
    return {"provider": provider, "title": title, "reason": reason}


@require_safe
@public("a provider reads what it needs to know of this site; it holds addresses and no secrets")
def saml_metadata(request: Request, provider_id: str) -> HttpResponse:
    """What the provider needs to know of this site."""
    provider = _called(provider_id, SAML)
    text = saml.metadata(provider, _address(request, "saml_metadata", provider), _acs(request, provider))
    return HttpResponse(text, content_type="application/samlmetadata+xml")


@require_POST
@requires("account.use")
def disconnect(request: Request, identity_id: str) -> HttpResponseBase:
    """Stop signing in by a provider."""
    try:
        disconnect_identity(actor=request.actor, identity_id=identity_id)
        messages.success(request, _("The sign-in is no longer connected to your account."))
    except Refused as refused:
        if not refused.reason:
            raise
        messages.warning(request, refused.reason)
    return redirect("account")
