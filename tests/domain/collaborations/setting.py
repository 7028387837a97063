"""A collaboration with two participants and a superior, and somebody who may act for each of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.test import Client

from samordna.core.actor import Actor
from samordna.domain.collaborations.models import Area, Collaboration, Participation
from samordna.domain.organisations.enums import OrganisationKind, RoleKind
from samordna.domain.organisations.models import Organisation, Person
from tests import factories as f


@dataclass(frozen=True)
class Setting:
    collaboration: Collaboration
    coordinator: Actor
    area: Area
    beneath: Area
    own: Organisation
    manager: Actor
    other: Organisation
    other_manager: Actor
    superior: Organisation
    superior_manager: Actor
    own_part: Participation


def setting(**fields: Any) -> Setting:
    superior = f.organisation("Länsstyrelsen", kind=OrganisationKind.STATE_AGENCY)
    described: dict[str, Any] = {"superior": superior, "name": "Nära vård"} | fields
    collaboration = f.collaboration(**described)
    area = f.area(collaboration, "Utskrivning")
    own, other = f.organisation("Havsnäs"), f.organisation("Storstad")
    own_part = f.participation(collaboration, own)
    f.participation(collaboration, other)
    return Setting(
        collaboration=collaboration,
        coordinator=f.coordinator_of(collaboration),
        area=area,
        beneath=f.area(collaboration, "Betalning", parent=area),
        own=own,
        manager=f.actor(own, RoleKind.MANAGER),
        other=other,
        other_manager=f.actor(other, RoleKind.MANAGER),
        superior=superior,
        superior_manager=f.actor(superior, RoleKind.MANAGER),
        own_part=own_part,
    )


def client_of(actor: Actor) -> Client:
    """A browser signed in as the actor's person, who holds no other role."""
    client = Client()
    client.force_login(Person.objects.get(pk=actor.person_id))
    return client
