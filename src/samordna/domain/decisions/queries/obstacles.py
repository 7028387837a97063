"""What stands in the way of establishing, told to whoever asks."""

from __future__ import annotations

from datetime import datetime

from samordna.core.actor import Actor
from samordna.domain.decisions.models import DecisionVersion
from samordna.domain.decisions.obstacles import Obstacle, standing_of
from samordna.domain.decisions.queries.reasons import readable_ids


def obstacles(actor: Actor, version: DecisionVersion, at: datetime) -> tuple[Obstacle, ...]:
    """Everything that establishing this version would be refused for now; conditions in confidence by their owner only.

    The caller has fetched the version with the right to read it.
    """
    return standing_of(version, at, readable_ids(actor, version.decision.matter, at)).obstacles
