"""The agenda's small acts: move, place, take up, carry over. Each is a button, and comes back to where it was pressed."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from samordna.core.errors import Absent, Denied
from samordna.domain.forums.access import item_for
from samordna.domain.forums.operations import carry_item, move_item, place_item, take_up_item
from samordna.web.door import Request, requires


@require_POST
@requires("forum.prepare")
def moving(request: Request, item_id: str) -> HttpResponse:
    """One step up or down."""
    by = -1 if request.POST.get("by") == "-1" else 1
    return _act(request, item_id, lambda: move_item(actor=request.actor, item_id=item_id, by=by))


@require_POST
@requires("forum.prepare")
def placing(request: Request, item_id: str) -> HttpResponse:
    """On a meeting's agenda, or in the backlog."""
    return _act(request, item_id, lambda: place_item(actor=request.actor, item_id=item_id, meeting_id=_chosen(request)))


@require_POST
@requires("forum.prepare")
def taking_up(request: Request, item_id: str) -> HttpResponse:
    """It has been taken up."""
    return _act(request, item_id, lambda: take_up_item(actor=request.actor, item_id=item_id))


@require_POST
@requires("forum.prepare")
def carrying(request: Request, item_id: str) -> HttpResponse:
    """To another meeting, or to the backlog."""
    return _act(request, item_id, lambda: carry_item(actor=request.actor, item_id=item_id, meeting_id=_chosen(request)))


def _chosen(request: Request) -> str:
    return request.POST.get("meeting_id", "")[:12]


def _act(request: Request, item_id: str, act: Callable[[], object]) -> HttpResponse:
    """To the meeting that the item is, or was, on; to the forum when it is on none."""
    try:
        act()
    except Absent:
        raise
    except Denied as denied:
        messages.error(request, denied.reason)
    given = item_for(request.actor, item_id)
    return redirect("meeting", given.meeting_id) if given.meeting_id else redirect("forum", given.forum_id)
