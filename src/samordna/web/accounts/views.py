"""One's own account, and the demonstration's log-ins: what the sign-in library has no pages for."""

from __future__ import annotations

from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from samordna.core import clock
from samordna.core.errors import Absent
from samordna.domain.admissions.queries.signing_in import identities_of
from samordna.domain.organisations.demo import demo_holding
from samordna.domain.site.access import looks_after_site
from samordna.web.door import Request, public, requires
from samordna.web.middleware import assurance_of


@require_safe
@requires("account.use")
def account(request: Request) -> HttpResponse:
    """Everything one can change about one's account and sign-in, and the roles one holds."""
    context = {"held": request.holdings, "connections": identities_of(request.actor), "level": assurance_of(request)}
    return render(request, "account/account.html", context | {"site_owner": looks_after_site(request.actor)})


@require_POST
@public("signing in cannot ask for a sign-in; it exists in demo mode only, and only for fictional organisations")
def demo_sign_in(request: Request) -> HttpResponseBase:
    """Sign in as one of the demonstration's people, in the role that was chosen."""
    if not settings.DEMO:
        raise Absent
    held = demo_holding(request.POST.get("holding", ""), clock.now())
    logout(request)
    response: HttpResponseBase = perform_login(request, held.person)
    request.session["holding"] = held.pk
    return response
