"""As different as necessary: why a participant cannot do as the frame says, in one aspect.

A difference is necessary when the participant's conditions leave it no way to follow the frame there, whatever its
other own values are. Then conditions are named that together leave no way: take any one away, and the rest leave one.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from samordna_engine.outcome import Adaptation, Necessity, Price, Reason
from samordna_engine.problem import COORDINATION, Condition, Sharing
from samordna_engine.projection.branch import minimise
from samordna_engine.projection.matter import BROKEN, Numbering, Scale
from samordna_engine.projection.network import Network
from samordna_engine.projection.own import Under
from samordna_engine.projection.tables import Numbers, Shape


def adaptations(numbering: Numbering, under: Under, chosen: Numbers) -> tuple[Adaptation, ...]:
    """Every difference from the frame, with why."""
    conditions = Conditions(numbering)
    back = under.going_back(chosen)
    return tuple(_adaptation(numbering, under, conditions, chosen, place, back[place]) for place in sorted(back))


def _adaptation(
    numbering: Numbering,
    under: Under,
    conditions: "Conditions",
    chosen: Numbers,
    place: tuple[int, int],
    back: int,
) -> Adaptation:
    p, a = place
    necessity, price = _kind(under.matter.scale, back)
    because: tuple[Condition, ...] = ()
    if necessity is Necessity.NECESSARY:
        because = conditions.forbidding(under, p, a)
    elif necessity is not Necessity.UNNECESSARY:
        because = conditions.broken_by(p, {**dict(enumerate(chosen[p].tolist())), a: under.frame[a]})
    aspect = numbering.aspects[a]
    ids = {
        "participant": numbering.people[p].id,
        "aspect": aspect.id,
        "option": aspect.options[int(chosen[p, a])].id,
        "frame_option": aspect.options[under.frame[a]].id,
    }
    return Adaptation(
        **ids,
        necessity=necessity,
        because=tuple(condition.id for condition in because),
        going_back=price,
        reason=Reason(kind=f"adaptation_{necessity}", facts=ids, because=tuple(map(condition_reason, because))),
    )


def condition_reason(condition: Condition) -> Reason:
    """A condition as a step of an explanation. What it says is looked up by its id, where the reader may see it."""
    return Reason(kind="condition", facts={"condition": condition.id, "owner": condition.owner})


def _kind(scale: Scale, back: int) -> tuple[Necessity, Price | None]:
    """What a change of so much says about a difference."""
    if back >= BROKEN:
        return Necessity.NECESSARY, None
    price = scale.split(back)
    if back < 0:
        return Necessity.UNNECESSARY, price
    return (Necessity.ELSEWHERE if price.likeness >= 0 else Necessity.WORTH_IT), price


class Conditions:
    """The conditions that each participant's own values must meet, in the order of their ids."""

    def __init__(self, numbering: Numbering) -> None:
        self.numbering = numbering
        common, self._own = list[Condition](), dict[str, list[Condition]]()
        for condition in sorted(numbering.problem.conditions, key=lambda c: c.id):
            if condition.owner != COORDINATION:
                self._own.setdefault(condition.owner, []).append(condition)
            elif not numbering.common_scope.issuperset(numbering.shape(condition).scope):
                common.append(condition)
        self._common = common
        self._known: dict[tuple[tuple[int, ...], int, tuple[int, ...]], tuple[int, ...]] = {}

    def of(self, p: int) -> list[Condition]:
        """The conditions that participant p must meet."""
        return [*self._own.get(self.numbering.people[p].id, []), *self._common]

    def broken_by(self, p: int, values: Mapping[int, int]) -> tuple[Condition, ...]:
        """The conditions that these own values of participant p break."""
        return tuple(c for c in self.of(p) if not _holds(self.numbering.shape(c), values))

    def forbidding(self, under: Under, p: int, a: int) -> tuple[Condition, ...]:
        """Conditions that together forbid participant p to follow the frame in aspect a, and none of them in vain."""
        conditions = self.of(p)
        shapes = tuple(self.numbering.shape_number(condition) for condition in conditions)
        key = (shapes, a, under.frame)
        if key not in self._known:
            self._known[key] = self._irreducible(under, [self.numbering.shapes[s] for s in shapes], a)
        return tuple(conditions[i] for i in self._known[key])

    def _irreducible(self, under: Under, shapes: Sequence[Shape], a: int) -> tuple[int, ...]:
        common = {b: under.frame[b] for b, s in enumerate(under.matter.sharing) if s is Sharing.COMMON}
        fixed = {**common, a: under.frame[a]}
        tables = [_under(shape, fixed) for shape in shapes]
        for i, (_, allowed) in enumerate(tables):
            if not allowed.any():
                return (i,)
        kept = list(range(len(tables)))
        for i in reversed(range(len(tables))):
            fewer = [j for j in kept if j != i]
            if not _possible(under, [tables[j] for j in fewer]):
                kept = fewer
        return tuple(kept)


def _holds(shape: Shape, values: Mapping[int, int]) -> bool:
    return bool(shape.allowed[tuple(values[b] for b in shape.scope)])


def _under(shape: Shape, fixed: Mapping[int, int]) -> tuple[tuple[int, ...], Numbers]:
    """What is left of a truth table where some aspects are fixed, as numbers one and zero."""
    left = shape.allowed[tuple(fixed.get(b, slice(None)) for b in shape.scope)]
    return tuple(b for b in shape.scope if b not in fixed), np.asarray(left, np.int64)


def _possible(under: Under, tables: list[tuple[tuple[int, ...], Numbers]]) -> bool:
    network = Network(list(under.matter.sizes))
    for scope, allowed in tables:
        network.add(scope, np.where(allowed > 0, 0, BROKEN))
    return minimise(network, under.cells, under.deadline).bound < BROKEN
