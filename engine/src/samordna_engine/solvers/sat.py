"""Clashes by a SAT solver, as the extra `sat`: for questions with more common frames than can be looked at one by one.

Every choice of an option is a literal, and every condition has a literal that switches it on, so that one solver
answers for any of the conditions, learns from each answer, and names those that it needed (assumptions and cores; Eén
and Sörensson 2003). A set it names is shrunk by leaving out one condition after the other. The solver is not believed:
what it finds is proved by plain search, like every clash.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from importlib import import_module
from importlib.util import find_spec
from itertools import combinations, pairwise
from typing import Any, Final

import numpy as np

from samordna_engine.errors import TooLarge, Unproved
from samordna_engine.limits import Deadline
from samordna_engine.problem import COORDINATION, Aspect, Condition, Problem, Sharing
from samordna_engine.projection.tables import shape_of
from samordna_engine.rules import AllOf, AnyOf, AtLeast, AtMost, If, Is, IsNot, Literal, NeverTogether, Rule, aspects_of

SOLVER: Final = "glucose4"
CONFLICTS: Final = 2_000
"""How many dead ends the solver may meet before the deadline is looked at."""
PAIRWISE: Final = 6

Clause = list[int]
Choice = tuple[int, int]
"""An aspect and one of its options; with a negative number, that it is not option -1 - v."""


def available() -> bool:
    """Whether the extra is installed."""
    return find_spec("pysat") is not None


class Rules:
    """Turns rules into clauses: of each, at least one choice is made."""

    def __init__(self, aspects: Sequence[Aspect]) -> None:
        self.aspects = aspects
        self.index = {aspect.id: a for a, aspect in enumerate(aspects)}
        self._said: dict[int, list[list[Choice]]] = {}
        self.options = [{option.id: v for v, option in enumerate(aspect.options)} for aspect in aspects]

    def clauses(self, rule: Rule) -> list[list[Choice]]:
        """All that a rule says; worked out once for each object, as many conditions share theirs."""
        if id(rule) not in self._said:
            self._said[id(rule)] = self._clauses(rule)
        return self._said[id(rule)]

    def _clauses(self, rule: Rule) -> list[list[Choice]]:
        match rule:
            case AllOf():
                return [self._choices(part) for part in rule.parts]
            case AnyOf():
                return [[choice for part in rule.parts for choice in self._choices(part)]]
            case If():
                unless = [choice for part in rule.all_of for choice in self._others(part)]
                return [[*unless, *self._choices(part)] for part in rule.then]
            case Is() | IsNot() | AtLeast() | AtMost():
                return [self._choices(rule)]
            case NeverTogether():
                places = [(self.index[name], self.options[self.index[name]]) for name in rule.aspects]
                return [
                    [(a, -1 - options[option]) for (a, options), option in zip(places, combination, strict=True)]
                    for combination in rule.combinations
                ]
            case _:
                return self._tabulated(rule)

    def _choices(self, literal: Literal) -> list[Choice]:
        """The options of an aspect of which a literal is true."""
        a = self.index[literal.aspect]
        options = self.options[a]
        match literal:
            case Is():
                return [(a, options[option]) for option in literal.options]
            case IsNot():
                return [(a, v) for option, v in options.items() if option not in literal.options]
        numbers = [option.number for option in self.aspects[a].options]
        places = range(len(numbers)) if isinstance(literal.value, str) else numbers
        bound = options[literal.value] if isinstance(literal.value, str) else literal.value
        sign = 1 if isinstance(literal, AtLeast) else -1
        return [(a, v) for v, n in enumerate(places) if n is not None and sign * n >= sign * bound]

    def _others(self, literal: Literal) -> list[Choice]:
        """The options of an aspect of which a literal is false."""
        a, true = self.index[literal.aspect], set(self._choices(literal))
        return [(a, v) for v in range(len(self.options[a])) if (a, v) not in true]

    def _tabulated(self, rule: Rule) -> list[list[Choice]]:
        """The same from a truth table: whatever the other aspects are, an option allowed with them is chosen."""
        shape = shape_of(rule, self.aspects, self.index)
        *others, last = shape.scope
        clauses = []
        for place in np.argwhere(~shape.allowed.all(axis=-1)).tolist():
            unless = [(a, -1 - v) for a, v in zip(others, place, strict=True)]
            clauses.append([*unless, *((last, v) for v in np.nonzero(shape.allowed[tuple(place)])[0].tolist())])
        return clauses


class Satisfier:
    """Answers which conditions, by their places in the order of their ids, can be met together.

    Raises `TooLarge` where the extra is not installed.
    """

    def __init__(self, problem: Problem, given: Mapping[str, str], deadline: Deadline) -> None:
        if not available():
            raise TooLarge("common aspects that meet, for want of the extra 'sat',", len(problem.aspects), 0)
        self.deadline = deadline
        self.people = [participant.id for participant in problem.taking_part()]
        present = {*self.people, COORDINATION}
        self.conditions = sorted((c for c in problem.conditions if c.owner in present), key=lambda c: c.id)
        self._rules = Rules(problem.aspects)
        self._given = {self._rules.index[a]: self._rules.options[self._rules.index[a]][v] for a, v in given.items()}
        self._first: dict[tuple[str, int], int] = {}
        self._last = len(self.conditions)
        self._alike: dict[int, list[Clause]] = {}
        clauses = list(self._clauses())
        self._solver: Any = import_module("pysat.solvers").Solver(name=SOLVER, bootstrap_with=clauses)

    def frame(self, conditions: Collection[int]) -> dict[str, str] | None:
        """Frame values under which some conditions can be met; None where there are none."""
        if not self._solved(conditions):
            return None
        true = set(self._solver.get_model())
        frame = {}
        for a, aspect in enumerate(self._rules.aspects):
            first = self._first.get((COORDINATION, a))
            chosen = self._given.get(a, 0)
            if first is not None:
                chosen = next(v for v in range(len(aspect.options)) if first + v in true)
            if aspect.sharing is not Sharing.LOCAL:
                frame[aspect.id] = aspect.options[chosen].id
        return frame

    def clash(self, conditions: Collection[int]) -> tuple[int, ...] | None:
        """Some of these conditions that clash, none of them in vain; None where all can be met."""
        if self._solved(sorted(conditions)):
            return None
        kept = self._core()
        while self._needs(kept) and len(smaller := self._core()) < len(kept):
            kept = smaller
        needed: list[int] = []
        while kept:
            candidate = kept.pop()
            if self._solved([*needed, *kept]):
                needed.append(candidate)
            else:
                core = set(self._core())
                kept = [condition for condition in kept if condition in core]
        return tuple(sorted(needed))

    def _needs(self, conditions: Collection[int]) -> bool:
        """Whether some conditions still clash when asked about again, which they must."""
        if self._solved(conditions):
            raise Unproved("conditions that could not all be met can be")
        return True

    def _core(self) -> list[int]:
        """The conditions that the latest answer rests on."""
        return sorted(abs(literal) - 1 for literal in self._solver.get_core() or ())

    def _solved(self, conditions: Collection[int]) -> bool:
        assumptions = [condition + 1 for condition in conditions]
        while True:
            self.deadline.check()
            self._solver.conf_budget(CONFLICTS)
            answer: bool | None = self._solver.solve_limited(assumptions=assumptions)
            if answer is not None:
                return answer

    def _clauses(self) -> Iterator[Clause]:
        """What each condition says where it is switched on, what is given, and that each aspect has one option."""
        for number, condition in enumerate(self.conditions):
            if number % 1000 == 0:
                self.deadline.check()
            for owner in self._bound(condition):
                for clause in self._of(owner, condition.rule):
                    yield [*clause, -number - 1]
        for a, v in sorted(self._given.items()):
            yield [self._literal(COORDINATION, a, v)]
        for (_, a), first in list(self._first.items()):
            yield from self._one_of(first, len(self._rules.aspects[a].options))

    def _of(self, owner: str, rule: Rule) -> list[list[int]]:
        """What a rule says of somebody's values. About common aspects only, it says the same of everybody's."""
        if id(rule) not in self._alike:
            said = [[self._literal(owner, a, v) for a, v in clause] for clause in self._rules.clauses(rule)]
            index, aspects = self._rules.index, self._rules.aspects
            if any(aspects[index[name]].sharing is not Sharing.COMMON for name in aspects_of(rule)):
                return said
            self._alike[id(rule)] = said
        return self._alike[id(rule)]

    def _bound(self, condition: Condition) -> Sequence[str]:
        """Whose values must meet a condition; those of the frame are the coordination's."""
        if condition.owner != COORDINATION:
            return (condition.owner,)
        sharing = {self._rules.aspects[self._rules.index[name]].sharing for name in aspects_of(condition.rule)}
        frame = () if Sharing.LOCAL in sharing else (COORDINATION,)
        return frame if sharing <= {Sharing.COMMON} else (*frame, *self.people)

    def _literal(self, owner: str, a: int, v: int) -> int:
        """The literal for a choice of somebody's, which for a common aspect is the frame's."""
        key = (COORDINATION if self._rules.aspects[a].sharing is Sharing.COMMON else owner, a)
        first = self._first.get(key)
        if first is None:
            first = self._first[key] = self._last + 1
            self._last += len(self._rules.aspects[a].options)
        return first + v if v >= 0 else 1 + v - first

    def _one_of(self, first: int, size: int) -> Iterator[Clause]:
        """That exactly one of so many literals is true. Where they are many, each carries on what was (Sinz 2005)."""
        literals = range(first, first + size)
        yield list(literals)
        if size <= PAIRWISE:
            yield from ([-one, -other] for one, other in combinations(literals, 2))
            return
        before = range(self._last + 1, self._last + size)
        self._last += size - 1
        for literal, seen in zip(literals, before, strict=False):
            yield [-literal, seen]
        for seen, later in pairwise(before):
            yield [-seen, later]
        for seen, literal in zip(before, literals[1:], strict=True):
            yield [-seen, -literal]
