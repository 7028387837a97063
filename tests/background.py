"""The background work, done at once."""

from __future__ import annotations

from datetime import datetime

from samordna.core import clock, tasks
from samordna.domain.notices.working import work_round


def work(at: datetime | None = None) -> int:
    """Do everything that waits, as if it were `at`; returns how many pieces of work there were."""
    done = 0
    while now := work_round(lambda: at or clock.now()):
        done += now
    return done


def post_letters() -> None:
    """Post the letters that are in the outbox, and do nothing else."""
    while tasks.work_once(clock.now()):
        pass
