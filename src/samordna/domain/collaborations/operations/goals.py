"""Setting measurable goals, revising them and ending them. A goal that cannot be measured is not set."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from samordna.core import clock, journal
from samordna.core.actor import Actor
from samordna.core.errors import Refused, TooLarge
from samordna.core.operation import operation
from samordna.domain.collaborations.access import collaboration_for, goal_for
from samordna.domain.collaborations.enums import CollaborationState, Direction, GoalKind
from samordna.domain.collaborations.goals import Aim, Fault, faults
from samordna.domain.collaborations.limits import LARGEST_LEVEL, MOST_GOALS
from samordna.domain.collaborations.models import Collaboration, Goal
from samordna.domain.organisations.findings import Findings


@operation("collaboration.lead")
def set_goal(
    *,
    actor: Actor,
    collaboration_id: str,
    what: str,
    indicator: str,
    unit: str,
    direction: str,
    baseline: Decimal | None,
    target: Decimal | None,
    target_on: date | None,
    baseline_on: date | None = None,
    kind: str = GoalKind.RESULT,
    source: str = "",
    at: datetime | None = None,
) -> Goal:
    """Set a goal that can be measured. Without a day of its own the baseline was measured today.

    Raises `Invalid` for each thing that keeps it from being measurable.
    """
    collaboration_for(actor, collaboration_id, "collaboration.lead", at)
    at = at or clock.now()
    collaboration = _open(collaboration_id)
    if Goal.objects.in_force().filter(collaboration=collaboration).count() >= MOST_GOALS:
        raise TooLarge(
            _("A collaboration works for at most %(most)s goals at a time. End one first.") % {"most": MOST_GOALS}
        )
    goal = _goal(
        collaboration,
        {"what": what, "indicator": indicator, "unit": unit, "source": source},
        {"kind": kind, "direction": direction},
        _aim(direction, baseline, baseline_on or clock.day(at), target, target_on),
        _set(actor, at),
    )
    return _keep(actor, goal, "goal_set", at)


@operation("collaboration.lead")
def revise_goal(
    *,
    actor: Actor,
    goal_id: str,
    why: str,
    what: str,
    indicator: str,
    unit: str,
    direction: str,
    baseline: Decimal | None,
    target: Decimal | None,
    target_on: date | None,
    baseline_on: date | None = None,
    kind: str = GoalKind.RESULT,
    source: str = "",
    at: datetime | None = None,
) -> Goal:
    """Replace a goal by another one, with a reason; the old one is kept as it was set.

    Raises `Refused` for a goal that has ended.
    """
    goal_for(actor, goal_id, "collaboration.lead", at)
    at = at or clock.now()
    old = _held(goal_id)
    found = Findings()
    why = found.text("why", why)
    goal = _goal(
        old.collaboration,
        {"what": what, "indicator": indicator, "unit": unit, "source": source},
        {"kind": kind, "direction": direction},
        _aim(direction, baseline, baseline_on or old.baseline_on, target, target_on),
        _set(actor, at),
        found,
    )
    old.ended_at, old.ended_reason = at, why
    old.save(update_fields=["ended_at", "ended_reason"])
    goal.replaces = old
    return _keep(actor, goal, "goal_revised", at, reason=why, replaces=old.pk)


@operation("collaboration.lead")
def end_goal(*, actor: Actor, goal_id: str, reason: str, at: datetime | None = None) -> Goal:
    """Stop working for a goal, with a reason. Raises `Refused` when an active collaboration would be left without one."""
    goal_for(actor, goal_id, "collaboration.lead", at)
    at = at or clock.now()
    goal = _held(goal_id)
    others = Goal.objects.in_force().filter(collaboration=goal.collaboration).exclude(pk=goal.pk)
    if goal.collaboration.state == CollaborationState.ACTIVE and not others.exists():
        raise Refused(
            _("This is the only goal. Set another one first: without one nobody can tell whether it is worth it.")
        )
    found = Findings()
    goal.ended_at, goal.ended_reason = at, found.text("reason", reason)
    found.insist()
    goal.save(update_fields=["ended_at", "ended_reason"])
    _record(actor, "goal_ended", goal, at, what=goal.what, reason=goal.ended_reason)
    return goal


def _held(goal_id: str) -> Goal:
    goal = Goal.objects.select_for_update(of=("self",)).select_related("collaboration").get(pk=goal_id)
    if goal.ended_at is not None:
        raise Refused(_("The goal has ended already. Look for the one that replaced it."))
    _open(goal.collaboration_id)
    return goal


def _open(collaboration_id: str) -> Collaboration:
    collaboration = Collaboration.objects.select_for_update().get(pk=collaboration_id)
    if collaboration.state == CollaborationState.CLOSED:
        raise Refused(_("The collaboration is closed, so nothing in it changes."))
    return collaboration


def _set(actor: Actor, at: datetime) -> dict[str, Any]:
    return {"set_at": at, "set_by_id": actor.holding_id}


def _aim(
    direction: str, baseline: Decimal | None, baseline_on: date, target: Decimal | None, target_on: date | None
) -> dict[str, Any]:
    return {
        "direction": direction,
        "baseline": baseline,
        "baseline_on": baseline_on,
        "target": target,
        "target_on": target_on,
    }


def _goal(
    collaboration: Collaboration,
    words: dict[str, str],
    choices: dict[str, str],
    aim: dict[str, Any],
    by: dict[str, Any],
    found: Findings | None = None,
) -> Goal:
    """The goal, not yet stored; raises `Invalid` for everything that is missing or contradicts itself."""
    found = found or Findings()
    lengths = {"what": 200, "indicator": 200, "unit": 40, "source": 200}
    said = {name: found.line(name, words[name], most, required=name != "source") for name, most in lengths.items()}
    found.choice("direction", choices["direction"], Direction.values)
    found.choice("kind", choices["kind"], GoalKind.values)
    for name, sentence in _missing().items():
        if aim[name] is None:
            found.say(name, sentence)
    if all(aim[name] is not None for name in _missing()):
        for name, fault in faults(Aim(**aim)):
            found.say(name, _fault_sentences()[fault])
    found.insist()
    return Goal(collaboration=collaboration, kind=choices["kind"], **said, **aim, **by)


def _missing() -> dict[str, str]:
    return {
        "baseline": _("Say where it stands today. Without a baseline nobody can see a change."),
        "target": _("Say where it is to be. Without a target nobody can see whether it is reached."),
        "target_on": _("Say by what day. A goal without a day is never missed."),
    }


def _fault_sentences() -> dict[Fault, str]:
    return {
        Fault.LEVEL: _("Write a number with at most four decimals, and at most %(most)s.") % {"most": f"{LARGEST_LEVEL:,}"},
        Fault.WAY: _("The target lies the other way from the baseline. Change one of them, or which way it should go."),
        Fault.STAY: _("What should stay has the same target as baseline."),
        Fault.TIME: _("The day to reach it by comes after the day the baseline was measured."),
    }


def _keep(actor: Actor, goal: Goal, action: str, at: datetime, **content: Any) -> Goal:
    goal.save(force_insert=True)
    plain = {name: getattr(goal, name) for name in ("what", "kind", "indicator", "unit", "direction", "source")}
    figures = {name: str(getattr(goal, name)) for name in ("baseline", "baseline_on", "target", "target_on")}
    _record(actor, action, goal, at, **plain, **figures, **content)
    return goal


def _record(actor: Actor, action: str, goal: Goal, at: datetime, **content: Any) -> None:
    journal.record(
        actor=actor,
        action=action,
        subject_kind="goal",
        subject_id=goal.pk,
        collaboration_id=goal.collaboration_id,
        at=at,
        **content,
    )
