"""Keeping the own organisation's toolbox: opening, rewording, confirming and ending services, and naming facts."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samordna.core import clock
from samordna.domain.knowledge.access import KEEP, service_for
from samordna.domain.knowledge.operations import assure_service, end_service, name_fact, open_service, reword_service
from samordna.domain.knowledge.queries.facts import known_facts
from samordna.domain.knowledge.queries.toolboxes import ServicePage, service_page
from samordna.domain.organisations.access import organisation_for
from samordna.domain.organisations.contacts import contact_paths_of, role_choices
from samordna.web.door import Request, requires
from samordna.web.forms import attempt, typed
from samordna.web.knowledge.forms import AssureForm, EndServiceForm, FactForm, ServiceForm, retyped, rows_of


def form_of(request: Request, organisation_id: str, page: ServicePage | None = None) -> ServiceForm:
    """The form of a service of the organisation: empty, as it stands, or as typed."""
    at = clock.now()
    offered: dict[str, Any] = {
        "facts": known_facts(),
        "roles": role_choices(request.actor, organisation_id, at),
        "paths": [(row.id, f"{row.topic} ({row.role})") for row in contact_paths_of(request.actor, organisation_id, at)],
    }
    if request.method == "POST" and "more" in request.POST:
        plain, rows = retyped(ServiceForm(request.POST, **offered))
        added = request.POST.get("add", "")
        return ServiceForm(
            filled=[*rows, *([{"fact": added}] if added in offered["facts"] else [])], initial=plain, **offered
        )
    names = [name for name in ServiceForm.base_fields if name not in ("rows", "add")]
    initial = {name: getattr(page, name) for name in names} if page else {}
    return ServiceForm(typed(request), filled=rows_of(page.eligibility) if page else [], initial=initial, **offered)


def service_form_page(request: Request, form: ServiceForm, organisation: tuple[str, str], context: Any) -> HttpResponse:
    """The page with the form; 422 when something has to be corrected."""
    about = {"form": form, "organisation_id": organisation[0], "organisation_name": organisation[1]}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "knowledge/service_form.html", about | context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("knowledge.keep")
def opening(request: Request, organisation_id: str) -> HttpResponse:
    """Put a service in the toolbox."""
    own = organisation_for(request.actor, organisation_id, KEEP)
    form = form_of(request, own.pk)
    if form.is_bound and form.is_valid():
        given = {"role_id": form.cleaned_data["role_id"], "wording": form.wording()}
        made = attempt(form, lambda: open_service(actor=request.actor, **given))
        if made is not None:
            messages.success(request, _("%(name)s is in the toolbox.") % {"name": made.name})
            return redirect("service", made.pk)
    context = {"title": _("New service"), "submit": _("Put it in the toolbox"), "back": reverse("toolbox")}
    return service_form_page(request, form, (own.pk, own.name), context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("knowledge.keep")
def rewording(request: Request, service_id: str) -> HttpResponse:
    """Say anew what a service is and for whom."""
    given = service_for(request.actor, service_id, KEEP)
    page = service_page(request.actor, service_id, clock.now())
    form = form_of(request, given.role.organisation_id, page)
    if form.is_bound and form.is_valid():
        words = {"role_id": form.cleaned_data["role_id"], "wording": form.wording(), "seen": form.cleaned_data["seen"]}
        if attempt(form, lambda: reword_service(actor=request.actor, service_id=service_id, **words)) is not None:
            messages.success(request, _("The new wording is saved and counts as confirmed today."))
            return redirect("service", service_id)
    title = _("Change %(name)s") % {"name": page.name}
    context = {"title": title, "submit": _("Save the new wording"), "back": reverse("service", args=[service_id])}
    return service_form_page(request, form, (page.organisation_id, page.organisation), context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("knowledge.keep")
def assuring(request: Request, service_id: str) -> HttpResponse:
    """Confirm that what a service says is right today."""
    given = service_for(request.actor, service_id, KEEP)
    form = AssureForm(typed(request), initial={"waiting": given.waiting})
    if form.is_valid():
        waiting = form.cleaned_data["waiting"]
        if attempt(form, lambda: assure_service(actor=request.actor, service_id=service_id, waiting=waiting)) is not None:
            messages.success(request, _("Confirmed today."))
            return redirect("service", service_id)
    lead = _("You say that everything on the page is right today. Change the wording instead if something is not.")
    context = {"title": _("Confirm %(name)s") % {"name": given.name}, "submit": _("It is right today"), "lead": lead}
    return _small_page(request, form, (given.pk, given.name), context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("knowledge.keep")
def ending(request: Request, service_id: str) -> HttpResponse:
    """End a service."""
    given = service_for(request.actor, service_id, KEEP)
    form = EndServiceForm(typed(request))
    if form.is_valid():
        day = form.cleaned_data["valid_to"]
        if attempt(form, lambda: end_service(actor=request.actor, service_id=service_id, valid_to=day)) is not None:
            messages.success(request, _("%(name)s is ended.") % {"name": given.name})
            return redirect("service", service_id)
    lead = _("What it said can still be read, and it is no longer matched.")
    context = {"title": _("End %(name)s") % {"name": given.name}, "submit": _("End it"), "lead": lead}
    return _small_page(request, form, (given.pk, given.name), context)


def _small_page(request: Request, form: Any, service: tuple[str, str], context: dict[str, Any]) -> HttpResponse:
    about = {"form": form, "service_name": service[1], "back": reverse("service", args=[service[0]])}
    return render(request, "knowledge/small_form.html", about | context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("knowledge.keep")
def naming(request: Request, organisation_id: str) -> HttpResponse:
    """Name something that conditions may ask about."""
    own = organisation_for(request.actor, organisation_id, KEEP)
    form = FactForm(typed(request))
    if form.is_valid():
        given = form.cleaned_data | {"options": form.cleaned_data["options"].splitlines()}
        if attempt(form, lambda: name_fact(actor=request.actor, organisation_id=own.pk, **given)) is not None:
            messages.success(request, _("The question can be asked about in conditions now, by everybody."))
            return redirect("open_service", own.pk)
    lead = _(
        "Look first whether somebody else already asks the same. One situation is held against everybody's conditions."
    )
    context = {
        "form": form,
        "title": _("New question"),
        "submit": _("Name it"),
        "lead": lead,
        "known": known_facts().values(),
    }
    context |= {"service_name": "", "back": reverse("toolbox")}
    return render(request, "knowledge/small_form.html", context, status=422 if form.errors else 200)
