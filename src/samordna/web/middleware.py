"""Between the server and the views: headers, who acts, and refusals as pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _

from samordna.core import assurance
from samordna.core.actor import Actor
from samordna.core.errors import Absent, Denied, Refused, TooLarge
from samordna.domain.organisations.access import actor_of, holdings_now, signed_in_without_role
from samordna.domain.site.queries import language_of_site
from samordna.web.door import Request
from samordna.web.sent import from_our_own_page, page_to_send_again

if TYPE_CHECKING:
    from samordna.domain.organisations.models import Person

Respond = Callable[[HttpRequest], HttpResponse]

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)


NUL = "\x00"


def without_nul(respond: Respond) -> Respond:
    """What is asked for is asked without NUL, which no database finds and PostgreSQL refuses to look for."""

    def strip(request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith("/api/"):  # the API answers for itself
            while "%00" in request.META.get("QUERY_STRING", ""):
                request.META["QUERY_STRING"] = request.META["QUERY_STRING"].replace("%00", "")
        return respond(request)

    return strip


def security_headers(respond: Respond) -> Respond:
    """A policy under which no script or style runs but our own files."""

    def add(request: HttpRequest) -> HttpResponse:
        response = respond(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if not request.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "no-store")
        found = request.resolver_match
        if request.method == "POST" and found and found.view_name == "account_logout":  # notes that were not yet saved, too
            response.headers["Clear-Site-Data"] = '"storage"'
        return response

    return add


def language_of_last_resort(respond: Respond) -> Respond:
    """Whoever has chosen no language, and whose browser asks for none that is offered, gets the site's own."""
    offered = tuple(dict(settings.LANGUAGES))

    def choose(request: HttpRequest) -> HttpResponse:
        asked = request.headers.get("Accept-Language", "").lower()
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) in offered
        if not chosen and not any(part.strip().startswith(offered) for part in asked.split(",")):
            translation.activate(language_of_site())
            request.LANGUAGE_CODE = translation.get_language()
        return respond(request)

    return choose


class SignInFirst(LoginRequiredMiddleware):
    """Everything but what is declared public is for those who have signed in; a form that comes too late is kept."""

    def process_view(
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase], view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        """The page of sign-in; or the page that keeps the form, when one of our pages sent it after its session ended."""
        refused = super().process_view(request, view_func, view_args, view_kwargs)
        if refused is not None and request.method == "POST" and from_our_own_page(request):
            return page_to_send_again(request, "site/signed_out.html")
        return refused


def acting(respond: Respond) -> Respond:
    """Put the actor on the request: the person as the holder of the role chosen in this session, or the first one."""

    def resolve(request: HttpRequest) -> HttpResponse:
        acting_request = cast(Request, request)
        acting_request.actor, acting_request.holding, acting_request.holdings = Actor.nobody(), None, []
        if request.user.is_authenticated:
            _resolve(acting_request)
        return respond(request)

    return resolve


def _resolve(request: Request) -> None:
    person = cast("Person", request.user)
    level = assurance_of(request)
    request.holdings = list(holdings_now(person)) if level >= settings.ASSURANCE else []
    chosen = request.session.get("holding")
    request.holding = next((held for held in request.holdings if held.pk == chosen), None) or next(
        iter(request.holdings), None
    )
    if request.holding:
        request.actor = actor_of(request.holding, assurance=level)
    else:
        request.actor = replace(signed_in_without_role(person), assurance=level)


def assurance_of(request: HttpRequest) -> int:
    """How sure the site is of who has signed in: by the provider's word, or by how the local sign-in was made."""
    told = request.session.get("assurance")
    if isinstance(told, dict) and told.get("person") == request.user.pk:
        return int(told.get("level", 0))
    return assurance.of_methods(get_authentication_records(request, cast("Person", request.user)))


class Refusals:
    """Turn a refusal that reached the top into a page: 404 for what is absent, 403 with its sentence for the rest."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if NUL in request.path_info and not request.path_info.startswith("/api/"):  # the API answers for itself
            return render(request, "404.html", status=404)
        return self.respond(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, (DataError, ValueError)) and "NUL (0x00)" in str(exception):  # PostgreSQL keeps none
            reason = _("The text holds a character that cannot be kept.")
            return self._page(request, _("That could not be used"), reason, 400)
        if isinstance(exception, Absent):
            return render(request, "404.html", status=404)
        if isinstance(exception, TooLarge):
            return self._page(request, _("Too large"), exception.reason, 413)
        if isinstance(exception, Refused):
            return self._page(request, _("This is not yours to do here"), exception.reason, 403)
        if isinstance(exception, Denied):
            return self._page(request, _("That could not be used"), exception.reason, 400)
        return None

    def _page(self, request: HttpRequest, title: str, reason: str, status: int) -> HttpResponse:
        return render(request, "refused.html", {"title": title, "reason": reason}, status=status)
