"""PySAT: RC2 for what is cheapest, OptUx for the smallest clash, MUSX for any irreducible one."""

from pysat.examples.musx import MUSX
from pysat.examples.optux import OptUx
from pysat.examples.rc2 import RC2, RC2Stratified
from pysat.formula import WCNF

from bench.answer import Answer, Status
from bench.families import Question
from bench.peers.clauses import OneHot


def settle(question: Question, limit: float) -> Answer:
    """Costs and differences as soft clauses, stratified, with at-most-one constraints found and cores minimised."""
    hot = OneHot(question)
    formula = WCNF()
    formula.extend(list(hot.exactly_one()))
    formula.extend([[-variable for variable in never] for never in hot.forbidden])
    for difference in hot.differences:
        differs = hot.variable()
        formula.extend([[-i, j, differs] for i, j in zip(difference.own, difference.frame, strict=True)])
        formula.append([-differs], weight=difference.price)
    for variable, cost in hot.costs.items():
        formula.append([-variable], weight=cost)
    with RC2Stratified(formula, solver="g3", adapt=True, exhaust=True, minz=True) as solver:
        return _cost(solver.compute() is not None, solver.cost)


def any_clash(question: Question, limit: float) -> Answer:
    """One irreducible clash, by deletion from a core."""
    with MUSX(_selected(question), solver="m22", verbosity=0) as solver:
        return Answer(status=Status.PROVED, note=f"{len(solver.compute())} conditions")


def smallest_clash(question: Question, limit: float) -> Answer:
    """A clash of fewest conditions, by implicit hitting sets. (`unsorted` would not make it smallest.)"""
    with OptUx(_selected(question), solver="g3", unsorted=False) as solver:
        return Answer(status=Status.PROVED, value=len(solver.compute()))


def ways_out(question: Question, limit: float) -> Answer:
    """The fewest conditions to give up."""
    with RC2(_selected(question), solver="g3", adapt=True, exhaust=True, minz=True) as solver:
        return _cost(solver.compute() is not None, solver.cost)


def _cost(found: bool, cost: int) -> Answer:
    return Answer(status=Status.PROVED, value=cost) if found else Answer(status=Status.IMPOSSIBLE)


def _selected(question: Question) -> WCNF:
    """Each condition with a variable that says that it counts."""
    hot = OneHot(question, with_costs=False)
    formula = WCNF()
    formula.extend(list(hot.exactly_one()))
    for group in hot.groups:
        counts = hot.variable()
        formula.extend([[-variable for variable in never] + [-counts] for never in group])
        formula.append([counts], weight=1)
    return formula
