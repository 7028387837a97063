"""What rests on a role from minutes: to adjust them until they are locked."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from samordna.core.actor import Actor
from samordna.domain.forums.access import visible_forums
from samordna.domain.forums.models import Forum
from samordna.domain.forums.operations.telling import tell
from samordna.domain.minutes.enums import MinutesState
from samordna.domain.minutes.models import Adjuster
from samordna.domain.organisations.standing import RoleTask, tell_of


def tasks(actor: Actor, role_id: str, at: datetime) -> list[RoleTask]:
    """The minutes that the role is asked to adjust."""
    rows = list(_asked(role_id).select_related("minutes__meeting__forum").order_by("asked_at", "pk"))
    forums = {row.minutes.meeting.forum_id for row in rows}
    seen = set(visible_forums(actor, at).filter(pk__in=forums).values_list("pk", flat=True)) if forums else set()
    return [
        RoleTask(what=_("adjusts the minutes of"), about=meeting.forum.name, url_name="minutes", url_args=(meeting.pk,))
        if meeting.forum_id in seen
        else RoleTask(what=_("adjusts minutes that you cannot see"))
        for meeting in (row.minutes.meeting for row in rows)
    ]


def _asked(role_id: str) -> QuerySet[Adjuster]:
    return Adjuster.objects.filter(role_id=role_id, ended_at__isnull=True).exclude(minutes__state=MinutesState.LOCKED)


def hand_over(actor: Actor, role_id: str, to_role_id: str, at: datetime) -> None:
    """Let the other role adjust what this one was asked to; what has been said of a version stays said."""
    touched = _asked(role_id).values("minutes__meeting__forum_id")
    for forum in Forum.objects.select_for_update().filter(pk__in=touched).order_by("pk"):
        for row in _asked(role_id).filter(minutes__meeting__forum=forum).select_related("minutes__meeting"):
            if _asked(to_role_id).filter(minutes=row.minutes).exists():
                row.ended_at = at
            else:
                row.role_id = to_role_id
            row.save(update_fields=["ended_at", "role"])
            told = {"roles": [to_role_id], "from_role": role_id}
            tell(actor, "adjuster_handed_over", forum, at, row.minutes.meeting, **told)


tell_of("minutes", tasks, hand_over)
