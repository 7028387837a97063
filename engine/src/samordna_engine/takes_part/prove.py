"""An independent check of who takes part: plain Python over the problem as it was asked, and nothing of the search."""

from collections.abc import Iterator, Mapping, Sequence
from copy import copy

from samordna_engine.answers import Left, TakesPart
from samordna_engine.checking import Values, holds, joint_violations
from samordna_engine.errors import Unproved
from samordna_engine.problem import COORDINATION, Aspect, Condition, Need, Participant, Problem, Sharing
from samordna_engine.rules import aspects_of

MAX_STEPS = 500_000


def _has_values(aspects: Mapping[str, Aspect], values: Values) -> bool:
    """Whether there is one option for each of these aspects, and nothing else."""
    return aspects.keys() == values.keys() and all(values[a] in aspects[a].option_ids() for a in aspects)


class Plain:
    """The problem as it was asked, in which each participant follows a frame fully or not at all."""

    def __init__(self, problem: Problem, frame: Values) -> None:
        self.problem, self.frame = problem, frame
        self.aspects: Mapping[str, Aspect] = {aspect.id: aspect for aspect in problem.aspects}
        self.local = {aspect.id for aspect in problem.aspects if aspect.sharing is Sharing.LOCAL}
        self._conditions: dict[str, list[Condition]] = {}
        for condition in problem.conditions:
            self._conditions.setdefault(condition.owner, []).append(condition)
        self._needs: dict[str, list[Need]] = {}
        for need in problem.needs:
            self._needs.setdefault(need.owner, []).append(need)

    def asked_of(self, participant: str) -> list[Condition]:
        """The conditions on a participant's own values: its own, and those of the coordination."""
        return self._conditions.get(participant, []) + self._conditions.get(COORDINATION, [])

    def faults(self, members: Sequence[str], own: Mapping[str, Values]) -> str | None:
        """What the frame, or somebody's own values, breaks; None when nothing is broken."""
        shared = {name: aspect for name, aspect in self.aspects.items() if name not in self.local}
        if not _has_values(shared, self.frame):
            return "the frame has not one option for each aspect that is shared"
        for condition in self._conditions.get(COORDINATION, []):
            if self.local.isdisjoint(aspects_of(condition.rule)) and not self._holds(condition, self.frame):
                return condition.id
        apart = {name: self.aspects[name] for name in self.local}
        for member in members:
            values = own.get(member, {})
            if not _has_values(apart, values):
                return f"{member!r} has not one option for each local aspect"
            for condition in self.asked_of(member):
                if not self._holds(condition, {**self.frame, **values}):
                    return condition.id
        return None

    def common_loss(self) -> int:
        """The weight of the coordination's needs that the frame leaves unmet."""
        needs = self._needs.get(COORDINATION, ())
        return sum(need.weight for need in needs if not holds(need.rule, self.frame, self.aspects))

    def net(self, participant: Participant, own: Values) -> int:
        """Benefit less costs and unmet needs."""
        values = {**self.frame, **own}
        costs = (of[values[aspect]].likely for aspect, of in participant.costs.items() if values[aspect] in of)
        unmet = (n.weight for n in self._needs.get(participant.id, ()) if not holds(n.rule, values, self.aspects))
        return participant.benefit.likely - sum(costs) - sum(unmet)

    def forbidding(self, participant: str) -> tuple[str, ...]:
        """The conditions that forbid a participant the frame: each alone, or some together; nothing where none do."""
        asked = self.asked_of(participant)
        alone = [c for c in asked if self.local.isdisjoint(aspects_of(c.rule)) and not self._holds(c, self.frame)]
        if alone:
            return tuple(sorted(c.id for c in alone))
        together = sorted((c for c in asked if not self.local.isdisjoint(aspects_of(c.rule))), key=lambda c: c.id)
        if self.can_meet(together):
            return ()
        for condition in tuple(together):
            fewer = [c for c in together if c is not condition]
            if not self.can_meet(fewer):
                together = fewer
        return tuple(c.id for c in together)

    def _holds(self, condition: Condition, values: Values) -> bool:
        return holds(condition.rule, values, self.aspects)

    def can_meet(self, conditions: Sequence[Condition]) -> bool:
        """Whether these conditions can all be met under the frame, whatever the options of local aspects."""
        names = sorted({name for c in conditions for name in aspects_of(c.rule)} & self.local)
        steps = iter(range(MAX_STEPS))
        return self._extended(dict(self.frame), names, conditions, steps)

    def _extended(
        self, values: dict[str, str], left: list[str], rest: Sequence[Condition], steps: Iterator[int]
    ) -> bool:
        if next(steps, None) is None:
            raise Unproved("a participant's local aspects are too many to be proved by plain search")
        known = [c for c in rest if values.keys() >= set(aspects_of(c.rule))]
        if not all(self._holds(c, values) for c in known):
            return False
        rest = [c for c in rest if c not in known]
        return not left or any(
            self._extended({**values, left[0]: option}, left[1:], rest, steps)
            for option in self.aspects[left[0]].option_ids()
        )


