"""What an organisation has said that an hour of its people costs, for those who may say it."""

from __future__ import annotations

from datetime import datetime

from samordna.core.actor import Actor
from samordna.core.policy import Thing
from samordna.domain.collaborations.access import permit
from samordna.domain.decisions.rates import Rate, Rates


def rates_of(actor: Actor, organisation_id: str, at: datetime) -> tuple[Rate, ...]:
    """The organisation's rates, the earliest first, for its administrators."""
    permit(actor, "organisation.administer", Thing(organisation_id=organisation_id), at)
    return tuple(Rates([organisation_id]).of[organisation_id])
