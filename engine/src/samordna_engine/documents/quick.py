"""The short way from plain JSON values to the engine's types, for what is right.

Nearly every document is, and then there is no need to know where anything stands in it. So each type gets one small
function that makes it or gives up at once; `reading` goes the long way when this one did, and says what is wrong.
"""

import dataclasses
import types
import typing
from collections.abc import Callable, Hashable, Mapping
from enum import StrEnum
from functools import cache
from typing import Any, Final

from samordna_engine.documents.plain import Plain, default_of
from samordna_engine.documents.reading import MAX_ITEMS, MAX_PARTS, RULES, hints_of
from samordna_engine.errors import Malformed
from samordna_engine.problem import Range
from samordna_engine.rules import Literal, Rule

Maker = Callable[[Plain], Any]
MOST_RULES: Final = 20_000
"""So many rules are remembered."""
LITERALS: Final = frozenset({"is", "is_not", "at_least", "at_most"})


class NotQuick(Exception):
    """Something is not as it should be, or too long to be taken at a run."""


def made(wanted: Any, value: Plain) -> Any:
    """The value as the wanted type. Raises `NotQuick` wherever there might be something to say about it."""
    try:
        return _maker(wanted)(value)
    except Malformed as malformed:
        raise NotQuick from malformed


@cache
def _maker(wanted: Any) -> Maker:
    """What makes a value of a type."""
    if wanted == Rule:
        return _Rules().made
    if wanted == Literal:
        return lambda value: _rule(value, whole=False)
    if wanted is Range:
        return _estimate
    origin, arguments = typing.get_origin(wanted), typing.get_args(wanted)
    if origin in (typing.Union, types.UnionType):
        return _either(arguments)
    if origin is tuple:
        return _many(arguments[0])
    if origin is not None and issubclass(origin, Mapping):
        return _by_name(arguments[1])
    if dataclasses.is_dataclass(wanted):
        return _part(typing.cast("type[Any]", wanted))
    return _chosen(wanted) if issubclass(wanted, StrEnum) else _simple((wanted,))


def _simple(kinds: tuple[type, ...]) -> Maker:
    def make(value: Plain) -> Any:
        if type(value) in kinds:
            return value
        raise NotQuick

    return make


def _chosen(wanted: type[StrEnum]) -> Maker:
    choices = {str(choice): choice for choice in wanted}

    def make(value: Plain) -> Any:
        if type(value) is str and value in choices:
            return choices[value]
        raise NotQuick

    return make


def _either(choices: tuple[Any, ...]) -> Maker:
    left = [choice for choice in choices if choice is not type(None)]
    make_it = _maker(left[0]) if len(left) == 1 else _simple(tuple(left))
    if len(left) == len(choices):
        return make_it
    return lambda value: None if value is None else make_it(value)


def _many(wanted: Any) -> Maker:
    longest = MAX_PARTS if dataclasses.is_dataclass(wanted) else MAX_ITEMS

    def make(value: Plain) -> Any:
        if type(value) is not list or len(value) > longest:
            raise NotQuick
        return tuple(map(_maker(wanted), value))

    return make


def _by_name(wanted: Any) -> Maker:
    def make(value: Plain) -> Any:
        if type(value) is not dict or len(value) > MAX_ITEMS:
            raise NotQuick
        make_it = _maker(wanted)
        return {name: make_it(item) for name, item in value.items()}

    return make


def _part(wanted: type[Any]) -> Maker:
    """An object with the fields of a dataclass: none missing, none unknown."""
    fields = dataclasses.fields(wanted)
    needed = {field.name for field in fields if default_of(field) is dataclasses.MISSING}
    hints = hints_of(typing.cast("Hashable", wanted))
    known = {field.name for field in fields}
    makers: dict[str, Maker] = {}

    def make(value: Plain) -> Any:
        if type(value) is not dict or not needed <= value.keys() <= known:
            raise NotQuick
        if not makers:  # not earlier, since a type may hold its own kind
            makers.update((name, _maker(hints[name])) for name in known)
        return wanted(**{name: makers[name](item) for name, item in value.items()})

    return make


def _estimate(value: Plain) -> Range:
    if type(value) is int:
        return Range(low=value, likely=value, high=value)
    if type(value) is dict and value.keys() == {"low", "likely", "high"}:
        return Range(**value)
    raise NotQuick


class _Rules:
    """Makes rules, and remembers some: many say the same, in laws and in groups of alike participants."""

    def __init__(self) -> None:
        self.known: dict[str, Any] = {}

    def made(self, value: Plain) -> Any:
        """The rule in a value; the same one for the same value."""
        said = repr(value)
        rule = self.known.get(said)
        if rule is None:
            rule = _rule(value, whole=True)
            if len(self.known) >= MOST_RULES:
                self.known.clear()
            self.known[said] = rule
        return rule


def _rule(value: Plain, *, whole: bool) -> Any:
    """A rule, or only a literal where not `whole`."""
    if type(value) is not dict:
        raise NotQuick
    for name, (wanted, fields) in RULES.items():
        if name in value and value.keys() == fields.keys() and (whole or name in LITERALS):
            return wanted(**{to: _maker(of)(value[given]) for given, (to, of) in fields.items()})
    raise NotQuick
