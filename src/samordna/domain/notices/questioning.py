"""Who is asked in a wave, for the notices about it: all who are asked, whether they have answered or not."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from samordna.domain.assessments.models import Wave
from samordna.domain.collaborations.models import Participation
from samordna.domain.organisations.models import Holding


def questioned_in(wave_id: str, running: QuerySet[Holding], on: date) -> QuerySet[Holding]:
    """Holders of the roles that the wave asks, of those who take part."""
    wave = Wave.objects.filter(pk=wave_id).first()
    if wave is None:
        return running.none()
    part = Participation.objects.on(on).filter(collaboration_id=wave.collaboration_id)
    there = running.filter(role__organisation_id__in=part.values("organisation_id"))
    return there.filter(role__kind__in=wave.role_kinds) if wave.role_kinds else there
