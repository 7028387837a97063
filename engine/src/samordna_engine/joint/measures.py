"""What is counted of a decision when something binds everybody together, and the least of any weighted sum of it.

*Measures* are likeness, cost, and what each joint condition counts. Each is a sum over participants, so a weighted sum
of measures is an ordinary question without joint conditions, which the network over the frame answers exactly. That is
all that Lagrange's method needs.
"""

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from samordna_engine.errors import TooLarge
from samordna_engine.joint.parts import Part, own_parts, own_values, under_frame
from samordna_engine.limits import Deadline
from samordna_engine.problem import Joint, JointKind, Sharing
from samordna_engine.projection.branch import minimise
from samordna_engine.projection.matter import BROKEN, LARGEST_SUM, Matter, Numbering
from samordna_engine.projection.network import Network
from samordna_engine.projection.tables import Numbers, Scope

LIKENESS: Final = 0
COST: Final = 1
FIRST_JOINT: Final = 2

Weights = tuple[int, ...]
Closed = frozenset[tuple[int, int]]


@dataclass(frozen=True, slots=True, eq=False)
class Decision:
    """A frame and everybody's own values [participant, aspect], with what each measure comes to."""

    frame: tuple[int, ...]
    chosen: Numbers
    totals: Weights


@dataclass(frozen=True, slots=True, eq=False)
class Least:
    """No decision has a smaller weighted sum than `bound`, which is `BROKEN` where there is no decision at all.

    `decision` is the best found, None where there was none; `network` is what was minimised.
    """

    bound: int
    decision: Decision | None
    network: Network


