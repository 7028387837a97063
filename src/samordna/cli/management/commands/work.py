"""`samordna work`: the worker that posts letters, sends digests and reminders. As many as one likes may run at once."""

from __future__ import annotations

import logging
import os
import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections, connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samordna.core import clock, tasks
from samordna.domain.notices.working import work_round

log = logging.getLogger(__name__)
IDLE_SECONDS, TROUBLED_SECONDS = 1.0, 5.0


class Command(BaseCommand):
    """Works until it is stopped; what it was doing when stopped is finished, when killed taken up by the next."""

    help = gettext_lazy("Do the work that waits: letters, digests, reminders. Runs until it is stopped.")  # type: ignore[assignment]  # Django prints it as text
    requires_system_checks = ()  # the pages are no concern of the worker

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help=_("Do what waits now, and end."))
        parser.add_argument("--beside", type=int, metavar="PID", help=_("End when this process does."))
        parser.add_argument("--again", action="store_true", help=_("First, try again what has been given up."))

    def handle(self, *args: Any, once: bool = False, beside: int = 0, again: bool = False, **options: Any) -> None:
        if again:
            count = tasks.try_again(clock.now())
            self.stdout.write(_("Tried again: %(count)d.") % {"count": count})
        if once:
            while work_round(clock.now):
                pass
            return
        stop = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stop.set())
        while not stop.is_set() and (not beside or os.getppid() == beside):
            stop.wait(_round())


def _round() -> float:
    """One round; returns how long to wait before the next. A database that is away is waited for."""
    try:
        return 0.0 if work_round(clock.now) else IDLE_SECONDS
    except DatabaseError:
        log.exception("The database did not answer the worker.")
        connection.close()
        return TROUBLED_SECONDS
    finally:
        close_old_connections()
