"""Own work for a common goal: not everything is done together, but each one's own work helps the whole (N2)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from samordna.core import clock, journal
from samordna.core.actor import Actor
from samordna.core.errors import Refused, TooLarge
from samordna.core.operation import operation
from samordna.domain.adherence.access import own_work_for
from samordna.domain.adherence.models import OwnWork
from samordna.domain.collaborations.access import contribution_for, goal_for
from samordna.domain.decisions.operations.held import holding_of
from samordna.domain.matters.typed import Typed

MOST = 20  # own works of one organisation for one goal


@operation("collaboration.contribute")
def state_own_work(*, actor: Actor, goal_id: str, what: str, how: str, at: datetime | None = None) -> OwnWork:
    """Say what one's own organisation does by itself that helps a goal, and how it helps."""
    goal, at = goal_for(actor, goal_id, at=at), at or clock.now()
    _collaboration, organisation_id = contribution_for(actor, goal.collaboration_id, at)
    if organisation_id is None:
        raise Refused(_("Own work is told by those who do it: the organisations that take part."))
    if goal.ended_at is not None:
        raise Refused(_("This goal is no longer worked for."))
    typed = Typed()
    said = {
        "what": typed.text("what", what, needed=_("Say what you do.")),
        "how": typed.text("how", how, needed=_("Say how it helps the goal, so that the others can see it.")),
    }
    typed.finish()
    if OwnWork.objects.filter(goal=goal, organisation_id=organisation_id, ended_at__isnull=True).count() >= MOST:
        raise TooLarge(_("At most %(most)s of your own works are told for one goal. End one first.") % {"most": MOST})
    made = OwnWork.objects.create(
        goal=goal, organisation_id=organisation_id, stated_at=at, stated_by_id=holding_of(actor), **said
    )
    _record(actor, "own_work_stated", made, at, goal=goal.pk, **said)
    return made


@operation("collaboration.contribute")
def end_own_work(*, actor: Actor, work_id: str, at: datetime | None = None) -> OwnWork:
    """Say that own work is no longer done. It is kept."""
    work, at = own_work_for(actor, work_id, at), at or clock.now()
    if work.ended_at is not None:
        raise Refused(_("This is ended already."))
    work.ended_at = at
    work.save(update_fields=["ended_at"])
    _record(actor, "own_work_ended", work, at)
    return work


def _record(actor: Actor, action: str, work: OwnWork, at: datetime, **content: Any) -> None:
    journal.record(
        actor=actor,
        action=action,
        subject_kind="own_work",
        subject_id=work.pk,
        collaboration_id=work.goal.collaboration_id,
        at=at,
        **content,
    )
