"""Goals that are being made measurable: saved as drafts whatever is missing, set when nothing is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Refused, TooLarge
from samordna.core.operation import operation
from samordna.domain.collaborations.access import collaboration_for
from samordna.domain.collaborations.enums import Direction, GoalKind
from samordna.domain.collaborations.goals import storable
from samordna.domain.collaborations.limits import LARGEST_LEVEL
from samordna.domain.collaborations.operations import set_goal
from samordna.domain.followup.access import draft_for
from samordna.domain.followup.enums import Aggregation, Frequency, NumberKind
from samordna.domain.followup.limits import MOST_DRAFTS
from samordna.domain.followup.models import GoalDraft, GoalReview
from samordna.domain.followup.operations.holding import hold, tell
from samordna.domain.followup.operations.measuring import start_indicator
from samordna.domain.followup.queries.drafts import lacking
from samordna.domain.organisations.findings import Findings


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """What is said of a goal in a draft, as far as it is known."""

    what: str
    kind: str = GoalKind.RESULT
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


@operation("collaboration.lead")
def draft_goal(*, actor: Actor, collaboration_id: str, said: Drafted, at: datetime | None = None) -> GoalDraft:
    """Save a goal as far as it is known. It works for nobody until it can be measured and is set."""
    collaboration_for(actor, collaboration_id, "collaboration.lead", at)
    at = at or clock.now()
    given = hold(collaboration_id)
    if given.goal_drafts.filter(goal__isnull=True, dropped_at__isnull=True).count() >= MOST_DRAFTS:
        raise TooLarge(_("There are at most %(most)s drafts at a time. Drop one first.") % {"most": MOST_DRAFTS})
    draft = GoalDraft(collaboration=given, drafted_at=at, drafted_by_id=actor.holding_id)
    _write(draft, said)
    draft.save(force_insert=True)
    tell(actor, "goal_drafted", ("goal_draft", draft.pk), given.pk, at, what=draft.what)
    return draft


@operation("collaboration.lead")
def change_goal_draft(*, actor: Actor, draft_id: str, said: Drafted, at: datetime | None = None) -> GoalDraft:
    """Say anew what a draft is, as far as it is known."""
    draft = draft_for(actor, draft_id, at=at)
    at = at or clock.now()
    draft = _open(draft)
    _write(draft, said)
    draft.save()
    tell(actor, "goal_draft_changed", ("goal_draft", draft.pk), draft.collaboration_id, at, what=draft.what)
    return draft


@operation("collaboration.lead")
def set_drafted_goal(*, actor: Actor, draft_id: str, at: datetime | None = None) -> GoalDraft:
    """Set the goal of a draft, with the indicator that measures it and the day it is looked at again.

    Raises `Invalid` with what is missing, field by field: a goal that cannot be measured is not worked for.
    """
    draft = draft_for(actor, draft_id, at=at)
    at = at or clock.now()
    draft = _open(draft)
    found = Findings()
    for field, sentence in lacking(draft, clock.day(at)).items():
        found.say(field, sentence)
    found.insist()
    names = ("what", "indicator", "unit", "direction", "baseline", "baseline_on", "target", "target_on", "kind", "source")
    figures = {name: getattr(draft, name) for name in names}
    goal = set_goal(actor=actor, collaboration_id=draft.collaboration_id, at=at, **figures)
    draft.goal = goal
    draft.save(update_fields=["goal"])
    GoalReview.objects.create(
        goal=goal, next_on=draft.review_on or clock.day(at), reviewed_at=at, reviewed_by_id=actor.holding_id
    )
    tell(actor, "drafted_goal_set", ("goal", goal.pk), draft.collaboration_id, at, draft=draft.pk)
    frame = {name: getattr(draft, name) for name in ("frequency", "unit", "number_kind", "aggregation", "source")}
    start_indicator(actor=actor, goal_id=goal.pk, name=goal.indicator, at=at, **frame)
    return draft


@operation("collaboration.lead")
def drop_goal_draft(*, actor: Actor, draft_id: str, at: datetime | None = None) -> GoalDraft:
    """Drop a draft; it is kept, and nobody works with it any more."""
    draft = draft_for(actor, draft_id, at=at)
    at = at or clock.now()
    draft = _open(draft)
    draft.dropped_at = at
    draft.save(update_fields=["dropped_at"])
    tell(actor, "goal_draft_dropped", ("goal_draft", draft.pk), draft.collaboration_id, at, what=draft.what)
    return draft


def _open(draft: GoalDraft) -> GoalDraft:
    hold(draft.collaboration_id)
    draft = GoalDraft.objects.select_related("collaboration").get(pk=draft.pk)
    if draft.goal_id is not None or draft.dropped_at is not None:
        raise Refused(_("The draft has become a goal already, or was dropped."))
    return draft


def _write(draft: GoalDraft, said: Drafted) -> None:
    """Write in the draft what is said of it. Raises `Invalid` with every field that cannot be kept."""
    found = Findings()
    for name, most in (("what", 200), ("indicator", 200), ("unit", 40), ("source", 200)):
        setattr(draft, name, found.line(name, getattr(said, name), most, required=name == "what"))
    allowed = {"kind": GoalKind.values, "direction": Direction.values, "frequency": Frequency.values}
    allowed |= {"number_kind": NumberKind.values, "aggregation": Aggregation.values}
    for name, values in allowed.items():
        setattr(draft, name, found.choice(name, getattr(said, name), values, required=name == "kind"))
    wrong = _("Write a number with at most four decimals, and at most %(most)s.") % {"most": f"{LARGEST_LEVEL:,}"}
    for name in ("baseline", "target"):
        level = getattr(said, name)
        if level is not None and not storable(level):
            found.say(name, wrong)
        setattr(draft, name, level)
    found.insist()
    draft.baseline_on, draft.target_on, draft.review_on = said.baseline_on, said.target_on, said.review_on
