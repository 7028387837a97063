"""Whoever changes a programme holds it until the change is written; and how the journal is told."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from samordna.core import clock, journal
from samordna.core.actor import Actor
from samordna.core.errors import Refused
from samordna.domain.collaborations.enums import CollaborationState
from samordna.domain.introductions.access import KEEP, programme_for
from samordna.domain.introductions.limits import EARLIEST
from samordna.domain.introductions.models import Programme
from samordna.domain.organisations.findings import Findings


def held_programme_for(actor: Actor, programme_id: str, at: datetime | None, action: str = KEEP) -> Programme:
    """The programme, held; it has not ended and its collaboration goes on. Raises `Refused` when it has."""
    programme_for(actor, programme_id, action, at)
    Programme.objects.select_for_update(of=("self",)).get(pk=programme_id)
    programme = programme_for(actor, programme_id, action, at)
    if programme.ended_on is not None:
        raise Refused(_("The programme has ended, so it stands as it was."))
    if programme.collaboration is not None and programme.collaboration.state == CollaborationState.CLOSED:
        raise Refused(_("The collaboration is closed, so its introductions stand as they were."))
    return programme


def tell(actor: Actor, action: str, programme: Programme, at: datetime, /, **content: Any) -> None:
    """One entry, in the collaboration's journal where it is coordinated and published: those who take part do not see the
    draft, so neither do they read of it."""
    journal.record(
        actor=actor,
        action=action,
        subject_kind="introduction_programme",
        subject_id=programme.pk,
        collaboration_id=(programme.collaboration_id or "") if programme.published_on else "",
        at=at,
        **content,
    )


def check_done_on(found: Findings, on: date, at: datetime) -> None:
    """Something was done on a day that has come, and in living memory."""
    if on > clock.day(at):
        found.say("on", _("Choose today or an earlier day."))
    if on < EARLIEST:
        found.say("on", _("Choose a day from %(first)s on.") % {"first": EARLIEST.isoformat()})
