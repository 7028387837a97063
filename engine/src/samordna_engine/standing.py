"""A question kept ready, so that what differs a little from it is answered at once.

The participants' part in the network is a sum. When a few of them change, theirs is taken off and put back anew, and
only the network is solved again. The sum that is kept is never written to: to take a change back is to ask without it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

from samordna_engine.changes import (
    AddCondition,
    Change,
    DropCondition,
    FixOption,
    ReplaceCondition,
    SetCost,
    SetTakesPart,
    changed,
    changed_participant,
    what_if,
)
from samordna_engine.errors import Malformed
from samordna_engine.limits import Deadline, Limits, OutOfTime
from samordna_engine.outcome import OptionPrice, Outcome, Price
from samordna_engine.problem import COORDINATION, Condition, Need, Participant, Problem, Sharing, unchecked
from samordna_engine.projection.branch import WITH_TREE, Found, minimise
from samordna_engine.projection.facets import Facets, facets
from samordna_engine.projection.matter import BROKEN, Matter, Numbering, Scale, scale_for
from samordna_engine.projection.network import Network, Tree
from samordna_engine.projection.project import Projection, Sums, Tangle, joined, summed, tangles_of
from samordna_engine.rules import aspects_of
from samordna_engine.settling import Blockers, blockers_of, check_given, option_prices, price_of, settle
from samordna_engine.size import refuse_if_too_large

REMEMBERED: Final = 64
"""So many groups of participants are remembered as they are before a change to them."""


class Ending(StrEnum):
    """How a question ends, told in advance."""

    SETTLED = "settled"
    CLASH = "clash"
    UNFINISHED = "unfinished"


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """The short answer: what the frame, the objective and the price of each option would be where there is an answer.

    They are those of the full answer, which alone is proved by independent means.
    """

    ending: Ending
    frame: Mapping[str, str] = field(default_factory=dict)
    objective: Price | None = None
    option_prices: Mapping[str, Mapping[str, OptionPrice]] = field(default_factory=dict)


class Standing:
    """A question kept ready. Making one takes as long as solving it does; raises as `settle`."""

    def __init__(self, problem: Problem, *, limits: Limits | None = None) -> None:
        self.problem, self.limits = problem, limits or Limits()
        refuse_if_too_large(problem, self.limits)
        self._place = {participant.id: i for i, participant in enumerate(problem.participants)}
        self._stated = _Stated(problem)
        self._whole = _Part.of(Numbering(problem), None, self._place, self.limits)
        self._blockers = blockers_of(self._whole.numbering)
        self._known: dict[tuple[str, ...], _Part] = {}
        self._tree: Tree | None = None

    def settle(self) -> Outcome:
        """The full answer to the question."""
        return settle(self.problem, limits=self.limits)

    def what_if(self, *changes: Change) -> Outcome:
        """The full answer with these changes; raises as `what_if`."""
        return what_if(self.problem, *changes, limits=self.limits)

    def preview(self, *changes: Change) -> Preview:
        """The short answer with these changes, made in the order given.

        Only the participants that change are looked at again, unless a change concerns everybody: how an aspect is
        shared, the price of difference, joint conditions, or what the coordination asks of everybody's own values.
        Raises as `what_if`.
        """
        after = self._stated.after(changes)
        if after is None:
            return self._anew(changes)
        try:
            few = self._few(after)
        except Malformed:
            changed(self.problem, *changes)  # says where in the whole question the fault is
            raise
        return self._anew(changes) if few is None else few

    def _anew(self, changes: Sequence[Change]) -> Preview:
        """The short answer, with everybody looked at again."""
        problem = changed(self.problem, *changes)
        whole = _Part.of(Numbering(problem), None, self._place, self.limits)
        return self._answer(whole, whole.sums, whole.tangles, blockers_of(whole.numbering), _given(changes), problem)

    def _few(self, after: "_After") -> Preview | None:
        """The short answer, with a few looked at again; None where the scale of all numbers must change."""
        whole = self._whole
        before = self._before(after)
        small = after.problem(self.problem)
        now = _Part.of(Numbering(small, whole.numbering), whole.matter.scale, self._place, self.limits)
        spread = whole.spread - before.spread + now.spread
        differences = whole.differences - before.differences + now.differences
        if scale_for(self.problem.price_of_difference, spread, differences) != whole.matter.scale:
            return None
        sums = _exchanged(whole.sums, before.sums, now.sums)
        gone = {self._place[name] for name in after.people}
        kept = [tangle for tangle in whole.tangles if tangle.owner not in gone]
        floor = whole.matter.floor - before.matter.floor + now.matter.floor
        part = replace(now, matter=replace(now.matter, floor=floor))
        tangles = sorted([*kept, *now.tangles], key=lambda tangle: (tangle.owner, min(tangle.costs)))
        blockers = _blocking(self._blockers, blockers_of(before.numbering), blockers_of(now.numbering))
        return self._answer(part, sums, tangles, blockers, after.given, small)

    def _before(self, after: "_After") -> "_Part":
        """The part of those whom a change concerns, as it is without it. The latest are remembered."""
        people = tuple(after.people)
        if people not in self._known:
            few = Numbering(self._stated.only(self.problem, after), self._whole.numbering)
            if len(self._known) >= REMEMBERED:
                del self._known[next(iter(self._known))]
            self._known[people] = _Part.of(few, self._whole.matter.scale, self._place, self.limits)
        return self._known[people]

    def _answer(
        self,
        part: "_Part",
        sums: Sums,
        tangles: Sequence[Tangle],
        blockers: Blockers,
        given: Mapping[str, str],
        problem: Problem,
    ) -> Preview:
        """Solve the network of these sums. The part has what is common to all."""
        check_given(problem, given)
        deadline = self.limits.start()
        numbering = part.numbering
        at = {numbering.index[a]: numbering.options[numbering.index[a]][v] for a, v in given.items()}
        matter = replace(part.matter, given=at)
        projection = joined(matter, part.split, sums, tangles)
        try:
            found = self._solved(projection.network, deadline)
        except OutOfTime:
            return Preview(ending=Ending.UNFINISHED)
        if found.bound >= BROKEN:
            return Preview(ending=Ending.CLASH)
        if not found.proved:
            return Preview(ending=Ending.UNFINISHED)
        return self._settled(numbering, projection, found, blockers, deadline)

    def _solved(self, network: Network, deadline: Deadline) -> Found:
        """The smallest sum, from the tree of an earlier network where the scopes are the same."""
        tree = self._tree
        if tree is None or tree.network.sizes != network.sizes or tree.network.tables.keys() != network.tables.keys():
            found = minimise(network, self.limits.cells, deadline, WITH_TREE)
            self._tree = found.tree if self._tree is None else self._tree
            return found
        tree = Tree(network, tree.order, tree, deadline)
        return Found(tree.value, tree.best() if tree.value < BROKEN else {}, tree.value, tree)

    def _settled(
        self, numbering: Numbering, projection: Projection, found: Found, blockers: Blockers, deadline: Deadline
    ) -> Preview:
        matter = projection.matter
        aspects = [(a, numbering.aspects[a]) for a in matter.frame_aspects()]
        return Preview(
            ending=Ending.SETTLED,
            frame={aspect.id: aspect.options[found.values.get(a, 0)].id for a, aspect in aspects},
            objective=price_of(matter, matter.scale.split(found.value)),
            option_prices=option_prices(numbering, projection, found, blockers, self.limits.cells, deadline),
        )


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """Some participants with all they have stated, and their part in the network. Tangles are theirs by place."""

    numbering: Numbering
    matter: Matter
    split: Facets
    sums: Sums
    tangles: list[Tangle]
    spread: int
    differences: int

    @classmethod
    def of(cls, numbering: Numbering, scale: Scale | None, place: Mapping[str, int], limits: Limits) -> "_Part":
        """The part of those who take part in a problem, on its own scale or another's."""
        matter = numbering.matter({}, scale)
        split = facets(matter, limits.own_cells)
        owners = [place[participant.id] for participant in numbering.people]
        tangles = [replace(tangle, owner=owners[tangle.owner]) for tangle in tangles_of(matter, split)]
        sums = summed(matter, split, Deadline.never())
        return cls(numbering, matter, split, sums, tangles, numbering.spread(), numbering.differences())


