"""Sharing what a decision gives: transfers that leave nobody worse off, and Shapley's shares.

A decision that is best for the whole may leave some worse off than deciding alone. Where the whole gains, transfers
that add up to zero can always make that good; where the whole loses, no transfers can, because they move nothing but
what there is.

Shapley's share of a participant is what it adds, on average over all orders in which everybody might join (Shapley
1953). The *value of a coalition* is, here, the likely net of the decision that `settle` finds when only these take
part, with the coordination's conditions and needs as they stand; it is zero where that net is less, where they cannot
agree, and for fewer than two, because then nothing is decided together.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from random import Random
from typing import Final

import numpy as np

from samordna_engine.answers import ShapleyShares, Transfers
from samordna_engine.errors import TooLarge, Unproved
from samordna_engine.joint.parts import Part, costs_in, least, own_parts, under_frame
from samordna_engine.limits import Deadline, Limits
from samordna_engine.outcome import Settled
from samordna_engine.problem import Problem
from samordna_engine.projection.matter import BROKEN, Numbering
from samordna_engine.projection.network import Network, elimination_order
from samordna_engine.projection.tables import Numbers, Scope, spread
from samordna_engine.settling import settle
from samordna_engine.size import refuse_if_too_large

EXACT_UP_TO: Final = 12
"""Participants up to which all coalitions are gone through."""

SAMPLES: Final = 100
SEED: Final = 1953
ERROR_PER_THOUSAND: Final = 50
"""How often, at most, one of the sampled shares is further off than the stated bound: in one case out of twenty."""

TABLE_CELLS: Final = 1 << 21
"""Cells that are worked on at once: coalitions times combinations."""


def balanced_transfers(nets: Mapping[str, int]) -> Transfers:
    """Those who lose are made whole, and those who gain pay for it in proportion to their gain.

    In whole numbers that add up to exactly zero: what the division leaves over is paid by those with the largest
    remainders, between equals by those who come first.
    """
    lost, gained = sum(-net for net in nets.values() if net < 0), sum(net for net in nets.values() if net > 0)
    if lost > gained:
        return Transfers(transfers={}, after=dict(nets), possible=False, lacking=lost - gained)
    payments = in_proportion(lost, {name: net for name, net in nets.items() if net > 0})
    transfers = {name: -net if net < 0 else -payments.get(name, 0) for name, net in nets.items()}
    after = {name: net + transfers[name] for name, net in nets.items()}
    if sum(transfers.values()) != 0 or any(net < 0 for net in after.values()):
        raise Unproved("the transfers do not balance, or leave somebody worse off")
    return Transfers(transfers=transfers, after=after, possible=True, lacking=0)


def in_proportion(whole: int, weights: Mapping[str, int]) -> dict[str, int]:
    """A whole number divided in proportion to weights by largest remainder; nobody gets more than its part rounded up.

    The weights add up to more than zero, or the whole is zero.
    """
    total = sum(weights.values()) or 1
    return _rounded({name: (whole * weight) for name, weight in weights.items()}, total, whole)


def _rounded(numerators: Mapping[str, int], denominator: int, whole: int) -> dict[str, int]:
    """Fractions rounded to whole numbers that add up to the whole: down, and then up by largest remainder."""
    rounded = {name: numerator // denominator for name, numerator in numerators.items()}
    left = whole - sum(rounded.values())
    order = sorted(numerators, key=lambda name: -(numerators[name] % denominator))
    for name in order[:left]:
        rounded[name] += 1
    return rounded


def shapley_shares(problem: Problem, *, samples: int = SAMPLES, limits: Limits | None = None) -> ShapleyShares:
    """What each participant adds on average: exact for up to 12 participants, sampled above.

    The bound of a sampled share is the smaller of Hoeffding's (1963) and the empirical Bernstein bound of Maurer and
    Pontil (2009), both for all participants at once. What one participant adds to a coalition is between minus all that
    the others could gain and all that everybody could, so the bounds are wide unless there are many samples. When the
    time is out there are fewer samples than asked for, but at least two.

    Raises `TooLarge` where there are joint conditions, or the network over the frame is too wide for `limits.cells`.
    """
    limits = limits or Limits()
    refuse_if_too_large(problem, limits)
    if problem.joint:
        raise TooLarge("joint conditions where shares are asked for", len(problem.joint), 0)
    coalitions = Coalitions(Numbering(problem), limits)
    names = [participant.id for participant in problem.taking_part()]
    if len(names) <= EXACT_UP_TO:
        shares = _exact(coalitions, names)
    else:
        shares = _sampled(coalitions, names, samples, limits.start())
    _check_whole(problem, shares.whole, limits)
    return shares


def _exact(coalitions: "Coalitions", names: Sequence[str]) -> ShapleyShares:
    """From the values of all coalitions, numbered by their members as binary digits."""
    n = len(names)
    numbers = np.arange(1 << n)
    members = (numbers[:, None] >> np.arange(n)) & 1 == 1
    values = coalitions.values(members)
    sizes = members.sum(axis=1)
    numerators = {}
    for p, name in enumerate(names):
        without = numbers[~members[:, p]]
        added = values[without | (1 << p)] - values[without]
        by_size = (int(added[sizes[without] == size].sum()) for size in range(n))
        numerators[name] = sum(
            total * math.factorial(size) * math.factorial(n - size - 1) for size, total in enumerate(by_size)
        )
    whole = int(values[-1])
    return ShapleyShares(
        shares=_rounded(numerators, math.factorial(n), whole),
        numerators=numerators,
        denominator=math.factorial(n),
        bounds=dict.fromkeys(names, 0),
        whole=whole,
        exact=True,
        error_per_thousand=0,
    )


def _sampled(coalitions: "Coalitions", names: Sequence[str], samples: int, deadline: Deadline) -> ShapleyShares:
    """From random orders in which everybody joins."""
    random = Random(SEED)
    drawn: list[Numbers] = []
    whole = 0
    while len(drawn) < max(2, samples) and (len(drawn) < 2 or not deadline.passed):
        order = list(range(len(names)))
        random.shuffle(order)
        values = coalitions.along(order)
        added = np.zeros(len(names), np.int64)
        added[order] = np.diff(values, prepend=0)
        drawn.append(added)
        whole = int(values[-1])
    numerators = dict(zip(names, np.sum(drawn, axis=0).tolist(), strict=True))
    return ShapleyShares(
        shares=_rounded(numerators, len(drawn), whole),
        numerators=numerators,
        denominator=len(drawn),
        bounds=_bounds(coalitions, names, np.array(drawn)),
        whole=whole,
        exact=False,
        error_per_thousand=ERROR_PER_THOUSAND,
    )


def _bounds(coalitions: "Coalitions", names: Sequence[str], drawn: Numbers) -> dict[str, int]:
    """How far the mean of each participant's column may be from what it stands for, rounded up.

    The risk is divided equally between the participants and the two bounds.
    """
    count = len(drawn)
    log = math.log(2 * 2 * len(names) * 1000 / ERROR_PER_THOUSAND)
    gains = [max(0, benefit) for benefit in coalitions.benefits]
    bounds = {}
    for p, name in enumerate(names):
        reach = 2 * sum(gains) - gains[p]
        column = [int(number) for number in drawn[:, p]]
        squares = count * sum(number * number for number in column) - sum(column) ** 2
        variance = squares / (count * (count - 1))
        hoeffding = reach * math.sqrt(log / (2 * count))
        bernstein = math.sqrt(2 * variance * (log + math.log(2)) / count)
        bernstein += 7 * reach * (log + math.log(2)) / (3 * (count - 1))
        bounds[name] = math.ceil(min(hoeffding, bernstein)) + 1
    return bounds


def _check_whole(problem: Problem, whole: int, limits: Limits) -> None:
    """The value of all together is the net of the decision that `settle` proves."""
    if len(problem.taking_part()) < 2:
        expected = 0
    else:
        outcome = settle(problem.without_joint(), limits=replace(limits, seconds=None))
        expected = max(0, outcome.proposal.whole.net.likely) if isinstance(outcome, Settled) else 0
    if whole != expected:
        raise Unproved(f"the shares add up to {whole}, and the decision's net is {expected}")


class Coalitions:
    """The values of coalitions, many at once: one network over the frame, with a row for each coalition.

    `benefits` are everybody's likely benefits. Raises `TooLarge` where the network is too wide.
    """

    def __init__(self, numbering: Numbering, limits: Limits) -> None:
        matter = self.matter = numbering.matter({})
        self.parts = [under_frame(matter, part) for part in own_parts(matter)]
        alone = numbering.alone(matter)
        own_best = costs_in(matter.scale, least(alone, own_parts(alone)))
        self.benefits = [participant.benefit.likely for participant in numbering.people]
        self.most = np.array(self.benefits, np.int64) + own_best
        self.common: list[tuple[Scope, Numbers]] = []
        for term in matter.common:
            shape = matter.shapes[term.shape]
            self.common.append((shape.scope, np.where(shape.allowed, 0, term.penalty)))
        network = Network(list(matter.sizes))
        for scope in {part.scope for part in self.parts} | {scope for scope, _ in self.common}:
            network.tables[scope] = np.broadcast_to(np.int64(0), [matter.sizes[a] for a in scope])
        self.order, self.widest = elimination_order(network)
        if self.widest > limits.cells:
            raise TooLarge("cells of the network over the frame", self.widest, limits.cells)
        self.at_once = max(1, TABLE_CELLS // self.widest)

    def values(self, members: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> Numbers:
        """The value of each coalition; `members` is [coalition, participant]."""
        found = np.zeros(len(members), np.int64)
        for start in range(0, len(members), self.at_once):
            some = members[start : start + self.at_once].astype(np.int64)
            tables = []
            for part in self.parts:
                broken = (part.flat() >= BROKEN).astype(np.int64)
                among = some[:, part.people]
                tables.append(self._table(part.scope, among @ _possible(part), among @ broken))
            found[start : start + self.at_once] = self._net(tables, some @ self.most, some.sum(axis=1))
        return found

    def along(self, order: Sequence[int]) -> Numbers:
        """The values of the first one, the first two, and so on, of everybody in an order."""
        place = np.empty(len(order), np.int64)
        place[list(order)] = np.arange(len(order))
        so_far: list[tuple[Numbers, Numbers]] = [(np.zeros(1, np.int64), np.zeros(1, np.int64)) for _ in self.parts]
        most = self.most[list(order)].cumsum()
        found = np.zeros(len(order), np.int64)
        for start in range(0, len(order), self.at_once):
            end = min(start + self.at_once, len(order))
            tables = []
            for i, part in enumerate(self.parts):
                at = place[part.people]
                rows = np.flatnonzero((at >= start) & (at < end))
                summed = [
                    _running(table[rows], at[rows] - start, end - start, before)
                    for table, before in zip(
                        (_possible(part), (part.flat() >= BROKEN).astype(np.int64)), so_far[i], strict=True
                    )
                ]
                so_far[i] = (summed[0][-1], summed[1][-1])
                tables.append(self._table(part.scope, summed[0], summed[1]))
            found[start:end] = self._net(tables, most[start:end], np.arange(start + 1, end + 1))
        return found

    def _table(self, scope: Scope, total: Numbers, broken: Numbers) -> tuple[Scope, Numbers]:
        """Sums of possible numbers and counts of impossible ones, as a table with a row for each coalition."""
        sizes = [len(total), *(self.matter.sizes[a] for a in scope)]
        return scope, np.where(broken > 0, BROKEN, total).reshape(sizes)

    def _net(self, tables: Iterable[tuple[Scope, Numbers]], most: Numbers, sizes: Numbers) -> Numbers:
        """The values of coalitions of these sizes, given what they would have if nothing cost anything."""
        joined = self._least([*tables, *((scope, table[None]) for scope, table in self.common)], len(most))
        net = np.maximum(most - costs_in(self.matter.scale, joined), 0)
        return np.where((joined >= BROKEN) | (sizes < 2), 0, net)

    def _least(self, tables: Iterable[tuple[Scope, Numbers]], count: int) -> Numbers:
        """The smallest sum over all frames, for each coalition, taking the aspects out one by one."""
        place = {a: i for i, a in enumerate(self.order)}
        total = np.zeros(count, np.int64)
        waiting: list[list[tuple[Scope, Numbers]]] = [[] for _ in self.order]
        for scope, table in tables:
            if scope:
                waiting[min(place[a] for a in scope)].append((scope, table))
            else:
                total = np.minimum(total + table.reshape(-1), BROKEN)
        for i, a in enumerate(self.order):
            scope = tuple(sorted({a}.union(*(scope for scope, _ in waiting[i]))))
            summed = np.zeros([count, *(self.matter.sizes[b] for b in scope)], np.int64)
            for part, table in waiting[i]:
                summed += spread(table, (-1, *part), (-1, *scope))
            rest = tuple(b for b in scope if b != a)
            left = np.minimum(summed.min(axis=1 + scope.index(a)), BROKEN)
            if rest:
                waiting[min(place[b] for b in rest)].append((rest, left))
            else:
                total = np.minimum(total + left, BROKEN)
        return total


def _possible(part: Part) -> Numbers:
    """The table along one axis, with zero where it is impossible."""
    return np.where(part.flat() >= BROKEN, 0, part.flat())


def _running(table: Numbers, places: Numbers, count: int, before: Numbers) -> Numbers:
    """Sums of rows that are put at places, from the first place on: [place, combination]."""
    rows = np.zeros((count, table.shape[1]), np.int64)
    rows[places] = table
    rows[0] += before
    summed: Numbers = rows.cumsum(axis=0)
    return summed
