"""Clashes where there are too many common frames to look at one by one: the best world is asked of the frame's network.

A *world* is a frame, and the conditions that are broken in the best that can be made of it when some must hold and
others had better.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from samordna_engine.errors import Unproved
from samordna_engine.limits import Deadline, Limits, OutOfTime
from samordna_engine.problem import COORDINATION, Condition
from samordna_engine.projection.branch import minimise
from samordna_engine.projection.matter import BROKEN, Matter, Numbering
from samordna_engine.projection.network import elimination_order
from samordna_engine.projection.own import Under
from samordna_engine.projection.project import project
from samordna_engine.projection.tables import Numbers


@dataclass(frozen=True, slots=True)
class World:
    """A frame, and the conditions that are broken in the best that can be made of it. `cost` is what they add up to."""

    frame: Mapping[str, str]
    broken: frozenset[str]
    cost: int


class Worlds:
    """Answers what the best world is, when some conditions must hold and others had better."""

    def __init__(self, numbering: Numbering, given: Mapping[str, str], limits: Limits, deadline: Deadline) -> None:
        self.numbering, self.given, self.limits, self.deadline = numbering, given, limits, deadline
        stated = (c for c in numbering.problem.conditions if c.owner == COORDINATION or c.owner in numbering.person)
        self.conditions = {condition.id: condition for condition in sorted(stated, key=lambda c: c.id)}

    def best(self, hard: Iterable[str], soft: Mapping[str, int]) -> World | None:
        """The world with the least broken, or None where the hard conditions have none.

        Breaking a soft condition costs its number; one of the coordination costs it for each who breaks it.
        """
        penalties = {**soft, **dict.fromkeys(hard, BROKEN)}
        stated = [(self.conditions[name], penalties[name]) for name in sorted(penalties)]
        matter = self.numbering.conditions_only(stated, self.given)
        projection = project(matter, self.limits.own_cells, self.deadline)
        found = minimise(projection.network, self.limits.cells, self.deadline)
        if found.value >= BROKEN and found.proved:
            return None
        if not found.proved:
            raise OutOfTime
        at = tuple(found.values.get(a, 0) for a in range(len(matter.sizes)))
        chosen = Under(matter, projection.facets, at, self.limits.cells, self.deadline).best()
        broken = frozenset(self._broken(matter, at, chosen, (condition for condition, _ in stated)))
        return World(self._frame(matter, at), broken, found.value)

    def is_wide(self) -> bool:
        """Whether the network is too wide to be solved at once."""
        matter = self.numbering.conditions_only([(c, 1) for c in self.conditions.values()], self.given)
        network = project(matter, self.limits.own_cells, self.deadline).network
        return elimination_order(network)[1] > self.limits.cells

    def corrections(self, kept: Collection[str]) -> list[list[str]]:
        """Ways to meet those kept, each as what it breaks; none where there is no way."""
        grown = set(kept)
        found = []
        while world := self.best(grown, dict.fromkeys(self.conditions.keys() - grown, 1)):
            if world.broken <= grown:
                raise Unproved("a world was found that breaks nothing, or what it was told to respect")
            found.append(sorted(world.broken))
            grown |= world.broken
        return found

    def _frame(self, matter: Matter, at: tuple[int, ...]) -> dict[str, str]:
        aspects = self.numbering.aspects
        return {aspects[a].id: aspects[a].options[at[a]].id for a in matter.frame_aspects()}

    def _broken(
        self, matter: Matter, at: tuple[int, ...], chosen: Numbers, conditions: Iterable[Condition]
    ) -> Iterable[str]:
        for condition in conditions:
            shape = self.numbering.shape(condition)
            local = [a for a in shape.scope if a not in matter.frame_aspects()]
            if condition.owner == COORDINATION:
                frame_holds = bool(local) or bool(shape.allowed[tuple(at[a] for a in shape.scope)])
                holds = frame_holds and bool(shape.allowed[tuple(chosen[:, a] for a in shape.scope)].all())
            else:
                own = chosen[self.numbering.person[condition.owner]]
                holds = bool(shape.allowed[tuple(own[a] for a in shape.scope)])
            if not holds:
                yield condition.id
