"""Preparing a matter: choosing its kind, its words and its aspects."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samordna.core import clock
from samordna.core.errors import Absent, Denied
from samordna.core.overtaking import fingerprint
from samordna.domain.collaborations.access import collaboration_for
from samordna.domain.matters import operations as do
from samordna.domain.matters.access import matter_for
from samordna.domain.matters.enums import MatterKind
from samordna.domain.matters.queries import MatterPage, matter_page
from samordna.domain.matters.queries.drafts import area_choices, aspect_values, kinds, matter_values
from samordna.domain.matters.templates import template_of
from samordna.web.door import Request, requires
from samordna.web.forms import attempt
from samordna.web.matters.forms import AspectForm, ChangeAspectForm, ChangeMatterForm, NewMatterForm
from samordna.web.matters.frames import form_page

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
@requires("collaboration.lead")
def new_matter(request: Request, collaboration_id: str) -> HttpResponseBase:
    """Choose a kind; then its template's words stand in the form and its aspects come along."""
    collaboration = collaboration_for(request.actor, collaboration_id, "collaboration.lead")
    chosen = request.POST.get("kind") or request.GET.get("slag", "")
    frame = {"collaboration": collaboration, "kinds": kinds(), "chosen": chosen}
    if chosen not in MatterKind.values:
        return render(request, "matters/choose_kind.html", frame)
    areas = area_choices(collaboration)
    template = template_of(MatterKind(chosen))
    names = ("title", "purpose", "for_the_individual", "convenience", "unit")
    initial = {"kind": chosen} | {name: getattr(template, name) for name in names}
    form = NewMatterForm(request.POST if request.method == "POST" else None, initial=initial, areas=areas)
    if request.method == "POST" and form.is_valid():
        opened = attempt(
            form, lambda: do.open_matter(actor=request.actor, collaboration_id=collaboration.pk, **form.arguments())
        )
        if opened is not None:
            messages.success(request, _("The matter is a draft that only you see. Go through its aspects and send it out."))
            return redirect("matter", opened.pk)
    shown = frame | {"form": form, "areas": areas, "kind_label": MatterKind(chosen).label, "template": template}
    return render(request, "matters/new_matter.html", shown, status=422 if form.errors else 200)


@require_http_methods(METHODS)
@requires("matter.lead")
def change_matter(request: Request, matter_id: str) -> HttpResponseBase:
    """Change a draft's words."""
    matter = matter_for(request.actor, matter_id, "matter.lead")
    areas = area_choices(matter.collaboration)
    form = ChangeMatterForm(
        request.POST if request.method == "POST" else None, initial=_seen(matter_values(matter)), areas=areas
    )
    if request.method == "POST" and form.is_valid():
        arguments = form.arguments()
        if attempt(form, lambda: do.change_matter(actor=request.actor, matter_id=matter_id, **arguments)):
            messages.success(request, _("Saved."))
            return redirect("matter", matter_id)
    page = matter_page(request.actor, matter_id, clock.now())
    return form_page(request, page.head, form, _("Change the matter"))


@require_http_methods(METHODS)
@requires("matter.lead")
def new_aspect(request: Request, matter_id: str) -> HttpResponseBase:
    """Add an aspect to a draft."""
    matter_for(request.actor, matter_id, "matter.lead")
    form = AspectForm(request.POST if request.method == "POST" else None, initial={"kind": "choice"})
    if request.method == "POST" and form.is_valid():
        arguments = form.arguments()
        if attempt(form, lambda: do.add_aspect(actor=request.actor, matter_id=matter_id, **arguments)):
            messages.success(request, _("Added: %(label)s") % {"label": arguments["label"]})
            return redirect("matter", matter_id)
    return _aspect_page(request, matter_id, form, _("New aspect"))


@require_http_methods(METHODS)
@requires("matter.lead")
def change_aspect(request: Request, matter_id: str, aspect_id: str) -> HttpResponseBase:
    """Change an aspect of a draft."""
    matter_for(request.actor, matter_id, "matter.lead")
    page = _page_with(request, matter_id, aspect_id)
    values = _seen(aspect_values(page, aspect_id))
    form = ChangeAspectForm(request.POST if request.method == "POST" else None, initial=values)
    if request.method == "POST" and form.is_valid():
        arguments = form.arguments()
        if attempt(form, lambda: do.change_aspect(actor=request.actor, aspect_id=aspect_id, **arguments)):
            messages.success(request, _("Saved."))
            return redirect("matter", matter_id)
    return _aspect_page(request, matter_id, form, _("Change aspect"))


def _seen(values: dict[str, Any]) -> dict[str, Any]:
    return values | {"seen": fingerprint(values)}


def _page_with(request: Request, matter_id: str, aspect_id: str) -> MatterPage:
    page = matter_page(request.actor, matter_id, clock.now())
    if aspect_id not in {aspect.id for aspect in page.aspects}:
        raise Absent
    return page


def _aspect_page(request: Request, matter_id: str, form: AspectForm, title: str) -> HttpResponse:
    page = matter_page(request.actor, matter_id, clock.now())
    return form_page(request, page.head, form, title)


@require_POST
@requires("matter.lead")
def remove_aspect(request: Request, matter_id: str, aspect_id: str) -> HttpResponse:
    """Take an aspect out of a draft."""
    matter_for(request.actor, matter_id, "matter.lead")
    _page_with(request, matter_id, aspect_id)
    try:
        do.remove_aspect(actor=request.actor, aspect_id=aspect_id)
        messages.success(request, _("The aspect has been taken out."))
    except Denied as denied:
        messages.error(request, denied.reason)
    return redirect("matter", matter_id)


@require_POST
@requires("matter.lead")
def move_aspect(request: Request, matter_id: str, aspect_id: str) -> HttpResponse:
    """Move an aspect of a draft one place."""
    matter_for(request.actor, matter_id, "matter.lead")
    _page_with(request, matter_id, aspect_id)
    try:
        do.move_aspect(actor=request.actor, aspect_id=aspect_id, earlier=request.POST.get("to") != "later")
    except Denied as denied:
        messages.error(request, denied.reason)
    return redirect("matter", matter_id)
