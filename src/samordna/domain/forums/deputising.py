"""Who may come to a meeting in another's place, and which called role somebody's address belongs to."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from samordna.core import clock
from samordna.domain.forums.access import owners_of
from samordna.domain.forums.choosing import parties_of
from samordna.domain.forums.enums import SeatTask
from samordna.domain.forums.models import Forum
from samordna.domain.organisations.enums import HoldingKind
from samordna.domain.organisations.models import Holding, Role


def deputies_for(forum: Forum, role_id: str, at: datetime) -> list[Holding]:
    """Who stands in for the role's holder today, and who holds a role that sits as a deputy for the same party."""
    on = clock.day(at)
    sitting = list(forum.seats.filter(valid_to__isnull=True).select_related("role"))
    party_on = parties_of(owners_of(forum), {seat.role.organisation_id for seat in sitting})
    own = next((party_on(seat.role.organisation_id, on) for seat in sitting if seat.role_id == role_id), None)
    beside = [
        seat.role_id
        for seat in sitting
        if seat.task == SeatTask.DEPUTY
        and seat.role_id != role_id
        and own is not None
        and party_on(seat.role.organisation_id, on) == own
    ]
    wanted = Q(role_id=role_id, kind=HoldingKind.DEPUTY) | Q(role_id__in=beside)
    found = Holding.objects.on(on).filter(wanted, person__is_active=True).named().select_related("role__organisation")
    return list(found.order_by("role_id", "valid_from", "pk"))


def role_at(forum: Forum, email: str, at: datetime) -> Role | None:
    """The role that sits in the forum and that the person with this address holds today; the first of several."""
    sitting = forum.seats.filter(valid_to__isnull=True).values("role_id")
    held = Holding.objects.on(clock.day(at)).filter(
        role__in=sitting, person__email__iexact=email.strip(), person__is_active=True
    )
    first = held.select_related("role").order_by("valid_from", "pk").first()
    return first.role if first else None
