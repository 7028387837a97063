"""The toolboxes of all organisations, and one service."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from samordna.core import clock
from samordna.core.refusals import refusal_of
from samordna.domain.change.enums import TargetKind
from samordna.domain.change.queries.links import of_target
from samordna.domain.collaborations.access import visible_collaborations
from samordna.domain.knowledge.access import KEEP, service_for
from samordna.domain.knowledge.queries.toolboxes import (
    Filters,
    offering_organisations,
    service_page,
    toolbox,
    version_page,
)
from samordna.domain.organisations.access import organisation_for
from samordna.web.door import Request, requires


def page_number(text: str) -> int:
    """The page of a list that an address asks for."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1


@require_safe
@requires("organisation.read")
def toolbox_list(request: Request) -> HttpResponse:
    """What everybody can offer, with filters."""
    at, asked = clock.now(), request.GET
    filters = Filters(
        words=asked.get("sok", "")[:120],
        organisation_id=asked.get("hos", "")[:12],
        collaboration_id=asked.get("i", "")[:12],
        stale="gamla" in asked,
    )
    return _list_page(request, filters, at)


@require_safe
@requires("organisation.read")
def to_confirm(request: Request, organisation_id: str) -> HttpResponse:
    """What an organisation offers and nobody has confirmed for long."""
    at = clock.now()
    own = organisation_for(request.actor, organisation_id, at=at)
    return _list_page(request, Filters(organisation_id=own.pk, stale=True), at)


def _list_page(request: Request, filters: Filters, at: datetime) -> HttpResponse:
    asked, own = request.GET, request.actor.organisation_id or ""
    context = {
        "toolbox": toolbox(request.actor, at, filters, page_number(asked.get("sida", ""))),
        "filters": filters,
        "organisations": offering_organisations(request.actor, at),
        "collaborations": visible_collaborations(request.actor, at).order_by("name", "pk").values_list("pk", "name"),
        "own": own,
        "keeping": refusal_of(organisation_for, request.actor, own, KEEP, at),
    }
    return render(request, "knowledge/toolbox.html", context)


@require_safe
@requires("organisation.read")
def service(request: Request, service_id: str) -> HttpResponse:
    """One service with everything it says."""
    at = clock.now()
    context = {
        "page": service_page(request.actor, service_id, at),
        "keeping": refusal_of(service_for, request.actor, service_id, KEEP, at),
        "links": of_target(request.actor, TargetKind.SERVICE, service_id, at),
    }
    return render(request, "knowledge/service.html", context)


@require_safe
@requires("organisation.read")
def version(request: Request, service_id: str, number: int) -> HttpResponse:
    """One wording that has been."""
    at = clock.now()
    page = service_page(request.actor, service_id, at)
    context = {"page": page, "version": version_page(request.actor, service_id, number, at)}
    return render(request, "knowledge/version.html", context)
