"""The question as numbers: aspects, options and participants are counted from zero.

Likeness and cost are joined into one whole number per decision, so that comparing numbers compares decisions. A broken
condition counts as `BROKEN`, which is larger than anything else can add up to.
"""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

import numpy as np

from samordna_engine.errors import TooLarge
from samordna_engine.outcome import Price
from samordna_engine.problem import COORDINATION, Condition, Need, Problem, Sharing
from samordna_engine.projection.tables import Numbers, Shape, shape_of
from samordna_engine.rules import Rule

BROKEN: Final = 1 << 50
LARGEST_SUM: Final = BROKEN >> 1


@dataclass(frozen=True, slots=True)
class Scale:
    """How likeness and cost become one number, and back.

    Without a price of difference the likeness counts in units larger than all costs together. With one, the sum is
    counted in units larger than all likeness together, so that likeness can decide between equal sums. The unit is odd
    and twice as large as it must be, so that differences can be told apart as well.
    """

    price: int | None
    unit: int

    @property
    def likeness(self) -> int:
        """What one weighted deviation counts."""
        return self.unit if self.price is None else self.price * self.unit + 1

    @property
    def cost(self) -> int:
        """What one unit of cost counts."""
        return 1 if self.price is None else self.unit

    def join(self, price: Price) -> int:
        """The number for a likeness and cost."""
        return self.likeness * price.likeness + self.cost * price.cost

    def split(self, number: int) -> Price:
        """The likeness and cost that were joined into a number, which may be a difference and so negative."""
        half = self.unit // 2
        rest = (number + half) % self.unit - half
        if self.price is None:
            return Price(likeness=(number - rest) // self.unit, cost=rest)
        return Price(likeness=rest, cost=(number - rest) // self.unit - self.price * rest)

    def bound(self, number: int) -> Price:
        """What is certain when a sum is at least this number: with a price of difference, only the sum in cost."""
        return self.split(number) if self.price is None else Price(likeness=0, cost=number // self.unit)


def scale_for(price: int | None, spread: int, differences: int) -> Scale:
    """The scale for costs that are so far apart and differences that weigh so much, at a price of difference or none.

    The unit is rounded up where there is room, so that it stays the same while costs change a little. Raises `TooLarge`
    where there is no room at all.
    """
    least = 2 * (spread if price is None else differences) + 1

    def largest(scale: Scale) -> int:
        return differences * scale.likeness + spread * scale.cost

    rounded, exact = Scale(price, (1 << least.bit_length()) - 1), Scale(price, least)
    if largest(exact) > LARGEST_SUM:
        raise TooLarge("the sum of all costs and differences", largest(exact), LARGEST_SUM)
    return rounded if largest(rounded) <= LARGEST_SUM else exact


@dataclass(frozen=True, slots=True)
class Term:
    """One statement as it meets its owner: each combination outside the shape costs `penalty`."""

    shape: int
    penalty: int


@dataclass(frozen=True, slots=True, eq=False)
class Stated:
    """What the participants have stated of their own values, as columns.

    Row i says that participant `owner[i]` must keep `shape[i]`, or `penalty[i]` is lost (`BROKEN` for a condition).
    Rows are sorted by owner and then shape, and no pair occurs twice: what is said twice counts twice, in one row.
    """

    owner: Numbers
    shape: Numbers
    penalty: Numbers

    def by_owner(self, count: int) -> tuple[tuple[Term, ...], ...]:
        """The terms of each of so many participants."""
        terms = [
            Term(shape, penalty) for shape, penalty in zip(self.shape.tolist(), self.penalty.tolist(), strict=True)
        ]
        ends = np.searchsorted(self.owner, np.arange(count + 1)).tolist()
        return tuple(tuple(terms[start:end]) for start, end in pairwise(ends))


def stated(owner: Numbers, shape: Numbers, penalty: Numbers) -> Stated:
    """Columns in order, with what is said twice added up."""
    if not len(owner):
        return Stated(owner, shape, penalty)
    order = np.lexsort((shape, owner))
    owner, shape, penalty = owner[order], shape[order], penalty[order]
    first = np.ones(len(owner), np.bool_)
    first[1:] = (owner[1:] != owner[:-1]) | (shape[1:] != shape[:-1])
    added = np.add.reduceat(penalty, np.nonzero(first)[0])
    return Stated(owner[first], shape[first], np.minimum(added, BROKEN))


@dataclass(frozen=True, slots=True, eq=False)
class Matter:
    """A question in numbers. `cost[a][p, v]` is what option v of aspect a costs participant p, never negative.

    `difference[a]` is the price of one deviation. `own` is what is stated of the participants' own values, `common` of
    the frame. `given` fixes frame values. `floor` is the cost that was taken off to make the smallest cost zero.
    """

    sizes: tuple[int, ...]
    sharing: tuple[Sharing, ...]
    count: int
    cost: tuple[Numbers, ...]
    difference: tuple[int, ...]
    shapes: Sequence[Shape]
    own: Stated
    common: tuple[Term, ...]
    given: Mapping[int, int]
    scale: Scale
    floor: int = 0

    def frame_aspects(self) -> list[int]:
        """The aspects that have a frame value."""
        return [a for a, sharing in enumerate(self.sharing) if sharing is not Sharing.LOCAL]


class Numbering:
    """The numbers of one problem, from which matters are made: the whole question, or only some of its conditions.

    `like` numbers another problem with the same aspects, whose truth tables are used for the rules that are the same
    objects. It must be kept as long as this is being made.
    """

    def __init__(self, problem: Problem, like: "Numbering | None" = None) -> None:
        self.problem = problem
        self.aspects = problem.aspects
        self.index = {aspect.id: a for a, aspect in enumerate(problem.aspects)}
        self.options = [{o: v for v, o in enumerate(aspect.option_ids())} for aspect in problem.aspects]
        self.people = problem.taking_part()
        self.person = {participant.id: p for p, participant in enumerate(self.people)}
        self.sizes = tuple(len(aspect.options) for aspect in problem.aspects)
        self.shapes: list[Shape] = []
        self._made: dict[int, Shape] = {}
        stated: list[Condition | Need] = [*problem.conditions, *problem.needs]
        numbers = self._numbers([said.rule for said in stated], {} if like is None else like._made)
        self._condition_shape = dict(zip((c.id for c in problem.conditions), numbers, strict=False))
        self._need_shape = dict(zip((n.id for n in problem.needs), numbers[len(problem.conditions) :], strict=True))
        self.common_scope = {a for a, aspect in enumerate(self.aspects) if aspect.sharing is Sharing.COMMON}
        sizes = np.array(self.sizes, np.int64)
        many = np.repeat(sizes, len(self.people))
        self._each = np.cumsum(many) - many
        self.begin: Numbers = np.cumsum(sizes * len(self.people)) - sizes * len(self.people)
        """Where the numbers of each aspect begin when all are laid after each other."""
        self._all = self._estimates()
        self.estimates = self._apart(self._all)
        """What the options of each aspect cost: [low, likely or high; participant; option]."""

    def _numbers(self, rules: Iterable[Rule], made: Mapping[int, Shape]) -> list[int]:
        """The numbers of the rules' truth tables; rules that are written alike share one."""
        same: dict[int, int] = {}  # one object is often stated by many, and to look at a whole rule takes time
        known: dict[Rule, int] = {}
        numbers = []
        for rule in rules:
            number = same.get(id(rule))
            if number is None:
                number = same[id(rule)] = known.setdefault(rule, len(self.shapes))
                if number == len(self.shapes):
                    self.shapes.append(made.get(id(rule)) or shape_of(rule, self.aspects, self.index))
                self._made[id(rule)] = self.shapes[number]
            numbers.append(number)
        return numbers

    def shape_number(self, stated: Condition | Need) -> int:
        """The place in `shapes` of what is stated."""
        return self._condition_shape[stated.id] if isinstance(stated, Condition) else self._need_shape[stated.id]

    def shape(self, stated: Condition | Need) -> Shape:
        """The truth table of what is stated."""
        return self.shapes[self.shape_number(stated)]

    def _estimates(self) -> Numbers:
        """What the options of all aspects cost, the tables of `estimates` laid after each other."""
        begin = self.begin.tolist()
        places, numbers = array("q"), array("q")  # of a large question there are millions
        for p, participant in enumerate(self.people):
            for name, by_option in participant.costs.items():
                a = self.index[name]
                start, of = begin[a] + p * self.sizes[a], self.options[a]
                for option, estimate in by_option.items():
                    places.append(start + of[option])
                    numbers.extend((estimate.low, estimate.likely, estimate.high))
        table = np.zeros((3, len(self.people) * sum(self.sizes)), np.int64)
        table[:, np.array(places)] = np.array(numbers).reshape(-1, 3).T
        return table

    def _apart(self, table: Numbers) -> tuple[Numbers, ...]:
        """Tables that are laid after each other along the last axis, as one per aspect: [...; participant; option]."""
        n, ahead = len(self.people), table.shape[:-1]
        ends = zip(self.begin.tolist(), self.sizes, strict=True)
        return tuple(table[..., start : start + n * size].reshape(*ahead, n, size) for start, size in ends)

    def _least(self) -> Numbers:
        """What the cheapest option likely costs, of each aspect, and within it for each participant."""
        return np.minimum.reduceat(self._all[1], self._each) if len(self._each) else self._each

    def costs(self) -> tuple[tuple[Numbers, ...], int]:
        """What options likely cost, per aspect: [participant, option], the smallest at zero; and what was taken off."""
        least = self._least()
        each = np.repeat(np.array(self.sizes, np.int64), len(self.people))
        return self._apart(self._all[1] - np.repeat(least, each)), int(least.sum())

    def matter(self, given: Mapping[str, str], scale: Scale | None = None) -> Matter:
        """The whole question, on its own scale or another's.

        Raises `TooLarge` where the numbers in it cannot be added up safely.
        """
        cost, floor = self.costs()
        needs = [need for need in self.problem.needs if need.owner == COORDINATION or need.owner in self.person]
        if scale is None:
            scale = scale_for(self.problem.price_of_difference, self.spread(), self.differences())
        terms = Terms(self)
        for condition in self.problem.conditions:
            terms.add(condition, BROKEN)
        for need in needs:
            terms.add(need, need.weight * scale.cost)
        return replace(
            self._blank(given),
            cost=tuple(table * scale.cost for table in cost),
            difference=tuple(aspect.weight * scale.likeness for aspect in self.aspects),
            own=terms.own(),
            common=_merged(terms.common),
            scale=scale,
            floor=floor,
        )

    def conditions_only(self, stated: Iterable[tuple[Condition, int]], given: Mapping[str, str]) -> Matter:
        """Some conditions, each with what it counts when broken, and no costs or differences."""
        terms = Terms(self)
        for condition, penalty in stated:
            terms.add(condition, penalty)
        return replace(self._blank(given), own=terms.own(), common=_merged(terms.common))

    def alone(self, whole: Matter) -> Matter:
        """Everybody on their own: all aspects local, and only the participant's own conditions and needs."""
        terms = Terms(self)
        for condition in self.problem.conditions:
            if condition.owner in self.person:
                terms.add(condition, BROKEN)
        for need in self.problem.needs:
            if need.owner in self.person:
                terms.add(need, need.weight * whole.scale.cost)
        local = (Sharing.LOCAL,) * len(self.sizes)
        return replace(whole, sharing=local, own=terms.own(), common=(), given={})

    def _blank(self, given: Mapping[str, str]) -> Matter:
        n = len(self.people)
        return Matter(
            sizes=self.sizes,
            sharing=tuple(aspect.sharing for aspect in self.aspects),
            count=n,
            cost=tuple(np.zeros((n, size), np.int64) for size in self.sizes),
            difference=(0,) * len(self.sizes),
            shapes=self.shapes,
            own=Terms(self).own(),
            common=(),
            given={self.index[a]: self.options[self.index[a]][v] for a, v in given.items()},
            scale=Scale(None, 1),
        )

    def spread(self) -> int:
        """How far costs and unmet needs can be apart in all."""
        needs = (need for need in self.problem.needs if need.owner == COORDINATION or need.owner in self.person)
        most = np.maximum.reduceat(self._all[1], self._each) if len(self._each) else self._each
        return int((most - self._least()).sum()) + sum(need.weight for need in needs)

    def differences(self) -> int:
        """The weight of all differences there can be."""
        framed = sum(aspect.weight for aspect in self.aspects if aspect.sharing is Sharing.FRAMED)
        return framed * len(self.people)


class Terms:
    """Gathers the statements of each owner. What is common meets the frame, and everybody's own values."""

    def __init__(self, numbering: Numbering) -> None:
        self.numbering = numbering
        self.common: list[Term] = []
        self.everybody: list[Term] = []
        self._own: list[tuple[int, int, int]] = []

    def add(self, stated: Condition | Need, penalty: int) -> None:
        """Take a statement in."""
        if penalty == 0:
            return
        n = self.numbering
        shape = n.shape_number(stated)
        if stated.owner != COORDINATION:
            if stated.owner in n.person:
                self._own.append((n.person[stated.owner], shape, penalty))
            return
        term = Term(shape, penalty)
        scope = set(n.shape(stated).scope)
        if all(n.aspects[a].sharing is not Sharing.LOCAL for a in scope):
            self.common.append(term)
        if isinstance(stated, Condition) and not scope <= n.common_scope:
            self.everybody.append(term)

    def own(self) -> Stated:
        """What the participants have stated; what is common and meets their own values is stated by each."""
        owner, shape, penalty = np.array(self._own, np.int64).reshape(-1, 3).T
        everybody = np.array([(term.shape, term.penalty) for term in self.everybody], np.int64).reshape(-1, 2)
        count = len(self.numbering.people)
        return stated(
            np.concatenate([owner, np.repeat(np.arange(count), len(everybody))]),
            np.concatenate([shape, np.tile(everybody[:, 0], count)]),
            np.concatenate([penalty, np.tile(everybody[:, 1], count)]),
        )

    def apart(self) -> tuple[Stated, Numbers]:
        """The participants' own statements, each a row even where one is said twice; and which one, in order of adding.

        What is common and meets everybody's own values is number −1.
        """
        own = np.array(self._own, np.int64).reshape(-1, 3)
        everybody = np.array([(term.shape, term.penalty) for term in self.everybody], np.int64).reshape(-1, 2)
        count = len(self.numbering.people)
        owner = np.concatenate([own[:, 0], np.repeat(np.arange(count), len(everybody))])
        said = np.concatenate([own[:, 1:], np.tile(everybody, (count, 1))])
        which = np.concatenate([np.arange(len(own)), np.full(count * len(everybody), -1)])
        order = np.lexsort((said[:, 0], owner))
        return Stated(owner[order], said[order, 0], said[order, 1]), which[order]


def _merged(terms: list[Term]) -> tuple[Term, ...]:
    """One term per shape, in a fixed order; what is said twice counts twice."""
    penalties: dict[int, int] = {}
    for term in terms:
        penalties[term.shape] = min(penalties.get(term.shape, 0) + term.penalty, BROKEN)
    return tuple(Term(shape, penalties[shape]) for shape in sorted(penalties))
