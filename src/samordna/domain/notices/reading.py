"""Marking notices as read.

This is no operation: having read something is no act towards anybody, and a journal that nobody can erase is no place for
what people look at and when.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.db.models import Count, QuerySet

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Absent
from samordna.core.policy import Thing
from samordna.core.unwritten import until_written
from samordna.domain.notices.kinds import kind_of
from samordna.domain.notices.models import Notice
from samordna.domain.notices.subjects import Subject, keys_of, subjects_of
from samordna.domain.organisations.access import permit

BEFORE_ALL = datetime(2000, 1, 1, tzinfo=UTC)
"""Nothing was told of before this; earlier moments there are that no database can tell in its own time."""


def open_notice(actor: Actor, notice_id: str, at: datetime | None = None) -> Subject:
    """Mark one's own notice as read, and earlier ones of that day that tell the same of the same; say where it leads.

    `Absent` when one may not see what it is about.
    """
    permit(actor, "account.change", Thing(person_id=actor.person_id), at)
    at = at or clock.now()
    own = Notice.objects.filter(pk=notice_id, person_id=actor.person_id, role_id=actor.role_id)
    notice = own.first()
    subject = subjects_of(actor, keys_of([notice]), at).get((notice.about, notice.about_id)) if notice else None
    if notice is None or subject is None:
        raise Absent
    told = unread_by(actor).filter(kind=notice.kind, about=notice.about, about_id=notice.about_id, due=notice.due)
    earlier = told.filter(at__lte=notice.at, at__gt=notice.at - timedelta(days=2)).values_list("pk", "at")
    same = [pk for pk, moment in earlier if clock.day(moment) == clock.day(notice.at)]
    Notice.objects.filter(pk__in=same, read_at__isnull=True).update(read_at=at)
    return subject


def mark_read(actor: Actor, until: datetime, at: datetime | None = None) -> int:
    """Mark the notices of one's role that were there at a moment as read. Later ones are not seen yet.

    Returns how many the page showed: one that tells of what the actor may no longer see is marked and not counted.
    """
    permit(actor, "account.change", Thing(person_id=actor.person_id), at)
    at = at or clock.now()
    own = unread_by(actor).filter(made_at__lte=max(until, BEFORE_ALL))
    shown = count_seen(actor, own, at)
    own.update(read_at=at)
    return shown


def unread_by(actor: Actor) -> QuerySet[Notice]:
    """What the actor has not read as the holder of the role it acts in."""
    return Notice.objects.filter(person_id=actor.person_id, role_id=actor.role_id, read_at__isnull=True)


def count_seen(actor: Actor, notices: QuerySet[Notice], at: datetime) -> int:
    """How many of the notices the page shows: those of a kind we know, about what the actor may see. As many queries for
    one as for three hundred, and one when there are none."""
    counted = notices.order_by().values_list("kind", "about", "about_id").annotate(n=Count("pk"))
    known = sorted((about, pk, n) for kind, about, pk, n in counted if kind_of(kind) is not None)
    if not known:
        return 0
    keys = {(about, pk) for about, pk, _n in known}
    seen = until_written(
        "notices", (actor, sorted(keys)), lambda: frozenset(subjects_of(actor, keys, at)), at
    )  # the bell asks on every page
    return sum(n for about, pk, n in known if (about, pk) in seen)
