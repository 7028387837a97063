"""The fewest things that have one in every set."""

from collections.abc import Mapping, Sequence
from typing import Final

MAX_STEPS: Final = 200_000


class TooMany(Exception):
    """There are too many ways to choose from to be sure of the first."""


def smallest_hitting_set(sets: Sequence[frozenset[str]], owners: Mapping[str, str]) -> tuple[str, ...]:
    """A hitting set with the fewest members; between equals with the fewest owners, then the first in the alphabet.

    Raises `TooMany` when that takes too long to make sure of.
    """
    minimal: list[frozenset[str]] = [s for s in dict.fromkeys(sets) if not any(other < s for other in sets)]
    search = _Search(_without_doubles(minimal, owners), owners)
    for size in range(search.at_least(search.sets), len(minimal) + 1):
        search.extend((), search.sets, size)
        if search.best is not None:
            return search.best
    raise TooMany


def _without_doubles(sets: Sequence[frozenset[str]], owners: Mapping[str, str]) -> list[frozenset[str]]:
    """Of things with the same owner that stand in the same sets, keep the first: nothing speaks for the others."""
    kept: dict[tuple[str, tuple[bool, ...]], str] = {}
    for name in sorted({name for s in sets for name in s}):
        kept.setdefault((owners[name], tuple(name in s for s in sets)), name)
    names = set(kept.values())
    return [s & names for s in sets]


class _Search:
    def __init__(self, sets: list[frozenset[str]], owners: Mapping[str, str]) -> None:
        self.sets, self.owners = sets, owners
        self.best: tuple[str, ...] | None = None
        self.steps = 0

    def at_least(self, sets: Sequence[frozenset[str]]) -> int:
        """As many as there are sets with nothing in common, at least, must be chosen."""
        seen: set[str] = set()
        count = 0
        by_size: list[frozenset[str]] = sorted(sets, key=lambda s: len(s))
        for s in by_size:
            if seen.isdisjoint(s):
                seen |= s
                count += 1
        return count

    def extend(self, chosen: tuple[str, ...], left: list[frozenset[str]], more: int) -> None:
        """Try every way to hit what is left with so many more."""
        self.steps += 1
        if self.steps > MAX_STEPS:
            raise TooMany
        if not left:
            candidate = tuple(sorted(chosen))
            if self.best is None or self._key(candidate) < self._key(self.best):
                self.best = candidate
            return
        if more < self.at_least(left):
            return
        narrowest = min(left, key=lambda s: (len(s), sorted(s)))
        for name in sorted(narrowest):
            self.extend((*chosen, name), [s for s in left if name not in s], more - 1)

    def _key(self, names: tuple[str, ...]) -> tuple[int, tuple[str, ...]]:
        return len({self.owners[name] for name in names}), names
