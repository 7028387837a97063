"""Answers to a call: one's own with a button, another's that has told those who prepare, and a calendar's file."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samordna.core import clock
from samordna.core.errors import Absent, Denied
from samordna.domain.forums.access import ATTEND, PREPARE, meeting_for
from samordna.domain.forums.operations import answer_call, take_calendar_answer
from samordna.domain.forums.queries.coming import coming_to
from samordna.web.door import Request, requires
from samordna.web.forms import attempt, typed
from samordna.web.forums.calling_forms import CalendarAnswerForm, OthersAnswerForm


@require_http_methods(["POST"])
@requires("forum.attend")
def answering(request: Request, meeting_id: str) -> HttpResponse:
    """Does one's own role come?"""
    meeting_for(request.actor, meeting_id, ATTEND)
    says, instead = request.POST.get("says", "")[:8], request.POST.get("instead_id", "")[:12]
    try:
        answer_call(actor=request.actor, meeting_id=meeting_id, says=says, instead_id=instead)
    except Absent:
        raise
    except Denied as denied:
        messages.error(request, denied.reason)
    else:
        messages.success(request, _("Your answer is kept. You can change it until the meeting."))
    return redirect(reverse("meeting", args=[meeting_id]) + "#kallade")


@require_http_methods(["GET", "HEAD", "POST"])
@requires("forum.prepare")
def others_answer(request: Request, meeting_id: str) -> HttpResponse:
    """What somebody who is called has told those who prepare, by telephone or otherwise."""
    meeting = meeting_for(request.actor, meeting_id, PREPARE)
    called = coming_to(request.actor, meeting_id, clock.now()).rows
    roles = [(row.seat.role_id, f"{row.seat.organisation}: {row.seat.role}") for row in called]
    form = OthersAnswerForm(typed(request), roles=roles)
    if form.is_valid():
        data = form.cleaned_data
        if attempt(form, lambda: answer_call(actor=request.actor, meeting_id=meeting_id, **data)) is not None:
            messages.success(request, _("The answer is kept."))
            return redirect("meeting", meeting_id)
    about = {"forum_id": meeting.forum_id, "forum_name": meeting.forum.name, "back": reverse("meeting", args=[meeting_id])}
    shown = {"form": form, "title": _("Write in an answer"), "submit": _("Keep the answer"), "kind": "primary"}
    lead = _("For those who have told you otherwise than here. Who is to come instead, they say themselves on this page.")
    context = about | shown | {"lead": lead}
    return render(request, "forums/meeting_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("forum.prepare")
def calendar_answer(request: Request, meeting_id: str) -> HttpResponse:
    """What a calendar sent back, as a file or as text."""
    meeting = meeting_for(request.actor, meeting_id, PREPARE)
    form = CalendarAnswerForm(typed(request), request.FILES or None)
    if form.is_valid():
        data = form.cleaned_data
        if attempt(form, lambda: take_calendar_answer(actor=request.actor, meeting_id=meeting_id, **data)) is not None:
            messages.success(request, _("The calendar's answer is kept."))
            return redirect("meeting", meeting_id)
    about = {"forum_id": meeting.forum_id, "forum_name": meeting.forum.name, "back": reverse("meeting", args=[meeting_id])}
    shown = {"form": form, "title": _("Take in a calendar's answer"), "submit": _("Take it in"), "kind": "primary"}
    lead = _("Samordna receives no mail. If an answer from a calendar has come to your mailbox, take it in here.")
    context = about | shown | {"lead": lead}
    return render(request, "forums/meeting_form.html", context, status=422 if form.errors else 200)
