"""A collaboration with two participants and a superior, and somebody who may act for each of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.test import Client

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.domain.collaborations.models import Area, Collaboration, Participation
from samordna.domain.organisations.enums import OrganisationKind, RoleKind
from samordna.domain.organisations.models import Organisation, Person
from samordna.domain.organisations.operations import carry_out_reorganisation, place_things, plan_reorganisation
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


def split_off(given: Setting, *names: str) -> list[Actor]:
    """The own one lives on beside what is split off from it, which takes part, too: somebody who may act for each."""
    plan = plan_reorganisation(
        actor=given.manager,
        organisation_id=given.own.pk,
        kind="split",
        happens_on=clock.day(clock.now()),
        ground="§ 1",
        receivers=[given.own.pk],
        begin=list(names),
    )
    itself = plan.sides.get(part="after", organisation=given.own)
    for kind in ("role", "participation"):
        place_things(actor=given.manager, reorganisation_id=plan.pk, kind=kind, whole=f"goes:{itself.pk}")
    carry_out_reorganisation(actor=given.manager, reorganisation_id=plan.pk)
    made = [Organisation.objects.get(name=name) for name in names]
    for one in made:
        f.participation(given.collaboration, one)
    return [f.actor(one, RoleKind.MANAGER) for one in made]
