"""Which roles can sit in a forum, and for which party each organisation speaks there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
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


PartyOn = Callable[[str, date], Party | None]


def parties_of(owners: Sequence[Ownership], organisation_ids: Collection[str]) -> PartyOn:
    """For which party an organisation speaks on a day: in the first owner in which it takes part then. One query.

    It is never stored: an organisation leaves, changes party, or is succeeded by one that has a party already.
    """
    agreed = [owner.collaboration_id for owner in owners if owner.accepted_at]
    parts: dict[tuple[str, str], list[Participation]] = defaultdict(list)
    found = Participation.objects.filter(collaboration_id__in=agreed, organisation_id__in=organisation_ids)
    for part in found.select_related("party").order_by("joined_on", "pk"):
        parts[part.organisation_id, part.collaboration_id].append(part)

    def party_on(organisation_id: str, on: date) -> Party | None:
        there = (part for given in agreed for part in parts[organisation_id, given])
        return next(
            (part.party for part in there if part.joined_on <= on and (not part.left_on or part.left_on > on)), None
        )

    return party_on


def preparers_within(owners: Sequence[Ownership], on: date) -> QuerySet[Role]:
    """The roles that can prepare the forum: at those who take part, and whoever coordinates. Who is above only reads."""
    return _roles_of(owners, on, Q())


def areas_within(owners: Sequence[Ownership]) -> QuerySet[Area]:
    """The subject areas of the forum's collaborations."""
    agreed = [owner.collaboration_id for owner in owners if owner.accepted_at]
    return Area.objects.filter(collaboration_id__in=agreed).select_related("collaboration")
