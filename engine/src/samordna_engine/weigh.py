"""What a decision costs and gives, per participant and for the whole, against each deciding alone.

Alone means: with only its own conditions and needs to respect. Where a participant would choose the same option alone,
nothing is given up there, however uncertain the cost of that option is.
"""

from collections.abc import Iterable, Mapping, Sequence

from samordna_engine.outcome import Balance, Verdict
from samordna_engine.problem import COORDINATION, NOTHING, Need, Participant, Range
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
    here, there = chosen.tolist(), alone.tolist()
    return tuple(
        _balance(numbering, participant, needs.get(participant.id, []), here[p], there[p])
        for p, participant in enumerate(numbering.people)
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


def need_loss(numbering: Numbering, needs: Iterable[Need], values: Mapping[int, int] | Sequence[int]) -> int:
    """The weight of the needs that these values leave unmet."""
    loss = 0
    for need in needs:
        shape = numbering.shapes[numbering.shape(need.rule)]
        loss += 0 if shape.allowed[tuple(values[a] for a in shape.scope)] else need.weight
    return loss


def _balance(
    numbering: Numbering, participant: Participant, needs: list[Need], here: list[int], alone: list[int]
) -> Balance:
    costs, costs_alone = (_estimates(numbering, participant, values) for values in (here, alone))
    loss, loss_alone = need_loss(numbering, needs, here), need_loss(numbering, needs, alone)
    more = Range.exactly(loss - loss_alone)
    given_up = added(
        [more, *(_less(c, o) for c, o, v, w in zip(costs, costs_alone, here, alone, strict=True) if v != w)]
    )
    net = _less(participant.benefit, given_up)
    return Balance(
        owner=participant.id,
        cost=added(costs),
        need_loss=loss,
        benefit=participant.benefit,
        own_best_cost=sum(estimate.likely for estimate in costs_alone) + loss_alone,
        given_up=given_up,
        net=net,
        verdict=verdict(net),
        changes=_changes(numbering, participant, here),
    )


def _estimates(numbering: Numbering, participant: Participant, values: list[int]) -> list[Range]:
    """What each aspect costs a participant with these values."""
    if not participant.costs:
        return [NOTHING] * len(values)
    pairs = zip(numbering.aspects, values, strict=True)
    return [participant.costs.get(aspect.id, {}).get(aspect.options[v].id, NOTHING) for aspect, v in pairs]


def _changes(numbering: Numbering, participant: Participant, here: list[int]) -> tuple[str, ...]:
    """The aspects where a known practice of today is another than in the decision."""
    pairs = zip(numbering.aspects, here, strict=True)
    return tuple(
        aspect.id
        for aspect, v in pairs
        if participant.current.get(aspect.id, aspect.options[v].id) != aspect.options[v].id
    )


def _less(one: Range, other: Range) -> Range:
    return Range(low=one.low - other.high, likely=one.likely - other.likely, high=one.high - other.low)
