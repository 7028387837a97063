"""Matters and positions held for writing: the matter's row is locked first, then the right is asked for.

Every operation of this app changes one matter. Locking its row makes the operations on it follow one another, so that what
was checked still holds when it is written.
"""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Absent, Refused
from samordna.domain.matters.access import condition_for, matter_for, need_for, position_for, readable_conditions
from samordna.domain.matters.enums import MatterStage, PositionState
from samordna.domain.matters.models import AnswerLink, Aspect, Condition, Matter, Need, Position
from samordna.domain.matters.states import ANSWERABLE


def _lock(matter_id: str) -> None:
    list(Matter.objects.select_for_update().filter(pk=matter_id).values_list("pk"))


def held_matter_for(actor: Actor, matter_id: str, action: str = "matter.lead", at: datetime | None = None) -> Matter:
    """The matter, locked, if the actor may do this with it."""
    _lock(matter_id)
    return matter_for(actor, matter_id, action, at)


def held_draft_for(actor: Actor, matter_id: str, at: datetime | None = None) -> Matter:
    """The matter, locked, while it is still being prepared."""
    matter = held_matter_for(actor, matter_id, "matter.lead", at)
    if matter.stage != MatterStage.DRAFT:
        raise Refused(_("The matter has been sent out, so what it asks stays as it is. Open a follow-up matter instead."))
    return matter


def held_aspect_for(actor: Actor, aspect_id: str, at: datetime | None = None) -> Aspect:
    """An aspect of a matter that is still being prepared, the matter locked."""
    aspect = Aspect.objects.filter(pk=aspect_id).first()
    if aspect is None:
        raise Absent
    aspect.matter = held_draft_for(actor, aspect.matter_id, at)
    return aspect


def held_position_for(
    actor: Actor, position_id: str, action: str = "position.answer", at: datetime | None = None
) -> Position:
    """The position, its matter locked, if the actor may answer it now."""
    matter_id = Position.objects.filter(pk=position_id).values_list("matter_id", flat=True).first()
    _lock(matter_id or "")
    position = position_for(actor, position_id, action, at)
    check_answerable(position.matter)
    _check_link(actor, position, at)
    return position


def held_condition_for(actor: Actor, condition_id: str, at: datetime | None = None) -> Condition:
    """A condition that the actor may withdraw or change, its matter locked."""
    matter_id = Condition.objects.filter(pk=condition_id).values_list("matter_id", flat=True).first()
    _lock(matter_id or "")
    condition = condition_for(actor, condition_id, at)
    check_answerable(condition.matter)
    if condition.position is not None:
        _check_link(actor, condition.position, at)
    if condition.withdrawn_at is not None:
        raise Refused(_("This condition has already been withdrawn."))
    return condition


def held_led_condition_for(actor: Actor, condition_id: str, at: datetime | None = None) -> Condition:
    """A participant's condition in a matter that the actor leads and that still takes answers, the matter locked.

    What the actor may not read is not there, whether or not the actor may know of the matter.
    """
    condition = Condition.objects.select_related("matter").filter(pk=condition_id).first()
    if condition is None or not readable_conditions(actor, condition.matter, at).filter(pk=condition_id).exists():
        raise Absent
    condition.matter = held_matter_for(actor, condition.matter_id, "matter.lead", at)
    check_answerable(condition.matter)
    if condition.position_id is None:
        raise Refused(_("This condition is the coordination's own: withdraw it or state another instead."))
    condition.refresh_from_db(fields=["withdrawn_at"])
    if condition.withdrawn_at is not None:
        raise Refused(_("This condition has already been withdrawn."))
    return condition


def held_need_for(actor: Actor, need_id: str, at: datetime | None = None) -> Need:
    """A need that the actor may withdraw, its matter locked."""
    matter_id = Need.objects.filter(pk=need_id).values_list("matter_id", flat=True).first()
    _lock(matter_id or "")
    need = need_for(actor, need_id, at)
    check_answerable(need.matter)
    if need.position is not None:
        _check_link(actor, need.position, at)
    if need.withdrawn_at is not None:
        raise Refused(_("This need has already been withdrawn."))
    return need


def check_answerable(matter: Matter) -> None:
    """Refuse answers before the matter has been sent out and after it is settled."""
    if matter.stage == MatterStage.DRAFT:
        raise Refused(_("The matter is still being prepared. Answers are gathered once it has been sent out."))
    if matter.stage not in ANSWERABLE:
        raise Refused(_("The matter is settled or closed, so answers are no longer taken. Open a follow-up instead."))


def _check_link(actor: Actor, position: Position, at: datetime | None) -> None:
    """Ask again inside the transaction whether the link still lives: two submissions may race."""
    if actor.link_position_id is None:
        return
    if not AnswerLink.objects.filter(position=position).living(at or clock.now()).exists():
        raise Refused(_("This answer link has been used or has expired. Ask the coordinator for a new one."))


def begin(position: Position) -> None:
    """Note that the participant has said something, so that it is no longer silent."""
    if position.state in (PositionState.SILENT, PositionState.DECLINED):
        position.state = PositionState.STARTED
        position.declined_reason = ""
        position.save(update_fields=["state", "declined_reason"])
