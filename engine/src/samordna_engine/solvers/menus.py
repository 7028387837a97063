"""Fewest variants by CP-SAT, as the extra `solver`: for questions whose tables over menus would need too many cells.

A literal says that an option is in use, and each participant's own choice implies it, so that the linear relaxation is
nearly that of a facility location problem. One thread and a fixed seed; what is found is proved like every other
answer, and that nothing is better is the solver's word.
"""

from collections.abc import Sequence
from importlib import import_module
from typing import Any

import numpy as np

from samordna_engine.limits import Deadline, OutOfTime
from samordna_engine.problem import Sharing
from samordna_engine.projection.matter import BROKEN, Matter
from samordna_engine.projection.tables import Numbers
from samordna_engine.solvers.cpsat import SECONDS, SEED

Literals = list[Any]


def fewest(matter: Matter, at_most: int, deadline: Deadline) -> tuple[Numbers, int, int] | None:
    """Everybody's own values [participant, aspect], what they sum to, and a bound; None where there are none.

    Raises `OutOfTime` where none was found in time.
    """
    model = _Model(matter, at_most)
    solver = model.solved(SECONDS if deadline.until is None else max(0.01, deadline.until - deadline.now()))
    if solver is None:
        return None
    value, bound = solver.value(model.sum), int(np.ceil(solver.best_objective_bound))
    picked = [[next(v for v, one in enumerate(of) if solver.boolean_value(one)) for of in own] for own in model.own]
    return np.array(picked, np.int64), value, value if model.proved else min(bound, value)


class _Model:
    """One question as literals; `sum` is what is to be small."""

    def __init__(self, matter: Matter, at_most: int) -> None:
        self.cp = import_module("ortools.sat.python.cp_model")
        self.model = self.cp.CpModel()
        self.matter = matter
        self.proved = False
        self._terms: list[tuple[int, Any]] = []
        self.used = [self._offered(a, at_most) for a in range(len(matter.sizes))]
        self.own = [self._participant(p) for p in range(matter.count)]
        own = matter.own
        for p, number, penalty in zip(own.owner.tolist(), own.shape.tolist(), own.penalty.tolist(), strict=True):
            shape = matter.shapes[number]
            self._state([self.own[p][a] for a in shape.scope], shape.allowed, penalty)
        for term in matter.common:
            shape = matter.shapes[term.shape]
            if term.penalty < BROKEN or all(matter.sharing[a] is Sharing.COMMON for a in shape.scope):
                self._state([self.used[a] for a in shape.scope], shape.allowed, term.penalty)
        constant = sum(matter.difference[a] for a in matter.frame_aspects())
        factors, literals = [factor for factor, _ in self._terms], [literal for _, literal in self._terms]
        self.sum = self.cp.LinearExpr.weighted_sum(literals, factors) - constant

    def solved(self, seconds: float) -> Any:
        """The solver with what it found; None where there is nothing. Raises `OutOfTime` where it found nothing yet."""
        self.model.minimize(self.sum)
        solver = self.cp.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = SEED
        solver.parameters.linearization_level = 2
        solver.parameters.max_time_in_seconds = seconds
        status = solver.solve(self.model)
        if status == self.cp.INFEASIBLE:
            return None
        if status not in (self.cp.OPTIMAL, self.cp.FEASIBLE):
            raise OutOfTime
        self.proved = status == self.cp.OPTIMAL
        return solver

    def _offered(self, a: int, at_most: int) -> Literals:
        """Which options of an aspect are in use, at most so many; of a local one it does not matter."""
        literals = [self.model.new_bool_var("") for _ in range(self.matter.sizes[a])]
        if self.matter.sharing[a] is Sharing.LOCAL:
            return literals
        single = self.matter.sharing[a] is Sharing.COMMON or a in self.matter.given
        self.model.add_linear_constraint(sum(literals), 1, 1 if single else at_most)
        if a in self.matter.given:
            self.model.add_bool_and([literals[self.matter.given[a]]])
        self._terms += [(self.matter.difference[a], literal) for literal in literals if self.matter.difference[a]]
        return literals

    def _participant(self, p: int) -> list[Literals]:
        """One participant's values, within what is in use, and what they cost."""
        own = []
        for a, used in enumerate(self.used):
            literals = used
            if self.matter.sharing[a] is not Sharing.COMMON:
                literals = [self.model.new_bool_var("") for _ in used]
                self.model.add_exactly_one(literals)
                for has, variant in zip(literals, used, strict=True):
                    self.model.add_implication(has, variant)
            costs = self.matter.cost[a][p].tolist()
            self._terms += [(cost, literal) for cost, literal in zip(costs, literals, strict=True) if cost]
            own.append(literals)
        return own

    def _state(self, literals: Sequence[Literals], allowed: np.ndarray[Any, np.dtype[np.bool_]], lost: int) -> None:
        """A condition forbids every combination that is not allowed; a need is lost where one of them is chosen."""
        broken: Literals = []
        if lost < BROKEN:
            broken = [self.model.new_bool_var("")]
            self._terms.append((lost, broken[0]))
        for cell in np.argwhere(~allowed).tolist():
            self.model.add_bool_or([*(of[v].negated() for of, v in zip(literals, cell, strict=True)), *broken])
