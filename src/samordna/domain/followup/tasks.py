"""What follow-up does in the background: rounds open when a period has ended, files that nobody took in are emptied."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.tasks import daily, task
from samordna.domain.collaborations.enums import CollaborationState
from samordna.domain.collaborations.models import Collaboration
from samordna.domain.followup.limits import FILE_DAYS
from samordna.domain.followup.models import Indicator, ResultFile
from samordna.domain.followup.operations import forget_result_file, open_rounds
from samordna.domain.followup.operations.holding import lock
from samordna.domain.followup.operations.telling import keep_going
from samordna.domain.followup.queries.missing import missing_rounds


@task("followup.rounds", schedule=daily(5, 45))
def open_the_days_rounds(arguments: Mapping[str, Any], at: datetime) -> None:
    """Open every round that should be there, in active collaborations; on a day that was missed, the next day does."""
    actor = Actor.command("A period has ended: its round of reports opens.")
    running = Collaboration.objects.filter(state=CollaborationState.ACTIVE, indicators__ended_at__isnull=True)
    for given in running.filter(indicators__isnull=False).distinct().order_by("pk"):
        if missing_rounds(given, clock.day(at)):
            open_rounds(actor=actor, collaboration_id=given.pk, at=at)


@task("followup.going", whole=False, schedule=daily(4, 20))
def keep_how_it_goes(arguments: Mapping[str, Any], at: datetime) -> None:
    """Make anew how each indicator goes, whatever became of it: a guard, and what an upgrade leaves to be made.

    Each collaboration is held while it is done, so that what is told meanwhile is not written over by what was before it.
    """
    running = Indicator.objects.running()
    for pk in sorted(set(running.order_by().values_list("collaboration_id", flat=True))):
        with transaction.atomic():
            lock(pk)
            keep_going(running.filter(collaboration_id=pk).values_list("pk", flat=True))


@task("followup.forget_files", schedule=daily(3, 50))
def forget_files(arguments: Mapping[str, Any], at: datetime) -> None:
    """Empty the files that were read and that nobody has taken in or dropped since."""
    actor = Actor.command("A file with results has waited too long to be taken in.")
    old = ResultFile.objects.filter(done_at__isnull=True, read_at__lte=at - timedelta(days=FILE_DAYS)).order_by("pk")
    for pk in list(old.values_list("pk", flat=True)):
        forget_result_file(actor=actor, file_id=pk, at=at)
