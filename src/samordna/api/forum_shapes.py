"""The shapes of forums as JSON."""

from __future__ import annotations

from datetime import date, time

from ninja import Field, Schema

from samordna.api.common_shapes import Made, ReasonIn
from samordna.api.foundation import Page

__all__ = ["Made", "ReasonIn"]


class OwnerOut(Schema):
    """A collaboration that owns the forum, or is asked to."""

    id: str
    name: str
    accepted: bool


class ForumRowOut(Schema):
    """A forum in a list."""

    id: str
    name: str
    kind: str
    formality: str
    power: str
    rhythm: str
    rhythm_note: str
    place: str
    owners: list[OwnerOut]
    unseen_owners: int
    mine: bool
    asked: bool
    closed_on: date | None


class ForumList(Page):
    """A page of forums."""

    items: list[ForumRowOut]


class SeatOut(Schema):
    """A role that sits in the forum."""

    id: str
    role_id: str
    role: str
    organisation_id: str
    organisation: str
    task: str
    party: str
    holders: list[str]
    deputies: list[str]
    within: bool
    valid_from: date
    valid_to: date | None


class RoutineOut(Schema):
    """How the forum decides from a day on."""

    id: str
    starts_on: date
    until: date | None
    method: str
    voice: str
    quorum: str
    share: str
    raising: str
    items_days: int
    call_days: int
    papers_days: int


class DayOut(Schema):
    """A joint day with its next dates."""

    id: str
    sentence: str
    place: str
    valid_from: date
    valid_to: date | None
    next_on: list[date]


class ReachOut(Schema):
    """What the forum may decide in one area, and for whom."""

    area_id: str
    area: str
    collaboration: str
    verdict: str
    decides_for: list[str]
    adopt: list[str]
    agree: list[str]
    kept: list[str]
    sentence: str


class ForumOut(Schema):
    """A forum, whole."""

    row: ForumRowOut
    purpose: str
    prepares_role_id: str
    prepares: str
    prepared_by: list[str]
    area_ids: list[str]
    seats: list[SeatOut]
    former: list[SeatOut]
    routine: RoutineOut | None
    routines: list[RoutineOut]
    days: list[DayOut]
    reaches: list[ReachOut]
    closed_reason: str
    fingerprint: str


class ForumIn(Schema):
    """A forum to be set up; what is left empty is as its kind's template has it."""

    kind: str
    name: str
    purpose: str = ""
    formality: str = ""
    power: str = ""
    prepares_role_id: str = ""
    rhythm: str = ""
    rhythm_note: str = ""
    place: str = ""
    area_ids: list[str] = []


class ForumDescriptionIn(Schema):
    """What a forum is, said anew."""

    name: str
    purpose: str
    formality: str
    power: str
    prepares_role_id: str = ""
    rhythm: str = "when_needed"
    rhythm_note: str = ""
    place: str = ""
    area_ids: list[str] = []
    seen: str = Field("", max_length=64, description="The fingerprint of what one began from; 409 tells what differs now.")


class RoutineIn(Schema):
    """How a forum decides from a day on."""

    method: str
    voice: str
    quorum: str = "none"
    share: str = "two_thirds"
    raising: str = "anyone"
    items_days: int = 0
    call_days: int = 0
    papers_days: int = 0
    starts_on: date | None = None


class SeatIn(Schema):
    """A role that gets a seat."""

    role_id: str
    task: str = "member"


class SeatsIn(Schema):
    """Roles that get a seat each, with the same task."""

    role_ids: list[str] = Field(max_length=500)
    task: str = "member"


class DayIn(Schema):
    """A joint day; `weekday` counts from Monday, which is 0, and `every` is 1, 2 or 4 weeks."""

    weekday: int
    begins: time
    ends: time
    place: str
    every: int = 1
    valid_from: date | None = None
    valid_to: date | None = None


class ShareIn(Schema):
    """Which collaboration is asked to own it, too."""

    collaboration_id: str
