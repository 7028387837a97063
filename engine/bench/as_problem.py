"""The same question as the objects that the library's users give it."""

import numpy as np

from bench.families import Question, Shape
from samordna_engine.problem import (
    Aspect,
    AspectKind,
    Condition,
    Joint,
    JointKind,
    Option,
    Participant,
    Problem,
    Range,
    Sharing,
)
from samordna_engine.rules import Is, NeverTogether, Rule, Together


def as_problem(question: Question, *, budget: int | None = None) -> Problem:
    """The question as a problem. Every condition may be relaxed at the price of one."""
    names = [f"a{a:04}" for a in range(len(question.sizes))]
    rules = [_rule(names, shape) for shape in question.shapes]
    rows = zip(question.owner.tolist(), question.stated.tolist(), strict=True)
    return Problem(
        id=question.name,
        title="A generated question",
        aspects=tuple(_aspect(question, names, a) for a in range(len(names))),
        participants=tuple(_participant(question, names, p) for p in range(question.count)),
        conditions=tuple(
            Condition(id=f"c{i:07}", owner=f"p{p:06}", rule=rules[shape], reason="generated", relax_price=1)
            for i, (p, shape) in enumerate(rows)
        ),
        joint=() if budget is None else (Joint(id="budget", kind=JointKind.BUDGET, limit=budget, reason="generated"),),
    )


def _aspect(question: Question, names: list[str], a: int) -> Aspect:
    return Aspect(
        id=names[a],
        label=names[a],
        kind=AspectKind.ORDERED,
        options=tuple(Option(id=f"o{v}", label=f"option {v}") for v in range(question.sizes[a])),
        sharing=Sharing.COMMON if question.common[a] else Sharing.FRAMED,
        weight=question.weights[a],
    )


def _participant(question: Question, names: list[str], p: int) -> Participant:
    costs = {
        names[a]: {f"o{v}": Range.exactly(cost) for v, cost in enumerate(table[p].tolist()) if cost}
        for a, table in enumerate(question.cost)
    }
    benefit = Range.exactly(int(question.benefit[p]))
    return Participant(id=f"p{p:06}", label=f"participant {p}", benefit=benefit, costs=costs)


def _rule(names: list[str], shape: Shape) -> Rule:
    """A shape in the shorter of the ways it can be said."""
    scope, allowed = shape
    if len(scope) == 1:
        return Is(aspect=names[scope[0]], options=tuple(f"o{v}" for v in np.flatnonzero(allowed)))
    aspects = tuple(names[a] for a in scope)
    fewer = Together if 2 * int(allowed.sum()) <= allowed.size else NeverTogether
    listed = np.argwhere(allowed if fewer is Together else ~allowed)
    return fewer(aspects=aspects, combinations=tuple(tuple(f"o{v}" for v in cell) for cell in listed))
