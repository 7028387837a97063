"""Which conditions cannot all be met, and how few of them say so.

A clash is looked for frame by frame where that can be done, and in the network of the frame where there are too many;
`clash_search` says how. What was found is proved by plain search, which shares no code with any of it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from samordna_engine.clash_facets import grounds_of
from samordna_engine.clash_grid import BeyondGrid
from samordna_engine.clash_on_grid import GridClashes
from samordna_engine.clash_search import Clashes as Search
from samordna_engine.clash_worlds import Worlds
from samordna_engine.documents import digest
from samordna_engine.errors import Unproved
from samordna_engine.hitting import TooMany
from samordna_engine.limits import Deadline, Limits
from samordna_engine.necessity import condition_reason
from samordna_engine.outcome import Clash, ClashMember, Proof, Reason
from samordna_engine.plain_search import PlainSearch
from samordna_engine.problem import COORDINATION, Condition, Problem, Sharing
from samordna_engine.projection.matter import Numbering
from samordna_engine.version import VERSION

CLASH_CHECKS: Final = ("jointly_impossible", "possible_without_each", "examples_hold")
ORDER: Final = ("conditions", "owners", "id")


@dataclass(frozen=True, slots=True, kw_only=True)
class Clashes:
    """Different clashes of one question, the smallest first; when `complete`, there are no others.

    Two clashes are different when their rules are. Those that differ only in who states a rule are told once, and
    `stated_by` names everybody's conditions that say the same.
    """

    found: tuple[Clash, ...]
    complete: bool


@dataclass(frozen=True, slots=True)
class Named:
    """The conditions of a clash by id, whether it is proved smallest, and whether it comes first of the smallest."""

    conditions: tuple[str, ...]
    smallest: bool
    first: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A frame under which all of a clash but one can be met, and whether all else can too."""

    frame: Mapping[str, str]
    unlocks: bool


class OnGrid:
    """Clashes of a question whose common frames can be looked at one by one. Raises `BeyondGrid` for others."""

    def __init__(self, numbering: Numbering, given: Mapping[str, str], limits: Limits, deadline: Deadline) -> None:
        self.numbering, self.deadline = numbering, deadline
        self.grounds = grounds_of(numbering, given, numbering.problem.conditions)
        self.places = {name: place for place, name in enumerate(self.grounds.names)}
        self.grid = GridClashes(self.grounds, limits.own_cells, deadline)

    def core(self) -> Named:
        """The clash to tell."""
        core = self.grid.core()
        return Named(self.names(core.conditions), core.smallest, core.first)

    def several(self, at_most: int) -> tuple[list[Named], bool]:
        """Different clashes, and whether these are all."""
        found, complete = self.grid.several(at_most)
        return [Named(self.names(core.conditions), core.smallest, core.first) for core in found], complete

    def shown(self, names: Sequence[str], without: str) -> Shown:
        """An example without one of the conditions of a clash."""
        example = self.grid.example([self.places[name] for name in names], self.places[without])
        return Shown(self.values(example.frame), example.unlocks)

    def values(self, frame: Sequence[int]) -> dict[str, str]:
        """A frame by the ids of its options."""
        aspects = self.numbering.aspects
        shared = (a for a in range(len(aspects)) if aspects[a].sharing is not Sharing.LOCAL)
        return {aspects[a].id: aspects[a].options[frame[a]].id for a in shared}

    def names(self, conditions: Sequence[int]) -> tuple[str, ...]:
        """The ids of conditions by their places."""
        return tuple(self.grounds.names[condition] for condition in conditions)


class OnNetwork:
    """Clashes of any question, by asking the network of the frame for the best world again and again."""

    def __init__(self, numbering: Numbering, given: Mapping[str, str], limits: Limits, deadline: Deadline) -> None:
        self.worlds = Worlds(numbering, given, limits, deadline)
        self.names = sorted(self.worlds.conditions)

    def core(self) -> Named:
        """The clash to tell."""
        search = Search(self.names, self.worlds, self.worlds.deadline)
        owners = sorted({condition.owner for condition in self.worlds.conditions.values()})
        place = {owner: number for number, owner in enumerate(owners)}
        size = None
        try:
            size = len(search.smallest() or ())
            return Named(search.first(size, [place[self.worlds.conditions[n].owner] for n in self.names]), True, True)
        except TooMany:
            return Named(self._shrunk(()) or (), False, False)

    def several(self, at_most: int) -> tuple[list[Named], bool]:
        """Different clashes, and whether these are all, by leaving out what is in those known (Reiter 1987)."""
        found: dict[tuple[str, ...], None] = {}
        waiting: list[tuple[str, ...]] = [()]
        for left_out in waiting:
            if len(found) > at_most:
                break
            names = self._shrunk(left_out)
            if names is not None:
                found[names] = None
                waiting.extend(sorted((*left_out, name) for name in names))
        told, complete = sorted(found, key=lambda names: (len(names), names)), len(found) <= at_most
        return [Named(names, complete and len(names) == len(told[0]), False) for names in told[:at_most]], complete

    def shown(self, names: Sequence[str], without: str) -> Shown:
        """An example without one of the conditions of a clash."""
        rest = [other for other in names if other != without]
        world = self.worlds.best(rest, dict.fromkeys(self.worlds.conditions.keys() - set(names), 1))
        if world is None:
            raise Unproved(f"without {without!r}, the clash should have an answer")
        return Shown(world.frame, not world.broken)

    def _shrunk(self, left_out: Sequence[str]) -> tuple[str, ...] | None:
        """Conditions that clash, with every one left out that can be spared; the last ids are tried first."""
        kept = [name for name in self.names if name not in left_out]
        if self.worlds.best(kept, {}) is not None:
            return None
        for name in reversed(kept):
            fewer = [other for other in kept if other != name]
            if self.worlds.best(fewer, {}) is None:
                kept = fewer
        return tuple(kept)


