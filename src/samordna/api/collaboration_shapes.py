"""The shapes of collaborations, mandates and rulings as JSON."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from ninja import Field, Schema

from samordna.api.common_shapes import Made, ReasonIn
from samordna.api.foundation import Page
from samordna.api.mandate_shapes import MandateOut
from samordna.domain.collaborations.enums import Duress

__all__ = ["Made", "ReasonIn"]


class CollaborationRowOut(Schema):
    """A collaboration in a list."""

    id: str
    name: str
    purpose: str
    state: str
    host: str
    participants: int
    coordinated: bool


class CollaborationList(Page):
    """A page of collaborations."""

    items: list[CollaborationRowOut]


class MemberOut(Schema):
    """An organisation's taking part: in, coming or left."""

    participation_id: str
    organisation_id: str
    name: str
    joined_on: date
    left_on: date | None
    left_reason: str
    standing: str


class ExemptionOut(Schema):
    """What the superior has freed a party from: in words, why, and until when or when it is looked over."""

    id: str
    words: str
    reason: str
    starts_on: date
    ends_on: date | None
    review_on: date | None
    running: bool
    overdue: bool


class PartyOut(Schema):
    """One voice."""

    id: str
    name: str
    depth: str
    own_depth: bool
    may_leave: bool
    owes_notice: bool
    exemption: ExemptionOut | None
    members: list[MemberOut]


class AreaOut(Schema):
    """A subject area; the list is the tree read from top to bottom."""

    id: str
    name: str
    level: int


class GoalOut(Schema):
    """A goal; `aim` is its figures as a sentence, `earlier` what it was before it was revised, the latest first."""

    id: str
    what: str
    kind: str
    indicator: str
    unit: str
    direction: str
    source: str
    baseline: Decimal
    baseline_on: date
    target: Decimal
    target_on: date
    aim: str
    ended_at: datetime | None
    ended_reason: str
    earlier: list[GoalOut]


class GoalsOut(Schema):
    """Goals in force, and those that have ended without being replaced."""

    goals: list[GoalOut]
    ended: list[GoalOut]


class ComingDepthOut(Schema):
    """A change of depth that is decided and has not come yet."""

    label: str
    starts_on: date
    notice_days: int
    running: bool
    reason: str


class WithinOut(Schema):
    """A collaboration that lies in another."""

    id: str
    name: str


class CollaborationOut(Schema):
    """A collaboration, whole."""

    id: str
    name: str
    purpose: str
    target_group: str
    criteria: list[str]
    state: str
    host_id: str
    coordinator_role: str
    coordinators: list[str]
    superior_id: str
    parent_id: str
    parent: str = Field(description="Its name, for those who may read it.")
    within: list[WithinOut]
    depth: str
    notice_days: int
    coming: ComingDepthOut | None
    valid_from: date
    valid_to: date | None
    parties: list[PartyOut]
    former: list[MemberOut]
    areas: list[AreaOut]
    mandates: list[MandateOut]
    goals: list[GoalOut]
    purpose_number: int
    without_consultation: str
    lacking: list[str]
    lacking_to_open: list[str]
    fingerprints: dict[Literal["purpose", "target_group"], str] = Field(
        description="What a change of these hands back as `seen`."
    )


class CriterionIn(Schema):
    """A bound of the target group: includes or excludes; is, is_not, at_least or at_most."""

    kind: str
    subject: str
    operator: str
    value: str


class CollaborationIn(Schema):
    """A collaboration to prepare."""

    name: str
    purpose: str
    target_group: str = ""
    criteria: list[CriterionIn] = []
    superior_id: str = ""
    parent_id: str = ""
    depth: str = ""
    join: str = ""
    contribute: str = ""
    follow: str = ""
    notice_days: int = 0
    valid_from: date | None = None
    valid_to: date | None = None


class PurposeIn(Schema):
    """Name and purpose, and what changed and why."""

    name: str
    purpose: str
    why: str = ""
    seen: str = Field("", max_length=64, description="The fingerprint of what one began from; 409 tells what differs now.")


class StepsIn(Schema):
    """Why decisions go without a consultation; nothing where they have one."""

    without_consultation: str = ""


class GoalIn(Schema):
    """A goal that can be measured: up, down or keep; result or process."""

    what: str
    indicator: str
    unit: str
    direction: str
    baseline: Decimal | None = None
    baseline_on: date | None = None
    target: Decimal | None = None
    target_on: date | None = None
    kind: str = "result"
    source: str = ""


class RevisedGoalIn(GoalIn):
    """A goal anew, and why."""

    why: str


class TargetGroupIn(Schema):
    """Whom it is for."""

    target_group: str
    criteria: list[CriterionIn]
    seen: str = Field("", max_length=64, description="The fingerprint of what one began from; 409 tells what differs now.")


class AreaIn(Schema):
    """A subject area."""

    name: str
    parent_id: str = ""


class LetInIn(Schema):
    """Organisations that begin to take part as one party."""

    organisation_ids: list[str]
    party_id: str = ""
    party_name: str = ""
    joined_on: date | None = None


class LeavingIn(Schema):
    """When and why."""

    left_on: date | None = None
    reason: str


class DepthIn(Schema):
    """A party's own depth: may, if_in, must, or empty for the collaboration's."""

    join: str = ""
    contribute: str = ""
    follow: str = ""


class ChangeDepthIn(DepthIn):
    """The depth for all: one of the three by name (`depth`), or the three verbs."""

    depth: str = ""
    notice_days: int = 0
    reason: str
    starts_on: date | None = None
    running: bool = False


class RehearsedDepthIn(Schema):
    """A depth one thinks of, from a day."""

    join: Duress
    contribute: Duress
    follow: Duress
    notice_days: int = 0
    starts_on: date


class PartyChangeOut(Schema):
    """What a change of depth means for one party; notices in days, null where it may not leave."""

    party: str
    before: str
    after: str
    notice_before: int | None
    notice_after: int | None
    must_say_by: date | None


class ExemptionIn(DepthIn):
    """What a party is exempted from, why, and until when, or when it is looked over."""

    reason: str
    starts_on: date | None = None
    ends_on: date | None = None
    review_on: date | None = None


class OptionalReasonIn(Schema):
    """A reason, if there is one to give."""

    reason: str = ""


class CaseIn(Schema):
    """An anonymous case: a value for each property. Nothing of it is kept."""

    case: dict[str, str]


class BoundOut(Schema):
    """One criterion against the case."""

    criterion: str
    said: str
    speaks_for: bool | None


class FitOut(Schema):
    """Does the case belong to the target group? Null while something is unstated."""

    fits: bool | None
    because: list[BoundOut]
