"""The door of SCIM: an administrator's key, readings that cannot write, refusals in SCIM's shape."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from samordna.api.body import Unreadable, parse
from samordna.api.scim.answers import Wrong, refusal
from samordna.core.actor import Actor, Duty
from samordna.core.errors import Absent, Denied, Forbidden, Invalid, Refused, TooLarge
from samordna.core.reading import READS, only_reading
from samordna.domain.organisations.access import actor_of_token

RIGHT = "public: SCIM asks for the key of somebody who administers an organisation itself"
BEARER = "bearer "


@dataclass(frozen=True, slots=True)
class Call:
    """One request: by whom, for which organisation, saying what."""

    request: HttpRequest
    actor: Actor
    organisation_id: str
    body: dict[str, Any]


Answer = Callable[..., HttpResponse]


def door(**by_method: Answer) -> Callable[..., HttpResponse]:
    """The view of an address: a function for each method that it takes."""

    @login_not_required
    @wraps(next(iter(by_method.values())))
    def guarded(request: HttpRequest, **keys: str) -> HttpResponse:
        try:
            return _answered(request, by_method, keys)
        except Wrong as wrong:
            return refusal(wrong)
        except Denied as denied:
            return refusal(_wrong(denied))
        except (Unreadable, RequestDataTooBig, ValueError, RecursionError) as error:
            detail = str(error) if isinstance(error, Unreadable) else _("The body is not JSON that can be read.")
            return refusal(Wrong(400, detail, "invalidSyntax"))

    guarded.right = RIGHT  # type: ignore[attr-defined]  # the start-up check reads it from the function
    guarded.csrf_exempt = True  # type: ignore[attr-defined]  # a key that is sent on purpose needs no other sign of it
    return guarded


def _answered(request: HttpRequest, by_method: dict[str, Answer], keys: dict[str, str]) -> HttpResponse:
    actor = _caller(request)
    method = "GET" if request.method == "HEAD" else str(request.method)
    take = by_method.get(method.lower())
    if take is None:
        allowed = ", ".join(name.upper() for name in by_method)
        response = refusal(Wrong(405, _("Allowed here: %(methods)s.") % {"methods": allowed}))
        response["Allow"] = allowed
        return response
    if "\x00" in "".join(keys.values()):
        raise Absent
    if request.method in READS:
        with only_reading():
            return take(Call(request, actor, actor.organisation_id or "", {}), **keys)
    return take(Call(request, actor, actor.organisation_id or "", _body(request)), **keys)


def _caller(request: HttpRequest) -> Actor:
    header = request.headers.get("Authorization", "")
    actor = actor_of_token(header[len(BEARER) :]) if header.lower().startswith(BEARER) else None
    if actor is None:
        raise Wrong(401, _("Send the key of somebody who administers the organisation, in the header Authorization."))
    if Duty.ADMINISTER not in actor.duties:
        raise Wrong(403, _("This key belongs to a role that does not look after the organisation's people."))
    return actor


def _body(request: HttpRequest) -> dict[str, Any]:
    data = parse(request.body) if request.body else {}
    if not isinstance(data, dict):
        raise Wrong(400, _("The body has to be one object."), "invalidSyntax")
    return data


def _wrong(denied: Denied) -> Wrong:
    """What the domain refuses, as SCIM says it."""
    match denied:
        case Absent():
            return Wrong(404, _("There is no such resource in this organisation."))
        case Invalid():
            return Wrong(400, " ".join(denied.fields.values()), "invalidValue")
        case TooLarge():
            return Wrong(413, denied.reason, "tooMany")
        case Forbidden():
            return Wrong(403, denied.reason)
        case Refused():
            return Wrong(409, denied.reason, "uniqueness")
        case _:
            return Wrong(400, denied.reason)
