"""Goals made measurable, looked at again, and tied to what they rest on."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext as _pg
from django.views.decorators.http import require_http_methods, require_POST

from samordna.core import clock
from samordna.core.errors import Absent, Denied, Invalid
from samordna.core.refusals import refusal_of
from samordna.domain.collaborations.access import collaboration_for, goal_for
from samordna.domain.followup import operations as do
from samordna.domain.followup.access import draft_for, own_figures_for
from samordna.domain.followup.queries.drafts import lacking
from samordna.domain.followup.queries.grounds import possible_grounds
from samordna.domain.followup.queries.pages import goal_page
from samordna.web.door import Request, requires
from samordna.web.followup.forms import DraftForm, GroundForm, ReviewForm
from samordna.web.followup.frame import METHODS, form_page, goal_trail
from samordna.web.forms import attempt, typed


@require_http_methods(METHODS)
@requires("collaboration.lead")
def drafting(request: Request, collaboration_id: str) -> HttpResponse:
    """Begin a goal: it is saved as far as it is known."""
    given = collaboration_for(request.actor, collaboration_id, "collaboration.lead")
    form = DraftForm(typed(request))
    if form.is_valid():
        data = form.cleaned_data
        made = attempt(form, lambda: do.draft_goal(actor=request.actor, collaboration_id=given.pk, said=do.Drafted(**data)))
        if made is not None:
            return _saved(request, made.pk)
    lead = _("Write what you know. What is missing is said, and the goal is set when nothing is.")
    texts, back = (_("New goal"), _("Save the draft")), reverse("followup", args=[given.pk])
    return form_page(request, form, (given.pk, given.name), texts, back=back, lead=lead)


def _saved(request: Request, draft_id: str) -> HttpResponse:
    if "set" not in request.POST:
        messages.success(request, _("The draft is saved."))
        return redirect("goal_draft", draft_id)
    try:
        made = do.set_drafted_goal(actor=request.actor, draft_id=draft_id)
    except Absent:
        raise
    except Invalid:
        messages.warning(request, _("The draft is saved. It cannot be set yet: see what is missing."))
        return redirect("goal_draft", draft_id)
    except Denied as denied:
        messages.error(request, denied.reason)
        return redirect("goal_draft", draft_id)
    messages.success(request, _("The goal is set, and is measured from now on."))
    return redirect("goal", made.goal_id)


@require_http_methods(METHODS)
@requires("collaboration.lead")
def draft(request: Request, goal_draft_id: str) -> HttpResponse:
    """A goal on its way to be measurable: what is known, and what is missing."""
    given = draft_for(request.actor, goal_draft_id)
    if given.goal_id is not None:
        return redirect("goal", given.goal_id)
    names = list(DraftForm.base_fields)
    form = DraftForm(typed(request), initial={name: getattr(given, name) for name in names})
    if form.is_valid():
        data = form.cleaned_data
        if (
            attempt(
                form, lambda: do.change_goal_draft(actor=request.actor, draft_id=goal_draft_id, said=do.Drafted(**data))
            )
            is not None
        ):
            return _saved(request, goal_draft_id)
    lacks = lacking(given, clock.day(clock.now()))
    context: dict[str, Any] = {
        "form": form,
        "draft": given,
        "lacks": [(str(form.fields[name].label), name, sentence) for name, sentence in lacks.items()],
        "collaboration_id": given.collaboration_id,
        "collaboration": given.collaboration.name,
    }
    return render(request, "followup/draft.html", context, status=422 if form.errors else 200)


@require_POST
@requires("collaboration.lead")
def dropping(request: Request, goal_draft_id: str) -> HttpResponse:
    """Drop a draft."""
    given = draft_for(request.actor, goal_draft_id)
    _try(request, lambda: do.drop_goal_draft(actor=request.actor, draft_id=goal_draft_id), _("The draft is dropped."))
    return redirect("followup", given.collaboration_id)


def _try(request: Request, call: Any, done: str) -> None:
    """One act from a button: a refusal is said on the page that one comes back to."""
    try:
        call()
    except Absent:
        raise
    except Denied as denied:
        messages.error(request, denied.reason)
    else:
        messages.success(request, done)


@require_http_methods(METHODS)
@requires("collaboration.lead")
def reviewing(request: Request, goal_id: str) -> HttpResponse:
    """Look at a goal again."""
    goal_for(request.actor, goal_id, "collaboration.lead")
    page = goal_page(request.actor, goal_id, clock.now())
    form = ReviewForm(typed(request))
    if form.is_valid():
        data = form.cleaned_data
        if attempt(form, lambda: do.review_goal(actor=request.actor, goal_id=page.goal.id, **data)) is not None:
            messages.success(request, _("What you came to is kept with the goal."))
            return redirect("goal", page.goal.id)
    texts, back = (_("Look at the goal again"), _pg("button", "Save")), reverse("goal", args=[page.goal.id])
    where = (page.collaboration_id, page.collaboration)
    return form_page(
        request, form, where, texts, back=back, kicker=page.goal.what, between=goal_trail(page.goal.id, page.goal.what)
    )


@require_http_methods(METHODS)
@requires("collaboration.lead")
def grounding(request: Request, goal_id: str) -> HttpResponse:
    """Say what a goal rests on."""
    goal_for(request.actor, goal_id, "collaboration.lead")
    page = goal_page(request.actor, goal_id, clock.now())
    labels = {
        "decision": _("Decisions"),
        "agreement": _("Agreements"),
        "matter": _("Matters"),
        "forum": _("Forums"),
    }
    there = possible_grounds(request.actor, page.collaboration_id, clock.now())
    form = GroundForm(typed(request), things=[(labels[kind], rows) for kind, rows in there.items() if rows])
    if form.is_valid():
        kind, _colon, thing = form.cleaned_data["thing"].partition(":")
        if attempt(form, lambda: do.ground_goal(actor=request.actor, goal_id=page.goal.id, kind=kind, thing_id=thing)):
            messages.success(request, _("The goal is tied to what it rests on."))
            return redirect("goal", page.goal.id)
    texts, back = (_("What the goal rests on"), _pg("button", "Save")), reverse("goal", args=[page.goal.id])
    where = (page.collaboration_id, page.collaboration)
    return form_page(
        request, form, where, texts, back=back, kicker=page.goal.what, between=goal_trail(page.goal.id, page.goal.what)
    )


@require_POST
@requires("collaboration.lead")
def ungrounding(request: Request, goal_id: str, ground_id: str) -> HttpResponse:
    """Say that a goal no longer rests on something."""
    goal_for(request.actor, goal_id, "collaboration.lead")
    _try(request, lambda: do.end_goal_ground(actor=request.actor, ground_id=ground_id), _("The tie is taken away."))
    return redirect("goal", goal_id)


@require_POST
@requires("figures.keep")
def comparing(request: Request, collaboration_id: str) -> HttpResponse:
    """Agree to be compared with the others who do, or take that back; the latter also after one has left."""
    own_figures_for(request.actor, collaboration_id)
    actor = request.actor
    if request.POST.get("word") == "withdraw":
        done = _("Your organisation's figures are no longer shown to the others.")
        _try(request, lambda: do.withdraw_comparing(actor=actor, collaboration_id=collaboration_id), done)
    else:
        done = _("Your organisation's figures are shown to those who have agreed to the same.")
        _try(request, lambda: do.agree_to_comparing(actor=actor, collaboration_id=collaboration_id), done)
    left = refusal_of(collaboration_for, actor, collaboration_id, "collaboration.read", clock.now())
    return redirect("home") if left else redirect("followup", collaboration_id)
