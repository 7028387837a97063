"""The door of the API: who comes in, and how a refusal is answered. A small API of its own stands behind the real door."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpRequest
from django.test import Client, override_settings
from django.urls import path
from ninja import Query, Router, Schema

from samordna.api.body import LARGEST_WHOLE_NUMBER, Unreadable, parse
from samordna.api.foundation import PROBLEMS, Interface, Page, Paging, actor_of, api, page_of
from samordna.api.problems import handlers
from samordna.api.urls import door
from samordna.core import clock
from samordna.core.errors import Absent, Forbidden, Invalid, Refused, TooLarge
from samordna.core.reading import WroteWhileReading
from samordna.domain.organisations.access import token_digest
from samordna.domain.organisations.models import ApiToken, Holding, Organisation
from tests import factories as f

REFUSALS = {
    "absent": Absent(),
    "forbidden": Forbidden("You may not."),
    "refused": Refused("Not now."),
    "invalid": Invalid({"title": "A title is needed."}),
    "large": TooLarge("At most 40 aspects; this has 41."),
}


class NoteIn(Schema):
    text: str
    on: date
    count: int = 1


class Names(Page):
    items: list[str]


router = Router()


@router.get("/who", response={200: dict, **PROBLEMS})
def who(request: HttpRequest) -> dict[str, Any]:
    actor = actor_of(request)
    return {"person": actor.person_id, "via": actor.via, "may_write": actor.may_write}


@router.get("/refuse/{kind}", response={200: dict, **PROBLEMS})
def refuse(request: HttpRequest, kind: str) -> dict[str, Any]:
    raise REFUSALS[kind]


@router.get("/writes", response={200: dict, **PROBLEMS})
def writes(request: HttpRequest) -> dict[str, Any]:
    f.organisation("Written while reading")
    return {}


@router.post("/notes", response={200: dict, **PROBLEMS})
def note(request: HttpRequest, body: NoteIn) -> dict[str, Any]:
    return {"text": body.text}


@router.get("/names", response={200: Names, **PROBLEMS})
def names(request: HttpRequest, paging: Query[Paging]) -> dict[str, Any]:
    return page_of(Organisation.objects.order_by("name").values_list("name", flat=True), paging)


small = Interface(urls_namespace="small", auth=api.auth, parser=api.parser, docs_url=None)
small.add_router("", router)
for _kind, _handler in handlers.items():
    small.add_exception_handler(_kind, _handler)
_patterns, _app, _namespace = small.urls
for _pattern in _patterns:
    _pattern.callback = door(_pattern.callback)
urlpatterns = [path("small/", (_patterns, _app, _namespace)), path("api/small/", (_patterns, _app, _namespace))]

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


@pytest.fixture
def held() -> Holding:
    return f.holding(f.organisation())


@pytest.fixture
def client(held: Holding) -> Client:
    client = Client(enforce_csrf_checks=False)
    client.force_login(held.person)
    return client


@pytest.fixture
def token(held: Holding) -> Callable[..., dict[str, str]]:
    def make(**fields: Any) -> dict[str, str]:
        now = clock.now()
        defaults = {"label": "test", "digest": token_digest("secret"), "created_at": now, "may_write": True}
        ApiToken.objects.create(holding=held, **defaults | {"expires_at": now + timedelta(days=1)} | fields)
        return {"Authorization": "Bearer secret"}

    return make


def test_a_session_and_a_token_are_the_same_person(client, token, held):
    by_session = client.get("/small/who").json()
    by_token = Client().get("/small/who", headers=token()).json()
    assert by_session == {"person": held.person_id, "via": "session", "may_write": True}
    assert by_token == {"person": held.person_id, "via": "token", "may_write": True}


def test_a_token_may_be_for_reading_only(token):
    answer = Client().get("/small/who", headers=token(may_write=False)).json()
    assert answer["may_write"] is False


def test_nobody_is_answered_with_a_problem():
    answer = Client().get("/small/who")
    assert (answer.status_code, answer.headers["Content-Type"]) == (401, "application/problem+json")
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="samordna"'
    assert set(answer.json()) == {"type", "title", "status", "detail", "errors"}


@pytest.mark.parametrize(
    "fields",
    [
        {"digest": token_digest("another secret")},
        {"expires_at": clock.now() - timedelta(seconds=1)},
        {"revoked_at": clock.now()},
    ],
)
def test_a_token_that_does_not_hold_is_refused(token, fields):
    assert Client().get("/small/who", headers=token(**fields)).status_code == 401


def test_a_token_dies_with_its_holding(token, held):
    headers = token()
    Holding.objects.filter(pk=held.pk).update(valid_to=clock.day(clock.now()))
    assert Client().get("/small/who", headers=headers).status_code == 401


def test_a_token_of_somebody_who_may_not_sign_in_is_refused(token, held):
    headers = token()
    held.person.is_active = False
    held.person.save()
    assert Client().get("/small/who", headers=headers).status_code == 401


def test_a_wrong_token_is_not_rescued_by_a_session(client):
    assert client.get("/small/who", headers={"Authorization": "Bearer wrong"}).status_code == 401


def test_a_session_must_carry_its_protection_against_forgery_when_it_writes(held, token):
    client = Client(enforce_csrf_checks=True)
    client.force_login(held.person)
    body = {"text": "a", "on": "2026-01-01"}
    refused = client.post("/small/notes", body, content_type="application/json")
    by_token = Client(enforce_csrf_checks=True).post("/small/notes", body, content_type="application/json", headers=token())
    assert (refused.status_code, by_token.status_code) == (403, 200)


@pytest.mark.parametrize(
    ("kind", "status"), [("absent", 404), ("forbidden", 403), ("refused", 409), ("invalid", 422), ("large", 413)]
)
def test_a_refusal_becomes_a_problem_with_its_sentence(client, kind, status):
    answer = client.get(f"/small/refuse/{kind}")
    assert (answer.status_code, answer.json()["status"]) == (status, status)
    assert answer.json()["detail"] == (REFUSALS[kind].reason or answer.json()["detail"])


def test_what_is_wrong_is_said_field_by_field(client):
    by_operation = client.get("/small/refuse/invalid").json()["errors"]
    by_shape = client.post("/small/notes", {"on": "tomorrow"}, content_type="application/json").json()["errors"]
    assert by_operation == [{"field": "title", "sentence": "A title is needed."}]
    assert [error["field"] for error in by_shape] == ["text", "on"]


def test_json_that_cannot_be_read_is_refused_with_its_place(client):
    answer = client.post("/small/notes", '{"text": "a",\n "on" 1}', content_type="application/json")
    assert answer.status_code == 400
    assert ("2" in answer.json()["detail"], "7" in answer.json()["detail"]) == (True, True)


@pytest.mark.parametrize(
    "body",
    [
        b'{"a": NaN}',
        b'{"a": -Infinity}',
        b'{"a": %d}' % (LARGEST_WHOLE_NUMBER + 1),
        b'{"a": ' + b"9" * 5000 + b"}",
        b'{"a": "\\u0000"}',
        b'{"a": "\\ud800"}',
        b'{"\\u0000": 1}',
        b"\xff",
        b"[" * 100_000,
    ],
)
def test_a_body_that_cannot_be_kept_exactly_is_refused(client, body):
    answer = client.post("/small/notes", body, content_type="application/json")
    assert (answer.status_code, answer.headers["Content-Type"]) == (400, "application/problem+json")


def test_a_body_is_read_as_it_stands():
    text = {"a": "åäö 🙂 \\u0000", "b": [1, 2.5, True, None], "c": LARGEST_WHOLE_NUMBER}
    assert parse(json.dumps(text).encode()) == text
    with pytest.raises(Unreadable):
        parse(b'{"a": "\\u0000"}')


@override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=10)
def test_a_body_that_is_too_large_is_refused(client):
    answer = client.post("/small/notes", {"text": "a" * 20}, content_type="application/json")
    assert answer.status_code == 413


def test_a_wrong_method_is_refused_in_the_same_shape(client):
    answer = client.delete("/small/who")
    assert (answer.status_code, answer.headers["Allow"], answer.json()["status"]) == (405, "GET", 405)


def test_a_character_that_cannot_be_stored_in_an_address_is_nothing_here(client):
    assert client.get("/api/small/refuse/a%00b").status_code == 404
    assert client.get("/api/small/who?a=%00").status_code == 404


def test_reading_cannot_write(client):
    with pytest.raises(WroteWhileReading), transaction.atomic():
        client.get("/small/writes")
    assert not Organisation.objects.filter(name="Written while reading").exists()


def test_a_list_is_paged_and_says_how_long_it_is(client):
    for name in ("A", "B", "C"):
        f.organisation(name)
    answer = client.get("/small/names?page=2&size=2").json()
    assert answer == {"items": sorted(Organisation.objects.values_list("name", flat=True))[2:4]} | {
        "total": 4,
        "page": 2,
        "size": 2,
    }
    assert client.get("/small/names?size=100000").status_code == 422


def test_every_operation_declares_every_refusal():
    for path_item in api.get_openapi_schema(path_prefix="")["paths"].values():
        for operation in path_item.values():
            declared = {int(status) for status in operation["responses"]}
            assert declared >= set(PROBLEMS), operation["operationId"]


def test_the_description_is_published():
    answer = Client().get("/small/openapi.json")
    assert (answer.status_code, answer.json()["openapi"]) == (200, "3.1.0")
    answers = answer.json()["paths"]["/small/who"]["get"]["responses"]
    assert list(answers["404"]["content"]) == ["application/problem+json"]
