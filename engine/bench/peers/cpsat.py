"""CP-SAT (OR-Tools) with agreement literals: a literal may be true only where own and frame have the same option.

Each difference then costs the price less what its agreement literals give back, which is tight in the linear
relaxation; with `linearization_level` 2 this is the strongest CP-SAT model of the question that is known. The usual
one, with a literal for "differs", has no answer for 290 participants in a minute.
"""

from ortools.sat.python import cp_model

from bench.answer import CLOCK, Answer, Status
from bench.families import Question
from bench.peers.clauses import OneHot
from bench.tasks import budget_of

Terms = list[tuple[int, cp_model.IntVar]]
MOST_VARIANTS = 3


class Agreement:
    """The model without what is to be small: the likeness and the cost, as terms."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.model = cp_model.CpModel()
        hot = OneHot(question)
        self.variables = [self.model.new_bool_var("") for _ in range(hot.count + 1)]
        self.frame = [[self.variables[i] for i in block] for block in hot.frame]
        for block in hot.blocks:
            self.model.add_exactly_one(self.variables[i] for i in block)
        for never in hot.forbidden:
            self.model.add_bool_or([~self.variables[i] for i in never])
        self.cost: Terms = [(cost, self.variables[i]) for i, cost in hot.costs.items()]
        self.likeness: Terms = []
        self.differ = 0
        for difference in hot.differences:
            self.differ += difference.price
            for i, j in zip(difference.own, difference.frame, strict=True):
                agrees = self.model.new_bool_var("")
                self.model.add_implication(agrees, self.variables[i])
                self.model.add_implication(agrees, self.variables[j])
                self.likeness.append((-difference.price, agrees))

    def solved(self, terms: Terms, constant: int, limit: float) -> Answer:
        """What these terms amount to at the least."""
        self.model.minimize(weighted(terms))
        return solved(self.model, constant, limit)


def settle(question: Question, limit: float) -> Answer:
    """Likeness and cost in one sum."""
    model = Agreement(question)
    return model.solved(model.likeness + model.cost, model.differ, limit)


def joint_budget(question: Question, limit: float) -> Answer:
    """The least likeness lost while all costs together stay within a budget."""
    model = Agreement(question)
    model.model.add(weighted(model.cost) <= budget_of(question))
    likeness = [(price // question.unit, agrees) for price, agrees in model.likeness]
    return model.solved(likeness, model.differ // question.unit, limit)


def takes_part(question: Question, limit: float) -> Answer:
    """In or out, and a literal for each option that somebody who is in must follow."""
    model = cp_model.CpModel()
    frame = [[model.new_bool_var("") for _ in range(size)] for size in question.sizes]
    for block in frame:
        model.add_exactly_one(block)
    terms: Terms = []
    cells = [(~allowed).nonzero() for _, allowed in question.shapes]
    listed = [list(zip(*(axis.tolist() for axis in cell), strict=True)) for cell in cells]
    for p in range(question.count):
        inside = model.new_bool_var("")
        terms.append((-int(question.benefit[p]), inside))
        for a, block in enumerate(frame):
            cost = question.cost[a][p].tolist()
            if not any(cost):
                continue
            follows = [model.new_bool_var("") for _ in block]
            model.add(sum(follows) == inside)
            for follow, option, price in zip(follows, block, cost, strict=True):
                model.add_implication(follow, option)
                terms.append((price, follow))
        for shape in question.conditions_of(p):
            scope = question.shapes[shape][0]
            for cell in listed[shape]:
                model.add_bool_or([~inside, *(~frame[a][v] for a, v in zip(scope, cell, strict=True))])
    model.minimize(weighted(terms))
    answer = solved(model, 0, limit)
    return answer if answer.value is None else Answer(status=answer.status, value=-answer.value)


def fewest_variants(question: Question, limit: float) -> Answer:
    """At most three options of an aspect in use; each after the first costs as much as a difference."""
    model = cp_model.CpModel()
    used = [[model.new_bool_var("") for _ in range(size)] for size in question.sizes]
    terms: Terms = []
    for a, block in enumerate(used):
        if question.common[a]:
            model.add_exactly_one(block)
            continue
        model.add_linear_constraint(sum(block), 1, MOST_VARIANTS)
        terms += [(question.difference(a), variable) for variable in block]
    for p in range(question.count):
        own = [block if question.common[a] else [model.new_bool_var("") for _ in block] for a, block in enumerate(used)]
        for a, block in enumerate(own):
            if not question.common[a]:
                model.add_exactly_one(block)
                for has, variant in zip(block, used[a], strict=True):
                    model.add_implication(has, variant)
            terms += [(price, has) for price, has in zip(question.cost[a][p].tolist(), block, strict=True) if price]
        for shape in question.conditions_of(p):
            scope, allowed = question.shapes[shape]
            for cell in zip(*(axis.tolist() for axis in (~allowed).nonzero()), strict=True):
                model.add_bool_or([~own[a][v] for a, v in zip(scope, cell, strict=True)])
    model.minimize(weighted(terms))
    return solved(model, -sum(question.difference(a) for a, share in enumerate(question.common) if not share), limit)


def weighted(terms: Terms) -> cp_model.LinearExpr:
    """A sum of terms, made at once."""
    return cp_model.LinearExpr.weighted_sum([variable for _, variable in terms], [factor for factor, _ in terms])


def solved(model: cp_model.CpModel, constant: int, limit: float) -> Answer:
    """One thread, a fixed seed, and the linear relaxation used to the full."""
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    solver.parameters.linearization_level = 2
    solver.parameters.max_time_in_seconds = limit * CLOCK
    status = solver.solve(model)
    if status == cp_model.INFEASIBLE:
        return Answer(status=Status.IMPOSSIBLE)
    if status == cp_model.OPTIMAL:
        return Answer(status=Status.PROVED, value=round(solver.objective_value) + constant)
    if status == cp_model.FEASIBLE:
        bound = round(solver.best_objective_bound) + constant
        return Answer(status=Status.STOPPED, value=round(solver.objective_value) + constant, note=f"bound {bound}")
    return Answer(status=Status.NONE)
