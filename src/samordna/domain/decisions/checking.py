"""The check of a proposal against what holds now: the engine's independent check, and the owners' words on prose.

The check reads the question as it was asked and shares nothing with the solver, so it serves proposals from the engine
and proposals made by hand alike. It is linear in the matter's size and needs no process of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice, product
from typing import Any

import samordna_engine as engine
from samordna.domain.decisions.enums import Verdict
from samordna.domain.decisions.models import Proposal
from samordna.domain.decisions.problem import OwnValues, Question, Values, values_of
from samordna.domain.matters.models import Condition
from samordna_engine.checking import holds
from samordna_engine.outcome import Violation
from samordna_engine.rules import Rule, aspects_of

WAYS = 4096  # combinations of a participant's own values that are tried where a proposal leaves them open


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What the check found. `problem` is the question as the proposal answers it: what it leaves open is left to each."""

    problem: engine.Problem
    digest: str
    frame: Values
    own: OwnValues
    violations: tuple[Violation, ...]
    respected: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()
    unanswered: tuple[str, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """Breaks something; or not known yet, while an owner has not answered; or respects everything."""
        if self.violations or self.broken:
            return Verdict.BREAKS
        return Verdict.UNCHECKED if self.unanswered else Verdict.RESPECTS

    def document(self) -> dict[str, Any]:
        """The result as it is stored with the proposal."""
        return {
            "problem_digest": self.digest,
            "violations": [violation_document(violation) for violation in self.violations],
            "prose": {
                "respected": list(self.respected),
                "broken": list(self.broken),
                "unanswered": list(self.unanswered),
            },
        }


def violation_document(violation: Violation) -> dict[str, Any]:
    """One violation as JSON: what kind, whose condition, at whose values."""
    return {
        "kind": violation.kind,
        "condition": violation.condition,
        "owner": violation.owner,
        "participant": violation.participant,
        "values": dict(violation.values),
    }


def check(question: Question, proposal: Proposal) -> Checked:
    """Check a proposal, with its frame, adaptations and answers loaded, against the question as it is now."""
    frame, own = values_of(proposal)
    problem = as_left_open(question.problem, frame)
    complete = completed(problem, frame, own)
    said = {answer.condition_id: answer.respected for answer in proposal.prose_answers.all()}
    return Checked(
        problem=problem,
        digest=question.digest(),
        frame=frame,
        own=complete,
        violations=tuple(engine.check(problem, frame, complete)),
        respected=tuple(c.pk for c in question.prose if said.get(c.pk) is True),
        broken=tuple(c.pk for c in question.prose if said.get(c.pk) is False),
        unanswered=tuple(c.pk for c in question.prose if c.pk not in said),
    )


def as_left_open(problem: engine.Problem, frame: Values) -> engine.Problem:
    """The question with every framed aspect that the proposal says nothing of left to each participant."""
    framed = engine.Sharing.FRAMED
    open_now = {a.id for a in problem.aspects if a.sharing is framed and a.id not in frame}
    if not open_now:
        return problem
    local = {a.id for a in problem.aspects if a.sharing is engine.Sharing.LOCAL} | open_now
    return replace(
        problem,
        aspects=tuple(replace(a, sharing=engine.Sharing.LOCAL) if a.id in open_now else a for a in problem.aspects),
        needs=tuple(n for n in problem.needs if n.owner != engine.COORDINATION or local.isdisjoint(aspects_of(n.rule))),
    )


def completed(problem: engine.Problem, frame: Values, own: Mapping[str, Values]) -> OwnValues:
    """Every participant's own values, with those that the proposal leaves open filled in so that they hold, if any do."""
    local = [aspect for aspect in problem.aspects if aspect.sharing is engine.Sharing.LOCAL]
    rules: dict[str, list[Rule]] = {}
    for condition in problem.conditions:
        rules.setdefault(condition.owner, []).append(condition.rule)
    filled: OwnValues = {}
    for participant in problem.taking_part():
        given = own.get(participant.id, {})
        missing = [aspect for aspect in local if aspect.id not in given]
        asked = rules.get(engine.COORDINATION, []) + rules.get(participant.id, [])
        filled[participant.id] = _filled(problem, participant, {**frame, **given}, missing, asked) | given
    strangers = {organisation: dict(values) for organisation, values in own.items() if organisation not in filled}
    return {organisation: values for organisation, values in filled.items() if values} | strangers


def _filled(
    problem: engine.Problem,
    participant: engine.Participant,
    values: Values,
    missing: list[engine.Aspect],
    asked: list[Rule],
) -> Values:
    first = {aspect.id: _preferred(participant, aspect)[0] for aspect in missing}
    names = {aspect.id for aspect in missing}
    mattering = [rule for rule in asked if not names.isdisjoint(aspects_of(rule))]
    touched = {name for rule in mattering for name in aspects_of(rule)} & names
    aspects = {aspect.id: aspect for aspect in problem.aspects}
    for way in islice(_ways(participant, [a for a in missing if a.id in touched]), WAYS):
        tried = {**values, **first, **way}
        if all(holds(rule, tried, aspects) for rule in mattering if tried.keys() >= set(aspects_of(rule))):
            return {**first, **way}
    return first


def _preferred(participant: engine.Participant, aspect: engine.Aspect) -> list[str]:
    """The options in the order they are tried: today's practice first."""
    today = participant.current.get(aspect.id)
    return sorted(aspect.option_ids(), key=lambda option: option != today)


def _ways(participant: engine.Participant, aspects: list[engine.Aspect]) -> Iterator[Values]:
    for way in product(*(_preferred(participant, aspect) for aspect in aspects)):
        yield dict(zip((aspect.id for aspect in aspects), way, strict=True))


def broken_conditions(question: Question, checked: Checked) -> list[Condition]:
    """The conditions that the proposal breaks, machine-checked and in prose, each once."""
    ids = [v.condition for v in checked.violations if v.condition] + list(checked.broken)
    return [question.conditions[pk] for pk in dict.fromkeys(ids)]
