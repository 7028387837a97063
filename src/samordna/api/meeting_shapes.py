"""The shapes of meetings and items as JSON."""

from __future__ import annotations

from datetime import date, datetime, time

from ninja import Field, Schema

from samordna.api.common_shapes import Made, ReasonIn
from samordna.api.forum_shapes import SeatOut
from samordna.api.foundation import Page

__all__ = ["Made", "ReasonIn"]


class MeetingRowOut(Schema):
    """A meeting in a list."""

    id: str
    forum_id: str
    forum: str
    title: str
    starts_at: datetime
    ends_at: datetime
    place: str
    link: str
    state: str
    fingerprint: str


class MeetingList(Page):
    """A page of meetings."""

    items: list[MeetingRowOut]


class PaperOut(Schema):
    """Something to read before an item: a link or a text."""

    id: str
    name: str
    address: str
    text: str


class ItemOut(Schema):
    """An item; for a decision, `allowed` says whether the forum may take it by the mandates of now, and `mandate` why.
    In an area that one may not see (`hidden_area`) one is not told."""

    id: str
    number: int
    kind: str
    title: str
    purpose: str
    minutes: int | None
    begins: datetime | None
    owner_role_id: str
    owner: str
    matter_id: str
    matter: str
    hidden_matter: bool
    area_id: str
    area: str
    hidden_area: bool
    raised_at: datetime
    raised_for: str
    state: str
    withdrawn_reason: str
    carried_to: str
    papers: list[PaperOut]
    allowed: bool
    mandate: str
    own: bool
    fingerprint: str


class DeadlineOut(Schema):
    """The last day for something before a meeting."""

    what: str
    day: date
    late: bool


class MeetingOut(Schema):
    """A meeting with its agenda."""

    row: MeetingRowOut
    cancelled_reason: str
    items: list[ItemOut]
    gone: list[ItemOut]
    backlog: list[ItemOut]
    deadlines: list[DeadlineOut]
    seats: list[SeatOut]
    boxed: int
    spare: int
    raising: str


class AheadOut(Schema):
    """What a forum has before it and behind it, and why one may not raise an item there, or ""."""

    coming: list[MeetingRowOut]
    past: list[MeetingRowOut]
    backlog: list[ItemOut]
    raising: str


class MeetingIn(Schema):
    """When and where: the day, and what the clocks show then where the installation is."""

    on: date
    begins: time
    ends: time
    title: str = ""
    place: str = ""
    link: str = ""


class MeetingAgainIn(MeetingIn):
    """When and where, said anew."""

    seen: str = Field("", max_length=64, description="The fingerprint of what one began from; 409 tells what differs now.")


class ItemDescriptionIn(Schema):
    """What an item is about."""

    kind: str
    title: str
    purpose: str = ""
    minutes: int | None = None
    owner_role_id: str = ""
    matter_id: str = ""
    area_id: str = ""


class DescriptionAgainIn(ItemDescriptionIn):
    """What an item is about, said anew."""

    seen: str = Field("", max_length=64, description="The fingerprint of what one began from; 409 tells what differs now.")


class ItemIn(ItemDescriptionIn):
    """An item to be raised; without a meeting, for the backlog. It comes last; those who prepare may put it `first`."""

    meeting_id: str = ""
    first: bool = False


class PaperIn(Schema):
    """Something to read: a link or a text."""

    name: str
    address: str = ""
    text: str = ""


class PlaceIn(Schema):
    """A meeting that is still to come; empty means the backlog."""

    meeting_id: str = ""


class MoveItemIn(Schema):
    """So many steps down, or, negative, up."""

    by: int
