"""Keeping programmes: begun, described, published, ended, and their steps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samordna.core import clock
from samordna.core.errors import Absent, Denied
from samordna.domain.introductions import operations as do
from samordna.domain.introductions.access import KEEP, home_for, programme_for, step_for
from samordna.domain.introductions.queries.choices import about_choices, meant_choices, session_choices
from samordna.domain.introductions.queries.programmes import programme_page
from samordna.web.door import Request, requires
from samordna.web.forms import attempt, typed
from samordna.web.introductions.forms import ProgrammeForm, PublishForm, SessionsForm, StepAgainForm, StepForm

METHODS = ["GET", "HEAD", "POST"]


def form_page(
    request: Request, form: Form, title: str, submit: str, programme: tuple[str, str] | None = None, lead: str = ""
) -> HttpResponse:
    """One form, about a programme given as (id, name); 422 when something has to be corrected."""
    back = reverse("introduction", args=[programme[0]]) if programme else reverse("introductions")
    context: dict[str, Any] = {"form": form, "title": title, "submit": submit, "lead": lead, "back": back}
    context["programme_name"] = programme[1] if programme else ""
    return render(request, "introductions/form.html", context, status=422 if form.errors else 200)


def pressed(request: Request, call: Callable[[], object], done: str) -> None:
    """One press on a button: done, or refused with a sentence above the page."""
    try:
        call()
    except Absent:
        raise
    except Denied as denied:
        messages.error(request, denied.reason)
    else:
        messages.success(request, done)


@require_http_methods(METHODS)
@requires("introduction.keep")
def beginning(request: Request, organisation_id: str) -> HttpResponse:
    """Begin a programme of one's own organisation."""
    return _begin(request, organisation_id, "")


@require_http_methods(METHODS)
@requires("introduction.keep")
def beginning_together(request: Request, collaboration_id: str) -> HttpResponse:
    """Begin a programme for all who take part in a collaboration."""
    return _begin(request, "", collaboration_id)


def _begin(request: Request, organisation_id: str, collaboration_id: str) -> HttpResponse:
    at = clock.now()
    organisation, collaboration = home_for(request.actor, organisation_id, collaboration_id, KEEP, at)
    form = ProgrammeForm(typed(request), meant=meant_choices(request.actor, organisation_id, collaboration_id, at))
    if form.is_valid():
        data = {name: value for name, value in form.cleaned_data.items() if name != "seen"}
        data |= {"organisation_id": organisation_id, "collaboration_id": collaboration_id}
        made = attempt(form, lambda: do.begin_programme(actor=request.actor, **data))
        if made is not None:
            messages.success(request, _("The programme is begun. Add its steps, and publish it when it is ready."))
            return redirect("introduction", made.pk)
    lead = _("It is for the people of %(whose)s, and is asked of nobody until it is published.") % {"whose": organisation}
    if collaboration is not None:
        lead = _("It is for all who take part in %(where)s. Nobody else sees it until it is published.")
        lead %= {"where": collaboration}
    return form_page(request, form, _("New introduction programme"), _("Begin the programme"), None, lead)


@require_http_methods(METHODS)
@requires("introduction.keep")
def describing(request: Request, programme_id: str) -> HttpResponse:
    """Say anew what a programme is and for whom."""
    actor, at = request.actor, clock.now()
    given = programme_for(actor, programme_id, KEEP, at)
    page = programme_page(actor, programme_id, at)
    first: dict[str, Any] = {"name": given.name, "why": given.why, "renewed_after": given.renewed_after}
    first |= {"for_whom": list(page.meant), "seen": page.fingerprint}
    meant = meant_choices(actor, given.organisation_id or "", given.collaboration_id or "", at)
    form = ProgrammeForm(typed(request), meant=meant, initial=first)
    if form.is_valid():
        data = form.cleaned_data
        if attempt(form, lambda: do.describe_programme(actor=actor, programme_id=programme_id, **data)) is not None:
            messages.success(request, _("The programme is saved."))
            return redirect("introduction", programme_id)
    return form_page(request, form, _("Describe the programme"), _("Save"), (given.pk, given.name))


