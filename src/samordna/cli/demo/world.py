"""The demonstration world while it is being built: who is who, and when."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from samordna.core.actor import Actor, Via
from samordna.domain.organisations.access import actor_for_holding


@dataclass(slots=True)
class World:
    """What has been made so far, by the keys of the cast: holdings, organisations, areas, points."""

    now: datetime
    leader: str = "samordnare"
    holdings: dict[str, str] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    areas: dict[str, str] = field(default_factory=dict)
    roles: dict[str, str] = field(default_factory=dict)
    points: dict[str, str] = field(default_factory=dict)

    def ago(self, days: float) -> datetime:
        """A moment so many days before the demonstration's now."""
        return self.now - timedelta(days=days)

    def actor(self, key: str) -> Actor:
        """Somebody of the cast, in their role."""
        return actor_for_holding(self.holdings[key], Via.COMMAND)

    def coordinator(self) -> Actor:
        """Whoever coordinates what is being loaded."""
        return self.actor(self.leader)

    def answerer(self, place: str) -> Actor:
        """Whoever answers for this organisation."""
        return self.actor(f"{place}-rep" if f"{place}-rep" in self.holdings else f"{place}-chef")
