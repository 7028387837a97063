"""The engine in a process of its own: bounded in time, memory and number, and never the reason that a page hangs.

A server process keeps one worker ready, so that an answer does not wait for Python to start. A worker answers once and
ends; the next is started when the answer is in. A worker that is still silent after its time and a little grace is
killed. It reads from a pipe that closes when we do, so none outlives us. Of one organisation's questions one is worked on
at a time and a few wait, so that nobody can stop the others.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

import samordna_engine as engine
from samordna.core.errors import Invalid, Refused, TooLarge
from samordna.domain.decisions import worker
from samordna.domain.decisions.enums import AttemptResult
from samordna.domain.decisions.limits import NAMES, engine_limits
from samordna.domain.decisions.turnstile import Full, Turnstile
from samordna_engine.documents import outcome_plain, problem_plain, read_outcome
from samordna_engine.outcome import Limit, Outcome, WayOut
from samordna_engine.size import refuse_if_too_large

GRACE_SECONDS = 2.0
WAITING = 5
LONGEST_WAIT_SECONDS = 60.0
HOMES = (Path(engine.__file__).resolve().parents[1], Path(worker.__file__).resolve().parents[3])


class Crashed(Exception):
    """The worker ended without an answer."""


class OutOfTime(Exception):
    """The worker was still silent after its time, and was killed."""


@dataclass(slots=True)
class _Spares:
    """Workers that are started and wait for a question. Those of a parent process are not ours to use."""

    ready: list[subprocess.Popen[bytes]] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)


_spares = _Spares()


def _forget() -> None:
    global _spares
    _spares = _Spares()


os.register_at_fork(after_in_child=_forget)


def command() -> list[str]:
    """How a worker is started: with its own bounds, which it sets before it reads anything."""
    seconds = int(settings.SOLVE_SECONDS + GRACE_SECONDS) + 1
    return [sys.executable, "-m", worker.__name__, str(settings.SOLVE_MEGABYTES), str(seconds)]


def _environment() -> dict[str, str]:
    one_thread = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    paths = [str(home) for home in HOMES] + [path for path in sys.path if path]
    return {"PATH": os.environ.get("PATH", ""), "PYTHONPATH": os.pathsep.join(paths), "LC_ALL": "C.UTF-8"} | one_thread


def _start() -> subprocess.Popen[bytes]:
    pipe = subprocess.PIPE
    return subprocess.Popen(  # noqa: S603 - our own interpreter and module, nothing typed by anybody
        command(), stdin=pipe, stdout=pipe, stderr=pipe, env=_environment(), start_new_session=True
    )


def get_ready() -> None:
    """Start a worker if none is ready, without waiting for it."""
    with _spares.lock:
        _spares.ready = [spare for spare in _spares.ready if spare.poll() is None]
        if not _spares.ready:
            _spares.ready.append(_start())


def _taken() -> subprocess.Popen[bytes]:
    with _spares.lock:
        while _spares.ready:
            spare = _spares.ready.pop()
            if spare.poll() is None:
                return spare
            _end(spare)
    return _start()


def _end(started: subprocess.Popen[bytes]) -> None:
    started.kill()
    with suppress(OSError, ValueError):
        started.communicate()


@atexit.register
def stop() -> None:
    """End every worker that waits; run when the process ends."""
    with _spares.lock:
        while _spares.ready:
            _end(_spares.ready.pop())


def ask(request: Mapping[str, Any], seconds: float | None = None) -> dict[str, Any]:
    """One worker's answer to one request. Raises `OutOfTime` or `Crashed`; the worker is gone either way."""
    started = _taken()
    limit = (settings.SOLVE_SECONDS if seconds is None else seconds) + GRACE_SECONDS
    try:
        answer, _said = started.communicate(json.dumps(request).encode(), timeout=limit)
    except subprocess.TimeoutExpired as expired:
        _end(started)
        raise OutOfTime from expired
    except OSError as broken:
        _end(started)
        raise Crashed from broken
    finally:
        get_ready()
    if started.returncode != 0:
        raise Crashed(f"The worker ended with {started.returncode}.")
    try:
        read: dict[str, Any] = json.loads(answer)
    except ValueError as unreadable:
        raise Crashed("The worker's answer could not be read.") from unreadable
    return read


@dataclass(frozen=True, slots=True, kw_only=True)
class Solved:
    """How an attempt went. `outcome` is None when it failed; `failure` is then a sentence.

    `ways_out` of a clash: conditions that may be given up for a price, and together settle the matter; cheapest first.
    """

    result: AttemptResult
    outcome: Outcome | None
    milliseconds: int
    ways_out: tuple[WayOut, ...] = ()
    failure: str = ""

    def document(self) -> dict[str, Any]:
        """What is stored with an attempt."""
        return {
            "outcome": outcome_plain(self.outcome) if self.outcome else None,
            "ways_out": [
                {"conditions": list(way.conditions), "owners": list(way.owners), "price": way.price}
                for way in self.ways_out
            ],
            "failure": self.failure,
        }


