"""One question, answered in a process of its own, within bounds that the operating system keeps.

    python -m samordna_engine.worker --memory 512 --cpu 30

The process loads everything first, so that one started in advance answers at once. It then reads one request from
standard input and writes one answer to standard output. Both are framed: the length in bytes on a line, then so many
bytes of JSON. A request says what to `do`: settle, check, assess, what_if, why_not or ways_out. It has the `problem` as
a document and, where needed, `given`, `frame` and `own`, `changes`, `aspect` and `option`, `outcome`, and `seconds`.

An answer has one of the fields `outcome` (a document), `violations`, `proposal`, `price`, `ways_out`, and for what
could not be answered `malformed` (a list of faults), `too_large` or `unproved`. Running out of memory or processor time
is an outcome: Unfinished.
"""

import argparse
import json
import resource
import signal
import sys
from collections.abc import Callable, Mapping
from types import FrameType
from typing import Any, BinaryIO, Final, TypeVar

from samordna_engine import changes
from samordna_engine.changes import Change, what_if
from samordna_engine.check import check
from samordna_engine.documents import outcome_of, outcome_plain, problem_of
from samordna_engine.documents.plain import Plain, plain
from samordna_engine.documents.reading import BAD, Reader
from samordna_engine.errors import Checks, Malformed, TooLarge, Unproved
from samordna_engine.explain import cheapest_ways_out, why_not
from samordna_engine.limits import Limits, OutOfTime
from samordna_engine.outcome import Clash, Limit, OptionPrice, Outcome, Unfinished
from samordna_engine.problem import Problem
from samordna_engine.settle import assess, settle

Read = TypeVar("Read")
MEGABYTE: Final = 1 << 20
LONGEST_REQUEST: Final = 256 * MEGABYTE
CHANGES: Final[Mapping[str, type[Any]]] = {
    "add_condition": changes.AddCondition,
    "drop_condition": changes.DropCondition,
    "fix_option": changes.FixOption,
    "set_cost": changes.SetCost,
    "set_price_of_difference": changes.SetPriceOfDifference,
    "set_sharing": changes.SetSharing,
    "set_takes_part": changes.SetTakesPart,
}


def main(arguments: list[str] | None = None) -> None:
    """Answer one request."""
    parser = argparse.ArgumentParser(prog="samordna_engine.worker", description="Answer one request to the engine.")
    parser.add_argument("--memory", type=int, default=0, help="megabytes of address space; 0 for no limit")
    parser.add_argument("--cpu", type=int, default=0, help="seconds of processor time; 0 for no limit")
    chosen = parser.parse_args(arguments)
    bound(chosen.memory, chosen.cpu)
    write_frame(sys.stdout.buffer, answer_within_bounds(sys.stdin.buffer, chosen.memory, chosen.cpu))


def bound(memory: int, cpu: int) -> None:
    """Have the operating system keep this process within megabytes of memory and seconds of processor time."""
    if memory:
        resource.setrlimit(resource.RLIMIT_AS, (memory * MEGABYTE, memory * MEGABYTE))
    if cpu:
        signal.signal(signal.SIGXCPU, _stop)
        resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu + 1))


def _stop(number: int, frame: FrameType | None) -> None:
    raise OutOfTime


def read_frame(stream: BinaryIO) -> bytes:
    """One framed message. Raises `Malformed` where the frame is not whole."""
    head = stream.readline(20)
    checks = Checks()
    right = head.strip().isdigit() and int(head) <= LONGEST_REQUEST
    body = b""
    if checks.require(right, "", "bad_json", what="the first line must be the length of the request in bytes"):
        body = stream.read(int(head))
        checks.require(len(body) == int(head), "", "bad_json", what=f"{int(head)} bytes announced, {len(body)} came")
    checks.finish()
    return body


def write_frame(stream: BinaryIO, message: Plain) -> None:
    """Write one framed message."""
    body = json.dumps(message, ensure_ascii=False).encode()
    stream.write(f"{len(body)}\n".encode() + body)
    stream.flush()


def answer_within_bounds(stream: BinaryIO, memory: int, cpu: int) -> Plain:
    """The answer to the request in a stream, also when a bound is reached on the way."""
    try:
        return answer(json.loads(read_frame(stream)))
    except Malformed as malformed:
        return {"malformed": [{**plain(fault), "message": fault.message} for fault in malformed.faults]}
    except (ValueError, RecursionError) as error:
        return {"malformed": [{"path": "", "code": "bad_json", "message": str(error)}]}
    except MemoryError:
        pass
    except OutOfTime:
        return _outcome(Unfinished(stopped_by=Limit.TIME, limit=f"{cpu} s of processor time"))
    return _outcome(Unfinished(stopped_by=Limit.MEMORY, limit=f"{memory} MB"))


