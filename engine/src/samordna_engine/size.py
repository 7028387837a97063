"""How large a question is, told before anything is solved."""

from dataclasses import dataclass

from samordna_engine.errors import TooLarge
from samordna_engine.limits import Limits
from samordna_engine.problem import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """Counts of what is in a question."""

    aspects: int
    options: int
    participants: int
    statements: int
    costs: int


def estimate(problem: Problem) -> Size:
    """Count what is in a question."""
    return Size(
        aspects=len(problem.aspects),
        options=sum(len(aspect.options) for aspect in problem.aspects),
        participants=len(problem.taking_part()),
        statements=len(problem.conditions) + len(problem.needs),
        costs=sum(len(by_option) for participant in problem.participants for by_option in participant.costs.values()),
    )


def refuse_if_too_large(problem: Problem, limits: Limits) -> None:
    """Raise `TooLarge` with the first limit that the question exceeds."""
    size = estimate(problem)
    for name in ("aspects", "participants", "statements"):
        if getattr(size, name) > getattr(limits, name):
            raise TooLarge(name, getattr(size, name), getattr(limits, name))
    table = size.participants * size.options
    if table > limits.numbers:
        raise TooLarge("participants times options", table, limits.numbers)
