"""What a participant can accept, read from its stated rules alone, without any engine.

A rule over one aspect forbids options; a rule over several makes an option acceptable only together with others, and the
board says so without working out which.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from samordna.domain.matters.rules import Rule, Subject, holds


def refused(subject: Subject, rules: Iterable[Rule]) -> frozenset[str]:
    """The options of one aspect that a rule over this aspect alone forbids."""
    alone = [rule for rule in rules if rule.aspects == (subject.id,)]
    subjects = {subject.id: subject}
    options = [option.id for option in subject.options]
    return frozenset(o for o in options if any(not holds(rule, {subject.id: o}, subjects) for rule in alone))


def refused_in(subjects: Mapping[str, Subject], rules: Sequence[Rule]) -> dict[str, frozenset[str]]:
    """By aspect, the options that are refused; only the aspects that a rule is about alone are there."""
    alone = {rule.aspects[0]: subjects[rule.aspects[0]] for rule in rules if len(rule.aspects) == 1}
    return {aspect: refused(subject, rules) for aspect, subject in alone.items()}


def tied(rules: Iterable[Rule]) -> frozenset[str]:
    """The aspects that some rule ties to another aspect."""
    return frozenset(aspect for rule in rules if len(rule.aspects) > 1 for aspect in rule.aspects)


def met(rule: Rule, values: Mapping[str, str], subjects: Mapping[str, Subject]) -> bool | None:
    """Does the rule hold for these values (aspect → option)? None where it speaks of an aspect that has no value."""
    if not set(rule.aspects) <= set(values):
        return None
    return holds(rule, values, subjects)
