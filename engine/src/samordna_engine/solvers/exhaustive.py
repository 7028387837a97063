"""The obvious solver: try every frame, and for each participant every way to fill in its own values.

Far too slow for anything but tiny questions, and therefore simple enough to be believed. The real solver must agree.
"""

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from samordna_engine.checking import holds, is_about_frame, joint_violations
from samordna_engine.problem import COORDINATION, Aspect, Participant, Problem, Sharing

Values = dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Best:
    """The best frame, one best choice of own values under it, and what it amounts to: (likeness, cost)."""

    frame: Values
    own: dict[str, Values]
    likeness: int
    cost: int


def best(problem: Problem, given: Mapping[str, str] | None = None) -> Best | None:
    """The best decision by trying everything, or None where there is none. `given` fixes frame values."""
    found = (_under(problem, frame) for frame in _frames(problem, given or {}))
    return min((b for b in found if b is not None), key=lambda b: rank(problem, b.likeness, b.cost), default=None)


def rank(problem: Problem, likeness: int, cost: int) -> tuple[int, int]:
    """What is made small: likeness and then cost, or their sum at the price of difference and then likeness."""
    if problem.price_of_difference is None:
        return likeness, cost
    return problem.price_of_difference * likeness + cost, likeness


def _combinations(aspects: list[Aspect]) -> Iterator[Values]:
    for combination in itertools.product(*(aspect.option_ids() for aspect in aspects)):
        yield dict(zip((aspect.id for aspect in aspects), combination, strict=True))


def _frames(problem: Problem, given: Mapping[str, str]) -> Iterator[Values]:
    known = {aspect.id: aspect for aspect in problem.aspects}
    rules = [condition.rule for condition in problem.conditions if is_about_frame(condition, known)]
    for frame in _combinations([a for a in problem.aspects if a.sharing is not Sharing.LOCAL]):
        if given.items() <= frame.items() and all(holds(rule, frame, known) for rule in rules):
            yield frame


def _under(problem: Problem, frame: Values) -> Best | None:
    known = {aspect.id: aspect for aspect in problem.aspects}
    common_needs = [need for need in problem.needs if need.owner == COORDINATION]
    lost = sum(need.weight for need in common_needs if not holds(need.rule, frame, known))
    people = problem.taking_part()
    each = [[_measured(problem, person, frame, own) for own in _own(problem, person, frame)] for person in people]
    if not all(each):
        return None
    if problem.joint:
        return _jointly(problem, frame, lost, each)
    return _together(problem, frame, lost, [min(choices, key=lambda c: rank(problem, c[0], c[1])) for choices in each])


def _jointly(problem: Problem, frame: Values, lost: int, each: list[list[tuple[int, int, Values]]]) -> Best | None:
    """The best of all ways in which all participants together can fill in their own values."""
    ways = (_together(problem, frame, lost, list(chosen)) for chosen in itertools.product(*each))
    holding = (best for best in ways if not list(joint_violations(problem, frame, best.own)))
    return min(holding, key=lambda b: rank(problem, b.likeness, b.cost), default=None)


def _together(problem: Problem, frame: Values, lost: int, chosen: list[tuple[int, int, Values]]) -> Best:
    names = [person.id for person in problem.taking_part()]
    return Best(
        frame=frame,
        own={name: values for name, (_, _, values) in zip(names, chosen, strict=True)},
        likeness=sum(likeness for likeness, _, _ in chosen),
        cost=lost + sum(cost for _, cost, _ in chosen),
    )


def _own(problem: Problem, participant: Participant, frame: Values) -> Iterator[Values]:
    known = {aspect.id: aspect for aspect in problem.aspects}
    rules = [c.rule for c in problem.conditions if c.owner in (COORDINATION, participant.id)]
    for values in _combinations(list(problem.aspects)):
        common = all(values[a.id] == frame[a.id] for a in problem.aspects if a.sharing is Sharing.COMMON)
        if common and all(holds(rule, values, known) for rule in rules):
            yield values


def _measured(problem: Problem, participant: Participant, frame: Values, values: Values) -> tuple[int, int, Values]:
    known = {aspect.id: aspect for aspect in problem.aspects}
    framed = [aspect for aspect in problem.aspects if aspect.sharing is Sharing.FRAMED]
    likeness = sum(aspect.weight for aspect in framed if values[aspect.id] != frame[aspect.id])
    costs = (participant.costs.get(aspect, {}).get(option) for aspect, option in values.items())
    cost = sum(estimate.likely for estimate in costs if estimate is not None)
    needs = [need for need in problem.needs if need.owner == participant.id]
    return likeness, cost + sum(need.weight for need in needs if not holds(need.rule, values, known)), values
