"""What rests on a role from meetings: what it is to do."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from samordna.core.actor import Actor
from samordna.domain.forums.access import visible_forums
from samordna.domain.forums.models import Forum
from samordna.domain.forums.operations.telling import tell
from samordna.domain.organisations.standing import RoleTask, tell_of
from samordna.domain.proceedings.enums import ActionState, Step
from samordna.domain.proceedings.models import ActionPoint, ActionStep


def tasks(actor: Actor, role_id: str, at: datetime) -> list[RoleTask]:
    """What the role is to do and has not done."""
    points = list(_open(role_id).select_related("meeting").order_by("due_on", "noted_at", "pk"))
    forums = {point.meeting.forum_id for point in points}
    seen = set(visible_forums(actor, at).filter(pk__in=forums).values_list("pk", flat=True)) if forums else set()
    return [
        RoleTask(what=_("is to do"), about=point.what, url_name="meeting", url_args=(point.meeting_id,))
        if point.meeting.forum_id in seen
        else RoleTask(what=_("is to do something after a meeting that you cannot see"))
        for point in points
    ]


def _open(role_id: str) -> QuerySet[ActionPoint]:
    return ActionPoint.objects.filter(owner_role_id=role_id, state=ActionState.OPEN)


def hand_over(actor: Actor, role_id: str, to_role_id: str, at: datetime) -> None:
    """Let the other role do what this one was to do."""
    touched = _open(role_id).values("meeting__forum_id")
    for forum in Forum.objects.select_for_update().filter(pk__in=touched).order_by("pk"):
        for point in _open(role_id).filter(meeting__forum=forum).select_related("meeting"):
            point.owner_role_id = to_role_id
            point.save(update_fields=["owner_role"])
            ActionStep.objects.create(
                point=point, step=Step.HANDED, from_role_id=role_id, taken_at=at, taken_by_id=actor.holding_id
            )
            told = {"point": point.pk, "owner_role": to_role_id, "from_role": role_id}
            tell(actor, "action_handed_over", forum, at, point.meeting, **told)


tell_of("proceedings", tasks, hand_over)
