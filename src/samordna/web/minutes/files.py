"""The meeting pack and the minutes as files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Absent, Denied
from samordna.domain.forums.access import meeting_for
from samordna.domain.forums.queries.meetings import meeting_row
from samordna.domain.minutes.operations import prepare_pack
from samordna.domain.minutes.queries.documents import minutes_pdf, minutes_word
from samordna.domain.minutes.queries.pack import NotPackedYet, pack_pdf, pack_state
from samordna.web.agreements.pages import DOCX, named_file
from samordna.web.door import Request, requires
from samordna.web.minutes.frame import about, pressed

Make = Callable[[Actor, str, datetime], tuple[str, bytes]]


@require_safe
@requires("forum.read")
def pack(request: Request, meeting_id: str) -> HttpResponse:
    """Everything one reads before the meeting, in one PDF; a long one that has not been put together is asked for first."""
    try:
        return _file(request, meeting_id, pack_pdf, "application/pdf")
    except NotPackedYet:
        return redirect("pack_waiting", meeting_id)


@require_safe
@requires("forum.read")
def pack_waiting(request: Request, meeting_id: str) -> HttpResponse:
    """How far a long pack has come; the page looks again by itself until it is there."""
    state = pack_state(request.actor, meeting_id, clock.now())
    row = meeting_row(meeting_for(request.actor, meeting_id))
    context = about(row) | {"state": state, "meeting": row, "again": reverse("pack_waiting", args=[meeting_id])}
    return render(request, "minutes/pack.html", context)


@require_POST
@requires("forum.attend")
def pack_asked(request: Request, meeting_id: str) -> HttpResponse:
    """Have a long pack put together."""
    told = _("The papers are being put together. You can go on with something else.")
    return pressed(
        request, meeting_id, lambda: prepare_pack(actor=request.actor, meeting_id=meeting_id), told, "pack_waiting"
    )


@require_safe
@requires("forum.read")
def pdf(request: Request, meeting_id: str) -> HttpResponse:
    """The minutes as PDF: locked ones with their correction notes, or (`?som=last`) the very bytes that were locked."""
    make = partial(minutes_pdf, as_locked=request.GET.get("som") == "last")
    return _file(request, meeting_id, make, "application/pdf")


@require_safe
@requires("forum.read")
def word(request: Request, meeting_id: str) -> HttpResponse:
    """The minutes as a Word document."""
    return _file(request, meeting_id, minutes_word, DOCX)


def _file(request: Request, meeting_id: str, make: Make, kind: str) -> HttpResponse:
    try:
        name, content = make(request.actor, meeting_id, clock.now())
    except (Absent, NotPackedYet):
        raise
    except Denied as denied:
        row = meeting_row(meeting_for(request.actor, meeting_id))
        back = reverse("meeting", args=[meeting_id])
        context = about(row) | {"reason": denied.reason, "back": back}
        return render(request, "minutes/unprintable.html", context, status=409)
    disposition = "attachment" if kind == DOCX else "inline"
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": named_file(disposition, name)})
