"""Marking notices as read.

This is no operation: having read something is no act towards anybody, and a journal that nobody can erase is no place for
what people look at and when.
"""

from __future__ import annotations

from datetime import datetime

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Absent
from samordna.core.policy import Thing
from samordna.domain.notices.models import Notice
from samordna.domain.notices.subjects import Subject, subjects_of
from samordna.domain.organisations.access import permit


def open_notice(actor: Actor, notice_id: str, at: datetime | None = None) -> Subject:
    """Mark one's own notice as read and say where it leads. `Absent` when one may not see what it is about."""
    permit(actor, "account.change", Thing(person_id=actor.person_id), at)
    at = at or clock.now()
    own = Notice.objects.filter(pk=notice_id, person_id=actor.person_id, role_id=actor.role_id)
    notice = own.first()
    subject = subjects_of(actor, [notice], at).get((notice.about, notice.about_id)) if notice else None
    if notice is None or subject is None:
        raise Absent
    own.filter(read_at__isnull=True).update(read_at=at)
    return subject


def mark_read(actor: Actor, until: datetime, at: datetime | None = None) -> int:
    """Mark the notices of one's role that were there at a moment as read; returns how many. Later ones are not seen yet."""
    permit(actor, "account.change", Thing(person_id=actor.person_id), at)
    own = Notice.objects.filter(person_id=actor.person_id, role_id=actor.role_id, made_at__lte=until, read_at__isnull=True)
    return own.update(read_at=at or clock.now())
