"""The shapes of follow-up as JSON. Figures that are sent are text or numbers: text is read as people write it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from ninja import Schema
from pydantic import field_validator

from samordna.api.common_shapes import Made, ReasonIn
from samordna.api.foundation import Page

__all__ = ["Made", "ReasonIn"]


class FigureCellOut(Schema):
    """What one organisation told in one period; no value and a note where it is hidden or missing."""

    organisation_id: str
    value: Decimal | None
    text: str
    note: str
    result_id: str
    corrected: bool


class MomentOut(Schema):
    """One period: the whole, how it goes, and each organisation that has told."""

    period: str
    label: str
    starts_on: date
    ends_on: date
    value: Decimal | None
    note: str
    way: str
    way_sentence: str
    colour: str
    cells: list[FigureCellOut]


class SeamOut(Schema):
    """A day within a part over which figures are compared with care, and why."""

    on: date
    sentence: str


class SeriesPartOut(Schema):
    """Figures that can be compared with each other."""

    unit: str
    definition: str
    number_kind: str
    aggregation: str
    baseline: Decimal | None
    baseline_on: date | None
    steps: list[tuple[date, Decimal]]
    own_steps: dict[str, list[tuple[date, Decimal]]]
    why: str
    begins: str
    starts_on: date | None
    turns: list[SeamOut]
    moments: list[MomentOut]


class MeasuredOut(Schema):
    """An indicator with its figures, the parts of the series the latest first; `coming`: those that have not begun."""

    id: str
    name: str
    goal_id: str
    kind: str
    frequency: str
    direction: str
    source: str
    minimum_group: int
    days_to_report: int
    measured_from: date
    asked_from: date
    everybody: bool
    respondents: list[str]
    changes: list[tuple[date, str]]
    waiting_from: date | None
    ended_at: datetime | None
    parts: list[SeriesPartOut]
    coming: list[SeriesPartOut]


class FollowedGoalOut(Schema):
    """A goal with what it is measured by."""

    id: str
    what: str
    target_on: date
    review_on: date | None
    overdue: bool
    indicators: list[MeasuredOut]


class GoalDraftRowOut(Schema):
    """A goal that is being made measurable, and what it lacks."""

    id: str
    what: str
    lacks: list[str]


class FollowupOut(Schema):
    """The follow-up of a collaboration."""

    collaboration_id: str
    collaboration: str
    goals: list[FollowedGoalOut]
    drafts: list[GoalDraftRowOut]
    agreed: bool
    comparing: list[str]
    names: dict[str, str]


class OverviewRowOut(Schema):
    """One indicator among those of all collaborations; `colour`: red, amber, green or none."""

    id: str
    name: str
    goal_id: str
    goal: str
    collaboration_id: str
    collaboration: str
    colour: str
    way_sentence: str
    text: str
    label: str
    note: str
    target_text: str
    target_on: date | None


class LateReportOut(Schema):
    """A report whose day has passed."""

    id: str
    organisation: str
    label: str
    collaboration_id: str
    collaboration: str
    due_on: date
    mine: bool


class FollowupOverviewOut(Schema):
    """How it goes in all collaborations, what needs somebody first, page by page."""

    counts: dict[str, int]
    rows: list[OverviewRowOut]
    found: int
    page: int
    more: bool
    late: list[LateReportOut]
    late_in_all: int
    unmeasured_goals: int


class LookOut(Schema):
    """One look at a goal."""

    conclusion: str
    next_on: date
    at: datetime
    who: str


class GoalPageOut(Schema):
    """One goal."""

    collaboration_id: str
    goal: FollowedGoalOut
    ended: bool
    looks: list[LookOut]
    names: dict[str, str]


class IndicatorPageOut(Schema):
    """One indicator with its whole series."""

    collaboration_id: str
    goal: str
    indicator: MeasuredOut
    waited_for: list[str]
    names: dict[str, str]


class ResultValueOut(Schema):
    """One value that a result has had."""

    text: str
    detail: str
    missing: str
    unit: str
    at: datetime
    who: str
    why: str
    stands: bool


class ResultOut(Schema):
    """One result with every value that it has had, the latest first."""

    id: str
    indicator_id: str
    organisation: str
    period: str
    values: list[ResultValueOut]


class AskedFigureOut(Schema):
    """One indicator in a report."""

    id: str
    name: str
    definition: str
    unit: str
    number_kind: str
    fields: list[str]
    told: dict[str, str]
    hidden: str = ""


class ReportOut(Schema):
    """One organisation's report for a period."""

    id: str
    organisation: str
    period: str
    due_on: date
    late: bool
    state: str
    comment: str
    note: str
    submitted_at: datetime | None
    asked: list[AskedFigureOut]
    writing: str


