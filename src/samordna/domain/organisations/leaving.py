"""What else ends when somebody leaves an organisation: each app that keeps such things says so here when it is loaded."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from samordna.core.actor import Actor
from samordna.domain.organisations.models import Person

Farewell = Callable[[Actor, str, Person, datetime], None]

FAREWELLS: dict[str, Farewell] = {}


def at_leaving(name: str, farewell: Farewell) -> None:
    """Let this be done, within the operation, when a person leaves the organisation with this id."""
    FAREWELLS[name] = farewell


def say_farewell(actor: Actor, organisation_id: str, person: Person, at: datetime) -> None:
    """Everything that ends with it."""
    for _name, farewell in sorted(FAREWELLS.items()):
        farewell(actor, organisation_id, person, at)
