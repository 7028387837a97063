"""Addresses of the API: every area's router, behind one door.

The door marks the API as asking for its caller itself (a token or a session), runs every GET with a database that can only
be read, and answers a wrong method in the API's own shape.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from samordna.api.foundation import api
from samordna.api.problems import ABSENT, problem
from samordna.core.reading import READS, only_reading

AREAS = (
    *("organisations", "reorganisations", "roles", "own_roles", "people", "contacts", "collaborations"),
    *("knowledge", "agreements", "goals", "mandates", "pictures"),
    *("matters", "outlines", "inquiries", "decisions", "balance", "consulting", "adherence"),
    *(
        "forums",
        "scheduling",
        "calling",
        "meetings",
        "minutes",
        "conversations",
        "events",
        "introductions",
        "followup",
        "change",
        "worth",
        "reports",
        "assessments",
        "proceedings",
        "improving",
        "own_work",
        "admissions",
        "sponsors",
        "overview",
        "notices",
        "journal",
        "search",
        "site",
    ),
)
RIGHT = "public: the API asks for a session or a token itself, per operation"

Respond = Callable[..., HttpResponseBase]


def door(respond: Respond) -> Respond:
    """What every request to the API passes."""

    @wraps(respond)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            return problem(404, str(ABSENT))
        if request.method in READS:
            with only_reading():
                response = respond(request, *args, **kwargs)
        else:
            response = respond(request, *args, **kwargs)
        return _in_our_shape(response)

    guarded.right = RIGHT  # type: ignore[attr-defined]  # the start-up check reads it from the function
    guarded.csrf_exempt = True  # type: ignore[attr-defined]  # asked for by `foundation.Session`; a token needs none
    return login_not_required(guarded)


def _in_our_shape(response: HttpResponseBase) -> HttpResponseBase:
    if response.status_code != 405:
        return response
    refusal = problem(405, _("Allowed here: %(methods)s.") % {"methods": response.headers.get("Allow", "")})
    refusal.headers["Allow"] = response.headers.get("Allow", "")
    return refusal


def _mount() -> None:
    for area in AREAS:
        if find_spec(f"samordna.api.{area}"):
            api.add_router("", import_module(f"samordna.api.{area}").router)


_mount()
_patterns, _app, _namespace = api.urls
for _pattern in _patterns:
    if isinstance(_pattern, URLPattern):
        _pattern.callback = door(_pattern.callback)

urlpatterns = [path("", (_patterns, _app, _namespace))]
