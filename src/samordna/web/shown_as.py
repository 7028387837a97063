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

if TYPE_CHECKING:
    from samordna.domain.organisations.models import Holding
    from samordna.web.door import Request

SHOWN_AS = "shown_as"
GO_ON_AS = "go_on_as"
OWN = {SHOWN_AS, GO_ON_AS, "csrfmiddlewaretoken"}
SECRET = ("password", "secret")


def question_of_role(request: Request) -> HttpResponse | None:
    """The page that asks in which role to go on, keeping all that was typed; None when the form came in its own role.

    Whoever has chosen there acts in that role from here on, and the form is taken as it was sent.
    """
    chosen = _held(request, request.POST.get(GO_ON_AS, ""))
    if chosen is not None:
        _act_as(request, chosen)
        return None
    shown = request.POST.get(SHOWN_AS, "")
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
    """Nothing has been done. Files cannot be kept: their names are told, and the form asks for them again."""
    sent = [(name, value) for name, values in request.POST.lists() if name not in OWN for value in values]
    context = {
        "earlier": earlier,
        "still_held": earlier in request.holdings,
        "sent": sent,
        "words": [value for name, value in sent if _is_prose(name, value)],
        "files": [upload.name for uploads in request.FILES.lists() for upload in uploads[1]],
        "action": request.get_full_path(),
    }
    return render(request, "site/which_role.html", context, status=409)


def _is_prose(name: str, value: str) -> bool:
    """Is this something that somebody wrote, and would know the form by? Choices, ids and passwords are not."""
    return len(value.split()) > 1 and not any(word in name for word in SECRET)
