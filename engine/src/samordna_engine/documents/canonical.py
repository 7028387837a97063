"""The canonical text of a question, of which the digest is made: its document with sorted fields and no spaces.

It is what `json` makes of the plain values with `sort_keys`, written at once. Nearly all that there is of a large
question are rules, which many state alike, and estimates of the same options, so both are written from what was written
before.
"""

import dataclasses
import typing
from collections.abc import Callable, Hashable
from enum import StrEnum
from functools import cache
from itertools import pairwise
from json.encoder import encode_basestring as quoted
from operator import attrgetter
from typing import Any, Final, TypeVar

from samordna_engine.documents.plain import default_of
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

Given = TypeVar("Given", bound=Hashable)
_RULES: Final = frozenset(typing.get_args(Rule))


def canonical(value: object, **head: object) -> str:
    """The canonical text of a value of the engine's types, with more fields at its head."""
    return _Writer().part(value, **head)


class _NotInOrder(Exception):
    """Options do not come in the order in which they are written."""


class _Kept(dict[Given, str]):
    """Texts by what they are made of, each made when it is first asked for."""

    def __init__(self, make: Callable[[Given], str]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, given: Given) -> str:
        made = self[given] = self._make(given)
        return made


class _Writer:
    """Writes one value, and remembers what it wrote."""

    def __init__(self) -> None:
        self._rules: dict[int, str] = {}
        self._begin, self._forms = _Kept(_begin), _Kept(_form)
        self._by_kind: dict[type, Callable[[Any], str]] = {
            str: quoted,
            int: str,
            bool: lambda value: "true" if value else "false",
            type(None): lambda _: "null",
            tuple: self._list,
            dict: self._mapping,
            Range: _estimate,
            **dict.fromkeys(_RULES, self._rule),
        }

    def text(self, value: object) -> str:
        """Any value."""
        write = self._by_kind.get(type(value))
        if write is None:
            write = self._by_kind[type(value)] = self._choice if isinstance(value, StrEnum) else self.part
        return write(value)

    def part(self, value: object, **head: object) -> str:
        """The fields of a dataclass that do not have their defaults, and perhaps some more."""
        text, (fields_of, begin, defaults) = self.text, _fields(typing.cast("Hashable", type(value)))
        written = [
            begin[i] + text(item)
            for i, item in enumerate(fields_of(value))
            if item is not defaults[i] and item != defaults[i]
        ]
        if head:
            written = sorted([*written, *(f"{quoted(name)}:{text(item)}" for name, item in head.items())])
        return f"{{{','.join(written)}}}"

    def _choice(self, value: Any) -> str:
        return quoted(value.value)

    def _list(self, value: tuple[object, ...]) -> str:
        return f"[{','.join([self.text(item) for item in value])}]"

    def _mapping(self, value: dict[str, Any]) -> str:
        if value and all(type(item) is dict for item in value.values()):
            return self._costs(value)
        return f"{{{','.join([f'{quoted(key)}:{self.text(item)}' for key, item in sorted(value.items())])}}}"

    def _costs(self, value: dict[str, dict[str, Range]]) -> str:
        """Estimates by aspect and option: first how they are written, with a place for each, then all at once."""
        begin, forms, names = self._begin, self._forms, sorted(value)
        try:
            form = ",".join([begin[name] + forms[tuple(value[name])] for name in names])
        except _NotInOrder:
            return self._costs({name: dict(sorted(by_option.items())) for name, by_option in value.items()})
        numbers = [r.likely if r.low == r.high else _estimate(r) for name in names for r in value[name].values()]
        return f"{{{form % tuple(numbers)}}}"

    def _rule(self, rule: Rule) -> str:
        """A rule, written once for each object."""
        if id(rule) not in self._rules:
            self._rules[id(rule)] = self._written(rule)
        return self._rules[id(rule)]

    def _written(self, rule: Rule) -> str:
        match rule:
            case Is() | IsNot():
                field = "is" if isinstance(rule, Is) else "is_not"
                return f'{{"aspect":{quoted(rule.aspect)},"{field}":{_names(rule.options)}}}'
            case AtLeast() | AtMost():
                field = "at_least" if isinstance(rule, AtLeast) else "at_most"
                return f'{{"aspect":{quoted(rule.aspect)},"{field}":{self.text(rule.value)}}}'
            case AllOf() | AnyOf():
                field = "all_of" if isinstance(rule, AllOf) else "any_of"
                return f'{{"{field}":{self.text(rule.parts)}}}'
            case If():
                return f'{{"if":{self.text(rule.all_of)},"then":{self.text(rule.then)}}}'
            case Together() | NeverTogether():
                combinations = map(_names, rule.combinations)
                lines = f"[{','.join(combinations)}]"
                if isinstance(rule, Together):
                    return f'{{"allowed":{lines},"aspects":{_names(rule.aspects)}}}'
                return f'{{"aspects":{_names(rule.aspects)},"forbidden":{lines}}}'
            case SumAtLeast() | SumAtMost():
                field = "sum_at_least" if isinstance(rule, SumAtLeast) else "sum_at_most"
                return f'{{"aspects":{_names(rule.aspects)},"{field}":{rule.value}}}'


@cache
def _fields(kind: Hashable) -> tuple[Callable[[Any], tuple[Any, ...]], tuple[str, ...], tuple[object, ...]]:
    """The fields of a dataclass in the order of a text: what they are in a value, how each begins, and its default."""
    fields = sorted(dataclasses.fields(typing.cast("type[Any]", kind)), key=lambda field: field.name)
    begin = tuple(f"{quoted(field.name)}:" for field in fields)
    return attrgetter(*(f.name for f in fields)), begin, tuple(default_of(field) for field in fields)


def _names(names: tuple[str, ...]) -> str:
    return f"[{','.join(map(quoted, names))}]"


def _begin(name: str) -> str:
    return quoted(name).replace("%", "%%") + ":"


def _form(options: tuple[str, ...]) -> str:
    """How estimates of these options are written, each in its place."""
    if any(one >= other for one, other in pairwise(options)):
        raise _NotInOrder
    return f"{{{','.join([_begin(option) + '%s' for option in options])}}}"


def _estimate(estimate: Range) -> str:
    """An estimate as one number where it is certain, else as its three."""
    if estimate.low == estimate.high:
        return str(estimate.likely)
    return f'{{"high":{estimate.high},"likely":{estimate.likely},"low":{estimate.low}}}'
