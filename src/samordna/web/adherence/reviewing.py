"""Looking back at a decision: its page of review, themes for experiences, and the start of the next version."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samordna.core import clock
from samordna.domain.adherence import operations
from samordna.domain.adherence.access import experience_for
from samordna.domain.adherence.enums import ReviewOutcome
from samordna.domain.adherence.queries import FollowingPage, following_page, goals_for_review
from samordna.domain.collaborations.access import collaboration_for
from samordna.domain.decisions.access import decision_for, version_for
from samordna.web.adherence.forms import ReviewForm, RevisionForm
from samordna.web.door import Request, requires
from samordna.web.forms import attempt

LONGEST_LABEL = 140


@require_http_methods(["GET", "HEAD", "POST"])
@requires("decision.lead")
def review(request: Request, decision_id: str) -> HttpResponse:
    """Everything that a review rests on, and its outcome."""
    page = _page(request, decision_id)
    if page is None:
        return redirect("following", decision_id)
    form = ReviewForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        made = attempt(form, lambda: operations.review_decision(actor=request.actor, version_id=page.version_id, **said))
        if made is not None:
            messages.success(request, _("The review is kept with the decision."))
            onwards = made.outcome == ReviewOutcome.CHANGE
            return redirect("review_decision" if onwards else "following", decision_id)
    return _show(request, page, review_form=form, status=422 if form.errors else 200)


@require_POST
@requires("matter.lead")
def start_revision(request: Request, version_id: str) -> HttpResponse:
    """Open the matter of the next version."""
    version = version_for(request.actor, version_id, "decision.lead")
    page = _page(request, version.decision_id)
    if page is None:
        return redirect("decision", version.decision_id)
    form = _revision_form(page, request)
    if form.is_valid():
        said = {"because": form.cleaned_data["because"], "experience_ids": form.cleaned_data.get("experience_ids", [])}
        matter = attempt(form, lambda: operations.start_revision(actor=request.actor, version_id=version_id, **said))
        if matter is not None:
            messages.success(
                request, _("The next version begins as a draft. When it is sent out, everybody begins with its old answer.")
            )
            return redirect("matter", matter.pk)
    return _show(request, page, revision_form=form, status=422)


@require_POST
@requires("decision.lead")
def sort_experience(request: Request, experience_id: str) -> HttpResponse:
    """Put an experience under a theme."""
    experience = experience_for(request.actor, experience_id, "decision.lead")
    form, theme = forms.Form({}), request.POST.get("theme", "")
    form.is_valid()
    attempt(form, lambda: operations.sort_experience(actor=request.actor, experience_id=experience_id, theme=theme))
    for error in (*form.non_field_errors(),):
        messages.error(request, str(error))
    return redirect("review_decision", experience.version.decision_id)


def _page(request: Request, decision_id: str) -> FollowingPage | None:
    at = clock.now()
    return following_page(request.actor, decision_for(request.actor, decision_id, "decision.lead", at), at)


def _revision_form(page: FollowingPage, request: Request | None = None) -> RevisionForm:
    whole = _("the whole")
    told = [
        (one.id, _short(f"{one.organisation}, {group.aspect or whole}: {one.text}"))
        for group in page.learnt
        for one in group.told
    ]
    return RevisionForm(request.POST if request else None, told=told)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_LABEL else f"{text[: LONGEST_LABEL - 1]}…"


def _show(
    request: Request,
    page: FollowingPage,
    *,
    review_form: ReviewForm | None = None,
    revision_form: RevisionForm | None = None,
    status: int = 200,
) -> HttpResponse:
    at = clock.now()
    collaboration = collaboration_for(request.actor, page.collaboration_id, at=at)
    context = {
        "page": page,
        "goals": goals_for_review(request.actor, collaboration, at),
        "review_form": review_form or ReviewForm(),
        "revision_form": revision_form or _revision_form(page),
        "closed_refusal": "" if page.open else _("This version is no longer in force."),
        "section": "following",
    }
    return render(request, "adherence/review.html", context, status=status)
