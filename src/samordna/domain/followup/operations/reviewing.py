"""Goals looked at again on a day, and what they rest on."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Absent, Refused, TooLarge
from samordna.core.operation import operation
from samordna.domain.agreements.access import agreement_for
from samordna.domain.collaborations.access import goal_for
from samordna.domain.collaborations.models import Goal
from samordna.domain.decisions.access import decision_for
from samordna.domain.followup.limits import MOST_GROUNDS
from samordna.domain.followup.models import GoalGround, GoalReview
from samordna.domain.followup.operations.holding import hold, tell
from samordna.domain.forums.access import forum_for
from samordna.domain.matters.access import matter_for
from samordna.domain.organisations.findings import Findings

KINDS = ("decision", "agreement", "matter", "forum")


@operation("collaboration.lead")
def review_goal(
    *, actor: Actor, goal_id: str, next_on: date, conclusion: str = "", at: datetime | None = None
) -> GoalReview:
    """Look at a goal again: what that came to, and when one looks the next time. The first time only the day is said."""
    goal = goal_for(actor, goal_id, "collaboration.lead", at)
    at = at or clock.now()
    _worked_for(goal)
    found = Findings()
    first = not GoalReview.objects.filter(goal=goal).exists()
    conclusion = found.text("conclusion", conclusion, required=not first)
    if next_on <= clock.day(at):
        found.say("next_on", _("Choose a day that has not come yet."))
    found.insist()
    review = GoalReview.objects.create(
        goal=goal, conclusion=conclusion, next_on=next_on, reviewed_at=at, reviewed_by_id=actor.holding_id
    )
    tell(actor, "goal_reviewed", ("goal", goal.pk), goal.collaboration_id, at, conclusion=conclusion, next_on=next_on)
    return review


@operation("collaboration.lead")
def ground_goal(*, actor: Actor, goal_id: str, kind: str, thing_id: str, at: datetime | None = None) -> GoalGround:
    """Say that a goal rests on a decision, an agreement, a matter or a forum that the actor may read."""
    goal = goal_for(actor, goal_id, "collaboration.lead", at)
    at = at or clock.now()
    _worked_for(goal)
    if not _lies_here(actor, goal, kind, thing_id, at):
        found = Findings()
        found.say("thing", _("Choose something of this collaboration."))
        found.insist()
    standing = GoalGround.objects.filter(goal=goal, ended_at__isnull=True)
    if standing.filter(**{f"{kind}_id": thing_id}).exists():
        raise Refused(_("The goal rests on this already."))
    if standing.count() >= MOST_GROUNDS:
        raise TooLarge(_("A goal rests on at most %(most)s things.") % {"most": MOST_GROUNDS})
    ground = GoalGround.objects.create(goal=goal, linked_at=at, linked_by_id=actor.holding_id, **{f"{kind}_id": thing_id})
    tell(actor, "goal_grounded", ("goal", goal.pk), goal.collaboration_id, at, kind=kind, thing=thing_id)
    return ground


@operation("collaboration.lead")
def end_goal_ground(*, actor: Actor, ground_id: str, at: datetime | None = None) -> GoalGround:
    """Say that a goal no longer rests on something."""
    ground = ground_for(actor, ground_id, at)
    at = at or clock.now()
    if ground.ended_at is not None:
        raise Refused(_("This is ended already."))
    ground.ended_at = at
    ground.save(update_fields=["ended_at"])
    goal = ground.goal
    tell(actor, "goal_ground_ended", ("goal", goal.pk), goal.collaboration_id, at, ground=ground.pk)
    return ground


def ground_for(actor: Actor, ground_id: str, at: datetime | None) -> GoalGround:
    """What a goal rests on, for those who lead its collaboration."""
    ground = GoalGround.objects.select_related("goal").filter(pk=ground_id).first()
    if ground is None:
        raise Absent
    goal_for(actor, ground.goal_id, "collaboration.lead", at)
    return ground


def _worked_for(goal: Goal) -> None:
    hold(goal.collaboration_id)
    goal.refresh_from_db(fields=["ended_at"])
    if goal.ended_at is not None:
        raise Refused(_("This goal is no longer worked for."))


def _lies_here(actor: Actor, goal: Goal, kind: str, thing_id: str, at: datetime) -> bool:
    """Is it of the goal's collaboration, and may the actor read it?"""
    here = goal.collaboration_id
    try:
        match kind:
            case "decision":
                return decision_for(actor, thing_id, at=at).matter.collaboration_id == here
            case "agreement":
                return agreement_for(actor, thing_id, at=at).collaboration_id == here
            case "matter":
                return matter_for(actor, thing_id, at=at).collaboration_id == here
            case "forum":
                forum = forum_for(actor, thing_id, at=at)
                return forum.ownerships.filter(collaboration_id=here, ended_at__isnull=True).exists()
    except Absent:
        return False
    return False
