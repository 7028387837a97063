"""A long meeting pack asked for, to be put together in the background."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Refused
from samordna.core.operation import operation
from samordna.core.tasks import Job, enqueue
from samordna.domain.forums.access import ATTEND, meeting_for
from samordna.domain.forums.operations.telling import tell
from samordna.domain.minutes.models import Pack
from samordna.domain.minutes.queries.pack import PACK_TASK, given_up, laid_out, standing_pack


@operation(ATTEND)
def prepare_pack(*, actor: Actor, meeting_id: str, at: datetime | None = None) -> Pack:
    """Have the meeting's papers put together as one file, as the actor may read them now. What is put together already, or
    is waited for, is not made twice."""
    meeting = meeting_for(actor, meeting_id, ATTEND, at)
    at = at or clock.now()
    if actor.holding_id is None:
        raise Refused(_("The papers are put together for somebody who holds a role."))
    laid = laid_out(actor, meeting_id, at)
    pack = standing_pack(meeting_id, laid.digest)
    if pack is None or given_up(pack):
        pack = Pack.objects.create(meeting=meeting, digest=laid.digest, asked_at=at, asked_by_id=actor.holding_id)
        enqueue(PACK_TASK, [Job(key=pack.pk, arguments={"pack": pack.pk})], at)
    tell(actor, "pack_asked_for", meeting.forum, at, meeting)
    return pack
