"""As alike as possible, read as fewest variants in use.

`settle` counts differences from one frame. Here each framed aspect has instead a *menu*: the options that are offered,
at most so many. Everybody chooses within the menus, and each option offered beyond the first counts the weight of its
aspect. Then, with likeness first, the fewest variants win and cost decides between equals; with a price of difference,
each further variant costs that much times the weight, and the sum is made small.

A condition of the coordination holds for everybody's own values. A need of the coordination is met when every
combination of what is offered meets it. Common aspects have one option, local ones no menu.

The method is that of `settle` with menus for options: what a participant does at best within any menu is a minimum over
its options, taken one aspect at a time, and the sum over participants is a network over the menus. Menus multiply, so
the size of every table is known before any is made; where that is too much, CP-SAT is asked, if the extra `solver` is
installed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import Final

import numpy as np

from samordna_engine.answers import FewestVariants, MoreVariantsNeeded
from samordna_engine.checking import check, holds, measure
from samordna_engine.documents import digest
from samordna_engine.errors import TooLarge, Unproved
from samordna_engine.joint.parts import Part, own_parts
from samordna_engine.limits import Deadline, Limits, OutOfTime
from samordna_engine.outcome import Clash, Price, Proof, Unfinished
from samordna_engine.problem import COORDINATION, Problem, Sharing
from samordna_engine.projection.branch import minimise
from samordna_engine.projection.matter import BROKEN, Matter, Numbering
from samordna_engine.projection.network import Network, elimination_order
from samordna_engine.projection.tables import Numbers, cells, spread
from samordna_engine.rules import aspects_of
from samordna_engine.settling import ENGINE, settle
from samordna_engine.size import refuse_if_too_large
from samordna_engine.solvers import cpsat
from samordna_engine.solvers import menus as by_cpsat

TABLE_CELLS: Final = 1 << 24
"""Cells of all tables of the network together (eight bytes each)."""

ROW_CELLS: Final = 1 << 20
"""Cells that are made at once, for some participants, before they are added up."""

ROWS: Final = 1 << 12
"""Participants that are added up at once; so many times `BROKEN` can still be added."""

VARIANTS_CHECKS: Final = ("conditions_hold", "numbers_agree", "within_menus")

Menu = tuple[int, ...]


VariantsOutcome = FewestVariants | MoreVariantsNeeded | Clash | Unfinished


def settle_fewest_variants(
    problem: Problem,
    at_most: int = 3,
    *,
    limits: Limits | None = None,
    given: Mapping[str, str] | None = None,
    solver: bool = True,
) -> VariantsOutcome:
    """The decision with the fewest variants in use, at most so many in each aspect; or why there is none.

    `given` says the only option offered of some aspects. Raises `TooLarge` with the number of cells where the menus
    would need too many and `solver` does not allow the extra, or it is not installed; and where there are joint
    conditions, which this question does not know.
    """
    limits, given = limits or Limits(), dict(given or {})
    refuse_if_too_large(problem, limits)
    if problem.joint:
        raise TooLarge("joint conditions where variants are counted", len(problem.joint), 0)
    if at_most < 1:
        raise TooLarge("variants needed of each aspect", 1, at_most)
    deadline = limits.start()
    if unknown_or_nobody(problem, given):
        return _none(problem, at_most, limits, given)
    numbering = Numbering(problem)
    matter = numbering.matter(given)
    try:
        found = fewest_variants(matter, at_most, limits, deadline, solver=solver)
    except OutOfTime:
        return Unfinished(**limits.stopped(deadline))
    if found is None:
        return _none(problem, at_most, limits, given)
    return _proved(numbering, matter, found, at_most)


@dataclass(frozen=True, slots=True, eq=False)
class FoundVariants:
    """Everybody's own values [participant, aspect], what they sum to, and a number that no choice of menus is below.

    `solver` says that the bound is the extra's.
    """

    chosen: Numbers
    value: int
    bound: int
    solver: bool = False


def fewest_variants(
    matter: Matter, at_most: int, limits: Limits, deadline: Deadline, *, solver: bool = True
) -> FoundVariants | None:
    """The best menus of a question in numbers; None where there are none.

    The value counts `difference` for each option offered beyond the first. Raises `OutOfTime` where none was found in
    time, and `TooLarge` before making tables that are too large, where the extra is not to be asked.
    """
    menus = [_menus(matter, a, at_most) for a in range(len(matter.sizes))]
    parts = [_without_local(matter, part) for part in own_parts(matter)]
    try:
        _refuse_if_too_large(matter, menus, parts)
    except TooLarge:
        if not (solver and cpsat.available()):
            raise
        by_solver = by_cpsat.fewest(matter, at_most, deadline)
        return None if by_solver is None else FoundVariants(*by_solver, solver=True)
    network = Network([len(of) for of in menus])
    for part in parts:
        _add_part(network, matter, menus, part, deadline)
    _add_menus(network, matter, menus)
    _add_common(network, matter, menus)
    found = minimise(network, limits.cells, deadline)
    if found.bound >= BROKEN:
        return None
    if found.value >= BROKEN:
        raise OutOfTime
    offered = [of[found.values.get(a, 0)] for a, of in enumerate(menus)]
    return FoundVariants(_chosen(matter, own_parts(matter), offered), found.value, found.bound)


def unknown_or_nobody(problem: Problem, given: Mapping[str, str]) -> bool:
    """Whether `given` names what does not exist, or nobody takes part; `settle` tells about both."""
    options = {a.id: a.option_ids() for a in problem.aspects if a.sharing is not Sharing.LOCAL}
    return not problem.taking_part() or any(option not in options.get(name, ()) for name, option in given.items())


def _none(problem: Problem, at_most: int, limits: Limits, given: Mapping[str, str]) -> VariantsOutcome:
    """Why there are no menus: a clash, which `settle` finds, or that they must be larger."""
    outcome = settle(problem.without_joint(), limits=limits, given=given)
    if isinstance(outcome, Clash | Unfinished):
        return outcome
    return MoreVariantsNeeded(at_most=at_most, proof=Proof(digest=digest(problem), engine=ENGINE, checks=()))


def _menus(matter: Matter, a: int, at_most: int) -> list[Menu]:
    """The menus of an aspect, the smallest first. More than one option each is never in use by one participant."""
    if a in matter.given:
        return [(matter.given[a],)]
    options = range(matter.sizes[a])
    largest = min(at_most, matter.count, len(options)) if matter.sharing[a] is Sharing.FRAMED else 1
    return [menu for size in range(1, largest + 1) for menu in combinations(options, size)]


def _without_local(matter: Matter, part: Part) -> Part:
    """A part where local aspects have been settled by each participant alone."""
    local = tuple(i for i, a in enumerate(part.scope, start=1) if matter.sharing[a] is Sharing.LOCAL)
    kept = tuple(a for a in part.scope if matter.sharing[a] is not Sharing.LOCAL)
    return Part(kept, part.people, part.table.min(axis=local)) if local else part


def _refuse_if_too_large(matter: Matter, menus: Sequence[Sequence[Menu]], parts: Iterable[Part]) -> None:
    """Raise `TooLarge` where the tables over menus would need too many cells."""
    sizes = [len(of) for of in menus]
    scopes = {part.scope for part in parts} | {matter.shapes[term.shape].scope for term in matter.common}
    needed = sum(cells(sizes, scope) for scope in scopes)
    if needed > TABLE_CELLS:
        raise TooLarge("cells of the tables over menus", needed, TABLE_CELLS)


def width(matter: Matter, at_most: int) -> int:
    """The cells of the largest table on the way to the optimum, known without making any."""
    sizes = [len(_menus(matter, a, at_most)) for a in range(len(matter.sizes))]
    network = Network(sizes)
    for part in own_parts(matter):
        scope = _without_local(matter, part).scope
        network.tables[scope] = np.broadcast_to(np.int64(0), [sizes[a] for a in scope])
    return elimination_order(network)[1]


def _add_part(
    network: Network, matter: Matter, menus: Sequence[Sequence[Menu]], part: Part, deadline: Deadline
) -> None:
    """Add up what everybody makes of every combination of menus."""
    size = cells(network.sizes, part.scope)
    step = max(1, min(ROW_CELLS // size, ROWS))
    total = np.zeros([network.sizes[a] for a in part.scope], np.int64)
    for start in range(0, len(part.people), step):
        deadline.check()
        table = part.table[start : start + step]
        for axis in sorted(range(len(part.scope)), key=lambda i: network.sizes[part.scope[i]]):
            table = _offered(table, axis + 1, menus[part.scope[axis]])
        total += np.minimum(table, BROKEN).sum(axis=0)
        np.minimum(total, BROKEN, out=total)
    network.add(part.scope, total)


def _offered(table: Numbers, axis: int, menus: Sequence[Menu], worst: bool = False) -> Numbers:
    """A table over options as a table over menus: the best option of each menu along an axis, or the worst."""
    if len(menus) == table.shape[axis] and all(len(menu) == 1 for menu in menus):
        return table
    options = np.moveaxis(table, axis, 0)
    found = np.empty((len(menus), *options.shape[1:]), np.int64)
    place = {menu: i for i, menu in enumerate(menus)}
    for i, menu in enumerate(menus):
        if len(menu) == 1:
            found[i] = options[menu[0]]
        else:
            joined = np.maximum if worst else np.minimum
            joined(found[place[menu[:-1]]], options[menu[-1]], out=found[i])
    return np.moveaxis(found, 0, axis)


def _add_menus(network: Network, matter: Matter, menus: Sequence[Sequence[Menu]]) -> None:
    """What each option offered beyond the first costs."""
    for a in matter.frame_aspects():
        network.add((a,), np.array([matter.difference[a] * (len(menu) - 1) for menu in menus[a]], np.int64))


def _add_common(network: Network, matter: Matter, menus: Sequence[Sequence[Menu]]) -> None:
    """What the coordination states of the frame: conditions of common aspects, and needs of all that is offered.

    Its conditions of framed aspects hold for everybody's own values, and are among the participants' statements.
    """
    for term in matter.common:
        shape = matter.shapes[term.shape]
        if term.penalty >= BROKEN and any(matter.sharing[a] is not Sharing.COMMON for a in shape.scope):
            continue
        table = np.where(shape.allowed, 0, term.penalty)[None]
        for axis, a in enumerate(shape.scope, start=1):
            table = _offered(table, axis, menus[a], worst=True)
        network.add(shape.scope, table[0])


def _chosen(matter: Matter, parts: Iterable[Part], offered: Sequence[Menu]) -> Numbers:
    """Everybody's best own values within the menus: [participant, aspect]. Between equals the first option."""
    chosen = np.zeros((matter.count, len(matter.sizes)), np.int64)
    for part in parts:
        table = part.table
        axes = [a for a in part.scope if matter.sharing[a] is not Sharing.LOCAL]
        for a in axes:
            closed = np.where(np.isin(np.arange(matter.sizes[a]), offered[a]), 0, BROKEN)
            table = table + spread(closed, (a,), part.scope)
        best = table.reshape(len(part.people), -1).argmin(axis=1)
        picked = np.stack(np.unravel_index(best, table.shape[1:]), axis=1)
        chosen[part.people[:, None], list(part.scope)] = picked
    return chosen


