"""Joint conditions in plain Python: what a decision uses of them, and whether there is any decision within them.

Shares no code with the solver; it is slow on purpose, and gives up rather than guess.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, product
from typing import Final

from samordna_engine.checking import holds, is_about_frame
from samordna_engine.problem import COORDINATION, Aspect, Condition, Joint, JointKind, Participant, Problem, Sharing
from samordna_engine.rules import aspects_of

Values = Mapping[str, str]
Uses = tuple[int, ...]

MAX_STEPS: Final = 300_000


class TooManySteps(Exception):
    """The question is too large to be gone through in plain Python."""


def usage(problem: Problem, joint: Joint, frame: Values, own: Mapping[str, Values]) -> int:
    """What a decision comes to for one joint condition."""
    everybody = [(person, {**frame, **own.get(person.id, {})}) for person in problem.taking_part()]
    if joint.kind is JointKind.MAX_VARIANTS:
        return len({values[str(joint.aspect)] for _, values in everybody})
    return sum(_use(joint, person, a, v) for person, values in everybody for a, v in values.items())


def _use(joint: Joint, person: Participant, aspect: str, option: str) -> int:
    """What one participant's option uses of a joint condition that is a sum."""
    if joint.kind is JointKind.CAPACITY:
        return int((aspect, option) == (joint.aspect, joint.option))
    estimate = person.costs.get(aspect, {}).get(option) if joint.aspect in (None, aspect) else None
    return estimate.likely if estimate is not None else 0


def some_decision(problem: Problem, given: Values) -> bool:
    """Whether any decision meets all conditions and joint conditions of a question, by going through them all.

    Aspects that no condition joins are gone through apart from each other; of what they use together, what is nowhere
    less than something else is left out. Raises `TooManySteps`.
    """
    return any(_Plain(problem, given, menus).possible() for menus in _menus(problem))


def _menus(problem: Problem) -> Iterator[dict[str, frozenset[str]]]:
    """Every choice of the options that may be in use, where their number is bounded."""
    bounded: dict[str, int] = {}
    for joint in problem.joint:
        if joint.kind is JointKind.MAX_VARIANTS:
            name = str(joint.aspect)
            bounded[name] = min(joint.limit, bounded.get(name, joint.limit))
    aspects = [aspect for aspect in problem.aspects if aspect.id in bounded]
    for menus in product(*(combinations(a.option_ids(), min(bounded[a.id], len(a.options))) for a in aspects)):
        yield {a.id: frozenset(menu) for a, menu in zip(aspects, menus, strict=True)}


class _Plain:
    """One choice of what may be in use."""

    def __init__(self, problem: Problem, given: Values, menus: Mapping[str, frozenset[str]]) -> None:
        self.problem, self.given, self.menus = problem, given, menus
        self.aspects = {aspect.id: aspect for aspect in problem.aspects}
        self.sums = [joint for joint in problem.joint if joint.kind is not JointKind.MAX_VARIANTS]
        present = {COORDINATION, *(person.id for person in problem.taking_part())}
        self.conditions = [condition for condition in problem.conditions if condition.owner in present]
        self.steps = 0

    def possible(self) -> bool:
        """Whether the least that the parts use together is within all limits."""
        totals: set[Uses] = {(0,) * len(self.sums)}
        for part in self._parts():
            more = self._together(part)
            self._count(len(totals) * len(more))
            totals = _least({_added(one, other) for one in totals for other in more})
        return any(all(used <= joint.limit for used, joint in zip(of, self.sums, strict=True)) for of in totals)

    def _parts(self) -> list[list[Aspect]]:
        """The aspects, joined where a condition mentions them together."""
        parts = [{aspect.id} for aspect in self.problem.aspects]
        for condition in self.conditions:
            names = set(aspects_of(condition.rule))
            meeting = [part for part in parts if part & names]
            parts = [part for part in parts if not part & names] + [set().union(*meeting)]
        return [[aspect for aspect in self.problem.aspects if aspect.id in part] for part in parts]

    def _together(self, part: Sequence[Aspect]) -> set[Uses]:
        """What everybody can use in some aspects together, without what is nowhere less than something else."""
        names = {aspect.id for aspect in part}
        about = [condition for condition in self.conditions if names.issuperset(aspects_of(condition.rule))]
        common = [aspect for aspect in part if aspect.sharing is Sharing.COMMON]
        found: set[Uses] = set()
        for frame in self._values(common):
            if not self._frame_possible(part, frame, about):
                continue
            totals: set[Uses] = {(0,) * len(self.sums)}
            for person in self.problem.taking_part():
                own = self._own(person, part, frame, about)
                self._count(len(totals) * len(own))
                totals = _least({_added(one, other) for one in totals for other in own})
            found |= totals
        return _least(found)

    def _frame_possible(self, part: Sequence[Aspect], frame: Values, about: Sequence[Condition]) -> bool:
        """Whether the coordination's conditions leave any frame with these common options."""
        rules = [condition.rule for condition in about if is_about_frame(condition, self.aspects)]
        framed = [aspect for aspect in part if aspect.sharing is Sharing.FRAMED]
        mentioned = {name for rule in rules for name in aspects_of(rule)}
        free = [aspect for aspect in framed if aspect.id in mentioned]
        # What is in use does not bind the frame, only what the coordination says of it and what is given.
        for values in self._values(free, in_use=False):
            if all(holds(rule, {**frame, **values}, self.aspects) for rule in rules):
                return True
        return False

    def _own(self, person: Participant, part: Sequence[Aspect], frame: Values, about: Sequence[Condition]) -> set[Uses]:
        """What one participant can use in some aspects under their common options."""
        rules = [condition.rule for condition in about if condition.owner in (COORDINATION, person.id)]
        free = [aspect for aspect in part if aspect.sharing is not Sharing.COMMON]
        found = set()
        for own in self._values(free, given=False):
            values = {**frame, **own}
            if all(holds(rule, values, self.aspects) for rule in rules):
                found.add(tuple(sum(_use(j, person, a, v) for a, v in values.items()) for j in self.sums))
        return _least(found)

    def _values(self, aspects: Sequence[Aspect], given: bool = True, in_use: bool = True) -> Iterator[dict[str, str]]:
        """Every combination of options that may be in use, and are given."""
        names = [aspect.id for aspect in aspects]
        options = [
            [
                option
                for option in aspect.option_ids()
                if (not in_use or option in self.menus.get(aspect.id, (option,)))
                and (not given or self.given.get(aspect.id, option) == option)
            ]
            for aspect in aspects
        ]
        for combination in product(*options):
            self._count(1)
            yield dict(zip(names, combination, strict=True))

    def _count(self, steps: int) -> None:
        self.steps += steps
        if self.steps > MAX_STEPS:
            raise TooManySteps


def _added(one: Uses, other: Uses) -> Uses:
    return tuple(a + b for a, b in zip(one, other, strict=True))


def _least(found: set[Uses]) -> set[Uses]:
    """Without what is nowhere less than something else; in full for one sum, else only compared with the smallest."""
    if not found:
        return found
    kept: list[Uses] = []
    for uses in sorted(found):
        if not any(all(a <= b for a, b in zip(other, uses, strict=True)) for other in kept[:64]):
            kept.append(uses)
    return set(kept)
