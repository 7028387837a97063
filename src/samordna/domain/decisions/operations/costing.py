"""What an organisation's time costs: its hourly rate, and its own estimate of the time that a matter has taken."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from samordna.core import clock, journal
from samordna.core.actor import Actor
from samordna.core.errors import Invalid
from samordna.core.operation import operation
from samordna.core.policy import Thing
from samordna.domain.collaborations.access import permit
from samordna.domain.decisions.access import thing_of_answer
from samordna.domain.decisions.limits import LONGEST_TEXT, MAX_HOURS, MAX_RATE
from samordna.domain.decisions.models import HourlyRate, TimeEstimate
from samordna.domain.decisions.operations.held import holding_of
from samordna.domain.matters.access import matter_for


@operation("organisation.administer")
def set_hourly_rate(*, actor: Actor, organisation_id: str, amount: int, at: datetime | None = None) -> HourlyRate:
    """Say what an hour of the organisation's people costs, in kronor. It counts in every matter from now on."""
    permit(actor, "organisation.administer", Thing(organisation_id=organisation_id), at)
    at = at or clock.now()
    if not 1 <= amount <= MAX_RATE:
        sentence = _("State what an hour costs, in whole kronor from 1 to %(most)s.")
        raise Invalid({"amount": sentence % {"most": MAX_RATE}})
    rate, _made = HourlyRate.objects.update_or_create(
        organisation_id=organisation_id, defaults={"amount": amount, "set_at": at, "set_by_id": holding_of(actor)}
    )
    journal.record(
        actor=actor,
        action="hourly_rate_set",
        subject_kind="organisation",
        subject_id=organisation_id,
        at=at,
        amount=amount,
    )
    return rate


@operation("proposal.answer")
def estimate_time(
    *, actor: Actor, matter_id: str, hours: int, reason: str, whole: bool = False, at: datetime | None = None
) -> TimeEstimate:
    """Say how many hours the matter has taken one's organisation, or (`whole`) the coordination, instead of the count."""
    matter = matter_for(actor, matter_id, "matter.lead" if whole else "matter.read", at)
    at = at or clock.now()
    owner = None if whole else actor.organisation_id
    if not whole:
        permit(actor, "proposal.answer", thing_of_answer(matter, owner), at)
    _check_estimate(hours, reason)
    estimate, _made = TimeEstimate.objects.update_or_create(
        matter=matter,
        organisation_id=owner,
        defaults={"hours": hours, "reason": reason.strip(), "stated_at": at, "stated_by_id": holding_of(actor)},
    )
    journal.record(
        actor=actor,
        action="time_estimated",
        subject_kind="matter",
        subject_id=matter.pk,
        collaboration_id=matter.collaboration_id,
        matter_id=matter.pk,
        at=at,
        whole=whole,
    )
    return estimate


def _check_estimate(hours: int, reason: str) -> None:
    wrong = {}
    if not 0 <= hours <= MAX_HOURS:
        wrong["hours"] = _("State whole hours from 0 to %(most)s.") % {"most": MAX_HOURS}
    if not reason.strip():
        wrong["reason"] = _("Say what the time went to, so that others can compare.")
    elif len(reason) > LONGEST_TEXT:
        wrong["reason"] = _("The text may have at most %(limit)s characters.") % {"limit": LONGEST_TEXT}
    if wrong:
        raise Invalid(wrong)
