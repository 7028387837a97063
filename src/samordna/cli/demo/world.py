"""The demonstration world while it is being built: who is who, and when."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from samordna.core import clock
from samordna.core.actor import Actor, Via
from samordna.domain.organisations.access import actor_for_holding

Given = dict[str, Any]
"""What an operation is given, by name."""


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
    _actors: dict[str, Actor] = field(default_factory=dict)

    def ago(self, days: float) -> datetime:
        """A moment so many days before the demonstration's now."""
        return self.now - timedelta(days=days)

    def workday(self, days: float) -> date:
        """The day so many days from now (negative: before it), or the last Friday before it at a weekend."""
        day = clock.day(self.now + timedelta(days=days))
        return day - timedelta(days=max(0, day.weekday() - 4))

    def actor(self, key: str) -> Actor:
        """Somebody of the cast, in their role."""
        if key not in self._actors:
            self._actors[key] = actor_for_holding(self.holdings[key], Via.COMMAND)
        return self._actors[key]

    def coordinator(self) -> Actor:
        """Whoever coordinates what is being loaded."""
        return self.actor(self.leader)

    def answerer(self, place: str) -> Actor:
        """Whoever answers for this organisation."""
        return self.actor(f"{place}-rep" if f"{place}-rep" in self.holdings else f"{place}-chef")