def answer(request: Plain) -> Plain:
    """The answer to a request. Raises `Malformed` for a request that is not well formed."""
    checks = Checks()
    if checks.of_type("", request, dict, "an object"):
        known = isinstance(request.get("do"), str) and request["do"] in DO
        checks.require(known, "do", "wrong_choice", value=str(request.get("do"))[:40], allowed=", ".join(DO))
    checks.finish()
    try:
        problem = _within("problem", lambda: problem_of(request.get("problem")))
        return DO[request["do"]](problem, request, _limits(request))
    except TooLarge as refusal:
        return {"too_large": {"limit": refusal.limit, "value": refusal.value, "allowed": refusal.allowed}}
    except Unproved as defect:
        return {"unproved": str(defect)}


def _settle(problem: Problem, request: Plain, limits: Limits) -> Plain:
    given = _read(Mapping[str, str], request.get("given", {}), "given")
    return _outcome(settle(problem, limits=limits, given=given))


def _check(problem: Problem, request: Plain, limits: Limits) -> Plain:
    return {"violations": plain(tuple(check(problem, *_proposal(request))))}


def _assess(problem: Problem, request: Plain, limits: Limits) -> Plain:
    return {"proposal": plain(assess(problem, *_proposal(request), limits=limits))}


def _what_if(problem: Problem, request: Plain, limits: Limits) -> Plain:
    stated = request.get("changes", [])
    checks = Checks()
    checks.of_type("changes", stated, list, "a list")
    checks.finish()
    made = [read_change(change, f"changes[{i}]") for i, change in enumerate(stated)]
    return _outcome(what_if(problem, *made, limits=limits))


def _why_not(problem: Problem, request: Plain, limits: Limits) -> Plain:
    aspect, option = (_read(str, request.get(name), name) for name in ("aspect", "option"))
    found = why_not(problem, aspect, option, limits=limits)
    return {"price": plain(found)} if isinstance(found, OptionPrice) else _outcome(found)


def _ways_out(problem: Problem, request: Plain, limits: Limits) -> Plain:
    clash = _within("outcome", lambda: outcome_of(request.get("outcome")))
    checks = Checks()
    checks.of_type("outcome", clash, Clash, "a clash")
    checks.finish()
    assert isinstance(clash, Clash)
    return {"ways_out": plain(cheapest_ways_out(problem, clash, limits=limits))}


DO: Final[Mapping[str, Callable[[Problem, Plain, Limits], Plain]]] = {
    "settle": _settle,
    "check": _check,
    "assess": _assess,
    "what_if": _what_if,
    "why_not": _why_not,
    "ways_out": _ways_out,
}


def read_change(value: Plain, path: str) -> Change:
    """A change: the fields of one of the types in `changes`, and its name in the field `change`."""
    checks = Checks()
    kind = value.get("change") if isinstance(value, dict) else None
    known = isinstance(kind, str) and kind in CHANGES
    checks.require(known, f"{path}.change", "wrong_choice", value=str(kind)[:40], allowed=", ".join(CHANGES))
    checks.finish()
    made: Change = _read(CHANGES[str(kind)], {name: item for name, item in value.items() if name != "change"}, path)
    return made


def _proposal(request: Plain) -> tuple[Mapping[str, str], Mapping[str, Mapping[str, str]]]:
    frame = _read(Mapping[str, str], request.get("frame"), "frame")
    return frame, _read(Mapping[str, Mapping[str, str]], request.get("own", {}), "own")


def _limits(request: Plain) -> Limits:
    seconds = request.get("seconds")
    checks = Checks()
    number = type(seconds) in (int, float) or seconds is None
    checks.require(number, "seconds", "wrong_type", expected="a number of seconds", actual=str(seconds)[:40])
    checks.finish()
    return Limits(seconds=seconds)


def _read(wanted: Any, value: Plain, path: str) -> Any:
    reader = Reader()
    read = reader.read(wanted, value, path)
    reader.checks.finish()
    assert read is not BAD
    return read


def _within(path: str, read: Callable[[], Read]) -> Read:
    """What was read, with faults told from the request's point of view."""
    try:
        return read()
    except Malformed as malformed:
        raise Malformed(fault.under(path) for fault in malformed.faults) from None


def _outcome(outcome: Outcome) -> Plain:
    return {"outcome": outcome_plain(outcome)}


if __name__ == "__main__":
    main()
