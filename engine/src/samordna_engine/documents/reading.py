"""From plain JSON values to the engine's types, noting every fault on the way instead of stopping at the first."""

import dataclasses
import types
import typing
from collections.abc import Hashable, Mapping, Sized
from enum import StrEnum
from functools import cache
from typing import Any, Final

from samordna_engine.documents.plain import Plain, default_of
from samordna_engine.errors import MAX_SHOWN, Checks, Fault, Malformed, shown
from samordna_engine.problem import Range
from samordna_engine.rules import (
    AllOf,
    AnyOf,
    AtLeast,
    AtMost,
    If,
    Is,
    IsNot,
    Literal,
    NeverTogether,
    Rule,
    SumAtLeast,
    SumAtMost,
    Together,
)

_MANY, _FEW, _ONE, _LISTS = tuple[Literal, ...], tuple[str, ...], str | int, tuple[tuple[str, ...], ...]
RULES: Mapping[str, tuple[type[Any], dict[str, tuple[str, Any]]]] = {
    "is": (Is, {"aspect": ("aspect", str), "is": ("options", _FEW)}),
    "is_not": (IsNot, {"aspect": ("aspect", str), "is_not": ("options", _FEW)}),
    "at_least": (AtLeast, {"aspect": ("aspect", str), "at_least": ("value", _ONE)}),
    "at_most": (AtMost, {"aspect": ("aspect", str), "at_most": ("value", _ONE)}),
    "all_of": (AllOf, {"all_of": ("parts", _MANY)}),
    "any_of": (AnyOf, {"any_of": ("parts", _MANY)}),
    "if": (If, {"if": ("all_of", _MANY), "then": ("then", _MANY)}),
    "allowed": (Together, {"aspects": ("aspects", _FEW), "allowed": ("combinations", _LISTS)}),
    "forbidden": (NeverTogether, {"aspects": ("aspects", _FEW), "forbidden": ("combinations", _LISTS)}),
    "sum_at_least": (SumAtLeast, {"aspects": ("aspects", _FEW), "sum_at_least": ("value", int)}),
    "sum_at_most": (SumAtMost, {"aspects": ("aspects", _FEW), "sum_at_most": ("value", int)}),
}
"""For each kind of rule its type, and for each field of the document the field of the type and what that holds."""
RULE_FIELDS = tuple(RULES)
_NAMES: Final[Mapping[type, str]] = {str: "text", int: "a whole number", bool: "true or false"}


class _Bad:
    """Stands for a value that could not be read; the fault is already noted."""


BAD = _Bad()
MAX_PARTS: Final = 1_000_000
MAX_ITEMS: Final = 10_000
"""The longest list or object that is read: one of the problem's own, and one inside a part of it."""
MAX_FAULTS: Final = 1_000
"""So many faults are told. Whoever has more has not written the document by hand."""


