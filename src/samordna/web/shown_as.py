"""Every form carries the role it was shown in, and is answered in that role or not at all.

Somebody with several roles changes role in one window while a form stands open in another. What was typed there for one
organisation must not become another's word. `{% csrf_token %}` (`web.components.tags`) writes the field into every form
that posts; the door asks here before a view that acts in a role sees anything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render

from samordna.domain.organisations.access import actor_of, holding_of
from samordna.web.sent import GO_ON_AS, SHOWN_AS, what_was_sent

if TYPE_CHECKING:
    from samordna.domain.organisations.models import Holding
    from samordna.web.door import Request


def question_of_role(request: Request) -> HttpResponse | None:
    """The page that asks in which role to go on, keeping all that was typed; None when the form came in its own role.

    Whoever has chosen there acts in that role from here on, and the form is taken as it was sent.
    """
    wanted = request.POST.get(GO_ON_AS, "")
    chosen = _held(request, wanted)
    if chosen is not None:
        _act_as(request, chosen)
        return None
    shown = wanted or request.POST.get(SHOWN_AS, "")
    now = request.holding
    if not shown or (now is not None and now.pk == shown):
        return None
    earlier = _held(request, shown) or holding_of(request.actor.person_id, shown)
    if earlier is not None and now is not None and earlier.role_id == now.role_id:
        return None
    return _page(request, earlier)


def _held(request: Request, holding_id: str) -> Holding | None:
    return next((held for held in request.holdings if held.pk == holding_id), None)


def _act_as(request: Request, holding: Holding) -> None:
    request.session["holding"] = holding.pk
    level = request.actor.assurance
    request.holding, request.actor = holding, actor_of(holding, assurance=level)


def _page(request: Request, earlier: Holding | None) -> HttpResponse:
    """Nothing has been done."""
    context = {"earlier": earlier, "still_held": earlier in request.holdings, "action": request.get_full_path()}
    return render(request, "site/which_role.html", context | what_was_sent(request), status=409)
