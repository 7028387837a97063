"""The language in which conditions and needs are stored: small, closed, and readable aloud as a sentence.

A *rule* says that some literals hold, always or whenever others do: `{"if": [literal…], "then": [literal…]}`, where "if"
may be left out. A *literal* is about one aspect: `{"aspect": id, "is": comparison, "options": [option ids]}`. The
comparisons `at_least` and `at_most` take exactly one option, of an aspect whose options have an order.

`read` turns stored or typed data into a `Rule` and raises `Invalid({"rule": sentence})` for anything it cannot use.
This module knows no database: an aspect comes in as a `Subject`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import prod
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext as _p

from samordna.core.errors import Invalid
from samordna.domain.matters.enums import AspectKind, Sharing
from samordna.domain.matters.limits import MAX_COMBINATIONS, MAX_RULE_ASPECTS


class Comparison(StrEnum):
    """How a literal compares an aspect with options."""

    ONE_OF = "one_of"
    NONE_OF = "none_of"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


IN_ORDER = frozenset({Comparison.AT_LEAST, Comparison.AT_MOST})


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One option of an aspect."""

    id: str
    label: str
    number: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """An aspect as rules see it: what can be said about it. `options` are in their order."""

    id: str
    label: str
    kind: AspectKind
    sharing: Sharing
    unit: str
    options: tuple[Choice, ...]

    @property
    def ordered(self) -> bool:
        """Do at least and at most mean something here?"""
        return self.kind in (AspectKind.ORDERED, AspectKind.RANGE)

    def label_of(self, option_id: str) -> str:
        """The option's label."""
        return next(option.label for option in self.options if option.id == option_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Literal:
    """Something said about one aspect."""

    aspect: str
    comparison: Comparison
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Whenever all of `when` hold, all of `then` hold. An empty `when` holds always."""

    when: tuple[Literal, ...]
    then: tuple[Literal, ...]

    @property
    def literals(self) -> tuple[Literal, ...]:
        """Every literal, in the order it is read."""
        return (*self.when, *self.then)

    @property
    def aspects(self) -> tuple[str, ...]:
        """The ids of the aspects it is about, each once, in the order they are mentioned."""
        return tuple(dict.fromkeys(literal.aspect for literal in self.literals))


def data_of(rule: Rule) -> dict[str, Any]:
    """The rule as it is stored."""
    then = [_literal_data(literal) for literal in rule.then]
    return {"if": [_literal_data(literal) for literal in rule.when], "then": then} if rule.when else {"then": then}


def _literal_data(literal: Literal) -> dict[str, Any]:
    return {"aspect": literal.aspect, "is": str(literal.comparison), "options": list(literal.options)}


def allowed(literal: Literal, subject: Subject) -> tuple[str, ...]:
    """The options of the aspect under which the literal holds, in their order."""
    ids = [option.id for option in subject.options]
    match literal.comparison:
        case Comparison.ONE_OF:
            return tuple(option for option in ids if option in literal.options)
        case Comparison.NONE_OF:
            return tuple(option for option in ids if option not in literal.options)
        case Comparison.AT_LEAST:
            return tuple(ids[ids.index(literal.options[0]) :])
        case Comparison.AT_MOST:
            return tuple(ids[: ids.index(literal.options[0]) + 1])


def holds(rule: Rule, values: Mapping[str, str], subjects: Mapping[str, Subject]) -> bool:
    """Does the rule hold when each aspect has the option that `values` gives it?"""

    def every(literals: Iterable[Literal]) -> bool:
        return all(values[literal.aspect] in allowed(literal, subjects[literal.aspect]) for literal in literals)

    return not every(rule.when) or every(rule.then)


def read(data: object, subjects: Mapping[str, Subject]) -> Rule:
    """The rule that the data spell, checked against the matter's aspects. Raises `Invalid({"rule": sentence})`."""
    if not isinstance(data, Mapping) or not set(data) <= {"if", "then"}:
        raise _faulty(_('A rule is written as {"if": […], "then": […]}, where "if" may be left out.'))
    when = _lines(data.get("if", []), _("The part after “if”"), subjects)
    then = _lines(data.get("then", []), _("What shall hold"), subjects)
    if not then:
        raise _faulty(_("Say what shall hold: choose at least one aspect."))
    rule = Rule(when=when, then=then)
    _check_width(rule, subjects)
    _check_sense(rule, subjects)
    return rule


def _faulty(sentence: str) -> Invalid:
    return Invalid({"rule": sentence})


def _lines(lines: object, part: str, subjects: Mapping[str, Subject]) -> tuple[Literal, ...]:
    if not isinstance(lines, list | tuple):
        raise _faulty(_("%(part)s is written as a list.") % {"part": part})
    found = []
    for number, line in enumerate(lines, start=1):
        where = _("%(part)s, line %(number)s") % {"part": part, "number": number}
        found.append(_literal(line, where, subjects))
    return tuple(found)


def _literal(line: object, where: str, subjects: Mapping[str, Subject]) -> Literal:
    if not isinstance(line, Mapping) or set(line) != {"aspect", "is", "options"}:
        raise _faulty(_('%(where)s: write "aspect", "is" and "options".') % {"where": where})
    subject = subjects.get(str(line["aspect"]))
    if subject is None:
        raise _faulty(_("%(where)s: choose one of the matter's aspects.") % {"where": where})
    comparison = _comparison(line["is"], subject, where)
    literal = Literal(aspect=subject.id, comparison=comparison, options=_options(line["options"], subject, where))
    if comparison in IN_ORDER and len(literal.options) != 1:
        raise _faulty(_("%(where)s: at least and at most take exactly one option.") % {"where": where})
    return literal


def _comparison(value: object, subject: Subject, where: str) -> Comparison:
    try:
        comparison = Comparison(str(value))
    except ValueError:
        raise _faulty(_("%(where)s: “is” must be one of one_of, none_of, at_least, at_most.") % {"where": where}) from None
    if comparison in IN_ORDER and not subject.ordered:
        raise _faulty(
            _("%(where)s: the options of “%(aspect)s” have no order, so nothing is at least or at most.")
            % {"where": where, "aspect": subject.label}
        )
    return comparison


def _options(value: object, subject: Subject, where: str) -> tuple[str, ...]:
    known = [option.id for option in subject.options]
    if not isinstance(value, list | tuple) or not value or any(option not in known for option in value):
        raise _faulty(
            _("%(where)s: choose at least one of the options of “%(aspect)s”.") % {"where": where, "aspect": subject.label}
        )
    return tuple(option for option in known if option in value)


def _check_width(rule: Rule, subjects: Mapping[str, Subject]) -> None:
    if len(rule.aspects) > MAX_RULE_ASPECTS:
        raise _faulty(
            _("One condition is about at most %(limit)s aspects; this is about %(count)s. State it as several.")
            % {"limit": MAX_RULE_ASPECTS, "count": len(rule.aspects)}
        )
    combinations = prod(len(subjects[aspect].options) for aspect in rule.aspects)
    if combinations > MAX_COMBINATIONS:
        raise _faulty(
            _("The aspects of one condition have at most %(limit)s combinations of options; these have %(count)s.")
            % {"limit": MAX_COMBINATIONS, "count": combinations}
        )


def _check_sense(rule: Rule, subjects: Mapping[str, Subject]) -> None:
    """A rule that can never apply, never be met or never be broken is a slip of the hand."""
    for literals, sentence in (
        (rule.when, _("The part after “if” can never be so: “%(aspect)s” would need to be two things at once.")),
        (rule.then, _("This can never be met: no option of “%(aspect)s” is left.")),
    ):
        for aspect, left in remaining(literals, subjects).items():
            if not left:
                raise _faulty(sentence % {"aspect": subjects[aspect].label})
    for literal in rule.literals:
        if len(allowed(literal, subjects[literal.aspect])) == len(subjects[literal.aspect].options):
            raise _faulty(
                _("This says nothing of “%(aspect)s”: every option fits. Choose fewer.")
                % {"aspect": subjects[literal.aspect].label}
            )


def remaining(literals: Iterable[Literal], subjects: Mapping[str, Subject]) -> dict[str, tuple[str, ...]]:
    """Per aspect that is mentioned: the options that every literal about it leaves, in their order."""
    left: dict[str, tuple[str, ...]] = {}
    for literal in literals:
        fits = allowed(literal, subjects[literal.aspect])
        left[literal.aspect] = tuple(option for option in left.get(literal.aspect, fits) if option in fits)
    return left


def comparisons_for(subject: Subject) -> tuple[tuple[Comparison, str], ...]:
    """What a form may offer for an aspect, in the words of the sentence."""
    words = {
        Comparison.AT_LEAST: _p("comparison", "is at least"),
        Comparison.AT_MOST: _p("comparison", "is at most"),
        Comparison.ONE_OF: _p("comparison", "is"),
        Comparison.NONE_OF: _p("comparison", "is not"),
    }
    return tuple((comparison, word) for comparison, word in words.items() if subject.ordered or comparison not in IN_ORDER)
