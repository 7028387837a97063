"""Whoever builds against the API can trust its description: no answer is undeclared, misshapen or a fault of ours.

`make test-api`: three people of the demonstration ask every operation drawn questions. SEED and EXAMPLES say which and how
many; a fault is told with both.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import signals
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test.utils import modify_settings
from django.utils import translation

from samordna.api.foundation import api
from samordna.api.urls import urlpatterns  # noqa: F401  # every area's operations are found when the addresses are
from samordna.cli.demo.loader import load
from samordna.core import clock
from samordna.domain.organisations.access import token_digest
from samordna.domain.organisations.models import ApiToken, Holding
from tests.contract.walk import Walk

pytestmark = [pytest.mark.django_db, pytest.mark.contract]
SEED = int(os.environ.get("SEED", "1"))
EXAMPLES = int(os.environ.get("EXAMPLES", "6"))
PREFIX = "/api/v1/"


@pytest.fixture
def county(settings: Any) -> Any:
    """The demonstration, with a server in this process that leaves the test's transaction alone."""
    settings.DEMO = True
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)  # the server warns if it is absent
    for signal in (signals.request_started, signals.request_finished):
        signal.disconnect(close_old_connections)
    with translation.override("sv"), modify_settings(ALLOWED_HOSTS={"append": "localhost"}):
        load()
        yield
    for signal in (signals.request_started, signals.request_finished):
        signal.connect(close_old_connections)


def description() -> dict[str, Any]:
    """The published description, as it is sent."""
    return json.loads(json.dumps(api.get_openapi_schema(path_prefix=PREFIX), default=str))


def walk(person: str, told: dict[str, Any], examples: int = EXAMPLES) -> Walk:
    """A walk as the person."""
    now = clock.now()
    held = Holding.objects.filter(person__name=person).earliest("pk")
    until = {"created_at": now, "expires_at": now + timedelta(days=1), "may_write": True}
    ApiToken.objects.create(holding=held, label="contract", digest=token_digest("contract"), **until)
    return Walk(description=told, application=get_wsgi_application(), token="contract", examples=examples, number=SEED)


@pytest.mark.parametrize("person", ["Anna Lindqvist", "Ingrid Sjödahl", "Lars Nyman"])
def test_every_answer_of_every_operation_is_as_the_description_says(county: None, person: str) -> None:
    walked = walk(person, description())
    walked.ask_all()
    asked = sum(walked.answers.values())
    counted = dict(sorted(walked.answers.items()))
    sys.stdout.write(f"seed: {SEED} examples: {EXAMPLES} as: {person} requests: {asked} answers: {counted}\n")
    assert asked > 500 * EXAMPLES, "the walk reached too little"
    assert walked.answers[200] > asked / 20, "and came past the first checks"
    assert not walked.faults, json.dumps(walked.faults, indent=1, ensure_ascii=False)


def test_what_the_description_leaves_out_or_says_wrongly_is_seen(county: None) -> None:
    told = description()
    listed, misshapen, undeclared = wanted = tuple(
        f"{PREFIX}{path}" for path in ("collaborations", "waiting", "matters/{matter_id}")
    )
    answers = {path: told["paths"][path]["get"]["responses"] for path in wanted}
    answers[listed]["200"]["content"] = {"text/csv": answers[listed]["200"]["content"]["application/json"]}
    answers[misshapen]["200"]["content"]["application/json"]["schema"] = {"type": "integer"}
    del answers[undeclared]["404"]
    walked = walk("Anna Lindqvist", told, examples=60)
    walked.ask_all(tuple(f"GET {path}" for path in wanted))
    assert {key.split()[1] for key in walked.faults} == set(wanted), walked.answers
