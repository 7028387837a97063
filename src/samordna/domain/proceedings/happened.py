"""What has happened at a meeting, told to forums: which items have notes, questions, something to do."""

from __future__ import annotations

from collections.abc import Collection

from samordna.domain.forums.happened import TELLERS, Happened, Sat, Teller
from samordna.domain.proceedings.enums import QuestionState
from samordna.domain.proceedings.models import ActionPoint, Note, Question, Sitting


def _items(item_ids: Collection[str]) -> Happened:
    noted = Note.objects.filter(item__in=item_ids).exclude(text="").values_list("item_id", flat=True)
    points = ActionPoint.objects.filter(item__in=item_ids).values_list("item_id", flat=True)
    asked = dict[str, bool]()
    for item_id, state in Question.objects.filter(item__in=item_ids).values_list("item_id", "state"):
        asked[item_id] = asked.get(item_id, False) or state == QuestionState.OPEN
    return Happened(
        noted=frozenset(key for key in (*noted, *points) if key),
        asked=frozenset(asked),
        waiting=frozenset(key for key, waits in asked.items() if waits),
    )


def _meeting(meeting_id: str) -> Sat:
    ended = Sitting.objects.filter(meeting_id=meeting_id).values_list("ended_at", flat=True)
    return Sat(opened=bool(ended), going_on=None in list(ended))


TELLERS["proceedings"] = Teller(items=_items, meeting=_meeting)
