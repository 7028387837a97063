"""From the engine's types to plain JSON values: objects, lists, text, whole numbers, truth values and nothing.

A field that has its default is left out, so that a document stays short and a later version of the engine, with new
fields that have defaults, gives the same digest for the same question.
"""

import dataclasses
import typing
from collections.abc import Hashable
from enum import StrEnum
from functools import cache
from typing import Any, Final

from samordna_engine.problem import Range
from samordna_engine.rules import (
    AllOf,
    AnyOf,
    AtLeast,
    AtMost,
    If,
    Is,
    IsNot,
    NeverTogether,
    Rule,
    SumAtLeast,
    SumAtMost,
    Together,
)

Plain = Any
"""A JSON value. Its shape is only known once it has been read, hence the type."""


_AS_IT_IS: Final = frozenset({str, int, bool, type(None)})
_RULES: Final = frozenset(typing.get_args(Rule))


def plain(value: object) -> Plain:
    """The value as JSON can carry it."""
    kind = type(value)
    if kind in _AS_IT_IS:
        return value
    if kind is Range:
        return range_plain(typing.cast("Range", value))
    if kind is dict:
        return {
            key: (item.likely if item.low == item.high else range_plain(item)) if type(item) is Range else plain(item)
            for key, item in typing.cast("dict[str, object]", value).items()
        }  # nearly all that there is of a question are estimates by name
    if kind is tuple:
        return [plain(item) for item in typing.cast("tuple[object, ...]", value)]
    if isinstance(value, StrEnum):
        return value.value
    return rule_plain(typing.cast("Rule", value)) if kind in _RULES else _object_plain(value)


def _object_plain(value: object) -> dict[str, Plain]:
    made = {}
    for name, default in _defaults(typing.cast("Hashable", type(value))):
        item = getattr(value, name)
        if item is not default and item != default:
            made[name] = plain(item)
    return made


@cache
def _defaults(kind: Hashable) -> tuple[tuple[str, object], ...]:
    """The names of the fields of a dataclass, each with its default."""
    return tuple((field.name, default_of(field)) for field in dataclasses.fields(typing.cast("type[Any]", kind)))


def default_of(field: "dataclasses.Field[Any]") -> object:
    """The default of a field, or the marker `dataclasses.MISSING` where it has to be given."""
    if field.default_factory is not dataclasses.MISSING:
        return field.default_factory()
    return field.default


def range_plain(estimate: Range) -> Plain:
    """An estimate as one number where it is certain, else as its three."""
    if estimate.low == estimate.high:
        return estimate.likely
    return {"low": estimate.low, "likely": estimate.likely, "high": estimate.high}


def rule_plain(rule: Rule) -> dict[str, Plain]:
    """A rule as an object; which field it has besides its aspects says what kind of rule it is."""
    match rule:
        case Is():
            return {"aspect": rule.aspect, "is": list(rule.options)}
        case IsNot():
            return {"aspect": rule.aspect, "is_not": list(rule.options)}
        case AtLeast():
            return {"aspect": rule.aspect, "at_least": rule.value}
        case AtMost():
            return {"aspect": rule.aspect, "at_most": rule.value}
        case AllOf():
            return {"all_of": [rule_plain(part) for part in rule.parts]}
        case AnyOf():
            return {"any_of": [rule_plain(part) for part in rule.parts]}
        case If():
            return {"if": [rule_plain(part) for part in rule.all_of], "then": [rule_plain(part) for part in rule.then]}
        case Together() | NeverTogether():
            field = "allowed" if isinstance(rule, Together) else "forbidden"
            return {"aspects": list(rule.aspects), field: [list(options) for options in rule.combinations]}
        case SumAtLeast():
            return {"aspects": list(rule.aspects), "sum_at_least": rule.value}
        case SumAtMost():
            return {"aspects": list(rule.aspects), "sum_at_most": rule.value}
