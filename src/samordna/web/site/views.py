"""The frame's own pages: what needs me, choosing the role to act in, and whether the service is well."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from samordna.core.errors import Absent
from samordna.web.door import Request, public, requires


@require_safe
@requires("account.use")
def home(request: Request) -> HttpResponse:
    """What needs me now, in the role I act in."""
    return render(request, "site/home.html")


@require_POST
@requires("account.use")
def act_as(request: Request) -> HttpResponse:
    """Act as the holder of another of one's roles."""
    chosen = request.POST.get("holding", "")
    if chosen not in {held.pk for held in request.holdings}:
        raise Absent
    request.session["holding"] = chosen
    return redirect("home")


@require_safe
@public("load balancers and monitoring ask without an account; it tells nothing but that the service answers")
def health(request: Request) -> JsonResponse:
    """200 while the service answers."""
    return JsonResponse({"status": "ok"})