@require_http_methods(METHODS)
@requires("introduction.keep")
def publishing(request: Request, programme_id: str) -> HttpResponse:
    """Let a programme hold from today."""
    given = programme_for(request.actor, programme_id, KEEP)
    form = PublishForm(typed(request))
    if form.is_valid():
        data = form.cleaned_data
        made = attempt(form, lambda: do.publish_programme(actor=request.actor, programme_id=programme_id, **data))
        if made is not None:
            messages.success(request, _("The programme holds from today. Those it is for are told."))
            return redirect("introduction", programme_id)
    lead = _("From today everybody who takes a role that it is for gets the programme by itself.")
    return form_page(request, form, _("Publish the programme"), _("Publish"), (given.pk, given.name), lead)


@require_POST
@requires("introduction.keep")
def ending(request: Request, programme_id: str) -> HttpResponse:
    """End a programme."""
    done = _("The programme has ended. What has been done stays.")
    pressed(request, lambda: do.end_programme(actor=request.actor, programme_id=programme_id), done)
    return redirect("introduction", programme_id)


@require_http_methods(METHODS)
@requires("introduction.keep")
def adding(request: Request, programme_id: str) -> HttpResponse:
    """Add a step."""
    actor, at = request.actor, clock.now()
    given = programme_for(actor, programme_id, KEEP, at)
    form = StepForm(typed(request), about=about_choices(actor, programme_id, at))
    if form.is_valid():
        data = {name: value for name, value in form.cleaned_data.items() if name != "seen"}
        if attempt(form, lambda: do.add_step(actor=actor, programme_id=programme_id, **data)) is not None:
            messages.success(request, _("The step is added."))
            return redirect("introduction", programme_id)
    lead = _("It is asked for from today, of those who are done with the rest, too.") if given.published_on else ""
    return form_page(request, form, _("New step"), _("Add the step"), (given.pk, given.name), lead)


@require_http_methods(METHODS)
@requires("introduction.keep")
def rewording(request: Request, step_id: str) -> HttpResponse:
    """Say a step in other words."""
    actor, at = request.actor, clock.now()
    step = step_for(actor, step_id, KEEP, at)
    given, page = step.programme, programme_page(actor, step.programme_id, at)
    row = next((one for one in page.steps if one.id == step_id), None)
    names = ("kind", "what", "words", "minutes", "by_days", "about", "address")
    first = {name: getattr(row, name) for name in names} | {"seen": row.fingerprint} if row else {}
    form = StepAgainForm(typed(request), about=about_choices(actor, given.pk, at), initial=first)
    if form.is_valid():
        data = form.cleaned_data
        if attempt(form, lambda: do.word_step_anew(actor=actor, step_id=step_id, **data)) is not None:
            messages.success(request, _("The step is saved."))
            return redirect("introduction", given.pk)
    return form_page(request, form, _("Change the step"), _("Save"), (given.pk, given.name))


@require_POST
@requires("introduction.keep")
def taking_out(request: Request, step_id: str) -> HttpResponse:
    """Take a step out of the programme."""
    step = step_for(request.actor, step_id, KEEP)
    done = _("The step is taken out. What has been done of it stays.")
    pressed(request, lambda: do.end_step(actor=request.actor, step_id=step_id), done)
    return redirect("introduction", step.programme_id)


@require_POST
@requires("introduction.keep")
def moving(request: Request, step_id: str) -> HttpResponse:
    """Move a step one place."""
    step = step_for(request.actor, step_id, KEEP)
    earlier = request.POST.get("till") == "tidigare"
    pressed(request, lambda: do.move_step(actor=request.actor, step_id=step_id, earlier=earlier), _("The step is moved."))
    return redirect("introduction", step.programme_id)


@require_http_methods(METHODS)
@requires("introduction.keep")
def choosing_sessions(request: Request, step_id: str) -> HttpResponse:
    """Say at which events a step is done."""
    actor, at = request.actor, clock.now()
    step = step_for(actor, step_id, KEEP, at)
    given = step.programme
    choices, chosen, seen = session_choices(actor, step_id, at)
    form = SessionsForm(typed(request), events=choices, initial={"events": list(chosen), "seen": seen})
    if form.is_valid():
        data = form.cleaned_data
        if attempt(form, lambda: do.choose_sessions(actor=actor, step_id=step_id, **data)) is not None:
            messages.success(request, _("The events are chosen. Whoever is noted as having been there has done the step."))
            return redirect("introduction", given.pk)
    lead = _(
        "Whoever is noted as having been at one of these events has done the step, also if you take the event away here "
        "later, unless you say that it was chosen by mistake. Plan the events in a forum first."
    )
    return form_page(request, form, _("Events of the step"), _("Save"), (given.pk, given.name), lead)
