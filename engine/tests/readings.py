"""The ways to read a question, each with the function that answers it."""

from functools import partial

from samordna_engine.answers import WorstOff
from samordna_engine.fairness import worst_off_first
from samordna_engine.joint import settle_jointly
from samordna_engine.problem import Depth
from samordna_engine.takes_part import who_takes_part
from samordna_engine.transfers import balanced_transfers, shapley_shares
from samordna_engine.variants import settle_fewest_variants


def transfers(problem):
    """What the decision that is best for the worst-off needs of transfers, or why there is no such decision."""
    found = worst_off_first(problem)
    return balanced_transfers(found.nets) if isinstance(found, WorstOff) else found


def without_joint(read):
    """The reading of a question whose joint conditions are left aside, for those that do not know any."""
    return lambda problem: read(problem.without_joint())


READINGS = {
    "jointly": partial(settle_jointly, solver=False),
    "who takes part": who_takes_part,
    "who takes part, aspect by aspect": without_joint(partial(who_takes_part, depth=Depth.VOLUNTARY)),
    "who takes part, all of them": partial(who_takes_part, depth=Depth.MANDATORY),
    "fewest variants": without_joint(partial(settle_fewest_variants, at_most=2)),
    "worst-off first": without_joint(worst_off_first),
    "transfers": without_joint(transfers),
    "shares": without_joint(shapley_shares),
}
