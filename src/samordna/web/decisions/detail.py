"""The level of detail, aspect by aspect: a page of its own, and a card where a decision is prepared and established."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from samordna.core import clock
from samordna.core.errors import Refused, TooLarge
from samordna.domain.decisions.errands import AtWork
from samordna.domain.decisions.queries.board import head_of
from samordna.domain.decisions.queries.detail import detail_of
from samordna.domain.decisions.queries.facts import Facts, facts_of
from samordna.domain.matters.access import matter_for
from samordna.web.door import Request, requires


@require_safe
@requires("matter.read")
def detail_level(request: Request, matter_id: str) -> HttpResponse:
    """What is fixed without need, what is left open though conditions clash, and what is right, over the whole matter."""
    matter = matter_for(request.actor, matter_id)
    facts = facts_of(request.actor, matter)
    context = {"head": head_of(matter), "facts": facts} | levels(request, facts)
    return render(request, "decisions/detail_level.html", context)


def levels(request: Request, facts: Facts, proposal_id: str = "") -> dict[str, Any]:
    """The report for a template; where it is not there yet, for how many seconds it has been worked on."""
    shown: dict[str, Any] = {"levels": (), "levels_at_work": None, "levels_refusal": "", "unit": facts.matter.unit}
    try:
        shown["levels"] = detail_of(request.actor, facts, clock.now(), proposal_id)
    except AtWork as working:
        shown["levels_at_work"] = round(working.seconds)
    except (Refused, TooLarge) as refused:
        shown["levels_refusal"] = refused.reason
    return shown | {"levels_again": request.get_full_path()}
