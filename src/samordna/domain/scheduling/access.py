"""Series and questions about times open with their forum: who reads it reads them, who prepares it changes them.

A role that is asked answers for itself; those who prepare may write down what they have been told by others.
"""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from samordna.core.actor import Actor
from samordna.core.errors import Absent, Forbidden
from samordna.domain.forums.access import PREPARE, RAISE, READ, permit_forum, prepares
from samordna.domain.scheduling.models import Asked, Series, Spot, TimeOption, TimeQuestion

__all__ = ["PREPARE", "RAISE", "READ", "asked_for", "option_for", "question_for", "series_for", "spot_for"]

FORUM = "forum__prepares__organisation"


def series_for(actor: Actor, series_id: str, action: str = READ, at: datetime | None = None) -> Series:
    """The series, if the actor may do this with its forum."""
    found = Series.objects.select_related(FORUM).filter(pk=series_id).order_by().first()
    if found is None:
        raise Absent
    permit_forum(actor, action, found.forum, at)
    return found


def question_for(actor: Actor, question_id: str, action: str = READ, at: datetime | None = None) -> TimeQuestion:
    """The question, if the actor may do this with its forum."""
    found = TimeQuestion.objects.select_related(FORUM, "meeting").filter(pk=question_id).order_by().first()
    if found is None:
        raise Absent
    permit_forum(actor, action, found.forum, at)
    return found


def option_for(actor: Actor, option_id: str, action: str = READ, at: datetime | None = None) -> TimeOption:
    """The proposed time, if the actor may do this with its forum."""
    found = TimeOption.objects.select_related(f"question__{FORUM}", "spot").filter(pk=option_id).order_by().first()
    if found is None:
        raise Absent
    permit_forum(actor, action, found.question.forum, at)
    return found


def spot_for(actor: Actor, spot_id: str, action: str = READ, at: datetime | None = None) -> Spot:
    """The place, if the actor may do this with its forum."""
    found = Spot.objects.select_related(f"question__{FORUM}").filter(pk=spot_id).order_by().first()
    if found is None:
        raise Absent
    permit_forum(actor, action, found.question.forum, at)
    return found


def asked_for(actor: Actor, asked_id: str, at: datetime | None = None) -> Asked:
    """The asked role, if the actor may answer for it: it holds that role, or it prepares the forum."""
    found = Asked.objects.select_related(f"question__{FORUM}", "role").filter(pk=asked_id).order_by().first()
    if found is None:
        raise Absent
    permit_forum(actor, RAISE, found.question.forum, at)
    if found.role_id != actor.role_id and not prepares(actor, found.question.forum, at):
        raise Forbidden(_("Only whoever holds the role, and those who prepare the forum, answer for it."))
    return found
