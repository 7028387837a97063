"""Joint conditions, by the engine."""

from bench.answer import Answer, Status
from bench.as_problem import as_problem
from bench.families import Question
from bench.ours_objects import limits, timed
from bench.tasks import budget_of
from samordna_engine.joint import SettledJointly, settle_jointly


def joint_budget(question: Question, limit: float) -> Answer:
    """The most alike decision within a budget, without the help of the extra solver."""
    problem = as_problem(question, budget=budget_of(question))
    outcome, seconds, clock = timed(lambda: settle_jointly(problem, limits=limits(limit), solver=False))
    if not isinstance(outcome, SettledJointly):
        return Answer(status=Status.STOPPED, note=type(outcome).__name__, seconds=seconds, clock=clock)
    return Answer(status=Status.PROVED, value=outcome.objective.likeness, seconds=seconds, clock=clock)
