"""Why not, why different, and what would help."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import Final

from samordna_engine.check import OwnValues, Values
from samordna_engine.clash_worlds import Worlds
from samordna_engine.errors import TooLarge
from samordna_engine.limits import Limits
from samordna_engine.outcome import Adaptation, Clash, OptionPrice, Price, PriceState, Settled, Unfinished, WayOut
from samordna_engine.problem import COORDINATION, Condition, Problem
from samordna_engine.projection.matter import Numbering
from samordna_engine.settle import assess, settle

MAX_COMMON_CHOICES: Final = 10


def why_not(
    problem: Problem, aspect: str, option: str, *, limits: Limits | None = None
) -> OptionPrice | Clash | Unfinished:
    """Why the frame should not have this option: what it would cost the whole, or which conditions forbid it.

    A clash without `given` means that the matter has no answer at all, with or without the option. Raises as `settle`.
    """
    free = settle(problem, limits=limits)
    if not isinstance(free, Settled):
        return free
    fixed = settle(problem, limits=limits, given={aspect: option})
    if not isinstance(fixed, Settled):
        return fixed
    likeness = fixed.objective.likeness - free.objective.likeness
    cost = fixed.objective.cost - free.objective.cost
    return OptionPrice(state=PriceState.EXACT, price=Price(likeness=likeness, cost=cost))


def necessity(
    problem: Problem, frame: Values, own: OwnValues, *, participant: str, aspect: str, limits: Limits | None = None
) -> Adaptation | None:
    """Why a participant differs from the frame in an aspect, in any proposal; None where it does not differ."""
    proposal = assess(problem, frame, own, limits=limits)
    wanted = (a for a in proposal.adaptations if (a.participant, a.aspect) == (participant, aspect))
    return next(wanted, None)


def cheapest_ways_out(problem: Problem, clash: Clash, *, limits: Limits | None = None) -> tuple[WayOut, ...]:
    """What could be given up to settle the matter, the cheapest first.

    There is one way for each condition of the clash that may be relaxed: that condition, and whatever else is then
    still needed, at the lowest price in all. So the first is the cheapest there is. No way out means that some clash
    consists only of conditions that may not be relaxed. Raises `limits.OutOfTime` past the limit in seconds.
    """
    limits = limits or Limits()
    worlds = Worlds(Numbering(problem), clash.given, limits, limits.start())
    ways = (_way_out(worlds, worlds.conditions[member.condition]) for member in clash.members)
    return tuple(sorted((way for way in ways if way is not None), key=lambda way: (way.price, way.conditions)))


def _way_out(worlds: Worlds, first: Condition) -> WayOut | None:
    """The cheapest way out that begins with giving up one condition."""
    if first.relax_price is None:
        return None
    best: WayOut | None = None
    for dropped in _common_choices(worlds, first):
        before = _price(dropped)
        if best is not None and before >= best.price:
            break
        way = _completed(worlds, dropped)
        if way is not None and (best is None or way.price < best.price):
            best = way
    return best


def _common_choices(worlds: Worlds, first: Condition) -> Iterator[tuple[Condition, ...]]:
    """What to give up beforehand, the cheapest first: the first condition, with any common ones.

    Common conditions are tried one by one because giving one up frees everybody for a single price, which a sum over
    participants cannot express.
    """
    relaxable = [c for c in worlds.conditions.values() if c.owner == COORDINATION and c.relax_price is not None]
    others = [condition for condition in relaxable if condition.id != first.id]
    if len(others) > MAX_COMMON_CHOICES:
        raise TooLarge("common conditions that may be relaxed", len(others), MAX_COMMON_CHOICES)
    choices = [(first, *some) for size in range(len(others) + 1) for some in combinations(others, size)]
    yield from sorted(choices, key=_price)


def _completed(worlds: Worlds, dropped: Sequence[Condition]) -> WayOut | None:
    """The cheapest way out without the dropped conditions, where all other common conditions stay."""
    names = {condition.id for condition in dropped}
    left = [condition for condition in worlds.conditions.values() if condition.id not in names]
    # Two conditions at no price must not look like none at all: one more thing given up decides between equals.
    each = len(left) + 1
    soft = {c.id: c.relax_price * each + 1 for c in left if c.relax_price is not None and c.owner != COORDINATION}
    world = worlds.best((c.id for c in left if c.id not in soft), soft)
    if world is None:
        return None
    given_up = sorted([*dropped, *(worlds.conditions[name] for name in world.broken)], key=lambda c: c.id)
    owners = tuple(sorted({condition.owner for condition in given_up}))
    return WayOut(conditions=tuple(c.id for c in given_up), owners=owners, price=_price(given_up))


def _price(conditions: Iterable[Condition]) -> int:
    return sum(condition.relax_price or 0 for condition in conditions)
