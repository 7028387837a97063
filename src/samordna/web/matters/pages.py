"""The matter page."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from samordna.core import clock
from samordna.core.refusals import refusal_of
from samordna.domain.collaborations.queries.card import mandate_card
from samordna.domain.matters.access import matter_for
from samordna.domain.matters.queries import check_everybody_heard, matter_page
from samordna.web.door import Request, requires


@require_safe
@requires("matter.read")
def matter(request: Request, matter_id: str) -> HttpResponse:
    """Where the matter stands, who is waited for, what it asks, and what each participant has said."""
    at = clock.now()
    given = matter_for(request.actor, matter_id, at=at)
    page = matter_page(request.actor, matter_id, at, questions=True)
    depth = {"join": given.join, "contribute": given.contribute, "follow": given.follow}
    weigh_refusal = ""
    if page.leads and page.head.gathering:
        weigh_refusal = refusal_of(check_everybody_heard, given, at)
    context = {
        "page": page,
        "head": page.head,
        "weigh_refusal": weigh_refusal,
        "card": mandate_card(request.actor, given.area_id, at, begun=clock.day(given.opened_at), **depth),
    }
    return render(request, "matters/matter.html", context)
