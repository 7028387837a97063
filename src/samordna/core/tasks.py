"""Work in the background: a queue in the same database, so that the transaction that wants the work queues it, or nobody.

Concept. A *task* is a function with a name (`@task("outbox.post")`), a row says which work is waited for. A worker takes
the row that has been due longest by writing a *lease* on it. Finishing needs that very lease, so a worker that was slow,
or that was thought dead, cannot finish what somebody else has taken over. A task of the database alone runs in one
transaction with its own finishing: it happens once, whatever is killed when. What reaches outside the database (a letter)
happens at least once, and carries a key by which the receiver knows it again.

What fails comes back after a pause that grows, and is given up after so many attempts; being killed counts as one. A
*schedule* queues a task that comes back. It goes by the times of its grid, never by counting, so a clock that jumps makes
at most one run of each, and one that goes back makes none that has been made.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from samordna.core import clock
from samordna.core.models import Schedule, Task

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=30), timedelta(hours=6)
SKEW = timedelta(minutes=5)
KEPT = timedelta(days=90)

Run = Callable[[Mapping[str, Any], datetime], None]
NextAfter = Callable[[datetime], datetime]


class Later(Exception):
    """Not now, and it is no fault of this task: everything of its name waits for its pause."""


class LostLease(RuntimeError):
    """Somebody else has taken the task over: what this worker did is rolled back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskKind:
    """A function that can be queued. `whole`: it and its finishing are one transaction."""

    name: str
    run: Run
    attempts: int
    whole: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One piece of work to queue."""

    key: str
    arguments: Mapping[str, Any]


KINDS: dict[str, TaskKind] = {}
SCHEDULES: dict[str, NextAfter] = {}


def task(name: str, *, attempts: int = 8, whole: bool = True, schedule: NextAfter | None = None) -> Callable[[Run], Run]:
    """Register a function of (arguments, at) as a task that is done in less than `LEASE`."""

    def register(run: Run) -> Run:
        KINDS[name] = TaskKind(name=name, run=run, attempts=attempts, whole=whole)
        if schedule is not None:
            SCHEDULES[name] = schedule
        return run

    return register


def enqueue(name: str, jobs: Iterable[Job], at: datetime) -> None:
    """Queue work in the caller's transaction. Work whose key was queued before is not queued again."""
    rows = [
        Task(key=f"{name}:{job.key}", name=name, arguments=dict(job.arguments), queued_at=at, due_at=at) for job in jobs
    ]
    Task.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)


def waiting() -> QuerySet[Task]:
    """Work that is neither done nor given up."""
    return Task.objects.filter(done_at__isnull=True, failed_at__isnull=True)


def _free(at: datetime) -> Q:
    """Nobody has it: never taken, its lease has run out, or the lease was written by a clock that was ahead."""
    return Q(lease="") | Q(leased_until__lte=at) | Q(leased_until__gt=at + LEASE + SKEW)


def _due(at: datetime) -> Q:
    """Due, or queued by a clock that was ahead, whose due times mean nothing."""
    return Q(due_at__lte=at) | Q(queued_at__gt=at + SKEW)


def take(at: datetime) -> Task | None:
    """Take the free task that has been due longest; None when there is none. Costs one reading when nothing waits."""
    due = waiting().filter(_free(at), _due(at)).order_by("due_at", "pk")
    if not due.exists():
        return None
    with transaction.atomic():
        found = due.select_for_update(skip_locked=True).first()
        if found is None:
            return None
        found.lease, found.leased_until, found.attempts = secrets.token_hex(6), at + LEASE, found.attempts + 1
        found.save(update_fields=["lease", "leased_until", "attempts"])
        return found


def work_once(at: datetime) -> bool:
    """Take one task and do it; False when nothing was due. Never raises for what a task does wrong."""
    taken = take(at)
    if taken is None:
        return False
    kind = KINDS.get(taken.name)
    if kind is None or taken.attempts > kind.attempts:
        _end(taken, failed_at=at, error=taken.error or "It was begun so many times and never came to an end.")
        return True
    try:
        _run(kind, taken, at)
    except LostLease:
        log.warning("The task %s was taken over by another worker.", taken.key)
    except Exception as error:
        log.exception("The task %s failed.", taken.key)
        _fail(kind, taken, at, error)
    return True


def _run(kind: TaskKind, taken: Task, at: datetime) -> None:
    if kind.whole:
        with transaction.atomic():
            kind.run(taken.arguments, at)
            if not _end(taken, done_at=at, error=""):
                raise LostLease
        return
    kind.run(taken.arguments, at)
    if not _end(taken, done_at=at, error=""):
        raise LostLease


def _end(taken: Task, **facts: Any) -> bool:
    """Give the task back with these facts; False when the lease is no longer ours."""
    own = Task.objects.filter(pk=taken.pk, lease=taken.lease)
    return own.update(lease="", leased_until=None, **facts) == 1


def pause_after(attempts: int) -> timedelta:
    """How long a task waits after so many attempts: half a minute, two, eight … six hours at most."""
    return min(FIRST_PAUSE * int(4 ** min(attempts - 1, 8)), LONGEST_PAUSE)


def _fail(kind: TaskKind, taken: Task, at: datetime, error: Exception) -> None:
    said = f"{type(error).__name__}: {error}"[:300]
    if taken.attempts >= kind.attempts:
        _end(taken, failed_at=at, error=said)
        return
    until = at + pause_after(taken.attempts)
    _end(taken, due_at=until, error=said)
    if isinstance(error, Later):
        waiting().filter(name=taken.name, lease="", due_at__lt=until).update(due_at=until)


def try_again(at: datetime) -> int:
    """Everything that was given up is due once more; returns how many."""
    return Task.objects.filter(failed_at__isnull=False).update(failed_at=None, attempts=0, due_at=at, queued_at=at)


def tick(at: datetime) -> None:
    """Queue what the schedules ask for. Two readings and no writing when nothing is due."""
    rows = {row.name: row.next_at for row in Schedule.objects.filter(name__in=list(SCHEDULES))}
    for name, next_after in SCHEDULES.items():
        planned, coming = rows.get(name), next_after(at)
        if planned is None or planned <= at or planned > coming:
            _advance(name, at, coming)


def _advance(name: str, at: datetime, coming: datetime) -> None:
    with transaction.atomic():
        row, made = Schedule.objects.select_for_update().get_or_create(name=name, defaults={"next_at": coming})
        if not made and row.next_at <= at:
            enqueue(name, [Job(key=row.next_at.isoformat(), arguments={})], at)
        row.next_at = coming
        row.save(update_fields=["next_at"])


def daily(hour: int, minute: int = 0, weekday: int | None = None) -> NextAfter:
    """Every day at this time in the installation's time zone, or every week on this day (0 is Monday)."""

    def next_after(at: datetime) -> datetime:
        day = clock.day(at)
        for ahead in range(9):
            on = day + timedelta(days=ahead)
            moment = timezone.make_aware(datetime.combine(on, time(hour, minute)))
            if moment > at and weekday in (None, on.weekday()):
                return moment
        raise AssertionError("There is such a time within nine days.")

    return next_after


@task("tasks.clear", schedule=daily(3, 10))
def clear(arguments: Mapping[str, Any], at: datetime) -> None:
    """Forget what was done long ago. What was given up stays until somebody has looked at it."""
    Task.objects.filter(done_at__lt=at - KEPT).delete()
