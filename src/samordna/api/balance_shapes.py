"""Shapes of what the API gives about the level of detail, and about what does not add up."""

from __future__ import annotations

from ninja import Schema

from samordna.domain.decisions.queries.detail import Level
from samordna.domain.matters.enums import Sharing


class BecauseOut(Schema):
    """A condition as a reason; without words, and without an id, where it is stated in confidence."""

    condition_id: str
    owner: str
    sentence: str
    reason: str
    legal_ground: str
    relax_price: int | None
    hidden: bool
    confidential: bool
    live: bool


class LevelOut(Schema):
    """At which level of detail one aspect is decided, and what another level would mean. See `Level` for the words."""

    aspect: str
    sharing: Sharing
    level: Level
    clash: list[BecauseOut]
    clashes_now: bool
    fewer: int
    saved: int | None
    dearer: int | None


class RemarkOut(Schema):
    """Conditions of one owner that nobody could meet together, or else that say the same."""

    contradicts: bool
    owner: str
    sentences: list[str]
    condition_ids: list[str]
