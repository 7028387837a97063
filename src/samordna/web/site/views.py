"""The frame's own pages: what needs me, choosing role and language, and whether the service is well."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from samordna.core import clock
from samordna.core.errors import Absent
from samordna.web.door import Request, public, requires
from samordna.web.forms import back
from samordna.web.site.waiting import agenda_of


@require_safe
@requires("account.use")
def home(request: Request) -> HttpResponse:
    """What needs me now, in the role I act in, and in short in my other roles."""
    at = clock.now()
    agenda = agenda_of(request.actor, request.holdings, at)
    return render(request, "site/home.html", {"agenda": agenda, "today": clock.day(at)})


@require_POST
@requires("account.use")
def act_as(request: Request) -> HttpResponse:
    """Act as the holder of another of one's roles, and go to the page that was asked for with it, or to Mitt."""
    chosen = request.POST.get("holding", "")
    if chosen not in {held.pk for held in request.holdings}:
        raise Absent
    request.session["holding"] = chosen
    return back(request, "home")


@require_POST
@public("everyone may choose the language, also before signing in")
def set_language(request: Request) -> HttpResponse:
    """Remember the language in a cookie and go back to the page one came from."""
    response = back(request, "home")
    language = request.POST.get("language", "")
    if language in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, language, max_age=31536000, secure=settings.SECURE, httponly=True, samesite="Lax"
        )
    return response
