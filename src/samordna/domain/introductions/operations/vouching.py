"""What an organisation fills in for its own people: steps that were done before, and training from before or elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _

from samordna.core import clock, journal
from samordna.core.actor import Actor
from samordna.core.errors import Refused, TooLarge
from samordna.core.operation import operation
from samordna.domain.introductions.access import VOUCH, introduced_for, programme_for, training_for
from samordna.domain.introductions.assigned import introduced, learnt_in
from samordna.domain.introductions.enums import How
from samordna.domain.introductions.limits import MOST_EARLIER
from samordna.domain.introductions.models import Done, EarlierTraining, Step
from samordna.domain.introductions.operations.holding import check_done_on, held_programme_for
from samordna.domain.organisations.findings import Findings
from samordna.domain.organisations.models import Holding


@operation("introduction.vouch")
def vouch_for_steps(
    *,
    actor: Actor,
    holding_id: str,
    programme_id: str,
    steps: Sequence[str],
    on: date,
    note: str,
    at: datetime | None = None,
) -> Holding:
    """Fill in that one of the organisation's people did these steps on an earlier day; the note says how one knows."""
    holding = introduced_for(actor, holding_id, VOUCH, at)
    at = at or clock.now()
    programme_for(actor, programme_id, at=at)
    programme = held_programme_for(actor, programme_id, at, "introduction.read")
    found = Findings()
    note = found.line("note", note, 200)
    check_done_on(found, on, at)
    rows = Step.objects.filter(programme=programme, ended_at__isnull=True, pk__in=steps)
    if not steps or rows.count() < len(set(steps)):
        found.say("steps", _("Choose among the steps of the programme."))
    found.insist()
    held = Holding.objects.on(clock.day(at)).filter(pk=holding.pk).select_related("role")
    if not introduced([programme], held, clock.day(at), [holding.person_id]):
        raise Refused(_("This programme is not for the role that the person holds now."))
    known = learnt_in([programme], [holding.person_id]).of(holding)
    told = {"holding": holding, "on": on, "how": How.VOUCHED, "note": note, "told_at": at, "told_by_id": actor.holding_id}
    new = [step for step in rows if known.get(step.root_id, date.min) < on]
    if not new:
        raise Refused(_("All of these are done on that day or later already."))
    Done.objects.bulk_create(Done(step=step, **told) for step in new)
    _record(actor, "introduction_vouched", holding, at)
    return holding


@operation("introduction.vouch")
def fill_in_earlier_training(
    *,
    actor: Actor,
    holding_id: str,
    what: str,
    on: date,
    valid_to: date | None = None,
    note: str = "",
    at: datetime | None = None,
) -> EarlierTraining:
    """Fill in training in collaboration that one of the organisation's people has from before or from elsewhere."""
    holding = introduced_for(actor, holding_id, VOUCH, at)
    at = at or clock.now()
    found = Findings()
    what, note = found.line("what", what, 200), found.line("note", note, 300, required=False)
    check_done_on(found, on, at)
    found.span("on", on, "valid_to", valid_to)
    found.insist()
    Holding.objects.select_for_update(of=("self",)).get(pk=holding.pk)
    if EarlierTraining.objects.filter(holding=holding, withdrawn_at__isnull=True).count() >= MOST_EARLIER:
        told = _("At most %(most)s earlier trainings can stand here. Take one away first.")
        raise TooLarge(told % {"most": MOST_EARLIER})
    row = EarlierTraining.objects.create(
        holding=holding, what=what, on=on, valid_to=valid_to, note=note, told_at=at, told_by_id=actor.holding_id
    )
    _record(actor, "training_filled_in", holding, at)
    return row


@operation("introduction.vouch")
def take_earlier_training_away(*, actor: Actor, training_id: str, at: datetime | None = None) -> EarlierTraining:
    """Take away an earlier training that was filled in by mistake. It stays, as taken away."""
    training_for(actor, training_id, at)
    at = at or clock.now()
    row = EarlierTraining.objects.select_for_update(of=("self",)).select_related("holding").get(pk=training_id)
    if row.withdrawn_at is not None:
        raise Refused(_("This has been taken away already."))
    row.withdrawn_at = at
    row.save(update_fields=["withdrawn_at"])
    _record(actor, "training_taken_away", row.holding, at)
    return row


def _record(actor: Actor, action: str, holding: Holding, at: datetime) -> None:
    journal.record(actor=actor, action=action, subject_kind="holding", subject_id=holding.pk, at=at)