def broken_joint(problem: Problem, members: Sequence[str], frame: Values, own: Mapping[str, Values]) -> list[str]:
    """The joint conditions that these members break when they follow the frame."""
    if not problem.joint:
        return []
    among = set(members)
    # A problem without the others need not be checked again: nothing is asked of it but its joint conditions.
    same = copy(problem)
    object.__setattr__(same, "participants", tuple(p for p in problem.taking_part() if p.id in among))
    return [violation.condition or "" for violation in joint_violations(same, frame, own)]


def prove(problem: Problem, answer: TakesPart, given: Values, others: Mapping[str, Values]) -> None:
    """Raise `Unproved` unless all that the answer says of its frame and of everybody's net is so.

    `others` are the own values in local aspects of those who do not take part, but could.
    """
    if answer.frame is None:
        return
    plain = Plain(problem, answer.frame)
    if not given.items() <= answer.frame.items():
        raise Unproved("the frame has not the options that were given")
    people = {participant.id: participant for participant in problem.taking_part()}
    if sorted(people) != sorted([*answer.members, *(left.participant for left in answer.left)]):
        raise Unproved("somebody neither takes part nor does not, or both")
    if (faults := plain.faults(answer.members, answer.own)) is not None:
        raise Unproved(f"who takes part breaks something: {faults}")
    if broken := broken_joint(problem, answer.members, answer.frame, answer.own):
        raise Unproved(f"who takes part breaks joint conditions: {broken}")
    for name in answer.members:
        if plain.net(people[name], answer.own.get(name, {})) != answer.nets[name]:
            raise Unproved(f"the numbers of {name!r} do not agree")
    for left in answer.left:
        _prove_left(plain, people[left.participant], left, others.get(left.participant, {}))
    _prove_sums(plain, answer)


def _prove_sums(plain: Plain, answer: TakesPart) -> None:
    """The whole is the sum of its parts; where nobody is to take part, of those who would have gained."""
    gains = [left.net for left in answer.left if left.net is not None and left.net > 0]
    stated = sum(answer.nets.values()) + (0 if answer.members else sum(gains)) - answer.common_loss
    if plain.common_loss() != answer.common_loss or stated != answer.net:
        raise Unproved(f"the net of the whole does not agree: {stated}, {answer.net}")


def _prove_left(plain: Plain, participant: Participant, left: Left, own: Values) -> None:
    if left.net is None:
        named = [c for c in plain.asked_of(participant.id) if c.id in left.forbidden_by]
        if not named or plain.can_meet(named):
            raise Unproved(f"{participant.id!r} could take part")
    elif plain.net(participant, own) != left.net:
        raise Unproved(f"the numbers of {participant.id!r} do not agree")
