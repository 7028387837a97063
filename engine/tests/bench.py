"""Times of the engine on generated questions, as lines `name: value` (milliseconds, median of the runs).

Run it with `python tests/bench.py [runs]`. The questions are in memory and the library is warm; each time covers the
whole call, with the independent check, the balance and the prices of all options.
"""

import sys
from statistics import median
from time import perf_counter

from families import SIZES, family
from samordna_engine import Clash, Settled, what_if
from samordna_engine.changes import DropCondition, SetCost
from samordna_engine.problem import Range
from samordna_engine.settle import settle

SEEDS = (0, 1, 2)


def main(runs):
    settle(family(3, 4, 0))
    for name, (participants, aspects) in SIZES.items():
        problems = [family(participants, aspects, seed) for seed in SEEDS]
        print(f"{name} conditions: {median(len(problem.conditions) for problem in problems)}")
        times = [timed(lambda p=p: settle(p), Settled) for p in problems for _ in range(runs)]
        print(f"{name} settle ms: {median(times):.1f}", flush=True)
        times = [timed(lambda p=p: what_if(p, *changes(p))) for p in problems for _ in range(runs)]
        print(f"{name} what_if ms: {median(times):.1f}", flush=True)
        clashing = [family(participants, aspects, seed, clash=True) for seed in SEEDS]
        times = [timed(lambda p=p: settle(p), Clash) for p in clashing for _ in range(runs)]
        print(f"{name} clash ms: {median(times):.1f}", flush=True)


def changes(problem):
    someone, aspect = problem.participants[0], problem.aspects[1]
    cost = SetCost(participant=someone.id, aspect=aspect.id, option=aspect.options[0].id, cost=Range.exactly(9))
    return DropCondition(condition=problem.conditions[0].id), cost


def timed(call, expected=object):
    start = perf_counter()
    outcome = call()
    elapsed = (perf_counter() - start) * 1000
    assert isinstance(outcome, expected), outcome
    return elapsed


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
