"""Plain rows for tests. A factory exists for every kind of thing, hides nothing, and takes any field as a keyword.

Unless told otherwise everything starts on 2026-01-01, and the tests' present is `NOW`.
"""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any

from samordna.core.actor import Actor
from samordna.domain.collaborations.enums import CollaborationState, Direction
from samordna.domain.collaborations.models import Area, Collaboration, Goal, Participation, Party, PartyNeed
from samordna.domain.matters.enums import AspectKind, MatterStage, Sharing
from samordna.domain.matters.models import Aspect, Matter, Option, Position
from samordna.domain.organisations.access import actor_of
from samordna.domain.organisations.enums import OrganisationKind, RoleKind
from samordna.domain.organisations.models import Holding, Organisation, Person, Role
from tests.present import NOW as NOW

START = date(2026, 1, 1)
_serial = count(1)
LETTERS = "BCDFGHJKLMNPQRSTVXZ"
"""No vowel, so that no word comes of them, and no digit, so that no name holds a figure that a page must not tell."""


def _name() -> str:
    """A name nothing else has got."""
    rest, name = next(_serial), ""
    while rest:
        rest, at = divmod(rest, len(LETTERS))
        name = LETTERS[at] + name
    return name


def organisation(name: str = "", **fields: Any) -> Organisation:
    name = name or f"Organisation {_name()}"
    defaults: dict[str, Any] = {
        "short_name": name[:24],
        "kind": OrganisationKind.MUNICIPALITY,
        "valid_from": START,
        "fictional": True,
    }
    return Organisation.objects.create(name=name, **defaults | fields)


def person(name: str = "", **fields: Any) -> Person:
    name = name or f"Person {_name()}"
    return Person.objects.create(name=name, **{"email": f"person{next(_serial)}@example.se"} | fields)


def role(of: Organisation, kind: RoleKind = RoleKind.REPRESENTATIVE, **fields: Any) -> Role:
    return Role.objects.create(organisation=of, kind=kind, **{"name": str(kind.label), "valid_from": START} | fields)


def holding(of: Organisation, kind: RoleKind = RoleKind.REPRESENTATIVE, **fields: Any) -> Holding:
    """A new person in a new role of this kind; `person` and `role` may be given instead."""
    fields.setdefault("person", None)
    fields["person"] = fields["person"] or person()
    fields.setdefault("role", None)
    fields["role"] = fields["role"] or role(of, kind)
    return Holding.objects.create(**{"valid_from": START} | fields)


def actor(of: Organisation, kind: RoleKind = RoleKind.REPRESENTATIVE) -> Actor:
    """Somebody new who holds a new role of this kind in the organisation."""
    return actor_of(holding(of, kind))


def collaboration(host: Organisation | None = None, **fields: Any) -> Collaboration:
    """An active collaboration with a coordinator's role at its host (held by nobody yet)."""
    host = host or organisation(kind=OrganisationKind.COORDINATION_OFFICE)
    coordinator = fields.pop("coordinator_role", None) or role(host, RoleKind.COORDINATOR)
    defaults: dict[str, Any] = {
        "name": f"Collaboration {_name()}",
        "purpose": "Better together",
        "target_group": "People 65+",
    }
    defaults |= {"state": CollaborationState.ACTIVE, "valid_from": START}
    return Collaboration.objects.create(host=host, coordinator_role=coordinator, **defaults | fields)


def coordinator_of(given: Collaboration) -> Actor:
    """Somebody new who holds the collaboration's coordinator role."""
    return actor_of(holding(given.host, role=given.coordinator_role))


def participation(given: Collaboration, of: Organisation | None = None, **fields: Any) -> Participation:
    of = of or organisation()
    party = fields.pop("party", None) or Party.objects.create(collaboration=given, name=of.name)
    return Participation.objects.create(collaboration=given, organisation=of, party=party, **{"joined_on": START} | fields)


def area(given: Collaboration, name: str = "", **fields: Any) -> Area:
    return Area.objects.create(collaboration=given, name=name or f"Area {_name()}", **fields)


def matter(given: Collaboration | None = None, **fields: Any) -> Matter:
    given = given or collaboration()
    fields.setdefault("area", None)
    fields["area"] = fields["area"] or area(given)
    defaults: dict[str, Any] = {
        "number": next(_serial),
        "title": "Payment at discharge",
        "purpose": "Pay alike",
        "opened_at": NOW,
    }
    defaults |= {"for_the_individual": "Home in time", "stage": MatterStage.GATHERING}
    return Matter.objects.create(collaboration=given, **defaults | fields)


def aspect(of: Matter, label: str = "", options: tuple[str, ...] = ("a", "b"), **fields: Any) -> Aspect:
    """An aspect with these options; options that are whole numbers get their number."""
    defaults: dict[str, Any] = {"order": next(_serial), "kind": AspectKind.CHOICE, "sharing": Sharing.FRAMED}
    made = Aspect.objects.create(matter=of, label=label or f"Aspect {_name()}", **defaults | fields)
    for order, text in enumerate(options):
        number = int(text) if text.lstrip("-").isdigit() else order
        Option.objects.create(aspect=made, order=order, label=text, number=number)
    return made


def position(in_matter: Matter, of: Organisation | None = None, **fields: Any) -> Position:
    """A silent position of a participant, who is made a participant if it is not one."""
    of = of or organisation()
    if not Participation.objects.filter(collaboration=in_matter.collaboration, organisation=of).exists():
        participation(in_matter.collaboration, of)
    return Position.objects.create(matter=in_matter, organisation=of, **fields)


def goal(given: Collaboration, **fields: Any) -> Goal:
    """A goal in force: from 31 down to 20 days."""
    defaults: dict[str, Any] = {"what": "Fewer wait", "indicator": "Days that somebody waits", "unit": "days"}
    defaults |= {"direction": Direction.DOWN, "baseline": 31, "baseline_on": START, "target": 20, "set_at": NOW}
    return Goal.objects.create(collaboration=given, **defaults | {"target_on": date(2027, 12, 31)} | fields)


def party_need(given: Collaboration, of: Organisation, **fields: Any) -> PartyNeed:
    """What an organisation needs the collaboration for."""
    defaults = {"text": "Know in time who comes home", "reason": "We staff a week ahead", "stated_at": NOW}
    return PartyNeed.objects.create(collaboration=given, organisation=of, **defaults | fields)


def ready(given: Collaboration) -> Collaboration:
    """The collaboration with a goal, and a need of everybody who takes part."""
    goal(given)
    for organisation in Organisation.objects.filter(participations__collaboration=given):
        party_need(given, organisation)
    return given
