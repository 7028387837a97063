"""Whoever leaves an organisation does not come back by an old link: unanswered invitations to their address end."""

from __future__ import annotations

from datetime import datetime

from samordna.core import journal
from samordna.core.actor import Actor
from samordna.domain.admissions.models import Invitation
from samordna.domain.organisations.leaving import at_leaving
from samordna.domain.organisations.models import Person


def withdraw_theirs(actor: Actor, organisation_id: str, person: Person, at: datetime) -> None:
    """Withdraw what invites the person to the organisation's roles."""
    if not person.email:
        return
    theirs = Invitation.objects.unanswered().filter(email__iexact=person.email, role__organisation=organisation_id)
    for invitation in theirs.select_for_update(of=("self",)).order_by("pk"):
        invitation.withdrawn_at = at
        invitation.save(update_fields=["withdrawn_at"])
        journal.record(
            actor=actor,
            action="invitation_withdrawn",
            subject_kind="invitation",
            subject_id=invitation.pk,
            at=at,
            role=invitation.role_id or "",
            organisation=organisation_id,
        )


at_leaving("invitations", withdraw_theirs)
