"""What an organisation's time costs: its hourly rate, and its own estimate of the time that a matter has taken."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Min, Q, QuerySet
from django.utils.translation import gettext as _

from samordna.core import clock, journal
from samordna.core.actor import Actor
from samordna.core.errors import Invalid
from samordna.core.operation import operation
from samordna.core.policy import Thing
from samordna.domain.collaborations.access import permit
from samordna.domain.decisions.access import thing_of_answer
from samordna.domain.decisions.limits import FURTHEST_RATE, LONGEST_TEXT, MAX_HOURS, MAX_RATE
from samordna.domain.decisions.models import HourlyRate, TimeEstimate
from samordna.domain.decisions.operations.held import holding_of
from samordna.domain.matters.access import matter_for


@operation("organisation.administer")
def set_hourly_rate(
    *, actor: Actor, organisation_id: str, amount: int, from_on: date | None = None, at: datetime | None = None
) -> HourlyRate:
    """Say what an hour of the organisation's people costs, in kronor, from a day on: today, or one that is to come.

    The first that is stated holds for all days until then, too. One that is to begin later still does; one for the same
    day, or a first one of today's, is corrected. Days that have been keep what held then.
    """
    permit(actor, "organisation.administer", Thing(organisation_id=organisation_id), at)
    at = at or clock.now()
    today = clock.day(at)
    start = from_on or today
    _check_rate(amount, start, today)
    stated = HourlyRate.objects.select_for_update().filter(organisation_id=organisation_id)
    _take_back(stated, start, today)
    before = stated.filter(Q(valid_from__isnull=True) | Q(valid_from__lt=start))
    before.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=start)).update(valid_to=start)
    rate = HourlyRate.objects.create(
        organisation_id=organisation_id,
        amount=amount,
        valid_from=start if before.exists() else None,
        valid_to=stated.filter(valid_from__gt=start).aggregate(next=Min("valid_from"))["next"],
        set_at=at,
        set_by_id=holding_of(actor),
    )
    journal.record(
        actor=actor,
        action="hourly_rate_set",
        subject_kind="organisation",
        subject_id=organisation_id,
        at=at,
        amount=amount,
        from_on=rate.valid_from,
    )
    return rate


def _check_rate(amount: int, start: date, today: date) -> None:
    wrong = {}
    if not 1 <= amount <= MAX_RATE:
        wrong["amount"] = _("State what an hour costs, in whole kronor from 1 to %(most)s.") % {"most": MAX_RATE}
    if start < today:
        wrong["from_on"] = _("Choose today or a later day. Days that have been keep the rate that held then.")
    elif start > today + FURTHEST_RATE:
        wrong["from_on"] = _("Choose a day within five years.")
    if wrong:
        raise Invalid(wrong)


def _take_back(stated: QuerySet[HourlyRate], start: date, today: date) -> None:
    """Take back the one of the same day; and the first of all, when it was stated today."""
    stated.filter(valid_from=start).delete()
    first = stated.filter(valid_from__isnull=True).first()
    if first is not None and start == today == clock.day(first.set_at):
        first.delete()


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
