"""The shapes of the purpose, the shared picture and what each one needs as JSON."""

from __future__ import annotations

from datetime import date, datetime

from ninja import Schema


class VoiceOut(Schema):
    """The purpose in one participant's words, or the coordination's (no organisation): confirmed, earlier or silent."""

    organisation_id: str
    name: str
    standing: str
    own_words: str
    number: int
    at: datetime | None
    by: str


class SeenOut(Schema):
    """How one sees a point that it sees differently."""

    name: str
    why: str


class PointOut(Schema):
    """A point: who sees it so, who sees it differently and how, and who has not said."""

    id: str
    kind: str
    text: str
    added_by: str
    agreeing: list[str]
    differing: list[SeenOut]
    silent: list[str]


class GonePointOut(Schema):
    """A point that was taken away."""

    text: str
    reason: str
    on: date


class StatedNeedOut(Schema):
    """A need of an organisation, and why."""

    organisation: str
    text: str
    reason: str


class PartyNeedsOut(Schema):
    """What a party needs the collaboration for; empty while it has not said."""

    party: str
    needs: list[StatedNeedOut]


class EarlierOut(Schema):
    """The purpose as it was, and why it was stated anew."""

    number: int
    text: str
    why: str
    replaced_at: datetime


class PictureOut(Schema):
    """Purpose, picture and needs, side by side."""

    purpose: str
    purpose_number: int
    earlier: list[EarlierOut]
    confirmed: int
    differences: int
    voices: list[VoiceOut]
    points: list[PointOut]
    gone: list[GonePointOut]
    parties: list[PartyNeedsOut]


class MarkIn(Schema):
    """How one sees a point; seeing it differently needs a why."""

    point_id: str
    agrees: bool
    why: str = ""


class PartyNeedIn(Schema):
    """A need and its reason."""

    text: str
    reason: str


class ViewIn(Schema):
    """One's view. What is left out stays as it was; `needs` are all that the organisation has from now on."""

    own_words: str = ""
    marks: list[MarkIn] = []
    needs: list[PartyNeedIn] | None = None


class PointIn(Schema):
    """A point about a problem, a need or a measure."""

    kind: str
    text: str
