"""Every operation keeps the contract: keywords, an actor, a right asked again, a journal entry, a sentence about itself."""

from __future__ import annotations

import ast
import importlib
import inspect
import textwrap

import pytest

from samordna.core.operation import REGISTRY, operation
from samordna.core.policy import PATHS

STEPS = (
    *("organisations", "site", "collaborations", "agreements", "matters", "forums", "scheduling", "decisions", "adherence"),
    *("knowledge", "proceedings", "minutes", "conversations", "events", "introductions", "followup", "change"),
    "assessments",
    *("worth", "reports", "admissions", "search", "notices"),
)
for step in STEPS:
    importlib.import_module(f"samordna.domain.{step}.operations")
OPERATIONS = sorted(REGISTRY.items())


def _body(name: str) -> ast.FunctionDef:
    function = inspect.unwrap(REGISTRY[name].call)
    return ast.parse(textwrap.dedent(inspect.getsource(function))).body[0]


def _names_called(node: ast.AST) -> set[str]:
    called = set()
    for part in ast.walk(node):
        if isinstance(part, ast.Call):
            called.add(part.func.id if isinstance(part.func, ast.Name) else getattr(part.func, "attr", ""))
    return called


def _asks(names: set[str]) -> bool:
    return any(name.endswith("_for") or name.startswith("check_") or name in {"permit", "insist"} for name in names)


@pytest.mark.parametrize("name", [name for name, _ in OPERATIONS])
def test_operation_asks_for_its_right_first(name):
    statements = [
        node for node in _body(name).body if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
    ]
    assert _asks(_names_called(statements[0])), f"{name} does something before it asks whether it may"


@pytest.mark.parametrize("name", [name for name, _ in OPERATIONS])
def test_operation_says_what_it_does(name):
    assert inspect.unwrap(REGISTRY[name].call).__doc__, name


def test_every_declared_right_is_in_the_policy():
    assert {registered.action for _, registered in OPERATIONS} <= set(PATHS)


def test_there_are_operations_of_every_step():
    assert {name.split(".")[0] for name, _ in OPERATIONS} == set(STEPS)


def test_an_operation_without_an_actor_cannot_be_declared():
    with pytest.raises(TypeError, match="takes an actor"):

        @operation("matter.lead")
        def nobody_asked(*, matter_id: str) -> None:
            """Not an operation."""


def test_an_operation_with_positional_arguments_cannot_be_declared():
    with pytest.raises(TypeError, match="keywords only"):

        @operation("matter.lead")
        def careless(actor: object) -> None:
            """Not an operation."""