class ReportRowOut(Schema):
    """One organisation in a round."""

    id: str
    organisation: str
    state: str
    submitted_at: datetime | None


class RoundOut(Schema):
    """One round of reports."""

    id: str
    period: str
    due_on: date
    late: bool
    reports: list[ReportRowOut]
    waited_for: list[str]


class RoundsOut(Page):
    """A page of the rounds of a collaboration, the latest first; `missing`: how many are to be opened."""

    items: list[RoundOut]
    missing: int


class GoalDraftIn(Schema):
    """A goal as far as it is known."""

    what: str
    kind: str = "result"
    indicator: str = ""
    unit: str = ""
    number_kind: str = ""
    aggregation: str = ""
    direction: str = ""
    source: str = ""
    frequency: str = ""
    baseline: Decimal | None = None
    baseline_on: date | None = None
    target: Decimal | None = None
    target_on: date | None = None
    review_on: date | None = None


class GoalReviewIn(Schema):
    """What a look at a goal came to."""

    next_on: date
    conclusion: str = ""


class GoalGroundIn(Schema):
    """What a goal rests on: `kind` is decision, agreement, matter or forum."""

    kind: str
    thing_id: str


class IndicatorIn(Schema):
    """Something that a goal is measured by. `past_rounds`: reports are asked for the periods before the last that has ended
    too, which opens a round for each."""

    name: str
    frequency: str
    unit: str
    number_kind: str = ""
    aggregation: str = ""
    definition: str = ""
    source: str = ""
    minimum_group: int = 1
    days_to_report: int = 20
    respondents: list[str] = []
    measured_from: date | None = None
    past_rounds: bool = False


class _Told(Schema):
    value: str = ""
    numerator: str = ""
    denominator: str = ""
    group: str = ""
    missing: str = ""

    @field_validator("value", "numerator", "denominator", "group", mode="before")
    @classmethod
    def as_written(cls, given: object) -> object:
        """A JSON number as one would write it, with a decimal comma."""
        if isinstance(given, bool) or not isinstance(given, int | float | Decimal):
            return given
        return format(Decimal(str(given)), "f").replace(".", ",")


class ReportedFigureIn(_Told):
    """One figure in a report; `missing` says why there is none."""


class ReportIn(Schema):
    """What is told in a report, by indicator. `submit`: send it in."""

    answers: dict[str, ReportedFigureIn]
    comment: str = ""
    why: str = ""
    submit: bool = False


class ReportNoteIn(Schema):
    """Why a report goes back."""

    note: str


class ResultRowIn(_Told):
    """One result: the indicator by name or id, the organisation by name, number or id, the period as it is written."""

    indicator: str
    period: str
    organisation: str = ""


class ResultRowsIn(Schema):
    """Results to keep. `only_right`: leave out rows that cannot be kept."""

    rows: list[ResultRowIn]
    only_right: bool = False
    why: str = ""


class TakenInOut(Schema):
    """How many figures are new, corrected, and as they were."""

    new: int
    corrected: int
    same: int
