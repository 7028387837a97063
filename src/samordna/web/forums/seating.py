"""Who sits in a forum, and the days on which one sits together."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samordna.core import clock
from samordna.core.errors import Absent, Denied
from samordna.domain.forums.access import LEAD, PREPARE
from samordna.domain.forums.operations import add_joint_day, end_joint_day, seat_roles, unseat_role
from samordna.domain.forums.queries.pages import role_choices
from samordna.web.door import Request, requires
from samordna.web.forms import attempt, typed
from samordna.web.forums.forms import JointDayForm, SeatForm
from samordna.web.forums.frame import done, fetched, form_page


@require_http_methods(["GET", "HEAD", "POST"])
@requires("forum.lead")
def seating(request: Request, forum_id: str) -> HttpResponse:
    """Give roles seats."""
    page = fetched(request, forum_id, LEAD)
    taken = {seat.role_id for seat in page.seats}
    roles = [row for row in role_choices(request.actor, forum_id, clock.now()) if row[0] not in taken]
    form = SeatForm(typed(request), roles=roles)
    if form.is_valid():
        data = form.cleaned_data
        if attempt(form, lambda: seat_roles(actor=request.actor, forum_id=forum_id, **data)) is not None:
            return done(request, forum_id, _("The roles sit in the forum."))
    lead = _("A role sits there, whoever holds it. Its deputy comes in its place by itself.")
    return form_page(request, form, page, _("Who sits there"), _("Give them seats"), lead)


@require_POST
@requires("forum.lead")
def unseating(request: Request, seat_id: str) -> HttpResponse:
    """Let a role leave its seat."""
    return _back(request, lambda: unseat_role(actor=request.actor, seat_id=seat_id).forum_id)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("forum.prepare")
def joint_day(request: Request, forum_id: str) -> HttpResponse:
    """Say on which day one sits together."""
    page, form = fetched(request, forum_id, PREPARE), JointDayForm(typed(request))
    if form.is_valid():
        data = form.cleaned_data
        if attempt(form, lambda: add_joint_day(actor=request.actor, forum_id=forum_id, **data)) is not None:
            return done(request, forum_id, _("The joint day is added."))
    lead = _("A day on which one sits in the same place, so that it is easy to ask across the table.")
    return form_page(request, form, page, _("Joint day"), _("Add the day"), lead)


@require_POST
@requires("forum.prepare")
def day_ending(request: Request, day_id: str) -> HttpResponse:
    """Stop sitting together on that day."""
    return _back(request, lambda: end_joint_day(actor=request.actor, day_id=day_id).forum_id)


def _back(request: Request, act: Callable[[], str]) -> HttpResponse:
    """To the forum; or, when it is refused, to the list with the reason."""
    try:
        return redirect("forum", act())
    except Absent:
        raise
    except Denied as denied:
        messages.error(request, denied.reason)
    return redirect("forums")
