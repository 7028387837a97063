"""How the background work is doing: figures for the health page and for monitoring. No names, no titles."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Min

from samordna.core import tasks
from samordna.core.models import DeadAddress, JournalHead, OutgoingLetter, Schedule, Task
from samordna.domain.notices.models import Spread

PATIENCE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Background:
    """`oldest_seconds`: how long the work that has been due longest has waited. `pausing`: tried, failed, and tried again
    later. `given_up`: needs a human. `asleep`: a schedule is overdue, so no worker runs."""

    waiting: int
    oldest_seconds: int
    pausing: int
    given_up: int
    letters_waiting: int
    letters_held: int
    dead_addresses: int
    journal_behind: int
    asleep: bool
    latest_error: str

    @property
    def well(self) -> bool:
        """Nothing is stuck: nothing given up, nothing late, and somebody works."""
        return not self.given_up and not self.asleep and self.oldest_seconds <= PATIENCE.total_seconds()


def background(at: datetime) -> Background:
    """The figures; nine small queries."""
    left = tasks.waiting()
    oldest = left.filter(attempts=0, due_at__lte=at).aggregate(oldest=Min("due_at"))["oldest"]
    unsent = OutgoingLetter.objects.filter(sent_at__isnull=True)
    head = JournalHead.objects.filter(pk=1).values_list("size", flat=True).first() or 0
    read = Spread.objects.filter(pk=1).values_list("sequence", flat=True).first() or 0
    wrong = Task.objects.filter(done_at__isnull=True).exclude(error="").order_by("-due_at", "-pk")
    return Background(
        waiting=left.count(),
        oldest_seconds=int((at - oldest).total_seconds()) if oldest else 0,
        pausing=left.filter(attempts__gt=0, lease="").count(),
        given_up=Task.objects.filter(failed_at__isnull=False).count(),
        letters_waiting=unsent.filter(held_because="").count(),
        letters_held=unsent.exclude(held_because="").count(),
        dead_addresses=DeadAddress.objects.count(),
        journal_behind=max(head - read, 0),
        asleep=Schedule.objects.filter(next_at__lt=at - PATIENCE).exists(),
        latest_error=wrong.values_list("error", flat=True).first() or "",
    )
