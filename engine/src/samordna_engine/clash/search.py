"""Fewest conditions that clash, found by asking back and forth (implicit hitting sets; Ignatiev and others 2015).

Given a handful of conditions that are to hold, an *oracle* names conditions that could be broken for them to hold: a
*correction*. Every clash has a condition in common with every correction. So the fewest conditions with one in each
correction known so far are no more than any clash has, and when the oracle finds no way to meet them, they are one.
"""

import itertools
from collections.abc import Collection, Iterable, Sequence
from typing import Final, Generic, Protocol, TypeVar

import numpy as np

from samordna_engine.clash.grid import Part, Unit
from samordna_engine.hitting import HittingSets, TooMany, first_choice
from samordna_engine.limits import Deadline

Thing = TypeVar("Thing")
MOST_CORRECTIONS: Final = 64


class Oracle(Protocol[Thing]):
    """Whoever knows what can be met."""

    def corrections(self, kept: Collection[Thing]) -> Sequence[Sequence[Thing]]:
        """Ways to meet those kept, each as what it breaks, and no two breaking the same; none where there is no way."""


class Grid:
    """The oracle of one part of a question whose common frames can be looked at one by one."""

    def __init__(self, part: Part, deadline: Deadline) -> None:
        self.part, self.deadline = part, deadline
        self._missed = part.missed()

    def corrections(self, kept: Collection[Unit]) -> list[list[Unit]]:
        """As many as can be found by keeping more and more."""
        grown = set(kept)
        frames = self.part.left(grown)
        found: list[list[Unit]] = []
        while frames.any() and len(found) < MOST_CORRECTIONS:
            self.deadline.check()
            flat = int(np.argmin(np.where(frames, self._missed, np.iinfo(np.int64).max)))
            broken = self.part.broken([int(i) for i in np.unravel_index(flat, frames.shape)], grown)
            found.append(broken)
            grown.update(broken)
            self.part.narrow(frames, grown, broken)
        return found

    def grown(self, left_out: Collection[Unit]) -> list[Unit] | None:
        """Conditions that clash, certain ones not among them, found by taking in what is broken; None where none do."""
        frames = self.part.left(())
        kept: dict[Unit, None] = {}
        while frames.any():
            self.deadline.check()
            flat = int(np.argmin(np.where(frames, self._missed, np.iinfo(np.int64).max)))
            broken = self.part.broken([int(i) for i in np.unravel_index(flat, frames.shape)], kept)
            new = [unit for unit in broken if unit not in left_out]
            if not new:
                return None
            kept.update(dict.fromkeys(new))
            self.part.narrow(frames, kept, new)
        return list(kept)


class Clashes(Generic[Thing]):
    """Finds the clashes among things, which are numbered in their order. Raises `TooMany` where they are too many."""

    def __init__(self, things: Sequence[Thing], oracle: Oracle[Thing], deadline: Deadline) -> None:
        self.things, self.oracle, self.deadline = things, oracle, deadline
        self._number = {thing: number for number, thing in enumerate(things)}
        self.known: list[int] = []

    def smallest(self, at_most: int | None = None) -> tuple[Thing, ...] | None:
        """A clash that no other is smaller than; None where all have more than so many."""
        chosen: tuple[int, ...] = ()
        while self.learn(chosen):
            chosen = HittingSets(self.known).smallest(len(chosen))
            if at_most is not None and len(chosen) > at_most:
                return None
        return self._things(chosen)

    def first(self, size: int, owners: Sequence[int]) -> tuple[Thing, ...]:
        """Of the clashes with so many things, none having fewer: the one with fewest owners, then lowest numbers."""
        self.smallest()
        while True:
            hitting = HittingSets(self.known)
            best: tuple[int, tuple[int, ...]] | None = None
            for groups in hitting.of_size(size):
                best = first_choice([hitting.groups[group] for group in groups], owners, best)
            assert best is not None
            if not self.learn(best[1]):
                return self._things(best[1])

    def all_of(self, size: int, found: Collection[frozenset[Thing]]) -> list[frozenset[Thing]]:
        """All clashes with so many things, where all with fewer are among those found."""
        here = (clash for clash in found if all(thing in self._number for thing in clash))
        known = [self._mask(self._number[thing] for thing in clash) for clash in here]
        hitting = HittingSets(self.known)
        clashes = []
        for groups in list(hitting.of_size(size)):
            for chosen in _one_of_each([hitting.groups[group] for group in groups], hitting):
                mask = self._mask(chosen)
                hits = all(mask & s for s in self.known)
                if hits and not any(mask & k == k for k in known) and not self.learn(chosen):
                    clashes.append(frozenset(self._things(chosen)))
        return clashes

    def learn(self, chosen: Iterable[int]) -> bool:
        """Ask the oracle for corrections that break none of those chosen; whether there are any."""
        self.deadline.check()
        new = self.oracle.corrections([self.things[number] for number in chosen])
        self.known.extend(self._mask(self._number[thing] for thing in correction) for correction in new)
        return bool(new)

    def _mask(self, numbers: Iterable[int]) -> int:
        mask = 0
        for number in numbers:
            mask |= 1 << number
        return mask

    def _things(self, numbers: Iterable[int]) -> tuple[Thing, ...]:
        return tuple(self.things[number] for number in sorted(numbers))


def _one_of_each(groups: Sequence[Sequence[int]], hitting: HittingSets) -> Iterable[tuple[int, ...]]:
    """Every way to take one thing of each group, counted as steps."""
    for choice in itertools.product(*groups):
        hitting.steps -= 1
        if hitting.steps < 0:
            raise TooMany
        yield choice
