"""HiGHS through OR-Tools: the same agreement model as linear rows over whole numbers.

HiGHS is used through OR-Tools because its own package cannot be loaded in one process together with OR-Tools 9.15.
"""

from dataclasses import dataclass, field
from math import inf

from ortools.linear_solver.python import model_builder

from bench.answer import CLOCK, Answer, Status
from bench.families import Question
from bench.peers.clauses import OneHot

MOST_VARIANTS = 3
EXACT = "threads=1\nmip_rel_gap=0\nmip_abs_gap=0.4"


@dataclass(slots=True)
class Rows:
    """Yes-or-no variables with what each costs, and rows: variables, factors, and the least and most they add up to."""

    costs: list[float] = field(default_factory=list)
    rows: list[tuple[list[int], list[int], float, float]] = field(default_factory=list)

    def variable(self, cost: int = 0) -> int:
        """One new variable."""
        self.costs.append(cost)
        return len(self.costs) - 1

    def block(self, size: int) -> list[int]:
        """New variables."""
        return [self.variable() for _ in range(size)]

    def sum(self, variables: list[int], least: float, most: float) -> None:
        """They add up to this many."""
        self.rows.append((variables, [1] * len(variables), least, most))

    def implies(self, one: int, other: int) -> None:
        """The second is true where the first is."""
        self.rows.append(([one, other], [1, -1], -inf, 0))

    def never(self, variables: list[int]) -> None:
        """Not all of them are true."""
        self.sum(variables, -inf, len(variables) - 1)

    def solved(self, constant: int, limit: float) -> Answer:
        """The least that the variables cost."""
        helper = model_builder.Model().helper
        for cost in self.costs:
            variable = helper.add_var()
            helper.set_var_lower_bound(variable, 0.0)
            helper.set_var_upper_bound(variable, 1.0)
            helper.set_var_integrality(variable, True)
            helper.set_var_objective_coefficient(variable, cost)
        for variables, factors, least, most in self.rows:
            row = helper.add_linear_constraint()
            helper.set_constraint_lower_bound(row, least)
            helper.set_constraint_upper_bound(row, most)
            for variable, factor in zip(variables, factors, strict=True):
                helper.add_term_to_constraint(row, variable, factor)
        return _run(helper, constant, limit)


def _run(helper: model_builder.mbh.ModelBuilderHelper, constant: int, limit: float) -> Answer:
    solver = model_builder.mbh.ModelSolverHelper("highs")
    solver.set_time_limit_in_seconds(limit * CLOCK)
    solver.set_solver_specific_parameters(EXACT)
    solver.solve(helper)
    status = solver.status()
    if status == model_builder.mbh.SolveStatus.OPTIMAL:
        return Answer(status=Status.PROVED, value=round(solver.objective_value()) + constant)
    if status == model_builder.mbh.SolveStatus.FEASIBLE:
        return Answer(status=Status.STOPPED, value=round(solver.objective_value()) + constant)
    return Answer(status=Status.IMPOSSIBLE if status == model_builder.mbh.SolveStatus.INFEASIBLE else Status.NONE)


def settle(question: Question, limit: float) -> Answer:
    """Likeness and cost in one sum."""
    hot, rows, constant = OneHot(question), Rows(), 0
    rows.block(hot.count + 1)
    for variable, cost in hot.costs.items():
        rows.costs[variable] = cost
    for block in hot.blocks:
        rows.sum(block, 1, 1)
    for never in hot.forbidden:
        rows.never(never)
    for difference in hot.differences:
        constant += difference.price
        for i, j in zip(difference.own, difference.frame, strict=True):
            agrees = rows.variable(-difference.price)
            rows.implies(agrees, i)
            rows.implies(agrees, j)
    return rows.solved(constant, limit)


def takes_part(question: Question, limit: float) -> Answer:
    """In or out, and what somebody who is in follows."""
    rows = Rows()
    frame = [rows.block(size) for size in question.sizes]
    for block in frame:
        rows.sum(block, 1, 1)
    for p in range(question.count):
        inside = rows.variable(-int(question.benefit[p]))
        for a, block in enumerate(frame):
            follows = [rows.variable(price) for price in question.cost[a][p].tolist()]
            rows.rows.append(([*follows, inside], [1] * len(follows) + [-1], 0, 0))
            for follow, option in zip(follows, block, strict=True):
                rows.implies(follow, option)
        for shape in question.conditions_of(p):
            scope, allowed = question.shapes[shape]
            for cell in zip(*(axis.tolist() for axis in (~allowed).nonzero()), strict=True):
                rows.never([inside, *(frame[a][v] for a, v in zip(scope, cell, strict=True))])
    answer = rows.solved(0, limit)
    return answer if answer.value is None else Answer(status=answer.status, value=-answer.value)


def fewest_variants(question: Question, limit: float) -> Answer:
    """At most three options of an aspect in use; each after the first costs as much as a difference."""
    rows, constant = Rows(), 0
    used = [rows.block(size) for size in question.sizes]
    for a, block in enumerate(used):
        rows.sum(block, 1, 1 if question.common[a] else MOST_VARIANTS)
        if not question.common[a]:
            constant -= question.difference(a)
            for variant in block:
                rows.costs[variant] = question.difference(a)
    for p in range(question.count):
        own = [block if question.common[a] else rows.block(len(block)) for a, block in enumerate(used)]
        for a, block in enumerate(own):
            for has, price in zip(block, question.cost[a][p].tolist(), strict=True):
                rows.costs[has] += price
            if not question.common[a]:
                rows.sum(block, 1, 1)
                for has, variant in zip(block, used[a], strict=True):
                    rows.implies(has, variant)
        for shape in question.conditions_of(p):
            scope, allowed = question.shapes[shape]
            for cell in zip(*(axis.tolist() for axis in (~allowed).nonzero()), strict=True):
                rows.never([own[a][v] for a, v in zip(scope, cell, strict=True)])
    return rows.solved(constant, limit)
