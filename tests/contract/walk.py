"""Asks operations of the API drawn questions, and holds every answer against the published description.

Each question is undone. Ids are mostly those of things that exist, so that the questions come past the first check; the
rest, and every second body, are what the description allows or just does not allow.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import schemathesis
from django.apps import apps
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi import checks as of_openapi

CHECKS = [
    schemathesis.checks.not_a_server_error,
    of_openapi.status_code_conformance,
    of_openapi.content_type_conformance,
    of_openapi.response_schema_conformance,
]
KNOWN, SEATED = 0.95, 0.8
"""How many of the ids in an address and in a body are of things that exist."""


class Undone(Exception):
    """The question has been answered, and is taken back."""


@dataclass
class Walk:
    """One walk over the operations, as somebody with a token."""

    description: dict[str, Any]
    application: Any
    token: str
    examples: int
    number: int
    faults: dict[str, str] = field(default_factory=dict)
    """Operation, status and way -> what was wrong, the first time."""
    answers: Counter[int] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.drawn = random.Random(self.number)  # tests, not secrets
        self.things = _things()
        self.all = [each for known in self.things.values() for each in known]

    def operations(self) -> Iterator[Any]:
        """All that the description describes."""
        schema = schemathesis.openapi.from_dict(self.description)
        schema.app = self.application
        for found in schema.get_all_operations():
            yield found.ok()

    def ask_all(self, wanted: tuple[str, ...] = ()) -> None:
        """Ask every operation its questions, or those that are wanted by method and path."""
        for operation in self.operations():
            if not wanted or operation.label in wanted:
                self.ask(operation, GenerationMode.POSITIVE, self.examples)
                if operation.body or operation.query:
                    self.ask(operation, GenerationMode.NEGATIVE, max(2, self.examples // 3))

    def ask(self, operation: Any, mode: GenerationMode, times: int) -> None:
        """Ask one operation, with what it allows (positive) or does not allow (negative)."""

        @seed(self.number)
        @settings(
            max_examples=times,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(operation.as_strategy(generation_mode=mode))
        def asked(case: Any) -> None:
            self.once(operation.label, case, mode)

        asked()

    def once(self, label: str, case: Any, mode: GenerationMode) -> None:
        """One question, its answer held against the description, and undone."""
        for name in case.path_parameters or {}:
            if name.endswith("_id") and self.drawn.random() < KNOWN:
                case.path_parameters[name] = self.existing(name)
        if mode is GenerationMode.POSITIVE and isinstance(case.body, dict | list):
            case.body = self.seated(case.body)
        case.headers = {"Authorization": f"Bearer {self.token}", "Accept-Encoding": "identity"}
        case.cookies = {}
        try:
            with transaction.atomic():
                answer = case.call(base_url="http://localhost")
                self.answers[answer.status_code] += 1
                self.judge(f"{label} {answer.status_code} {mode.name.lower()}", case, answer)
                raise Undone
        except Undone:
            pass

    def judge(self, key: str, case: Any, answer: Any) -> None:
        """Keep what is wrong with an answer."""
        try:
            case.validate_response(answer, checks=CHECKS)
        except schemathesis.core.failures.FailureGroup as wrong:
            told = "; ".join(f"{each.title}: {each.message}" for each in wrong.exceptions)
            self.faults.setdefault(key, f"{told[:600]} asked with {str(case.body)[:300]} {case.query}")

    def existing(self, name: str) -> str:
        """The id of a thing that exists, of the kind the name tells if it does."""
        return self.drawn.choice(self.things.get(name) or self.all)

    def seated(self, value: Any, name: str = "") -> Any:
        """A body in which most ids are of things that exist."""
        if isinstance(value, dict):
            return {key: self.seated(each, key) for key, each in value.items()}
        if isinstance(value, list):
            return [self.seated(each, name.removesuffix("s")) for each in value]
        if isinstance(value, str) and name.endswith("_id") and self.drawn.random() < SEATED:
            return self.existing(name)
        return value


def _things() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for model in apps.get_models():
        name = re.sub(r"(?<!^)(?=[A-Z])", "_", model.__name__).lower() + "_id"
        if model.__module__.startswith("samordna."):
            found.setdefault(name, []).extend(map(str, model._base_manager.values_list("pk", flat=True)[:30]))
    for name, like in (("change_need_id", "need_id"), ("goal_draft_id", "draft_id")):
        found[name] = found.get(name) or found.get(like, [])
    return {name: known for name, known in found.items() if known}
