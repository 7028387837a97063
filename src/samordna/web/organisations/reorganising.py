"""Reorganisations: planning one, reading what it touches, placing it, and carrying it out on its day."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samordna.core import clock
from samordna.core.errors import Denied
from samordna.core.refusals import refusal_of
from samordna.domain.organisations.access import carried_for, organisation_for, reorganisation_for
from samordna.domain.organisations.operations import (
    agree_to_reorganisation,
    answer_for_carried,
    call_off_reorganisation,
    carry_out_reorganisation,
    place_things,
    plan_reorganisation,
    plan_undoing,
)
from samordna.domain.organisations.queries import organisation_choices
from samordna.domain.organisations.reorganisations import reorganisation_page, reorganisations
from samordna.domain.organisations.touched_things import kind_page
from samordna.web.door import Request, requires
from samordna.web.forms import attempt, typed
from samordna.web.organisations.reorganisation_forms import CallOffForm, PlanForm, UndoForm


@require_safe
@requires("reorganisation.read")
def reorganisation_list(request: Request) -> HttpResponse:
    """What is planned and what has been, for one's own organisation."""
    actor, at = request.actor, clock.now()
    own = actor.organisation_id or ""
    context = {
        "rows": reorganisations(actor, at),
        "own": own,
        "planning": refusal_of(organisation_for, actor, own, "reorganisation.plan", at),
    }
    return render(request, "organisations/reorganisations.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("reorganisation.plan")
def reorganisation_planning(request: Request, organisation_id: str) -> HttpResponse:
    """Plan a reorganisation of one's own organisation."""
    organisation = organisation_for(request.actor, organisation_id, "reorganisation.plan")
    known = [each for each in organisation_choices(request.actor, clock.now()) if each[0]]
    form = PlanForm(typed(request), organisations=known)
    if form.is_valid():
        given = form.given()
        made = attempt(form, lambda: plan_reorganisation(actor=request.actor, organisation_id=organisation.pk, **given))
        if made is not None:
            messages.success(request, _("The reorganisation is planned. Here is what it touches."))
            return redirect("reorganisation", made.pk)
    context = {"form": form, "organisation": organisation}
    return render(request, "organisations/plan_reorganisation.html", context, status=422 if form.errors else 200)


@require_safe
@requires("reorganisation.read")
def reorganisation(request: Request, reorganisation_id: str) -> HttpResponse:
    """One reorganisation: what it touches, whom it waits for, and what became of it."""
    at = clock.now()
    page = reorganisation_page(request.actor, reorganisation_id, at)
    return render(request, "organisations/reorganisation.html", {"page": page, "today": clock.day(at)})


@require_http_methods(["GET", "HEAD", "POST"])
@requires("reorganisation.read")
def reorganisation_kind(request: Request, reorganisation_id: str, kind: str) -> HttpResponse:
    """What it touches of one kind, thing by thing; and where they go, for those who may say so."""
    at = clock.now()
    page = kind_page(request.actor, reorganisation_id, kind, at)
    problem = ""
    if request.method == "POST":
        things = {key[2:]: str(value) for key, value in request.POST.items() if key.startswith("t-")}
        chosen = {row.id: things[row.id] for row in page.things if things.get(row.id, row.choice) != row.choice}
        whole = request.POST.get("whole", page.choice)
        try:
            place_things(
                actor=request.actor,
                reorganisation_id=reorganisation_id,
                kind=kind,
                whole=whole if whole != page.choice else None,
                things=chosen,
            )
        except Denied as denied:
            if not denied.reason:
                raise
            problem = denied.reason
        else:
            messages.success(request, _("It is placed as you said. The others who had agreed are asked again."))
            return redirect("reorganisation", reorganisation_id)
    refusal = refusal_of(reorganisation_for, request.actor, reorganisation_id, "reorganisation.plan", at)
    context = {"page": page, "refusal": refusal, "problem": problem}
    return render(request, "organisations/reorganisation_kind.html", context, status=422 if problem else 200)


@require_POST
@requires("reorganisation.agree")
def reorganisation_agreeing(request: Request, reorganisation_id: str) -> HttpResponse:
    """Agree to a plan for one's own organisation."""
    return _step(
        request,
        reorganisation_id,
        lambda: agree_to_reorganisation(
            actor=request.actor, reorganisation_id=reorganisation_id, seen=request.POST.get("seen", "")
        ),
        _("Your organisation has agreed."),
    )


@require_POST
@requires("reorganisation.agree")
def reorganisation_carrying(request: Request, reorganisation_id: str) -> HttpResponse:
    """Carry a plan out."""
    return _step(
        request,
        reorganisation_id,
        lambda: carry_out_reorganisation(actor=request.actor, reorganisation_id=reorganisation_id),
        _("The reorganisation is carried out. Here is what became of everything."),
    )


@require_POST
@requires("reorganisation.agree")
def carried_answering(request: Request, carried_id: str) -> HttpResponse:
    """Say whether one's own organisation takes over what it is asked about."""
    row = carried_for(request.actor, carried_id, "reorganisation.agree")
    takes_over = request.POST.get("takes_over") == "1"
    return _step(
        request,
        row.reorganisation_id,
        lambda: answer_for_carried(actor=request.actor, carried_id=carried_id, takes_over=takes_over),
        _("Your answer is recorded."),
    )


def _step(request: Request, reorganisation_id: str, call: Callable[[], object], done: str) -> HttpResponse:
    """One press: what was done, or why not, on the reorganisation's own page."""
    try:
        call()
    except Denied as denied:
        if not denied.reason:
            raise
        messages.error(request, denied.reason)
    else:
        messages.success(request, done)
    return redirect("reorganisation", reorganisation_id)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("reorganisation.plan")
def reorganisation_calling_off(request: Request, reorganisation_id: str) -> HttpResponse:
    """Call a plan off, with a reason."""
    reorganisation_for(request.actor, reorganisation_id, "reorganisation.plan")
    form = CallOffForm(typed(request))
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        call = lambda: call_off_reorganisation(  # noqa: E731  # named for what it does
            actor=request.actor, reorganisation_id=reorganisation_id, reason=reason
        )
        if attempt(form, call) is not None:
            messages.success(request, _("The plan is called off. Nothing has changed."))
            return redirect("reorganisation", reorganisation_id)
    lead = _("Nothing that the plan touches changes. The plan stays to be read, with your reason.")
    return _form_page(request, form, reorganisation_id, _("Call the plan off"), lead)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("reorganisation.plan")
def reorganisation_undoing(request: Request, reorganisation_id: str) -> HttpResponse:
    """Plan the reorganisation that undoes this one."""
    reorganisation_for(request.actor, reorganisation_id, "reorganisation.plan")
    form = UndoForm(typed(request))
    if form.is_valid():
        given = form.cleaned_data
        made = attempt(form, lambda: plan_undoing(actor=request.actor, reorganisation_id=reorganisation_id, **given))
        if made is not None:
            messages.success(request, _("The way back is planned. What has come since has to be placed."))
            return redirect("reorganisation", made.pk)
    lead = _("What has been stays to be read. The way back is a reorganisation of its own, with a day and a decision.")
    return _form_page(request, form, reorganisation_id, _("Plan the way back"), lead)


def _form_page(request: Request, form: Form, reorganisation_id: str, title: str, lead: str) -> HttpResponse:
    context = {"form": form, "title": title, "lead": lead, "reorganisation_id": reorganisation_id}
    return render(request, "organisations/reorganisation_form.html", context, status=422 if form.errors else 200)
