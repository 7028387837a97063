"""Which roles a programme can name."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from samordna.domain.collaborations.models import Participation
from samordna.domain.introductions.models import Programme
from samordna.domain.organisations.models import Role


def roles_within(programme: Programme, on: date) -> QuerySet[Role]:
    """The organisation's own roles, or those of all who take part."""
    alive = Role.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on), valid_from__lte=on)
    if programme.collaboration_id is None:
        return alive.filter(organisation_id=programme.organisation_id)
    part = Participation.objects.on(on).filter(collaboration_id=programme.collaboration_id)
    return alive.filter(organisation__in=part.values("organisation_id"))
