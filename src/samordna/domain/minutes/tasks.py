"""What minutes do in the background: long meeting packs are put together, and forgotten after some days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from samordna.core import clock
from samordna.core.actor import Via
from samordna.core.errors import Absent, Denied
from samordna.core.tasks import daily, task
from samordna.domain.minutes.limits import PACKS_KEPT
from samordna.domain.minutes.models import Pack
from samordna.domain.minutes.queries.pack import PACK_TASK, laid_out
from samordna.domain.organisations.access import actor_for_holding


@task(PACK_TASK, attempts=3, whole=False)
def put_together(arguments: Mapping[str, Any], at: datetime) -> None:
    """Make one pack as whoever asked for it may read it now; nothing is made for somebody who may no longer.

    Not one transaction: setting two hundred pages takes seconds, for which nobody else may be kept from writing. Done
    twice it gives the same bytes.
    """
    asked = Pack.objects.filter(pk=arguments["pack"], made_at__isnull=True)
    pack = asked.first()
    if pack is None:
        return
    asked.update(begun_at=at)
    try:
        actor = actor_for_holding(pack.asked_by_id, Via.COMMAND, at)
        laid = laid_out(actor, pack.meeting_id, at)
    except (Absent, Denied):
        asked.delete()
        return
    made = laid.printed()
    asked.update(pdf=made, digest=laid.digest, made_at=clock.now())


@task("minutes.clear_packs", schedule=daily(3, 50))
def clear_packs(arguments: Mapping[str, Any], at: datetime) -> None:
    """Forget packs that were asked for some days ago; they can be made anew."""
    Pack.objects.filter(asked_at__lt=at - timedelta(days=PACKS_KEPT)).delete()
