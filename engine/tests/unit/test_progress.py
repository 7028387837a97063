"""Whoever waits is told how far it has come, and may stop it; what is found by then is told, and never wrong."""

from itertools import count, pairwise

import pytest

from families import family
from samordna_engine import Limits, Settled, Unfinished, settle
from samordna_engine.documents import write_outcome
from samordna_engine.outcome import Limit

SEARCHED = {"cells": 16, "own_cells": 16}


def answer(problem, **limits):
    """The outcome, and the progress that was told."""
    told = []
    return settle(problem, limits=Limits(progress=told.append, **limits)), told


def test_progress_is_told_at_the_end_of_each_stage():
    outcome, told = answer(family(6, 10, 3))
    assert [progress.stage for progress in told] == ["project", "search", "weigh", "prove"]
    assert told[0].best is None
    assert {progress.best for progress in told[1:]} == {outcome.objective}
    assert {progress.bound for progress in told[1:]} == {outcome.objective}
    assert [p.elapsed for p in told] == sorted(p.elapsed for p in told)


def test_progress_during_the_search_only_gets_better():
    ticks = count()
    outcome, told = answer(family(21, 20, 2), now=lambda: float(next(ticks)), **SEARCHED)
    assert isinstance(outcome, Settled)
    searching = [progress for progress in told if progress.stage == "search"]
    assert len(searching) > 2
    for earlier, later in pairwise(searching):
        assert rank(later.bound) >= rank(earlier.bound)
        assert earlier.best is None or rank(later.best) <= rank(earlier.best)


def rank(price):
    return price.likeness, price.cost


@pytest.mark.parametrize("asked", [0, 1, 30, 200, 600, 1000, 10**9])
def test_cancelled_work_tells_the_best_and_the_bound(asked):
    problem = family(6, 14, 3)
    best = settle(problem).objective
    times = count()
    outcome = settle(problem, limits=Limits(cancel=lambda: next(times) >= asked, **SEARCHED))
    if isinstance(outcome, Unfinished):
        assert (outcome.stopped_by, outcome.limit) == (Limit.CANCELLED, "cancelled")
        assert outcome.bound is None or rank(outcome.bound) <= rank(best)
        assert outcome.best is None or (outcome.best.likeness.weighted, outcome.best.cost) >= rank(best)
    else:
        assert outcome.objective == best
    assert not (asked < 2 and isinstance(outcome, Settled))
    assert not (asked == 10**9 and isinstance(outcome, Unfinished))


def test_somewhere_on_the_way_there_is_a_best_to_tell():
    problem = family(6, 14, 3)
    outcomes = []
    for asked in range(0, 400, 40):
        times = count()
        outcomes.append(settle(problem, limits=Limits(cancel=lambda t=times, a=asked: next(t) >= a, **SEARCHED)))
    assert any(isinstance(outcome, Unfinished) and outcome.best is not None for outcome in outcomes)


def test_progress_is_not_told_too_often():
    told = []
    deadline = Limits(progress=told.append, now=iter([0.0, 0.05, 0.2, 0.25, 0.26]).__next__).start()
    for _ in range(3):
        deadline.tell("search")
    deadline.tell("search", done=True)
    assert [progress.elapsed for progress in told] == [0.2, 0.26]


@pytest.mark.parametrize("limits", [{}, SEARCHED])
def test_same_question_gives_the_same_bytes_told_of_or_not(limits):
    problem = family(12, 12, 5)
    plain = write_outcome(settle(problem, limits=Limits(**limits)))
    assert write_outcome(settle(problem, limits=Limits(**limits))) == plain
    assert write_outcome(answer(problem, cancel=lambda: False, **limits)[0]) == plain
