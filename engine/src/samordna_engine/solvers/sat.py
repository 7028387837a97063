"""Clashes by a SAT solver, as the extra `sat`: for questions with more common frames than can be looked at one by one.

Every choice of an option is a literal, and every condition has a literal that switches it on, so that one solver
answers for any of the conditions, learns from each answer, and names those that it needed (assumptions and cores; Eén
and Sörensson 2003). A set it names is shrunk by leaving out one condition after the other. The solver is not believed:
what it finds is proved by plain search, like every clash.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from itertools import combinations, pairwise, product
from typing import Any, Final

import numpy as np

from samordna_engine.errors import TooLarge, Unproved
from samordna_engine.limits import Deadline
from samordna_engine.memory import uncollected
from samordna_engine.problem import COORDINATION, Aspect, Condition, Problem, Sharing
from samordna_engine.projection.tables import shape_of
from samordna_engine.rules import (
    AllOf,
    AnyOf,
    AtLeast,
    AtMost,
    If,
    Is,
    IsNot,
    Literal,
    NeverTogether,
    Rule,
    SumAtLeast,
    SumAtMost,
    Together,
    aspects_of,
)

SOLVER: Final = "glucose4"
CONFLICTS: Final = 2_000
"""How many dead ends the solver may meet before the deadline is looked at."""
PAIRWISE: Final = 6

Clause = list[int]
Literals = Mapping[str, int]
"""The literal of each option of an aspect, as somebody's value."""


def available() -> bool:
    """Whether the extra is installed."""
    return find_spec("pysat") is not None


class Rules:
    """Turns rules into clauses: of each, at least one literal is true."""

    def __init__(self, aspects: Sequence[Aspect]) -> None:
        self.aspects = aspects
        self.index = {aspect.id: a for a, aspect in enumerate(aspects)}

    def clauses(self, rule: Rule, of: Callable[[str], Literals]) -> list[Clause]:
        """All that a rule says; `of` tells the literals of an aspect."""
        match rule:
            case NeverTogether():
                listed = [_none_of(of(name), column) for name, column in _columns(rule)]
                return [list(clause) for clause in zip(*listed, strict=True)]
            case Together():
                return self._together(rule, [of(name) for name in rule.aspects])
            case AllOf():
                return [self._true(part, of) for part in rule.parts]
            case AnyOf():
                return [[literal for part in rule.parts for literal in self._true(part, of)]]
            case If():
                unless = [literal for part in rule.all_of for literal in self._false(part, of)]
                return [[*unless, *self._true(part, of)] for part in rule.then]
            case SumAtLeast() | SumAtMost():
                return self._tabulated(rule, of)
            case _:
                return [self._true(rule, of)]

    def _true(self, literal: Literal, of: Callable[[str], Literals]) -> Clause:
        """The literals of the options of which this is true."""
        options = of(literal.aspect)
        match literal:
            case Is():
                return [options[option] for option in dict.fromkeys(literal.options)]
            case IsNot():
                return [number for option, number in options.items() if option not in literal.options]
        kept = self._kept(self.aspects[self.index[literal.aspect]], literal)
        return [options[option] for option in kept]

    def _kept(self, aspect: Aspect, literal: AtLeast | AtMost) -> list[str]:
        """The options at or beyond a bound."""
        ids = aspect.option_ids()
        if isinstance(literal.value, str):
            place = ids.index(literal.value)
            return list(ids[place:] if isinstance(literal, AtLeast) else ids[: place + 1])
        sign = 1 if isinstance(literal, AtLeast) else -1
        numbers = [(option.id, option.number) for option in aspect.options if option.number is not None]
        return [option for option, number in numbers if sign * number >= sign * literal.value]

    def _false(self, literal: Literal, of: Callable[[str], Literals]) -> Clause:
        """The literals of the options of which this is false."""
        true = set(self._true(literal, of))
        return [number for number in of(literal.aspect).values() if number not in true]

    def _together(self, rule: Together, literals: Sequence[Literals]) -> list[Clause]:
        """Whatever the other aspects are, an option of the last that is allowed with them is chosen."""
        *others, last = literals
        allowed: dict[tuple[str, ...], dict[int, None]] = {}
        for combination in rule.combinations:
            allowed.setdefault(combination[:-1], {})[last[combination[-1]]] = None
        clauses = []
        for options in product(*others):
            right = allowed.get(options, {})
            if len(right) < len(last):
                clauses.append([*(-of[option] for of, option in zip(others, options, strict=True)), *right])
        return clauses

    def _tabulated(self, rule: Rule, of: Callable[[str], Literals]) -> list[Clause]:
        """The same from a truth table."""
        shape = shape_of(rule, self.aspects, self.index)
        *others, last = ([*of(self.aspects[a].id).values()] for a in shape.scope)
        clauses = []
        for place in np.argwhere(~shape.allowed.all(axis=-1)).tolist():
            right = np.nonzero(shape.allowed[tuple(place)])[0].tolist()
            clauses.append([*(-of[v] for of, v in zip(others, place, strict=True)), *(last[v] for v in right)])
        return clauses


