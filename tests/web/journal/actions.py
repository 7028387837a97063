"""Every action that the code writes in the journal, read from the code itself."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[3] / "src" / "samordna"
WRITERS = re.compile(r"^_?(record|tell|tell_of_\w+|move_matter|_?_move|_become|_end)$")
# What was acted on, which stands beside the action in some calls.
KINDS = frozenset({"affiliation_rule", "answer_link", "following_answer", "help_offer", "help_request", "own_work"})
ACTION = re.compile(r"^[a-z]+(_[a-z]+)+$")


def actions_in_code() -> set[str]:
    """String constants given as an action to `record` or to a function that hands it on."""
    found: set[str] = set()
    for path in sorted(SOURCE.rglob("*.py")):
        if "operations" in path.as_posix() or path.name == "journal.py":
            found.update(_in_module(ast.parse(path.read_text())))
    return found - KINDS


def _in_module(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and WRITERS.match(_name(node.func)):
            named = [keyword.value for keyword in node.keywords if keyword.arg == "action"]
            yield from _constants([*node.args[1:3], *named])
        if isinstance(node, ast.Assign) and any(_name(target) == "action" for target in node.targets):
            yield from _constants([node.value])


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def _constants(nodes: list[ast.expr]) -> Iterator[str]:
    for node in nodes:
        parts = [node.body, node.orelse] if isinstance(node, ast.IfExp) else [node]
        for part in parts:
            if isinstance(part, ast.Constant) and isinstance(part.value, str) and ACTION.match(part.value):
                yield part.value
