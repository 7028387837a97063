"""What of an earlier matter's rules and options fits the next turn's aspects: labels carry over, ids do not. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from samordna.core.errors import Invalid
from samordna.domain.matters import rules
from samordna.domain.matters.rules import Subject

Ids = Mapping[str, str]


def same_by_label(before: Mapping[str, Subject], now: Mapping[str, Subject]) -> dict[str, str]:
    """Old id → new id, for every aspect with the same label and kind, and every option of it with the same label."""
    found: dict[str, str] = {}
    by_label = {subject.label: subject for subject in now.values()}
    for subject in before.values():
        match = by_label.get(subject.label)
        if match is None or match.kind is not subject.kind:
            continue
        found[subject.id] = match.id
        options = {option.label: option.id for option in match.options}
        found |= {option.id: options[option.label] for option in subject.options if option.label in options}
    return found


def moved(rule: Mapping[str, Any], ids: Ids, now: Mapping[str, Subject]) -> dict[str, Any] | None:
    """The rule over the new aspects; None where it names something that is no longer there."""
    try:
        return rules.data_of(rules.read(_renamed(rule, ids), now))
    except (Invalid, KeyError):
        return None


def _renamed(value: Any, ids: Ids) -> Any:
    """The rule's data with every id renamed. Raises `KeyError` for one that has no new name."""
    return {
        "if": [_line(line, ids) for line in value.get("if", [])],
        "then": [_line(line, ids) for line in value["then"]],
    }


def _line(line: Mapping[str, Any], ids: Ids) -> dict[str, Any]:
    return {**line, "aspect": ids[line["aspect"]], "options": [ids[option] for option in line["options"]]}
