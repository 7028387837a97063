"""Looking after a document: its name and who is responsible for it, and looking it over on a rhythm."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Refused
from samordna.core.operation import operation
from samordna.domain.agreements.access import DRAFT, agreement_for
from samordna.domain.agreements.models import Agreement, Review
from samordna.domain.agreements.operations.starting import area_of, responsible_role
from samordna.domain.agreements.operations.telling import tell
from samordna.domain.organisations.findings import Findings


@operation("agreement.draft")
def describe_document(
    *,
    actor: Actor,
    agreement_id: str,
    name: str,
    responsible_role_id: str = "",
    area_id: str = "",
    review_on: date | None = None,
    at: datetime | None = None,
) -> Agreement:
    """Say anew what the document is called, which role is responsible for it, and when it is looked over next.

    Versions that are sealed keep the name they had.
    """
    agreement = agreement_for(actor, agreement_id, DRAFT, at)
    at = at or clock.now()
    found = Findings()
    agreement.name = found.line("name", name, 160)
    agreement.area = area_of(found, agreement.collaboration, area_id)
    if responsible_role_id and responsible_role_id != agreement.responsible_role_id:
        agreement.responsible_role = responsible_role(found, agreement, responsible_role_id, at)
    agreement.review_on = review_on
    found.insist()
    agreement.save(update_fields=["name", "area", "responsible_role", "review_on"])
    about = {"name": agreement.name, "responsible_role": agreement.responsible_role_id, "review_on": review_on or ""}
    tell(actor, "agreement_described", agreement, at, **about)
    return agreement


@operation("agreement.draft")
def review_document(
    *, actor: Actor, agreement_id: str, outcome: str, next_on: date | None = None, at: datetime | None = None
) -> Review:
    """Record that the document was looked over, what one found, and when one does it next."""
    agreement = agreement_for(actor, agreement_id, DRAFT, at)
    at = at or clock.now()
    if actor.holding_id is None:
        raise Refused(_("Somebody who holds a role has to look it over."))
    found = Findings()
    outcome = found.text("outcome", outcome)
    if next_on is not None and next_on <= clock.day(at):
        found.say("next_on", _("The next time comes after today."))
    found.insist()
    made = Review.objects.create(
        agreement=agreement, reviewed_at=at, holding_id=actor.holding_id, outcome=outcome, next_on=next_on
    )
    agreement.review_on = next_on
    agreement.save(update_fields=["review_on"])
    tell(actor, "agreement_reviewed", agreement, at, outcome=outcome, next_on=next_on or "")
    return made
