"""Chains read: the board with those that are open first, and one chain as a picture and in words."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from samordna.core import clock
from samordna.core.refusals import refusal_of
from samordna.domain.change.queries.board import board_page
from samordna.domain.change.queries.page import chain_page
from samordna.domain.collaborations.access import collaboration_for, contribution_for
from samordna.web.door import Request, requires

FILTERS = {"samverkan": "collaboration", "organisation": "owner", "orsak": "cause", "om": "about"}


@require_safe
@requires("collaboration.read")
def board(request: Request) -> HttpResponse:
    """Every chain that the reader may read: the open ones first, those that are late on top."""
    asked = {name: request.GET.get(key, "")[:40] for key, name in FILTERS.items()}
    number, closed = (_number(request.GET.get(key, "1")) for key in ("sida", "stangda"))
    page = board_page(request.actor, clock.now(), asked, number, closed)
    kept = {key: asked[name] for key, name in FILTERS.items() if asked[name]}
    where = None
    if asked["collaboration"]:
        where = collaboration_for(request.actor, asked["collaboration"])
    refused = refusal_of(contribution_for, request.actor, where.pk) if where else ""
    context = {
        "page": page,
        "asked": asked,
        "narrowed": bool(kept),
        "where": where,
        "kicker": where.name if where else "",
        "refused": refused,
        "hint": _late(page.late),
        "open_pages": _beside(kept | {"stangda": page.closed_page}, "sida", page.page, page.pages, ""),
        "closed_pages": _beside(kept | {"sida": page.page}, "stangda", page.closed_page, page.closed_pages, "#stangda"),
        "everything": f"?{urlencode({key: value for key, value in kept.items() if key != 'om'})}",
    }
    return render(request, "change/board.html", context)


def _number(wanted: str) -> int:
    return int(wanted) if wanted.isdecimal() and len(wanted) < 6 else 1


def _beside(kept: dict[str, Any], key: str, page: int, pages: int, place: str) -> tuple[str, str]:
    """The addresses of the pages before and after, "" where there is none."""
    numbers = (page - 1 if page > 1 else 0, page + 1 if page < pages else 0)
    before, after = (f"?{urlencode(kept | {key: n})}{place}" if n else "" for n in numbers)
    return before, after


def _late(n: int) -> str:
    return ngettext("%(n)s has passed its day.", "%(n)s have passed their day.", n) % {"n": n} if n else ""


@require_safe
@requires("collaboration.read")
def chain(request: Request, chain_id: str) -> HttpResponse:
    """One chain as a picture: from what was seen to whether it helped, turn after turn."""
    page = chain_page(request.actor, chain_id, clock.now())
    return render(request, "change/chain.html", {"page": page, "today": clock.day(clock.now())})
