"""The shapes of matters in JSON: what is sent and what is answered."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from ninja import Field, Schema

from samordna.api.common_shapes import Made
from samordna.api.foundation import Page
from samordna.domain.matters.enums import (
    AspectKind,
    Confidence,
    MatterKind,
    MatterStage,
    PositionState,
    Sharing,
)
from samordna.domain.matters.limits import LINK_DAYS, MAX_AMOUNT, MAX_LINK_DAYS, MAX_TEXT, MAX_WEIGHT, MAX_WORTH

__all__ = ["Made"]

RULE = '{"if": [literal…], "then": [literal…]}; a literal is {"aspect": id, "is": comparison, "options": [ids]}.'


class MatterIn(Schema):
    """A matter's words."""

    area_id: str = Field(max_length=12)
    title: str = Field(max_length=160)
    purpose: str = Field(max_length=MAX_TEXT)
    for_the_individual: str = Field(max_length=MAX_TEXT)
    convenience: str = Field("", max_length=MAX_TEXT)
    unit: str = Field("", max_length=40)
    price_of_difference: int | None = Field(None, ge=0, le=MAX_AMOUNT)
    depth: dict[Literal["join", "contribute", "follow"], Literal["may", "if_in", "must"]] = {}


class ChangedMatterIn(MatterIn):
    """A draft's words, changed from what was read."""

    seen: str = Field("", max_length=64, description="The fingerprint of what one began from; 409 tells what differs now.")


class NewMatterIn(MatterIn):
    """A matter to open, from the template of its kind or empty."""

    kind: MatterKind = MatterKind.OTHER
    from_template: bool = True


class AspectIn(Schema):
    """One thing to settle: choices name their options, whole numbers have lowest, highest and step."""

    label: str = Field(max_length=80)
    kind: AspectKind
    options: list[str] = []
    lowest: int | None = None
    highest: int | None = None
    step: int = 1
    sharing: Sharing = Sharing.FRAMED
    weight: int = Field(1, ge=1, le=MAX_WEIGHT)
    unit: str = Field("", max_length=20)
    explanation: str = Field("", max_length=MAX_TEXT)


class ChangedAspectIn(AspectIn):
    """An aspect, changed from what was read."""

    seen: str = Field("", max_length=64, description="The fingerprint of what one began from; 409 tells what differs now.")


class MoveEarlierIn(Schema):
    """Where to."""

    earlier: bool = True


class AnswerDayIn(Schema):
    """The day to answer by."""

    answer_by: date


class GatheringIn(Schema):
    """Sending out."""

    answer_by: date | None = None


class RemindIn(Schema):
    """Whom to write to; nothing is everybody who is waited for."""

    position_ids: list[str] | None = None


class QueuedOut(Schema):
    """How many letters were put in the outbox; they are posted in the background."""

    queued: int


class LinkIn(Schema):
    """One link for one recipient."""

    position_id: str = Field(max_length=12)
    recipient: str = Field(max_length=254)
    days: int = Field(LINK_DAYS, ge=1, le=MAX_LINK_DAYS)


class LinksIn(Schema):
    """Links to mail: position id → address."""

    recipients: dict[str, str]
    days: int = Field(LINK_DAYS, ge=1, le=MAX_LINK_DAYS)


class LinkOut(Schema):
    """The secret, shown once, and the address it opens."""

    token: str
    address: str


class LinkRow(Schema):
    """A link without its secret."""

    id: str
    position_id: str
    recipient: str
    expires_at: datetime
    used_at: datetime | None
    living: bool


class StageIn(Schema):
    """To which stage; later ones belong to the decision. Going back needs a reason."""

    to: Literal["gathering", "weighing"]
    reason: str = Field("", max_length=MAX_TEXT)


class MatterReasonIn(Schema):
    """Why."""

    reason: str = Field("", max_length=MAX_TEXT)


class AskIn(Schema):
    """What the owner of a condition is asked for, and what it would make possible."""

    text: str = Field("", max_length=MAX_TEXT)


class ThoughtIn(Schema):
    """The owner's answer: the condition gives way and is withdrawn, or it stands; and why."""

    gives_way: bool
    answer: str = Field("", max_length=MAX_TEXT)


class AskedOut(Schema):
    """A request to think a condition over; `gives_way` is null until it is answered."""

    condition_id: str
    owner: str
    sentence: str
    reason: str
    text: str
    asked_at: datetime
    gives_way: bool | None
    answer: str
    answered_at: datetime | None


class TurnIn(Schema):
    """What the next turn is for."""

    title: str = Field("", max_length=160)
    purpose: str = Field("", max_length=MAX_TEXT)
    because: str = Field("", max_length=MAX_TEXT)


