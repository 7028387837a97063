"""The shapes of what happens at a meeting as JSON."""

from __future__ import annotations

from datetime import date, datetime

from ninja import Field, Schema

from samordna.api.common_shapes import Made, ReasonIn
from samordna.api.foundation import Page
from samordna.api.meeting_shapes import ItemOut, MeetingRowOut

__all__ = ["Made", "ReasonIn"]


class SeatAtOut(Schema):
    """A seat at the meeting. `presence` is `present`, `absent` or empty; `people`: who can be there for it, by holding."""

    id: str
    task: str
    name: str
    party: str
    people: list[tuple[str, str]]
    attendance_id: str
    presence: str
    who: str
    since: datetime | None
    answer: str
    earlier: list[str]


class GuestAtOut(Schema):
    """Somebody who is there for no seat."""

    attendance_id: str
    name: str
    gone: bool


class NotedOut(Schema):
    """A line of who was noted, for whoever keeps the notes; `why` and by whom it was struck, if it was."""

    attendance_id: str
    what: str
    why: str
    struck_by: str
    struck_at: datetime | None


class QuorumOut(Schema):
    """How many voices are there, of how many, and how many are needed."""

    present: int
    of: int
    needed: int
    met: bool


class NoteBesideOut(Schema):
    """A text that was written at the same time as another, and has not been written together with it."""

    id: str
    number: int
    text: str
    who: str
    written_at: datetime


class ItemNoteOut(Schema):
    """What stands of an item. A change hands back `number` as its `base`."""

    number: int
    text: str
    who: str
    written_at: datetime | None
    beside: list[NoteBesideOut]


class CastVoiceOut(Schema):
    """What a voice has said, and who cast it; `counts`: is it the one that counts? `earlier`: so many of the same voice
    came before, and are not listed."""

    voice: str
    said: str
    reason: str
    who: str
    put_in: bool
    at: datetime
    earlier: int
    counts: bool


class MotionOut(Schema):
    """A question for decision. `unsettled`: why it cannot be settled yet; `silent`: the voices there that have said
    nothing, and `silent_ids` by their ids; `reference`: the number of the decision."""

    id: str
    item_id: str
    text: str
    method: str
    options: list[tuple[str, str]]
    choices: list[tuple[str, str]]
    open: bool
    voices: list[CastVoiceOut]
    sentences: list[str]
    unsettled: str
    seats: list[tuple[str, str]]
    silent: list[str]
    silent_ids: list[str]
    result: str
    reference: str
    statement: str
    mandate: str
    reservations: list[tuple[str, str]]


class ActionPointOut(Schema):
    """What is to be done after a meeting."""

    id: str
    meeting_id: str
    meeting_on: datetime
    forum_id: str
    forum: str
    item_id: str
    what: str
    owner_role_id: str
    owner: str
    due_on: date | None
    late: bool
    state: str
    ended_note: str
    own: bool


class ForumPointsOut(Schema):
    """What is to be done after a forum's meetings; `total` are open and `many` have ended, of which the nearest and latest
    are listed."""

    running: list[ActionPointOut]
    ended: list[ActionPointOut]
    total: int
    many: int


class ActionPointList(Page):
    """A page of what is to be done."""

    items: list[ActionPointOut]


class ItemAtOut(Schema):
    """An item at the meeting, with everything that was said of it."""

    row: ItemOut
    note: ItemNoteOut
    questions: list[MotionOut]
    points: list[ActionPointOut]
    current: bool
    spent: int


class ProceedingsOut(Schema):
    """A meeting as it goes on. `keeping`: why one does not keep its notes, or empty; `preparing`: why not the agenda."""

    row: MeetingRowOut
    keeping: str
    preparing: str
    opened_at: datetime | None
    ended_at: datetime | None
    seats: list[SeatAtOut]
    guests: list[GuestAtOut]
    noted: list[NotedOut]
    struck: list[NotedOut]
    quorum: QuorumOut
    items: list[ItemAtOut]
    points: list[ActionPointOut]


class AttendanceIn(Schema):
    """Somebody is there for a seat, or a seat is absent, or a guest by name."""

    seat_id: str = ""
    holding_id: str = ""
    name: str = ""
    presence: str = "present"


class StrikeIn(Schema):
    """Why what was noted is wrong."""

    reason: str


class ItemNoteIn(Schema):
    """What an item came to. `base`: the number one began from; `desk`: which open page it is written at."""

    text: str
    base: int = Field(0, ge=0, le=2_000_000_000)
    desk: str = ""
    settles: str = ""


class NoteMade(Schema):
    """The version that was written; `beside`: somebody else had written meanwhile, and both texts are kept."""

    id: str
    number: int
    beside: bool


class FinishIn(Schema):
    """Which item is taken up next, if one is."""

    next_id: str = ""


class MotionIn(Schema):
    """What the meeting is asked to decide; `method` empty: as the forum usually decides."""

    text: str
    method: str = ""
    options: list[str] = Field(default_factory=list, max_length=40)


class VoteIn(Schema):
    """What a voice says: a `choice`, or `ranks` of the options' numbers, the best group first."""

    choice: str = ""
    ranks: list[list[str]] = Field(default_factory=list, max_length=40)
    reason: str = ""
    seat_id: str = ""
    as_coordinator: bool = False


class RestIn(Schema):
    """What is put in for every voice that is there and has said nothing: a `choice` that needs no reason. `voices`: those
    that are meant, as `silent_ids` of the question says; refused (409) when they are not the ones any more."""

    choice: str
    voices: list[str] | None = None


class VoicesPutIn(Schema):
    """How many voices were put in."""

    many: int


class SettleIn(Schema):
    """The decision in words; empty: as it was asked."""

    statement: str = ""


class OutcomeMade(Schema):
    """What came of a question; `reference`: its number in the register, or empty."""

    id: str
    result: str
    reference: str
    statement: str


class ReservationIn(Schema):
    """What one does not agree with, and why."""

    text: str
    seat_id: str = ""


class ActionPointIn(Schema):
    """What is to be done, by which role, until when."""

    what: str
    owner_role_id: str
    due_on: date | None = None
    item_id: str = ""


class ActionPointChangeIn(Schema):
    """Another role or another day, and why."""

    owner_role_id: str
    due_on: date | None = None
    reason: str


class ActionDoneIn(Schema):
    """What came of it."""

    note: str = ""
