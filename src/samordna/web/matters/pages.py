"""The matter page."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from samordna.core import clock
from samordna.core.refusals import refusal_of
from samordna.domain.change.enums import TargetKind
from samordna.domain.change.queries.links import of_target
from samordna.domain.collaborations.queries.card import mandate_card
from samordna.domain.conversations.queries.pages import grown_from, latest_threads
from samordna.domain.decisions.queries.binding import GoverningCondition, governing_conditions
from samordna.domain.matters.access import matter_for
from samordna.domain.matters.queries import check_everybody_heard, matter_page
from samordna.domain.minutes.queries.register import decided_about
from samordna.web.door import Request, requires

if TYPE_CHECKING:
    from samordna.core.actor import Actor


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
        "decided": _decided_here(request.actor, given.area_id, matter_id, at),
        "card": mandate_card(request.actor, given.area_id, at, begun=clock.day(given.opened_at), **depth),
        "at_meetings": decided_about(request.actor, matter_id, at),
        "threads": latest_threads(request.actor, "", matter_id, at),
        "threads_url": reverse("matter_threads", args=[matter_id]),
        "links": of_target(request.actor, TargetKind.MATTER, matter_id, at),
        "grown_from": grown_from(request.actor, at, matter_id=matter_id),
    }
    return render(request, "matters/matter.html", context)


def _decided_here(actor: Actor, area_id: str, matter_id: str, at: datetime) -> list[GoverningCondition]:
    """What already governs the reader's organisation where the matter lies: a later matter begins there."""
    found = governing_conditions(actor, actor.organisation_id or "", at, area_id=area_id)
    return [condition for condition in found if condition.matter_id != matter_id]
