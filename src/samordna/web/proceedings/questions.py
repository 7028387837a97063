"""Decisions at a meeting: a question is asked, voices are cast, it is settled or left."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samordna.domain.proceedings.access import question_for
from samordna.domain.proceedings.casting import ranks_of
from samordna.domain.proceedings.operations import (
    cast_for_the_rest,
    cast_vote,
    leave_question,
    open_question,
    reserve_oneself,
    settle_question,
)
from samordna.web.door import Request, requires
from samordna.web.proceedings.frame import act

LONGEST = 10_000


def _said(request: Request, name: str) -> str:
    return request.POST.get(name, "")[:LONGEST]


@require_POST
@requires("forum.note")
def asking(request: Request, meeting_id: str, item_id: str) -> HttpResponse:
    """Ask the meeting to decide."""
    options = [line.strip() for line in _said(request, "options").splitlines() if line.strip()]
    given: dict[str, Any] = {"text": _said(request, "text"), "method": _said(request, "method")}

    def call() -> object:
        return open_question(actor=request.actor, item_id=item_id, options=options, **given)

    return act(request, meeting_id, f"fraga-{item_id}", call, then=lambda made: f"rost-{made.pk}")


@require_POST
@requires("forum.vote")
def voting(request: Request, meeting_id: str, motion_id: str) -> HttpResponse:
    """Cast a voice: one's own, or put in for somebody there."""
    question = question_for(request.actor, motion_id)
    placed = {key: request.POST.get(f"place-{key}", "")[:3] for key, _text in enumerate(question.options, start=1)}
    given: dict[str, Any] = {name: _said(request, name) for name in ("choice", "reason", "seat_id")}
    ranks = ranks_of(question.method, placed)
    leads = "as_coordinator" in request.POST

    def call() -> object:
        return cast_vote(actor=request.actor, question_id=motion_id, ranks=ranks, as_coordinator=leads, **given)

    return act(request, meeting_id, f"rost-{motion_id}", call, _("The voice is cast."))


@require_POST
@requires("forum.note")
def voting_for_the_rest(request: Request, meeting_id: str, motion_id: str) -> HttpResponse:
    """Put in the same for all who had said nothing when the button was shown."""
    question_for(request.actor, motion_id)
    given: dict[str, Any] = {"choice": _said(request, "choice"), "voices": request.POST.getlist("voices")}

    def call() -> object:
        return cast_for_the_rest(actor=request.actor, question_id=motion_id, **given)

    return act(request, meeting_id, f"rost-{motion_id}", call, _("The voices are put in."))


@require_POST
@requires("forum.note")
def settling(request: Request, meeting_id: str, motion_id: str) -> HttpResponse:
    """Close it with what it comes to."""
    words = _said(request, "statement")

    def call() -> object:
        return settle_question(actor=request.actor, question_id=motion_id, statement=words)

    return act(request, meeting_id, f"rost-{motion_id}", call, _("It is decided, and has its number in the register."))


@require_POST
@requires("forum.note")
def leaving(request: Request, meeting_id: str, motion_id: str) -> HttpResponse:
    """Close it without a decision."""
    reason = _said(request, "reason")

    def call() -> object:
        return leave_question(actor=request.actor, question_id=motion_id, reason=reason)

    return act(request, meeting_id, f"rost-{motion_id}", call, _("The question is left without a decision."))


@require_POST
@requires("forum.vote")
def reserving(request: Request, meeting_id: str, motion_id: str) -> HttpResponse:
    """Have it written down that a voice did not agree."""
    given: dict[str, Any] = {name: _said(request, name) for name in ("text", "seat_id")}

    def call() -> object:
        return reserve_oneself(actor=request.actor, question_id=motion_id, **given)

    return act(request, meeting_id, f"rost-{motion_id}", call, _("The reservation is noted."))
