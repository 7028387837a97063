"""The language in which conditions and needs are written.

It is small and closed, so that every rule can be read aloud as a sentence and tried on every combination of options.
A *literal* is about one aspect. A *rule* is a literal, or joins literals: all of them, any of them, or if … then ….
What cannot be said that way is said as a list of combinations, or as a bound on a sum.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from samordna_engine.errors import Checks


@dataclass(frozen=True, slots=True, kw_only=True)
class Is:
    """The aspect has one of these options."""

    aspect: str
    options: tuple[str, ...]

    def __post_init__(self) -> None:
        _check_literal(self.aspect, self.options)


@dataclass(frozen=True, slots=True, kw_only=True)
class IsNot:
    """The aspect has none of these options."""

    aspect: str
    options: tuple[str, ...]

    def __post_init__(self) -> None:
        _check_literal(self.aspect, self.options)


@dataclass(frozen=True, slots=True, kw_only=True)
class AtLeast:
    """The ordered aspect has this option or a later one. A whole number is compared with the numbers of a range."""

    aspect: str
    value: str | int

    def __post_init__(self) -> None:
        _check_literal(self.aspect, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class AtMost:
    """The ordered aspect has this option or an earlier one. A whole number is compared with the numbers of a range."""

    aspect: str
    value: str | int

    def __post_init__(self) -> None:
        _check_literal(self.aspect, None)


Literal = Is | IsNot | AtLeast | AtMost


@dataclass(frozen=True, slots=True, kw_only=True)
class AllOf:
    """Every part holds."""

    parts: tuple[Literal, ...]

    def __post_init__(self) -> None:
        _check_parts("parts", self.parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnyOf:
    """At least one part holds."""

    parts: tuple[Literal, ...]

    def __post_init__(self) -> None:
        _check_parts("parts", self.parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class If:
    """Wherever all of `all_of` hold, all of `then` hold too."""

    all_of: tuple[Literal, ...]
    then: tuple[Literal, ...]

    def __post_init__(self) -> None:
        _check_parts("all_of", self.all_of)
        _check_parts("then", self.then)


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """The aspects have one of these combinations of options; each is as long as `aspects` and in the same order."""

    aspects: tuple[str, ...]
    combinations: tuple[tuple[str, ...], ...]

    def __post_init__(self) -> None:
        _check_combinations(self.aspects, self.combinations)


@dataclass(frozen=True, slots=True, kw_only=True)
class NeverTogether:
    """The aspects have none of these combinations of options."""

    aspects: tuple[str, ...]
    combinations: tuple[tuple[str, ...], ...]

    def __post_init__(self) -> None:
        _check_combinations(self.aspects, self.combinations)


@dataclass(frozen=True, slots=True, kw_only=True)
class SumAtLeast:
    """The numbers of these ranges add up to at least so much."""

    aspects: tuple[str, ...]
    value: int

    def __post_init__(self) -> None:
        _check_sum(self.aspects, self.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class SumAtMost:
    """The numbers of these ranges add up to at most so much."""

    aspects: tuple[str, ...]
    value: int

    def __post_init__(self) -> None:
        _check_sum(self.aspects, self.value)


Listed = Together | NeverTogether
Sum = SumAtLeast | SumAtMost
Rule = Is | IsNot | AtLeast | AtMost | AllOf | AnyOf | If | Together | NeverTogether | SumAtLeast | SumAtMost


def literals_of(rule: Rule) -> tuple[tuple[str, Literal], ...]:
    """The literals of a rule, each with its place within the rule as a document writes it."""
    match rule:
        case Together() | NeverTogether() | SumAtLeast() | SumAtMost():
            return ()
        case AllOf():
            return tuple((f"all_of[{i}]", part) for i, part in enumerate(rule.parts))
        case AnyOf():
            return tuple((f"any_of[{i}]", part) for i, part in enumerate(rule.parts))
        case If():
            given = tuple((f"if[{i}]", part) for i, part in enumerate(rule.all_of))
            return given + tuple((f"then[{i}]", part) for i, part in enumerate(rule.then))
        case _:
            return (("", rule),)


def aspects_of(rule: Rule) -> tuple[str, ...]:
    """The aspects a rule is about, each once, in the order they are mentioned."""
    match rule:
        case Is() | IsNot() | AtLeast() | AtMost():
            return (rule.aspect,)
        case AllOf() | AnyOf():
            return tuple(dict.fromkeys([part.aspect for part in rule.parts]))
        case If():
            return tuple(dict.fromkeys([part.aspect for part in (*rule.all_of, *rule.then)]))
        case _:
            return rule.aspects


def _check_literal(aspect: str, options: Iterable[str] | None) -> None:
    checks = Checks()
    checks.text("aspect", aspect)
    if options is not None and checks.of_type("options", options, tuple, "a list of options"):
        checks.require(bool(options), "options", "too_few", limit=1, count=0)
        for index, option in enumerate(options):
            checks.of_type(f"options[{index}]", option, str, "an option's id")
    checks.finish()


def _check_parts(path: str, parts: tuple[Literal, ...]) -> None:
    checks = Checks()
    if checks.of_type(path, parts, tuple, "a list of literals"):
        checks.require(bool(parts), path, "too_few", limit=1, count=0)
        for index, part in enumerate(parts):
            is_literal = isinstance(part, Literal)
            checks.require(is_literal, f"{path}[{index}]", "unknown_rule", allowed="is, is_not, at_least, at_most")
    checks.finish()


def _check_aspects(checks: Checks, aspects: object) -> bool:
    """A list of aspects to be named together: at least one, none twice."""
    if not checks.of_type("aspects", aspects, tuple, "a list of aspects"):
        return False
    assert isinstance(aspects, tuple)
    checks.require(bool(aspects), "aspects", "too_few", limit=1, count=0)
    for index, name in enumerate(aspects):
        if checks.of_type(f"aspects[{index}]", name, str, "an aspect's id"):
            checks.require(name not in aspects[:index], f"aspects[{index}]", "duplicate_id", id=name)
    return not checks.faults


def _check_combinations(aspects: object, combinations: object) -> None:
    checks = Checks()
    if _check_aspects(checks, aspects) and checks.of_type("combinations", combinations, tuple, "a list of lists"):
        assert isinstance(aspects, tuple)
        assert isinstance(combinations, tuple)
        for index, options in enumerate(combinations):
            path = f"combinations[{index}]"
            if checks.of_type(path, options, tuple, "a list of options"):
                checks.require(
                    len(options) == len(aspects), path, "wrong_length", count=len(options), limit=len(aspects)
                )
                for place, option in enumerate(options):
                    checks.of_type(f"{path}[{place}]", option, str, "an option's id")
    checks.finish()


def _check_sum(aspects: object, value: object) -> None:
    checks = Checks()
    _check_aspects(checks, aspects)
    checks.whole("value", value, -(10**12), 10**12)
    checks.finish()