def _columns(rule: NeverTogether) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The aspects, each with its options in all the combinations."""
    return zip(rule.aspects, zip(*rule.combinations, strict=True), strict=False)  # where there are any


def _none_of(literals: Literals, column: Iterable[str]) -> Clause:
    return [-literals[option] for option in column]


class Satisfier:
    """Answers which conditions, by their places in the order of their ids, can be met together.

    Raises `TooLarge` where the extra is not installed.
    """

    def __init__(self, problem: Problem, given: Mapping[str, str], deadline: Deadline) -> None:
        if not available():
            raise TooLarge("common aspects that meet, for want of the extra 'sat',", len(problem.aspects), 0)
        self.deadline = deadline
        self.problem = problem
        self.people = [participant.id for participant in problem.taking_part()]
        present = {*self.people, COORDINATION}
        self.conditions = sorted((c for c in problem.conditions if c.owner in present), key=lambda c: c.id)
        self._sharing = {aspect.id: aspect.sharing for aspect in problem.aspects}
        self._options = {aspect.id: aspect.option_ids() for aspect in problem.aspects}
        self._given = given
        self._rules = Rules(problem.aspects)
        self._last = 0
        self._literals: dict[str, dict[str, Literals]] = {owner: {} for owner in present}
        self._switches: list[int] = []
        self._asked: Collection[int] = ()
        with uncollected():
            clauses = list(self._clauses())
            self._solver: Any = import_module("pysat.solvers").Solver(name=SOLVER, bootstrap_with=clauses)

    def frame(self, conditions: Collection[int]) -> dict[str, str] | None:
        """Frame values under which some conditions can be met; None where there are none."""
        if not self._solved(conditions):
            return None
        model = self._solver.get_model()
        frame = {}
        for name, sharing in self._sharing.items():
            literals = self._literals[COORDINATION].get(name, {})
            chosen = (option for option, literal in literals.items() if model[literal - 1] > 0)
            if sharing is not Sharing.LOCAL:
                frame[name] = next(chosen, self._given.get(name, self._options[name][0]))
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
        """The conditions that the latest answer rests on; of those that say the same, the first asked about."""
        core = set(self._solver.get_core() or ())
        places: dict[int, int] = {}
        for condition in self._asked:
            if self._switches[condition] in core:
                places.setdefault(self._switches[condition], condition)
        return sorted(places.values())

    def _solved(self, conditions: Collection[int]) -> bool:
        self._asked = conditions
        assumptions = list(dict.fromkeys([self._switches[condition] for condition in conditions]))
        while True:
            self.deadline.check()
            self._solver.conf_budget(CONFLICTS)
            answer: bool | None = self._solver.solve_limited(assumptions=assumptions)
            if answer is not None:
                return answer

    def _clauses(self) -> Iterator[Clause]:
        """What each condition says where it is switched on, what is given, and that each aspect has one option.

        What is about common aspects only says the same whoever states it, and has one switch for all who do.
        """
        switches: dict[int, int] = {}
        for number, condition in enumerate(self.conditions):
            if number % 1000 == 0:
                self.deadline.check()
            switch = switches.get(id(condition.rule))
            if switch is None:
                switch = self._numbered(1)
                if self._is_common(condition.rule):
                    switches[id(condition.rule)] = switch
                for owner in self._bound(condition):
                    for clause in self._rules.clauses(condition.rule, partial(self._of, owner)):
                        clause.append(-switch)
                        yield clause
            self._switches.append(switch)
        for name, option in sorted(self._given.items()):
            yield [self._of(COORDINATION, name)[option]]
        for by_aspect in list(self._literals.values()):
            for literals in by_aspect.values():
                yield from self._one_of(list(literals.values()))

    def _is_common(self, rule: Rule) -> bool:
        return all(self._sharing[name] is Sharing.COMMON for name in aspects_of(rule))

    def _bound(self, condition: Condition) -> Sequence[str]:
        """Whose values must meet a condition; those of the frame are the coordination's."""
        if condition.owner != COORDINATION:
            return (condition.owner,)
        sharing = {self._sharing[name] for name in aspects_of(condition.rule)}
        frame = () if Sharing.LOCAL in sharing else (COORDINATION,)
        return frame if sharing <= {Sharing.COMMON} else (*frame, *self.people)

    def _of(self, owner: str, name: str) -> Literals:
        """The literals for somebody's value in an aspect, which in a common one is the frame's."""
        known = self._literals[COORDINATION if self._sharing[name] is Sharing.COMMON else owner]
        if name not in known:
            options = self._options[name]
            first = self._numbered(len(options))
            known[name] = dict(zip(options, range(first, first + len(options)), strict=True))
        return known[name]

    def _numbered(self, count: int) -> int:
        """The first of so many new literals."""
        first = self._last + 1
        self._last += count
        return first

    def _one_of(self, literals: Sequence[int]) -> Iterator[Clause]:
        """That exactly one of so many literals is true. Where they are many, each carries on what was (Sinz 2005)."""
        yield list(literals)
        if len(literals) <= PAIRWISE:
            yield from ([-one, -other] for one, other in combinations(literals, 2))
            return
        first = self._numbered(len(literals) - 1)
        before = range(first, first + len(literals) - 1)
        for literal, seen in zip(literals, before, strict=False):
            yield [-literal, seen]
        for seen, later in pairwise(before):
            yield [-seen, later]
        for seen, literal in zip(before, literals[1:], strict=True):
            yield [-seen, -literal]
