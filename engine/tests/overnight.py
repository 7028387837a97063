"""Small questions by the million: the engine against the obvious solver, and its promises against each other.

`python -m overnight --seconds 28800` goes on from where it stopped (`--state`) in as many processes as there are cores.
It prints what it has counted after each round. A question that fails is printed as the call that makes it again.
"""

import argparse
import json
import os
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from random import Random

from questions import question
from samordna_engine import Clash, Limits, Settled, cheapest_ways_out, check, settle, what_if
from samordna_engine.changes import DropCondition
from samordna_engine.documents import write_outcome
from samordna_engine.outcome import PriceState
from samordna_engine.pricing import Gain, condition_prices
from samordna_engine.solvers.exhaustive import best
from samordna_engine.standing import Standing

BATCH = 50
SMALLER = 8
"""So many smaller sets of conditions are tried for each clash; over a night they are many."""

LIMITS = tuple(Limits(cells=cells, own_cells=own) for cells, own in ((1 << 20, 1 << 14), (4, 4), (4, 1 << 14), (64, 4)))
"""The small ones force every path of the solver."""


def size(seed):
    """What is asked for in the question with this seed."""
    random = Random(seed)
    return {
        "seed": seed,
        "aspects": random.choice([1, 2, 2, 3, 3, 3, 4]),
        "participants": random.randint(1, 3),
        "conditions": random.randint(0, 10),
        "price": random.choice([None, None, 0, 1, 3, 6]),
    }


def examined(seed):
    """What was found of one question, as names to count. Raises `AssertionError` where a promise is broken."""
    random, problem = Random(seed + 1), question(**size(seed))
    limits = LIMITS[seed % len(LIMITS)]
    outcome, twin = settle(problem, limits=limits), best(problem)
    yield type(outcome).__name__
    if isinstance(outcome, Settled):
        assert twin is not None, "settled what cannot be"
        assert value(outcome) == (twin.likeness, twin.cost), "another optimum"
        assert not check(problem, outcome.proposal.frame, outcome.proposal.own()), "the proposal breaks something"
        yield from priced(problem, outcome, random)
    else:
        assert isinstance(outcome, Clash), "unfinished without a limit in time"
        assert twin is None, "a clash where there is an answer"
        yield from clashing(problem, outcome, random)
    if problem.conditions:
        yield from without(problem, limits, random)


def value(outcome):
    return (outcome.objective.likeness, outcome.objective.cost) if isinstance(outcome, Settled) else None


def priced(problem, outcome, random):
    """One option's price, where it is told exactly, is what the obvious solver makes of it."""
    shown = [(a, o, price) for a, prices in outcome.option_prices.items() for o, price in prices.items()]
    if not shown:
        return
    aspect, option, price = random.choice(shown)
    twin = best(problem, {aspect: option})
    if price.state is PriceState.BLOCKED:
        assert twin is None, "a blocked option that is possible"
    elif price.state is PriceState.EXACT:
        change = (twin.likeness - outcome.objective.likeness, twin.cost - outcome.objective.cost)
        assert (price.price.likeness, price.price.cost) == change, "another price"
    yield f"option price {price.state}"


def clashing(problem, clash, random):
    """The clash cannot be met, cannot be made smaller, and no clash is smaller; the cheapest way out leads out."""
    named = [condition for condition in problem.conditions if condition.id in clash.conditions]
    assert best(replace(problem, conditions=tuple(named))) is None, "a clash that can be met"
    for member in named:
        rest = tuple(condition for condition in named if condition is not member)
        assert best(replace(problem, conditions=rest)) is not None, "a clash that can be made smaller"
    if clash.smallest and len(named) > 1:
        smaller = list(combinations(problem.conditions, len(named) - 1))
        for fewer in random.sample(smaller, min(len(smaller), SMALLER)):
            assert best(replace(problem, conditions=fewer)) is not None, "a smaller clash"
        yield "smallest clash"
    ways = cheapest_ways_out(problem, clash)
    if ways:
        left = tuple(condition for condition in problem.conditions if condition.id not in ways[0].conditions)
        assert best(replace(problem, conditions=left)) is not None, "a way out that does not lead out"
        yield "way out"


