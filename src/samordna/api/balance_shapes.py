"""Shapes of what the API takes and gives about balance and sharing, the level of detail, and what does not add up."""

from __future__ import annotations

from datetime import date

from ninja import Field, Schema

from samordna.api.common_shapes import SpanOut
from samordna.api.decision_shapes import LONG, Strict
from samordna.domain.decisions.queries.detail import Level
from samordna.domain.decisions.sharing import Method
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


class NeedsOut(Schema):
    """How many needs are met, of how many."""

    met: int
    all: int


class TimeOut(Schema):
    """Time put in, and what it costs; null where no hourly rate is known."""

    minutes: SpanOut
    is_estimate: bool
    hourly_rate: int | None
    kronor: SpanOut | None


class BalancePartOut(Schema):
    """One participant. Figures are null where they are not the caller's to read."""

    organisation: str
    name: str
    needs: NeedsOut
    benefit: SpanOut | None
    best_for_itself: int | None
    in_the_decision: int | None
    given_up: SpanOut | None
    net: SpanOut | None
    verdict: str | None
    time: TimeOut | None
    net_after_time: SpanOut | None


class WholeOut(Schema):
    """The whole, with and without deciding together. `lacking`: how much more it would have to gain to come out even."""

    alone: int
    together: int
    benefit: SpanOut
    given_up: SpanOut
    net: SpanOut
    kronor_of_time: SpanOut
    net_after_time: SpanOut | None
    paid_back_in_months: int | None
    verdict: str
    lacking: int


class BalanceOut(Schema):
    """A matter's balance with one proposal, in the matter's unit."""

    matter_id: str
    unit: str
    proposal: str | None
    participants: list[BalancePartOut]
    whole: WholeOut | None
    coordination_time: TimeOut | None
    common_needs: NeedsOut


class TimeEstimateIn(Strict):
    """Hours in all, and what they went to. `whole`: the coordination's own."""

    hours: int
    reason: str = Field(max_length=LONG)
    whole: bool = False


class TimeEstimateOut(Schema):
    """The estimate; no organisation is the coordination."""

    organisation: str | None
    hours: int
    reason: str


class HourlyRateIn(Strict):
    """Kronor for an hour, from a day on that is today or to come."""

    amount: int
    from_on: date | None = None


class HourlyRateOut(Schema):
    """Kronor for an hour, from a day and before another; null is since and for ever."""

    organisation: str
    amount: int
    valid_from: date | None
    valid_to: date | None


class SharingIn(Strict):
    """By which method, over which proposal (the one that is looked at when not given)."""

    method: Method
    proposal: str = Field("", max_length=12)


class SharingOut(Schema):
    """What each gets or pays, and has afterwards. Not `possible`: the whole lacks `lacking`."""

    method: Method
    transfers: dict[str, int]
    after: dict[str, int]
    possible: bool
    lacking: int
    bound: int


class SharingOpenedOut(Schema):
    """The matter that was opened, and its first proposal."""

    matter_id: str
    proposal: str
    text: str
