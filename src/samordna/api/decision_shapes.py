"""Shapes of what the API takes and gives about proposals and decisions. Ids are those of the matter's own parts."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from ninja import Field, Schema
from pydantic import ConfigDict

from samordna.domain.decisions.enums import (
    AdoptionAnswer,
    AttemptResult,
    ComesIntoForce,
    ConsultationStance,
    DecisionState,
    ProposalOrigin,
    ProposalState,
    Verdict,
)
from samordna.domain.decisions.states import Step

LONG = 20_000


class Strict(Schema):
    """What comes in has the fields that are declared and no others."""

    model_config = ConfigDict(extra="forbid")


class DifferenceIn(Strict):
    """One adaptation: whose, in what, to what; and, where known, because of which conditions."""

    organisation: str = Field(max_length=12)
    aspect: str = Field(max_length=12)
    option: str = Field(max_length=12)
    because: list[str] = []
    review_on: date | None = None


class ProposalIn(Strict):
    """A proposal by hand. An aspect that `frame` does not mention is left to each."""

    title: str = Field(max_length=120)
    text: str = Field("", max_length=LONG)
    frame: dict[str, str] = {}
    adaptations: list[DifferenceIn] = []


class SketchIn(ProposalIn):
    """A sketch as it is to be."""

    seen: str = Field("", max_length=16, description="The `fingerprint` of the sketch that the change began from.")


class AmendmentIn(Strict):
    """What is to be otherwise than in the proposal that is amended; an empty frame value leaves the aspect to each."""

    title: str = Field(max_length=120)
    text: str | None = Field(None, max_length=LONG)
    frame: dict[str, str] | None = None
    adaptations: list[DifferenceIn] | None = None


class DecisionReasonIn(Strict):
    """Why."""

    reason: str = Field("", max_length=LONG)


class ProseAnswerIn(Strict):
    """The owner's word on whether a proposal respects its condition in prose."""

    condition: str = Field(max_length=12)
    respected: bool
    reason: str = Field("", max_length=LONG)


class PrepareIn(Strict):
    """On what terms the chosen proposal becomes a version of the decision."""

    comes_into_force: ComesIntoForce = ComesIntoForce.ALL
    review_on: date | None = None


class ReplaceIn(PrepareIn):
    """Which proposal replaces the decision in force, and why."""

    proposal: str = Field(max_length=12)
    reason: str = Field(max_length=LONG)


class ConsultationIn(Strict):
    """The last day to answer."""

    until: date


class ConsultationAnswerIn(Strict):
    """A participant's answer; everything but plain support says what it is about."""

    stance: ConsultationStance
    text: str = Field("", max_length=LONG)


class SkippedIn(Strict):
    """A step that is left out, and why."""

    step: Step
    reason: str = Field(max_length=LONG)


class AdoptionIn(Strict):
    """What the organisation's own body decided."""

    answer: AdoptionAnswer
    body: str = Field(max_length=120)
    decided_on: date
    paragraph: str = Field("", max_length=20)
    reservation: str = Field("", max_length=LONG)
    in_force_from: date | None = None


class EstablishIn(Strict):
    """From which day; today when not given."""

    in_force_from: date | None = None


class ChangeIn(Strict):
    """One change of a what-if: fix an option of the frame, drop a condition, share an aspect in another way, have a
    participant stand aside, or give a difference another price ("" puts likeness before all cost)."""

    do: Literal["fix", "drop", "share", "leave", "price"]
    aspect: str | None = Field(None, max_length=12)
    option: str | None = Field(None, max_length=12)
    condition: str | None = Field(None, max_length=12)
    sharing: Literal["common", "framed", "local"] | None = None
    organisation: str | None = Field(None, max_length=12)
    price: str | None = Field(None, max_length=12)


class WhatIfIn(Strict):
    """The changes, made together."""

    changes: list[ChangeIn] = Field(max_length=100)


class ReasonOut(Schema):
    """A condition as a reason. `hidden`: stated in confidence, so that only its owner is told."""

    condition_id: str
    owner_id: str
    owner: str
    sentence: str
    reason: str
    legal_ground: str
    relax_price: int | None
    hidden: bool


class DifferenceOut(Schema):
    """One participant's own value; `local` where the aspect is left to each. `withheld`: why is not told."""

    organisation: str
    aspect: str
    option: str
    local: bool
    because: list[ReasonOut]
    withheld: bool
    worth_it: int | None
    review_on: date | None


class ViolationOut(Schema):
    """What a proposal breaks, and whose."""

    kind: str
    owner: str
    participant: str | None
    condition: ReasonOut | None
    values: dict[str, str]


