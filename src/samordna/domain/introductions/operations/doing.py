"""Steps done by the person itself, and what it has done elsewhere."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Absent, Invalid, Refused
from samordna.core.operation import operation
from samordna.domain.introductions.access import done_for, step_for, taking_for
from samordna.domain.introductions.assigned import introduced
from samordna.domain.introductions.elsewhere import done_elsewhere
from samordna.domain.introductions.enums import How
from samordna.domain.introductions.lasting import counted_at
from samordna.domain.introductions.models import Done, Programme, Step
from samordna.domain.introductions.operations.holding import check_done_on, held_programme_for, tell
from samordna.domain.organisations.findings import Findings
from samordna.domain.organisations.models import Holding


@operation("introduction.take")
def mark_step_done(
    *, actor: Actor, step_id: str, on: date | None = None, note: str = "", at: datetime | None = None
) -> Done:
    """Say that one has done a step, today or on an earlier day. Raises `Refused` for somebody whom it is not for, for a
    step that is no longer there, and for one that one has done and that still holds."""
    step = _own_step_for(actor, step_id, at)
    at = at or clock.now()
    if step.ended_at is not None:
        raise Refused(_("The step has been worded anew or taken out since you opened it. Look at the programme again."))
    held_programme_for(actor, step.programme_id, at, "introduction.read")
    found = Findings()
    note = found.line("note", note, 200, required=False)
    today = clock.day(at)
    on = on or today
    check_done_on(found, on, at)
    found.insist()
    must_be_introduced(actor, step.programme, today)
    own = Done.objects.filter(step__root_id=step.root_id, holding__person_id=actor.person_id, undone_at__isnull=True)
    own = own.filter(holding__role__organisation__in=counted_at(actor.organisation_id or ""))
    if own.filter(on__gte=on).exists():
        raise Invalid({"": _("You have done this step already.")})
    done = Done.objects.create(
        step=step,
        holding_id=actor.holding_id or "",
        on=on,
        how=How.OWN,
        note=note,
        told_at=at,
        told_by_id=actor.holding_id,
    )
    _tell(actor, "introduction_step_done", step, at)
    return done


@operation("introduction.take")
def take_back_done(*, actor: Actor, done_id: str, at: datetime | None = None) -> Done:
    """Take back that a step is done: one's own word, or what one's organisation has filled in. It stays, as taken back."""
    done_for(actor, done_id, at)
    at = at or clock.now()
    done = Done.objects.select_for_update(of=("self",)).select_related("step__programme").get(pk=done_id)
    if done.undone_at is not None:
        raise Refused(_("This has been taken back already."))
    done.undone_at = at
    done.save(update_fields=["undone_at"])
    _tell(actor, "introduction_step_undone", done.step, at)
    return done


@operation("introduction.take")
def count_what_was_done_elsewhere(*, actor: Actor, programme_id: str, at: datetime | None = None) -> Programme:
    """Count, here, the steps that one did in a role at another organisation. One's own choice: the organisation does not
    know of the other. Raises `Refused` when there are none."""
    programme = taking_for(actor, programme_id, at)
    at = at or clock.now()
    held_programme_for(actor, programme_id, at, "introduction.read")
    must_be_introduced(actor, programme, clock.day(at))
    rows = done_elsewhere(actor, programme)
    if not rows:
        raise Refused(_("There is nothing of this programme that you have done elsewhere and that is not counted here."))
    told = {"how": How.EARLIER, "told_at": at, "told_by_id": actor.holding_id, "holding_id": actor.holding_id or ""}
    Done.objects.bulk_create(Done(step_id=step, on=on, **told) for step, on in sorted(rows.items()))
    tell_own(actor, "introduction_counted", programme, at)
    return programme


def must_be_introduced(actor: Actor, programme: Programme, on: date) -> None:
    """Raises `Refused` unless the programme is for the role that the actor holds now."""
    held = Holding.objects.on(on).filter(pk=actor.holding_id).select_related("role")
    if not introduced([programme], held, on, [actor.person_id or ""]):
        raise Refused(_("This programme is not for the role you hold now."))


def tell_own(actor: Actor, action: str, programme: Programme, at: datetime) -> None:
    """How somebody gets on is no news for the collaboration: the entry lies in nobody's journal but the installation's."""
    tell(actor, action, Programme(pk=programme.pk), at)


def _tell(actor: Actor, action: str, step: Step, at: datetime) -> None:
    tell_own(actor, action, step.programme, at)


def _own_step_for(actor: Actor, step_id: str, at: datetime | None) -> Step:
    step = step_for(actor, step_id, at=at)
    taking_for(actor, step.programme_id, at)
    if actor.holding_id is None:
        raise Absent
    return step
