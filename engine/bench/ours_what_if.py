"""What if, and what each condition costs, by the engine."""

from time import process_time

from bench.answer import Answer, Status
from bench.as_problem import as_problem
from bench.changes import rows_left_out
from bench.families import Question
from bench.ours import LIMITS, matter_of
from bench.ours_objects import limits, timed
from samordna_engine.changes import DropCondition
from samordna_engine.limits import Limits
from samordna_engine.projection.facets import facets
from samordna_engine.projection.network import Tree, elimination_order
from samordna_engine.projection.project import joined, summed
from samordna_engine.projection.without import Without
from samordna_engine.standing import Preview, Standing


def what_if(question: Question, limit: float) -> Answer:
    """A question kept ready, and after each change the frame, the objective and the price of every option."""
    problem = as_problem(question)
    standing = Standing(problem, limits=limits(limit))
    changes = [DropCondition(condition=problem.conditions[row].id) for row in rows_left_out(question)]
    found, seconds, clock = timed(lambda: [standing.preview(change) for change in changes])
    value = sum(_value(question, preview) for preview in found)
    return Answer(status=Status.PROVED, value=value, per=len(found), seconds=seconds, clock=clock)


def _value(question: Question, preview: Preview) -> int:
    if preview.objective is None:
        raise ValueError(f"no answer, but {preview.ending}")
    return preview.objective.likeness * question.unit + preview.objective.cost


def condition_prices(question: Question, limit: float) -> Answer:
    """The optimum and, without another search, the optimum without each condition."""
    deadline = Limits(seconds=limit, now=process_time).start()
    matter = matter_of(question)
    split = facets(matter, LIMITS.own_cells)
    projection = joined(matter, split, summed(matter, split, deadline), most=2)
    tree = Tree(projection.network, elimination_order(projection.network)[0])
    each = Without(projection, tree, deadline).each()
    return Answer(status=Status.PROVED, value=int((tree.value - each).sum()))
