"""Minutes on their way: begun, written, sent out, opened again, locked, corrected."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samordna.core import clock
from samordna.domain.minutes.access import minutes_to_write_for
from samordna.domain.minutes.operations import (
    draft_minutes,
    gather_minutes_again,
    lock_minutes,
    note_correction,
    reopen_minutes,
    send_minutes_out,
    write_minutes,
)
from samordna.domain.minutes.queries.pages import MinutesPage, minutes_page, standing_of
from samordna.web.door import Request, requires
from samordna.web.forms import attempt, typed
from samordna.web.minutes.forms import CorrectionForm, ReasonForm, SendingForm, WritingForm
from samordna.web.minutes.frame import form_page, pressed

ADJUST_WITHIN = timedelta(days=10)  # what is proposed; whoever sends out writes another day


@require_POST
@requires("forum.note")
def drafting(request: Request, meeting_id: str) -> HttpResponse:
    """Make a draft of what was noted."""
    at = clock.now()
    back = "meeting" if not standing_of(request.actor, meeting_id, at).may_begin else "minutes"
    told = _("Here is a draft of what was noted. Read it through, change what needs it, and send it out for adjustment.")
    return pressed(request, meeting_id, lambda: draft_minutes(actor=request.actor, meeting_id=meeting_id), told, back)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("forum.note")
def writing(request: Request, meeting_id: str) -> HttpResponse:
    """Write what they say of each item."""
    page = _fetched(request, meeting_id)
    form = WritingForm(typed(request), items=page.items, initial={"seen": page.fingerprint})
    if form.is_valid():
        given = {"texts": form.texts, "seen": form.cleaned_data["seen"]}
        if attempt(form, lambda: write_minutes(actor=request.actor, meeting_id=meeting_id, **given)) is not None:
            messages.success(request, _("The minutes are saved."))
            return redirect("minutes", meeting_id)
    lead = ""
    if page.state == "out":
        lead = _("The minutes are out for adjustment: what you save is a new version, and those who adjust answer it anew.")
    return form_page(request, form, page.meeting, _("Write the minutes"), _("Save"), lead)


@require_POST
@requires("forum.note")
def gathering(request: Request, meeting_id: str) -> HttpResponse:
    """Take in what has been noted since."""
    told = _("What was noted since is in the minutes now. What you have written stays.")
    return pressed(request, meeting_id, lambda: gather_minutes_again(actor=request.actor, meeting_id=meeting_id), told)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("forum.note")
def sending_out(request: Request, meeting_id: str) -> HttpResponse:
    """Choose who adjusts, and by when."""
    page = _fetched(request, meeting_id)
    first = {"role_ids": page.asked, "adjust_by": page.adjust_by or clock.day(clock.now()) + ADJUST_WITHIN}
    form = SendingForm(typed(request), roles=page.choices, initial=first)
    if form.is_valid():
        data = form.cleaned_data
        if attempt(form, lambda: send_minutes_out(actor=request.actor, meeting_id=meeting_id, **data)) is not None:
            messages.success(request, _("The minutes are out for adjustment."))
            return redirect("minutes", meeting_id)
    lead = _("From now on everybody who reads the forum reads the minutes, marked as not adjusted.")
    return form_page(request, form, page.meeting, _("Send out for adjustment"), _("Send out"), lead)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("forum.note")
def reopening(request: Request, meeting_id: str) -> HttpResponse:
    """Open adjusted minutes again, and say why."""
    page, form = _fetched(request, meeting_id), ReasonForm(typed(request))
    if form.is_valid():
        data = form.cleaned_data
        if attempt(form, lambda: reopen_minutes(actor=request.actor, meeting_id=meeting_id, **data)) is not None:
            messages.success(request, _("The minutes are open again."))
            return redirect("minutes", meeting_id)
    lead = _("Those who adjust are asked again: what they said was of the version before.")
    return form_page(request, form, page.meeting, _("Open the minutes again"), _("Open them"), lead)


@require_POST
@requires("forum.note")
def locking(request: Request, meeting_id: str) -> HttpResponse:
    """Lock them."""
    told = _("The minutes are locked.")
    return pressed(request, meeting_id, lambda: lock_minutes(actor=request.actor, meeting_id=meeting_id), told)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("forum.note")
def correcting(request: Request, meeting_id: str) -> HttpResponse:
    """Say what turned out to be wrong."""
    page, form = _fetched(request, meeting_id), CorrectionForm(typed(request))
    if form.is_valid():
        data = form.cleaned_data
        if attempt(form, lambda: note_correction(actor=request.actor, meeting_id=meeting_id, **data)) is not None:
            messages.success(request, _("The correction note stands beside the minutes."))
            return redirect("minutes", meeting_id)
    lead = _("The locked text stays as it is. The note is numbered and dated, and says which role wrote it.")
    return form_page(request, form, page.meeting, _("Write a correction note"), _("Write it"), lead)


def _fetched(request: Request, meeting_id: str) -> MinutesPage:
    minutes_to_write_for(request.actor, meeting_id)
    return minutes_page(request.actor, meeting_id, clock.now())
