"""What notices do in the background: letters at once, digests, reminders, and forgetting."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from samordna.core import clock, outbox
from samordna.core.actor import Actor
from samordna.core.tasks import daily, task
from samordna.domain.notices.bounces import note_dead
from samordna.domain.notices.delivering import deliver
from samordna.domain.notices.enums import Rhythm
from samordna.domain.notices.limits import KEPT
from samordna.domain.notices.models import Notice
from samordna.domain.notices.reminding import remind
from samordna.domain.notices.spreading import DELIVER, queue_letters
from samordna.domain.notices.talking import tell_of_talk

log = logging.getLogger(__name__)

MONDAY = 0


@task(DELIVER)
def deliver_to(arguments: Mapping[str, Any], at: datetime) -> None:
    """Settle some persons' notices together; where that fails, each one's alone, so that nobody waits for another's."""
    people, rhythms = list(arguments.get("people") or [arguments["person"]]), list(arguments["rhythms"])
    try:
        with transaction.atomic():
            deliver(people, rhythms, at)
    except Exception:
        if len(people) == 1:
            raise
        log.exception("Letters to %s persons failed; each is tried alone.", len(people))
        queue_letters(people, rhythms, f"alone {'+'.join(rhythms)} {at.isoformat()}", at, together=1)


def _queue_digests(rhythms: list[str], at: datetime) -> None:
    """Tasks for all with something unsettled, one organisation's together; what was to go at once is taken along."""
    waiting = Notice.objects.filter(settled_at__isnull=True).order_by("role__organisation_id", "person_id")
    people = dict.fromkeys(waiting.values_list("person_id", flat=True))
    queue_letters(list(people), rhythms, f"{rhythms[-1]} {clock.day(at).isoformat()}", at)


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


@task("notices.talk", schedule=daily(6, 40))
def talk(arguments: Mapping[str, Any], at: datetime) -> None:
    """How much has been said between meetings, for the letters that go out after this."""
    tell_of_talk(at)


@task("notices.clear", schedule=daily(3, 30))
def clear(arguments: Mapping[str, Any], at: datetime) -> None:
    """Forget notices of more than a year ago."""
    Notice.objects.filter(at__lt=at - KEPT).delete()


def _told_by_the_server(address: str, at: datetime) -> None:
    note_dead(Actor.command("The mail server refused the address for good."), address, at)


outbox.MARKED.append(_told_by_the_server)
