"""Introductions as they are read: one's own, programmes, the organisation's people, and how many at each who takes part."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from samordna.core import clock
from samordna.core.tables import XLSX_TYPE
from samordna.domain.collaborations.access import collaboration_for
from samordna.domain.introductions.queries.files import people_sheet
from samordna.domain.introductions.queries.people import counted_in, counted_of, holder_page, people_page
from samordna.domain.introductions.queries.programmes import introductions_of, programme_page
from samordna.web.agreements.pages import named_file
from samordna.web.door import Request, requires
from samordna.web.introductions.forms import DoneForm

LONGEST_SEARCH = 120


@require_safe
@requires("organisation.read")
def introductions(request: Request) -> HttpResponse:
    """One's own introductions, and the programmes that one may read."""
    actor = request.actor
    context = {"page": introductions_of(actor, clock.now()), "own_organisation": actor.organisation_id or ""}
    return render(request, "introductions/list.html", context)


@require_safe
@requires("introduction.read")
def programme(request: Request, programme_id: str) -> HttpResponse:
    """One programme: its steps, how far one has come oneself, and for the coordinator how many at each."""
    at = clock.now()
    page = programme_page(request.actor, programme_id, at)
    counted = None if page.leading or page.row.state != "published" else counted_of(request.actor, programme_id, at)
    context = {"page": page, "counted": counted, "form": DoneForm(), "own_organisation": request.actor.organisation_id}
    return render(request, "introductions/programme.html", context)


@require_safe
@requires("introduction.follow")
def people(request: Request, organisation_id: str) -> HttpResponse:
    """How the organisation's own people get on."""
    asked, words = request.GET.get("sida", ""), request.GET.get("sok", "")[:LONGEST_SEARCH]
    number = max(1, int(asked)) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else 1
    late = request.GET.get("visa", "") == "sena"
    page = people_page(request.actor, organisation_id, clock.now(), page=number, words=words, late=late)
    kept = urlencode({name: value for name, value in (("sok", words), ("visa", "sena" if late else "")) if value})
    context = {"page": page, "words": words, "late": late, "kept": f"{kept}&" if kept else ""}
    return render(request, "introductions/people.html", context)


@require_safe
@requires("introduction.follow")
def people_file(request: Request, organisation_id: str) -> HttpResponse:
    """Who is trained in collaboration and in what, as a spreadsheet."""
    content = people_sheet(request.actor, organisation_id, clock.now())
    stem = pgettext("file name", "trained-in-collaboration")
    told = named_file("attachment", f"{stem}.xlsx")
    return HttpResponse(content, content_type=XLSX_TYPE, headers={"Content-Disposition": told})


@require_safe
@requires("introduction.follow")
def holder(request: Request, holding_id: str) -> HttpResponse:
    """How one holder gets on: for that one, and for those who follow it in the organisation."""
    return render(request, "introductions/holder.html", {"page": holder_page(request.actor, holding_id, clock.now())})


@require_safe
@requires("introduction.follow")
def counted(request: Request, collaboration_id: str) -> HttpResponse:
    """For the coordinator: how many at each organisation are introduced, and in which roles not yet. No names."""
    at = clock.now()
    given = collaboration_for(request.actor, collaboration_id, at=at)
    context = {"collaboration": given, "programmes": counted_in(request.actor, collaboration_id, at)}
    return render(request, "introductions/counted.html", context)
