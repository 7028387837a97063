"""The shapes of answers to calls and of calendars' addresses as JSON."""

from __future__ import annotations

from datetime import datetime

from ninja import Field, Schema

from samordna.api.common_shapes import Made
from samordna.api.forum_shapes import SeatOut

__all__ = ["Made"]


class AnswerRowOut(Schema):
    """A role that is called; `says` is empty while it has not answered the call as the meeting is now."""

    seat: SeatOut
    says: str
    instead: str
    answered_at: datetime | None


class PartyRowOut(Schema):
    """A party: does somebody come who speaks for it, and has anybody of it not answered?"""

    name: str
    voice: bool
    open: bool


class ComingOut(Schema):
    """Who comes to a meeting."""

    called: bool
    rows: list[AnswerRowOut]
    parties: list[PartyRowOut]
    deputies: list[tuple[str, str]]
    coming: int
    unanswered: int


class CallAnswerIn(Schema):
    """Comes, comes by a deputy (`instead_id`), cannot, or perhaps. Without `role_id`, for the role that one holds."""

    says: str
    instead_id: str = ""
    role_id: str = ""


class CalendarAnswerIn(Schema):
    """What a calendar sent back (iTIP), and the address that it came from, which whoever hands it in vouches for."""

    sender: str = Field(max_length=254)
    file: str = Field(max_length=200_000)


class FileOut(Schema):
    """A calendar file."""

    file: str


class AddressOut(Schema):
    """One's own secret address for a calendar: for one forum, or for all one's meetings."""

    id: str
    forum_id: str
    forum: str
    address: str
    made_at: datetime
    stopped: bool


class AddressesOut(Schema):
    """One's own addresses, and the forums for which one may make one."""

    all: AddressOut | None
    rows: list[AddressOut]
    forums: list[tuple[str, str]]


class FeedAddressIn(Schema):
    """For one forum; empty means all one's meetings."""

    forum_id: str = Field("", max_length=12)
