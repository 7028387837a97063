"""A meeting as it goes on: opened, attended, written of item by item, ended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse, JsonResponse
from django.utils.formats import time_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samordna.core.errors import Absent, Denied
from samordna.domain.proceedings.operations import (
    begin_item,
    end_attendance,
    end_meeting,
    finish_item,
    note_attendance,
    note_those_who_come,
    open_meeting,
    settle_note,
    strike_attendance,
    write_note,
)
from samordna.web.door import Request, requires
from samordna.web.proceedings.frame import act, shown, status_of

if TYPE_CHECKING:
    from samordna.domain.proceedings.models import Note


@require_safe
@requires("forum.read")
def running(request: Request, meeting_id: str) -> HttpResponse:
    """The page of whoever keeps the notes; those who sit there read along and cast their voices."""
    return shown(request, meeting_id)


@require_POST
@requires("forum.note")
def opening(request: Request, meeting_id: str) -> HttpResponse:
    """Open it."""
    return act(request, meeting_id, "narvaro", lambda: open_meeting(actor=request.actor, meeting_id=meeting_id))


@require_POST
@requires("forum.note")
def ending(request: Request, meeting_id: str) -> HttpResponse:
    """End it."""
    told = _("The meeting has been held. Its notes can be written until it is minuted.")
    return act(request, meeting_id, "main", lambda: end_meeting(actor=request.actor, meeting_id=meeting_id), told)


@require_POST
@requires("forum.note")
def attending(request: Request, meeting_id: str) -> HttpResponse:
    """Somebody is there, or a seat is absent."""
    given: dict[str, Any] = {name: request.POST.get(name, "")[:200] for name in ("seat_id", "holding_id", "name")}
    presence = request.POST.get("presence", "present")[:10]
    where = f"plats-{given['seat_id']}" if given["seat_id"] else "gast"

    def call() -> object:
        return note_attendance(actor=request.actor, meeting_id=meeting_id, presence=presence, **given)

    return act(request, meeting_id, where, call)


@require_POST
@requires("forum.note")
def attending_answered(request: Request, meeting_id: str) -> HttpResponse:
    """All who have answered the call, or all who sit there."""
    everybody = "everybody" in request.POST

    def call() -> object:
        return note_those_who_come(actor=request.actor, meeting_id=meeting_id, everybody=everybody)

    return act(request, meeting_id, "narvaro", call)


@require_POST
@requires("forum.note")
def leaving(request: Request, meeting_id: str, attendance_id: str) -> HttpResponse:
    """Somebody leaves."""
    return act(request, meeting_id, "narvaro", lambda: end_attendance(actor=request.actor, attendance_id=attendance_id))


@require_POST
@requires("forum.note")
def striking(request: Request, meeting_id: str) -> HttpResponse:
    """It was noted by mistake."""
    given: dict[str, Any] = {
        "attendance_id": request.POST.get("attendance_id", "")[:12],
        "reason": request.POST.get("reason", "")[:1000],
    }
    told = _("It is struck, and kept with the reason. Where the minutes are being written, take in what was noted again.")
    return act(request, meeting_id, "struket", lambda: strike_attendance(actor=request.actor, **given), told)


@require_POST
@requires("forum.note")
def beginning(request: Request, meeting_id: str, item_id: str) -> HttpResponse:
    """Take up an item."""
    return act(request, meeting_id, f"punkt-{item_id}", lambda: begin_item(actor=request.actor, item_id=item_id))


@require_POST
@requires("forum.note")
def finishing(request: Request, meeting_id: str, item_id: str) -> HttpResponse:
    """It has been taken up; on to the next."""
    next_id = request.POST.get("next_id", "")[:12]
    where = f"punkt-{next_id or item_id}"
    return act(request, meeting_id, where, lambda: finish_item(actor=request.actor, item_id=item_id, next_id=next_id))


@require_POST
@requires("forum.note")
def writing(request: Request, meeting_id: str, item_id: str) -> HttpResponse:
    """Write what an item came to. A script that saves as one writes is answered in JSON."""
    base = request.POST.get("base", "")
    given: dict[str, Any] = {name: request.POST.get(name, "") for name in ("text", "desk", "settles")}
    given |= {"desk": given["desk"][:24], "settles": given["settles"][:12]}
    number = int(base) if base.isascii() and base.isdigit() and len(base) < 10 else 0

    def saved() -> Note:
        return write_note(actor=request.actor, item_id=item_id, base=number, **given)

    if "application/json" not in request.headers.get("Accept", ""):
        return act(request, meeting_id, f"anteckning-{item_id}", saved, _("The notes are saved."))
    try:
        note = saved()
    except Absent:
        raise
    except Denied as denied:
        return JsonResponse({"reason": denied.reason}, status=status_of(denied))
    at = time_format(localtime(note.written_at), "H.i")
    return JsonResponse({"number": note.number, "beside": note.beside, "at": at})


@require_POST
@requires("forum.note")
def settling(request: Request, meeting_id: str, item_id: str, note_id: str) -> HttpResponse:
    """Put a text beside away."""

    def call() -> object:
        return settle_note(actor=request.actor, item_id=item_id, note_id=note_id)

    return act(request, meeting_id, f"punkt-{item_id}", call)
