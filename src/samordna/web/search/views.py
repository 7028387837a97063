"""The search page, what the palette shows while one types, and favourites."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samordna.core import clock
from samordna.domain.search.operations import drop_favourite, keep_favourite
from samordna.domain.search.queries import LONGEST_QUESTION, favourites, find, first_few, kept_of, question_of, recent
from samordna.web.door import Request, requires
from samordna.web.forms import back
from samordna.web.search.places import named_pages, rows_of


def _text(request: Request) -> str:
    return request.GET.get("q", "").strip()[:LONGEST_QUESTION]


@require_safe
@requires("organisation.read")
def search(request: Request) -> HttpResponse:
    """Everything that one may open, by the words in it; without words, what one has at hand."""
    at, text = clock.now(), _text(request)
    page, kind = request.GET.get("sida", ""), request.GET.get("slag", "")[:16]
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1
    found, kept = find(request.actor, at, text, kind, number), kept_of(request.actor)
    context = {
        "text": text,
        "asked": bool(question_of(text)),
        "chosen": kind if kind in {key for key, _label, _number in found.counts} else "",
        "found": found,
        "rows": rows_of(found.hits, kept),
        "named": named_pages(text)[:3] if text else [],
        "favourites": rows_of(favourites(request.actor, at), kept) if not text else [],
        "recent": rows_of(recent(request.actor, at), kept) if not text else [],
    }
    return render(request, "search/search.html", context)


@require_safe
@requires("organisation.read")
def suggestions(request: Request) -> HttpResponse:
    """What the palette lists: pages by name and the first hits; before anything is typed, what one has at hand."""
    at, text = clock.now(), _text(request)
    context = {
        "text": text,
        "named": named_pages(text)[: 4 if text else 20],
        "rows": rows_of(first_few(request.actor, at, text), set()) if text else [],
        "favourites": [] if text else rows_of(favourites(request.actor, at)[:6], set()),
        "recent": [] if text else rows_of(recent(request.actor, at)[:4], set()),
    }
    return render(request, "search/suggestions.html", context)


@require_POST
@requires("account.change")
def keep(request: Request, kind: str, object_id: str) -> HttpResponse:
    """Keep something at hand."""
    keep_favourite(actor=request.actor, kind=kind, object_id=object_id)
    messages.success(request, _("It is among your favourites on the search page."))
    return back(request, "search")


@require_POST
@requires("account.change")
def drop(request: Request, kind: str, object_id: str) -> HttpResponse:
    """Let go of a favourite."""
    drop_favourite(actor=request.actor, kind=kind, object_id=object_id)
    messages.success(request, _("It is no longer among your favourites."))
    return back(request, "search")
