"""What a document rests on: other documents, and decisions (T9)."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Refused, TooLarge
from samordna.core.operation import operation
from samordna.domain.agreements.access import DRAFT, agreement_for
from samordna.domain.agreements.limits import MOST_GROUNDS
from samordna.domain.agreements.models import Agreement, GroundLink
from samordna.domain.agreements.operations.telling import tell
from samordna.domain.organisations.findings import Findings


@operation("agreement.draft")
def rest_on(
    *,
    actor: Actor,
    agreement_id: str,
    rests_on_id: str = "",
    decision_id: str = "",
    decided_in: str = "",
    at: datetime | None = None,
) -> GroundLink:
    """Say that a document rests on another document or on a decision.

    Decisions belong to a later step and are known here by their id and the collaboration they were made in (`decided_in`),
    which has to be the document's own, so that it concerns its parties; who calls this has read the decision.
    """
    agreement = agreement_for(actor, agreement_id, DRAFT, at)
    at = at or clock.now()
    Agreement.objects.select_for_update().get(pk=agreement_id)
    existing = list(GroundLink.objects.filter(agreement=agreement, removed_at__isnull=True))
    if len(existing) >= MOST_GROUNDS:
        raise TooLarge(_("A document rests on at most %(most)s others.") % {"most": MOST_GROUNDS})
    found = Findings()
    if bool(rests_on_id) == bool(decision_id):
        found.say("rests_on_id", _("Choose one document or one decision."))
    found.line("decision_id", decision_id, 12, required=False)
    if decision_id and decided_in != agreement.collaboration_id:
        found.say("decision_id", _("Choose a decision in the same collaboration: it has to concern the parties."))
    found.insist()
    ground = agreement_for(actor, rests_on_id, at=at) if rests_on_id else None
    if ground is not None and (ground.pk == agreement.pk or ground.collaboration_id != agreement.collaboration_id):
        found.say("rests_on_id", _("Choose another document in the same collaboration."))
    if any((link.rests_on_id or "", link.decision_id) == (rests_on_id, decision_id) for link in existing):
        found.say("rests_on_id", _("It rests on that already."))
    found.insist()
    made = GroundLink.objects.create(agreement=agreement, rests_on=ground, decision_id=decision_id, added_at=at)
    tell(actor, "agreement_rested", agreement, at, rests_on=rests_on_id, decision=decision_id)
    return made


@operation("agreement.draft")
def stop_resting_on(*, actor: Actor, agreement_id: str, ground_id: str, at: datetime | None = None) -> Agreement:
    """Say that a document no longer rests on something."""
    agreement = agreement_for(actor, agreement_id, DRAFT, at)
    at = at or clock.now()
    link = GroundLink.objects.select_for_update().filter(pk=ground_id, agreement=agreement, removed_at__isnull=True).first()
    if link is None:
        raise Refused(_("It does not rest on that."))
    link.removed_at = at
    link.save(update_fields=["removed_at"])
    tell(actor, "agreement_unrested", agreement, at, rests_on=link.rests_on_id or "", decision=link.decision_id)
    return agreement
