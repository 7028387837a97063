"""Who takes part, by the engine."""

from bench.answer import Answer, Status
from bench.as_problem import as_problem
from bench.families import Question
from bench.ours_objects import limits, timed
from samordna_engine.takes_part import who_takes_part


def takes_part(question: Question, limit: float) -> Answer:
    """Those for whom it is worth it, with the independent check and what it means for each."""
    problem = as_problem(question)
    outcome, seconds = timed(lambda: who_takes_part(problem, limits=limits(limit)))
    return Answer(status=Status.PROVED if outcome.proved else Status.STOPPED, value=outcome.net, seconds=seconds)