class Measures:
    """The measures of one question. `limits` are the joint limits, one for each measure from `FIRST_JOINT` on.

    `joints` are the ids of the joint conditions with a sum, in that order; `variants` the others, as (aspect, limit).
    The smallest that each participant can count is taken off what is counted and off its limit.
    """

    def __init__(self, numbering: Numbering, matter: Matter, joints: Sequence[Joint]) -> None:
        self.matter = replace(
            matter,
            cost=tuple(table // matter.scale.cost for table in matter.cost),
            own=replace(matter.own, penalty=_in_cost(matter, matter.own.penalty)),
        )
        summed = [joint for joint in joints if joint.kind is not JointKind.MAX_VARIANTS]
        self.joints = tuple(joint.id for joint in summed)
        self.variants = tuple(
            (numbering.index[str(joint.aspect)], joint.limit)
            for joint in joints
            if joint.kind is JointKind.MAX_VARIANTS
        )
        self.cost = own_parts(self.matter)
        self.weights = tuple(aspect.weight for aspect in numbering.aspects)
        self.used: list[list[Part]] = []
        self.usage: list[tuple[Numbers, ...]] = []
        limits = []
        for joint in summed:
            tables, floor = _usage(numbering, joint)
            nothing = replace(self.matter.own, penalty=np.zeros_like(self.matter.own.penalty))
            self.used.append(own_parts(replace(self.matter, cost=tables, own=nothing)))
            self.usage.append(tables)
            limits.append(joint.limit - floor)
        self.limits: Weights = tuple(limits)
        self.common = [
            (matter.shapes[term.shape].scope, matter.shapes[term.shape].allowed, term.penalty) for term in matter.common
        ]
        self.count = FIRST_JOINT + len(summed)
        self.largest = self._largest()

    def _largest(self) -> Weights:
        """What each measure can at most come to."""
        framed = [a for a, sharing in enumerate(self.matter.sharing) if sharing is Sharing.FRAMED]
        likeness = self.matter.count * sum(self.weights[a] for a in framed)
        cost = sum(_most(part.table) for part in self.cost)
        cost += sum(int(_in_cost(self.matter, np.array(penalty))) for _, _, penalty in self.common if penalty < BROKEN)
        return (likeness, cost, *(sum(_most(part.table) for part in parts) for parts in self.used))

    def without(self, closed: Closed, fixed: Closed) -> "Measures":
        """The same where some options (aspect, option) are nobody's to use, and the frame has some options."""
        narrowed = copy(self)
        if closed:
            narrowed.cost = [_closed(part, closed) for part in self.cost]
        narrowed.matter = replace(self.matter, given={**self.matter.given, **dict(sorted(fixed))})
        return narrowed

    def weighted(self, weights: Weights) -> tuple[Matter, list[Part]]:
        """The question of making one weighted sum small.

        Raises `TooLarge` where the sum might not fit.
        """
        if sum(weight * most for weight, most in zip(weights, self.largest, strict=True)) > LARGEST_SUM:
            raise TooLarge("the weighted sum of all costs and differences", 2 * LARGEST_SUM, LARGEST_SUM)
        matter = replace(self.matter, difference=tuple(weights[LIKENESS] * weight for weight in self.weights))
        return matter, [self._weighted_part(i, weights) for i in range(len(self.cost))]

    def _weighted_part(self, i: int, weights: Weights) -> Part:
        part = self.cost[i]
        table = np.where(part.table >= BROKEN, BROKEN, weights[COST] * part.table)
        for weight, parts in zip(weights[FIRST_JOINT:], self.used, strict=True):
            if weight:
                table += weight * parts[i].table
        return Part(part.scope, part.people, np.minimum(table, BROKEN, out=table))

    def network(self, weights: Weights, matter: Matter, parts: Iterable[Part]) -> Network:
        """The weighted sum as a network over the frame."""
        network = Network(list(matter.sizes))
        for part in parts:
            framed = under_frame(matter, part)
            broken = framed.table >= BROKEN
            total = np.where(broken, 0, framed.table).sum(axis=0)
            network.add(framed.scope, np.where(broken.any(axis=0), BROKEN, total))
        for scope, table in self.common_tables(weights):
            network.add(scope, table)
        for a, v in matter.given.items():
            network.add((a,), np.where(np.arange(matter.sizes[a]) == v, 0, BROKEN))
        return network

    def common_tables(self, weights: Weights) -> list[tuple[Scope, Numbers]]:
        """What the coordination states of the frame, weighted."""
        tables = []
        for scope, allowed, penalty in self.common:
            lost = BROKEN if penalty >= BROKEN else weights[COST] * (penalty // self.matter.scale.cost)
            tables.append((scope, np.where(allowed, 0, lost)))
        return tables

    def least(self, weights: Weights, cells: int, deadline: Deadline) -> Least:
        """The decision with the smallest weighted sum, exact where the network could be solved in time."""
        matter, parts = self.weighted(weights)
        network = self.network(weights, matter, parts)
        found = minimise(network, cells, deadline)
        if found.value >= BROKEN:
            return Least(found.bound, None, network)
        frame = tuple(found.values.get(a, 0) for a in range(len(matter.sizes)))
        chosen = own_values(matter, parts, frame)
        return Least(found.bound, Decision(frame, chosen, self.totals(frame, chosen)), network)

    def totals(self, frame: Sequence[int], chosen: Numbers) -> Weights:
        """What each measure comes to for a decision that breaks no condition."""
        likeness = sum(
            self.weights[a] * int((chosen[:, a] != frame[a]).sum())
            for a, sharing in enumerate(self.matter.sharing)
            if sharing is Sharing.FRAMED
        )
        cost = _at(self.cost, chosen)
        for scope, table in self.common_tables((0, 1)):
            cost += int(table[tuple(frame[a] for a in scope)])
        return (likeness, cost, *(_at(parts, chosen) for parts in self.used))

    def variants_in_use(self, chosen: Numbers) -> list[Numbers]:
        """For each limit on variants, the options in use."""
        return [np.unique(chosen[:, a]) for a, _ in self.variants]


def _at(parts: Iterable[Part], chosen: Numbers) -> int:
    """The sum of tables at everybody's own values."""
    return sum(
        int(part.table[(np.arange(len(part.people)), *(chosen[part.people, a] for a in part.scope))].sum())
        for part in parts
    )


def _closed(part: Part, closed: Closed) -> Part:
    """A part where some options are impossible."""
    table = part.table.copy()
    for a, v in closed:
        if a in part.scope:
            table[(slice(None),) * (part.scope.index(a) + 1) + (v,)] = BROKEN
    return Part(part.scope, part.people, table)


def _most(table: Numbers) -> int:
    """The sum over rows of the largest number that is possible."""
    possible = np.where(table >= BROKEN, 0, table)
    return int(possible.reshape(len(table), -1).max(axis=1).sum())


def _in_cost(matter: Matter, penalty: Numbers) -> Numbers:
    """Penalties counted in cost, `BROKEN` as it is."""
    return np.where(penalty >= BROKEN, BROKEN, penalty // matter.scale.cost)


def _usage(numbering: Numbering, joint: Joint) -> tuple[tuple[Numbers, ...], int]:
    """What each own value uses of a limit, [participant, option] per aspect with the smallest at zero; and the rest."""
    tables, floor = [], 0
    for a, aspect in enumerate(numbering.aspects):
        used = np.zeros((len(numbering.people), numbering.sizes[a]), np.int64)
        if joint.kind is JointKind.BUDGET and joint.aspect in (None, aspect.id):
            used = numbering.estimates[a][1].copy()
        elif joint.kind is JointKind.CAPACITY and joint.aspect == aspect.id:
            used[:, numbering.options[a][str(joint.option)]] = 1
        least = used.min(axis=1, keepdims=True)
        floor += int(least.sum())
        tables.append(used - least)
    return tuple(tables), floor
