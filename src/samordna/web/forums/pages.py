"""Forums to be read: the list, and one of them."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from samordna.core import clock
from samordna.core.refusals import refusal_of
from samordna.domain.collaborations.queries.pages import collaborations_of
from samordna.domain.conversations.queries.pages import latest_threads
from samordna.domain.forums.access import LEAD, PREPARE, forum_for
from samordna.domain.forums.queries.meetings import ahead_of, next_meetings
from samordna.domain.forums.queries.pages import forum_page, forums_of
from samordna.domain.proceedings.queries.points import points_of_forum
from samordna.domain.scheduling.queries.series import series_of_forum
from samordna.domain.scheduling.queries.times import questions_of
from samordna.domain.worth.queries.costs import forum_cost
from samordna.web.door import Request, requires


@require_safe
@requires("organisation.read")
def forums(request: Request) -> HttpResponse:
    """The forums that the actor may read: its own first, or those of one collaboration (`?samverkan=`)."""
    at = clock.now()
    chosen = request.GET.get("samverkan", "")[:12]
    rows = forums_of(request.actor, at, chosen)
    collaborations = collaborations_of(request.actor, at)
    mine = {row.id for row in rows if row.mine}
    context = {
        "rows": rows,
        "asked": [row for row in rows if row.asked],
        "mine": [row for row in rows if row.mine and not row.closed_on and not row.asked],
        "others": [row for row in rows if not row.mine and not row.closed_on and not row.asked],
        "closed": [row for row in rows if row.closed_on],
        "meetings": next_meetings(request.actor, mine, at),
        "collaborations": [one for one in collaborations if one.coordinated],
        "chosen": next((one for one in collaborations if one.id == chosen), None),
    }
    return render(request, "forums/list.html", context)


@require_safe
@requires("forum.read")
def forum(request: Request, forum_id: str) -> HttpResponse:
    """One forum: what it is for, who sits there, when one meets, how and what it decides."""
    actor, at = request.actor, clock.now()
    context = {
        "page": forum_page(actor, forum_id, at),
        "ahead": ahead_of(actor, forum_id, at),
        "cost": forum_cost(actor, forum_id, at),
        "points": points_of_forum(actor, forum_id, at),
        "threads": latest_threads(actor, forum_id, "", at),
        "threads_url": reverse("forum_threads", args=[forum_id]),
        "series": series_of_forum(actor, forum_id, at),
        "questions": questions_of(actor, forum_id, at),
        "leading": refusal_of(forum_for, actor, forum_id, LEAD, at),
        "preparing": refusal_of(forum_for, actor, forum_id, PREPARE, at),
    }
    return render(request, "forums/forum.html", context)
