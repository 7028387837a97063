"""The superior's exemptions from what is mandatory: with a reason, and an end or a day on which they are looked over."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from samordna.core import clock, journal
from samordna.core.actor import Actor
from samordna.core.errors import Refused
from samordna.core.operation import operation
from samordna.domain.collaborations.access import exemption_for, party_for
from samordna.domain.collaborations.enums import CollaborationState, Duress
from samordna.domain.collaborations.models import Exemption, Party
from samordna.domain.organisations.findings import Findings


@operation("mandate.give")
def exempt_party(
    *,
    actor: Actor,
    party_id: str,
    join: str = "",
    contribute: str = "",
    follow: str = "",
    reason: str,
    starts_on: date | None = None,
    ends_on: date | None = None,
    review_on: date | None = None,
    at: datetime | None = None,
) -> Exemption:
    """The superior frees a party from some of what is mandatory for the others: until a day, or until further notice.

    An exemption until further notice needs a day on which it is looked over. One that runs already ends as this one starts.
    """
    party = party_for(actor, party_id, "mandate.give", at)
    if party.collaboration.superior_id is None:
        raise Refused(_("There is no organisation above the participants; the coordinator sets the depth."))
    if party.collaboration.state == CollaborationState.CLOSED:
        raise Refused(_("The collaboration is closed, so nothing in it changes."))
    at = at or clock.now()
    made = Exemption(party=party, given_at=at, given_by_id=actor.holding_id, starts_on=starts_on or clock.day(at))
    made.ends_on, made.review_on, found = ends_on, review_on, Findings()
    for field, value in (("join", join), ("contribute", contribute), ("follow", follow)):
        setattr(made, field, found.choice(field, value, Duress.values, required=False))
    if not (join or contribute or follow):
        found.say("follow", _("Say what the party is exempted from."))
    made.reason = found.text("reason", reason)
    _must_end_or_be_looked_over(found, made)
    found.insist()
    running = Exemption.objects.select_for_update().filter(party=party).exclude(ends_on__lte=made.starts_on)
    for earlier in running:
        earlier.ends_on = max(made.starts_on, earlier.starts_on)
        earlier.save(update_fields=["ends_on"])
    made.save(force_insert=True)
    plain = {name: getattr(made, name) for name in ("join", "contribute", "follow", "reason")}
    days = {name: value.isoformat() for name in ("starts_on", "ends_on", "review_on") if (value := getattr(made, name))}
    _record(actor, "party_exempted", party, at, exemption=made.pk, name=party.name, **plain, **days)
    return made


def _must_end_or_be_looked_over(found: Findings, made: Exemption) -> None:
    if made.ends_on is None and made.review_on is None:
        found.say("ends_on", _("Say until when, or when it is to be looked over."))
    found.span("starts_on", made.starts_on, "ends_on", made.ends_on)
    if made.review_on is not None and made.review_on <= made.starts_on:
        found.say("review_on", _("It is looked over on a day after it has begun."))


@operation("mandate.give")
def end_exemption(*, actor: Actor, exemption_id: str, reason: str, at: datetime | None = None) -> Exemption:
    """The superior ends an exemption today, before its day, with a reason. Raises `Refused` when it has ended already."""
    exemption_for(actor, exemption_id, "mandate.give", at)
    at = at or clock.now()
    exemption, today = Exemption.objects.select_for_update().get(pk=exemption_id), clock.day(at)
    if exemption.ends_on is not None and exemption.ends_on <= today:
        raise Refused(_("The exemption has ended already."))
    found = Findings()
    exemption.ended_reason = found.text("reason", reason)
    found.insist()
    exemption.ends_on = max(today, exemption.starts_on)
    exemption.save(update_fields=["ends_on", "ended_reason"])
    content = {"exemption": exemption.pk, "name": exemption.party.name, "reason": exemption.ended_reason}
    _record(actor, "exemption_ended", exemption.party, at, **content)
    return exemption


def _record(actor: Actor, action: str, party: Party, at: datetime, **content: Any) -> None:
    journal.record(
        actor=actor,
        action=action,
        subject_kind="party",
        subject_id=party.pk,
        collaboration_id=party.collaboration_id,
        at=at,
        **content,
    )
