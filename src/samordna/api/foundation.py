"""What every part of the JSON API stands on: who asks, how a refusal is answered, how a list is paged.

How to write an operation here. A module `api/<area>.py` has `router = Operations(tags=["…"])` with full paths
(`/matters/{matter_id}`); it is found by name in `api.urls`. Each operation declares every answer it can give:

    @router.post("/matters/{matter_id}/share", response={200: MatterOut, **PROBLEMS})
    def share(request: HttpRequest, matter_id: str, body: ShareIn) -> Matter: …

and calls one operation or query of the domain with `actor_of(request)`. Refusals are raised, not returned: the handlers
in `api.problems` turn them into a `Problem` (RFC 9457), in the language that the request asks for. A list takes
`paging: Query[Paging]`, declares a subclass of `Page` with its `items`, and returns `page_of(rows, paging)`. An answer
other than 200 is returned as `Status(201, made)`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import deepcopy
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.utils.translation import get_language
from ninja import Field, NinjaAPI, Router, Schema
from ninja.errors import AuthenticationError, HttpError
from ninja.security import APIKeyCookie, HttpBearer

from samordna.api.body import Body
from samordna.api.problems import PROBLEMS, Problem, handlers
from samordna.core.actor import Actor, Via
from samordna.core.reading import READS
from samordna.domain.organisations.access import actor_of_token

__all__ = [
    "CSV",
    "DOCX",
    "PDF",
    "PROBLEMS",
    "Operations",
    "Page",
    "Paging",
    "Problem",
    "actor_of",
    "api",
    "file_as",
    "page_of",
]

M = TypeVar("M", bound=Model)
LONGEST_PAGE = 200
CSV, PDF = "text/csv", "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class Token(HttpBearer):
    """`Authorization: Bearer <token>`. A token that is given must be right; a session is no second chance."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor:
        actor = actor_of_token(token)
        if actor is None:
            raise AuthenticationError
        return actor


def _nothing(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


class Forgery(CsrfViewMiddleware):
    """Django's check against forged requests, with its reason as a value instead of a page."""

    def _reject(self, request: HttpRequest, reason: str) -> str:
        return reason

    @classmethod
    def suspected(cls, request: HttpRequest) -> bool:
        """Does the request lack what only our own pages can send?"""
        check = cls(_nothing)
        request.csrf_processing_done = False  # type: ignore[attr-defined]  # the middleware's own mark: look again
        check.process_request(request)
        return check.process_view(request, _nothing, (), {}) is not None


class Session(APIKeyCookie):
    """The browser's session. Whatever is not a reading must carry the CSRF token as well."""

    param_name = "samordna"

    def __call__(self, request: HttpRequest) -> Actor | None:
        return self.authenticate(request, None)

    def authenticate(self, request: HttpRequest, key: str | None) -> Actor | None:
        actor: Actor = getattr(request, "actor", None) or Actor.nobody()
        if actor.via is not Via.SESSION or actor.person_id is None:
            return None
        if request.method not in READS and Forgery.suspected(request):
            raise HttpError(403, "csrf")
        return actor


class Interface(NinjaAPI):
    """The API with problems described as what they are: `application/problem+json`."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._described: dict[str, Any] = {}

    def get_openapi_schema(self, **kwargs: Any) -> Any:
        """The published description, OpenAPI 3.1. Made once per language: it takes seconds, and anybody may ask for it."""
        key = repr((get_language(), sorted(kwargs.items())))
        if key not in self._described:
            schema = super().get_openapi_schema(**kwargs)
            for operations in schema["paths"].values():
                for operation in operations.values():
                    _say_problem_json(operation["responses"])
                    _say_file_alone(operation["responses"])
            self._described[key] = schema
        return self._described[key]


def _say_problem_json(responses: dict[Any, Any]) -> None:
    for status, response in responses.items():
        if int(status) >= 400 and "content" in response:
            response["content"] = {"application/problem+json": next(iter(response["content"].values()))}


def file_as(*kinds: str) -> dict[str, Any]:
    """For `openapi_extra`: the answer is a file of one of these media types, and no JSON."""
    return {"responses": {200: {"content": {kind: {"schema": {"type": "string", "format": "binary"}} for kind in kinds}}}}


def _say_file_alone(responses: dict[Any, Any]) -> None:
    content = responses.get(200, {}).get("content", {})
    if len(content) > 1:
        content.pop("application/json", None)


api = Interface(
    title="Samordna",
    version="1.0.0",
    description="Everything that the pages can do, as JSON.",
    docs_url=None,
    urls_namespace="api",
    auth=[Token(), Session()],
    parser=Body(),
)
for kind, handler in handlers.items():
    api.add_exception_handler(kind, handler)


class Refusal(Schema):
    """The answer of every operation that refuses, in the frame in which the framework keeps answers."""

    response: Problem

    @classmethod
    def model_json_schema(cls, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Its description, which every operation asks for once per refusal; made once per language."""
        key = repr((get_language(), args, sorted(kwargs.items())))
        if key not in _refusals:
            _refusals[key] = super().model_json_schema(*args, **kwargs)
        return deepcopy(_refusals[key])


_refusals: dict[str, dict[str, Any]] = {}


class Operations(Router):
    """The operations of one area. What they refuse with is one and the same type, made once: a type for every refusal
    of every operation, as the framework would make them, took a third of the start-up."""

    def add_api_operation(
        self, path: str, methods: list[str], view_func: Callable[..., Any], *, response: Any = None, **options: Any
    ) -> None:
        own = {status: shape for status, shape in response.items() if status not in PROBLEMS}
        super().add_api_operation(path, methods, view_func, response=own, **options)
        made = self.path_operations[path].operations[-1]
        made.response_models |= {status: Refusal for status in response if status in PROBLEMS}


def actor_of(request: HttpRequest) -> Actor:
    """Who asks. Every operation of the API has passed the check that puts this here."""
    actor: Actor = request.auth  # type: ignore[attr-defined]  # ninja puts what the check returned on the request
    return actor


class Paging(Schema):
    """Which part of a list is asked for."""

    page: int = Field(1, ge=1, le=100_000, description="Page, from 1.")
    size: int = Field(50, ge=1, le=LONGEST_PAGE, description="Rows on a page.")


class Page(Schema):
    """The frame of every list; `items` is declared by the list itself."""

    total: int = Field(description="Rows in the whole list.")
    page: int
    size: int


def page_of(rows: QuerySet[M] | Sequence[Any], paging: Paging) -> dict[str, Any]:
    """The asked part of the rows, with how many there are in all."""
    first = (paging.page - 1) * paging.size
    total = rows.count() if isinstance(rows, QuerySet) else len(rows)
    items = list(rows[first : first + paging.size])
    return {"items": items, "total": total, "page": paging.page, "size": paging.size}