class Reader:
    """Reads values of given types and collects what is wrong with them.

    A list or object inside a part may have up to `longest` items.
    """

    def __init__(self, longest: int = MAX_ITEMS) -> None:
        self.checks = Checks()
        self._longest = longest
        self.broken_ids: set[str] = set()
        self.places: dict[str, list[int]] = {}

    def read(self, wanted: Any, value: Plain, path: str) -> Any:
        """The value as the wanted type, or `BAD`."""
        if wanted is str or wanted is int or wanted is bool:
            return self._simple(wanted, value, path)
        if wanted is Range:
            return self.estimate(value, path)
        if wanted in (Rule, Literal):
            return self.rule(value, path, whole=wanted == Rule)
        origin, arguments = typing.get_origin(wanted), typing.get_args(wanted)
        if origin in (typing.Union, types.UnionType):
            return self._either(arguments, value, path)
        if origin is tuple:
            return self._list(arguments[0], value, path)
        if origin is Mapping or getattr(origin, "__name__", "") == "Mapping":
            return self._mapping(arguments[1], value, path)
        if dataclasses.is_dataclass(wanted):
            return self.object(typing.cast("type[Any]", wanted), value, path)
        return self._simple(wanted, value, path)

    def _simple(self, wanted: type, value: Plain, path: str) -> Any:
        if issubclass(wanted, StrEnum):
            choices = [str(choice) for choice in wanted]
            if isinstance(value, str) and value in choices:
                return wanted(value)
            self.checks.require(False, path, "wrong_choice", value=shown(value), allowed=", ".join(choices))
            return BAD
        return value if self.checks.of_type(path, value, wanted, _NAMES[wanted]) else BAD

    def _either(self, choices: tuple[Any, ...], value: Plain, path: str) -> Any:
        if value is None and type(None) in choices:
            return None
        left = [choice for choice in choices if choice is not type(None)]
        fitting = [choice for choice in left if isinstance(choice, type) and type(value) is choice]
        return self.read(fitting[0] if fitting else left[0], value, path)

    def _list(self, wanted: Any, value: Plain, path: str) -> Any:
        if not self.checks.of_type(path, value, list, "a list"):
            return BAD
        within = "." in path or "[" in path
        if not self._fits(value, path, self._longest if within else MAX_PARTS):
            return BAD
        items = [self._item(wanted, item, f"{path}[{index}]") for index, item in enumerate(value)]
        if within and any(item is BAD for item in items):
            return BAD
        self.places[path] = [index for index, item in enumerate(items) if item is not BAD]
        return tuple(item for item in items if item is not BAD)

    def _mapping(self, wanted: Any, value: Plain, path: str) -> Any:
        if not self.checks.of_type(path, value, dict, "an object"):
            return BAD
        if not self._fits(value, path, self._longest):
            return BAD
        items = {key: self._item(wanted, item, f"{path}.{key}") for key, item in value.items()}
        return {key: item for key, item in items.items() if item is not BAD}

    def _fits(self, value: Sized, path: str, limit: int) -> bool:
        return self.checks.require(len(value) <= limit, path, "too_many", limit=limit, count=len(value))

    def _item(self, wanted: Any, value: Plain, path: str) -> Any:
        """One of many values. Gives up when there are too many faults already."""
        if len(self.checks.faults) > MAX_FAULTS:
            self.finish()
        return self.read(wanted, value, path)

    def finish(self) -> None:
        """Raise `Malformed` if anything was noted, with no more faults than anybody reads."""
        told = self.checks.faults[:MAX_FAULTS]
        if len(self.checks.faults) > MAX_FAULTS:
            told.append(Fault(path="", code="too_many_faults", facts={"limit": MAX_FAULTS}))
        if told:
            raise Malformed(told)

    def object(self, wanted: type[Any], value: Plain, path: str) -> Any:
        """An object with the fields of a dataclass: none missing, none unknown."""
        given = self.fields_of(wanted, value, path)
        if given is None or any(item is BAD for item in given.values()):
            self._note_broken(value)
            return BAD
        return self.build(wanted, given, path) if not self._missing(wanted, given) else BAD

    def fields_of(
        self, wanted: type[Any], value: Plain, path: str, skip: tuple[str, ...] = ()
    ) -> dict[str, Any] | None:
        """The fields of an object, each read as its type; those in `skip` are left alone."""
        if not self.checks.of_type(path, value, dict, "an object"):
            return None
        fields = _names(typing.cast("Hashable", wanted))[0]
        self._unknown_fields(value, {*fields, *skip}, path)
        for name in self._missing(wanted, value):
            self.checks.require(False, path, "missing", name=name)
            self._note_broken(value)
        hints = hints_of(typing.cast("Hashable", wanted))
        return {name: self.read(hints[name], value[name], _join(path, name)) for name in fields if name in value}

    def build(
        self, wanted: type[Any], given: Mapping[str, Any], path: str, names: Mapping[str, str] | None = None
    ) -> Any:
        """The object itself; what it finds wrong with itself is noted under its path.

        `names` are those that fields have in the document, where they differ.
        """
        try:
            return wanted(**given)
        except Malformed as malformed:
            for fault in malformed.faults:
                shown = dataclasses.replace(fault, path=(names or {}).get(fault.path, fault.path))
                self.checks.faults.append(shown.under(path))
            self._note_broken(given)
            return BAD

    def _unknown_fields(self, value: Mapping[str, Plain], known: set[str], path: str) -> None:
        for name in [name for name in value if name not in known][: MAX_FAULTS + 1]:
            self.checks.require(False, _join(path, name[:MAX_SHOWN]), "unknown_field", name=name[:MAX_SHOWN])

    def _missing(self, wanted: type[Any], value: Mapping[str, Any]) -> list[str]:
        return [name for name in _names(typing.cast("Hashable", wanted))[1] if name not in value]

    def _note_broken(self, value: Any) -> None:
        """Remember the id of what could not be read, so that references to it are not called wrong as well."""
        if isinstance(value, Mapping) and isinstance(value.get("id"), str):
            self.broken_ids.add(value["id"])

    def estimate(self, value: Plain, path: str) -> Any:
        """One whole number, or low, likely and high."""
        if isinstance(value, dict):
            return self.object(Range, value, path)
        if not self.checks.of_type(path, value, int, "a whole number, or low, likely and high"):
            return BAD
        return self.build(Range, {"low": value, "likely": value, "high": value}, path)

    def rule(self, value: Plain, path: str, *, whole: bool) -> Any:
        """A rule, or only a literal where not `whole`."""
        allowed = RULE_FIELDS if whole else RULE_FIELDS[:4]
        if not self.checks.of_type(path, value, dict, "an object"):
            return BAD
        kinds = [name for name in allowed if name in value]
        if not self.checks.require(len(kinds) == 1, path, "unknown_rule", allowed=", ".join(allowed)):
            return BAD
        kind = kinds[0]
        fields = RULES[kind][1]
        self._unknown_fields(value, set(fields), path)
        absent = [name for name in fields if name not in value]
        for name in absent:
            self.checks.require(False, path, "missing", name=name)
        return BAD if absent else self._rule_of_kind(kind, value, path)

    def _rule_of_kind(self, kind: str, value: Mapping[str, Plain], path: str) -> Any:
        """A rule whose fields are the right ones. Its parts have other names in Python than in a document."""
        wanted, fields = RULES[kind]
        parts = {to: self.read(of, value[name], f"{path}.{name}") for name, (to, of) in fields.items()}
        if any(part is BAD for part in parts.values()):
            return BAD
        names = {to: name for name, (to, _) in fields.items()}
        return self.build(wanted, parts, path, names)


@cache
def _names(wanted: Hashable) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The fields of a dataclass, and those of them that must be given."""
    fields = dataclasses.fields(typing.cast("type[Any]", wanted))
    needed = tuple(field.name for field in fields if default_of(field) is dataclasses.MISSING)
    return tuple(field.name for field in fields), needed


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


@cache
def hints_of(wanted: Hashable) -> dict[str, Any]:
    """The types of the fields of a dataclass."""
    return typing.get_type_hints(wanted)
