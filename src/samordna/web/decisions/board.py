"""The decision board: look at it, try things on it, and ask the engine for a proposal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samordna.core import clock
from samordna.core.errors import Absent, Denied, Invalid
from samordna.domain.decisions import operations
from samordna.domain.decisions.enums import AttemptResult
from samordna.domain.decisions.errands import AtWork
from samordna.domain.decisions.frontier import Point
from samordna.domain.decisions.queries.board import Board
from samordna.domain.decisions.queries.board import board as board_of
from samordna.domain.decisions.queries.remarks import Remark, remarks_of
from samordna.domain.decisions.queries.tradeoff import condition_prices_of, frontier_of, why_not
from samordna.domain.decisions.queries.what_if import get_ready
from samordna.domain.matters.queries import reconsiderations_of
from samordna.domain.matters.states import ANSWERABLE
from samordna.web.decisions.changes import Change, changes_in, query, text_of
from samordna.web.decisions.chart import chart
from samordna.web.decisions.drawing import drawn
from samordna.web.decisions.refusals import refusals_on_board
from samordna.web.decisions.tryable import tryable
from samordna.web.door import Request, requires


@require_safe
@requires("matter.read")
def board(request: Request, matter_id: str) -> HttpResponse:
    """One matter's board with one proposal on it, and what the changes in the address would do to it.

    `avvagning` asks for likeness against cost as well, and `varfor=<option>` why the frame cannot have an option.
    """
    changes, at = changes_in(request.GET.getlist("om")), clock.now()
    refusal: Denied | None = None
    at_work: AtWork | None = None
    try:
        seen = _seen(request, matter_id, changes, at)
    except AtWork as working:
        seen, at_work = _seen(request, matter_id, [], at), working
    except Absent:
        raise
    except Denied as denied:
        seen, refusal = _seen(request, matter_id, [], at), denied
    context = _context(request, seen, changes, at) | {"trial_refusal": refusal.reason if refusal else ""}
    context |= _asked(request, seen, changes, at_work, at)
    status = 200 if refusal is None else 422 if isinstance(refusal, Invalid) else 409
    if seen.tries:
        get_ready()
    return render(request, "decisions/board.html", context, status=status)


def _seen(request: Request, matter_id: str, changes: Sequence[Change], at: datetime) -> Board:
    return board_of(
        actor=request.actor,
        matter_id=matter_id,
        proposal_id=request.GET.get("forslag", ""),
        changes=changes,
        page=_page(request),
        at=at,
    )


def _page(request: Request) -> int:
    """The page of columns asked for; anything that is not a number is the first."""
    asked = request.GET.get("sida", "")
    return int(asked) if asked.isdecimal() and len(asked) < 6 else 1


def _context(request: Request, seen: Board, changes: Sequence[Change], at: datetime) -> dict[str, Any]:
    chosen = request.GET.get("forslag", "")
    return {
        "board": seen,
        "rows": drawn(seen.grid, seen.prices),
        "chosen": chosen,
        "try_query": query(chosen, changes),
        "page_query": query(chosen, changes),
        "removals": [query(chosen, [other for other in changes if other is not change]) for change in changes],
        "may_try": seen.tries,
        "kept_changes": [text_of(change) for change in changes if change["do"] == "price"],
        "tryable": tryable(seen, {text_of(change) for change in changes}),
        "may_ask": seen.facts.leads and seen.head.stage in ANSWERABLE,
        "asked": reconsiderations_of(request.actor, seen.facts.matter, at),
        "remarks": _remarks(request, seen, at),
        **refusals_on_board(request.actor, seen),
    }


def _remarks(request: Request, seen: Board, at: datetime) -> tuple[Remark, ...]:
    """What does not add up, for the coordinator, while there is no proposal: one that settles shows that it all does."""
    if seen.current or not seen.tries or not seen.facts.leads:
        return ()
    return remarks_of(request.actor, seen.facts.matter, at)


def _asked(
    request: Request, seen: Board, changes: Sequence[Change], at_work: AtWork | None, at: datetime
) -> dict[str, Any]:
    """What else is asked for in the address, and whether anything is still being worked out."""
    asked: dict[str, Any] = {"chart": None, "priced": (), "frontier_refusal": "", "why": None}
    try:
        if seen.tries and "avvagning" in request.GET:
            asked["chart"] = _chart(request, seen, changes, at)
            asked["priced"] = condition_prices_of(request.actor, seen.facts, at)
        if seen.tries and (option := request.GET.get("varfor", "")):
            asked["why"] = why_not(request.actor, seen.facts, option, at)
    except AtWork as working:
        at_work = working
    except Denied as denied:
        asked["frontier_refusal"] = denied.reason
    seconds = at_work.seconds if at_work else seen.at_work
    return asked | {"at_work": None if seconds is None else round(seconds), "again": request.get_full_path()}


def _chart(request: Request, seen: Board, changes: Sequence[Change], at: datetime) -> Any:
    chosen = request.GET.get("forslag", "")
    others = [change for change in changes if change["do"] != "price"]
    tried = {change["price"] for change in changes if change["do"] == "price"}

    def href(point: Point) -> str:
        if point.price is None:
            return ""
        change = {"do": "price", "price": str(point.price)}
        return f"?{query(chosen, [*others, change])}avvagning=1#tavla"

    found = frontier_of(request.actor, seen.facts, at)
    return chart(found, seen.stands, href, lambda point: str(point.price) in tried)


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
