"""What a decision leaves everybody, in plain Python: the checker of the fairest decision.

Shares no code with the search; costs and needs are counted from the question as it was asked.
"""

from collections.abc import Mapping

from samordna_engine.checking import holds
from samordna_engine.problem import COORDINATION, Participant, Problem


def measured_nets(
    problem: Problem, frame: Mapping[str, str], own: Mapping[str, Mapping[str, str]], own_best: Mapping[str, int]
) -> dict[str, int]:
    """In plain Python: benefit less what the own values cost and leave unmet, beyond the cost of deciding alone."""
    nets = {}
    for person in problem.taking_part():
        values = {**frame, **own.get(person.id, {})}
        nets[person.id] = person.benefit.likely - (measured_cost(problem, person, values) - own_best[person.id])
    return nets


def measured_cost(problem: Problem, person: Participant, values: Mapping[str, str]) -> int:
    """In plain Python: what these values cost one participant, likely, and the weight of its needs left unmet."""
    aspects = {aspect.id: aspect for aspect in problem.aspects}
    needs = (need for need in problem.needs if need.owner == person.id)
    unmet = sum(need.weight for need in needs if not holds(need.rule, values, aspects))
    return unmet + sum(_likely(person, aspect, option) for aspect, option in values.items())


def unmet_for_all(problem: Problem, frame: Mapping[str, str]) -> int:
    """The weight of the coordination's needs that a frame leaves unmet."""
    aspects = {aspect.id: aspect for aspect in problem.aspects}
    needs = (need for need in problem.needs if need.owner == COORDINATION)
    return sum(need.weight for need in needs if not holds(need.rule, frame, aspects))


def _likely(person: Participant, aspect: str, option: str) -> int:
    estimate = person.costs.get(aspect, {}).get(option)
    return estimate.likely if estimate is not None else 0