_turnstile = Turnstile(running=1, waiting=WAITING, seconds=LONGEST_WAIT_SECONDS)


def check_size(problem: engine.Problem) -> None:
    """Raise `TooLarge` with the limit's name, before anything is calculated."""
    try:
        refuse_if_too_large(problem, engine_limits())
    except engine.TooLarge as too_large:
        raise _too_large(too_large.limit, too_large.value, too_large.allowed) from too_large


def _too_large(limit: str, value: int, allowed: int) -> TooLarge:
    words = {"limit": allowed, "name": NAMES.get(limit, limit), "count": value}
    sentence = _("The engine takes at most %(limit)s %(name)s; this matter has %(count)s. Divide it into several.")
    return TooLarge(sentence % words)


def settle(problem: engine.Problem, *, queue: str) -> Solved:
    """The engine's answer to a question. Raises `TooLarge` before solving and `Refused` when the line is full."""
    return _solve({"do": "settle"}, problem, queue)


def what_if(problem: engine.Problem, changes: Sequence[Mapping[str, Any]], *, queue: str) -> Solved:
    """The engine's answer to a question that differs by these changes; raises as `settle`."""
    return _solve({"do": "what_if", "changes": list(changes)}, problem, queue)


def weigh(
    problem: engine.Problem, frame: Mapping[str, str], own: Mapping[str, Mapping[str, str]], *, queue: str
) -> dict[str, Any]:
    """What the engine says of a proposal, as it is stored (see `weighing`); empty when it does not say it in time."""
    check_size(problem)
    values = {"frame": dict(frame), "own": {organisation: dict(given) for organisation, given in own.items()}}
    try:
        reply, _milliseconds = _in_turn({"do": "weigh"} | values, problem, queue)
    except (Crashed, OutOfTime):
        return {}
    balance: dict[str, Any] = reply.get("balance", {})
    return balance


def _solve(request: Mapping[str, Any], problem: engine.Problem, queue: str) -> Solved:
    check_size(problem)
    began = time.monotonic()
    try:
        reply, milliseconds = _in_turn(request, problem, queue)
    except OutOfTime:
        return _unfinished(began)
    except Crashed:
        return _failed(began)
    if "malformed" in reply:
        raise Invalid({"": _("The question could not be asked: %(what)s.") % {"what": "; ".join(reply["malformed"])}})
    if "too_large" in reply:
        raise _too_large(**reply["too_large"])
    outcome = read_outcome(json.dumps(reply["outcome"]))
    ways = tuple(
        WayOut(conditions=tuple(way["conditions"]), owners=tuple(way["owners"]), price=way["price"])
        for way in reply["ways_out"]
    )
    return Solved(result=result_of(outcome), outcome=outcome, milliseconds=milliseconds, ways_out=ways)


def _in_turn(request: Mapping[str, Any], problem: engine.Problem, queue: str) -> tuple[dict[str, Any], int]:
    """The reply and how many milliseconds it took, once it is this organisation's turn."""
    seconds = settings.SOLVE_SECONDS
    bounds = {field.name: getattr(engine_limits(seconds), field.name) for field in fields(engine.Limits) if field.compare}
    whole = {**request, "problem": problem_plain(problem), "limits": bounds, "megabytes": settings.SOLVE_MEGABYTES}
    try:
        with _turnstile.turn(queue):
            began = time.monotonic()
            return ask(whole), _milliseconds_since(began)
    except Full as full:
        sentence = _("Your organisation already has a calculation running and %(count)s in line. Try again in a moment.")
        raise Refused(sentence % {"count": WAITING}) from full


def _milliseconds_since(began: float) -> int:
    return round((time.monotonic() - began) * 1000)


def result_of(outcome: Outcome) -> AttemptResult:
    """How an attempt with this outcome ended."""
    match outcome:
        case engine.Settled():
            return AttemptResult.SETTLED
        case engine.Clash():
            return AttemptResult.CLASH
        case engine.Unfinished():
            return AttemptResult.UNFINISHED


def _unfinished(began: float) -> Solved:
    """The worker did not even say in time that it was out of time."""
    stopped = engine.Unfinished(stopped_by=Limit.TIME, limit=f"{settings.SOLVE_SECONDS:g} s")
    return Solved(result=AttemptResult.UNFINISHED, outcome=stopped, milliseconds=_milliseconds_since(began))


def _failed(began: float) -> Solved:
    sentence = _(
        "The engine stopped without an answer. Nothing has been changed. Try again; if it happens again, tell the host."
    )
    return Solved(result=AttemptResult.FAILED, outcome=None, milliseconds=_milliseconds_since(began), failure=sentence)
