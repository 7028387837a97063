"""What goes in and out of the API about mandates: clauses, rulings, rehearsals."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from ninja import Field, Schema

from samordna.domain.collaborations.enums import MandateForm


class ClauseOut(Schema):
    """A clause."""

    area_id: str
    area: str
    coordination_decides: bool = Field(alias="decides")
    participants_no_longer_decide: bool = Field(alias="no_longer")
    following: str
    within: str = Field(description="The area above that a delegated clause is taken from.")
    borne: int | None = Field(description="For how many of those who take part it counts now; null where nothing bears it.")


class MandateOut(Schema):
    """A mandate with its clauses."""

    id: str
    form: str
    giver_id: str
    giver: str
    holder: str
    wording: str
    source: str
    notice_days: int
    notice_given_at: datetime | None
    ends_on: date | None
    valid_from: date
    valid_to: date | None
    revoked_at: datetime | None
    revoked_reason: str
    state: str
    parent: str = Field(description="The collaboration that a delegated mandate is taken from.")
    clauses: list[ClauseOut]


class ClauseIn(Schema):
    """A clause over an area."""

    area_id: str
    coordination_decides: bool | None = None
    participants_no_longer_decide: bool = False
    following: str = "must"


class MandateIn(Schema):
    """A mandate to give in one's own organisation's name."""

    form: str
    wording: str
    source: str
    clauses: list[ClauseIn]
    holder_role_id: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    notice_days: int = 0


class DelegatedClauseIn(ClauseIn):
    """A clause over an area, and the area above that it is taken from."""

    within_id: str = ""


class DelegationIn(Schema):
    """A mandate to pass on to a collaboration that lies in the one you coordinate."""

    wording: str
    source: str
    clauses: list[DelegatedClauseIn]
    holder_role_id: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    notice_days: int = 0


class PassableOut(Schema):
    """An area above, and for how many of those who take part here it is decided there."""

    area_id: str
    area: str
    count: int
    must: int


class ToldOut(Schema):
    """A reason as a sentence, with the sentences it rests on."""

    text: str
    because: list[ToldOut]


class RulingOut(Schema):
    """Who decides for one organisation, must it follow, and why."""

    organisation_id: str
    organisation: str
    ruling: dict[str, Any] = Field(description="The ruling as plain values.")
    decides: str
    ground: str
    following: str
    missing: str = Field(description="The clause that coordination lacks, as a sentence; empty when it lacks none.")
    why: ToldOut


class WhoDecidesOut(Schema):
    """Rulings in one area for all who take part on the day."""

    area_id: str
    area: str
    on: date
    rows: list[RulingOut]


class ChangeOut(Schema):
    """What would change for one organisation in one area, here or in a collaboration that lies in this one (`beneath`)."""

    beneath: str
    organisation: str
    area: str
    before: RulingOut
    after: RulingOut


class TouchedMatterOut(Schema):
    """A matter under way, which would be decided on the changed mandates."""

    id: str
    title: str
    area: str
    stage_label: str


class TouchedDecisionOut(Schema):
    """A decision in force, which stands as it was established."""

    id: str
    title: str
    area: str
    in_force_from: date | None


class RehearsalOut(Schema):
    """What would change, and what it touches."""

    changes: list[ChangeOut]
    matters: list[TouchedMatterOut]
    decisions: list[TouchedDecisionOut]


class RehearsedMandateIn(Schema):
    """A mandate one thinks of giving."""

    form: MandateForm
    clauses: list[DelegatedClauseIn]
    valid_from: date | None = None


class NoticeIn(Schema):
    """From which day the mandate is not to count; empty for the first day that the notice agreed allows."""

    ends_on: date | None = None
    reason: str = ""