class CommonConditionIn(Schema):
    """A rule or prose, with its reason."""

    rule: dict[str, Any] | None = Field(None, description=RULE)
    prose: str = Field("", max_length=MAX_TEXT)
    reason: str = Field("", max_length=MAX_TEXT)
    legal_ground: str = Field("", max_length=160)
    relax_price: int | None = Field(None, ge=0, le=MAX_AMOUNT)
    valid_to: date | None = None


class ConditionIn(CommonConditionIn):
    """The same for one participant, who may state it in confidence."""

    confidence: Confidence = Confidence.OPEN


class NeedIn(Schema):
    """A rule with its reason, and what meeting it is worth in the matter's unit."""

    rule: dict[str, Any] = Field(description=RULE)
    reason: str = Field("", max_length=MAX_TEXT)
    weight: int = Field(1, ge=1, le=MAX_WORTH)


class PracticeIn(Schema):
    """Aspect id → option id, "" for what cannot be said."""

    practices: dict[str, str]
    note: str | None = Field(None, max_length=MAX_TEXT)
    seen: str = Field("", max_length=64, description="The fingerprint of what one began from; 409 tells what differs now.")


class EstimateIn(Schema):
    """Low, likely and high; the likely alone stands for all three, and nothing takes it away."""

    low: int | None = None
    likely: int | None = None
    high: int | None = None


class CostsIn(Schema):
    """Option id → estimate."""

    costs: dict[str, EstimateIn]


class BenefitIn(EstimateIn):
    """The gain and what it consists of."""

    note: str = Field("", max_length=MAX_TEXT)


class FiguresIn(BenefitIn, CostsIn):
    """Costs and gain at once: both are kept or neither."""

    seen: str = Field("", max_length=64, description="The fingerprint of what one began from; 409 tells what differs now.")


class NoteIn(Schema):
    """In one's own words."""

    text: str = Field(max_length=MAX_TEXT)


class SubmitIn(Schema):
    """Who answers, when the role does not say it."""

    answered_as: str = Field("", max_length=160)


class PriceIn(Schema):
    """What giving it up costs; null takes the offer back."""

    price: int | None = Field(None, ge=0, le=MAX_AMOUNT)


class Named(Schema):
    """An id with its name."""

    id: str
    name: str


class OptionOut(Schema):
    """One answer to an aspect."""

    id: str
    label: str
    number: int | None


class AspectOut(Schema):
    """One thing to settle."""

    id: str
    label: str
    explanation: str
    kind: AspectKind
    sharing: Sharing
    weight: int
    unit: str
    options: list[OptionOut]
    fingerprint: str


class ConditionOut(Schema):
    """A condition as it is read aloud, and as data."""

    id: str
    sentence: str
    rule: dict[str, Any] | None
    prose: str
    reason: str
    legal_ground: str
    relax_price: int | None
    confidential: bool
    valid_to: date | None


class NeedOut(Schema):
    """A need as it is read aloud, and as data."""

    id: str
    sentence: str
    rule: dict[str, Any]
    reason: str
    weight: int


class PositionOut(Schema):
    """What one participant has said. Figures stand only where the caller may read them: absent is not zero."""

    id: str
    organisation: Named
    state: PositionState
    declined_reason: str
    note: str
    practices: dict[str, str]
    conditions: list[ConditionOut]
    needs: list[NeedOut]
    costs: dict[str, dict[str, int]] | None = None
    benefit: dict[str, Any] | None = None
    fingerprints: dict[str, str] | None = None


class AnsweringOut(Schema):
    """An experience of the decision before that the matter answers."""

    organisation: str
    about: str
    text: str


class MatterOut(Schema):
    """A whole matter, as the caller may read it."""

    format: str
    id: str
    collaboration: Named
    area: Named
    number: int
    kind: MatterKind
    title: str
    purpose: str
    for_the_individual: str
    convenience: str
    stage: MatterStage
    unit: str
    price_of_difference: int | None
    answer_by: date | None
    previous: str | None
    answers: list[AnsweringOut]
    aspects: list[AspectOut]
    positions: list[PositionOut]
    common_conditions: list[ConditionOut]
    common_needs: list[NeedOut]
    fingerprint: str


class MatterRowOut(Schema):
    """A matter in a list."""

    id: str
    number: int
    title: str
    area: str
    stage: MatterStage
    asked: int
    heard: int
    answer_by: date | None


class MatterList(Page):
    """A page of matters."""

    items: list[MatterRowOut]


class KindOut(Schema):
    """A kind of matter, and the aspects of its template."""

    value: MatterKind
    label: str
    asks: list[str]
