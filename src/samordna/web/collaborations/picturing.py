"""The shared picture: how everybody sees purpose and picture, telling one's own view, adding and taking away points."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samordna.core import clock
from samordna.core.refusals import refusal_of
from samordna.domain.collaborations.access import check_may_remove, contribution_for
from samordna.domain.collaborations.operations import add_point, remove_point, tell_view
from samordna.domain.collaborations.queries.picture import own_needs, picture_page
from samordna.web.collaborations.forms import ReasonForm
from samordna.web.collaborations.view_form import PointForm, ViewForm
from samordna.web.door import Request, requires
from samordna.web.forms import attempt, typed

NAMED = 12  # of each group, before one asks for all of them


@require_safe
@requires("collaboration.read")
def picture(request: Request, collaboration_id: str) -> HttpResponse:
    """How everybody sees the purpose and the shared picture, and what each one needs."""
    at = clock.now()
    page = picture_page(request.actor, collaboration_id, at)
    telling = refusal_of(contribution_for, request.actor, collaboration_id, at)
    context = {"page": page, "telling": telling, "whole": request.GET.get("visa", ""), "few": f":{NAMED}"}
    return render(request, "collaborations/picture.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("collaboration.contribute")
def view(request: Request, collaboration_id: str) -> HttpResponse:
    """Tell one's own view: purpose, picture and needs in one go."""
    given, organisation_id = contribution_for(request.actor, collaboration_id)
    page = picture_page(request.actor, collaboration_id, clock.now())
    needs = None if organisation_id is None else own_needs(given, organisation_id)
    own = page.own
    form = ViewForm(typed(request), points=page.points, needs=needs, initial={"own_words": own.own_words if own else ""})
    if form.is_valid():
        said = {"own_words": form.cleaned_data["own_words"], "marks": form.marks(), "needs": form.needs()}
        if attempt(form, lambda: tell_view(actor=request.actor, collaboration_id=given.pk, **said)) is not None:
            messages.success(request, _("Your view is recorded. The others see it beside theirs."))
            return redirect("picture", given.pk)
    context = {"form": form, "page": page, "coordination": organisation_id is None}
    return render(request, "collaborations/view.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("collaboration.contribute")
def point_adding(request: Request, collaboration_id: str) -> HttpResponse:
    """Add a point."""
    given, _organisation = contribution_for(request.actor, collaboration_id)
    form = PointForm(typed(request))
    if form.is_valid():
        data = form.cleaned_data
        if attempt(form, lambda: add_point(actor=request.actor, collaboration_id=given.pk, **data)) is not None:
            messages.success(request, _("The point is added. Everybody is asked how they see it."))
            return redirect("picture", given.pk)
    return _page(request, form, (given.pk, given.name), _("New point"), _("Add the point"))


@require_http_methods(["GET", "HEAD", "POST"])
@requires("collaboration.contribute")
def point_removing(request: Request, point_id: str) -> HttpResponse:
    """Take a point away."""
    given = check_may_remove(request.actor, point_id).collaboration
    form = ReasonForm(typed(request))
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, lambda: remove_point(actor=request.actor, point_id=point_id, reason=reason)) is not None:
            messages.success(request, _("The point is taken away. It is kept among those that were."))
            return redirect("picture", given.pk)
    return _page(request, form, (given.pk, given.name), _("Take the point away"), _("Take the point away"))


def _page(request: Request, form: ReasonForm | PointForm, about: tuple[str, str], title: str, submit: str) -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "submit": submit,
        "lead": "",
        "collaboration_name": about[1],
        "back": reverse("picture", args=[about[0]]),
    }
    return render(request, "collaborations/form.html", context, status=422 if form.errors else 200)
