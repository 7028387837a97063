"""CP-SAT as the extra `solver`: proves what the engine leaves open under joint conditions.

The model is the one in which CP-SAT is at its best here: a literal for each own value, and *agreement* literals that
are true only where own value and frame are the same option, so that a difference is paid unless one of them is true
(the linear relaxation is then tight), with `linearization_level` 2. One thread and a fixed seed, so that the same
question takes the same way.
"""

from collections.abc import Iterable, Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Final

import numpy as np

from samordna_engine.errors import TooLarge
from samordna_engine.joint.measures import COST, FIRST_JOINT, LIKENESS, Decision, Measures, Weights
from samordna_engine.joint.search import Answer
from samordna_engine.limits import Deadline
from samordna_engine.problem import Sharing
from samordna_engine.projection.matter import BROKEN

SECONDS: Final = 60.0
"""How long CP-SAT may take where the question itself has no limit."""

SEED: Final = 1

Literals = list[Any]
Terms = list[tuple[int, Any]]


def available() -> bool:
    """Whether the extra is installed."""
    return find_spec("ortools") is not None


def close(measures: Measures, price: int | None, answer: Answer, deadline: Deadline) -> Answer:
    """The answer, bettered or proved as far as CP-SAT gets in the time that is left."""
    if not available():
        raise TooLarge("questions that need the extra 'solver', which is not installed,", 1, 0)
    more = (0,) * (measures.count - FIRST_JOINT)
    first: Weights = (1, 0, *more) if price is None else (price, 1, *more)
    second: Weights = (0, 1, *more) if price is None else (1, 0, *more)
    best, bound = answer.decision, answer.bound
    if answer.second is None:
        model = _Model(measures)
        best, bound = model.best(first, _seconds(deadline), best, bound)
        if best is None or bound < _sum(first, best.totals):
            return Answer(decision=best, bound=bound, second=None, proved=False)
    assert best is not None
    model = _Model(measures)
    value = _sum(first, best.totals)
    model.model.add(model.sum(first) <= value)
    best, least = model.best(second, _seconds(deadline), best, answer.second or 0)
    assert best is not None
    return Answer(decision=best, bound=value, second=least, proved=least >= _sum(second, best.totals))


def _seconds(deadline: Deadline) -> float:
    return SECONDS if deadline.until is None else max(0.01, deadline.until - deadline.now())


def _sum(weights: Weights, totals: Weights) -> int:
    return sum(weight * total for weight, total in zip(weights, totals, strict=True))


