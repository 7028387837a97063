"""A problem's rules, conditions and figures as words, by the same phrases as the pages use."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import pgettext as _p

from samordna.domain.matters.enums import AspectKind, Sharing
from samordna.domain.matters.phrases import sentence
from samordna.domain.matters.rules import Choice, Comparison, Subject
from samordna.domain.matters.rules import Literal as StoredLiteral
from samordna.domain.matters.rules import Rule as StoredRule
from samordna_engine import COORDINATION, AnyOf, AtLeast, AtMost, Condition, If, Is, IsNot, Problem, Range
from samordna_engine.parts import Joint, JointKind
from samordna_engine.rules import Literal, NeverTogether, Rule, SumAtLeast, SumAtMost, Together

COMPARISONS = {
    Is: Comparison.ONE_OF,
    IsNot: Comparison.NONE_OF,
    AtLeast: Comparison.AT_LEAST,
    AtMost: Comparison.AT_MOST,
}


class Words:
    """One problem's names, by id."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.conditions = {condition.id: condition for condition in problem.conditions}
        self.joint = {joint.id: joint for joint in problem.joint}
        self.needs = {need.id: need for need in problem.needs}
        self._owners = {participant.id: participant.label for participant in problem.participants}
        self._subjects = {
            aspect.id: Subject(
                id=aspect.id,
                label=aspect.label,
                kind=AspectKind(aspect.kind),
                sharing=Sharing(aspect.sharing),
                unit="",
                options=tuple(Choice(id=o.id, label=o.label, number=o.number) for o in aspect.options),
            )
            for aspect in problem.aspects
        }

    def owner(self, owner: str) -> str:
        """The participant's name, or the coordination."""
        return _p("owner", "The coordination") if owner == COORDINATION else self._owners[owner]

    def aspect(self, aspect: str) -> str:
        """The aspect's label."""
        return self._subjects[aspect].label

    def option(self, aspect: str, option: str) -> str:
        """The option's label."""
        return self._subjects[aspect].label_of(option)

    def condition(self, condition: Condition) -> str:
        """What it says, why, and whose it is."""
        reason = condition.reason.rstrip(". ")
        words = {"rule": self.rule(condition.rule), "reason": reason, "owner": self.owner(condition.owner)}
        return _("%(owner)s: %(rule)s. Because: %(reason)s.") % words

    def bound(self, joint: Joint) -> str:
        """What a joint condition says, why, and whose it is."""
        said = {
            "limit": number(joint.limit),
            "unit": self.problem.unit,
            "aspect": self.aspect(joint.aspect) if joint.aspect else "",
            "option": self.option(joint.aspect, joint.option) if joint.aspect and joint.option else "",
        }
        match joint.kind:
            case JointKind.CAPACITY:
                what = _("at most %(limit)s may have %(aspect)s: %(option)s") % said
            case JointKind.MAX_VARIANTS:
                what = _("at most %(limit)s options of %(aspect)s may be in use") % said
            case _ if joint.aspect:
                what = _("the costs of %(aspect)s together are at most %(limit)s %(unit)s") % said
            case _:
                what = _("all costs together are at most %(limit)s %(unit)s") % said
        told = {"rule": what, "reason": joint.reason.rstrip(". "), "owner": self.owner(joint.owner)}
        return _("%(owner)s: %(rule)s. Because: %(reason)s.") % told

    def rule(self, rule: Rule) -> str:
        """The rule read aloud, without a full stop."""
        match rule:
            case AnyOf():
                parts = [self._always((part,)) for part in rule.parts]
                either = _p("list of rules", "or")
                return f" {either} ".join([parts[0], *map(_small, parts[1:])])
            case If():
                return sentence(StoredRule(when=self._stored(rule.all_of), then=self._stored(rule.then)), self._subjects)
            case Is() | IsNot() | AtLeast() | AtMost():
                return self._always((rule,))
            case Together() | NeverTogether():
                return self._listed(rule)
            case SumAtLeast() | SumAtMost():
                return self._summed(rule)
            case _:
                return self._always(rule.parts)

    def _listed(self, rule: Together | NeverTogether) -> str:
        shown = [
            " + ".join(self.option(aspect, option) for aspect, option in zip(rule.aspects, options, strict=True))
            for options in rule.combinations
        ]
        words = {"aspects": self._named(rule.aspects), "combinations": "; ".join(shown)}
        if isinstance(rule, Together):
            return _("%(aspects)s together must be one of: %(combinations)s") % words
        return _("%(aspects)s together must not be any of: %(combinations)s") % words

    def _summed(self, rule: SumAtLeast | SumAtMost) -> str:
        words = {"aspects": self._named(rule.aspects), "number": number(rule.value)}
        if isinstance(rule, SumAtLeast):
            return _("%(aspects)s must add up to at least %(number)s") % words
        return _("%(aspects)s must add up to at most %(number)s") % words

    def _named(self, aspects: Sequence[str]) -> str:
        return " + ".join(self.aspect(name) for name in aspects)

    def _always(self, literals: Sequence[Literal]) -> str:
        return sentence(StoredRule(when=(), then=self._stored(literals)), self._subjects)

    def _stored(self, literals: Sequence[Literal]) -> tuple[StoredLiteral, ...]:
        return tuple(
            StoredLiteral(aspect=literal.aspect, comparison=COMPARISONS[type(literal)], options=self._options(literal))
            for literal in literals
        )

    def _options(self, literal: Literal) -> tuple[str, ...]:
        match literal:
            case Is() | IsNot():
                return literal.options
            case AtLeast() | AtMost():
                return (self._nearest(literal),)

    def _nearest(self, literal: AtLeast | AtMost) -> str:
        """The option at the threshold. Between two options it is the nearest one that the rule allows."""
        if isinstance(literal.value, str):
            return literal.value
        numbered = [(o.number or 0, o.id) for o in self._subjects[literal.aspect].options]
        if isinstance(literal, AtLeast):
            return next((pk for number, pk in numbered if number >= literal.value), numbered[-1][1])
        return next((pk for number, pk in reversed(numbered) if number <= literal.value), numbered[0][1])


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]


def figure(estimate: Range) -> str:
    """An estimate: one number where it is certain, else the likely one with its bounds."""
    if estimate.low == estimate.high:
        return number(estimate.likely)
    return f"{number(estimate.likely)} ({number(estimate.low)} … {number(estimate.high)})"


def number(value: int) -> str:
    """A whole number with its thousands apart and a real minus sign."""
    return f"{value:,}".replace(",", " ").replace("-", "−")
