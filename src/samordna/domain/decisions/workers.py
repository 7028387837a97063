"""The engine's processes: started beforehand, used once, bounded, and ended when they do not answer.

A server process keeps one worker ready, so that an answer does not wait for Python to start; the next is started when
the answer is in. A worker that is still silent after its time and a little grace is killed. It reads from a pipe that
closes when we do, so none outlives us.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings

import samordna_engine as engine

GRACE_SECONDS = 2.0
ENGINE_HOME = Path(engine.__file__).resolve().parents[1]
PASSED_ON = ("PATH", "LD_LIBRARY_PATH", "TMPDIR", "SYSTEMROOT")
Process = subprocess.Popen[bytes]


class Crashed(Exception):
    """The worker ended without an answer."""


class OutOfTime(Exception):
    """The worker was still silent after its time, and was killed."""


@dataclass(slots=True)
class _Spares:
    """Workers that are started and wait for a question. Those of a parent process are not ours to use."""

    ready: list[Process] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)


_spares = _Spares()


def _forget() -> None:
    _spares.ready, _spares.lock = [], threading.Lock()


os.register_at_fork(after_in_child=_forget)


def command() -> list[str]:
    """How a worker is started: with its own bounds, which it sets before it reads anything."""
    seconds = int(settings.SOLVE_SECONDS + GRACE_SECONDS) + 1
    bounds = ["--memory", str(settings.SOLVE_MEGABYTES), "--cpu", str(seconds)]
    return [sys.executable, "-m", "samordna_engine.worker", *bounds]


def _environment() -> dict[str, str]:
    """Little of ours, no secrets, and one thread: the bound on memory counts what every thread reserves."""
    kept = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    one_thread = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    return kept | one_thread | {"PYTHONPATH": str(ENGINE_HOME), "PYTHONUTF8": "1"}


def _start() -> Process:
    pipe = subprocess.PIPE
    return subprocess.Popen(  # noqa: S603 - our own interpreter and module, nothing typed by anybody
        command(), stdin=pipe, stdout=pipe, stderr=pipe, env=_environment(), start_new_session=True
    )


def get_ready() -> None:
    """Start a worker if none is ready, without waiting for it."""
    with _spares.lock:
        for worker in [worker for worker in _spares.ready if worker.poll() is not None]:
            _spares.ready.remove(worker)
            _end(worker)
        if not _spares.ready:
            _spares.ready.append(_start())


def _taken() -> Process:
    with _spares.lock:
        while _spares.ready:
            worker = _spares.ready.pop()
            if worker.poll() is None:
                return worker
            _end(worker)
    return _start()


def _end(worker: Process) -> None:
    worker.kill()
    with suppress(OSError, ValueError):
        worker.communicate()


@atexit.register
def stop() -> None:
    """End every worker that waits; run when the process ends."""
    with _spares.lock:
        while _spares.ready:
            _end(_spares.ready.pop())


def ask(request: Mapping[str, Any]) -> dict[str, Any]:
    """One worker's answer to one request. Raises `OutOfTime` or `Crashed`; the worker is gone either way."""
    body = json.dumps(request).encode()
    worker = _taken()
    try:
        framed = b"%d\n%b" % (len(body), body)
        answer, _said = worker.communicate(framed, timeout=settings.SOLVE_SECONDS + GRACE_SECONDS)
    except subprocess.TimeoutExpired as expired:
        _end(worker)
        raise OutOfTime from expired
    except OSError as broken:
        _end(worker)
        raise Crashed from broken
    finally:
        get_ready()
    if worker.returncode != 0:
        raise Crashed(f"The worker ended with {worker.returncode}.")
    return _read(answer)


def _read(answer: bytes) -> dict[str, Any]:
    head, _newline, body = answer.partition(b"\n")
    try:
        if int(head) != len(body):
            raise Crashed("The worker's answer was cut off.")
        read: dict[str, Any] = json.loads(body)
    except ValueError as unreadable:
        raise Crashed("The worker's answer could not be read.") from unreadable
    return read
