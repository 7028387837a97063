"""What could be given up to settle a matter that clashes."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final, Protocol

from samordna_engine.clash.prices import Prices
from samordna_engine.clash.sights import OnGrid, OnNetwork, seen
from samordna_engine.errors import TooLarge, Unproved
from samordna_engine.limits import Limits
from samordna_engine.outcome import Clash, WayOut
from samordna_engine.plain_search import PlainSearch
from samordna_engine.problem import COORDINATION, Condition, Problem
from samordna_engine.projection.matter import BROKEN, Numbering

MAX_COMMON_CHOICES: Final = 10


@dataclass(frozen=True, slots=True)
class Found:
    """Conditions to give up, and a frame under which all others can be met."""

    conditions: tuple[str, ...]
    frame: Mapping[str, str]


def cheapest_ways_out(problem: Problem, clash: Clash, *, limits: Limits | None = None) -> tuple[WayOut, ...]:
    """What could be given up to settle the matter, the cheapest first.

    There is one way for each condition of the clash that may be relaxed: that condition, and whatever else is then
    still needed, at the lowest price in all. So the first is the cheapest there is. No way out means that some clash
    consists only of conditions that may not be relaxed. Raises `limits.OutOfTime` past the limit in seconds.
    """
    limits = limits or Limits()
    numbering = Numbering(problem)
    deadline = limits.start()
    sight = seen(numbering, clash.given, limits, deadline)
    if not isinstance(sight, OnGrid) or sight.grid.tangled:
        sight = OnNetwork(numbering, clash.given, limits, deadline)
    ways = _Ways(problem, _OnGrid(sight) if isinstance(sight, OnGrid) else _OnNetwork(sight))
    return tuple(sorted(ways.all_from(clash), key=lambda way: (way.price, way.conditions)))


class _Asked(Protocol):
    """Whoever knows the cheapest way out with some conditions given up beforehand."""

    def common(self) -> Collection[str]:
        """The common conditions that giving up may help."""

    def cheapest(self, first: Condition, common: Sequence[Condition]) -> Found | None:
        """The cheapest way out with the first condition and these common ones given up, and no other common one."""


class _Ways:
    def __init__(self, problem: Problem, asked: _Asked) -> None:
        self.asked = asked
        self.conditions = {condition.id: condition for condition in problem.conditions}
        self._search = PlainSearch(problem)
        self._common = [
            self.conditions[name] for name in sorted(asked.common()) if self.conditions[name].relax_price is not None
        ]

    def all_from(self, clash: Clash) -> Iterator[WayOut]:
        """The cheapest way out for each condition of a clash that may be relaxed."""
        for member in clash.members:
            first = self.conditions[member.condition]
            found = self._from(first) if first.relax_price is not None else None
            if found is not None:
                yield self._proved(found, clash.given)

    def _from(self, first: Condition) -> Found | None:
        """The cheapest way out that begins with giving up one condition."""
        best: Found | None = None
        for common in self._choices(first):
            if best is not None and self._price((first.id, *(c.id for c in common))) >= self._price(best.conditions):
                break
            way = self.asked.cheapest(first, common)
            if way is not None and (best is None or self._price(way.conditions) < self._price(best.conditions)):
                best = way
        return best

    def _choices(self, first: Condition) -> Iterator[tuple[Condition, ...]]:
        """Common conditions to give up beforehand, the cheapest choice first.

        They are tried one by one because giving one up frees everybody for a single price, which a sum over
        participants cannot express.
        """
        others = [condition for condition in self._common if condition.id != first.id]
        if len(others) > MAX_COMMON_CHOICES:
            raise TooLarge("common conditions that may be relaxed", len(others), MAX_COMMON_CHOICES)
        choices = [some for size in range(len(others) + 1) for some in combinations(others, size)]
        yield from sorted(choices, key=lambda some: self._price(condition.id for condition in some))

    def _proved(self, found: Found, given: Mapping[str, str]) -> WayOut:
        """The way out, once plain search agrees that everything else can be met."""
        rest = self.conditions.keys() - set(found.conditions)
        if given.items() - found.frame.items() or self._search.frame(rest, found.frame) is None:
            raise Unproved(f"without {', '.join(found.conditions)} the matter should have an answer")
        owners = tuple(sorted({self.conditions[name].owner for name in found.conditions}))
        return WayOut(conditions=found.conditions, owners=owners, price=self._price(found.conditions))

    def _price(self, names: Iterable[str]) -> int:
        return sum(self.conditions[name].relax_price or 0 for name in names)


class _OnGrid:
    """Ways out frame by frame."""

    def __init__(self, sight: OnGrid) -> None:
        self.sight = sight
        known = {condition.id: condition.relax_price for condition in sight.numbering.problem.conditions}
        self._prices = Prices(sight.grid, [known[name] for name in sight.grounds.names], sight.deadline)

    def common(self) -> Collection[str]:
        """The common conditions that are part of what is impossible."""
        return [self.sight.grounds.names[condition] for condition in self.sight.grid.common()]

    def cheapest(self, first: Condition, common: Sequence[Condition]) -> Found | None:
        """The cheapest way out with these given up."""
        places = [self.sight.places[condition.id] for condition in common]
        own = None if first.owner == COORDINATION else self.sight.places[first.id]
        found = self._prices.cheapest(own, [*places, *([] if own is not None else [self.sight.places[first.id]])])
        if found is None:
            return None
        return Found(self.sight.names(found.conditions), self.sight.values(found.frame))


class _OnNetwork:
    """Ways out by asking the network of the frame for the best world."""

    def __init__(self, sight: OnNetwork) -> None:
        self._worlds = sight.worlds

    def common(self) -> Collection[str]:
        """All common conditions."""
        return [name for name, condition in self._worlds.conditions.items() if condition.owner == COORDINATION]

    def cheapest(self, first: Condition, common: Sequence[Condition]) -> Found | None:
        """The cheapest way out with these given up."""
        dropped = {first.id, *(condition.id for condition in common)}
        left = [condition for condition in self._worlds.conditions.values() if condition.id not in dropped]
        # Two conditions at no price must not look like none at all: one more thing given up decides between equals.
        each = len(left) + 1
        soft = {c.id: c.relax_price * each + 1 for c in left if c.relax_price is not None and c.owner != COORDINATION}
        if sum(soft.values()) >= BROKEN:
            raise TooLarge("the sum of all prices", sum(soft.values()), BROKEN)
        world = self._worlds.best((c.id for c in left if c.id not in soft), soft)
        return None if world is None else Found(tuple(sorted({*dropped, *world.broken})), world.frame)