def _proved(numbering: Numbering, matter: Matter, found: FoundVariants, at_most: int) -> FewestVariants:
    """The answer, after the independent checker found no fault and plain counting came to the same sums."""
    problem, aspects = numbering.problem, numbering.aspects
    names = [{a.id: a.options[v].id for a, v in zip(aspects, values, strict=True)} for values in found.chosen.tolist()]
    everybody = dict(zip(numbering.person, names, strict=True))
    used_by = {a.id: _users(a.option_ids(), a.id, everybody) for a in aspects if a.sharing is not Sharing.LOCAL}
    weighted, cost = measured_variants(problem, everybody, at_most)
    value = matter.scale.join(Price(likeness=weighted, cost=cost - matter.floor))
    if found.value != value and found.bound >= found.value:
        raise Unproved(f"the numbers do not agree: solved {found.value}, measured {value}")
    bound = matter.scale.split(value) if found.bound >= found.value else matter.scale.bound(found.bound)
    kept = [a.id for a in aspects if a.sharing is not Sharing.COMMON]
    return FewestVariants(
        menus={name: tuple(by_option) for name, by_option in used_by.items()},
        used_by=used_by,
        own={name: {a: values[a] for a in kept} for name, values in everybody.items()} if kept else {},
        variants=sum(len(by_option) - 1 for by_option in used_by.values()),
        weighted=weighted,
        cost=cost,
        bound=Price(likeness=bound.likeness, cost=bound.cost + matter.floor),
        proved=found.bound >= found.value,
        solver=found.solver,
        proof=Proof(digest=digest(problem), engine=ENGINE, checks=VARIANTS_CHECKS),
    )


