"""The shapes of minutes and the register of decisions as JSON."""

from __future__ import annotations

from datetime import date, datetime

from ninja import Field, Schema

from samordna.api.common_shapes import Made, ReasonIn
from samordna.api.foundation import Page

__all__ = ["Made", "ReasonIn"]


class MeetingPackOut(Schema):
    """How far a pack has come: `at_once` (short: fetch it), `unasked`, `queued`, `at_work`, `ready` or `given_up`."""

    stage: str
    asked_at: datetime | None
    made_at: datetime | None
    seconds: int
    pages: int
    size: int
    changed: bool


class MinutesPartOut(Schema):
    """A part of the minutes: prose, and a table where it has one."""

    title: str
    text: str
    columns: list[str]
    rows: list[list[str]]


class DocumentOut(Schema):
    """What the minutes say."""

    title: str
    language: str
    head: list[tuple[str, str]]
    parts: list[MinutesPartOut]


class MinutesItemOut(Schema):
    """An item of the minutes, with what is written of it."""

    id: str
    title: str
    text: str


class AdjusterOut(Schema):
    """One who is asked to adjust, and when it agreed to the version that stands."""

    role_id: str
    role: str
    organisation: str
    agreed_at: datetime | None
    asks: bool


class AskedChangeOut(Schema):
    """A change that was asked for; `now`: of the version that stands?"""

    role: str
    organisation: str
    item: str
    words: str
    said_at: datetime
    version: int
    now: bool


class NoteOut(Schema):
    """A correction note."""

    number: int
    text: str
    written_at: datetime
    written_by: str


class MinutesOut(Schema):
    """A meeting's minutes, with how far they have come and who is waited for."""

    state: str
    number: int
    document: DocumentOut
    items: list[MinutesItemOut]
    fingerprint: str
    sent_at: datetime | None
    adjust_by: date | None
    adjusted_at: datetime | None
    locked_at: datetime | None
    locked_by: str
    digest: str
    adjusters: list[AdjusterOut]
    requests: list[AskedChangeOut]
    corrections: list[NoteOut]
    waited_for: list[str]


class TextsIn(Schema):
    """What the minutes say of items, by the item's id; `seen`: the fingerprint of what one began from."""

    texts: dict[str, str] = Field(max_length=100)
    seen: str = Field(default="", max_length=64)


class SendingIn(Schema):
    """Who adjusts, and by when."""

    role_ids: list[str] = Field(max_length=100)
    adjust_by: date


class AgreedVersionIn(Schema):
    """The number of the version that one has read and agrees to."""

    number: int = Field(ge=1, le=99_999)


class AskedChangeIn(Schema):
    """A change that is asked for: in the whole, or at an item."""

    words: str
    item_id: str = ""


class CorrectionIn(Schema):
    """What turned out to be wrong, and what is right."""

    text: str


class ForumDecisionOut(Schema):
    """A decision in the register."""

    id: str
    reference: str
    on: date
    forum_id: str
    forum: str
    meeting_id: str
    item_id: str
    item: str
    area: str
    result: str
    statement: str
    locked: bool


class ForumDecisionList(Page):
    """A page of the register."""

    items: list[ForumDecisionOut]
