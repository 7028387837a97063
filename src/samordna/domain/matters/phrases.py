"""Rules as sentences: “Free days is at least 3 days.”, “If the basis is monthly average then day zero counted is yes.”

Word order differs after “then” in some languages, and the verb is then said once (Swedish: “så är dag noll inräknad ja och
fristdagar högst 3”), so every phrase about an aspect has three forms with a context each.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import pgettext as _p
from django.utils.translation import pgettext_lazy as _pl

from samordna.domain.matters.enums import AspectKind
from samordna.domain.matters.rules import Comparison, Literal, Rule, Subject, read


def sentence(rule: Rule, subjects: Mapping[str, Subject]) -> str:
    """The rule read aloud, with a capital and no full stop."""
    if not rule.when:
        return _capital(_and([_plain(literal, subjects[literal.aspect]) for literal in rule.then]))
    words = {
        "when": _and([_plain(literal, subjects[literal.aspect]) for literal in rule.when]),
        "then": _after_then(rule.then, subjects),
    }
    return _capital(_p("rule", "if %(when)s then %(then)s") % words)


def sentence_of(data: object, subjects: Mapping[str, Subject]) -> str:
    """The same for a rule as it is stored."""
    return sentence(read(data, subjects), subjects)


ASPECT_FIRST = {
    Comparison.AT_LEAST: _pl("rule, aspect first", "%(aspect)s is at least %(options)s"),
    Comparison.AT_MOST: _pl("rule, aspect first", "%(aspect)s is at most %(options)s"),
    Comparison.ONE_OF: _pl("rule, aspect first", "%(aspect)s is %(options)s"),
    Comparison.NONE_OF: _pl("rule, aspect first", "%(aspect)s is not %(options)s"),
}
AFTER_THEN = {
    Comparison.AT_LEAST: _pl("rule, after then", "%(aspect)s is at least %(options)s"),
    Comparison.AT_MOST: _pl("rule, after then", "%(aspect)s is at most %(options)s"),
    Comparison.ONE_OF: _pl("rule, after then", "%(aspect)s is %(options)s"),
    Comparison.NONE_OF: _pl("rule, after then", "%(aspect)s is not %(options)s"),
}
FURTHER_AFTER_THEN = {
    Comparison.AT_LEAST: _pl("rule, after then and", "%(aspect)s is at least %(options)s"),
    Comparison.AT_MOST: _pl("rule, after then and", "%(aspect)s is at most %(options)s"),
    Comparison.ONE_OF: _pl("rule, after then and", "%(aspect)s is %(options)s"),
    Comparison.NONE_OF: _pl("rule, after then and", "%(aspect)s is not %(options)s"),
}


def _plain(literal: Literal, subject: Subject) -> str:
    return str(ASPECT_FIRST[literal.comparison]) % _words(literal, subject)


def _after_then(literals: Sequence[Literal], subjects: Mapping[str, Subject]) -> str:
    forms = [AFTER_THEN, *[FURTHER_AFTER_THEN] * (len(literals) - 1)]
    said = [
        str(form[literal.comparison]) % _words(literal, subjects[literal.aspect])
        for form, literal in zip(forms, literals, strict=True)
    ]
    return _and(said)


def _words(literal: Literal, subject: Subject) -> dict[str, str]:
    return {"aspect": mid_sentence(subject.label), "options": _options(literal, subject)}


def _options(literal: Literal, subject: Subject) -> str:
    labels = [subject.label_of(option) for option in literal.options]
    listed = _or(labels)
    return f"{listed} {subject.unit}" if subject.unit and subject.kind == AspectKind.RANGE else listed


def mid_sentence(label: str) -> str:
    """The label as it stands inside a sentence: a small first letter, except for abbreviations (“IT support”)."""
    return label if len(label) > 1 and label[1].isupper() else label[:1].lower() + label[1:]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _and(parts: Sequence[str]) -> str:
    return _join(parts, _p("list of phrases", "and"))


def _or(parts: Sequence[str]) -> str:
    return _join(parts, _p("list of options", "or"))


def _join(parts: Sequence[str], word: str) -> str:
    if len(parts) == 1:
        return parts[0]
    return f"{', '.join(parts[:-1])} {word} {parts[-1]}"


def confidential(organisation: str) -> str:
    """What those who may not read a condition are told of it."""
    return _("a condition that %(organisation)s has stated in confidence") % {"organisation": organisation}
