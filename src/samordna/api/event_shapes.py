"""The shapes of events as JSON."""

from __future__ import annotations

from datetime import date, datetime, time

from ninja import Schema

from samordna.api.common_shapes import Made
from samordna.api.foundation import Page
from samordna.api.meeting_shapes import MeetingRowOut
from samordna.domain.events.queries.pages import Which

__all__ = ["Made"]


class EventRowOut(Schema):
    """One event in a list; when and where it is, is its meeting's. `when`: is it to come, or has it been? `came`: how many
    were there, where that is noted."""

    id: str
    when: Which
    kind: str
    meeting: MeetingRowOut
    why: str
    places: int | None
    coming: int
    came: int | None


class EventsOut(Page):
    """A page of events: those to come, the nearest first, and then those that have been, the latest first."""

    items: list[EventRowOut]


class EventAnswerOut(Schema):
    """Somebody who has answered."""

    id: str
    who: str
    role: str
    organisation: str
    answer: str
    has_place: bool
    note: str
    was_there: bool | None


class LedToOut(Schema):
    """What the event led to."""

    kind: str
    id: str
    title: str
    how: str


class EventOut(Schema):
    """One event."""

    row: EventRowOut
    for_whom: str
    programme: str
    answer_by: date | None
    everybody: bool
    invited: list[str]
    coming: list[EventAnswerOut]
    waiting: list[EventAnswerOut]
    declined: list[EventAnswerOut]
    notes: str
    noted_at: datetime | None
    led_to: list[LedToOut]
    refused: str
    fingerprint: str
    notes_fingerprint: str


class EventAgainIn(Schema):
    """What an event is; `invited`: ids of roles and organisations, besides or instead of everybody."""

    kind: str
    why: str
    for_whom: str = ""
    programme: str = ""
    places: int | None = None
    answer_by: date | None = None
    everybody: bool = True
    invited: list[str] = []


class EventChangeIn(EventAgainIn):
    """What an event is from now on. `seen`: the fingerprint of what one began from."""

    seen: str = ""


class EventIn(EventAgainIn):
    """A new event: the day, and what the clocks show then where the installation is."""

    title: str
    on: date
    begins: time
    ends: time
    place: str = ""
    link: str = ""


class EventAnswerIn(Schema):
    """Whether one comes."""

    answer: str
    note: str = ""


class CameIn(Schema):
    """Ids of the answers of those who were there."""

    came: list[str]


class NotesIn(Schema):
    """What was said and seen. `seen`: the fingerprint of the notes one began from."""

    notes: str
    seen: str = ""


class LedToIn(Schema):
    """What it led to: `kind` is item, matter, decision or experience."""

    kind: str
    thing_id: str
    how: str = ""