def explain(numbering: Numbering, given: Mapping[str, str], limits: Limits, deadline: Deadline, proof: Proof) -> Clash:
    """The clash to show for a question without an answer, proved by independent means."""
    sight = seen(numbering, given, limits, deadline)
    return told(numbering, given, sight, sight.core(), proof)


def seen(numbering: Numbering, given: Mapping[str, str], limits: Limits, deadline: Deadline) -> OnGrid | OnNetwork:
    """Where to look for the clashes of a question."""
    try:
        return OnGrid(numbering, given, limits, deadline)
    except BeyondGrid:
        return OnNetwork(numbering, given, limits, deadline)


def clashes(
    problem: Problem, *, at_most: int = 5, given: Mapping[str, str] | None = None, limits: Limits | None = None
) -> Clashes:
    """Different clashes of a question, each irreducible and proved, and whether there are more.

    None at all, and complete, where the question has an answer. Raises `limits.OutOfTime` past the limit in seconds.
    """
    limits, given = limits or Limits(), dict(given or {})
    numbering = Numbering(problem)
    sight = seen(numbering, given, limits, limits.start())
    found, complete = sight.several(at_most)
    proof = Proof(digest=digest(problem), engine=f"samordna-engine {VERSION}", checks=())
    search = PlainSearch(problem)
    return Clashes(found=tuple(told(numbering, given, sight, one, proof, search) for one in found), complete=complete)


def told(
    numbering: Numbering,
    given: Mapping[str, str],
    sight: OnGrid | OnNetwork,
    named: Named,
    proof: Proof,
    search: PlainSearch | None = None,
) -> Clash:
    """A clash with all there is to say about it, proved."""
    conditions = {c.id: c for c in numbering.problem.conditions if c.id in named.conditions}
    members = tuple(_member(conditions[name], sight.shown(named.conditions, name)) for name in named.conditions)
    clash = Clash(
        members=members,
        owners=tuple(sorted({member.owner for member in members})),
        given=dict(given),
        smallest=named.smallest,
        others_exist=not all(member.unlocks for member in members),
        reason=Reason(
            kind="clash",
            facts={"conditions": len(members)},
            because=tuple(condition_reason(conditions[name]) for name in named.conditions),
        ),
        proof=replace(proof, checks=CLASH_CHECKS),
        order=ORDER if named.first else ORDER[:1],
    )
    prove(numbering.problem, clash, search)
    return clash


def _member(condition: Condition, shown: Shown) -> ClashMember:
    return ClashMember(
        condition=condition.id,
        owner=condition.owner,
        relax_price=condition.relax_price,
        example=shown.frame,
        unlocks=shown.unlocks,
    )


def stated_by(problem: Problem, condition: str) -> tuple[str, ...]:
    """The ids of all conditions with the same rule as this one, in their order, whoever states them."""
    rule = next(c.rule for c in problem.conditions if c.id == condition)
    owners = {participant.id for participant in problem.taking_part()} | {COORDINATION}
    return tuple(sorted(c.id for c in problem.conditions if c.rule == rule and c.owner in owners))


def prove(problem: Problem, clash: Clash, search: PlainSearch | None = None) -> None:
    """By plain search: impossible together, possible without any one, and the examples show how.

    Raises `Unproved` where that is not so.
    """
    names = set(clash.conditions)
    search = search or PlainSearch(problem)
    if search.frame(names, clash.given) is not None:
        raise Unproved("the conditions of the clash can all be met")
    everything = {c.id for c in problem.conditions}
    for member in clash.members:
        rest = (everything if member.unlocks else names) - {member.condition}
        if clash.given.items() - member.example.items() or search.frame(rest, member.example) is None:
            raise Unproved(f"the example without {member.condition!r} does not hold")