class _Stated:
    """What is stated in a problem, by owner and by id."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.participants = {participant.id: participant for participant in problem.participants}
        self.conditions = {condition.id: condition for condition in problem.conditions}
        self.by_owner: dict[str, list[Condition]] = {}
        for condition in problem.conditions:
            self.by_owner.setdefault(condition.owner, []).append(condition)
        self.needs: dict[str, list[Need]] = {}
        for need in problem.needs:
            self.needs.setdefault(need.owner, []).append(need)
        self.common = {aspect.id for aspect in problem.aspects if aspect.sharing is Sharing.COMMON}

    def after(self, changes: Iterable[Change]) -> "_After | None":
        """What is otherwise with these changes; None where they concern everybody, or something unknown."""
        if self.problem.joint:
            return None
        after = _After(self)
        return after if all(after.make(change) for change in changes) else None

    def only(self, problem: Problem, after: "_After") -> Problem:
        """The problem with those participants only whom a change concerns, before it."""
        owners = [COORDINATION, *after.people]
        return unchecked(
            problem,
            participants=tuple(self.participants[name] for name in after.people),
            conditions=tuple(condition for owner in owners for condition in self.by_owner.get(owner, ())),
            needs=tuple(need for owner in owners for need in self.needs.get(owner, ())),
        )


class _After:
    """Conditions and participants that are otherwise than before; None for a condition that is no more."""

    def __init__(self, stated: _Stated) -> None:
        self.stated = stated
        self.conditions: dict[str, Condition | None] = {}
        self.participants: dict[str, Participant] = {}
        self.given: dict[str, str] = {}
        self._people: set[str] = set()

    @property
    def people(self) -> list[str]:
        """Those whom a change concerns, in a fixed order."""
        return sorted(self._people)

    def make(self, change: Change) -> bool:
        """Make a change, or say that it concerns everybody, or something unknown."""
        match change:
            case AddCondition():
                return self._condition(change.condition.id) is None and self._say(change.condition)
            case DropCondition():
                return self._drop(change.condition)
            case ReplaceCondition():
                return self._drop(change.condition.id) and self._say(change.condition)
            case SetCost() | SetTakesPart():
                name = change.participant
                participant = self.participants.get(name, self.stated.participants.get(name))
                if participant is None:
                    return False
                self.participants[name] = changed_participant(participant, change)
                self._people.add(name)
                return True
            case FixOption():
                self.given[change.aspect] = change.option
                return True
            case _:
                return False

    def problem(self, problem: Problem) -> Problem:
        """The problem with those participants only whom a change concerns, after it."""
        before = self.stated.only(problem, self)
        there = {condition.id for condition in before.conditions}
        kept = [self.conditions.get(condition.id, condition) for condition in before.conditions]
        more = [condition for name, condition in self.conditions.items() if name not in there]
        people = tuple(self.participants.get(p.id, p) for p in before.participants)
        conditions = tuple(condition for condition in [*kept, *more] if condition is not None)
        known = not self.participants and all(condition is None for condition in self.conditions.values())
        return (unchecked if known else replace)(before, participants=people, conditions=conditions)

    def _condition(self, name: str) -> Condition | None:
        return self.conditions[name] if name in self.conditions else self.stated.conditions.get(name)

    def _drop(self, name: str) -> bool:
        condition = self._condition(name)
        self.conditions[name] = None
        return condition is not None and self._concerns(condition)

    def _say(self, condition: Condition) -> bool:
        self.conditions[condition.id] = condition
        return self._concerns(condition)

    def _concerns(self, condition: Condition) -> bool:
        """Take note of whom a condition concerns, or say that it is everybody."""
        if condition.owner == COORDINATION:
            return self.stated.common.issuperset(aspects_of(condition.rule))
        self._people.add(condition.owner)
        return condition.owner in self.stated.participants


def _given(changes: Iterable[Change]) -> dict[str, str]:
    return {change.aspect: change.option for change in changes if isinstance(change, FixOption)}


def _exchanged(sums: Sums, less: Sums, more: Sums) -> Sums:
    """Sums with some tables taken off and others put there instead. What was told of nobody any more is no table.

    Where nothing changes the table is the very same, so that what was made of it need not be made again.
    """
    found = dict(sums)
    alike = {scope for scope, table in more.items() if scope in less and table.same(less[scope])}
    for part, sign in ((more, 1), (less, -1)):
        for scope, table in part.items():
            if scope not in alike:
                known = found.get(scope)
                found[scope] = table if known is None else known.add(table, sign)
    return {scope: table for scope, table in found.items() if table.times or len(scope) < 2}


def _blocking(whole: Blockers, less: Blockers, more: Blockers) -> Blockers:
    """Blockers with those of some statements taken off and others put there instead."""
    found = dict(whole)
    for place in less.keys() | more.keys():
        kept = [name for name in whole.get(place, ()) if name not in set(less.get(place, ()))]
        found[place] = [*kept, *more.get(place, ())]
    return found
