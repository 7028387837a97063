"""How much the engine may use before it must stop and say so."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds on one question.

    `seconds` from the start of the call, or None for no limit; `now` is the clock it is read from. `cells` is the size
    of the largest table of the network, and `own_cells` of one participant's tangle of conditions, before the engine
    turns to searching. The rest are counts above which a question is refused.
    """

    seconds: float | None = None
    cells: int = 1 << 20
    own_cells: int = 1 << 14
    aspects: int = 200
    participants: int = 100_000
    statements: int = 1_000_000
    numbers: int = 20_000_000
    now: Callable[[], float] = field(default=time.monotonic, repr=False, compare=False)

    def start(self) -> "Deadline":
        """Begin counting the seconds."""
        until = None if self.seconds is None else self.now() + self.seconds
        return Deadline(until=until, now=self.now)


class OutOfTime(Exception):
    """The deadline passed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """A moment after which work must stop."""

    until: float | None
    now: Callable[[], float]

    @classmethod
    def never(cls) -> "Deadline":
        """No deadline."""
        return cls(until=None, now=lambda: 0.0)

    @property
    def passed(self) -> bool:
        """Whether it is too late."""
        return self.until is not None and self.now() >= self.until

    def check(self) -> None:
        """Raise `OutOfTime` when it is too late."""
        if self.passed:
            raise OutOfTime
