"""Asking a participant to think a condition over, and its answer. Nobody else can give a condition up."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Refused
from samordna.core.operation import operation
from samordna.domain.matters.models import Reconsideration
from samordna.domain.matters.operations.held import held_condition_for, held_led_condition_for
from samordna.domain.matters.operations.stating import withdraw_condition
from samordna.domain.matters.operations.telling import tell
from samordna.domain.matters.typed import Typed
from samordna.domain.organisations.models import Holding


@operation("matter.lead")
def ask_to_reconsider(*, actor: Actor, condition_id: str, text: str, at: datetime | None = None) -> Reconsideration:
    """Ask a condition's owner whether it can give way, and say what that would make possible.

    Refused for the coordination's own conditions, for one that is withdrawn, and while the owner has not answered the
    request before.
    """
    condition = held_led_condition_for(actor, condition_id, at)
    if condition.reconsiderations.filter(answered_at__isnull=True).exists():
        raise Refused(_("The owner has been asked already and has not answered yet."))
    typed = Typed()
    said = typed.text("text", text, needed=_("Say what you ask for, and what it would make possible."))
    typed.finish()
    asked = Reconsideration.objects.create(
        condition=condition, text=said, asked_at=at or clock.now(), asked_by_id=actor.holding_id
    )
    tell(actor, "reconsideration_asked", "condition", condition.pk, condition.matter, at, text=said)
    return asked


@operation("position.answer")
def answer_reconsideration(
    *, actor: Actor, condition_id: str, gives_way: bool, answer: str, at: datetime | None = None
) -> Reconsideration:
    """Answer for the owner: the condition gives way and is withdrawn, or it stands. Both with a reason."""
    condition = held_condition_for(actor, condition_id, at)
    asked = Reconsideration.objects.select_for_update().filter(condition=condition, answered_at__isnull=True).first()
    if asked is None:
        raise Refused(_("Nobody has asked about this condition, or it has been answered."))
    typed = Typed()
    asked.answer = typed.text("answer", answer, needed=_("Say why: the others have to understand it."))
    typed.finish()
    asked.gives_way, asked.answered_at = gives_way, at or clock.now()
    asked.answered_by = Holding.objects.filter(pk=actor.holding_id).first()
    asked.save(update_fields=["gives_way", "answer", "answered_at", "answered_by"])
    if gives_way:
        withdraw_condition(actor=actor, condition_id=condition_id, reason=asked.answer, at=at)
    tell(
        *(actor, "reconsideration_answered", "condition", condition.pk, condition.matter, at),
        gives_way=gives_way,
        answer=asked.answer,
    )
    return asked
