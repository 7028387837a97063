"""Following aspect by aspect: nobody stands aside as a whole, and what is not followed only loses its common benefit.

Then the question falls apart into aspects, and is the one that `settle` answers when every aspect may differ and a
difference costs what is lost by it: the price of difference, or where none is said, benefits shared evenly.
"""

from collections.abc import Mapping
from dataclasses import replace

from samordna_engine.answers import TakesPart
from samordna_engine.documents import digest
from samordna_engine.limits import Limits
from samordna_engine.outcome import Clash, Proof, Proposal, Settled
from samordna_engine.problem import Depth, Problem, Sharing
from samordna_engine.settling import settle
from samordna_engine.version import VERSION


def aspect_by_aspect(problem: Problem, limits: Limits, given: Mapping[str, str]) -> TakesPart:
    """The frame under which the whole gains the most when each follows it where that is worth it."""
    aspects = tuple(
        replace(aspect, sharing=Sharing.FRAMED) if aspect.sharing is Sharing.COMMON else aspect
        for aspect in problem.aspects
    )
    price = lost_by_difference(problem)
    free = replace(problem, aspects=aspects, price_of_difference=price)
    outcome = settle(free, limits=limits, given=given)
    proof = Proof(digest=digest(problem), engine=f"samordna-engine {VERSION}", checks=())
    if isinstance(outcome, Clash):
        return TakesPart.without_frame(Depth.VOLUNTARY, None, replace(proof, checks=outcome.proof.checks))
    benefit = sum(participant.benefit.likely for participant in problem.taking_part())
    least = outcome.bound
    bound = benefit - (least_cost(problem) if least is None else price * least.likeness + least.cost)
    if isinstance(outcome, Settled):
        return _with_frame(problem, outcome.proposal, price, bound, replace(proof, checks=outcome.proof.checks))
    if outcome.best is None:
        return TakesPart.without_frame(Depth.VOLUNTARY, bound, proof)
    return _with_frame(problem, outcome.best, price, bound, proof)


def lost_by_difference(problem: Problem) -> int:
    """What is lost by one weighted difference: the price of difference, or an even share of the benefits."""
    if problem.price_of_difference is not None:
        return problem.price_of_difference
    people = problem.taking_part()
    weight = sum(aspect.weight for aspect in problem.aspects if aspect.sharing is not Sharing.LOCAL)
    benefit = sum(participant.benefit.likely for participant in people)
    return max(0, benefit // max(1, weight * len(people)))


def least_cost(problem: Problem) -> int:
    """A number that the cost of nobody's options together is below."""
    costs = (of.values() for participant in problem.taking_part() for of in participant.costs.values())
    return sum(min((0, *(cost.likely for cost in options))) for options in costs)


def _with_frame(problem: Problem, proposal: Proposal, price: int, bound: int, proof: Proof) -> TakesPart:
    """What was settled, seen as who takes part. Its parts and sums were proved when it was settled."""
    weight = {aspect.id: aspect.weight for aspect in problem.aspects}
    nets = {b.owner: b.benefit.likely - b.cost.likely - b.need_loss for b in proposal.balances}
    for adaptation in proposal.adaptations:
        nets[adaptation.participant] -= price * weight[adaptation.aspect]
    common_loss = proposal.whole.need_loss - sum(balance.need_loss for balance in proposal.balances)
    net = sum(nets.values()) - common_loss
    return TakesPart(
        depth=Depth.VOLUNTARY,
        members=tuple(nets),
        left=(),
        frame=proposal.frame,
        own={name: values for name, values in proposal.own().items() if values},
        net=net,
        nets=nets,
        common_loss=common_loss,
        bound=bound,
        proved=net == bound,
        proof=proof,
    )
