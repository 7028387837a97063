"""Why not, why different, and what would help."""

from samordna_engine.checking import OwnValues, Values
from samordna_engine.limits import Limits
from samordna_engine.outcome import Adaptation, Clash, OptionPrice, Price, PriceState, Settled, Unfinished
from samordna_engine.problem import Problem
from samordna_engine.settling import assess, settle
from samordna_engine.ways_out import cheapest_ways_out

__all__ = ["cheapest_ways_out", "necessity", "why_not"]


def why_not(
    problem: Problem, aspect: str, option: str, *, limits: Limits | None = None
) -> OptionPrice | Clash | Unfinished:
    """Why the frame should not have this option: what it would cost the whole, or which conditions forbid it.

    A clash without `given` means that the matter has no answer at all, with or without the option. Raises as `settle`.
    """
    free = settle(problem, limits=limits)
    if not isinstance(free, Settled):
        return free
    known = free.option_prices.get(aspect, {}).get(option)
    if known is not None and known.state is PriceState.EXACT:
        return known
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
