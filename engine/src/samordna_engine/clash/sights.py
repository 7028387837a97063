"""Where clashes are looked for: frame by frame, in the network of the frame, or by a SAT solver.

Each of these can tell the clash to show, several different ones, and for each condition of a clash what becomes
possible without it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from samordna_engine.clash.facets import grounds_of
from samordna_engine.clash.on_grid import GridClashes
from samordna_engine.clash.search import Clashes
from samordna_engine.clash.tangles import BeyondGrid
from samordna_engine.clash.worlds import Worlds
from samordna_engine.errors import TooLarge, Unproved
from samordna_engine.hitting import TooMany
from samordna_engine.limits import Deadline, Limits
from samordna_engine.problem import Problem, Sharing
from samordna_engine.projection.matter import Numbering
from samordna_engine.solvers import sat

MANY_COMMON: Final = 200
"""With more common aspects than this, only a SAT solver is asked."""
MOST_TRIED: Final = 1_000

Names = tuple[str, ...]


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

    def found(self) -> Named | None:
        """Some clash, if there is one."""
        conditions = self.grid.shrunk()
        return None if conditions is None else Named(self.names(conditions), len(conditions) == 1, False)

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
        search = Clashes(self.names, self.worlds, self.worlds.deadline)
        owners = sorted({condition.owner for condition in self.worlds.conditions.values()})
        place = {owner: number for number, owner in enumerate(owners)}
        try:
            size = len(search.smallest() or ())
            return Named(search.first(size, [place[self.worlds.conditions[n].owner] for n in self.names]), True, True)
        except TooMany:
            return Named(self._shrunk(()) or (), False, False)

    def found(self) -> Named | None:
        """Some clash, if there is one."""
        names = self._shrunk(())
        return None if names is None else Named(names, len(names) == 1, False)

    def several(self, at_most: int) -> tuple[list[Named], bool]:
        """Different clashes, and whether these are all."""
        return _several(self._shrunk, at_most)

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


class BySat:
    """Clashes of a question by a SAT solver, which is asked about the question as it was put."""

    def __init__(self, problem: Problem, given: Mapping[str, str], deadline: Deadline) -> None:
        self.satisfier = sat.Satisfier(problem, given, deadline)
        self.names = [condition.id for condition in self.satisfier.conditions]
        self.places = {name: place for place, name in enumerate(self.names)}

    def core(self) -> Named:
        """The clash to tell: irreducible, and not known to be smallest unless it is a single condition."""
        named = self.found()
        if named is None:
            raise Unproved("a SAT solver finds an answer where there should be none")
        return named

    def found(self) -> Named | None:
        """The clash to tell, if there is one."""
        names = self._shrunk(())
        return None if names is None else Named(names, len(names) == 1, False)

    def several(self, at_most: int) -> tuple[list[Named], bool]:
        """Different clashes, and whether these are all."""
        return _several(self._shrunk, at_most)

    def shown(self, names: Sequence[str], without: str) -> Shown:
        """An example without one of the conditions of a clash."""
        frame = self.satisfier.frame([place for name, place in self.places.items() if name != without])
        if frame is not None:
            return Shown(frame, True)
        frame = self.satisfier.frame([self.places[name] for name in names if name != without])
        if frame is None:
            raise Unproved(f"without {without!r}, the clash should have an answer")
        return Shown(frame, False)

    def _shrunk(self, left_out: Sequence[str]) -> Names | None:
        """Conditions that clash, certain ones not among them, with every one left out that can be spared."""
        found = self.satisfier.clash([place for name, place in self.places.items() if name not in left_out])
        return None if found is None else tuple(self.names[place] for place in found)


Sight = OnGrid | OnNetwork | BySat


def _several(shrunk: Callable[[Sequence[str]], Names | None], at_most: int) -> tuple[list[Named], bool]:
    """Different clashes, and whether these are all, by leaving out what is in those known (Reiter 1987)."""
    found: dict[Names, None] = {}
    waiting: dict[Names, None] = {(): None}
    tried = 0
    while waiting and len(found) <= at_most and tried < MOST_TRIED:
        left_out = next(iter(waiting))
        del waiting[left_out]
        tried += 1
        names = next((known for known in found if not set(known) & set(left_out)), None) or shrunk(left_out)
        if names is not None:
            found[names] = None
            waiting.update((tuple(sorted((*left_out, name))), None) for name in names)
    complete = not waiting and len(found) <= at_most
    told = sorted(found, key=lambda names: (len(names), names))
    return [Named(names, complete and len(names) == len(told[0]), False) for names in told[:at_most]], complete


def common_aspects(problem: Problem) -> int:
    """How many aspects everybody must have alike."""
    return sum(aspect.sharing is Sharing.COMMON for aspect in problem.aspects)


def is_vast(problem: Problem) -> bool:
    """Whether a question has so many common aspects that a SAT solver is asked first, and there is one."""
    return common_aspects(problem) > MANY_COMMON and sat.available()


def seen(numbering: Numbering, given: Mapping[str, str], limits: Limits, deadline: Deadline) -> Sight:
    """Where to look for the clashes of a question.

    Raises `TooLarge` where that takes the extra `sat`, which is not installed.
    """
    try:
        return OnGrid(numbering, given, limits, deadline)
    except BeyondGrid:
        network = OnNetwork(numbering, given, limits, deadline)
        count = common_aspects(numbering.problem)
        if count <= MANY_COMMON and not (sat.available() and network.worlds.is_wide()):
            return network
        if not sat.available():
            raise TooLarge("common aspects without the extra 'sat'", count, MANY_COMMON) from None
        return BySat(numbering.problem, given, deadline)
