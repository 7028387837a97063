"""The shapes of what is on its way in follow-up: drafts of goals, what goals rest on, files with results."""

from __future__ import annotations

from datetime import datetime

from ninja import Schema
from pydantic import field_validator

from samordna.api.followup_shapes import GoalDraftIn


class GoalDraftOut(GoalDraftIn):
    """A goal as far as it is known. `lacks`: by field what is missing; `goal_id`: what it became, or nothing."""

    id: str
    collaboration_id: str
    goal_id: str | None
    lacks: dict[str, str]


class GoalGroundOut(Schema):
    """One thing that a goal rests on."""

    id: str
    kind: str
    thing_id: str
    title: str


class GoalGroundsOut(Schema):
    """What a goal rests on, as far as one may read it."""

    grounds: list[GoalGroundOut]


class WrongRowOut(Schema):
    """One row that cannot be kept: its line, the column, what stands there, and a sentence."""

    line: int
    column: str
    text: str
    sentence: str


class CorrectedFigureOut(Schema):
    """A figure that would get another value."""

    indicator: str
    organisation: str
    period: str
    before: str
    after: str


class ResultFileOut(Schema):
    """What taking a file in would do. The first of each are told; the counts count them all."""

    id: str
    name: str
    read_at: datetime
    done: bool
    kept: int
    rows: int
    new: int
    same: int
    corrected: list[CorrectedFigureOut]
    corrected_count: int
    wrong: list[WrongRowOut]
    wrong_count: int

    @field_validator("wrong", mode="before")
    @classmethod
    def without_labels(cls, given: object) -> object:
        """The rows alone: a column is named as it is in the API."""
        return [each[1] if isinstance(each, tuple) else each for each in given] if isinstance(given, tuple) else given
