"""The shapes of conversations as JSON."""

from __future__ import annotations

from datetime import datetime

from ninja import Schema

from samordna.api.common_shapes import Made

__all__ = ["Made"]


class PlaceOut(Schema):
    """The forum or the matter that is talked about."""

    kind: str
    id: str
    title: str


class ThreadRowOut(Schema):
    """One thread in a list."""

    id: str
    subject: str
    started_at: datetime
    started_for: str
    latest_at: datetime
    messages: int


class ThreadListOut(Schema):
    """The threads of a forum or a matter, the latest first; `speaking`: why one may not speak there, or ""."""

    place: PlaceOut
    rows: list[ThreadRowOut]
    page: int
    more: bool
    speaking: str


class GrownOut(Schema):
    """What a message was taken further as."""

    kind: str
    id: str
    title: str


class EarlierMessageOut(Schema):
    """What a message said before it was worded anew."""

    text: str
    until: datetime


class MessageOut(Schema):
    """One message; withdrawn, its text is empty."""

    id: str
    who: str
    role: str
    organisation: str
    said_at: datetime
    text: str
    quotes_id: str
    quoted: str
    mentions: list[str]
    changed_at: datetime | None
    earlier: list[EarlierMessageOut]
    withdrawn_at: datetime | None
    withdrawn_reason: str
    grown: list[GrownOut]
    own: bool
    editable: bool


class ThreadOut(Schema):
    """A thread with one page of its messages."""

    id: str
    subject: str
    place: PlaceOut
    messages: list[MessageOut]
    page: int
    pages: int
    total: int
    speaking: str


class SayIn(Schema):
    """Something to say; `mentions`: ids of roles that are told."""

    text: str
    mentions: list[str] = []
    quotes: str = ""


class ThreadIn(Schema):
    """A new thread with its first message."""

    subject: str
    text: str
    mentions: list[str] = []


class RewordIn(Schema):
    """A message worded anew."""

    text: str


class WithdrawIn(Schema):
    """Why a message is withdrawn; needed for somebody else's."""

    reason: str = ""


class AsItemIn(Schema):
    """An item of a message."""

    forum_id: str
    kind: str
    title: str
    purpose: str = ""


class AsMatterIn(Schema):
    """A matter of a message."""

    collaboration_id: str
    area_id: str
    title: str
    purpose: str
    for_the_individual: str


class AsExperienceIn(Schema):
    """An experience of a message, about a version of a decision."""

    version_id: str
    tone: str
    text: str
    effect: str = ""
