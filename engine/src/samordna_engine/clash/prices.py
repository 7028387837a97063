"""What it costs to give up conditions until the rest can be met, for every common frame at once.

A participant gives up what is cheapest for it under a frame, facet by facet; the sum over all facets is the price of
that frame, and the cheapest frame of each part is the cheapest way out. Fewer conditions come first between equals.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import gcd
from typing import Final

import numpy as np

from samordna_engine.clash.grid import ANYBODY, Part
from samordna_engine.clash.on_grid import GridClashes
from samordna_engine.errors import TooLarge
from samordna_engine.limits import Deadline
from samordna_engine.projection.tables import Numbers, Scope, Truths, spread

LARGEST_SUM: Final = 1 << 61
NEVER: Final = 1 << 62
"""The price of what may not be given up."""


@dataclass(frozen=True, slots=True)
class GivenUp:
    """Conditions to give up, by their places, and frame values under which all others can be met."""

    conditions: tuple[int, ...]
    frame: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Sums:
    """Per frame, what is paid in all, and how many can not meet theirs at any price. Kept apart, to be subtracted."""

    paid: Numbers
    stuck: Numbers

    def all(self) -> Numbers:
        """The price of each frame."""
        return np.asarray(np.where(self.stuck > 0, NEVER, self.paid))


@dataclass(frozen=True, slots=True)
class _First:
    """A condition that is given up beforehand: whose it is, where it stands, and what that costs."""

    condition: int
    person: int
    kind: int
    code: int
    price: int


class Prices:
    """Finds the cheapest conditions to give up. `prices[c]` is what giving up condition c costs, None for never.

    Raises `TooLarge` where the prices cannot be added up safely.
    """

    def __init__(self, clashes: GridClashes, prices: Sequence[int | None], deadline: Deadline) -> None:
        self.clashes, self.deadline = clashes, deadline
        self.kinds, self.grounds = clashes.kinds, clashes.grounds
        self._each, self._unit = self._scale(prices)
        self._price = np.array([NEVER if p is None else p // self._unit * self._each + 1 for p in prices], np.int64)
        own = np.nonzero(~np.array(self.grounds.everybody, np.bool_)[self.grounds.condition])[0]
        self._width = len(self.grounds.shapes)
        key = self.grounds.person[own] * self._width + self.grounds.shape[own]
        order = np.argsort(key, kind="stable")
        self._rows = own[order]
        self._key, self._first = np.unique(key[order], return_index=True)
        stated = self._price[self.grounds.condition[self._rows]]
        never = np.logical_or.reduceat(stated >= NEVER, self._first) if len(stated) else np.zeros(0, np.bool_)
        added = np.add.reduceat(np.where(stated >= NEVER, 0, stated), self._first) if len(stated) else stated
        self._said: Numbers = np.where(never, NEVER, added)
        self._single = np.array([len(of) == 1 and of[0] < self._width for of in self.kinds.codes], np.bool_)
        self._singles = self._added_up()
        self._sums: dict[tuple[int, frozenset[int]], _Sums] = {}

    def _added_up(self) -> Numbers:
        """For kinds of one condition of a participant's: what all pay to give it up, and how many may not."""
        facets = np.nonzero(self._single[self.kinds.kind])[0]
        kind = self.kinds.kind[facets]
        code = np.array([of[0] for of in self.kinds.codes], np.int64)[kind]
        price = self._said[np.searchsorted(self._key, self.kinds.person[facets] * self._width + code)]
        total: Numbers = np.zeros((2, len(self.kinds.codes)), np.int64)
        np.add.at(total[0], kind, np.where(price >= NEVER, 0, price))
        np.add.at(total[1], kind, (price >= NEVER).astype(np.int64))
        return total

    def _scale(self, prices: Sequence[int | None]) -> tuple[int, int]:
        """What one unit of price counts, when each condition counts one besides; and the unit."""
        known = [price for price in prices if price is not None]
        each, unit = len(known) + 1, gcd(*known) or 1
        if (sum(known) // unit + 1) * each > LARGEST_SUM:
            raise TooLarge("the sum of all prices", (sum(known) // unit + 1) * each, LARGEST_SUM)
        return each, unit

    def cheapest(self, first: int | None, common: Collection[int]) -> GivenUp | None:
        """The cheapest way out with certain common conditions, and a first one of a participant's, given up."""
        dropped = frozenset(common)
        freed = self._freed(first) if first is not None else None
        given_up = {*common, *(() if first is None else (first,))}
        chosen: list[Truths] = []
        for part in self.clashes.impossible:
            price = self._sum(part, dropped, freed).all()
            at = int(np.argmin(price))
            if price.flat[at] >= NEVER:
                return None
            frames = np.zeros(price.shape, np.bool_)
            frames.flat[at] = True
            chosen.append(frames)
            place = dict(zip(part.scope, (int(i) for i in np.unravel_index(at, price.shape)), strict=True))
            given_up.update(self._given_up(part, place, dropped, freed))
        frame = self.clashes.frame(chosen, lambda unit: unit[1] not in dropped)
        return GivenUp(tuple(sorted(given_up)), frame)

    def _freed(self, condition: int) -> _First:
        row = int(np.argmax(self.grounds.condition == condition))
        person, code = int(self.grounds.person[row]), int(self.grounds.shape[row])
        of_person = self.kinds.kind[self.kinds.person == person].tolist()
        kind = next(kind for kind in of_person if code in self.kinds.codes[kind])
        return _First(condition, person, kind, code, int(self._price[condition]))

    def _sum(self, part: Part, dropped: frozenset[int], freed: _First | None) -> _Sums:
        """What every frame of a part costs."""
        key = (self.clashes.impossible.index(part), dropped)
        if key not in self._sums:
            self._sums[key] = self._added(part, dropped)
        sums = self._sums[key]
        if freed is None or not part.has((freed.kind, freed.code, ANYBODY)):
            return sums
        person = np.array([freed.person])
        before = self._of_kind(part, freed.kind, self._prices(freed.kind, person), dropped)[0][0]
        after = self._of_kind(part, freed.kind, self._prices(freed.kind, person, freed), dropped)[0][0]
        paid, stuck = _apart(after) - _apart(before)
        scope = part.scope_of(freed.kind)
        return _Sums(sums.paid + part.wide(scope, paid), sums.stuck + part.wide(scope, stuck))

    def _added(self, part: Part, dropped: frozenset[int]) -> _Sums:
        sums = _Sums(np.zeros(part.start.shape, np.int64), np.array(~part.start, np.int64))
        for layer in part.layers:
            self.deadline.check()
            single = self._single[layer.kinds]
            paid, stuck = self._singles[:, layer.kinds[single]] @ (~layer.possible[single]).astype(np.int64)
            for kind in layer.kinds[~single].tolist():
                of_kind, times = self._of_kind(part, kind, self._prices(kind, self.kinds.people(kind)), dropped)
                never = of_kind >= NEVER
                paid += times @ np.where(never, 0, of_kind)
                stuck += times @ never.astype(np.int64)
            np.add(sums.paid, part.wide(layer.scope, paid), out=sums.paid)
            np.add(sums.stuck, part.wide(layer.scope, stuck), out=sums.stuck)
        return sums

    def _prices(self, kind: int, people: Numbers, freed: _First | None = None) -> Numbers:
        """What giving up each code of a kind costs each of its holders: [person, code]."""
        codes = self.kinds.codes[kind]
        table = np.full((len(people), len(codes)), NEVER, np.int64)
        for i, code in enumerate(codes):
            if self.kinds.condition(code) is None:
                table[:, i] = self._said[np.searchsorted(self._key, people * self._width + code)]
        if freed is not None and freed.kind == kind:
            mine, i = people == freed.person, codes.index(freed.code)
            table[mine, i] -= np.where(table[mine, i] < NEVER, freed.price, 0)
        return table

    def _of_kind(self, part: Part, kind: int, prices: Numbers, dropped: Collection[int]) -> tuple[Numbers, Numbers]:
        """What holders with different prices pay under each frame of the layer, and how many pay so."""
        distinct, times = prices[:1], np.array([len(prices)])
        if (prices != distinct).any():
            distinct, times = np.unique(prices, axis=0, return_counts=True)
        paid = self._paid(kind, distinct, dropped, {})
        free = tuple(i + 1 for i, a in enumerate(self.kinds.scope(self.kinds.codes[kind])) if a not in part.scope)
        return paid.min(axis=free, initial=NEVER).reshape(len(distinct), -1), times

    def _paid(self, kind: int, prices: Numbers, dropped: Collection[int], at: Mapping[int, int]) -> Numbers:
        """What each choice of own values costs: [row of prices, aspects of the kind], some at a fixed value."""
        codes = self.kinds.codes[kind]
        scope = tuple(a for a in self.kinds.scope(codes) if a not in at)
        paid = np.zeros([len(prices), *(self.grounds.sizes[a] for a in scope)], np.int64)
        never = np.zeros(paid.shape, np.bool_)
        for i, code in enumerate(codes):
            if self.kinds.condition(code) in dropped:
                continue
            price = prices[:, i].reshape(-1, *[1] * len(scope))
            broken = self._broken(code, scope, at)
            never |= broken & (price >= NEVER)
            paid += broken * np.where(price >= NEVER, 0, price)
        paid[never] = NEVER
        return paid

    def _broken(self, code: int, scope: Scope, at: Mapping[int, int]) -> Truths:
        """Where a code is broken, over the aspects in scope, the others at a fixed value."""
        shape = self.kinds.shape(code)
        allowed = shape.allowed[tuple(at.get(a, slice(None)) for a in shape.scope)]
        return ~spread(allowed, tuple(a for a in shape.scope if a not in at), scope)

    def _given_up(
        self, part: Part, place: Mapping[int, int], dropped: Collection[int], freed: _First | None
    ) -> Iterator[int]:
        """The conditions that are given up under one frame."""
        for kind in part.unmet(place):
            codes, people = self.kinds.codes[kind], self.kinds.people(kind)
            prices = self._prices(kind, people, freed)
            scope = tuple(a for a in self.kinds.scope(codes) if a not in place)
            cheapest = self._paid(kind, prices, dropped, place).reshape(len(people), -1).argmin(axis=1)
            for code in codes:
                if self.kinds.condition(code) is None:
                    sizes = [self.grounds.sizes[a] for a in scope]
                    broken = np.broadcast_to(self._broken(code, scope, place), sizes).reshape(-1)
                    yield from self._stated_by(people[broken[cheapest]], code)

    def _stated_by(self, people: Numbers, code: int) -> Iterator[int]:
        """All conditions with which these participants state a code."""
        ends = np.append(self._first, len(self._rows))
        for i in np.searchsorted(self._key, people * self._width + code).tolist():
            yield from self.grounds.condition[self._rows[ends[i] : ends[i + 1]]].tolist()


def _apart(prices: Numbers) -> Numbers:
    """Prices as what can be added and subtracted, what is paid and whether it is of no use: [..., 2, frame]."""
    stuck = prices >= NEVER
    return np.stack([np.where(stuck, 0, prices), stuck.astype(np.int64)], axis=-2)
