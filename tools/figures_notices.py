"""The morning's letters for 2,000 persons: time, queries and memory, from the schedule to the last letter handed over.

Builds a world of its own: a hundred municipalities with twenty people each, in one collaboration with forty matters; in the
night before, each of them got ten notices. Letters are handed to a backend that keeps them, so what is measured is
our own work. A second run an hour later must send nothing.
"""

from __future__ import annotations

import resource
import sys
import time
from datetime import UTC, datetime, timedelta
from typing import Any

from figures_site import say, temporary_site

PLACES, EACH, MATTERS, NOTICES = 100, 20, 40, 10
NIGHT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
MORNING = datetime(2026, 11, 24, 6, 0, 30, tzinfo=UTC)  # half a minute past seven in Stockholm


def build() -> None:
    """The world, from plain rows."""
    from tests import factories as f

    from samordna.domain.notices.models import Choice, Notice

    collaboration = f.collaboration()
    matters = [f.matter(collaboration) for _ in range(MATTERS)]
    holdings = []
    for _place in range(PLACES):
        organisation = f.organisation()
        f.participation(collaboration, organisation)
        role = f.role(organisation)
        holdings += [f.holding(organisation, role=role) for _ in range(EACH)]
    Choice.objects.bulk_create(Choice(person=held.person, group="moved", rhythm="daily") for held in holdings)
    Notice.objects.bulk_create(
        [
            Notice(
                key=f"{number}:{held.person_id}",
                person=held.person,
                role=held.role,
                kind="weighing_started",
                about="matter",
                about_id=matters[(place + number) % MATTERS].pk,
                at=NIGHT,
                made_at=NIGHT,
            )
            for place, held in enumerate(holdings)
            for number in range(NOTICES)
        ],
        batch_size=2000,
    )


def memory() -> float:
    """The most memory this process has used, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measured(at: datetime) -> tuple[float, float, int]:
    """Seconds, seconds of our own work, and queries until nothing waits any longer."""
    from django.db import connection

    from samordna.domain.notices.working import work_round

    asked = 0

    def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal asked
        asked += 1
        return execute(sql, params, many, context)

    began, worked = time.perf_counter(), time.process_time()
    with connection.execute_wrapper(count):
        while work_round(lambda: at):
            pass
    return time.perf_counter() - began, time.process_time() - worked, asked


def main() -> int:
    """Measure; 1 when somebody got no letter, or two."""
    with temporary_site():
        from django.core import mail

        build()
        measured(NIGHT)
        before, used = len(mail.outbox), memory()
        seconds, worked, queries = measured(MORNING)
        letters = mail.outbox[before:]
        say("digest_persons", PLACES * EACH)
        say("digest_letters", len(letters))
        say("digest_seconds", f"{seconds:.1f}")
        say("digest_cpu_seconds", f"{worked:.1f}")
        say("digest_cpu_ms_each", f"{worked * 1000 / max(len(letters), 1):.1f}")
        say("digest_queries_each", f"{queries / max(len(letters), 1):.1f}")
        say("digest_memory_mb_before", f"{used:.0f}")
        say("digest_memory_mb_after", f"{memory():.0f} (in it the kept letters)")
        again, _worked, _queries = measured(MORNING + timedelta(hours=1))
        say("digest_again_seconds", f"{again:.2f}")
        say("digest_again_letters", len(mail.outbox) - before - len(letters))
        right = len({letter.to[0] for letter in letters}) == len(letters) == PLACES * EACH
    return 0 if right and len(mail.outbox) == before + len(letters) else 1


if __name__ == "__main__":
    sys.exit(main())
