"""Whoever changes something at a meeting holds its forum until the change is written, so that nobody undoes another's."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from samordna.core.actor import Actor
from samordna.core.errors import Refused
from samordna.domain.forums.enums import MeetingState
from samordna.domain.forums.models import Item, Meeting
from samordna.domain.forums.operations.holding import hold, must_not_be_closed, must_run
from samordna.domain.proceedings.access import NOTE, action_point_for, noted_item_for, question_for, sitting_for
from samordna.domain.proceedings.models import ActionPoint, Question, Sitting


def held_sitting_for(
    actor: Actor, meeting_id: str, action: str, at: datetime | None, *, winding_up: bool = False
) -> Meeting:
    """The meeting, with its forum held; it is neither cancelled nor minuted. `winding_up`: also when nothing new begins
    there any more."""
    hold(sitting_for(actor, meeting_id, action, at).forum_id)
    meeting = sitting_for(actor, meeting_id, action, at)
    must = must_not_be_closed if winding_up else must_run
    must(meeting.forum)
    must_be_open_for_notes(meeting)
    return meeting


def held_item_for(actor: Actor, item_id: str, at: datetime | None) -> tuple[Item, Meeting]:
    """The item and the meeting it is on, with the forum held, for whoever keeps the notes."""
    hold(noted_item_for(actor, item_id, at).forum_id)
    item = noted_item_for(actor, item_id, at)
    must_run(item.forum)
    if item.meeting is None:
        raise Refused(_("The item is on no meeting's agenda, so nothing is written of it yet."))
    must_be_open_for_notes(item.meeting)
    return item, item.meeting


def held_question_for(
    actor: Actor, question_id: str, action: str, at: datetime | None, *, winding_up: bool = False
) -> Question:
    """The question, with its forum held."""
    hold(question_for(actor, question_id, action, at).item.forum_id)
    question = question_for(actor, question_id, action, at)
    must = must_not_be_closed if winding_up else must_run
    must(question.item.forum)
    return question


def held_point_for(actor: Actor, point_id: str, at: datetime | None) -> ActionPoint:
    """What is to be done, with its forum held."""
    hold(action_point_for(actor, point_id, at, change=True).meeting.forum_id)
    return action_point_for(actor, point_id, at, change=True)


def must_be_open_for_notes(meeting: Meeting) -> None:
    """Notes are taken until the meeting is minuted."""
    if meeting.state == MeetingState.CANCELLED:
        raise Refused(_("The meeting is cancelled, so nothing is written of it."))
    if meeting.state == MeetingState.MINUTED:
        raise Refused(_("The meeting is minuted, so its notes stand as they are. Write a correction in the minutes."))


def must_have_sat(meeting: Meeting) -> Sitting:
    """The sitting that goes on, or has ended."""
    sitting = Sitting.objects.filter(meeting=meeting).first()
    if sitting is None:
        raise Refused(_("The meeting has not been opened yet. Open it first."))
    return sitting


def must_sit(meeting: Meeting) -> Sitting:
    """The sitting that goes on."""
    sitting = must_have_sat(meeting)
    if sitting.ended_at is not None:
        raise Refused(_("The meeting has ended, so nothing more is decided at it."))
    return sitting


__all__ = ["NOTE", "held_item_for", "held_point_for", "held_question_for", "held_sitting_for", "must_sit"]
