"""The worker's side: `python -m samordna.domain.decisions.worker MEGABYTES CPU_SECONDS` answers one question and ends.

It loads the engine, bounds itself, and only then reads; so a worker that was started beforehand answers at once. Request
and answer are one JSON object each, on standard input and output. Nothing here needs Django, a setting or a database.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Callable, Mapping
from typing import Any

import samordna_engine as engine
from samordna.domain.decisions.weighing import balance_document
from samordna_engine.changes import Change, DropCondition, FixOption, SetSharing, what_if
from samordna_engine.documents import outcome_plain, read_problem
from samordna_engine.documents.plain import plain
from samordna_engine.explain import cheapest_ways_out
from samordna_engine.limits import OutOfTime
from samordna_engine.outcome import Clash, Limit, Outcome, Unfinished
from samordna_engine.settle import assess, settle

Answer = dict[str, Any]


def bound(megabytes: int, cpu_seconds: int) -> None:
    """Set the bounds that the operating system keeps: address space, processor time, and no core file."""
    size = megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def answer(request: Mapping[str, Any]) -> Answer:
    """The answer to one request. Running out of memory is an answer that was not finished, not a crash."""
    try:
        problem = read_problem(json.dumps(request["problem"]))
        limits = engine.Limits(**request["limits"])
        return DOES[request["do"]](problem, limits, request)
    except MemoryError:
        return {"outcome": outcome_plain(Unfinished(stopped_by=Limit.MEMORY, limit=f"{request['megabytes']} MB"))}
    except engine.Malformed as malformed:
        return {"malformed": [str(fault) for fault in malformed.faults]}
    except engine.TooLarge as too_large:
        return {"too_large": {"limit": too_large.limit, "value": too_large.value, "allowed": too_large.allowed}}


def _settle(problem: engine.Problem, limits: engine.Limits, request: Mapping[str, Any]) -> Answer:
    outcome = settle(problem, limits=limits)
    return {"outcome": outcome_plain(outcome), "ways_out": _ways_out(problem, outcome, limits)}


def _what_if(problem: engine.Problem, limits: engine.Limits, request: Mapping[str, Any]) -> Answer:
    outcome = what_if(problem, *(_change(given) for given in request["changes"]), limits=limits)
    return {"outcome": outcome_plain(outcome), "ways_out": []}


def _weigh(problem: engine.Problem, limits: engine.Limits, request: Mapping[str, Any]) -> Answer:
    return {"balance": balance_document(assess(problem, request["frame"], request["own"], limits=limits))}


def _ways_out(problem: engine.Problem, outcome: Outcome, limits: engine.Limits) -> list[Any]:
    """What might be given up for a price. A clash stands without them when they take too long."""
    if not isinstance(outcome, Clash):
        return []
    try:
        return [plain(way) for way in cheapest_ways_out(problem, outcome, limits=limits)]
    except (OutOfTime, engine.TooLarge):
        return []


def _change(given: Mapping[str, Any]) -> Change:
    match given["do"]:
        case "fix":
            return FixOption(aspect=given["aspect"], option=given["option"])
        case "drop":
            return DropCondition(condition=given["condition"])
        case _:
            return SetSharing(aspect=given["aspect"], sharing=engine.Sharing(given["sharing"]))


DOES: Mapping[str, Callable[[engine.Problem, engine.Limits, Mapping[str, Any]], Answer]] = {
    "settle": _settle,
    "what_if": _what_if,
    "weigh": _weigh,
}


def main() -> int:
    """Bound, read one request, answer it."""
    bound(int(sys.argv[1]), int(sys.argv[2]))
    text = sys.stdin.read()
    if not text:
        return 0
    sys.stdout.write(json.dumps(answer(json.loads(text))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
