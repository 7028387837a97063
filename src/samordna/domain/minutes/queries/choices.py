"""Whom one can ask to adjust minutes."""

from __future__ import annotations

from datetime import datetime

from samordna.core import clock
from samordna.domain.forums.access import owners_of
from samordna.domain.forums.choosing import preparers_within
from samordna.domain.forums.models import Forum
from samordna.domain.proceedings.access import TASKS, VOTE


def adjuster_roles(forum: Forum, at: datetime) -> tuple[tuple[str, str], ...]:
    """The roles that sit in the forum on the day (or sat there when it closed), are not co-opted there, and do more in its
    collaborations than read; by name."""
    on = clock.day(at)
    seats = forum.seats.filter(task__in=TASKS[VOTE], valid_from__lte=on, role__in=preparers_within(owners_of(forum), on))
    seats = seats.filter(valid_to=forum.closed_on) if forum.closed_on else seats.exclude(valid_to__lte=on)
    rows = seats.select_related("role__organisation").order_by("role__organisation__name", "role__name", "pk")
    return tuple(dict.fromkeys((seat.role_id, f"{seat.role.organisation.name}: {seat.role.name}") for seat in rows))
