"""One run in a process of its own: `python -m bench.run` reads what to do as JSON and prints what came of it as JSON.

The library is warm, which means that it has answered a tiny question before, and the question is in memory. The time is
the process's own, of its single thread, so that other work on the machine counts as little as possible.
"""

import json
import os
import pickle
import resource
import sys
from collections.abc import Mapping
from dataclasses import asdict
from importlib import import_module
from time import perf_counter, process_time
from typing import Any, Final

from bench.answer import Answer, Solver, Status
from bench.families import REGIMES, Family, Question, generate

TINY: Final = {
    regime: Family(participants=3, aspects=5, options=3, regime="clash" if regime == "wild" else regime)
    for regime in REGIMES
}
"""Questions to warm up with; a wild one so small might have an answer, and a clash is looked for."""

GRACE: Final = 3.0


def main() -> None:
    """Do one run. Whatever libraries print goes nowhere; the answer is the only line of standard output."""
    out = os.fdopen(os.dup(1), "w")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    wanted = json.load(sys.stdin)
    with open(wanted["question"], "rb") as file:
        question: Question = pickle.load(file)  # our own file, written by the harness a moment ago
    try:
        solver = found(wanted["solver"])
        if wanted["regime"] is not None:
            warm(solver, wanted["regime"])
        result = timed(solver, question, wanted["limit"])
    except Exception as error:  # whatever happens to a solver is a result
        note = f"{type(error).__name__}: {error}"[:200]
        result = {**asdict(Answer(status=Status.FAILED, note=note)), "seconds": 0.0, "clock": 0.0, "memory": 0.0}
    json.dump(result, out)
    out.close()


def found(address: str) -> Solver:
    """The function `module:name`."""
    module, name = address.split(":")
    solver: Solver = getattr(import_module(module), name)
    return solver


def warm(solver: Solver, regime: str) -> None:
    """Let the library answer tiny questions, so that nothing is done for the first time when time is taken."""
    for seed in (99, 100):
        solver(generate(TINY[regime], seed), 5.0)


def timed(solver: Solver, question: Question, limit: float) -> Mapping[str, Any]:
    """One answer with its time (seconds of processor and of the clock) and its memory above the question's (MB)."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    end = int(process_time() + limit + GRACE) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (end, end))  # not every library can stop itself
    clock, processor = perf_counter(), process_time()
    answer = solver(question, limit)
    processor, clock = process_time() - processor, perf_counter() - clock
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    seconds = processor if answer.seconds is None else answer.seconds
    return {
        **asdict(answer),
        "seconds": seconds / answer.per,
        "clock": clock,
        "memory": round((peak - before) / 1024, 1),
    }


if __name__ == "__main__":
    main()