class _Model:
    """One question as literals. `terms[k]` and `constant[k]` add up to measure k."""

    def __init__(self, measures: Measures) -> None:
        self.cp = import_module("ortools.sat.python.cp_model")
        self.model = self.cp.CpModel()
        self.measures, self.matter = measures, measures.matter
        self.terms: list[Terms] = [[] for _ in range(measures.count)]
        self.constant = [0] * measures.count
        self.frame = [self._one_of(size) for size in self.matter.sizes]
        for a, v in self.matter.given.items():
            self.model.add_bool_and([self.frame[a][v]])
        for scope, allowed, penalty in measures.common:
            lost = BROKEN if penalty >= BROKEN else penalty // self.matter.scale.cost
            self._state([self.frame[a] for a in scope], allowed, lost)
        self.own = [self._participant(p) for p in range(self.matter.count)]
        own = self.matter.own
        rows = zip(own.owner.tolist(), own.shape.tolist(), own.penalty.tolist(), strict=True)
        for p, number, penalty in rows:
            shape = self.matter.shapes[number]
            self._state([self.own[p][a] for a in shape.scope], shape.allowed, penalty)
        for k, limit in enumerate(measures.limits):
            self.model.add(self._measure(FIRST_JOINT + k) <= limit)
        for a, limit in measures.variants:
            self._variants(a, limit)

    def sum(self, weights: Weights) -> Any:
        """A weighted sum of measures as a linear expression."""
        return sum(weight * self._measure(k) for k, weight in enumerate(weights) if weight)

    def best(
        self, objective: Weights, seconds: float, known: Decision | None, bound: int
    ) -> tuple[Decision | None, int]:
        """The best decision found, and a number that none is below; `BROKEN` where there is none."""
        self.model.minimize(self.sum(objective))
        if known is not None:
            self._hint(known)
        solver = self.cp.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = SEED
        solver.parameters.linearization_level = 2
        solver.parameters.max_time_in_seconds = seconds
        status = solver.solve(self.model)
        if status == self.cp.INFEASIBLE:
            return None, BROKEN
        if status not in (self.cp.OPTIMAL, self.cp.FEASIBLE):
            return known, bound
        found = self._decision(solver)
        value = _sum(objective, found.totals)
        if known is not None and _sum(objective, known.totals) <= value:
            found = known
        proved = status == self.cp.OPTIMAL
        return found, _sum(objective, found.totals) if proved else max(bound, int(np.ceil(solver.best_objective_bound)))

    def _measure(self, k: int) -> Any:
        variables = [literal for _, literal in self.terms[k]]
        factors = [factor for factor, _ in self.terms[k]]
        return self.cp.LinearExpr.weighted_sum(variables, factors) + self.constant[k]

    def _one_of(self, size: int) -> Literals:
        literals = [self.model.new_bool_var("") for _ in range(size)]
        self.model.add_exactly_one(literals)
        return literals

    def _participant(self, p: int) -> list[Literals]:
        """One participant's values, with what they count."""
        own = []
        for a, size in enumerate(self.matter.sizes):
            common = self.matter.sharing[a] is Sharing.COMMON
            literals = self.frame[a] if common else self._one_of(size)
            if self.matter.sharing[a] is Sharing.FRAMED:
                self._agree(literals, self.frame[a], self.measures.weights[a])
            self._count(COST, literals, self.matter.cost[a][p])
            for k, tables in enumerate(self.measures.usage):
                self._count(FIRST_JOINT + k, literals, tables[a][p])
            own.append(literals)
        return own

    def _agree(self, own: Literals, frame: Literals, weight: int) -> None:
        """A difference costs its weight, unless own value and frame agree on one of the options."""
        self.constant[LIKENESS] += weight
        for mine, ours in zip(own, frame, strict=True):
            both = self.model.new_bool_var("")
            self.model.add_implication(both, mine)
            self.model.add_implication(both, ours)
            self.terms[LIKENESS].append((-weight, both))

    def _count(self, k: int, literals: Literals, numbers: Iterable[int]) -> None:
        self.terms[k] += [(int(number), literal) for number, literal in zip(numbers, literals, strict=True) if number]

    def _state(self, literals: Sequence[Literals], allowed: np.ndarray[Any, np.dtype[np.bool_]], lost: int) -> None:
        """A condition forbids every combination that is not allowed; a need is lost where one of them is chosen."""
        if not lost:
            return
        broken: Literals = []
        if lost < BROKEN:
            broken = [self.model.new_bool_var("")]
            self.terms[COST].append((lost, broken[0]))
        for cell in np.argwhere(~allowed).tolist():
            chosen = [of[v].negated() for of, v in zip(literals, cell, strict=True)]
            self.model.add_bool_or([*chosen, *broken])

    def _variants(self, a: int, limit: int) -> None:
        """At most so many options of one aspect are in use."""
        used = [self.model.new_bool_var("") for _ in range(self.matter.sizes[a])]
        for own in self.own:
            for literal, variant in zip(own[a], used, strict=True):
                self.model.add_implication(literal, variant)
        self.model.add(sum(used) <= limit)

    def _hint(self, known: Decision) -> None:
        for a, literals in enumerate(self.frame):
            for v, literal in enumerate(literals):
                self.model.add_hint(literal, int(known.frame[a] == v))
        for own, values in zip(self.own, known.chosen.tolist(), strict=True):
            for a, literals in enumerate(own):
                if self.matter.sharing[a] is not Sharing.COMMON:
                    for v, literal in enumerate(literals):
                        self.model.add_hint(literal, int(values[a] == v))

    def _decision(self, solver: Any) -> Decision:
        frame = tuple(_picked(solver, literals) for literals in self.frame)
        chosen = np.array([[_picked(solver, literals) for literals in own] for own in self.own], np.int64)
        return Decision(frame, chosen, self.measures.totals(frame, chosen))


def _picked(solver: Any, literals: Literals) -> int:
    return next(v for v, literal in enumerate(literals) if solver.boolean_value(literal))