def _users(
    options: Sequence[str], aspect: str, everybody: Mapping[str, Mapping[str, str]]
) -> dict[str, tuple[str, ...]]:
    """Who uses each option that is in use, in the stated order of the options."""
    by_option: dict[str, list[str]] = {}
    for name, values in everybody.items():
        by_option.setdefault(values[aspect], []).append(name)
    return {option: tuple(by_option[option]) for option in options if option in by_option}


def measured_variants(problem: Problem, everybody: Mapping[str, Mapping[str, str]], at_most: int) -> tuple[int, int]:
    """Variants by weight, and likely cost, counted in plain Python from everybody's values in all aspects.

    Raises `Unproved` where a condition is broken, a common aspect has two options or a framed one too many.
    """
    weighted, in_use = 0, {}
    for aspect in problem.aspects:
        used = {values[aspect.id] for values in everybody.values()}
        most = {Sharing.COMMON: 1, Sharing.FRAMED: at_most, Sharing.LOCAL: len(aspect.options)}[aspect.sharing]
        if len(used) > most:
            raise Unproved(f"{len(used)} options of {aspect.id!r} are in use, and at most {most} may be")
        if aspect.sharing is not Sharing.LOCAL:
            in_use[aspect.id] = [option for option in aspect.option_ids() if option in used]
            weighted += aspect.weight * (len(used) - 1)
    one_frame = {name: options[0] for name, options in in_use.items()}
    broken = [v for v in check(problem, one_frame, everybody) if v.participant is not None]
    if broken:
        raise Unproved(f"the variants break {len(broken)} conditions; the first is {broken[0]}")
    _, cost, unmet = measure(problem, one_frame, everybody)
    return weighted, cost + unmet_in_menus(problem, in_use, set(unmet))


def unmet_in_menus(problem: Problem, in_use: Mapping[str, Sequence[str]], counted: set[str]) -> int:
    """What unmet needs of the coordination add, beyond those already counted for one combination of what is in use."""
    aspects = {aspect.id: aspect for aspect in problem.aspects}
    more = 0
    for need in problem.needs:
        if need.owner == COORDINATION and need.id not in counted:
            names = aspects_of(need.rule)
            offered = product(*(in_use[name] for name in names))
            met = all(holds(need.rule, dict(zip(names, options, strict=True)), aspects) for options in offered)
            more += 0 if met else need.weight
    return more
