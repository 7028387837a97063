"""Facts of follow-up: goals on their way, indicators, rounds of reports, results."""

from samordna.domain.followup.models.goals import GoalDraft, GoalGround, GoalReview
from samordna.domain.followup.models.indicators import Indicator, IndicatorGoing, IndicatorVersion, Respondent, TargetStep
from samordna.domain.followup.models.results import Comparing, Result, ResultFile, ResultValue
from samordna.domain.followup.models.rounds import Report, Round

__all__ = [
    "Comparing",
    "GoalDraft",
    "GoalGround",
    "GoalReview",
    "Indicator",
    "IndicatorGoing",
    "IndicatorVersion",
    "Report",
    "Respondent",
    "Result",
    "ResultFile",
    "ResultValue",
    "Round",
    "TargetStep",
]
