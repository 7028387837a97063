"""Who takes part, by the engine."""

from dataclasses import replace

import numpy as np

from bench.answer import Answer, Status
from bench.as_problem import as_problem
from bench.families import Question
from bench.ours import matter_of
from bench.ours_objects import limits, timed
from samordna_engine.problem import Sharing
from samordna_engine.takes_part import who_takes_part
from samordna_engine.takes_part.compile import of_matter
from samordna_engine.takes_part.search import best_frame


def takes_part(question: Question, limit: float) -> Answer:
    """The best frame and those for whom it is worth it, from the columns in memory, which is what others are asked."""
    matter = matter_of(question)
    matter = replace(matter, sharing=(Sharing.COMMON,) * len(matter.sizes))
    asked = of_matter(matter, question.benefit, np.zeros(question.count, np.bool_))
    found = best_frame(asked, limits(limit).start())
    status = Status.PROVED if found.proved else Status.STOPPED
    return Answer(status=status, value=found.value if found.frame is not None else None)


def takes_part_told(question: Question, limit: float) -> Answer:
    """The same from a user's objects, with the independent check and what it means for each."""
    problem = as_problem(question)
    outcome, seconds, clock = timed(lambda: who_takes_part(problem, limits=limits(limit)))
    return Answer(
        status=Status.PROVED if outcome.proved else Status.STOPPED, value=outcome.net, seconds=seconds, clock=clock
    )
