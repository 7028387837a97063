"""What is to be done: noted in one line at the meeting, followed on a page of its own."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samordna.core import clock
from samordna.core.errors import Denied, Invalid
from samordna.domain.proceedings.access import NOTE, action_point_for, sitting_for
from samordna.domain.proceedings.operations import (
    change_action_point,
    drop_action_point,
    finish_action_point,
    note_action_point,
    reopen_action_point,
)
from samordna.domain.proceedings.plain import day_of, those_like
from samordna.domain.proceedings.queries.pages import owner_choices, owners_named
from samordna.domain.proceedings.queries.points import one_point, steps_of
from samordna.web.door import Request, requires
from samordna.web.forms import attempt, typed
from samordna.web.forums.meeting_forms import WhyForm
from samordna.web.proceedings.forms import ChangedPointForm, DonePointForm
from samordna.web.proceedings.frame import act

NAMED = 4
"""So many of the roles that could be meant are named."""


@require_POST
@requires("forum.note")
def noting(request: Request, meeting_id: str) -> HttpResponse:
    """What, who and when, in one line."""
    item_id = request.POST.get("item_id", "")[:12]
    where = f"gora-{item_id}" if item_id else "att-gora"

    def call() -> object:
        sitting_for(request.actor, meeting_id, NOTE)  # nobody else is told which roles there are
        owner = _owner(request, meeting_id)
        what, due = request.POST.get("what", "")[:1_000], _day(request.POST.get("due", "")[:20])
        return note_action_point(
            actor=request.actor, meeting_id=meeting_id, what=what, owner_role_id=owner, due_on=due, item_id=item_id
        )

    return act(request, meeting_id, where, call)


def _owner(request: Request, meeting_id: str) -> str:
    """The role that is meant: by its own name, or by that of whoever holds it and sits there."""
    now, given = clock.now(), request.POST.get("owner", "")[:200]
    roles, people = owner_choices(request.actor, meeting_id, now), owners_named(request.actor, meeting_id, now)
    found = those_like(given, (*roles, *people))
    if len(found) > 1:
        meant = dict(people) | dict(roles)
        listed = "; ".join(meant[key] for key in found[:NAMED])
        raise Invalid({"owner_role_id": _("Several fit: %(roles)s. Write more of the one you mean.") % {"roles": listed}})
    return found[0] if found else ""


def _day(given: str) -> date | None:
    try:
        return day_of(given, clock.day(clock.now()))
    except ValueError:
        raise Invalid({"due_on": _("Write the day as 12/3 or 2026-03-12.")}) from None


@require_safe
@requires("forum.read")
def point(request: Request, point_id: str) -> HttpResponse:
    """One thing to do: where it was said, who does it, what has become of it."""
    row = one_point(request.actor, point_id, clock.now())
    steps = steps_of(request.actor, point_id, clock.now())
    return render(request, "proceedings/point.html", {"row": row, "steps": steps})


@require_http_methods(["GET", "HEAD", "POST"])
@requires("forum.raise")
def finishing(request: Request, point_id: str) -> HttpResponse:
    """It is done."""
    action_point_for(request.actor, point_id, change=True)
    form = DonePointForm(typed(request))
    if form.is_valid():
        data = form.cleaned_data
        if attempt(form, lambda: finish_action_point(actor=request.actor, point_id=point_id, **data)) is not None:
            messages.success(request, _("It is done."))
            return redirect("action_point", point_id)
    return _form_page(request, form, point_id, _("It is done"), _("Done"))


@require_http_methods(["GET", "HEAD", "POST"])
@requires("forum.raise")
def dropping(request: Request, point_id: str) -> HttpResponse:
    """It is not to be done."""
    action_point_for(request.actor, point_id, change=True)
    form = WhyForm(typed(request))
    if form.is_valid():
        data = form.cleaned_data
        if attempt(form, lambda: drop_action_point(actor=request.actor, point_id=point_id, **data)) is not None:
            return redirect("action_point", point_id)
    return _form_page(request, form, point_id, _("It is not to be done"), _("Drop it"))


@require_http_methods(["GET", "HEAD", "POST"])
@requires("forum.raise")
def changing(request: Request, point_id: str) -> HttpResponse:
    """Hand it over, or give it another day."""
    given = action_point_for(request.actor, point_id, change=True)
    first = {"owner_role_id": given.owner_role_id, "due_on": given.due_on}
    roles = owner_choices(request.actor, given.meeting_id, clock.now())
    form = ChangedPointForm(typed(request), initial=first, roles=roles)
    if form.is_valid():
        data = form.cleaned_data
        if attempt(form, lambda: change_action_point(actor=request.actor, point_id=point_id, **data)) is not None:
            return redirect("action_point", point_id)
    return _form_page(request, form, point_id, _("Hand it over, or give it another day"), _("Save"))


@require_POST
@requires("forum.raise")
def reopening(request: Request, point_id: str) -> HttpResponse:
    """It was not done after all."""
    action_point_for(request.actor, point_id, change=True)
    try:
        reopen_action_point(actor=request.actor, point_id=point_id)
    except Denied as denied:
        messages.error(request, denied.reason)
    return redirect("action_point", point_id)


def _form_page(request: Request, form: Form, point_id: str, title: str, submit: str) -> HttpResponse:
    row = one_point(request.actor, point_id, clock.now())
    context = {"form": form, "title": title, "submit": submit, "row": row}
    return render(request, "proceedings/point_form.html", context, status=422 if form.errors else 200)
