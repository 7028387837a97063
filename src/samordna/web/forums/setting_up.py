"""Setting up a forum from a template, saying anew what it is, how it decides, and closing it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samordna.core import clock
from samordna.domain.collaborations.access import collaboration_for, permit, thing_of
from samordna.domain.forums.access import LEAD
from samordna.domain.forums.operations import close_forum, describe_forum, set_routine, start_forum
from samordna.domain.forums.queries.pages import area_choices, preparer_choices, preparer_choices_in
from samordna.domain.forums.templates import TEMPLATES
from samordna.web.agreements.starting import areas_of
from samordna.web.door import Request, requires
from samordna.web.forms import attempt, typed
from samordna.web.forums.forms import CloseForm, DescribedForm, RoutineForm, StartForm
from samordna.web.forums.frame import done, fetched, form_page


@require_http_methods(["GET", "HEAD", "POST"])
@requires("forum.lead")
def new_forum(request: Request, collaboration_id: str) -> HttpResponse:
    """Set up a forum: choose a template (`?mall=`), then change what it says."""
    actor, at = request.actor, clock.now()
    given = collaboration_for(actor, collaboration_id, at=at)
    permit(actor, LEAD, thing_of(given), at)
    template = TEMPLATES.get(request.POST.get("kind", "") or request.GET.get("mall", ""))
    context: dict[str, Any] = {"given": given, "back": reverse("forums") + f"?samverkan={given.pk}"}
    if template is None:
        return render(request, "forums/templates.html", context | {"templates": TEMPLATES.values()})
    initial = {"kind": template.kind, "name": template.kind.label, "purpose": template.purpose}
    initial |= {"formality": template.formality, "power": template.power}
    initial |= {"rhythm": template.rhythm, "rhythm_note": template.rhythm_note}
    roles, areas = preparer_choices_in(given, at), areas_of(actor, given.pk, at)
    form = StartForm(typed(request), roles=roles, areas=areas, initial=initial)
    if form.is_valid():
        data = form.cleaned_data
        made = attempt(form, lambda: start_forum(actor=actor, collaboration_id=given.pk, **data))
        if made is not None:
            messages.success(request, _("%(name)s is set up. Say now who sits there.") % {"name": made.name})
            return redirect("forum", made.pk)
    context |= {"form": form, "template": template}
    return render(request, "forums/start.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("forum.lead")
def description(request: Request, forum_id: str) -> HttpResponse:
    """Say anew what the forum is."""
    actor, at, page = request.actor, clock.now(), fetched(request, forum_id, LEAD)
    row = page.row
    first = {name: getattr(row, name) for name in ("name", "formality", "power", "rhythm", "rhythm_note", "place")}
    first |= {"purpose": page.purpose, "prepares_role_id": page.prepares_role_id, "area_ids": page.area_ids}
    first |= {"seen": page.fingerprint}
    roles, areas = preparer_choices(actor, forum_id, at), area_choices(actor, forum_id, at)
    form = DescribedForm(typed(request), roles=roles, areas=areas, initial=first)
    if form.is_valid():
        data = form.cleaned_data
        if attempt(form, lambda: describe_forum(actor=actor, forum_id=forum_id, **data)) is not None:
            return done(request, forum_id, _("The description is saved."))
    return form_page(request, form, page, _("Describe the forum"), _("Save the description"))


@require_http_methods(["GET", "HEAD", "POST"])
@requires("forum.lead")
def routine(request: Request, forum_id: str) -> HttpResponse:
    """Say how the forum decides from a day on."""
    page = fetched(request, forum_id, LEAD)
    names = ("method", "voice", "quorum", "share", "raising", "items_days", "call_days", "papers_days")
    first = {name: getattr(page.routine, name) for name in names} if page.routine else {}
    form = RoutineForm(typed(request), initial=first)
    if form.is_valid():
        data = form.cleaned_data
        if attempt(form, lambda: set_routine(actor=request.actor, forum_id=forum_id, **data)) is not None:
            return done(request, forum_id, _("The decision routine is set."))
    lead = _("What has held before is kept with its days, so that everybody can see how a decision was taken.")
    return form_page(request, form, page, _("Decision routine"), _("Set the routine"), lead)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("forum.lead")
def closing(request: Request, forum_id: str) -> HttpResponse:
    """Close the forum."""
    page, form = fetched(request, forum_id, LEAD), CloseForm(typed(request))
    if form.is_valid():
        data = form.cleaned_data
        if attempt(form, lambda: close_forum(actor=request.actor, forum_id=forum_id, **data)) is not None:
            return done(request, forum_id, _("The forum is closed."))
    lead = _("Its seats end today. What has been said and decided there stays and can be read.")
    return form_page(request, form, page, _("Close the forum"), _("Close it"), lead, kind="danger")
