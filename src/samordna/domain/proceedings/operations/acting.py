"""What is to be done after a meeting: noted in one line, handed over, done, dropped, taken up again."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Invalid, Refused, TooLarge
from samordna.core.operation import operation
from samordna.domain.forums.access import owners_of
from samordna.domain.forums.choosing import preparers_within
from samordna.domain.forums.models import Forum, Item
from samordna.domain.forums.operations.telling import tell
from samordna.domain.organisations.findings import Findings
from samordna.domain.proceedings.access import NOTE
from samordna.domain.proceedings.enums import ActionState, Step
from samordna.domain.proceedings.limits import LONGEST_REASON, MOST_ACTIONS
from samordna.domain.proceedings.models import ActionPoint, ActionStep
from samordna.domain.proceedings.operations.holding import held_point_for, held_sitting_for
from samordna.domain.proceedings.printing import find_printable


@operation("forum.note")
def note_action_point(
    *,
    actor: Actor,
    meeting_id: str,
    what: str,
    owner_role_id: str,
    due_on: date | None = None,
    item_id: str = "",
    at: datetime | None = None,
) -> ActionPoint:
    """Note what is to be done, by which role, until when."""
    meeting = held_sitting_for(actor, meeting_id, NOTE, at)
    at = at or clock.now()
    found = Findings()
    what = find_printable(found, "what", found.line("what", what, 300))
    _must_be_a_role(found, meeting.forum, owner_role_id, at)
    _must_be_a_day(found, due_on, at)
    item = Item.objects.filter(pk=item_id, meeting=meeting).first() if item_id else None
    if item_id and item is None:
        found.say("item_id", _("Choose an item on this meeting's agenda."))
    if meeting.action_points.count() >= MOST_ACTIONS:
        raise TooLarge(_("At most %(most)s things to do are noted at a meeting.") % {"most": MOST_ACTIONS})
    found.insist()
    about = {"owner_role_id": owner_role_id, "due_on": due_on, "noted_at": at, "noted_by_id": actor.holding_id}
    made = ActionPoint.objects.create(meeting=meeting, item=item, what=what, **about)
    told = {"point": made.pk, "what": what, "owner_role": owner_role_id, "due_on": due_on}
    tell(actor, "action_noted", meeting.forum, at, meeting, **told)
    return made


def _must_be_a_role(found: Findings, forum: Forum, role_id: str, at: datetime) -> None:
    if not role_id or not preparers_within(owners_of(forum), clock.day(at)).filter(pk=role_id).exists():
        found.say("owner_role_id", _("Choose a role at somebody who takes part, or the coordinator's."))


def _must_be_a_day(found: Findings, due_on: date | None, at: datetime) -> None:
    if due_on is not None and due_on < clock.day(at):
        found.say("due_on", _("Choose today or a later day."))


@operation("forum.raise")
def change_action_point(
    *,
    actor: Actor,
    point_id: str,
    owner_role_id: str,
    due_on: date | None = None,
    reason: str = "",
    at: datetime | None = None,
) -> ActionPoint:
    """Hand it over to another role, or give it another day, and say why."""
    point = held_point_for(actor, point_id, at)
    at = at or clock.now()
    _must_be_open(point)
    found, before = Findings(), point.owner_role_id
    reason = found.text("reason", reason, longest=LONGEST_REASON)
    if owner_role_id != before:
        _must_be_a_role(found, point.meeting.forum, owner_role_id, at)
    if due_on != point.due_on:
        _must_be_a_day(found, due_on, at)
    found.insist()
    if (owner_role_id, due_on) == (before, point.due_on):
        raise Invalid({"owner_role_id": _("Choose another role or another day.")})
    point.owner_role_id, point.due_on = owner_role_id, due_on
    point.save(update_fields=["owner_role", "due_on"])
    handed = owner_role_id != before
    _step(actor, point, Step.HANDED if handed else Step.MOVED, reason, at, before if handed else "")
    told = {"point": point.pk, "owner_role": owner_role_id, "from_role": before, "due_on": due_on, "reason": reason}
    tell(actor, "action_handed_over" if handed else "action_moved", point.meeting.forum, at, point.meeting, **told)
    return point


@operation("forum.raise")
def finish_action_point(*, actor: Actor, point_id: str, note: str = "", at: datetime | None = None) -> ActionPoint:
    """It is done; say what came of it, if you like."""
    point = held_point_for(actor, point_id, at)
    return _end(actor, point, ActionState.DONE, Step.DONE, note, at or clock.now())


@operation("forum.raise")
def drop_action_point(*, actor: Actor, point_id: str, reason: str, at: datetime | None = None) -> ActionPoint:
    """It is not to be done, and why."""
    point = held_point_for(actor, point_id, at)
    return _end(actor, point, ActionState.DROPPED, Step.DROPPED, reason, at or clock.now())


def _end(actor: Actor, point: ActionPoint, state: ActionState, step: Step, note: str, at: datetime) -> ActionPoint:
    _must_be_open(point)
    found = Findings()
    field = "reason" if state == ActionState.DROPPED else "note"
    note = found.text(field, note, longest=LONGEST_REASON, required=state == ActionState.DROPPED)
    found.insist()
    point.state, point.ended_at, point.ended_note = state, at, note
    point.save(update_fields=["state", "ended_at", "ended_note"])
    _step(actor, point, step, note, at)
    told = {"point": point.pk, "note": note}
    tell(
        actor,
        "action_done" if state == ActionState.DONE else "action_dropped",
        point.meeting.forum,
        at,
        point.meeting,
        **told,
    )
    return point


@operation("forum.raise")
def reopen_action_point(*, actor: Actor, point_id: str, at: datetime | None = None) -> ActionPoint:
    """It was not done after all."""
    point = held_point_for(actor, point_id, at)
    at = at or clock.now()
    if point.state == ActionState.OPEN:
        raise Refused(_("It is to be done already."))
    point.state, point.ended_at, point.ended_note = ActionState.OPEN, None, ""
    point.save(update_fields=["state", "ended_at", "ended_note"])
    _step(actor, point, Step.REOPENED, "", at)
    tell(actor, "action_reopened", point.meeting.forum, at, point.meeting, point=point.pk)
    return point


def _step(actor: Actor, point: ActionPoint, step: Step, note: str, at: datetime, from_role: str = "") -> None:
    by = {"taken_at": at, "taken_by_id": actor.holding_id}
    ActionStep.objects.create(point=point, step=step, note=note, from_role_id=from_role or None, **by)


def _must_be_open(point: ActionPoint) -> None:
    if point.state != ActionState.OPEN:
        raise Refused(_("It is done or dropped already. Take it up again first."))
