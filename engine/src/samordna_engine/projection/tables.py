"""Rules as truth tables, and tables as numpy arrays over a sorted tuple of aspects."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
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
    NeverTogether,
    Rule,
    Sum,
    SumAtLeast,
    SumAtMost,
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


def cells(sizes: Sequence[int], scope: Scope) -> int:
    """The number of combinations of options of these aspects."""
    return math.prod(sizes[a] for a in scope)


def shape_of(rule: Rule, aspects: Sequence[Aspect], index: dict[str, int]) -> Shape:
    """The truth table of a rule."""
    scope = tuple(sorted(index[name] for name in aspects_of(rule)))
    sizes = [len(aspects[a].options) for a in scope]

    def table(literal: Literal) -> Truths:
        a = index[literal.aspect]
        return np.broadcast_to(_vector(literal, aspects[a]).reshape([-1 if b == a else 1 for b in scope]), sizes)

    match rule:
        case AllOf():
            allowed = np.logical_and.reduce([table(part) for part in rule.parts])
        case AnyOf():
            allowed = np.logical_or.reduce([table(part) for part in rule.parts])
        case If():
            given = np.logical_and.reduce([table(part) for part in rule.all_of])
            allowed = ~given | np.logical_and.reduce([table(part) for part in rule.then])
        case Together() | NeverTogether() | SumAtLeast() | SumAtMost():
            return Shape(scope, _listed_or_summed(rule, aspects, index, scope))
        case _:
            allowed = table(rule)
    return Shape(scope, np.ascontiguousarray(allowed))


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
