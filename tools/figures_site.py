"""A site of its own in a temporary folder, for tools that measure: its own database, nothing else touched."""

from __future__ import annotations

import gzip
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
RUNS = 5


@contextmanager
def temporary_site() -> Iterator[None]:
    """Django, set up on an empty database that disappears afterwards."""
    with tempfile.TemporaryDirectory() as data:
        os.environ |= {"SAMORDNA_DATA": data, "SAMORDNA_DEBUG": "1", "DJANGO_SETTINGS_MODULE": "samordna.config.settings"}
        sys.path[:0] = [str(ROOT), str(ROOT / "src"), str(ROOT / "engine" / "src")]
        import django

        django.setup()
        from django.conf import settings
        from django.core.management import call_command
        from django.test.utils import setup_test_environment

        Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
        setup_test_environment(debug=False)
        call_command("migrate", verbosity=0)
        yield


@dataclass(frozen=True)
class Answer:
    """One request: kilobytes as sent (gzip), queries, milliseconds of waiting and of this process's own work."""

    kilobytes: float
    queries: int
    waited: float
    worked: float
    response: Any


def asked(client: Any, address: str, body: dict[str, Any] | None = None) -> Answer:
    """Fetch the address, or send the body to it; anything but success or a redirect is an error."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    began, worked = time.perf_counter(), time.process_time()
    with CaptureQueriesContext(connection) as captured:
        ask = client.get if body is None else client.post
        answer = ask(address, body, headers={"accept-encoding": "gzip"})
    waited, worked = time.perf_counter() - began, time.process_time() - worked
    if answer.status_code not in {200, 302}:
        raise RuntimeError(f"{address} answered {answer.status_code}.")
    sent = answer.content if answer.headers.get("Content-Encoding") == "gzip" else gzip.compress(answer.content, 6)
    return Answer(len(sent) / 1024, len(captured), waited * 1000, worked * 1000, answer)


def told(name: str, runs: list[Answer]) -> None:
    """A line per figure: the latest answer's weight and queries, and the medians of the times."""
    say(f"{name}_kb", f"{runs[-1].kilobytes:.1f}")
    say(f"{name}_queries", runs[-1].queries)
    say(f"{name}_ms", f"{median(run.waited for run in runs):.0f}")
    say(f"{name}_cpu_ms", f"{median(run.worked for run in runs):.0f}")


def say(name: str, value: object) -> None:
    """One figure."""
    sys.stdout.write(f"{name}: {value}\n")
    sys.stdout.flush()
