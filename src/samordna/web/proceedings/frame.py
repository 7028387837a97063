"""What the acts of a meeting share: each comes back to where it was pressed, or shows again what was typed there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from samordna.core import clock
from samordna.core.errors import Absent, Denied, Forbidden, Invalid, Refused, TooLarge
from samordna.domain.forums.enums import Method
from samordna.domain.proceedings.queries.pages import proceedings_page
from samordna.web.door import Request

NO_ERRORS: Mapping[str, str] = {}
STATUS = ((Forbidden, 403), (Refused, 409), (TooLarge, 413))


class Typed(dict[str, str]):
    """What was typed, or what was said of it, by field: nothing where there is nothing."""

    def __missing__(self, key: str) -> str:
        return ""


def shown(request: Request, meeting_id: str, where: str = "", denied: Denied | None = None) -> HttpResponse:
    """The meeting as it goes on. `where`: the form that was refused, which keeps what was typed in it."""
    page = proceedings_page(request.actor, meeting_id, clock.now())
    fields = denied.fields if isinstance(denied, Invalid) else NO_ERRORS
    context = {
        "page": page,
        "notes_here": not page.keeping,  # signing out asks first
        "where": where,
        "typed": Typed({key: str(value) for key, value in request.POST.items()}),
        "refusals": Typed(fields),
    }
    context["complaints"] = tuple(fields.items())
    context["methods"] = Method.choices
    context["refused"] = "" if denied is None or fields else denied.reason
    answer = render(request, "proceedings/running.html", context)
    answer.status_code = 200 if denied is None else status_of(denied)
    return answer


def status_of(denied: Denied) -> int:
    """What the browser is told of a refusal."""
    return next((number for kind, number in STATUS if isinstance(denied, kind)), 422)


def act(
    request: Request,
    meeting_id: str,
    where: str,
    call: Callable[[], object],
    sentence: str = "",
    then: Callable[[Any], str] | None = None,
) -> HttpResponse:
    """Do it and come back to `where` on the page, or to where `then` says that what came of it lies; refused, the page
    keeps what was typed there and says why."""
    try:
        made = call()
    except Absent:
        raise
    except Denied as denied:
        return shown(request, meeting_id, where, denied)
    if sentence:
        messages.success(request, sentence)
    place = then(made) if then else where
    return HttpResponseRedirect(f"{reverse('proceedings', args=[meeting_id])}#{place}")
