"""What a solver answers about a question, and the table of who can be asked what."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bench.families import Question


class Status(StrEnum):
    """How far a solver came. Only what is proved is compared; `stopped` has a value, but no proof that it is best."""

    PROVED = "proved"
    IMPOSSIBLE = "impossible"
    STOPPED = "stopped"
    NONE = "none"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A status, and the number that all who prove it must agree on.

    `note` says what else is worth knowing. `per` is how many things were done within the time, which is then divided
    by it (50 changes in a row are told as the time of one); `seconds` of processor time and `clock` of the clock's
    replace those of the run where the solver timed itself.
    """

    status: Status
    value: int | None = None
    note: str = ""
    per: int = 1
    seconds: float | None = None
    clock: float | None = None


Solver = Callable[[Question, float], Answer]
"""Gets a question and how many seconds of processor time it may use."""

CLOCK: Final = 20
"""How many seconds of the clock a solver gets per second of processor time, where it can only be limited by the clock.

The process is stopped by its processor time in any case, so that a busy machine takes nothing from anybody."""

OURS: Final = "samordna"
"""The engine's own name in tables."""
