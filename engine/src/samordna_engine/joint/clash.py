"""Which joint conditions and conditions cannot all be met.

The members are found by halving (QuickXplain, Junker 2004): whatever can be spared is left out, so that without any one
of the members the rest can be met. For each a frame shows how, and plain Python has checked it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from samordna_engine.answers import JointClash
from samordna_engine.checking import check
from samordna_engine.documents import digest
from samordna_engine.errors import Unproved
from samordna_engine.joint.check import TooManySteps, some_decision
from samordna_engine.joint.measures import Decision, Measures
from samordna_engine.joint.search import jointly_possible, why_stopped
from samordna_engine.limits import Deadline, Limits, OutOfTime
from samordna_engine.outcome import Proof, Reason, Unfinished
from samordna_engine.problem import COORDINATION, Condition, Joint, Problem, Sharing
from samordna_engine.projection.matter import BROKEN, Numbering
from samordna_engine.settling import ENGINE

WITHOUT_EACH: Final = "possible_without_each"
IMPOSSIBLE: Final = "jointly_impossible"


Member = Joint | Condition


def joint_clash(
    numbering: Numbering, given: Mapping[str, str], limits: Limits, deadline: Deadline
) -> JointClash | Unfinished:
    """The clash of a question whose conditions can be met but not together with its joint conditions."""
    try:
        return _Search(numbering, given, limits, deadline).clash()
    except OutOfTime:
        return Unfinished(**why_stopped(limits, deadline))


class _Search:
    def __init__(self, numbering: Numbering, given: Mapping[str, str], limits: Limits, deadline: Deadline) -> None:
        self.numbering, self.given, self.limits, self.deadline = numbering, given, limits, deadline
        self.problem = numbering.problem

    def clash(self) -> JointClash:
        present = {COORDINATION, *self.numbering.person}
        stated: list[Member] = sorted((c for c in self.problem.conditions if c.owner in present), key=lambda c: c.id)
        joints: list[Member] = sorted(self.problem.joint, key=lambda joint: joint.id)
        members = self._needed([], False, [*joints, *stated])
        examples = {}
        for member in members:
            rest = [other for other in members if other is not member]
            decision = self._decision(rest)
            if not isinstance(decision, Decision):
                raise Unproved(f"without {member.id!r}, the clash should have an answer")
            examples[member.id] = self._checked(rest, decision)
        return self._told(members, examples)

    def _needed(self, held: list[Member], changed: bool, members: list[Member]) -> list[Member]:
        """Those members that, with what is held, are enough to be impossible, and none in vain."""
        if changed and self._decision(held) is False:
            return []
        if len(members) == 1:
            return members
        half = len(members) // 2
        first, second = members[:half], members[half:]
        later = self._needed([*held, *first], True, second)
        earlier = self._needed([*held, *later], bool(later), first)
        return [*earlier, *later]

    def _decision(self, members: Sequence[Member]) -> Decision | bool:
        """A decision that meets all of these, or False. Raises `OutOfTime` where that was not found out."""
        conditions = [(member, BROKEN) for member in members if isinstance(member, Condition)]
        matter = self.numbering.conditions_only(conditions, self.given)
        measures = Measures(self.numbering, matter, [member for member in members if isinstance(member, Joint)])
        found = jointly_possible(measures, self.limits.cells, self.deadline)
        if found is None:
            raise OutOfTime
        return found

    def _checked(self, members: Iterable[Member], decision: Decision) -> dict[str, str]:
        """The frame of a decision, after the independent checker found that it meets all of these."""
        frame, own = _named(self.numbering, decision)
        problem = _only(self.problem, members)
        if self.given.items() - frame.items() or check(problem, frame, own):
            raise Unproved("an example of the joint clash does not hold")
        return frame

    def _told(self, members: Sequence[Member], examples: Mapping[str, Mapping[str, str]]) -> JointClash:
        try:
            if some_decision(_only(self.problem, members), self.given):
                raise Unproved("the members of the joint clash can all be met")
            checks: tuple[str, ...] = (IMPOSSIBLE, WITHOUT_EACH)
        except TooManySteps:
            checks = (WITHOUT_EACH,)
        return JointClash(
            joints=tuple(member.id for member in members if isinstance(member, Joint)),
            conditions=tuple(member.id for member in members if isinstance(member, Condition)),
            owners=tuple(sorted({member.owner for member in members})),
            given=dict(self.given),
            examples=examples,
            reason=Reason(
                kind="joint_clash", facts={"members": len(members)}, because=tuple(_reason(m) for m in members)
            ),
            proof=Proof(digest=digest(self.problem), engine=ENGINE, checks=checks),
        )


def _reason(member: Member) -> Reason:
    kind = "joint" if isinstance(member, Joint) else "condition"
    return Reason(kind=kind, facts={kind: member.id, "owner": member.owner})


def _only(problem: Problem, members: Iterable[Member]) -> Problem:
    """The question with these conditions and joint conditions only."""
    ids = {(type(member), member.id) for member in members}
    return replace(
        problem,
        conditions=tuple(c for c in problem.conditions if (Condition, c.id) in ids),
        joint=tuple(joint for joint in problem.joint if (Joint, joint.id) in ids),
        needs=(),
    )


def _named(numbering: Numbering, decision: Decision) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    """A decision by the ids of its options: the frame, and everybody's values in all aspects."""
    aspects = numbering.aspects
    shared = [(a, v) for a, v in zip(aspects, decision.frame, strict=True) if a.sharing is not Sharing.LOCAL]
    own = {
        person.id: {a.id: a.options[v].id for a, v in zip(aspects, values, strict=True)}
        for person, values in zip(numbering.people, decision.chosen.tolist(), strict=True)
    }
    return {a.id: a.options[v].id for a, v in shared}, own
