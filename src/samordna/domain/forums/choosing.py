"""Which roles can sit in a forum, and for which party each organisation speaks there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Q, QuerySet

from samordna.domain.collaborations.models import Area, Participation, Party
from samordna.domain.forums.models import Ownership
from samordna.domain.organisations.models import Role


def roles_within(owners: Sequence[Ownership], on: date) -> QuerySet[Role]:
    """The roles that can sit there: at those who take part, at who is above them, and whoever coordinates. They may all
    read the forum; somebody who could not would sit there blind."""
    above = [owner.collaboration.superior_id for owner in owners if owner.accepted_at and owner.collaboration.superior_id]
    return _roles_of(owners, on, Q(organisation_id__in=above))


def _roles_of(owners: Sequence[Ownership], on: date, more: Q) -> QuerySet[Role]:
    agreed = [owner.collaboration for owner in owners if owner.accepted_at]
    taking_part = Participation.objects.on(on).filter(collaboration__in=agreed).values("organisation_id")
    where = Q(organisation_id__in=taking_part) | Q(pk__in=[each.coordinator_role_id for each in agreed]) | more
    return Role.objects.filter(where, valid_from__lte=on).exclude(valid_to__lte=on)


def party_of(owners: Sequence[Ownership], organisation_id: str, on: date) -> Party | None:
    """The party for which the organisation speaks: in the first owner in which it takes part."""
    agreed = [owner.collaboration_id for owner in owners if owner.accepted_at]
    running = Participation.objects.on(on).filter(collaboration_id__in=agreed, organisation_id=organisation_id)
    parties = {part.collaboration_id: part.party for part in running.select_related("party")}
    return next((parties[each] for each in agreed if each in parties), None)


def preparers_within(owners: Sequence[Ownership], on: date) -> QuerySet[Role]:
    """The roles that can prepare the forum: at those who take part, and whoever coordinates. Who is above only reads."""
    return _roles_of(owners, on, Q())


def areas_within(owners: Sequence[Ownership]) -> QuerySet[Area]:
    """The subject areas of the forum's collaborations."""
    agreed = [owner.collaboration_id for owner in owners if owner.accepted_at]
    return Area.objects.filter(collaboration_id__in=agreed).select_related("collaboration")
