"""What can be read off the source: an operation asks for its right before anything else, and no page reaches a model."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

ASKING = ("check_", "permit")
FETCHING = "_for"


def asks_for_its_right(call: Callable[..., object]) -> bool:
    """Is the function's first statement (after its docstring) a call of `check_…`, `permit…` or `…_for`, with the actor?"""
    function = ast.parse(textwrap.dedent(inspect.getsource(inspect.unwrap(call)))).body[0]
    assert isinstance(function, ast.FunctionDef)
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return any(_asks(node) for node in ast.walk(body[0]) if isinstance(node, ast.Call))


def _asks(call: ast.Call) -> bool:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    known = name.lstrip("_").startswith(ASKING) or name.endswith(FETCHING)
    return known and any(isinstance(given, ast.Name) and given.id == "actor" for given in call.args)


def forbidden_imports(file: Path) -> list[str]:
    """Imports of models in a module of the surface, apart from those that only types need."""
    tree = ast.parse(file.read_text())
    for_types = {id(each) for node in ast.walk(tree) for each in _only_for_types(node)}
    return [
        f"{file.name}: {node.module}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and id(node) not in for_types and _names_models(node)
    ]


def _only_for_types(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
        yield from ast.walk(node)


def _names_models(node: ast.ImportFrom) -> bool:
    inside = (node.module or "").startswith("samordna.")
    return inside and ((node.module or "").endswith(".models") or any(alias.name == "models" for alias in node.names))
