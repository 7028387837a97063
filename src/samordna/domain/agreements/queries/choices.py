"""What can be chosen in forms about documents."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.domain.collaborations.access import collaboration_for
from samordna.domain.collaborations.models import Participation
from samordna.domain.organisations.models import Role


def roles_for(actor: Actor, collaboration_id: str, at: datetime, organisation_id: str = "") -> tuple[tuple[str, str], ...]:
    """The roles that may be responsible for a document: at those who take part and at the host, or at one organisation."""
    given, on = collaboration_for(actor, collaboration_id, at=at), clock.day(at)
    taking_part = Participation.objects.on(on).filter(collaboration=given).values("organisation_id")
    where = Q(organisation_id__in=taking_part) | Q(organisation_id=given.host_id)
    if organisation_id:
        where = Q(organisation_id=organisation_id)
    found = Role.objects.filter(where, valid_from__lte=on).exclude(valid_to__lte=on)
    ordered = found.order_by("organisation__name", "name", "pk")
    rows = ordered.values_list("pk", "name", "organisation__name")
    return tuple((pk, name if organisation_id else f"{organisation}: {name}") for pk, name, organisation in rows)
