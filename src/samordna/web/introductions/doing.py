"""Steps done and taken back, by the person itself and by its organisation."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samordna.core import clock
from samordna.core.errors import Absent
from samordna.domain.introductions import operations as do
from samordna.domain.introductions.access import VOUCH, done_for, introduced_for, step_for, training_for
from samordna.domain.introductions.queries.people import HolderPage, holder_page
from samordna.web.door import Request, requires
from samordna.web.forms import attempt, back, typed
from samordna.web.introductions.forms import DoneForm, TrainingForm, VouchForm
from samordna.web.introductions.keeping import METHODS, form_page, pressed


@require_http_methods(METHODS)
@requires("introduction.take")
def marking(request: Request, step_id: str) -> HttpResponse:
    """Say that one has done a step: at once from the programme's page, or with a day and a note."""
    step = step_for(request.actor, step_id)
    form = DoneForm(typed(request))
    if form.is_valid():
        data = form.cleaned_data
        if attempt(form, lambda: do.mark_step_done(actor=request.actor, step_id=step_id, **data)) is not None:
            messages.success(request, _("Well done. The step is marked."))
            return redirect("introduction", step.programme_id)
    programme = (step.programme_id, step.programme.name)
    return form_page(request, form, step.what, _("I have done this"), programme)


@require_POST
@requires("introduction.take")
def taking_back(request: Request, done_id: str) -> HttpResponse:
    """Take back that a step is done."""
    done = done_for(request.actor, done_id)
    pressed(request, lambda: do.take_back_done(actor=request.actor, done_id=done_id), _("It is taken back."))
    return back(request, "introduction", done.step.programme_id)


@require_POST
@requires("introduction.take")
def counting(request: Request, programme_id: str) -> HttpResponse:
    """Count here what one did in a role at another organisation."""
    said = _("What you have done earlier counts here, too.")
    pressed(request, lambda: do.count_what_was_done_elsewhere(actor=request.actor, programme_id=programme_id), said)
    return redirect("introduction", programme_id)


@require_http_methods(METHODS)
@requires("introduction.vouch")
def vouching(request: Request, holding_id: str, programme_id: str) -> HttpResponse:
    """Fill in steps that one of the organisation's people did before."""
    actor, at = request.actor, clock.now()
    introduced_for(actor, holding_id, VOUCH, at)
    page = holder_page(actor, holding_id, at)
    found = next((pair for pair in page.programmes if pair[0].id == programme_id), None)
    if found is None:
        raise Absent
    labels = tuple((row.id, f"{row.kind_label}: {row.what}") for row in found[1] if row.state != "done")
    form = VouchForm(typed(request), steps=labels)
    if form.is_valid():
        given = {"holding_id": holding_id, "programme_id": programme_id, **form.cleaned_data}
        if attempt(form, lambda: do.vouch_for_steps(actor=actor, **given)) is not None:
            messages.success(request, _("The steps are filled in."))
            return redirect("introduced_holder", holding_id)
    lead = _("For what was done before it was marked here. The person sees what you fill in, and how you know.")
    return _about(request, page, form, _("Fill in for %(who)s") % {"who": page.row.who}, lead)


@require_http_methods(METHODS)
@requires("introduction.vouch")
def training(request: Request, holding_id: str) -> HttpResponse:
    """Fill in training from before or from elsewhere."""
    actor, at = request.actor, clock.now()
    introduced_for(actor, holding_id, VOUCH, at)
    page = holder_page(actor, holding_id, at)
    form = TrainingForm(typed(request))
    if form.is_valid():
        data = form.cleaned_data
        made = attempt(form, lambda: do.fill_in_earlier_training(actor=actor, holding_id=holding_id, **data))
        if made is not None:
            messages.success(request, _("The training is filled in."))
            return redirect("introduced_holder", holding_id)
    lead = _("Training in collaboration that %(who)s has from before or from elsewhere.") % {"who": page.row.who}
    return _about(request, page, form, _("Earlier training"), lead)


@require_POST
@requires("introduction.vouch")
def taking_training_away(request: Request, training_id: str) -> HttpResponse:
    """Take away what was filled in by mistake."""
    row = training_for(request.actor, training_id)
    pressed(
        request, lambda: do.take_earlier_training_away(actor=request.actor, training_id=training_id), _("It is taken away.")
    )
    return redirect("introduced_holder", row.holding_id)


def _about(request: Request, page: HolderPage, form: VouchForm | TrainingForm, title: str, lead: str) -> HttpResponse:
    """One form about one holder; 422 when something has to be corrected."""
    context = {"form": form, "title": title, "submit": _("Fill it in"), "lead": lead, "programme_name": page.row.who}
    context["back"] = reverse("introduced_holder", args=[page.row.holding_id])
    return render(request, "introductions/form.html", context, status=422 if form.errors else 200)
