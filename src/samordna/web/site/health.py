"""Is the service well? Three questions, for load balancers, for monitoring, and for the host."""

from __future__ import annotations

import hmac
from dataclasses import asdict

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from samordna.core import clock
from samordna.core.errors import Absent
from samordna.domain.notices.queries.health import background
from samordna.domain.site.queries import checks, is_ready
from samordna.web.door import Request, public


@require_safe
@public("load balancers and monitoring ask without an account; it tells nothing but that the service answers")
def health(request: Request) -> JsonResponse:
    """200 while the service answers."""
    return JsonResponse({"status": "ok"})


@require_safe
@public("load balancers ask without an account; it tells nothing but whether the service can be used")
def ready(request: Request) -> JsonResponse:
    """200 when the database answers and is of this version, else 503."""
    well = is_ready()
    return JsonResponse({"status": "ok" if well else "not ready"}, status=200 if well else 503)


@require_safe
@public("monitoring has no account; it asks with the token of the setting SAMORDNA_HEALTH_TOKEN and else finds nothing")
def details(request: Request) -> HttpResponse:
    """What is looked at, one by one; 200 when everything is well, else 503."""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
    if not settings.HEALTH_TOKEN or not hmac.compare_digest(given.encode(), settings.HEALTH_TOKEN.encode()):
        raise Absent
    found = checks(clock.now())
    told = {check.name: {"well": check.well, "value": check.value} for check in found} | _letters()
    well = all(check["well"] for check in told.values())
    return JsonResponse({"status": "ok" if well else "look", "checks": told}, status=200 if well else 503)


def _letters() -> dict[str, dict[str, object]]:
    """Is anything stuck on its way to somebody? Nothing is said when the database does not answer: another check tells."""
    try:
        seen = background(clock.now())
    except DatabaseError:
        return {}
    figures = asdict(seen)
    value = ", ".join(
        f"{figures[name]} {name}" for name in ("letters_waiting", "letters_held", "pausing", "journal_behind")
    )
    return {"letters": {"well": seen.well, "value": value}}
