"""Goals: the page of them all, setting one, revising one, ending one."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samordna.core import clock
from samordna.core.errors import Denied
from samordna.core.refusals import refusal_of
from samordna.domain.adherence.queries import by_goal, own_work_in
from samordna.domain.collaborations.access import collaboration_for, contribution_for, goal_for
from samordna.domain.collaborations.operations import end_goal, revise_goal, set_goal
from samordna.domain.collaborations.queries.goals import goal_row, goals_page
from samordna.web.collaborations.forms import ReasonForm
from samordna.web.collaborations.goal_forms import GoalForm, OwnWorkForm, RevisedGoalForm, typed_before
from samordna.web.door import Request, requires
from samordna.web.forms import attempt, typed


@require_safe
@requires("collaboration.read")
def goals(request: Request, collaboration_id: str) -> HttpResponse:
    """All goals with their figures, what they were before, and whose own work helps them."""
    return goals_again(request, collaboration_id)


def goals_again(
    request: Request, collaboration_id: str, goal_id: str = "", typed_form: OwnWorkForm | None = None
) -> HttpResponse:
    """The page of the goals; with a form as it was typed for one of them."""
    at = clock.now()
    page = goals_page(request.actor, collaboration_id, at)
    works = by_goal(own_work_in(request.actor, collaboration_id, at))
    context = {
        "page": page,
        "leading": refusal_of(collaboration_for, request.actor, collaboration_id, "collaboration.lead", at),
        "telling": _telling(request, collaboration_id, at),
        "helped": [
            (goal, works.get(goal.id, []), typed_form if goal.id == goal_id and typed_form else OwnWorkForm(prefix=goal.id))
            for goal in page.goals
        ],
        "opened": goal_id,
    }
    return render(request, "collaborations/goals.html", context, status=422 if typed_form else 200)


def _telling(request: Request, collaboration_id: str, at: datetime) -> bool:
    """May the reader tell of its own organisation's work here?"""
    try:
        return contribution_for(request.actor, collaboration_id, at)[1] is not None
    except Denied:
        return False


@require_http_methods(["GET", "HEAD", "POST"])
@requires("collaboration.lead")
def setting(request: Request, collaboration_id: str) -> HttpResponse:
    """Set a goal."""
    given = collaboration_for(request.actor, collaboration_id, "collaboration.lead")
    form = GoalForm(typed(request))
    if form.is_valid():
        data = form.cleaned_data
        if attempt(form, lambda: set_goal(actor=request.actor, collaboration_id=given.pk, **data)) is not None:
            return _done(request, given.pk, _("The goal is set."))
    return _page(request, form, (given.pk, given.name), _("New goal"), _("Set the goal"))


@require_http_methods(["GET", "HEAD", "POST"])
@requires("collaboration.lead")
def revising(request: Request, goal_id: str) -> HttpResponse:
    """Replace a goal by one that is better, with a reason."""
    goal_for(request.actor, goal_id, "collaboration.lead")
    given, goal = goal_row(request.actor, goal_id, clock.now())
    form = RevisedGoalForm(typed(request), initial=typed_before(goal))
    if form.is_valid():
        data = form.cleaned_data
        if attempt(form, lambda: revise_goal(actor=request.actor, goal_id=goal_id, **data)) is not None:
            return _done(request, given.pk, _("The goal is revised. The old one is kept."))
    return _page(request, form, (given.pk, given.name), _("Revise the goal"), _("Save the revised goal"))


@require_http_methods(["GET", "HEAD", "POST"])
@requires("collaboration.lead")
def ending(request: Request, goal_id: str) -> HttpResponse:
    """Stop working for a goal."""
    given = goal_for(request.actor, goal_id, "collaboration.lead").collaboration
    form = ReasonForm(typed(request))
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, lambda: end_goal(actor=request.actor, goal_id=goal_id, reason=reason)) is not None:
            return _done(request, given.pk, _("The goal is ended. It is kept among those that were."))
    return _page(request, form, (given.pk, given.name), _("End the goal"), _("End the goal"))


def _page(request: Request, form: Form, about: tuple[str, str], title: str, submit: str) -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "submit": submit,
        "lead": _("A goal that cannot be measured is not saved: the form says what it lacks."),
        "collaboration_name": about[1],
        "back": reverse("goals", args=[about[0]]),
    }
    return render(request, "collaborations/form.html", context, status=422 if form.errors else 200)


def _done(request: Request, collaboration_id: str, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return redirect("goals", collaboration_id)
