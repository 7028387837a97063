"""Answers that may take longer than somebody waits at a page: worked out beside the request, kept, and asked for again.

An errand is named by a digest of everything that its answer depends on. So the answer is the same whoever asks, and going
back to what one has just seen costs nothing. What is kept lives in this process only: another process works it out again.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotYet
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from samordna.core.errors import Refused

KEPT = 64
MOST_AT_WORK = 16

R = TypeVar("R")


class AtWork(Exception):
    """The answer is not there yet. `seconds` have passed since it was first asked for."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


@dataclass(slots=True)
class _Errand(Generic[R]):
    answer: Future[R] = field(default_factory=Future)
    began: float = field(default_factory=time.monotonic)


class Errands:
    """The answers of one process, the latest asked for last."""

    def __init__(self) -> None:
        self._errands: OrderedDict[str, _Errand[Any]] = OrderedDict()
        self._lock = threading.Lock()

    def answer(self, name: str, work: Callable[[], R], patience: float) -> R:
        """The answer, when it is there within `patience` seconds. Raises `AtWork`, and what `work` raises.

        What was raised is not kept: the next one who asks has it tried again.
        """
        errand: _Errand[R] = self._errand(name, work)
        try:
            return errand.answer.result(patience)
        except NotYet as not_yet:
            raise AtWork(time.monotonic() - errand.began) from not_yet
        except Exception:
            with self._lock:
                if self._errands.get(name) is errand:
                    del self._errands[name]
            raise

    def _errand(self, name: str, work: Callable[[], R]) -> _Errand[R]:
        with self._lock:
            if name in self._errands:
                self._errands.move_to_end(name)
                return self._errands[name]
            if sum(1 for other in self._errands.values() if not other.answer.done()) >= MOST_AT_WORK:
                raise Refused(_("So much is being calculated that this has to wait. Try again in a moment."))
            errand: _Errand[R] = _Errand()
            self._errands[name] = errand
            while len(self._errands) > KEPT:
                self._errands.popitem(last=False)
        # A daemon: the server does not wait for it when it stops, and nothing in it writes.
        threading.Thread(target=_run, args=(errand, work, get_language()), daemon=True).start()
        return errand


def _run(errand: _Errand[R], work: Callable[[], R], language: str | None) -> None:
    try:
        with override(language):
            errand.answer.set_result(work())
    except BaseException as raised:
        errand.answer.set_exception(raised)
