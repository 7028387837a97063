"""CPMpy: what somebody would write in a modelling language, with tables, solved by CP-SAT underneath."""

import cpmpy
from cpmpy.tools.explain import smus

from bench.answer import CLOCK, Answer, Status
from bench.families import Question


def settle(question: Question, limit: float) -> Answer:
    """One whole number per value. Agreement is written as in the CP-SAT model, which helps it as much as it can."""
    model, terms = cpmpy.Model(), []
    frame = [cpmpy.intvar(0, size - 1) for size in question.sizes]
    listed = [[list(cell) for cell in zip(*allowed.nonzero(), strict=True)] for _, allowed in question.shapes]
    for p in range(question.count):
        own = list(frame)
        for a, size in enumerate(question.sizes):
            if not question.common[a]:
                own[a] = cpmpy.intvar(0, size - 1)
                agrees = cpmpy.boolvar(shape=size)
                for v in range(size):
                    model += agrees[v].implies(own[a] == v)
                    model += agrees[v].implies(frame[a] == v)
                terms.append(question.difference(a) - question.difference(a) * cpmpy.sum(agrees))
            terms += [cost * (own[a] == v) for v, cost in enumerate(question.cost[a][p].tolist()) if cost]
        for shape in question.conditions_of(p):
            model += cpmpy.Table([own[a] for a in question.shapes[shape][0]], listed[shape])
    model.minimize(cpmpy.sum(terms))
    found = model.solve(solver="ortools", time_limit=limit * CLOCK, num_workers=1, linearization_level=2)
    status = model.status().exitstatus.name
    if status == "OPTIMAL":
        return Answer(status=Status.PROVED, value=int(model.objective_value()))
    return Answer(status=Status.IMPOSSIBLE if status == "UNSATISFIABLE" else Status.STOPPED if found else Status.NONE)


def smallest_clash(question: Question, limit: float) -> Answer:
    """The smallest unsatisfiable subset of the conditions."""
    frame = [cpmpy.intvar(0, size - 1) for size in question.sizes]
    listed = [[list(cell) for cell in zip(*allowed.nonzero(), strict=True)] for _, allowed in question.shapes]
    conditions = []
    for p in range(question.count):
        own = dict(enumerate(frame))
        for a, size in enumerate(question.sizes):
            if not question.common[a]:
                own[a] = cpmpy.intvar(0, size - 1)
        for shape in question.conditions_of(p):
            conditions.append(cpmpy.Table([own[a] for a in question.shapes[shape][0]], listed[shape]))
    return Answer(status=Status.PROVED, value=len(smus(conditions, solver="ortools", hs_solver="ortools")))
