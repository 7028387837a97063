"""What each condition costs the whole: what would be gained if its owner gave it up, and nothing else changed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from samordna_engine.limits import Deadline, Limits, OutOfTime
from samordna_engine.outcome import Price
from samordna_engine.problem import COORDINATION, Condition, Problem
from samordna_engine.projection.branch import minimise
from samordna_engine.projection.facets import facets
from samordna_engine.projection.matter import BROKEN, Numbering, Terms
from samordna_engine.projection.network import Tree, elimination_order
from samordna_engine.projection.project import joined, project, summed
from samordna_engine.projection.without import Without
from samordna_engine.size import refuse_if_too_large


class Gain(StrEnum):
    """What giving up a condition does.

    `EXACT`: the whole gains so much, perhaps nothing. `UNLOCKS`: the matter has no answer, and would have one.
    `LOCKED`: the matter has no answer, and would have none. `UNKNOWN`: a limit was reached first.
    """

    EXACT = "exact"
    UNLOCKS = "unlocks"
    LOCKED = "locked"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionPrice:
    """What the whole would gain without a condition. `gain` has a value in the state `EXACT`, and there only."""

    state: Gain
    gain: Price | None = None


def condition_prices(problem: Problem, *, limits: Limits | None = None) -> Mapping[str, ConditionPrice]:
    """The price of each condition of the problem, by id, each as if it alone were given up.

    The participants' conditions take no new search. A condition of the coordination that everybody's own values must
    meet takes one each. Prices are `UNKNOWN` where the network is too wide to be solved at once, where joint conditions
    are to be met too, and where the time is out. Raises `TooLarge` as `settle` does.
    """
    limits = limits or Limits()
    refuse_if_too_large(problem, limits)
    found = dict.fromkeys((condition.id for condition in problem.conditions), ConditionPrice(state=Gain.UNKNOWN))
    if problem.joint:
        return found
    prices = _Prices(problem, limits, limits.start())
    try:
        for name, number in prices.without():
            found[name] = prices.price(number)
    except OutOfTime:
        pass
    return found


class _Prices:
    """The smallest sums without each condition, and what they say of it."""

    def __init__(self, problem: Problem, limits: Limits, deadline: Deadline) -> None:
        self.problem, self.limits, self.deadline = problem, limits, deadline
        self.numbering = Numbering(problem)
        self.matter = self.numbering.matter({})
        self.whole = BROKEN

    def price(self, number: int) -> ConditionPrice:
        """What a smallest sum without a condition says of it."""
        if self.whole >= BROKEN:
            return ConditionPrice(state=Gain.UNLOCKS if number < BROKEN else Gain.LOCKED)
        return ConditionPrice(state=Gain.EXACT, gain=self.matter.scale.split(self.whole - number))

    def without(self) -> Iterator[tuple[str, int]]:
        """The smallest sum without each condition, as far as can be told. Raises `OutOfTime` past the deadline."""
        terms = self._terms(None)
        own, which = terms.apart()
        matter = replace(self.matter, own=own, common=tuple(terms.common))
        split = facets(matter, self.limits.own_cells)
        projection = joined(matter, split, summed(matter, split, self.deadline), most=2)
        order, widest = elimination_order(projection.network)
        if widest > self.limits.cells:
            return
        answers = Without(projection, Tree(projection.network, order, deadline=self.deadline), self.deadline)
        self.whole = answers.tree.value
        person = self.numbering.person
        names = [c.id for c in self.problem.conditions if c.owner in person]
        sums = answers.each().tolist()
        for number, place in zip(which.tolist(), sums, strict=True):
            if 0 <= number < len(names):
                yield names[number], place
        for condition in self.problem.conditions:
            if condition.owner == COORDINATION:
                yield condition.id, self._coordination(answers, condition)
            elif condition.owner not in person:
                yield condition.id, self.whole

    def _terms(self, spared: Condition | None) -> Terms:
        """All statements but one: the conditions before the needs."""
        terms = Terms(self.numbering)
        for condition in self.problem.conditions:
            if condition is not spared:
                terms.add(condition, BROKEN)
        for need in self.problem.needs:
            terms.add(need, need.weight * self.matter.scale.cost)
        return terms

    def _coordination(self, answers: Without, condition: Condition) -> int:
        """The smallest sum without a condition of the coordination. It takes a search when own values must meet it."""
        if self.numbering.common_scope.issuperset(self.numbering.shape(condition).scope):
            return answers.frame_term(self.numbering.shape_number(condition))
        terms = self._terms(condition)
        matter = replace(self.matter, own=terms.own(), common=tuple(terms.common))
        network = project(matter, self.limits.own_cells, self.deadline).network
        found = minimise(network, self.limits.cells, self.deadline)
        if not found.proved:
            raise OutOfTime
        return found.value
