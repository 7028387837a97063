"""Which conditions cannot all be met, and how few of them say so.

The search goes back and forth between two questions (implicit hitting sets; Ignatiev and others 2015). Given a
handful of conditions that must hold: what is the best world, breaking as few of the others as possible? And given the
conditions broken in each of these worlds: which fewest conditions have one in each? When that handful has no world at
all, it is a clash, and no clash is smaller, because every clash has a condition in common with what each world breaks.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from samordna_engine.check import can_all_be_met
from samordna_engine.errors import Unproved
from samordna_engine.hitting import TooMany, smallest_hitting_set
from samordna_engine.limits import Deadline, Limits, OutOfTime
from samordna_engine.necessity import condition_reason
from samordna_engine.outcome import Clash, ClashMember, Proof, Reason
from samordna_engine.problem import COORDINATION, Condition, Problem
from samordna_engine.projection.branch import minimise
from samordna_engine.projection.matter import BROKEN, Matter, Numbering
from samordna_engine.projection.own import Under
from samordna_engine.projection.project import project
from samordna_engine.projection.tables import Numbers

CLASH_CHECKS: Final = ("jointly_impossible", "possible_without_each", "examples_hold")


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
        if not found.proved:
            raise OutOfTime
        if found.value >= BROKEN:
            return None
        at = tuple(found.values.get(a, 0) for a in range(len(matter.sizes)))
        chosen = Under(matter, projection.facets, at, self.limits.cells, self.deadline).best()
        broken = frozenset(self._broken(matter, at, chosen, (condition for condition, _ in stated)))
        return World(self._frame(matter, at), broken, found.value)

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


def explain(numbering: Numbering, given: Mapping[str, str], limits: Limits, deadline: Deadline, proof: Proof) -> Clash:
    """The clash to show for a question without an answer, proved by independent means."""
    worlds = Worlds(numbering, given, limits, deadline)
    names, smallest = smallest_clash(worlds)
    members = tuple(_member(worlds, names, name) for name in names)
    clash = Clash(
        members=members,
        owners=tuple(sorted({member.owner for member in members})),
        given=dict(given),
        smallest=smallest,
        others_exist=not all(member.unlocks for member in members),
        reason=Reason(
            kind="clash",
            facts={"conditions": len(names)},
            because=tuple(condition_reason(worlds.conditions[name]) for name in names),
        ),
        proof=replace(proof, checks=CLASH_CHECKS),
    )
    prove(numbering.problem, clash)
    return clash


def smallest_clash(worlds: Worlds) -> tuple[tuple[str, ...], bool]:
    """The conditions of the clash that comes first, and whether it is proved that none has fewer."""
    owners = {name: condition.owner for name, condition in worlds.conditions.items()}
    broken: list[frozenset[str]] = []
    chosen: tuple[str, ...] = ()
    while True:
        worlds.deadline.check()
        grown = set(chosen)
        while world := worlds.best(grown, dict.fromkeys(worlds.conditions.keys() - grown, 1)):
            if world.broken <= grown:
                raise Unproved("a world was found that breaks nothing, or what it was told to respect")
            broken.append(world.broken)
            grown |= world.broken
        if grown == set(chosen):
            return chosen, True
        try:
            chosen = smallest_hitting_set(broken, owners)
        except TooMany:
            return _shrunk(worlds, sorted(grown)), False


def _shrunk(worlds: Worlds, names: list[str]) -> tuple[str, ...]:
    """Conditions that clash, with every one left out that can be spared; the last ids are tried first."""
    kept = list(names)
    for name in reversed(names):
        fewer = [other for other in kept if other != name]
        if worlds.best(fewer, {}) is None:
            kept = fewer
    return tuple(kept)


def _member(worlds: Worlds, names: tuple[str, ...], name: str) -> ClashMember:
    """One condition of a clash, and a frame under which the rest of it, and if possible all else, can be met."""
    rest = [other for other in names if other != name]
    others = worlds.conditions.keys() - set(names)
    world = worlds.best(rest, dict.fromkeys(others, 1))
    if world is None:
        raise Unproved(f"without {name!r}, the clash should have an answer")
    condition = worlds.conditions[name]
    return ClashMember(
        condition=name,
        owner=condition.owner,
        relax_price=condition.relax_price,
        example=world.frame,
        unlocks=not world.broken,
    )


def prove(problem: Problem, clash: Clash) -> None:
    """By plain search: impossible together, possible without any one, and the examples show how.

    Raises `Unproved` where that is not so.
    """
    names = set(clash.conditions)
    if can_all_be_met(problem, names, clash.given) is not None:
        raise Unproved("the conditions of the clash can all be met")
    everything = {c.id for c in problem.conditions}
    for member in clash.members:
        rest = (everything if member.unlocks else names) - {member.condition}
        if clash.given.items() - member.example.items() or can_all_be_met(problem, rest, member.example) is None:
            raise Unproved(f"the example without {member.condition!r} does not hold")
