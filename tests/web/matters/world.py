"""A matter that has been sent out to some participants, and people signed in as each of those who meet it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.test import Client

from samordna.core import clock
from samordna.domain.collaborations.models import Collaboration
from samordna.domain.matters.enums import AspectKind, MatterStage, Sharing
from samordna.domain.matters.models import Aspect, Matter, Position
from samordna.domain.organisations.access import actor_of
from samordna.domain.organisations.enums import RoleKind
from samordna.domain.organisations.models import Holding, Organisation
from tests import factories as f


def client_of(holding: Holding) -> Client:
    """Somebody signed in, in English."""
    client = Client(headers={"accept-language": "en"})
    client.force_login(holding.person)
    return client


@dataclass
class World:
    """Everything a page needs; ids by name."""

    collaboration: Collaboration
    matter: Matter
    aspects: dict[str, Aspect]
    coordinator: Holding
    holdings: list[Holding] = field(default_factory=list)
    positions: list[Position] = field(default_factory=list)

    def client(self, place: int = 0) -> Client:
        """The representative of a participant."""
        return client_of(self.holdings[place])

    def lead(self) -> Client:
        """The coordinator."""
        return client_of(self.coordinator)

    def actor(self, place: int = 0) -> Any:
        """The representative as an actor."""
        return actor_of(self.holdings[place])

    def leader(self) -> Any:
        """The coordinator as an actor."""
        return actor_of(self.coordinator)

    def option(self, aspect: str, label: str) -> str:
        """An option's id."""
        return self.aspects[aspect].options.get(label=label).pk


def world(participants: int = 2, stage: str = MatterStage.GATHERING, **fields: Any) -> World:
    """The matter with four aspects of each kind, and as many silent participants."""
    given = f.collaboration(name="Nära vård")
    coordinator = f.holding(given.host, RoleKind.COORDINATOR, role=given.coordinator_role)
    day = clock.day(clock.now()) + timedelta(days=14)
    matter = f.matter(given, stage=stage, answer_by=day, title="Payment at discharge", **fields)
    aspects = {
        "basis": f.aspect(matter, "Basis", ("individual", "monthly average"), kind=AspectKind.CHOICE, order=1),
        "days": f.aspect(matter, "Free days", ("0", "1", "2", "3", "4"), kind=AspectKind.RANGE, unit="days", order=2),
        "zero": f.aspect(matter, "Day zero counted", ("yes", "no"), kind=AspectKind.YES_NO, order=3),
        "start": f.aspect(matter, "Start", ("spring", "autumn"), kind=AspectKind.ORDERED, sharing=Sharing.COMMON, order=4),
    }
    made = World(collaboration=given, matter=matter, aspects=aspects, coordinator=coordinator)
    for number in range(participants):
        organisation: Organisation = f.organisation(f"Municipality {number:03}")
        f.participation(given, organisation)
        made.holdings.append(f.holding(organisation))
        if stage != MatterStage.DRAFT:
            made.positions.append(f.position(matter, organisation))
    return made
