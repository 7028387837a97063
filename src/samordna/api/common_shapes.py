"""Shapes that several parts of the API have in common."""

from __future__ import annotations

from ninja import Schema


class Made(Schema):
    """What was made or changed."""

    id: str


class ReasonIn(Schema):
    """A reason."""

    reason: str


class SpanOut(Schema):
    """An estimate."""

    low: int
    likely: int
    high: int