class ProseOut(Schema):
    """A condition in prose and its owner's word; null while nothing has been said."""

    condition: ReasonOut
    respected: bool | None
    reason: str


class ChangedOut(Schema):
    """What differs, for everyone in whom it differs alike; no organisation is the frame.

    Null is left to each in the frame, and as the frame in an organisation.
    """

    organisations: list[str]
    aspect: str
    before: str | None
    after: str | None


class ComparedOut(Schema):
    """The proposal that another is set against: the one it `amended`, else the chosen one or the first that was shared."""

    proposal: str
    amended: bool
    changed: list[ChangedOut]


class ProposalOut(Schema):
    """A proposal with its check and, over what the caller may read, its balance."""

    id: str
    matter_id: str
    number: int
    title: str
    text: str
    origin: ProposalOrigin
    state: ProposalState
    amends: str | None
    attempt: str | None
    organisation: str
    made_at: datetime
    frame: dict[str, str]
    adaptations: list[DifferenceOut]
    compared: ComparedOut | None
    fingerprint: str
    verdict: Verdict
    violations: list[ViolationOut]
    prose: list[ProseOut]
    balance: dict[str, Any]


class ClashMemberOut(Schema):
    """One condition of a clash; `example` is a frame under which the others can be met."""

    condition: ReasonOut
    unlocks: bool
    example: dict[str, str]


class WayOut(Schema):
    """Conditions that may be given up and together settle the matter."""

    conditions: list[ReasonOut]
    price: int | None


class ClashOut(Schema):
    """Conditions that cannot all be met; without any one of them the others can."""

    owners: list[str]
    smallest: bool
    others_exist: bool
    members: list[ClashMemberOut]
    ways_out: list[WayOut]


class AttemptOut(Schema):
    """One run of the engine."""

    id: str
    result: AttemptResult
    started_at: datetime
    milliseconds: int | None
    problem_digest: str
    proposal: str | None
    clash: ClashOut | None
    other_clashes: list[ClashOut]
    all_clashes_told: bool
    stopped_by: str
    gap: int | None
    failure: str


class WhatIfOut(Schema):
    """The answer to a what-if, over what the caller may read."""

    result: AttemptResult
    milliseconds: int
    frame: dict[str, str]
    differences: list[dict[str, Any]]
    balance: dict[str, Any]
    clash: list[str]
    gap: list[int] | None
    failure: str


class ReplyOut(Schema):
    """What coordination has answered to an objection."""

    text: str
    replied_at: datetime


class ConsultationAnswerOut(Schema):
    """An answer to the consultation; an objection stands until it is cleared."""

    id: str
    organisation: str
    stance: ConsultationStance
    text: str
    late: bool
    answered_at: datetime
    cleared_at: datetime | None
    replies: list[ReplyOut]


class AdoptionOut(Schema):
    """An organisation's own decision."""

    id: str
    organisation: str
    answer: AdoptionAnswer
    body: str
    decided_on: date
    paragraph: str
    reservation: str
    in_force_from: date | None
    recorded_at: datetime


class VersionOut(Schema):
    """A version of a decision. `digest` is over content, certificate and ruling together, as they are stored."""

    id: str
    decision: str
    number: int
    state: DecisionState
    proposal: str
    comes_into_force: ComesIntoForce
    in_force_from: date | None
    consultation_until: date | None
    review_on: date | None
    content: dict[str, Any]
    certificate: dict[str, Any]
    ruling: dict[str, Any]
    digest: str
    prepared_at: datetime
    established_at: datetime | None
    skipped: list[dict[str, str]]
    ended_reason: str
    consultation_answers: list[ConsultationAnswerOut]
    adoptions: list[AdoptionOut]


class DecisionOut(Schema):
    """A decision through all its versions, the latest first."""

    id: str
    number: int
    matter_id: str
    title: str
    versions: list[VersionOut]


class CertificateOut(Schema):
    """What was checked, on whose mandate, and the digest over it."""

    certificate: dict[str, Any]
    ruling: dict[str, Any]
    digest: str


class ObstacleOut(Schema):
    """One thing that stands in the way of establishing."""

    kind: str
    sentence: str
    organisation: str


class GoverningOut(Schema):
    """A decision in force that binds an organisation."""

    decision_id: str
    version_id: str
    version: int
    matter_id: str
    title: str
    area: str
    collaboration: str
    by: str
    must: bool
    since: date
    begun: bool
    review_on: date | None
    values: list[dict[str, Any]]
    text: str


class MatterStageOut(Schema):
    """A matter's id and where it stands."""

    id: str
    stage: str
