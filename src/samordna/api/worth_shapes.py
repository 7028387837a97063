"""The shapes of the cost and worth of meetings as JSON."""

from __future__ import annotations

from datetime import date, datetime

from ninja import Schema

from samordna.api.common_shapes import Made

__all__ = ["Made"]


class CostRowOut(Schema):
    """What one organisation has put in; `kronor` is null where it is not known or not one's own to see."""

    organisation_id: str
    organisation: str
    hours: float
    kronor: int | None


class CostOut(Schema):
    """What a forum's meetings of the last year have cost."""

    forum_id: str
    forum: str
    meetings: int
    hours: float
    kronor: int
    unrated: int
    called: int
    rows: list[CostRowOut]


class GroupOut(Schema):
    """Several meetings' answers together, never fewer than five."""

    first: date
    last: date
    meetings: int
    answers: int
    worth: dict[str, int]
    decided: dict[str, int]


class WorthChangedOut(Schema):
    """What was changed."""

    text: str
    told_at: datetime


class WorthOut(Schema):
    """A forum's trend, the latest first; `hidden`: answers that are not shown yet."""

    forum_id: str
    forum: str
    groups: list[GroupOut]
    hidden: int
    changes: list[WorthChangedOut]


class CheckIn(Schema):
    """Three taps and a line."""

    worth: str
    decided: str
    change: str = ""


class ChangedIn(Schema):
    """What was changed because of the checks."""

    text: str
