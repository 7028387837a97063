"""Which meeting an entry of the journal tells of, and to whom: those who are called to it, and whoever prepares it.

A forum with two owners has its entries in two journals; they are told as one. Whoever moves a meeting that nobody is called
to yet tells nobody.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from samordna.core.models import JournalEntry
from samordna.domain.events.enums import Coming
from samordna.domain.events.models import Event
from samordna.domain.forums.enums import ItemKind, MeetingState
from samordna.domain.forums.models import Forum, Item, Meeting, Seat
from samordna.domain.organisations.models import Holding
from samordna.domain.worth.models import Changed, Check

CALLING = frozenset({"meeting_called", "meeting_changed", "meeting_cancelled"})
"""What a letter about is never kept for a later one, and has a calendar file with it."""

MOVING = frozenset({"meeting_changed", "meeting_cancelled"})
"""What everybody who means to come is told, also to an event of a forum in which they do not sit."""

DECISION = "decision_item_placed"


def meeting_told(entry: JournalEntry, content: Mapping[str, Any]) -> str:
    """The id of the meeting; "" when those who are called need not be told, or nobody was called by then."""
    meeting = Meeting.objects.filter(pk=_meeting_of(entry, content)).first()
    if meeting is None or meeting.called_at is None:
        return ""
    if entry.action != "meeting_called" and entry.at <= meeting.called_at:
        return ""
    if entry.action in CALLING or meeting.state == MeetingState.CALLED:
        return meeting.pk
    return ""


def _meeting_of(entry: JournalEntry, content: Mapping[str, Any]) -> str:
    if entry.subject_kind == "meeting":
        return entry.subject_id
    if entry.action in {"item_raised", "item_placed", "item_carried"}:
        return str(content.get("meeting", ""))
    return str(Item.objects.filter(pk=entry.subject_id).values_list("meeting_id", flat=True).first() or "")


def kind_told(entry: JournalEntry) -> str:
    """The kind of notice that the entry becomes: its action, but what is to be decided is told as that."""
    if entry.action not in {"item_raised", "item_placed", "item_carried"}:
        return entry.action
    decides = Item.objects.filter(pk=entry.subject_id, kind=ItemKind.DECISION).exists()
    return DECISION if decides else entry.action


def key_of(entry: JournalEntry) -> str:
    """What is the same for one act, in however many journals it stands."""
    return f"{entry.action}:{entry.subject_id}:{entry.at.timestamp():.6f}"


def called_to(meeting_id: str, running: QuerySet[Holding], on: date, *, guests: bool) -> QuerySet[Holding]:
    """Of these holdings, those of the roles that sit in the meeting's forum on the day, and of the one that prepares; with
    `guests`, also those that an event's invitations have gone to, and who come."""
    sitting = of_forums(Meeting.objects.filter(pk=meeting_id).values("forum_id"), running, on)
    event = Event.objects.filter(meeting=meeting_id).first() if guests else None
    if event is None:
        return sitting
    coming = event.enrolments.filter(answer=Coming.COMING).values("holding_id")
    return sitting | running.filter(Q(role__in=event.told) | Q(pk__in=coming))


def of_forums(forums: Any, running: QuerySet[Holding], on: date) -> QuerySet[Holding]:
    """Of these holdings, those of the roles that sit in the forums on the day, and of those that prepare them."""
    sitting = Seat.objects.filter(forum__in=forums, valid_from__lte=on).exclude(valid_to__lte=on)
    prepares = Forum.objects.filter(pk__in=forums).values("prepares_id")
    return running.filter(Q(role__in=sitting.values("role_id")) | Q(role__in=prepares))


def preparers_of(forums: Any, running: QuerySet[Holding]) -> QuerySet[Holding]:
    """Of these holdings, those of the roles that prepare the forums."""
    return running.filter(role__in=Forum.objects.filter(pk__in=forums).values("prepares_id"))


def checkers_of(entry: JournalEntry, running: QuerySet[Holding]) -> QuerySet[Holding]:
    """Of these holdings, those that answered a meeting check of the forum since it was told last what was changed."""
    answered = Check.objects.filter(meeting__forum=entry.subject_id, answered_at__lte=entry.at)
    before = Changed.objects.filter(forum=entry.subject_id, told_at__lt=entry.at).first()
    if before is not None:
        answered = answered.filter(answered_at__gt=before.told_at)
    return running.filter(pk__in=answered.values("holding_id"))
