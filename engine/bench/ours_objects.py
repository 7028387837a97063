"""The engine as its users call it: with the problem's objects in memory, and with proof and explanations."""

from collections.abc import Callable
from time import perf_counter, process_time
from typing import Final, TypeVar

from bench.answer import Answer, Status
from bench.as_problem import as_problem
from bench.families import Question
from samordna_engine.clash import any_clash as some_clash
from samordna_engine.clash import explain
from samordna_engine.clash.prices import Prices
from samordna_engine.clash.sights import OnGrid, seen
from samordna_engine.explain import cheapest_ways_out
from samordna_engine.limits import Limits
from samordna_engine.outcome import Clash, Proof, Settled
from samordna_engine.projection.matter import Numbering
from samordna_engine.settling import settle as settle_problem

Made = TypeVar("Made")
MANY: Final = 10_000


def limits(seconds: float) -> Limits:
    """So many seconds of processor time, and room for the largest questions."""
    return Limits(seconds=seconds, now=process_time, aspects=MANY)


def timed(work: Callable[[], Made]) -> tuple[Made, float, float]:
    """What comes of some work, and the seconds of processor and of clock that it took, without what came before it."""
    clock, processor = perf_counter(), process_time()
    made = work()
    return made, process_time() - processor, perf_counter() - clock


def settle(question: Question, limit: float) -> Answer:
    """Everything `settle` tells: decision, proof, necessity, balances and the price of every option."""
    problem = as_problem(question)
    outcome, seconds, clock = timed(lambda: settle_problem(problem, limits=limits(limit)))
    if not isinstance(outcome, Settled):
        return Answer(status=Status.NONE, note=type(outcome).__name__)
    value = outcome.objective.likeness * question.unit + outcome.objective.cost
    return Answer(status=Status.PROVED, value=value, seconds=seconds, clock=clock)


def smallest_clash(question: Question, limit: float) -> Answer:
    """A clash of fewest conditions, from the columns in memory, which is all that the other tools are asked."""
    numbering, bounds = Numbering(as_problem(question)), limits(limit)
    found, seconds, clock = timed(lambda: seen(numbering, {}, bounds, bounds.start()).core())
    status = Status.PROVED if found.smallest else Status.STOPPED
    return Answer(status=status, value=len(found.conditions), seconds=seconds, clock=clock)


def clash_explained(question: Question, limit: float) -> Answer:
    """The same with owners, an example for each member, and an independent proof by plain search."""
    numbering, bounds = Numbering(as_problem(question)), limits(limit)
    unproved = Proof(digest="", engine="", checks=())
    clash, seconds, clock = timed(lambda: explain(numbering, {}, bounds, bounds.start(), unproved))
    status = Status.PROVED if clash.smallest else Status.STOPPED
    return Answer(status=status, value=len(clash.members), seconds=seconds, clock=clock)


def any_clash(question: Question, limit: float) -> Answer:
    """One irreducible clash from a user's objects, with an example for each member."""
    problem = as_problem(question)
    clash, seconds, clock = timed(lambda: some_clash(problem, limits=limits(limit)))
    if clash is None:
        return Answer(status=Status.NONE, note="no clash", seconds=seconds, clock=clock)
    return Answer(status=Status.PROVED, note=f"{len(clash.members)} conditions", seconds=seconds, clock=clock)


def ways_out(question: Question, limit: float) -> Answer:
    """The cheapest way out, from the columns in memory, where every condition may be given up at the price of one."""
    numbering, bounds = Numbering(as_problem(question)), limits(limit)
    found, seconds, clock = timed(lambda: _cheapest(numbering, bounds))
    return Answer(
        status=Status.PROVED if found is not None else Status.IMPOSSIBLE, value=found, seconds=seconds, clock=clock
    )


def _cheapest(numbering: Numbering, bounds: Limits) -> int | None:
    deadline = bounds.start()
    sight = OnGrid(numbering, {}, bounds, deadline)
    found = Prices(sight.grid, [1] * len(sight.grounds.names), deadline).cheapest(None, ())
    return None if found is None else len(found.conditions)


def ways_explained(question: Question, limit: float) -> Answer:
    """All ways out of a clash that is known, one for each of its conditions, each proved by plain search."""
    problem = as_problem(question)
    clash = settle_problem(problem, limits=limits(limit))
    if not isinstance(clash, Clash):
        return Answer(status=Status.PROVED, value=0, note="no clash")
    ways, seconds, clock = timed(lambda: cheapest_ways_out(problem, clash, limits=limits(limit)))
    return Answer(status=Status.PROVED, value=ways[0].price, seconds=seconds, clock=clock)
