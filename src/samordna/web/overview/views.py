"""The coordinator's page, the leader's page, and who takes active part in a collaboration."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import pgettext_lazy as _p
from django.views.decorators.http import require_safe

from samordna.core import clock
from samordna.core.actor import Duty
from samordna.domain.overview.enums import ShowMatters
from samordna.domain.overview.queries.coordinating import Coordinating, coordinating
from samordna.domain.overview.queries.leading import leading
from samordna.domain.overview.queries.participating import participating
from samordna.domain.worth.queries.costs import costs_in
from samordna.web.door import Request, requires
from samordna.web.site.waiting import items_of

SHOWN = {
    ShowMatters.UNDER_WAY: _p("matters", "Under way"),
    ShowMatters.MY_MOVE: _p("matters", "Your move"),
    ShowMatters.WAITING: _p("matters", "Somebody is waited for"),
    ShowMatters.LATE: _p("matters", "Past the last day"),
    ShowMatters.STILL: _p("matters", "Stand still"),
    ShowMatters.IN_FORCE: _p("matters", "In force"),
    ShowMatters.CLOSED: _p("matters", "Closed"),
}


@require_safe
@requires("organisation.read")
def coordinator(request: Request) -> HttpResponse:
    """Everything that one coordinates: state, who is waited for, what is next, and where it creaks."""
    kept = {name: request.GET.get(name, "")[:40] for name in ("samverkan", "visa")}
    show = ShowMatters(kept["visa"]) if kept["visa"] in set(ShowMatters) else ShowMatters.UNDER_WAY
    page = coordinating(request.actor, clock.now(), kept["samverkan"], show, _number(request))
    context = {"page": page, "chips": _chips(page), "here": request.get_full_path(), **_paging(page)}
    among = [page.chosen] if page.chosen else [pk for pk, _name in page.choices]
    context["costs"] = costs_in(request.actor, among, clock.now())
    return render(request, "overview/coordinator.html", context)


def _chips(page: Coordinating) -> list[dict[str, object]]:
    """The choices with how many matters each has; the one that is shown is marked."""
    return [
        {"label": label, "count": page.counts[show], "here": show == page.show, "address": _address(page, show)}
        for show, label in SHOWN.items()
    ]


def _address(page: Coordinating, show: ShowMatters, number: int = 1) -> str:
    asked = {"samverkan": page.chosen, "visa": show.value, "sida": str(number) if number > 1 else ""}
    words = urlencode({name: value for name, value in asked.items() if value})
    return reverse("coordinating") + (f"?{words}" if words else "")


def _paging(page: Coordinating) -> dict[str, str]:
    return {
        "before": _address(page, page.show, page.page - 1) if page.page > 1 else "",
        "after": _address(page, page.show, page.page + 1) if page.more else "",
    }


def _number(request: Request) -> int:
    """The page asked for; anything that is no number is the first."""
    asked = request.GET.get("sida", "")
    return max(1, int(asked)) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else 1


@require_safe
@requires("organisation.read")
def leader(request: Request) -> HttpResponse:
    """What one's own organisation has lent, is bound by, follows, owes, pays and gains, and what waits."""
    at = clock.now()
    page = leading(request.actor, at)
    first = items_of(page.first, clock.day(at))
    context = {"page": page, "first": first, "decides": Duty.ADOPT in request.actor.duties}
    return render(request, "overview/leader.html", context)


@require_safe
@requires("collaboration.read")
def participation(request: Request, collaboration_id: str) -> HttpResponse:
    """How each organisation takes active part: one's own, or everybody's for the coordinator."""
    page = participating(request.actor, collaboration_id, clock.now())
    return render(request, "overview/participation.html", {"page": page})
