"""A small matter that everything in decisions can be tried on, built from plain rows.

A region, a town and an island decide on free days (0 to 5), the basis of payment and the length of the transition. The
region wants at most three free days, the island at least three; the town needs the monthly average to be counted by
individual where the transition is none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from samordna.core.actor import Actor
from samordna.domain.collaborations.enums import MandateForm
from samordna.domain.collaborations.models import Clause, Mandate
from samordna.domain.matters.enums import AspectKind, ConditionForm, MatterStage, PositionState, Sharing
from samordna.domain.matters.models import AdaptationCost, Aspect, Condition, Matter, Option, Position
from samordna.domain.organisations.enums import RoleKind
from samordna.domain.organisations.models import Organisation
from tests import factories
from tests.factories import NOW


@dataclass
class World:
    """The matter with everyone in it."""

    matter: Matter
    coordinator: Actor
    region: Organisation
    town: Organisation
    island: Organisation
    days: Aspect
    basis: Aspect
    transition: Aspect

    @property
    def organisations(self) -> list[Organisation]:
        return [self.region, self.town, self.island]

    def position(self, of: Organisation) -> Position:
        return Position.objects.get(matter=self.matter, organisation=of)

    def manager(self, of: Organisation) -> Actor:
        return factories.actor(of, RoleKind.MANAGER)

    def representative(self, of: Organisation) -> Actor:
        return factories.actor(of, RoleKind.REPRESENTATIVE)

    def frame(self, days: str = "3", basis: str = "average", transition: str = "none") -> dict[str, str]:
        values = {self.days: days, self.basis: basis, self.transition: transition}
        return {aspect.pk: option(aspect, label).pk for aspect, label in values.items()}


def option(aspect: Aspect, label: str) -> Option:
    return Option.objects.get(aspect=aspect, label=label)


def condition(of: Position | None, matter: Matter, aspect: Aspect, how: str, *labels: str, **fields: Any) -> Condition:
    """A condition about one aspect; `if_` gives the literal that it depends on."""
    rule: dict[str, Any] = {"then": [_literal(aspect, how, *labels)]}
    if given := fields.pop("if_", None):
        rule["if"] = [_literal(*given)]
    fields = {"reason": "The ferry", "stated_at": NOW} | fields
    return Condition.objects.create(matter=matter, position=of, rule=rule, **fields)


def _literal(aspect: Aspect, how: str, *labels: str) -> dict[str, Any]:
    return {"aspect": aspect.pk, "is": how, "options": [option(aspect, label).pk for label in labels]}


def prose(of: Position | None, matter: Matter, text: str = "The staff must have been told", **fields: Any) -> Condition:
    fields = {"reason": "Agreement with the unions", "stated_at": NOW} | fields
    return Condition.objects.create(matter=matter, position=of, form=ConditionForm.PROSE, prose=text, **fields)


def cost(of: Position, aspect: Aspect, label: str, low: int, likely: int, high: int) -> AdaptationCost:
    made = option(aspect, label)
    return AdaptationCost.objects.create(position=of, option=made, low=low, likely=likely, high=high)


def benefit(of: Position, low: int, likely: int, high: int) -> None:
    of.benefit_low, of.benefit_likely, of.benefit_high = low, likely, high
    of.save()


def lend(world: World, of: Organisation, following: str = "must", **fields: Any) -> Mandate:
    """The organisation lends its mandate over the matter's area."""
    given = world.matter.collaboration
    defaults = {"wording": "Coordination decides", "source": "Agreement 2026", "valid_from": factories.START}
    mandate = Mandate.objects.create(
        collaboration=given,
        form=MandateForm.LENT,
        giver=of,
        holder_role=given.coordinator_role,
        **defaults | fields,
    )
    Clause.objects.create(mandate=mandate, area=world.matter.area, following=following)
    return mandate


def build(**fields: Any) -> World:
    """The matter in weighing, with everyone heard and the region's and the island's conditions stated."""
    given = factories.collaboration()
    matter = factories.matter(given, **{"stage": MatterStage.WEIGHING} | fields)
    numbers = ("0", "1", "2", "3", "4", "5")
    days = factories.aspect(matter, "Free days", numbers, kind=AspectKind.RANGE, sharing=Sharing.COMMON)
    basis = factories.aspect(matter, "Basis", ("individual", "average"))
    transition = factories.aspect(matter, "Transition", ("none", "3", "6"), kind=AspectKind.ORDERED)
    region, town, island = (factories.organisation(name) for name in ("Region Fjärdsland", "Åstad", "Holmö"))
    for organisation in (region, town, island):
        factories.position(matter, organisation, state=PositionState.ANSWERED, answered_at=NOW)
    world = World(
        matter=matter,
        coordinator=factories.coordinator_of(given),
        region=region,
        town=town,
        island=island,
        days=days,
        basis=basis,
        transition=transition,
    )
    condition(world.position(region), matter, days, "at_most", "3", reason="Incentive every month")
    condition(world.position(island), matter, days, "at_least", "3")
    condition(world.position(island), matter, transition, "at_least", "6", reason="Hiring takes a season")
    return world
