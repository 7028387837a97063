"""A meeting is opened, goes from item to item, and ends."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Refused
from samordna.core.operation import operation
from samordna.domain.forums.enums import AHEAD, ItemState, MeetingState
from samordna.domain.forums.models import Item
from samordna.domain.forums.operations.telling import tell
from samordna.domain.proceedings.access import NOTE
from samordna.domain.proceedings.enums import QuestionState
from samordna.domain.proceedings.models import ItemTime, Question, Sitting
from samordna.domain.proceedings.operations.holding import held_item_for, held_sitting_for, must_sit
from samordna.domain.proceedings.phrases import not_yet


@operation("forum.note")
def open_meeting(*, actor: Actor, meeting_id: str, at: datetime | None = None) -> Sitting:
    """Open the meeting, on its day or later."""
    meeting = held_sitting_for(actor, meeting_id, NOTE, at)
    at = at or clock.now()
    if Sitting.objects.filter(meeting=meeting).exists():
        raise Refused(_("The meeting is opened already."))
    if meeting.state not in AHEAD:
        raise Refused(_("The meeting has been held already."))
    if told := not_yet(meeting.starts_at, at):
        raise Refused(told)
    made = Sitting.objects.create(meeting=meeting, opened_at=at, opened_by_id=actor.holding_id)
    tell(actor, "meeting_opened", meeting.forum, at, meeting)
    return made


@operation("forum.note")
def end_meeting(*, actor: Actor, meeting_id: str, at: datetime | None = None) -> Sitting:
    """End the meeting: everybody leaves, and it has been held. No question may stand open."""
    meeting = held_sitting_for(actor, meeting_id, NOTE, at, winding_up=True)
    at = at or clock.now()
    sitting = must_sit(meeting)
    waiting = Question.objects.filter(item__meeting=meeting, state=QuestionState.OPEN).select_related("item").first()
    if waiting is not None:
        raise Refused(_("A question is still open under “%(item)s”. Settle it or leave it first.") % {"item": waiting.item})
    _end_times(meeting.pk, at)
    meeting.attendances.filter(until__isnull=True).update(until=at)
    sitting.ended_at, sitting.item = at, None
    sitting.save(update_fields=["ended_at", "item"])
    meeting.state, meeting.held_at = MeetingState.HELD, at
    meeting.save(update_fields=["state", "held_at"])
    tell(actor, "meeting_held", meeting.forum, at, meeting)
    return sitting


def _end_times(meeting_id: str, at: datetime) -> None:
    ItemTime.objects.filter(item__meeting_id=meeting_id, ended_at__isnull=True).update(ended_at=at)


@operation("forum.note")
def begin_item(*, actor: Actor, item_id: str, at: datetime | None = None) -> Item:
    """Take up an item; whatever was being taken up stops."""
    item, meeting = held_item_for(actor, item_id, at)
    at = at or clock.now()
    sitting = must_sit(meeting)
    if item.state in {ItemState.CARRIED, ItemState.WITHDRAWN}:
        raise Refused(_("The item is carried over or withdrawn, so it is not taken up at this meeting."))
    if sitting.item_id == item.pk:
        raise Refused(_("The item is being taken up already."))
    _end_times(meeting.pk, at)
    ItemTime.objects.create(item=item, began_at=at)
    sitting.item = item
    sitting.save(update_fields=["item"])
    tell(actor, "item_begun", item.forum, at, item)
    return item


@operation("forum.note")
def finish_item(*, actor: Actor, item_id: str, next_id: str = "", at: datetime | None = None) -> Item:
    """The item has been taken up; go on to the next one, if one is said."""
    item, meeting = held_item_for(actor, item_id, at)
    at = at or clock.now()
    sitting = must_sit(meeting)
    if item.state != ItemState.OPEN:
        raise Refused(_("The item has been taken up, carried over or withdrawn already."))
    if Question.objects.filter(item=item, state=QuestionState.OPEN).exists():
        raise Refused(_("A question is still open under “%(item)s”. Settle it or leave it first.") % {"item": item})
    if sitting.item_id == item.pk:
        _end_times(meeting.pk, at)
        sitting.item = None
        sitting.save(update_fields=["item"])
    item.state = ItemState.DONE
    item.save(update_fields=["state"])
    tell(actor, "item_taken_up", item.forum, at, item)
    if next_id:
        begin_item(actor=actor, item_id=next_id, at=at)
    return item
