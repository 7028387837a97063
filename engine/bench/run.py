"""One run in a process of its own: `python -m bench.run` reads what to do as JSON and prints what came of it as JSON.

The library is warm, which means that it has answered a tiny question before, and the question is in memory. The time is
the process's own, of its single thread, so that other work on the machine counts as little as possible; that of the
clock is kept beside it. What is answered in less than `SHORT` is asked up to `TIMES` times, everything anew, and the
mean is told: the processor's clock may tick too seldom to say how long once took.
"""

import json
import os
import pickle
import resource
import sys
from collections.abc import Mapping
from dataclasses import asdict
from importlib import import_module
from statistics import mean
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
SHORT: Final = 0.05
TIMES: Final = 20
REPEATING: Final = 2.0
"""Seconds of the clock after which a short answer is not asked for once more; what is made ready before it counts."""


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
    start = perf_counter()
    answer, seconds, clock = _once(solver, question, limit)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    times = [(seconds, clock)]
    while clock * answer.per < SHORT and len(times) < TIMES and perf_counter() - start < REPEATING:
        again, *taken = _once(solver, question, limit)
        if (again.status, again.value) != (answer.status, answer.value):
            raise ValueError(f"{answer.status} {answer.value} the first time, then {again.status} {again.value}")
        times.append((taken[0], taken[1]))
    return {
        **asdict(answer),
        "seconds": mean(seconds for seconds, _ in times),
        "clock": mean(clock for _, clock in times),
        "times": len(times),
        "memory": round((peak - before) / 1024, 1),
    }


def _once(solver: Solver, question: Question, limit: float) -> tuple[Answer, float, float]:
    """One answer, and seconds of processor and of the clock for each thing that was done within it."""
    clock, processor = perf_counter(), process_time()
    answer = solver(question, limit)
    processor, clock = process_time() - processor, perf_counter() - clock
    seconds = processor if answer.seconds is None else answer.seconds
    clock = clock if answer.clock is None else answer.clock
    return answer, seconds / answer.per, clock / answer.per


if __name__ == "__main__":
    main()
