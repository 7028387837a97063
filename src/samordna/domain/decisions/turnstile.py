"""One at a time, and a few in line: how many of an organisation's questions a server process works on."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager


class Full(Exception):
    """The line is full, or one waited too long in it."""


class Turnstile:
    """Lets `running` through at a time per name, keeps at most `waiting` in line, each for at most `seconds`."""

    def __init__(self, *, running: int, waiting: int, seconds: float) -> None:
        self._running, self._waiting, self._seconds = running, waiting, seconds
        self._inside: Counter[str] = Counter()
        self._in_line: Counter[str] = Counter()
        self._changed = threading.Condition()

    @contextmanager
    def turn(self, name: str) -> Iterator[None]:
        """Wait for one's turn and have it. Raises `Full`."""
        with self._changed:
            if self._inside[name] >= self._running:
                self._stand_in_line(name)
            self._inside[name] += 1
        try:
            yield
        finally:
            with self._changed:
                self._inside[name] -= 1
                self._changed.notify_all()

    def _stand_in_line(self, name: str) -> None:
        if self._in_line[name] >= self._waiting:
            raise Full
        self._in_line[name] += 1
        try:
            if not self._changed.wait_for(lambda: self._inside[name] < self._running, self._seconds):
                raise Full
        finally:
            self._in_line[name] -= 1
