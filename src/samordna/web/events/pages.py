"""Events: read, answered, and told what they led to."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samordna.core import clock
from samordna.core.errors import Forbidden
from samordna.domain.events.operations import answer_event, tell_what_event_led_to
from samordna.domain.events.queries.pages import EventPage, event_page, events_page, led_to_choices
from samordna.web.door import Request, requires
from samordna.web.events.forms import AnswerForm, LedToForm
from samordna.web.forms import attempt, typed
from samordna.web.minutes.frame import wanted_number

METHODS = ["GET", "HEAD", "POST"]


@require_safe
@requires("organisation.read")
def events(request: Request) -> HttpResponse:
    """The events of the forums that the actor may read, or of one (`?forum=`)."""
    forum = request.GET.get("forum", "")[:12]
    page = events_page(request.actor, clock.now(), forum, wanted_number(request.GET.get("sida", ""), 1))
    kept = f"{urlencode({'forum': forum})}&" if forum else ""
    return render(request, "events/list.html", {"page": page, "kept": kept})


@require_safe
@requires("forum.read")
def event(request: Request, event_id: str) -> HttpResponse:
    """One event: what it is for, when, who comes, what was noted and what it led to."""
    page = event_page(request.actor, event_id, clock.now())
    return render(request, "events/event.html", {"page": page, "form": _answer_form(page, None)})


@require_http_methods(METHODS)
@requires("forum.raise")
def answering(request: Request, event_id: str) -> HttpResponse:
    """Say whether one comes."""
    page = event_page(request.actor, event_id, clock.now())
    if page.refused:
        raise Forbidden(page.refused)
    form = _answer_form(page, typed(request))
    if form.is_valid():
        data = form.cleaned_data
        made = attempt(form, lambda: answer_event(actor=request.actor, event_id=event_id, **data))
        if made is not None:
            messages.success(request, _("Thank you for your answer. You can change it until the last day."))
            return redirect("event", event_id)
    return form_page(request, page, form, _("Are you coming?"), _("Answer"))


def _answer_form(page: EventPage, data: Any) -> AnswerForm:
    own = page.own
    return AnswerForm(data, initial={"answer": own.answer, "note": own.note} if own else {})


@require_http_methods(METHODS)
@requires("forum.raise")
def leading_to(request: Request, event_id: str) -> HttpResponse:
    """Tell what it led to."""
    actor, at = request.actor, clock.now()
    page = event_page(actor, event_id, at)
    if page.telling or not page.begun:
        raise Forbidden(page.telling or _("The event has not begun yet."))
    form = LedToForm(typed(request), things=led_to_choices(actor, event_id, at))
    if form.is_valid():
        kind, _colon, thing = form.cleaned_data["thing"].partition(":")
        given = {"kind": kind, "thing_id": thing, "how": form.cleaned_data["how"]}
        if attempt(form, lambda: tell_what_event_led_to(actor=actor, event_id=event_id, **given)) is not None:
            messages.success(request, _("Told. It is seen on the event's page."))
            return redirect("event", event_id)
    lead = _("Choose what came of it. If it is not there yet, raise an item first.")
    return form_page(request, page, form, _("What it led to"), _("Tell it"), lead)


def form_page(request: Request, page: EventPage, form: Form, title: str, submit: str, lead: str = "") -> HttpResponse:
    """One form about an event; 422 when something has to be corrected."""
    context: dict[str, Any] = {"page": page, "form": form, "title": title, "submit": submit, "lead": lead}
    context["kicker"] = page.row.meeting.name
    context["back"] = reverse("event", args=[page.id])
    return render(request, "events/form.html", context, status=422 if form.errors else 200)