def without(problem, limits, random):
    """Without one condition: its price, a preview, the full answer and the obvious solver agree, and undoing undoes."""
    dropped = random.choice(problem.conditions).id
    left = replace(problem, conditions=tuple(c for c in problem.conditions if c.id != dropped))
    twin = best(left)
    told = None if twin is None else (twin.likeness, twin.cost)
    standing = Standing(problem, limits=limits)
    before = standing.preview()
    objective = standing.preview(DropCondition(condition=dropped)).objective
    assert (None if objective is None else (objective.likeness, objective.cost)) == told, "another preview"
    assert standing.preview() == before, "something is left of a change"
    changed = what_if(problem, DropCondition(condition=dropped), limits=limits)
    assert value(changed) == told, "another answer to what if"
    assert write_outcome(changed) == write_outcome(settle(left, limits=limits)), "what if differs from asking anew"
    yield "what if"
    price = condition_prices(problem, limits=limits)[dropped]
    if price.state is Gain.EXACT:
        here = before.objective
        assert told is not None, "a price where there is no answer"
        assert (here.likeness - told[0], here.cost - told[1]) == (price.gain.likeness, price.gain.cost), "another gain"
    elif price.state is Gain.UNLOCKS:
        assert before.objective is None, "unlocks what is not locked"
        assert told is not None, "unlocks nothing"
    elif price.state is Gain.LOCKED:
        assert told is None, "locked, but it unlocks"
    yield f"condition price {price.state}"


def batch(first):
    """What was counted in one batch of seeds, and the seeds that failed with why."""
    counted, failed = Counter(), []
    for seed in range(first, first + BATCH):
        try:
            counted.update(examined(seed))
        except Exception as error:  # every way to fail is to be told, and the rest of the night used
            failed.append((seed, f"{type(error).__name__}: {error}"[:300]))
    return counted, failed


def main():
    parser = argparse.ArgumentParser(prog="overnight", description=__doc__)
    parser.add_argument("--seconds", type=float, default=8 * 3600)
    parser.add_argument("--seed", type=int, default=0, help="the first seed, where there is no state")
    parser.add_argument("--workers", type=int, default=None)
    parser.add_argument("--state", type=Path, default=Path("overnight.json"), help="where to go on from")
    chosen = parser.parse_args()
    state = {"next": chosen.seed, "counted": {}, "failed": []}
    if chosen.state.exists():
        state = json.loads(chosen.state.read_text())
    print(f"first_seed: {state['next']}", flush=True)
    began, first = time.monotonic(), state["next"]
    with ProcessPoolExecutor(chosen.workers) as pool:
        while time.monotonic() - began < chosen.seconds:
            starts = [state["next"] + BATCH * i for i in range(chosen.workers or os.cpu_count() or 1)]
            for counted, failed in pool.map(batch, starts):
                state["counted"] = dict(sorted((Counter(state["counted"]) + counted).items()))
                state["failed"] += failed
            state["next"] = starts[-1] + BATCH
            chosen.state.write_text(json.dumps(state, indent=1) + "\n")
            report(state, state["next"] - first, time.monotonic() - began)
    return 1 if state["failed"] else 0


def report(state, here, seconds):
    print(f"questions: {sum(state['counted'].get(name, 0) for name in ('Settled', 'Clash'))}")
    print(f"questions_per_minute: {here / seconds * 60:.0f}")
    for name, count in state["counted"].items():
        print(f"{name.replace(' ', '_').lower()}: {count}")
    print(f"failed: {len(state['failed'])}")
    for seed, why in state["failed"][-5:]:
        print(f"  question(**{size(seed)})  # {why}")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
