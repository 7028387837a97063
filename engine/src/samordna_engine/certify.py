"""Making certificates: what it takes to believe an answer without believing the engine."""

from collections.abc import Iterator, Mapping, Sequence
from math import prod
from typing import Final

from samordna_engine.certificates import Certificate, Impossibility, Optimum, Refutation, Step, Witness
from samordna_engine.clash.worlds import Worlds
from samordna_engine.documents import digest
from samordna_engine.errors import Unproved
from samordna_engine.hitting import HittingSets, TooMany
from samordna_engine.limits import Limits, OutOfTime
from samordna_engine.outcome import Clash, Outcome, Settled
from samordna_engine.problem import COORDINATION, Condition, Problem, Sharing
from samordna_engine.projection.matter import Numbering
from samordna_engine.projection.network import Network, elimination_order
from samordna_engine.projection.order import order_within
from samordna_engine.rules import Rule, aspects_of
from samordna_engine.tabulating import (
    MOST_CELLS,
    Numbers,
    Scope,
    Tabulating,
    added,
    floor_of,
    part_of,
    plain_table,
    units_of,
)
from samordna_engine.verifying import Asking, Refuting, verify

MOST_NODES: Final = 50_000


def certify(problem: Problem, outcome: Outcome, *, limits: Limits | None = None) -> Certificate | None:
    """A certificate of an outcome of `settle(problem)`, verified before it leaves; None where there is none to be had.

    Where the network is too wide for an aspect to be taken out at once it is taken out in pieces, which proves a bound
    that may be below what the search proved; then there is none. Nor is there for what is unfinished without a bound,
    or for a clash that takes too many questions to refute.

    Raises `TooLarge` where one participant's conditions together are about more combinations than can be tried,
    `Unproved` where the certificate does not prove the outcome, and `OutOfTime`.
    """
    limits = limits or Limits()
    certificate: Certificate | None
    if isinstance(outcome, Clash):
        certificate, must_hold = _impossibility(problem, outcome, limits), True
    else:
        certificate, exact = _bound(problem, min(limits.cells, MOST_CELLS))
        must_hold = exact and isinstance(outcome, Settled)
    if certificate is None or not (faults := verify(problem, outcome, certificate)):
        return certificate
    if must_hold:
        raise Unproved(f"the certificate does not prove the outcome: {'; '.join(faults)}")
    return None


def _bound(problem: Problem, cells: int) -> tuple[Optimum, bool]:
    """Aspects taken out one by one, and whether each could be at once, so that the total is that of a decision."""
    deviation, cost = units_of(problem)
    tabulating = Tabulating(problem, deviation, cost)
    parts = tabulating.parts()
    left = list(tabulating.together(parts.values()).items())
    steps = tuple(_steps(tabulating, left, _order(tabulating, left, cells), cells))
    certificate = Optimum(
        digest=digest(problem),
        deviation=deviation,
        cost=cost,
        floor=floor_of(problem),
        parts=tuple(part_of(owner, tables, tabulating) for owner, tables in parts.items()),
        steps=steps,
        total=sum(int(table) for scope, table in left if not scope),
    )
    return certificate, len({step.aspect for step in steps}) == len(steps)


def _order(tabulating: Tabulating, tables: Sequence[tuple[Scope, Numbers]], cells: int) -> list[str]:
    names = list(tabulating.aspects)
    network = Network([len(aspect.options) for aspect in tabulating.aspects.values()])
    for scope, table in tables:
        network.add(tuple(tabulating.place[name] for name in scope), table)
    order = order_within(network, cells) or elimination_order(network)[0]
    return [names[a] for a in order]


def _steps(
    tabulating: Tabulating, left: list[tuple[Scope, Numbers]], order: Sequence[str], cells: int
) -> Iterator[Step]:
    """The steps; what they leave is put among the tables."""
    waiting = {number for number, (scope, _) in enumerate(left) if scope}
    for name in order:
        while takes := _piece(tabulating, left, sorted(n for n in waiting if name in left[n][0]), cells):
            scope, table = added(tabulating, [left[number] for number in takes])
            rest = tuple(other for other in scope if other != name)
            least: Numbers = table.min(axis=scope.index(name))
            waiting.difference_update(takes)
            if rest:
                waiting.add(len(left))
            left.append((rest, least))
            yield Step(aspect=name, takes=takes, leaves=plain_table(rest, least))


def _piece(
    tabulating: Tabulating, left: Sequence[tuple[Scope, Numbers]], numbers: Sequence[int], cells: int
) -> tuple[int, ...]:
    """As many of these tables as can be added up within so many cells, and at least one (mini-buckets)."""
    taken: list[int] = []
    about: set[str] = set()
    for number in sorted(numbers, key=lambda n: (-len(left[n][0]), n)):
        joined = about.union(left[number][0])
        if not taken or prod(tabulating.shape(tuple(joined))) <= cells:
            taken.append(number)
            about = joined
    return tuple(sorted(taken))


