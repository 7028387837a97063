"""Calendars: what they fetch without signing in, one's own addresses for that, and one meeting as a file."""

from __future__ import annotations

from allauth.core.internal.ratelimit import consume
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samordna.core import clock
from samordna.core.errors import Absent, Denied
from samordna.domain.forums.access import check_own_account
from samordna.domain.forums.operations import end_calendar_address, make_calendar_address
from samordna.domain.forums.queries.feeds import Fetched, calendar_page, fetched, one_file
from samordna.web.door import Request, public, requires

TYPE = "text/calendar; charset=utf-8"


@require_safe
@public("calendars cannot sign in: the address is secret, is its owner's alone and ends with the owner's roles")
def feed(request: HttpRequest, ticket: str) -> HttpResponse:
    """The meetings that the address gives now; nothing (304) when the calendar has them already."""
    if not consume(request, app="allauth.account", action="calendar", limit_get=True):
        return render(request, "429.html", status=429)
    response = _sent(request, fetched(ticket, clock.now()))
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
@requires("forum.read")
def meeting_file(request: Request, meeting_id: str) -> HttpResponse:
    """One meeting, to be put in a calendar once."""
    response = _sent(request, one_file(request.actor, meeting_id, clock.now()))
    response["Content-Disposition"] = 'attachment; filename="mote.ics"'
    return response


def _sent(request: HttpRequest, found: Fetched) -> HttpResponse:
    response = HttpResponse(found.file, content_type=TYPE)
    response["ETag"] = found.tag
    response["Cache-Control"] = "private, no-cache"
    answer = get_conditional_response(request, etag=found.tag, response=response)
    return answer if isinstance(answer, HttpResponse) else response


@require_safe
@requires("account.change")
def my_calendar(request: Request) -> HttpResponse:
    """One's own addresses, what each of them gives away, and how they are changed or ended."""
    check_own_account(request.actor)
    page, chosen = calendar_page(request.actor, clock.now()), request.GET.get("forum", "")[:12]
    return render(request, "forums/calendar.html", {"page": page, "chosen": chosen})


@require_POST
@requires("account.change")
def making(request: Request) -> HttpResponse:
    """A new address; the one there was before ends."""
    check_own_account(request.actor)
    try:
        make_calendar_address(actor=request.actor, forum_id=request.POST.get("forum_id", "")[:12])
    except Absent:
        raise
    except Denied as denied:
        messages.error(request, denied.reason)
    else:
        messages.success(request, _("The address is made. Give it to your calendar, and to nobody else."))
    return redirect("my_calendar")


@require_POST
@requires("account.change")
def ending(request: Request, address_id: str) -> HttpResponse:
    """Nobody fetches anything from it any more."""
    check_own_account(request.actor)
    try:
        end_calendar_address(actor=request.actor, address_id=address_id)
    except Absent:
        raise
    except Denied as denied:
        messages.error(request, denied.reason)
    else:
        messages.success(
            request, _("The address has ended. What a calendar has fetched already, it keeps until it looks again.")
        )
    return redirect("my_calendar")
