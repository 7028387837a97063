"""Who keeps the notes of a meeting, who casts a voice there, and who follows what is to be done.

Reading is the forum's. The notes are kept by those who prepare the forum and by its chair and secretary. Everybody who sits
there and is not co-opted casts a voice. An action point is its owner role's own, and the note keepers'.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Absent, Denied, Forbidden
from samordna.domain.collaborations.access import permit
from samordna.domain.forums.access import item_for, meeting_for, owners_of, permit_forum, thing_of_owner, visible_forums
from samordna.domain.forums.enums import MeetingState, SeatTask
from samordna.domain.forums.models import Forum, Item, Meeting
from samordna.domain.proceedings.enums import Presence
from samordna.domain.proceedings.models import ActionPoint, Attendance, Question

NOTE, VOTE = "forum.note", "forum.vote"
TASKS = {
    NOTE: (SeatTask.CHAIR, SeatTask.SECRETARY),
    VOTE: (SeatTask.CHAIR, SeatTask.SECRETARY, SeatTask.MEMBER, SeatTask.DEPUTY),
}
"""In which tasks a seat gives the right."""
REFUSED = {
    NOTE: gettext_lazy("Only those who prepare the forum, its chair and its secretary keep the notes."),
    VOTE: gettext_lazy("Only those who sit in the forum cast voices there."),
}


def permit_at(actor: Actor, action: str, forum: Forum, at: datetime | None = None) -> None:
    """May the actor do this at the forum's meetings? Raises as `permit` does; reading first.

    The role that is responsible is whoever prepares, and each that sits there in a task that gives the right; and whoever
    is noted as there in such a one's place casts that voice.
    """
    permit_forum(actor, "forum.read", forum, at)
    told: Denied = Forbidden(_("Answer first whether your collaboration is to own the forum together with the others."))
    sits = _sits(actor, action, forum, at) or (action == VOTE and _stands_in(actor, forum))
    for owner in owners_of(forum):
        thing = thing_of_owner(forum, owner)
        if not owner.accepted_at:
            continue
        try:
            permit(actor, action, replace(thing, role_id=actor.role_id) if sits else thing, at)
        except Absent:
            continue
        except Denied:
            told = Forbidden(str(REFUSED[action]))
        else:
            return
    raise told


def _sits(actor: Actor, action: str, forum: Forum, at: datetime | None) -> bool:
    on = clock.day(at or clock.now())
    there = forum.seats.filter(role_id=actor.role_id, task__in=TASKS[action], valid_from__lte=on)
    return bool(actor.role_id) and there.exclude(valid_to__lte=on).exists()


def _stands_in(actor: Actor, forum: Forum) -> bool:
    """Is the actor noted as there, for somebody who casts a voice, at a meeting that is not minuted?"""
    there = Attendance.objects.standing().filter(
        holding_id=actor.holding_id, presence=Presence.PRESENT, meeting__forum=forum
    )
    own = there.filter(seat__task__in=TASKS[VOTE]).exclude(meeting__state=MeetingState.MINUTED)
    return bool(actor.holding_id) and own.exists()


def sitting_for(actor: Actor, meeting_id: str, action: str, at: datetime | None = None) -> Meeting:
    """The meeting, if the actor may do this at it."""
    meeting = meeting_for(actor, meeting_id, at=at)
    permit_at(actor, action, meeting.forum, at)
    return meeting


def noted_item_for(actor: Actor, item_id: str, at: datetime | None = None) -> Item:
    """The item, if the actor keeps the notes of its meeting."""
    item = item_for(actor, item_id, at=at)
    permit_at(actor, NOTE, item.forum, at)
    return item


def question_for(actor: Actor, question_id: str, action: str = "", at: datetime | None = None) -> Question:
    """The question, if the actor may read its forum, or do this in it."""
    related = ("item__forum__prepares__organisation", "item__meeting", "item__area__collaboration", "item__matter__area")
    question = Question.objects.select_related(*related).filter(pk=question_id).order_by().first()
    if question is None:
        raise Absent
    permit_forum(actor, "forum.read", question.item.forum, at)
    if action:
        permit_at(actor, action, question.item.forum, at)
    return question


def action_point_for(actor: Actor, point_id: str, at: datetime | None = None, *, change: bool = False) -> ActionPoint:
    """What is to be done, if the actor may read its forum; to change it, it is its role's or it keeps the notes."""
    related = ("meeting__forum__prepares__organisation", "owner_role__organisation", "item")
    point = ActionPoint.objects.select_related(*related).filter(pk=point_id).order_by().first()
    if point is None:
        raise Absent
    permit_forum(actor, "forum.read", point.meeting.forum, at)
    if change and not answers_for(actor, point, at):
        raise Forbidden(_("Only the role that is to do it, and those who keep the notes, change what is to be done."))
    return point


def answers_for(actor: Actor, point: ActionPoint, at: datetime | None = None) -> bool:
    """Is it the actor's own to do, in a role that may bring things up in the forum, or does it keep the notes there?"""
    own = actor.role_id == point.owner_role_id
    try:
        if own:
            permit_forum(actor, "forum.raise", point.meeting.forum, at)
        else:
            permit_at(actor, NOTE, point.meeting.forum, at)
    except Denied:
        return False
    return True


def keeps(actor: Actor, forum: Forum, at: datetime | None = None) -> bool:
    """Does the actor keep the notes of the forum's meetings?"""
    try:
        permit_at(actor, NOTE, forum, at)
    except Denied:
        return False
    return True


def visible_points(actor: Actor, at: datetime | None = None) -> QuerySet[ActionPoint]:
    """What is to be done that the actor may read: in forums that it may read."""
    return ActionPoint.objects.filter(Q(meeting__forum__in=visible_forums(actor, at)))
