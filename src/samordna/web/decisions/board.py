"""The decision board: look at it, try things on it, and ask the engine for a proposal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samordna.core.errors import Absent, Denied, Invalid
from samordna.domain.decisions import operations
from samordna.domain.decisions.enums import AttemptResult
from samordna.domain.decisions.queries.board import Board
from samordna.domain.decisions.queries.board import board as board_of
from samordna.domain.decisions.queries.what_if import get_ready
from samordna.web.decisions.changes import Change, changes_in, query, text_of
from samordna.web.decisions.drawing import drawn
from samordna.web.decisions.refusals import refusals_on_board
from samordna.web.decisions.tryable import tryable
from samordna.web.door import Request, requires


@require_safe
@requires("matter.read")
def board(request: Request, matter_id: str) -> HttpResponse:
    """One matter's board with one proposal on it, and what the changes in the address would do to it."""
    changes = changes_in(request.GET.getlist("om"))
    refusal: Denied | None = None
    try:
        seen = _seen(request, matter_id, changes)
    except Absent:
        raise
    except Denied as denied:
        seen, refusal = _seen(request, matter_id, []), denied
    context = _context(request, seen, changes) | {"trial_refusal": refusal.reason if refusal else ""}
    status = 200 if refusal is None else 422 if isinstance(refusal, Invalid) else 409
    if seen.tries:
        get_ready()
    return render(request, "decisions/board.html", context, status=status)


def _seen(request: Request, matter_id: str, changes: Sequence[Change]) -> Board:
    return board_of(
        actor=request.actor,
        matter_id=matter_id,
        proposal_id=request.GET.get("forslag", ""),
        changes=changes,
        page=_page(request),
    )


def _page(request: Request) -> int:
    """The page of columns asked for; anything that is not a number is the first."""
    asked = request.GET.get("sida", "")
    return int(asked) if asked.isdecimal() and len(asked) < 6 else 1


def _context(request: Request, seen: Board, changes: Sequence[Change]) -> dict[str, Any]:
    chosen = request.GET.get("forslag", "")
    return {
        "board": seen,
        "rows": drawn(seen.grid, seen.prices),
        "chosen": chosen,
        "try_query": query(chosen, changes),
        "page_query": query(chosen, changes),
        "removals": [query(chosen, [other for other in changes if other is not change]) for change in changes],
        "may_try": seen.tries,
        "tryable": tryable(seen, {text_of(change) for change in changes}),
        **refusals_on_board(request.actor, seen),
    }


@require_POST
@requires("proposal.make")
def propose(request: Request, matter_id: str) -> HttpResponse:
    """Ask the engine. The answer may take some seconds; what it says stands on the board afterwards."""
    try:
        attempt = operations.propose_by_engine(actor=request.actor, matter_id=matter_id)
    except Denied as denied:
        if not denied.reason:
            raise
        messages.error(request, denied.reason)
        return redirect("board", matter_id)
    if attempt.result == AttemptResult.SETTLED:
        messages.success(request, _("The engine has made a proposal that respects every condition it can check."))
    return redirect("board", matter_id)
