"""What the pages about one meeting's minutes share: where one is, a page that is one form, and a button that is pressed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime

from samordna.core.errors import Absent, Denied
from samordna.domain.forums.queries.meeting_rows import MeetingRow
from samordna.web.door import Request


def about(meeting: MeetingRow) -> dict[str, Any]:
    """Where one is: the forum and the meeting."""
    return {
        "forum_id": meeting.forum_id,
        "forum_name": meeting.forum,
        "meeting_id": meeting.id,
        "meeting_name": date_format(localtime(meeting.starts_at), "j F Y"),
    }


def form_page(
    request: Request, form: Form, meeting: MeetingRow, title: str, submit: str, lead: str = "", kind: str = "primary"
) -> HttpResponse:
    """One form about the minutes; 422 when something has to be corrected."""
    shown = {"form": form, "title": title, "submit": submit, "lead": lead, "kind": kind}
    context = about(meeting) | shown | {"back": reverse("minutes", args=[meeting.id])}
    return render(request, "forums/meeting_form.html", context, status=422 if form.errors else 200)


def pressed(request: Request, meeting_id: str, act: Callable[[], object], done: str, back: str = "minutes") -> HttpResponse:
    """Do what a button asks for and go back, with what was done or the sentence that says why not."""
    try:
        act()
    except Absent:
        raise
    except Denied as denied:
        messages.error(request, denied.reason)
    else:
        messages.success(request, done)
    return redirect(back, meeting_id)


def wanted_number(text: str, otherwise: int = 0) -> int:
    """A number from an address or a form; the other where it is none that can be."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else otherwise
