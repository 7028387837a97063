"""The coordinator's page, the leader's page, participation, and naming a sponsor."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from samordna.domain.collaborations.operations import name_sponsor
from samordna.domain.matters.models import Matter
from samordna.domain.organisations.access import actor_of
from samordna.domain.organisations.enums import RoleKind
from tests import factories as f
from tests.browser.pages import Visit, page


def _world() -> tuple[Matter, Any, Any]:
    """A matter that is late, its coordinator, and the manager of one of those who take part."""
    matter = f.matter(title="Betalningsansvar vid utskrivning", answer_by=f.START)
    given = matter.collaboration
    lead = f.holding(given.host, role=given.coordinator_role)
    for name in ("Almby", "Bro", "Dalby", "Ekby"):
        f.position(matter, f.organisation(f"{name} kommun"))
    return matter, lead, f.holding(given.participations.first().organisation, RoleKind.MANAGER)


@page("What one coordinates")
def coordinating() -> Visit:
    return Visit(address=reverse("coordinating"), holding=_world()[1])


@page("What one coordinates, when it is nothing")
def coordinating_nothing() -> Visit:
    return Visit(address=reverse("coordinating"), holding=f.holding(f.organisation()))


@page("For leaders")
def leading() -> Visit:
    return Visit(address=reverse("leading"), holding=_world()[2])


@page("Participation, all")
def participating() -> Visit:
    matter, lead, _manager = _world()
    return Visit(address=reverse("participating", args=(matter.collaboration_id,)), holding=lead)


@page("Participation, one's own")
def own_participation() -> Visit:
    matter, _lead, manager = _world()
    return Visit(address=reverse("participating", args=(matter.collaboration_id,)), holding=manager)


@page("Naming a sponsor")
def sponsor() -> Visit:
    matter, _lead, manager = _world()
    name_sponsor(actor=actor_of(manager), collaboration_id=matter.collaboration_id, role_id=manager.role_id)
    return Visit(address=reverse("name_sponsor", args=(matter.collaboration_id,)), holding=manager)
