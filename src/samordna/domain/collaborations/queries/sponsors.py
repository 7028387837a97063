"""Who stands behind each participant's taking part, and where nobody does (F1)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.db.models import Q

from samordna.core import clock
from samordna.core.actor import Actor, Duty
from samordna.domain.collaborations.access import collaboration_for
from samordna.domain.collaborations.enums import CollaborationState
from samordna.domain.collaborations.models import Participation, Sponsorship
from samordna.domain.collaborations.phrases import SPONSOR_STATES
from samordna.domain.organisations.enums import DUTIES
from samordna.domain.organisations.models import Role
from samordna.domain.organisations.queries import holder_names

SPONSORED = (CollaborationState.FORMING, CollaborationState.ACTIVE)
"""Where somebody has to stand behind it: what is being prepared nobody else knows of, and what is closed is over."""


class SponsorState(StrEnum):
    """Does somebody stand behind it, and if not, why."""

    ACTIVE = "active"
    NONE = "none"
    VACANT = "vacant"
    ENDED = "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sponsor:
    """One participant's sponsor in one collaboration. `role` and `since` are empty where none is named."""

    collaboration_id: str
    collaboration: str
    organisation_id: str
    organisation: str
    state: SponsorState
    role_id: str
    role: str
    holders: tuple[str, ...]
    since: date | None

    @property
    def at_risk(self) -> bool:
        """Does nobody stand behind it now?"""
        return self.state is not SponsorState.ACTIVE

    @property
    def state_label(self) -> str:
        """The state in words."""
        return str(SPONSOR_STATES[self.state])


def sponsors_in(
    collaboration_ids: Collection[str], at: datetime, organisation_ids: Collection[str] | None = None
) -> list[Sponsor]:
    """The sponsor of everybody, or of these, who takes part now in the collaborations, by name: three queries."""
    on = clock.day(at)
    parts = Participation.objects.on(on).filter(collaboration_id__in=list(collaboration_ids))
    parts = parts.filter(collaboration__state__in=SPONSORED).select_related("organisation", "collaboration")
    if organisation_ids is not None:
        parts = parts.filter(organisation_id__in=list(organisation_ids))
    named = {
        (row.collaboration_id, row.organisation_id): row
        for row in Sponsorship.objects.standing()
        .filter(collaboration_id__in=list(collaboration_ids))
        .select_related("role")
    }
    held = holder_names({row.role_id for row in named.values()}, on) if named else {}
    return [
        _sponsor(part, named.get((part.collaboration_id, part.organisation_id)), held, on)
        for part in parts.order_by("organisation__name", "collaboration__name", "pk")
    ]


def _sponsor(part: Participation, found: Sponsorship | None, held: dict[str, tuple[str, ...]], on: date) -> Sponsor:
    holders = held.get(found.role_id, ()) if found else ()
    return Sponsor(
        collaboration_id=part.collaboration_id,
        collaboration=part.collaboration.name,
        organisation_id=part.organisation_id,
        organisation=part.organisation.name,
        state=_state(found, holders, on),
        role_id=found.role_id if found else "",
        role=found.role.name if found else "",
        holders=holders,
        since=clock.day(found.named_at) if found else None,
    )


def _state(found: Sponsorship | None, holders: tuple[str, ...], on: date) -> SponsorState:
    if found is None:
        return SponsorState.NONE
    if not clock.active(found.role.valid_from, found.role.valid_to, on):
        return SponsorState.ENDED
    return SponsorState.ACTIVE if holders else SponsorState.VACANT


def sponsors_of(actor: Actor, collaboration_id: str, at: datetime) -> list[Sponsor]:
    """The sponsors in a collaboration that the actor may read."""
    collaboration_for(actor, collaboration_id, at=at)
    return sponsors_in([collaboration_id], at)


def sponsor_roles(organisation_id: str, on: date) -> list[tuple[str, str]]:
    """The roles that may be an organisation's sponsor on a day, by name: those that decide for it."""
    deciding = [kind for kind, duties in DUTIES.items() if Duty.ADOPT in duties]
    alive = Q(valid_to__isnull=True) | Q(valid_to__gt=on)
    found = Role.objects.filter(alive, organisation_id=organisation_id, kind__in=deciding, valid_from__lte=on)
    return list(found.order_by("name", "pk").values_list("pk", "name"))
