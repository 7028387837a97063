"""Meetings: planned, read, changed, called, held, cancelled."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samordna.core import clock
from samordna.core.errors import Absent, Denied
from samordna.core.refusals import refusal_of
from samordna.domain.forums.access import PREPARE, forum_for, meeting_for
from samordna.domain.forums.operations import call_meeting, cancel_meeting, change_meeting, hold_meeting, plan_meeting
from samordna.domain.forums.queries.coming import coming_to
from samordna.domain.forums.queries.meetings import meeting_page, meeting_row
from samordna.domain.minutes.queries.last_time import last_time
from samordna.domain.minutes.queries.pages import standing_of
from samordna.domain.proceedings.queries.pages import goes_on
from samordna.domain.scheduling.queries.series import part_of
from samordna.domain.worth.queries.checks import check_page
from samordna.web.door import Request, requires
from samordna.web.forms import attempt, typed
from samordna.web.forums.meeting_forms import ChangedMeetingForm, MeetingForm, WhyForm


@require_safe
@requires("forum.read")
def meeting(request: Request, meeting_id: str) -> HttpResponse:
    """One meeting: when, where, the agenda, who sits there, what is late."""
    actor, at = request.actor, clock.now()
    page = meeting_page(actor, meeting_id, at)
    preparing = refusal_of(forum_for, actor, page.row.forum_id, PREPARE, at)
    more = {"coming": coming_to(actor, meeting_id, at, page.seats), "check": check_page(actor, meeting_id, at)}
    more |= {"written": standing_of(actor, meeting_id, at), "last": last_time(actor, meeting_id, at)}
    more |= {"series": part_of(actor, meeting_id, at), "goes_on": goes_on(actor, meeting_id, at)}
    more["has_come"] = clock.day(page.row.starts_at) <= clock.day(at)  # nothing is said to be taken up before the day
    return render(request, "forums/meeting.html", {"page": page, "preparing": preparing} | more)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("forum.prepare")
def planning(request: Request, forum_id: str) -> HttpResponse:
    """Plan a meeting."""
    given = forum_for(request.actor, forum_id, PREPARE)
    form = MeetingForm(typed(request), initial={"place": given.place})
    if form.is_valid():
        data = form.cleaned_data
        made = attempt(form, lambda: plan_meeting(actor=request.actor, forum_id=forum_id, **data))
        if made is not None:
            messages.success(request, _("The meeting is planned. Put items on its agenda, and call when it is ready."))
            return redirect("meeting", made.pk)
    shown = {"forum_id": forum_id, "forum_name": given.name, "back": reverse("forum", args=[forum_id])}
    return _form_page(request, form, shown, _("Plan a meeting"), _("Plan it"))


@require_http_methods(["GET", "HEAD", "POST"])
@requires("forum.prepare")
def changing(request: Request, meeting_id: str) -> HttpResponse:
    """Say anew when and where."""
    row = meeting_row(meeting_for(request.actor, meeting_id, PREPARE))
    form = ChangedMeetingForm(typed(request), initial=row.words | {"seen": row.fingerprint})
    if form.is_valid():
        data = form.cleaned_data
        if attempt(form, lambda: change_meeting(actor=request.actor, meeting_id=meeting_id, **data)) is not None:
            messages.success(request, _("The meeting is changed."))
            return redirect("meeting", meeting_id)
    return _form_page(request, form, _about(row.forum_id, row.forum, row.id), _("Change the meeting"), _("Save"))


@require_POST
@requires("forum.prepare")
def calling(request: Request, meeting_id: str) -> HttpResponse:
    """Call to the meeting."""
    told = _("The call is sent to those who sit in the forum.")
    return _act(request, meeting_id, lambda: call_meeting(actor=request.actor, meeting_id=meeting_id), told)


@require_POST
@requires("forum.prepare")
def holding(request: Request, meeting_id: str) -> HttpResponse:
    """It has been held."""
    return _act(request, meeting_id, lambda: hold_meeting(actor=request.actor, meeting_id=meeting_id))


@require_http_methods(["GET", "HEAD", "POST"])
@requires("forum.prepare")
def cancelling(request: Request, meeting_id: str) -> HttpResponse:
    """Cancel a meeting, and say why."""
    row, form = meeting_row(meeting_for(request.actor, meeting_id, PREPARE)), WhyForm(typed(request))
    if form.is_valid():
        data = form.cleaned_data
        if attempt(form, lambda: cancel_meeting(actor=request.actor, meeting_id=meeting_id, **data)) is not None:
            messages.success(request, _("The meeting is cancelled. Its items are in the backlog."))
            return redirect("meeting", meeting_id)
    about = _about(row.forum_id, row.forum, row.id)
    return _form_page(request, form, about, _("Cancel the meeting"), _("Cancel it"), kind="danger")


def _about(forum_id: str, forum: str, meeting_id: str) -> dict[str, str]:
    return {"forum_id": forum_id, "forum_name": forum, "back": reverse("meeting", args=[meeting_id])}


def _form_page(
    request: Request, form: Form, about: dict[str, str], title: str, submit: str, kind: str = "primary"
) -> HttpResponse:
    context = about | {"form": form, "title": title, "submit": submit, "kind": kind, "lead": ""}
    return render(request, "forums/meeting_form.html", context, status=422 if form.errors else 200)


def _act(request: Request, meeting_id: str, act: Callable[[], object], told: str = "") -> HttpResponse:
    try:
        act()
    except Absent:
        raise
    except Denied as denied:
        messages.error(request, denied.reason)
    else:
        if told:
            messages.success(request, told)
    return redirect("meeting", meeting_id)
