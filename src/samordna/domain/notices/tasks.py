"""What notices do in the background: letters at once, digests, reminders, and forgetting."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from samordna.core import clock, outbox
from samordna.core.actor import Actor
from samordna.core.tasks import Job, daily, enqueue, task
from samordna.domain.notices.bounces import note_dead
from samordna.domain.notices.delivering import deliver
from samordna.domain.notices.enums import Rhythm
from samordna.domain.notices.limits import KEPT
from samordna.domain.notices.models import Notice
from samordna.domain.notices.reminding import remind
from samordna.domain.notices.spreading import DELIVER

MONDAY = 0


@task(DELIVER)
def deliver_to(arguments: Mapping[str, Any], at: datetime) -> None:
    """Settle one person's notices."""
    deliver(arguments["person"], arguments["rhythms"], at)


def _queue_digests(rhythms: list[str], at: datetime) -> None:
    """One task per person with something unsettled; what was to go at once and did not is taken along."""
    waiting = Notice.objects.filter(settled_at__isnull=True).order_by("person_id").values_list("person_id", flat=True)
    occasion = f"{rhythms[-1]} {clock.day(at).isoformat()}"
    jobs = [Job(key=f"{occasion}:{pk}", arguments={"person": pk, "rhythms": rhythms}) for pk in waiting.distinct()]
    enqueue(DELIVER, jobs, at)


@task("notices.daily", schedule=daily(7))
def daily_digests(arguments: Mapping[str, Any], at: datetime) -> None:
    """The morning's letters."""
    _queue_digests([Rhythm.NOW.value, Rhythm.DAILY.value], at)


@task("notices.weekly", schedule=daily(7, 15, MONDAY))
def weekly_digests(arguments: Mapping[str, Any], at: datetime) -> None:
    """Monday's letters, a little after the morning's so that what is daily is not in them."""
    _queue_digests([Rhythm.WEEKLY.value], at)


@task("notices.remind", schedule=daily(6, 30))
def reminders(arguments: Mapping[str, Any], at: datetime) -> None:
    """Reminders before last days."""
    remind(at)


@task("notices.clear", schedule=daily(3, 30))
def clear(arguments: Mapping[str, Any], at: datetime) -> None:
    """Forget notices of more than a year ago."""
    Notice.objects.filter(at__lt=at - KEPT).delete()


def _told_by_the_server(address: str, at: datetime) -> None:
    note_dead(Actor.command("The mail server refused the address for good."), address, at)


outbox.MARKED.append(_told_by_the_server)
