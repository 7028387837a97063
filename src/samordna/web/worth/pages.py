"""What a forum's meetings cost, whether they were worth it, and what was changed because of that."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samordna.core import clock
from samordna.core.errors import Forbidden
from samordna.domain.worth.enums import Decided, Worth
from samordna.domain.worth.limits import TOGETHER
from samordna.domain.worth.operations import check_meeting, tell_what_changed
from samordna.domain.worth.queries.checks import check_page, worth_page
from samordna.domain.worth.queries.costs import forum_cost
from samordna.domain.worth.rules import Group
from samordna.web.door import Request, requires
from samordna.web.forms import attempt, typed
from samordna.web.worth.forms import ChangedForm, CheckForm

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
@requires("forum.read")
def forum_worth(request: Request, forum_id: str) -> HttpResponse:
    """The forum's cost and trend, and a form where those who prepare it say what they changed."""
    actor, at = request.actor, clock.now()
    page, form = worth_page(actor, forum_id, at), ChangedForm(typed(request))
    if form.is_valid():
        data = form.cleaned_data
        if attempt(form, lambda: tell_what_changed(actor=actor, forum_id=forum_id, **data)) is not None:
            messages.success(request, _("Told. Those who have answered get a notice."))
            return redirect("forum_worth", forum_id)
    context = {"page": page, "form": form, "cost": forum_cost(actor, forum_id, at), "together": TOGETHER}
    context["groups"] = [(group, _labelled(group)) for group in page.groups]
    return render(request, "worth/forum.html", context, status=422 if form.errors else 200)


def _labelled(group: Group) -> dict[str, list[tuple[str, int]]]:
    return {
        "worth": [(str(one.label), group.worth.get(one.value, 0)) for one in Worth],
        "decided": [(str(one.label), group.decided.get(one.value, 0)) for one in Decided],
    }


@require_http_methods(METHODS)
@requires("forum.raise")
def check(request: Request, meeting_id: str) -> HttpResponse:
    """A minute after a meeting: three taps and a line."""
    page = check_page(request.actor, meeting_id, clock.now())
    if page.refused:
        raise Forbidden(page.refused)
    form = CheckForm(typed(request), initial={name: getattr(page, name) for name in ("worth", "decided", "change")})
    if form.is_valid():
        data = form.cleaned_data
        if attempt(form, lambda: check_meeting(actor=request.actor, meeting_id=meeting_id, **data)) is not None:
            messages.success(request, _("Thank you. You are told when something is changed."))
            return redirect("meeting", meeting_id)
    context = {"page": page, "form": form, "together": TOGETHER}
    return render(request, "worth/check.html", context, status=422 if form.errors else 200)
