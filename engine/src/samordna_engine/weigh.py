"""What a decision costs and gives, per participant and for the whole, against each deciding alone.

Alone means: with only its own conditions and needs to respect. Where a participant would choose the same option alone,
nothing is given up there, however uncertain the cost of that option is.
"""

from collections.abc import Iterable, Sequence

import numpy as np

from samordna_engine.outcome import Balance, Verdict
from samordna_engine.problem import COORDINATION, Need, Participant, Range
from samordna_engine.projection.matter import Numbering
from samordna_engine.projection.tables import Numbers


def verdict(net: Range) -> Verdict:
    """Worth it if certainly a gain, not worth it if certainly a loss; otherwise the estimates cannot say."""
    if net.low > 0:
        return Verdict.WORTH_IT
    return Verdict.NOT_WORTH_IT if net.high < 0 else Verdict.CANNOT_SAY


def balances(numbering: Numbering, chosen: Numbers, alone: Numbers) -> tuple[Balance, ...]:
    """The balance of each participant, given its own values in the decision and alone."""
    needs: dict[str, list[Need]] = {}
    for need in numbering.problem.needs:
        needs.setdefault(need.owner, []).append(need)
    costs, costs_alone = _estimates(numbering, chosen), _estimates(numbering, alone)
    # The estimate of one and the same option is taken off from itself, not from its own extremes.
    more = np.where(chosen == alone, 0, costs - costs_alone[::-1])
    losses = [
        [need_loss(numbering, needs.get(person.id, []), values[p]) for values in (chosen, alone)]
        for p, person in enumerate(numbering.people)
    ]
    loss, loss_alone = np.array(losses, np.int64).reshape(-1, 2).T
    given_up = more.sum(axis=2) + (loss - loss_alone)
    own_best = costs_alone[1].sum(axis=1) + loss_alone
    rows = zip(costs.sum(axis=2).T.tolist(), loss.tolist(), own_best.tolist(), given_up.T.tolist(), strict=True)
    changes = _changes(numbering, chosen)
    return tuple(
        _balance(person, Range(**_named(cost)), lost, best, Range(**_named(more)), changes[p])
        for p, (person, (cost, lost, best, more)) in enumerate(zip(numbering.people, rows, strict=True))
    )


def whole(balances: Sequence[Balance], common_loss: int) -> Balance:
    """The sum of all balances. An unmet need of the coordination is a loss to the whole."""
    loss = Range.exactly(common_loss)
    net = added([*(balance.net for balance in balances), Range.exactly(-common_loss)])
    return Balance(
        owner=COORDINATION,
        cost=added(balance.cost for balance in balances),
        need_loss=sum(balance.need_loss for balance in balances) + common_loss,
        benefit=added(balance.benefit for balance in balances),
        own_best_cost=sum(balance.own_best_cost for balance in balances),
        given_up=added([*(balance.given_up for balance in balances), loss]),
        net=net,
        verdict=verdict(net),
    )


def added(estimates: Iterable[Range]) -> Range:
    """The sum of estimates."""
    low = likely = high = 0
    for estimate in estimates:
        low, likely, high = low + estimate.low, likely + estimate.likely, high + estimate.high
    return Range(low=low, likely=likely, high=high)


def need_loss(numbering: Numbering, needs: Iterable[Need], values: Numbers | Sequence[int]) -> int:
    """The weight of the needs that these values leave unmet."""
    loss = 0
    for need in needs:
        shape = numbering.shape(need)
        loss += 0 if shape.allowed[tuple(values[a] for a in shape.scope)] else need.weight
    return loss


def _balance(
    participant: Participant, cost: Range, loss: int, own_best: int, given_up: Range, changes: tuple[str, ...]
) -> Balance:
    net = _less(participant.benefit, given_up)
    return Balance(
        owner=participant.id,
        cost=cost,
        need_loss=loss,
        benefit=participant.benefit,
        own_best_cost=own_best,
        given_up=given_up,
        net=net,
        verdict=verdict(net),
        changes=changes,
    )


def _estimates(numbering: Numbering, values: Numbers) -> Numbers:
    """What everybody's values cost: [low, likely or high; participant; aspect]."""
    costs = np.zeros((3, *values.shape), np.int64)
    for a, table in enumerate(numbering.estimates):
        costs[:, :, a] = table[:, np.arange(len(values)), values[:, a]]
    return costs


def _named(three: list[int]) -> dict[str, int]:
    return dict(zip(("low", "likely", "high"), three, strict=True))


def _changes(numbering: Numbering, chosen: Numbers) -> list[tuple[str, ...]]:
    """For each participant the aspects where a known practice of today is another than in the decision."""
    found = []
    for participant, values in zip(numbering.people, chosen.tolist(), strict=True):
        known = sorted((numbering.index[aspect], aspect, option) for aspect, option in participant.current.items())
        found.append(tuple(aspect for a, aspect, option in known if numbering.options[a][option] != values[a]))
    return found


def _less(one: Range, other: Range) -> Range:
    return Range(low=one.low - other.high, likely=one.likely - other.likely, high=one.high - other.low)
