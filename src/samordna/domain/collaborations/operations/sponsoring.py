"""Each participant names, itself, the manager's role that stands behind its taking part (F1)."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from samordna.core import clock, journal
from samordna.core.actor import Actor
from samordna.core.errors import Invalid, Refused
from samordna.core.operation import operation
from samordna.domain.collaborations.access import sponsoring_for
from samordna.domain.collaborations.enums import CollaborationState
from samordna.domain.collaborations.models import Collaboration, Sponsorship
from samordna.domain.collaborations.queries.sponsors import sponsor_roles


@operation("sponsor.name")
def name_sponsor(*, actor: Actor, collaboration_id: str, role_id: str, at: datetime | None = None) -> Sponsorship:
    """Name the manager's role that stands behind one's own organisation's taking part, instead of the one before."""
    collaboration = sponsoring_for(actor, collaboration_id, at)
    at, own = at or clock.now(), actor.organisation_id or ""
    if collaboration.state == CollaborationState.CLOSED:
        raise Refused(_("The collaboration is closed, so nobody has to stand behind it."))
    if role_id not in dict(sponsor_roles(own, clock.day(at))):
        raise Invalid({"role_id": _("Choose one of the manager's roles that your own organisation has now.")})
    Collaboration.objects.select_for_update().get(pk=collaboration_id)
    before = Sponsorship.objects.standing().filter(collaboration=collaboration, organisation_id=own)
    if before.filter(role_id=role_id).exists():
        raise Invalid({"role_id": _("This role is your sponsor already.")})
    before.update(ended_at=at, ended_by=actor.holding_id)
    made = Sponsorship.objects.create(
        collaboration=collaboration, organisation_id=own, role_id=role_id, named_at=at, named_by_id=actor.holding_id
    )
    _record(actor, "sponsor_named", made, at)
    return made


@operation("sponsor.name")
def end_sponsorship(*, actor: Actor, collaboration_id: str, at: datetime | None = None) -> Sponsorship:
    """Say that nobody stands behind one's own organisation's taking part any longer. That shows as at risk."""
    collaboration = sponsoring_for(actor, collaboration_id, at)
    at = at or clock.now()
    standing = Sponsorship.objects.select_for_update().standing()
    found = standing.filter(collaboration=collaboration, organisation_id=actor.organisation_id).first()
    if found is None:
        raise Refused(_("Your organisation has named no sponsor here."))
    Sponsorship.objects.filter(pk=found.pk).update(ended_at=at, ended_by=actor.holding_id)
    _record(actor, "sponsorship_ended", found, at)
    return found


def _record(actor: Actor, action: str, sponsorship: Sponsorship, at: datetime) -> None:
    journal.record(
        actor=actor,
        action=action,
        subject_kind="sponsorship",
        subject_id=sponsorship.pk,
        collaboration_id=sponsorship.collaboration_id,
        at=at,
        organisation=sponsorship.organisation_id,
        role=sponsorship.role_id,
    )
