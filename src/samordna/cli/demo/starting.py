"""What every part of the demonstration begins with: organisations with their people, and a collaboration that is at work."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from samordna.cli.demo.cast import Place
from samordna.cli.demo.pictures import Picture, draw, tell
from samordna.cli.demo.world import World
from samordna.core import clock
from samordna.core.actor import Actor
from samordna.domain.collaborations import operations as collaborations
from samordna.domain.organisations import operations as organisations

UNSPONSORED = ("granvattna", "kassa")


def register(world: World, place: Place, system: Actor, at: datetime) -> None:
    """An organisation with its roles and who holds them."""
    made = organisations.register_organisation(
        actor=system,
        name=place.name,
        short_name=place.short,
        kind=place.kind,
        number=place.number,
        inhabitants=place.inhabitants,
        fictional=True,
        valid_from=clock.day(at),
        at=at,
    )
    world.places[place.key] = made.pk
    for somebody in place.people:
        role = organisations.open_role(
            actor=system, organisation_id=made.pk, name=somebody.role, kind=somebody.kind, valid_from=clock.day(at), at=at
        )
        email = f"{somebody.key}@demo.example"
        held = organisations.give_role(
            actor=system, role_id=role.pk, name=somebody.name, email=email, valid_from=clock.day(at), at=at
        )
        world.holdings[somebody.key] = held.pk
        world.roles[somebody.key] = role.pk


def start(
    world: World,
    name: str,
    depth: str,
    places: Iterable[str],
    areas: Mapping[str, str],
    picture: Picture,
    **texts: Any,
) -> str:
    """An active collaboration led by the coordinator; `areas` maps an area to its parent ("" for none)."""
    actor, at = world.coordinator(), world.ago(650)
    made = collaborations.start_collaboration(actor=actor, name=name, depth=depth, valid_from=clock.day(at), at=at, **texts)
    for area, parent in areas.items():
        parent_id = world.areas[parent] if parent else ""
        added = collaborations.add_area(actor=actor, collaboration_id=made.pk, name=area, parent_id=parent_id, at=at)
        world.areas[area] = added.pk
    for place in places:
        collaborations.let_in(
            actor=actor,
            collaboration_id=made.pk,
            organisation_ids=[world.places[place]],
            joined_on=clock.day(at),
            at=at,
        )
    draw(world, made.pk, picture, 650)
    collaborations.open_to_participants(actor=actor, collaboration_id=made.pk, at=world.ago(649))
    tell(world, made.pk, picture, 645)
    collaborations.activate_collaboration(actor=actor, collaboration_id=made.pk, at=world.ago(640))
    _stand_behind(world, made.pk, places)
    return made.pk


def _stand_behind(world: World, collaboration: str, places: Iterable[str]) -> None:
    """Each participant's manager says that their role stands behind it; some never got round to it."""
    for place in places:
        chief = f"{place}-chef"
        if chief in world.roles and place not in UNSPONSORED:
            said = {"collaboration_id": collaboration, "role_id": world.roles[chief]}
            collaborations.name_sponsor(actor=world.actor(chief), at=world.ago(630), **said)
