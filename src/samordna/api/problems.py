"""Refusals as JSON: one shape for every answer from 400 and up, after RFC 9457 (Problem Details for HTTP APIs)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Annotated, Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import Field, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError

from samordna.api.body import Unreadable
from samordna.core.errors import Absent, Denied, Forbidden, Invalid, Overtaken, Refused, TooLarge
from samordna.core.overtaking import there_now


class FieldProblem(Schema):
    """What is wrong with one field."""

    field: str = Field(description="The field's name, with dots between levels; empty for the request as a whole.")
    sentence: str
    stored: Annotated[str | None, Field(description="With 409: what somebody else has stored there meanwhile.")] = None


class Problem(Schema):
    """Why a request was not carried out, for the person who asked."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str = Field(description="What is so, why, and what one can do.")
    errors: list[FieldProblem] = []


TITLES = {
    400: gettext_lazy("The request could not be read"),
    401: gettext_lazy("Sign in or send a token"),
    403: gettext_lazy("This is not yours to do"),
    404: gettext_lazy("There is nothing here"),
    405: gettext_lazy("This address does not do that"),
    409: gettext_lazy("This cannot be done now"),
    413: gettext_lazy("Too large"),
    422: gettext_lazy("That could not be used"),
}
PROBLEMS: dict[int, type[Problem]] = dict.fromkeys(TITLES, Problem)
ABSENT = gettext_lazy("There is nothing at this address, or it is not open to you.")
UNKNOWN_CALLER = gettext_lazy("The request needs a session, or a token that is valid, in the header Authorization.")

SENTENCES = {
    "missing": gettext_lazy("This is needed."),
    "string_type": gettext_lazy("This must be text."),
    "string_too_long": gettext_lazy("This is too long: at most %(max_length)s characters."),
    "string_too_short": gettext_lazy("This is too short: at least %(min_length)s characters."),
    "int_type": gettext_lazy("This must be a whole number."),
    "int_parsing": gettext_lazy("This must be a whole number."),
    "int_from_float": gettext_lazy("This must be a whole number."),
    "bool_type": gettext_lazy("This must be true or false."),
    "bool_parsing": gettext_lazy("This must be true or false."),
    "date_type": gettext_lazy("This must be a day, as 2026-05-01."),
    "date_parsing": gettext_lazy("This must be a day, as 2026-05-01."),
    "date_from_datetime_parsing": gettext_lazy("This must be a day, as 2026-05-01."),
    "enum": gettext_lazy("This must be one of: %(expected)s."),
    "literal_error": gettext_lazy("This must be one of: %(expected)s."),
    "greater_than_equal": gettext_lazy("This must be at least %(ge)s."),
    "less_than_equal": gettext_lazy("This must be at most %(le)s."),
    "list_type": gettext_lazy("This must be a list."),
    "dict_type": gettext_lazy("This must be an object."),
    "model_type": gettext_lazy("This must be an object."),
    "model_attributes_type": gettext_lazy("This must be an object."),
    "extra_forbidden": gettext_lazy("There is no such field."),
}


def problem(status: int, detail: str, errors: Iterable[FieldProblem] = ()) -> JsonResponse:
    """The answer to a request that was not carried out."""
    body = Problem(title=str(TITLES[status]), status=status, detail=detail, errors=list(errors))
    return JsonResponse(body.dict(exclude_none=True), status=status, content_type="application/problem+json")


def _denied(request: HttpRequest, denied: Denied) -> JsonResponse:
    match denied:
        case Absent():
            return problem(404, denied.reason or str(ABSENT))
        case Forbidden():
            return problem(403, denied.reason)
        case Overtaken():
            stored = denied.fields.items()
            there = [FieldProblem(field=name, sentence=there_now(value), stored=value) for name, value in stored]
            return problem(409, denied.reason, there)
        case Refused():
            return problem(409, denied.reason)
        case TooLarge():
            return problem(413, denied.reason)
        case Invalid():
            found = [FieldProblem(field=name, sentence=sentence) for name, sentence in denied.fields.items()]
            return problem(422, denied.reason, found)
        case _:
            return problem(409, denied.reason)


def _missing(request: HttpRequest, missing: Http404) -> JsonResponse:
    return problem(404, str(ABSENT))


def _caller(request: HttpRequest, error: AuthenticationError) -> JsonResponse:
    response = problem(401, str(UNKNOWN_CALLER))
    response.headers["WWW-Authenticate"] = 'Bearer realm="samordna"'
    return response


def _http(request: HttpRequest, error: HttpError) -> JsonResponse:
    if isinstance(error.__cause__, Unreadable):
        return problem(400, str(error.__cause__))
    if error.status_code == 403:
        return problem(403, _("The request lacks its protection against forgery: send the header X-CSRFToken."))
    return problem(error.status_code if error.status_code in TITLES else 400, _("The request could not be read."))


def _shape(request: HttpRequest, error: ValidationError) -> JsonResponse:
    found = [FieldProblem(field=_field(fault["loc"]), sentence=_sentence(fault)) for fault in error.errors]
    return problem(422, " ".join(f"{item.field}: {item.sentence}" for item in found), found)


def _field(location: Sequence[Any]) -> str:
    """The field's dotted name without where it was read from, nor the name of the operation's own parameter."""
    body = location[0] == "body" and len(location) > 2
    return ".".join(str(step) for step in location[2 if body else 1 :])


def _sentence(fault: dict[str, Any]) -> str:
    known = SENTENCES.get(fault["type"])
    return str(known) % fault.get("ctx", {}) if known else str(fault["msg"])


def _too_big(request: HttpRequest, error: RequestDataTooBig) -> JsonResponse:
    return problem(413, _("The request's body is larger than 10 megabytes."))


handlers: dict[type[Exception], Callable[[HttpRequest, Any], JsonResponse]] = {
    Denied: _denied,
    Http404: _missing,
    AuthenticationError: _caller,
    HttpError: _http,
    ValidationError: _shape,
    RequestDataTooBig: _too_big,
}
