"""The directory and one organisation."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from samordna.core import clock
from samordna.core.refusals import refusal_of
from samordna.domain.admissions.queries.invitations import lacks_people
from samordna.domain.change.queries.board import chains_of
from samordna.domain.collaborations.queries.pages import collaborations_of
from samordna.domain.introductions.queries.people import how_many
from samordna.domain.organisations.access import organisation_for
from samordna.domain.organisations.attention import attention_of
from samordna.domain.organisations.contacts import contact_paths_of
from samordna.domain.organisations.queries import directory, organisation_page
from samordna.domain.organisations.reorganisations import planned_for
from samordna.web.door import Request, requires


@require_safe
@requires("organisation.read")
def organisations(request: Request) -> HttpResponse:
    """The directory."""
    at, words = clock.now(), request.GET.get("sok", "")[:120]
    page = request.GET.get("sida", "")
    listed = directory(request.actor, at, words, int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1)
    return render(request, "organisations/directory.html", {"directory": listed, "words": words})


@require_safe
@requires("organisation.read")
def organisation(request: Request, organisation_id: str) -> HttpResponse:
    """One organisation with its roles and holders, today or on the day that is asked about."""
    at = clock.now()
    asked, unreadable = asked_day(request)
    page = organisation_page(request.actor, organisation_id, at, asked)
    administering = refusal_of(organisation_for, request.actor, organisation_id, "organisation.administer", at)
    context = {
        "page": page,
        "attention": attention_of(page) if organisation_id == request.actor.organisation_id else None,
        "planned": planned_for(request.actor, organisation_id, at),
        "contacts": contact_paths_of(request.actor, organisation_id, at, page.on),
        "contacting": refusal_of(organisation_for, request.actor, organisation_id, "contact.keep", at),
        "today": clock.day(at),
        "administering": administering,
        "own": organisation_id == request.actor.organisation_id,
        "lacks_people": lacks_people(request.actor, organisation_id, at),
        "collaborations": collaborations_of(request.actor, at, organisation_id),
        "unreadable": unreadable,
        "introduced": how_many(request.actor, organisation_id, at) if page.on == clock.day(at) else None,
        "chains": chains_of(request.actor, organisation_id, at),
    }
    return render(request, "organisations/organisation.html", context)


def asked_day(request: Request) -> tuple[date | None, str]:
    """The day that was asked about, and the text itself when it is no day."""
    text = request.GET.get("dag", "")
    try:
        return (date.fromisoformat(text), "") if text else (None, "")
    except ValueError:
        return None, text[:40]
