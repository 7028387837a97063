"""Rules as truth tables, and tables as numpy arrays over a sorted tuple of aspects."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from samordna_engine.problem import Aspect
from samordna_engine.rules import (
    AllOf,
    AnyOf,
    AtLeast,
    AtMost,
    If,
    Is,
    IsNot,
    Listed,
    Literal,
    Rule,
    Sum,
    SumAtLeast,
    Together,
    aspects_of,
)

Numbers = NDArray[np.int64]
Truths = NDArray[np.bool_]
Scope = tuple[int, ...]
Cell = TypeVar("Cell", np.bool_, np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """Which combinations of options are allowed. The axes of `allowed` are the aspects in `scope`, which is sorted."""

    scope: Scope
    allowed: Truths


def spread(table: NDArray[Cell], scope: Scope, over: Scope) -> NDArray[Cell]:
    """A view of a table with an axis for each aspect in `over` (which contains `scope`), of length one where new."""
    return table.reshape([table.shape[scope.index(a)] if a in scope else 1 for a in over])


def cells(sizes: Sequence[int], scope: Sequence[int]) -> int:
    """The number of combinations of options of these aspects."""
    return math.prod(sizes[a] for a in scope)


def shape_of(rule: Rule, aspects: Sequence[Aspect], index: dict[str, int]) -> Shape:
    """The truth table of a rule."""
    scope = tuple(sorted(index[name] for name in aspects_of(rule)))
    if isinstance(rule, Listed | Sum):
        return Shape(scope, _listed_or_summed(rule, aspects, index, scope))

    def all_hold(literals: Iterable[Literal]) -> Truths:
        return reduce(np.logical_and, (_along(literal, aspects, index, scope) for literal in literals))

    match rule:
        case AllOf():
            allowed = all_hold(rule.parts)
        case AnyOf():
            allowed = reduce(np.logical_or, (_along(literal, aspects, index, scope) for literal in rule.parts))
        case If():
            allowed = ~all_hold(rule.all_of) | all_hold(rule.then)
        case _:
            allowed = _along(rule, aspects, index, scope)
    return Shape(scope, allowed)


def _along(literal: Literal, aspects: Sequence[Aspect], index: dict[str, int], scope: Scope) -> Truths:
    """Whether a literal is true, over a scope, with an axis of length one for each aspect that it is not about."""
    a = index[literal.aspect]
    return _vector(literal, aspects[a]).reshape([-1 if b == a else 1 for b in scope])


def _listed_or_summed(rule: Listed | Sum, aspects: Sequence[Aspect], index: dict[str, int], scope: Scope) -> Truths:
    """The truth table of a rule that is no combination of literals."""
    sizes = [len(aspects[a].options) for a in scope]
    if isinstance(rule, Sum):
        total = np.zeros(sizes, np.int64)
        for a in scope:
            total += spread(np.array([option.number for option in aspects[a].options], np.int64), (a,), scope)
        return total >= rule.value if isinstance(rule, SumAtLeast) else total <= rule.value
    listed = np.zeros(sizes, np.bool_)
    order = [rule.aspects.index(aspects[a].id) for a in scope]
    places = [{option: v for v, option in enumerate(aspects[a].option_ids())} for a in scope]
    for combination in rule.combinations:
        listed[tuple(place[combination[i]] for i, place in zip(order, places, strict=True))] = True
    return listed if isinstance(rule, Together) else ~listed


def _vector(literal: Literal, aspect: Aspect) -> Truths:
    """For each option of the aspect, whether the literal is true of it."""
    ids = aspect.option_ids()
    match literal:
        case Is():
            return np.array([option in literal.options for option in ids])
        case IsNot():
            return np.array([option not in literal.options for option in ids])
        case AtLeast() | AtMost():
            values: Numbers = np.arange(len(ids))
            bound = ids.index(literal.value) if isinstance(literal.value, str) else literal.value
            if isinstance(literal.value, int):
                values = np.array([option.number for option in aspect.options], np.int64)
            return values >= bound if isinstance(literal, AtLeast) else values <= bound
