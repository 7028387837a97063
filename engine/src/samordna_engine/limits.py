"""How much the engine may use before it must stop and say so."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final, TypedDict

from samordna_engine.outcome import Limit, Price

PROGRESS_SECONDS: Final = 0.1
"""Between the ends of stages, progress is told no more often than this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far the work on a question has come.

    `stage` is what is done or being done: `project`, `search`, `weigh`, `prove`. `best` is the best found so far and
    `bound` what nothing is better than, where they are known: with a price of difference, the sum in cost. `elapsed` is
    in seconds.
    """

    stage: str
    best: Price | None
    bound: Price | None
    elapsed: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds on one question.

    `seconds` from the start of the call, or None for no limit; `now` is the clock it is read from. `cells` is the size
    of the largest table of the network, and `own_cells` of one participant's tangle of conditions, before the engine
    turns to searching. `cancel` is asked again and again whether to stop, and `progress` is told how far it has come.
    The rest are counts above which a question is refused.
    """

    seconds: float | None = None
    cells: int = 1 << 20
    own_cells: int = 1 << 14
    aspects: int = 200
    participants: int = 100_000
    statements: int = 1_000_000
    numbers: int = 20_000_000
    now: Callable[[], float] = field(default=time.monotonic, repr=False, compare=False)
    cancel: Callable[[], bool] | None = field(default=None, repr=False, compare=False)
    progress: Callable[[Progress], None] | None = field(default=None, repr=False, compare=False)

    def start(self) -> "Deadline":
        """Begin counting the seconds."""
        start = 0.0 if self.seconds is None and self.progress is None else self.now()
        until = None if self.seconds is None else start + self.seconds
        return Deadline(until=until, now=self.now, cancel=self.cancel, progress=self.progress, start=start)

    def stopped(self, deadline: "Deadline") -> "Stopped":
        """What stopped the work, as the fields of an outcome that was not finished."""
        if deadline.passed and deadline.cancelled:  # a copy of the deadline may have been the first to notice
            return Stopped(stopped_by=Limit.CANCELLED, limit="cancelled")
        return Stopped(stopped_by=Limit.TIME, limit=f"{self.seconds} s")


class Stopped(TypedDict):
    """The first fields of `Unfinished`."""

    stopped_by: Limit
    limit: str


class OutOfTime(Exception):
    """The deadline passed, or the work was cancelled."""


@dataclass(slots=True, kw_only=True)
class Deadline:
    """A moment after which work must stop, or somebody who may say that it must; and somebody to tell of progress.

    `price` turns a sum of the solver's into what is certain when there is so much, or None where it means that there is
    no answer; until it is known, no numbers are told.
    """

    until: float | None
    now: Callable[[], float]
    cancel: Callable[[], bool] | None = None
    progress: Callable[[Progress], None] | None = None
    start: float = 0.0
    price: Callable[[int], Price | None] | None = None
    cancelled: bool = False
    _told: float = 0.0

    @classmethod
    def never(cls) -> "Deadline":
        """No deadline."""
        return cls(until=None, now=lambda: 0.0)

    @property
    def passed(self) -> bool:
        """Whether it is too late, or the work was cancelled."""
        if self.cancel is not None and not self.cancelled:
            self.cancelled = self.cancel()
        return self.cancelled or (self.until is not None and self.now() >= self.until)

    def check(self) -> None:
        """Raise `OutOfTime` when it is too late."""
        if self.passed:
            raise OutOfTime

    def silent(self) -> "Deadline":
        """The same, with nobody to tell of progress."""
        return replace(self, progress=None)

    def tell(self, stage: str, best: int | None = None, bound: int | None = None, *, done: bool = False) -> None:
        """Tell of progress: always at the end of a stage, else now and then. Numbers are sums of the solver's."""
        if self.progress is None:
            return
        elapsed = self.now() - self.start
        if not done and elapsed - self._told < PROGRESS_SECONDS:
            return
        self._told = elapsed
        prices = [None if number is None or self.price is None else self.price(number) for number in (best, bound)]
        self.progress(Progress(stage=stage, best=prices[0], bound=prices[1], elapsed=elapsed))
