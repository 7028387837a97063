"""What can go wrong before there is an answer.

A matter without a solution is not an error: that is the outcome `Clash`. The errors here are about the question itself
(`Malformed`, `TooLarge`) or about the engine not managing to prove what it found (`Unproved`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

MESSAGES: Mapping[str, str] = {
    "asked_elsewhere": "this question is answered by {function}",
    "bad_json": "this is not JSON: {what}",
    "blank": "this must say something",
    "duplicate_id": "the id {id!r} is used more than once; every id must be its own",
    "duplicate_key": "the field {name!r} is given twice in the same object",
    "low_likely_high": "low, likely and high must come in rising order, not {low}, {likely}, {high}",
    "missing": "the field {name!r} is missing",
    "no_frame_value": "the aspect {aspect!r} is left to each participant and has no common value",
    "no_capacity_option": "a capacity is about one option of an aspect; name both",
    "no_joint_aspect": "a largest number of variants is about one aspect; name it",
    "no_joint_option": "only a capacity is about one option",
    "no_numbers": "the options of {aspect!r} are not numbers; name one of its options instead",
    "not_ordered": "at least and at most need an ordered aspect, and {aspect!r} is not ordered",
    "number_needed": "every option of a range needs a whole number",
    "one_frame_only": "a need of the coordination is about the frame, but {aspect!r} is left to each participant",
    "out_of_range": "the number {value} must be between {low} and {high}",
    "rising_numbers": "the numbers of a range must rise from option to option",
    "table_too_large": "the rule covers {cells} combinations of options; at most {limit} are allowed",
    "too_deep": "the document is nested too deeply",
    "too_few": "at least {limit} needed here, {count} given",
    "too_long": "at most {limit} characters are allowed, {count} given",
    "too_many": "at most {limit} allowed here, {count} given",
    "too_many_faults": "there are more faults than the {limit} that are told here",
    "too_wide": "the rule is about {count} aspects; at most {limit} are allowed",
    "two_options": "a yes-or-no aspect has exactly two options, not {count}",
    "unknown_aspect": "there is no aspect {aspect!r}",
    "unknown_condition": "there is no condition {condition!r}",
    "unknown_field": "there is no field {name!r} here",
    "unknown_option": "the aspect {aspect!r} has no option {option!r}",
    "unknown_owner": "there is no participant {owner!r}",
    "unknown_rule": "this is not a rule; a rule is one of: {allowed}",
    "wrong_choice": "{value!r} is not one of: {allowed}",
    "wrong_length": "this has {count} options where {limit} aspects are named",
    "wrong_type": "this must be {expected}, not {actual}",
}
"""The English sentence for each code. An application in another language writes its own table over the same codes."""


MAX_SHOWN: Final = 40
_ENDLESS: Final = 10**30


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing wrong at one place. `path` is the field, as in `conditions[2].rule.aspect`; documents have a `line`."""

    path: str
    code: str
    facts: Mapping[str, str | int] = field(default_factory=dict)
    line: int | None = None

    @property
    def message(self) -> str:
        """The fault as an English sentence, without the place."""
        return MESSAGES[self.code].format(**self.facts)

    def under(self, prefix: str) -> "Fault":
        """The same fault seen from one level further out."""
        joint = "" if not prefix or not self.path or self.path.startswith("[") else "."
        return replace(self, path=f"{prefix}{joint}{self.path}")

    def __str__(self) -> str:
        line = f"line {self.line}, " if self.line is not None else ""
        return f"{line}{self.path or 'the document'}: {self.message}"


class Malformed(ValueError):
    """The question is not well formed. `faults` lists everything that was found, not only the first."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults: tuple[Fault, ...] = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


class TooLarge(ValueError):
    """The question exceeds a limit and was refused before solving. `limit` names it; the other two are counts."""

    def __init__(self, limit: str, value: int, allowed: int) -> None:
        self.limit, self.value, self.allowed = limit, value, allowed
        super().__init__(f"too large: {limit} is {value}, and at most {allowed} is allowed")


class Unproved(RuntimeError):
    """An answer was found but its proof failed, so it is not given. This is always a defect in the engine."""


class Checks:
    """Collects faults while an object is validated, and raises them together."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def require(self, holds: bool, path: str, code: str, **facts: str | int) -> bool:
        """Note a fault unless it holds, and pass the truth value on."""
        if not holds:
            self.faults.append(Fault(path=path, code=code, facts=facts))
        return holds

    def text(self, path: str, value: object, limit: int = 2000) -> None:
        """A string that says something and is not endless."""
        if self.of_type(path, value, str, "text"):
            assert isinstance(value, str)
            self.require(bool(value.strip()), path, "blank")
            self.require(len(value) <= limit, path, "too_long", limit=limit, count=len(value))

    def whole(self, path: str, value: object, low: int, high: int) -> None:
        """A whole number within bounds."""
        if self.of_type(path, value, int, "a whole number"):
            assert isinstance(value, int)
            self.require(low <= value <= high, path, "out_of_range", value=shown(value), low=low, high=high)

    def of_type(self, path: str, value: object, expected: type, name: str) -> bool:
        """The value has the type; a truth value does not count as a number."""
        if isinstance(value, expected) and not (expected is int and isinstance(value, bool)):
            return True
        return self.require(False, path, "wrong_type", expected=name, actual=kind_of(value))

    def unique(self, path: str, ids: Iterable[str]) -> None:
        """No id occurs twice."""
        ids = tuple(ids)
        seen: set[str] = set()
        if len(set(ids)) == len(ids):
            return
        for index, name in enumerate(ids):
            self.require(name not in seen, f"{path}[{index}].id", "duplicate_id", id=name)
            seen.add(name)

    def finish(self) -> None:
        """Raise `Malformed` if anything was noted."""
        if self.faults:
            raise Malformed(self.faults)


def says(value: object, limit: int) -> bool:
    """Whether a value is text that says something and is not endless: the short way to what `Checks.text` finds."""
    return type(value) is str and 0 < len(value) <= limit and not value.isspace()


def shown(value: object) -> str:
    """A value in few characters, however large it is."""
    if isinstance(value, str):
        return value[:MAX_SHOWN]
    if type(value) is int and abs(value) >= _ENDLESS:
        return f"{'−' if value < 0 else ''}{_ENDLESS:.0e} …"
    return kind_of(value) if isinstance(value, list | tuple | dict) else str(value)[:MAX_SHOWN]


def kind_of(value: object) -> str:
    """What a value is, in the words of a document."""
    names = {"str": "text", "int": "a whole number", "float": "a number", "bool": "true or false"}
    names |= {"NoneType": "nothing", "dict": "an object", "list": "a list", "tuple": "a list"}
    return names.get(type(value).__name__, type(value).__name__)
