"""Events: planned, described, invited to, and noted afterwards, by those who prepare the forum."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samordna.core import clock
from samordna.core.errors import Absent, Denied, Forbidden
from samordna.domain.events.access import event_for
from samordna.domain.events.operations import describe_event, invite_to_event, note_event, note_who_came, plan_event
from samordna.domain.events.queries.pages import event_page, invited_choices
from samordna.domain.forums.access import PREPARE, forum_for
from samordna.web.door import Request, requires
from samordna.web.events.forms import CameForm, DescriptionForm, EventForm, NotesForm
from samordna.web.events.pages import METHODS, form_page
from samordna.web.forms import attempt, typed


@require_http_methods(METHODS)
@requires("forum.prepare")
def planning(request: Request, forum_id: str) -> HttpResponse:
    """Plan an event in a forum."""
    actor, at = request.actor, clock.now()
    forum = forum_for(actor, forum_id, PREPARE, at)
    form = EventForm(typed(request), invited=invited_choices(actor, forum_id, at), initial={"place": forum.place})
    if form.is_valid():
        data = {name: value for name, value in form.cleaned_data.items() if name != "seen"}
        made = attempt(form, lambda: plan_event(actor=actor, forum_id=forum_id, **data))
        if made is not None:
            messages.success(request, _("The event is planned. Send the invitations when it is ready."))
            return redirect("event", made.pk)
    context: dict[str, Any] = {"form": form, "title": _("Plan an event"), "submit": _("Plan the event")}
    context |= {"forum_id": forum.pk, "forum_name": forum.name, "back": reverse("forum", args=[forum_id])}
    context |= {"kicker": forum.name, "lead": "", "page": None, "here": ""}
    return render(request, "events/form.html", context, status=422 if form.errors else 200)


@require_http_methods(METHODS)
@requires("forum.prepare")
def describing(request: Request, event_id: str) -> HttpResponse:
    """Say anew what it is for and who is invited."""
    actor, at = request.actor, clock.now()
    given = event_for(actor, event_id, PREPARE, at)
    page = event_page(actor, event_id, at)
    first: dict[str, Any] = {
        "kind": page.row.kind,
        "why": page.row.why,
        "for_whom": page.for_whom,
        "programme": page.programme,
    }
    first |= {"places": page.row.places, "answer_by": page.answer_by, "everybody": page.everybody}
    first |= {"seen": page.fingerprint}
    choices = invited_choices(actor, given.meeting.forum_id, at)
    form = DescriptionForm(typed(request), invited=choices, initial=first | {"invited": list(page.invited_ids)})
    if form.is_valid():
        data = form.cleaned_data
        if attempt(form, lambda: describe_event(actor=actor, event_id=event_id, **data)) is not None:
            messages.success(request, _("The event is saved."))
            return redirect("event", event_id)
    return form_page(request, page, form, _("Describe the event"), _("Save"))


@require_POST
@requires("forum.prepare")
def inviting(request: Request, event_id: str) -> HttpResponse:
    """Send the invitations."""
    try:
        invite_to_event(actor=request.actor, event_id=event_id)
    except Absent:
        raise
    except Denied as denied:
        messages.error(request, denied.reason)
    else:
        messages.success(request, _("The invitations are out."))
    return redirect("event", event_id)


@require_http_methods(METHODS)
@requires("forum.prepare")
def attendance(request: Request, event_id: str) -> HttpResponse:
    """Note who was there."""
    actor, at = request.actor, clock.now()
    event_for(actor, event_id, PREPARE, at)
    page = event_page(actor, event_id, at)
    if not page.begun:
        raise Forbidden(_("The event has not begun yet."))
    people = (*page.coming, *page.waiting, *page.declined)
    labels = [(one.id, f"{one.who}, {one.role}, {one.organisation}") for one in people]
    noted = any(one.was_there is not None for one in people)
    first = [one.id for one in people if (one.was_there if noted else one.has_place)]
    form = CameForm(typed(request), people=labels, initial={"came": first})
    if form.is_valid():
        data = form.cleaned_data
        if attempt(form, lambda: note_who_came(actor=actor, event_id=event_id, **data)) is not None:
            messages.success(request, _("Who was there is noted."))
            return redirect("event", event_id)
    return form_page(request, page, form, _("Who was there"), _("Save"))


@require_http_methods(METHODS)
@requires("forum.prepare")
def noting(request: Request, event_id: str) -> HttpResponse:
    """Keep what was said and seen."""
    actor, at = request.actor, clock.now()
    event_for(actor, event_id, PREPARE, at)
    page = event_page(actor, event_id, at)
    if not page.begun:
        raise Forbidden(_("The event has not begun yet."))
    form = NotesForm(typed(request), initial={"notes": page.notes, "seen": page.notes_fingerprint})
    if form.is_valid():
        data = form.cleaned_data
        if attempt(form, lambda: note_event(actor=actor, event_id=event_id, **data)) is not None:
            messages.success(request, _("The notes are saved."))
            return redirect("event", event_id)
    return form_page(request, page, form, _("Notes from the event"), _("Save"))
