"""From when somebody is introduced, when a step is due, and how far one has come: days in, days out, no database.

Concept. Nobody is given a programme. Whoever holds a role that a programme is for is being introduced, from the day on
which both were so; when the role ends, so does the introduction. A day on which a deputy stands in for the holder moves
every last day one day further, since the holder is away. What is done stays done; a step that is added later is asked for
from that day.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from samordna.domain.introductions.enums import Standing, StepState
from samordna.domain.introductions.limits import SOON

Days = tuple[date, date | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A step as it is asked for: its root, from which day, and by how many days after taking the role."""

    root: str
    asked_from: date
    by_days: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """How one step stands. `due`: by when it is to be done (again), if a day is set. `on`: when it was done last;
    `until`: when that runs out. `new_since`: when it was added, of a step to do that came after one had begun."""

    root: str
    state: StepState
    due: date | None
    on: date | None
    until: date | None
    new_since: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far somebody has come. `done_on`: the day on which the last of the steps was done. `valid_to`: when the first of
    them runs out. `new`: steps added after publication, and after everything there was had been done."""

    steps: tuple[Marked, ...]
    standing: Standing
    done: int
    late: int
    done_on: date | None
    valid_to: date | None
    new: int

    @property
    def left(self) -> tuple[Marked, ...]:
        """What is to be done, the nearest day first; what has no last day after that, in the programme's order."""
        rows = [step for step in self.steps if step.state is not StepState.DONE]
        return tuple(sorted(rows, key=lambda step: step.due or date.max))

    @property
    def added(self) -> int:
        """How many of those that are left came after one had begun."""
        return sum(1 for step in self.steps if step.new_since is not None)

    @property
    def trained(self) -> bool:
        """Has everything been done that there was at the time, and does it still hold?"""
        return self.done > 0 and self.done + self.new == len(self.steps)


def begins(took: date, opened: date, *, present: bool) -> date | None:
    """From when somebody is introduced who took what the programme is for on one day, when it opened to them on another;
    None for somebody who was there before, if it is only for those who come after."""
    if took >= opened:
        return took
    return opened if present else None


def months_after(on: date, months: int) -> date:
    """The same day so many months later, or the last one of that month."""
    year, month = divmod(on.year * 12 + on.month - 1 + months, 12)
    return date(year, month + 1, min(on.day, monthrange(year, month + 1)[1]))


def days_away(away: Iterable[Days], first: date, last: date) -> int:
    """How many days from `first` up to, not including, `last` are covered by these spans; a day counts once."""
    total, reached = 0, first
    for start, end in sorted(away, key=lambda span: span[0]):
        start, end = max(start, reached), min(end or last, last)
        if end > start:
            total, reached = total + (end - start).days, end
    return total


def progress(
    asked: Sequence[Asked],
    done: dict[str, date],
    begun: date,
    on: date,
    renewed_after: int | None = None,
    away: Sequence[Days] = (),
    published_on: date | None = None,
) -> Progress:
    """How far somebody has come on a day who is introduced since `begun`. `done`: the latest day by root. A step can be
    done before the programme was published; what is asked for from that day on was there from the beginning, too."""
    since = max(begun, published_on or begun)
    marked = (_marked(step, done.get(step.root), begun, on, renewed_after, away) for step in asked)
    steps = tuple(_as_new(one, step, since) for one, step in zip(marked, asked, strict=True))
    held = [step for step in steps if step.state in (StepState.DONE, StepState.RENEW)]
    days = [step.on for step in held if step.on is not None]
    latest = max(days, default=None)
    roots = {step.root for step in held}
    there = max(latest, published_on or latest) if latest is not None else date.max
    new = sum(1 for step in asked if step.root not in roots and step.asked_from > there)
    every = bool(steps) and len(held) == len(steps)
    standing = Standing.INTRODUCED if every else Standing.UNDER_WAY if held else Standing.NOT_BEGUN
    return Progress(
        steps=steps,
        standing=standing,
        done=len(held),
        late=sum(1 for step in steps if step.state is StepState.LATE),
        done_on=latest,
        valid_to=min((step.until for step in held if step.until is not None), default=None),
        new=new,
    )


def _as_new(one: Marked, step: Asked, since: date) -> Marked:
    """What was added after one had begun is told as new until it is done."""
    return replace(one, new_since=step.asked_from) if one.on is None and step.asked_from > since else one


def _marked(
    step: Asked, done_on: date | None, begun: date, on: date, renewed_after: int | None, away: Sequence[Days]
) -> Marked:
    if done_on is not None:
        until = months_after(done_on, renewed_after) if renewed_after else None
        state = StepState.DONE
        if until is not None and on + SOON >= until:
            state = StepState.RENEW if on < until else StepState.LATE
        return Marked(root=step.root, state=state, due=until, on=done_on, until=until)
    due = None
    if step.by_days is not None:
        first = max(begun, step.asked_from)
        due = first + timedelta(days=step.by_days + days_away(away, first, on + timedelta(days=1)))
    resting = any(start <= on and (end is None or on < end) for start, end in away)
    late = due is not None and due < on and not resting
    return Marked(root=step.root, state=StepState.LATE if late else StepState.TO_DO, due=due, on=None, until=None)