def _impossibility(problem: Problem, clash: Clash, limits: Limits) -> Impossibility | None:
    stated = {condition.id: condition for condition in problem.conditions}
    if not stated.keys() >= set(clash.conditions):
        return None  # a joint condition is in it, which cannot be refuted one participant at a time
    members = [stated[name] for name in clash.conditions]
    refutation = _Refuter(problem, members).tree(clash.given)
    if refutation is None:
        return None
    worlds = Worlds(Numbering(problem), clash.given, limits, limits.start())
    witnesses = [_witness(problem, worlds, members, (member.id,)) for member in members]
    return Impossibility(
        digest=digest(problem),
        refutation=refutation,
        witnesses=tuple(witnesses),
        corrections=tuple(_corrections(problem, worlds, len(members))) if clash.smallest else (),
    )


class _Refuter:
    """Asks for frame values until somebody has no way, always for the aspect with fewest options first."""

    def __init__(self, problem: Problem, members: Sequence[Condition]) -> None:
        self.refuting = Refuting(problem, members)
        self.aspects = self.refuting.aspects
        shared = {name for name, aspect in self.aspects.items() if aspect.sharing is not Sharing.LOCAL}
        asked = {n for m in members for n in aspects_of(m.rule) if n in shared and self._helps(m, n)}
        self.asked = sorted(asked, key=lambda name: (len(self.aspects[name].options), name))
        self.nodes = 0

    def _helps(self, member: Condition, name: str) -> bool:
        """The frame's value of a framed aspect matters only to what is asked of the frame itself."""
        return member.owner == COORDINATION or self.aspects[name].sharing is Sharing.COMMON

    def tree(self, fixed: Mapping[str, str]) -> Refutation | None:
        """The tree from here on; None where it would get too large."""
        self.nodes += 1
        for owner in self.refuting.rules:
            if self.refuting.excludes(owner, fixed):
                return Refutation(excludes=owner)
        name = next((name for name in self.asked if name not in fixed), None)
        if self.nodes > MOST_NODES or name is None:
            return None
        branches: dict[str, Refutation] = {}
        for option in self.aspects[name].option_ids():
            branch = self.tree({**fixed, name: option})
            if branch is None:
                return None
            branches[option] = branch
        return Refutation(aspect=name, branches=branches)


def _witness(problem: Problem, worlds: Worlds, conditions: Sequence[Condition], without: tuple[str, ...]) -> Witness:
    """Values that meet all of some conditions but a few."""
    kept = [c for c in conditions if c.id not in without and c.id in worlds.conditions]
    world = worlds.best([condition.id for condition in kept], {})
    if world is None:
        raise Unproved(f"without {', '.join(without)} the conditions should have an answer")
    asking = Asking(problem)
    frame = dict(world.frame)
    there = asking.common_of(frame)
    local = {a.id: a.options[0].id for a in problem.aspects if a.sharing is Sharing.LOCAL}
    common = [c.rule for c in kept if c.owner == COORDINATION]
    others = {**local, **_own(asking, common, there, frame)}
    own: dict[str, dict[str, str]] = {}
    stated: dict[str, list[Condition]] = {}
    for condition in kept:
        stated.setdefault(condition.owner, []).append(condition)
    for person in problem.taking_part():
        if person.id in stated:
            rules = [condition.rule for condition in stated[person.id]] + common
            own[person.id] = {**local, **_own(asking, rules, there, frame)}
    return Witness(without=without, frame=frame, own=own, others=others)


def _own(asking: Asking, rules: Sequence[Rule], there: Mapping[str, str], frame: Mapping[str, str]) -> dict[str, str]:
    """Values of one's own that keep some rules, where they are not the frame's."""
    values = asking.values(rules, there)
    if values is None:
        raise Unproved("a frame was found under which somebody has no way")
    return {name: option for name, option in values.items() if frame.get(name) != option}


def _corrections(problem: Problem, worlds: Worlds, size: int) -> Iterator[Witness]:
    """Conditions without which all can be met, until every way to have one of each has so many."""
    names = sorted(worlds.conditions)
    place = {name: number for number, name in enumerate(names)}
    sets: list[int] = []
    hit: tuple[int, ...] = ()
    while len(hit) < size:
        for broken in worlds.corrections([names[number] for number in hit]):
            sets.append(sum(1 << place[name] for name in broken))
            yield _witness(problem, worlds, list(worlds.conditions.values()), tuple(broken))
        try:
            hit = HittingSets(sets).smallest()
        except TooMany:
            raise OutOfTime from None
