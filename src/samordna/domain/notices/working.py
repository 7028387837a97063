"""One round of a worker: what the schedules ask for, the journal's news, and the work that is due."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from samordna.core import tasks
from samordna.domain.notices.spreading import is_behind, spread

Clock = Callable[[], datetime]


def work_round(now: Clock, most: int = 200) -> int:
    """Do at most so many pieces of work; returns how many there were, 0 when nothing waits."""
    done = 0
    tasks.tick(now())
    while is_behind() and done < most:
        done += 1
        spread(now())
    while done < most and tasks.work_once(now()):
        done += 1
    return done
