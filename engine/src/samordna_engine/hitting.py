"""The fewest things that have one in every set.

Things are numbered, and a set of them is a whole number with a bit for each. Things that are in the same sets can take
each other's place, so ways to hit all sets are found by *groups* of such things.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

MAX_STEPS: Final = 50_000


class TooMany(Exception):
    """There are too many ways to choose from to be sure of the first."""


def members(mask: int) -> Iterator[int]:
    """The things in a set, from the lowest number."""
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


class HittingSets:
    """Ways to hit all of some sets with so many things. Raises `TooMany` past so many steps.

    Depth first, by the set that can be hit in fewest ways; what was tried for it is not tried again further on.
    """

    def __init__(self, sets: Sequence[int]) -> None:
        distinct = list(dict.fromkeys(sets))
        self.sets = [s for s in distinct if not any(other != s and other & s == other for other in distinct)]
        self.steps = MAX_STEPS
        in_sets: dict[int, int] = {}
        for place, s in enumerate(self.sets):
            for thing in members(s):
                in_sets[thing] = in_sets.get(thing, 0) | 1 << place
        self.groups: dict[int, list[int]] = {}
        for thing in sorted(in_sets):
            self.groups.setdefault(in_sets[thing], []).append(thing)
        self._by_set = [[group for group in self.groups if group >> place & 1] for place in range(len(self.sets))]
        for groups in self._by_set:
            groups.sort(key=lambda group: (-group.bit_count(), self.groups[group][0]))
        self._all = (1 << len(self.sets)) - 1

    def at_least(self, left: int | None = None) -> int:
        """As many as there are sets with nothing in common, at least, must be chosen."""
        seen = count = 0
        for place in members(self._all if left is None else left):
            if not seen & self.sets[place]:
                seen |= self.sets[place]
                count += 1
        return count

    def smallest(self, at_least: int = 0) -> tuple[int, ...]:
        """The first thing of each group in one way with the fewest."""
        size = max(at_least, self.at_least())
        while True:
            for groups in self.of_size(size):
                return tuple(sorted(self.groups[group][0] for group in groups))
            size += 1

    def of_size(self, size: int) -> Iterator[tuple[int, ...]]:
        """All ways with so many groups, none of which is there in vain."""
        for groups in self._extend((), self._all, frozenset(), size):
            if all(self._alone(group, groups) for group in groups):
                yield groups

    def _alone(self, group: int, groups: tuple[int, ...]) -> int:
        """The sets that only this group hits."""
        others = 0
        for other in groups:
            if other != group:
                others |= other
        return group & ~others

    def _extend(
        self, chosen: tuple[int, ...], left: int, tried: frozenset[int], more: int
    ) -> Iterator[tuple[int, ...]]:
        self.steps -= 1
        if self.steps < 0:
            raise TooMany
        if not left:
            if not more:
                yield chosen
            return
        if self.at_least(left) > more:
            return
        ways = min(
            ([group for group in self._by_set[place] if group not in tried] for place in members(left)),
            key=len,
        )
        for group in ways:
            yield from self._extend((*chosen, group), left & ~group, tried, more - 1)
            tried |= {group}


def first_choice(
    groups: Sequence[Sequence[int]], owners: Mapping[int, int] | Sequence[int], best: tuple[int, tuple[int, ...]] | None
) -> tuple[int, tuple[int, ...]] | None:
    """One thing of each group: those with the fewest owners, and of these the lowest numbers in order.

    Given as (number of owners, things); None where nothing comes before `best`. Whoever is in one group only matters
    by its lowest number, and only the first of those.
    """
    by_owner: list[dict[int, int]] = []
    for group in groups:
        options: dict[int, int] = {}
        for thing in group:
            options.setdefault(owners[thing], thing)
        by_owner.append(options)
    choices = []
    for i, options in enumerate(by_owner):
        first = min(options.values())
        elsewhere = [o for o in options if any(o in other for j, other in enumerate(by_owner) if j != i)]
        choices.append(sorted({first, *(options[o] for o in elsewhere)}))
    choices.sort(key=len)
    return _choose(choices, owners, (), frozenset(), best)


def _choose(
    choices: Sequence[Sequence[int]],
    owners: Mapping[int, int] | Sequence[int],
    chosen: tuple[int, ...],
    of: frozenset[int],
    best: tuple[int, tuple[int, ...]] | None,
) -> tuple[int, tuple[int, ...]] | None:
    if best is not None and len(of) > best[0]:
        return best
    if not choices:
        found = (len(of), tuple(sorted(chosen)))
        return found if best is None or found < best else best
    for thing in choices[0]:
        best = _choose(choices[1:], owners, (*chosen, thing), of | {owners[thing]}, best)
    return best
