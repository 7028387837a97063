"""What a draft of a goal lacks to be measurable, in the order in which one would say it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.domain.collaborations.goals import Aim, Fault, faults
from samordna.domain.followup.access import draft_for
from samordna.domain.followup.figures import usual_kind
from samordna.domain.followup.models import GoalDraft
from samordna.domain.followup.phrases import unfit


def lacking(draft: GoalDraft, today: date) -> dict[str, str]:
    """By field what is missing or contradicts itself; empty when the goal can be measured and followed up."""
    found = {name: sentence for name, sentence in sentences().items() if not _there(draft, name)}
    if draft.review_on is not None and draft.review_on <= today:
        found["review_on"] = _("The day to look at the goal again has not come yet when the goal is set.")
    kind = draft.number_kind or usual_kind(draft.unit)
    if draft.aggregation and (sentence := unfit(kind, draft.aggregation)):
        found["aggregation"] = sentence
    if draft.baseline is None or draft.target is None or draft.baseline_on is None or draft.target_on is None:
        return found
    if not draft.direction:
        return found
    aim = Aim(
        direction=draft.direction,
        baseline=draft.baseline,
        baseline_on=draft.baseline_on,
        target=draft.target,
        target_on=draft.target_on,
    )
    for name, fault in faults(aim):
        found.setdefault(name, contradictions()[fault])
    return found


def _there(draft: GoalDraft, name: str) -> bool:
    value = getattr(draft, name)
    return value is not None and value != ""


def sentences() -> dict[str, str]:
    """What to say of each field that is missing."""
    return {
        "indicator": _("Say what is counted or measured, so that two people who measure get the same answer."),
        "unit": _("Say in what unit: days, percent, persons a month."),
        "direction": _("Say which way it should go."),
        "baseline": _("Say where it stands today. Without a baseline nobody can see a change."),
        "baseline_on": _("Say on what day that was measured."),
        "target": _("Say where it is to be. Without a target nobody can see whether it is reached."),
        "target_on": _("Say by what day. A goal without a day is never missed."),
        "frequency": _("Say how often it is measured, so that reports are asked for by themselves."),
        "review_on": _("Say when you look at the goal again. Goals that nobody looks at grow old."),
    }


def contradictions() -> dict[Fault, str]:
    """What to do about each fault of an aim."""
    return {
        Fault.LEVEL: _("Write a number with at most four decimals."),
        Fault.WAY: _("The target lies the other way from the baseline. Change one of them, or which way it should go."),
        Fault.STAY: _("What should stay has the same target as baseline."),
        Fault.TIME: _("The day to reach it by comes after the day the baseline was measured."),
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftPage:
    """A goal on its way to be measurable. `lacks`: by field what is missing."""

    id: str
    collaboration_id: str
    goal_id: str | None
    what: str
    kind: str
    indicator: str
    unit: str
    number_kind: str
    aggregation: str
    direction: str
    source: str
    frequency: str
    baseline: Decimal | None
    baseline_on: date | None
    target: Decimal | None
    target_on: date | None
    review_on: date | None
    lacks: Mapping[str, str]


def draft_page(actor: Actor, draft_id: str, at: datetime) -> DraftPage:
    """The draft, for those who lead its collaboration."""
    given = draft_for(actor, draft_id, at=at)
    names = [name for name in DraftPage.__dataclass_fields__ if name != "lacks"]
    return DraftPage(**{name: getattr(given, name) for name in names}, lacks=lacking(given, clock.day(at)))
