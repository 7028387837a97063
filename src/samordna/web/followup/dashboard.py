"""How it goes in every collaboration that one is in."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samordna.core import clock
from samordna.domain.change.queries.board import chains_in_order, open_lines
from samordna.domain.followup.queries.dashboard import Dashboard, Wanted
from samordna.domain.followup.queries.dashboard import dashboard as dashboard_of
from samordna.domain.followup.weighing import Colour
from samordna.web.door import Request, requires
from samordna.web.minutes.frame import wanted_number

LONGEST, MOST_CHAINS = 40, 6


@require_safe
@requires("collaboration.read")
def dashboard(request: Request) -> HttpResponse:
    """What is furthest from where it should be first; `?samverkan=`, `?lage=`, `?sida=`."""
    colour = request.GET.get("lage", "")
    wanted = Wanted(
        collaboration_id=request.GET.get("samverkan", "")[:LONGEST].replace("\x00", ""),
        colour=colour if colour in list(Colour) else "",
    )
    at = clock.now()
    page = dashboard_of(request.actor, at, wanted, wanted_number(request.GET.get("sida", ""), 1))
    chains = chains_in_order(request.actor, at, collaboration_id=wanted.collaboration_id or None)
    context: dict[str, Any] = {"page": page, "tiles": _tiles(page), "kept": _kept(wanted)}
    context |= {"chains": open_lines(chains[:MOST_CHAINS], at), "chains_in_all": len(chains)}
    context["narrowed"] = bool(wanted.collaboration_id or wanted.colour)
    return render(request, "followup/dashboard.html", context)


def _kept(wanted: Wanted, **other: str) -> str:
    given = {"samverkan": wanted.collaboration_id, "lage": wanted.colour} | other
    return urlencode({name: value for name, value in given.items() if value})


def _tiles(page: Dashboard) -> list[dict[str, Any]]:
    """How many of each, as ways to see them alone."""
    labels = {
        Colour.RED: _("Far from where they should be"),
        Colour.AMBER: _("At risk"),
        Colour.GREEN: _("On their way or there"),
        Colour.NONE: _("No figure lately"),
    }
    return [
        {
            "colour": colour.value,
            "label": label,
            "n": page.counts[colour.value],
            "here": page.wanted.colour == colour.value,
            "query": _kept(page.wanted, lage="" if page.wanted.colour == colour.value else colour.value),
        }
        for colour, label in labels.items()
    ]
