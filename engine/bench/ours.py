"""The engine at the same work: from the columns in memory to what was asked for, and nothing prepared before."""

from dataclasses import replace
from time import perf_counter, process_time
from typing import Final

import numpy as np

from bench.answer import Answer, Status
from bench.families import Question
from samordna_engine import variants
from samordna_engine.limits import Deadline, Limits, OutOfTime
from samordna_engine.problem import Sharing
from samordna_engine.projection.branch import Found, minimise
from samordna_engine.projection.matter import BROKEN, Matter, Scale, Stated
from samordna_engine.projection.options import per_option
from samordna_engine.projection.own import Under
from samordna_engine.projection.project import Projection, project
from samordna_engine.projection.tables import Shape

LIMITS: Final = Limits()
MOST_VARIANTS: Final = 3


def matter_of(question: Question) -> Matter:
    """The same columns as the engine names them."""
    return Matter(
        sizes=question.sizes,
        sharing=tuple(Sharing.COMMON if share else Sharing.FRAMED for share in question.common),
        count=question.count,
        cost=question.cost,
        difference=tuple(question.difference(a) for a in range(len(question.sizes))),
        shapes=[Shape(scope, allowed) for scope, allowed in question.shapes],
        own=Stated(question.owner, question.stated, np.full(len(question.owner), BROKEN, np.int64)),
        common=(),
        given={},
        scale=Scale(None, question.unit),
    )


def settle(question: Question, limit: float) -> Answer:
    """The optimum with every participant's own values."""
    matter = matter_of(question)
    deadline = Limits(seconds=limit, now=process_time).start()
    try:
        projection, found = _found(matter, deadline)
    except OutOfTime:
        return Answer(status=Status.NONE)
    if found.bound >= BROKEN:
        return Answer(status=Status.IMPOSSIBLE)
    frame = tuple(found.values.get(a, 0) for a in range(len(matter.sizes)))
    Under(matter, projection.facets, frame, LIMITS.cells, Deadline.never()).best()
    if found.proved:
        return Answer(status=Status.PROVED, value=found.value)
    return Answer(status=Status.STOPPED, value=found.value, note=f"bound {found.bound}")


def option_prices(question: Question, limit: float) -> Answer:
    """What the whole would lose with each option of the frame; the sum of them all."""
    matter = matter_of(question)
    deadline = Limits(seconds=limit, now=process_time).start()
    projection, found = _found(matter, deadline)
    return _prices(matter, projection, found, deadline)


def option_prices_alone(question: Question, limit: float) -> Answer:
    """The same, timed from when the best decision is found."""
    matter = matter_of(question)
    deadline = Limits(seconds=limit, now=process_time).start()
    projection, found = _found(matter, deadline)
    clock, processor = perf_counter(), process_time()
    answer = _prices(matter, projection, found, deadline)
    return replace(answer, seconds=process_time() - processor, clock=perf_counter() - clock)


def _prices(matter: Matter, projection: Projection, found: Found, deadline: Deadline) -> Answer:
    least = per_option(projection.network, found, matter.frame_aspects(), LIMITS.cells, deadline)
    if not all(one.exact for of in least.values() for one in of):
        return Answer(status=Status.NONE, note="too wide for all of them")
    total = sum(one.value - found.value for of in least.values() for one in of if one.value < BROKEN)
    return Answer(status=Status.PROVED, value=total)


def fewest_variants(question: Question, limit: float) -> Answer:
    """The fewest options in use, at most three in each aspect; each beyond the first counts as a difference does."""
    deadline = Limits(seconds=limit, now=process_time).start()
    found = variants.fewest_variants(matter_of(question), MOST_VARIANTS, LIMITS, deadline)
    if found is None:
        return Answer(status=Status.IMPOSSIBLE)
    return Answer(status=Status.PROVED if found.value == found.bound else Status.STOPPED, value=found.value)


def _found(matter: Matter, deadline: Deadline) -> tuple[Projection, Found]:
    projection = project(matter, LIMITS.own_cells, deadline)
    return projection, minimise(projection.network, LIMITS.cells, deadline)
