"""Who can help? A situation, about nobody in particular, held against everybody's services. Sent as a body, so that no
address and no log keeps it; nothing of it is stored."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from samordna.core import clock
from samordna.domain.knowledge.access import check_may_look
from samordna.domain.knowledge.enums import Answer
from samordna.domain.knowledge.queries.facts import known_facts
from samordna.domain.knowledge.queries.matched import matched
from samordna.web.door import Request, requires
from samordna.web.forms import attempt, typed
from samordna.web.knowledge.forms import SituationForm
from samordna.web.knowledge.pages import page_number


@require_http_methods(["GET", "HEAD", "POST"])
@requires("organisation.read")
def matching(request: Request) -> HttpResponse:
    """State some facts; every service answers yes, no and why not, or what is missing."""
    at = clock.now()
    check_may_look(request.actor, at)
    form, found = SituationForm(typed(request), facts=known_facts()), None
    asked, _colon, page_asked = request.POST.get("visa", "").partition(":")
    shown, page = asked if asked in Answer.values else Answer.YES, page_number(page_asked)
    if form.is_valid():
        found = attempt(form, lambda: matched(request.actor, form.situation(), at, shown, page))
    context: dict[str, Any] = {"form": form, "found": found}
    if found is not None:
        context |= {"earlier": f"{found.shown}:{found.earlier}", "later": f"{found.shown}:{found.later}"}
    return render(request, "knowledge/matching.html", context, status=422 if form.errors else 200)
