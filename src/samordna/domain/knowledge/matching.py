"""One situation against every service at once: the conditions of all as columns.

Concept. `compile_services` lays the criteria of all services end to end, group by group and service by service. A situation
gives every criterion -1, 0 or 1 (false, unknown, true); a group is the least of its criteria, or for "any" the greatest; a
service is the least of its groups. "None" is "all" with every criterion turned round. What a stated value makes true is
found by an index from value to criteria, so that a match costs a few passes over columns of bytes however the conditions
are made. It answers as `eligibility.judge` does, which is the slow and obvious twin.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
from numpy.typing import NDArray

from samordna.domain.knowledge.eligibility import Criterion, Eligibility, Situation
from samordna.domain.knowledge.enums import FactKind, Together

Signs = NDArray[np.int8]
Places = NDArray[np.int32]
NOTHING: Places = np.zeros(0, np.int32)
FOR_EVER = date.max.toordinal()


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """A service as matching sees it: the days on which it is offered, and for whom. `closed`: it answers no for a while."""

    id: str
    valid_from: date
    valid_to: date | None
    eligibility: Eligibility
    closed: bool = False
    version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """A fact that is not stated: how many open services ask for it, and how many ask for nothing else."""

    fact: str
    services: int
    alone: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """Where the services stand, as places in `Compiled.ids`, in the order of the answers."""

    yes: Places
    open: Places
    no: Places
    asking: tuple[Asking, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compiled:
    """All services as columns. `of_fact`: the criteria that ask about a fact. `holding`: those that a value makes true;
    `within`: those about a municipality in a county. `places`: the facts that are places. `in_order`: the services that
    count, in the order of the answers. `turned`: -1 for a criterion that counts the other way."""

    ids: tuple[str, ...]
    version: NDArray[np.int32]
    in_order: Places
    closed: NDArray[np.bool_]
    first_day: NDArray[np.int32]
    end_day: NDArray[np.int32]
    facts: tuple[str, ...]
    fact_of: NDArray[np.int16]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    turned: Signs
    group_start: Places
    group_any: NDArray[np.bool_]
    group_of: Places
    with_groups: Places
    service_start: Places
    service_of: Places
    of_fact: Mapping[str, Places]
    holding: Mapping[tuple[str, str], Places]
    within: Mapping[tuple[str, str], Places]
    places: frozenset[str]


class _Columns:
    """What is laid end to end while compiling."""

    def __init__(self) -> None:
        self.ids: list[str] = []
        self.version: list[int] = []
        self.closed: list[bool] = []
        self.days: list[tuple[int, int]] = []
        self.facts: dict[str, int] = {}
        self.fact_of: list[int] = []
        self.low: list[float] = []
        self.high: list[float] = []
        self.turned: list[int] = []
        self.group_start: list[int] = []
        self.group_any: list[bool] = []
        self.group_of: list[int] = []
        self.with_groups: list[int] = []
        self.service_start: list[int] = []
        self.service_of: list[int] = []
        self.of_fact: dict[str, list[int]] = defaultdict(list)
        self.holding: dict[tuple[str, str], list[int]] = defaultdict(list)
        self.within: dict[tuple[str, str], list[int]] = defaultdict(list)
        self.places: set[str] = set()

    def add(self, offered: Offered) -> None:
        place = len(self.ids)
        self.ids.append(offered.id)
        self.version.append(offered.version)
        self.closed.append(offered.closed)
        end = offered.valid_to.toordinal() if offered.valid_to else FOR_EVER
        self.days.append((offered.valid_from.toordinal(), end))
        if offered.eligibility:
            self.with_groups.append(place)
            self.service_start.append(len(self.group_start))
        for group in offered.eligibility:
            self.group_start.append(len(self.fact_of))
            self.group_any.append(group.together == Together.ANY)
            self.service_of.append(place)
            for criterion in group.criteria:
                self._criterion(criterion, turned=criterion.negated != (group.together == Together.NONE))

    def _criterion(self, criterion: Criterion, *, turned: bool) -> None:
        place = len(self.fact_of)
        self.fact_of.append(self.facts.setdefault(criterion.fact, len(self.facts)))
        self.group_of.append(len(self.group_start) - 1)
        self.turned.append(-1 if turned else 1)
        self.low.append(-np.inf if criterion.least is None else float(criterion.least))
        self.high.append(np.inf if criterion.most is None else float(criterion.most))
        self.of_fact[criterion.fact].append(place)
        for value in criterion.one_of:
            self.holding[criterion.fact, value].append(place)
        if criterion.kind == FactKind.PLACE:
            self.places.add(criterion.fact)
            for county in {value[:2] for value in criterion.one_of if len(value) > 2}:
                self.within[criterion.fact, county].append(place)


def compile_services(services: Iterable[Offered]) -> Compiled:
    """Lay out the services; the order that they come in is the order of the answers."""
    columns = _Columns()
    for offered in services:
        columns.add(offered)
    days = np.array(columns.days, np.int32).reshape(-1, 2)
    return Compiled(
        ids=tuple(columns.ids),
        version=np.array(columns.version, np.int32),
        in_order=np.arange(len(columns.ids), dtype=np.int32),
        closed=np.array(columns.closed, np.bool_),
        first_day=days[:, 0].copy(),
        end_day=days[:, 1].copy(),
        facts=tuple(columns.facts),
        fact_of=np.array(columns.fact_of, np.int16),
        low=np.array(columns.low, np.float64),
        high=np.array(columns.high, np.float64),
        turned=np.array(columns.turned, np.int8),
        group_start=np.array(columns.group_start, np.int32),
        group_any=np.array(columns.group_any, np.bool_),
        group_of=np.array(columns.group_of, np.int32),
        with_groups=np.array(columns.with_groups, np.int32),
        service_start=np.array(columns.service_start, np.int32),
        service_of=np.array(columns.service_of, np.int32),
        of_fact=_packed(columns.of_fact),
        holding=_packed(columns.holding),
        within=_packed(columns.within),
        places=frozenset(columns.places),
    )


def _packed(lists: Mapping[Any, list[int]]) -> dict[Any, Places]:
    return {key: np.array(places, np.int32) for key, places in lists.items()}


def match(compiled: Compiled, situation: Situation, on: date) -> Matched:
    """What every service that is offered on the day answers to the situation."""
    signs = _signs(compiled, situation)
    groups = _groups(compiled, signs)
    answers = np.ones(len(compiled.ids), np.int8)
    if len(groups):
        answers[compiled.with_groups] = np.minimum.reduceat(groups, compiled.service_start)
    answers[compiled.closed] = -1
    day = on.toordinal()
    offered = (compiled.first_day <= day) & (day < compiled.end_day)
    still_open = offered & (answers == 0)
    return Matched(
        yes=_where(compiled, offered & (answers > 0)),
        open=_where(compiled, still_open),
        no=_where(compiled, offered & (answers < 0)),
        asking=_asking(compiled, signs, groups, still_open),
    )


def _where(compiled: Compiled, mask: NDArray[np.bool_]) -> Places:
    return compiled.in_order[mask[compiled.in_order]]


def _signs(compiled: Compiled, situation: Situation) -> Signs:
    """-1, 0 or 1 for every criterion, turned round where it counts the other way."""
    signs = np.zeros(len(compiled.fact_of), np.int8)
    for fact, value in situation.items():
        places = compiled.of_fact.get(fact, NOTHING)
        if isinstance(value, Decimal):
            number = float(value)
            inside = (compiled.low[places] <= number) & (number <= compiled.high[places])
            signs[places] = np.where(inside, 1, -1)
            continue
        signs[places] = -1
        signs[compiled.within.get((fact, value), NOTHING)] = 0  # the county is stated, the municipality is not
        for known in {value, value[:2]} if fact in compiled.places else {value}:
            signs[compiled.holding.get((fact, known), NOTHING)] = 1
    return signs * compiled.turned


def _groups(compiled: Compiled, signs: Signs) -> Signs:
    if not len(compiled.group_start):
        return np.zeros(0, np.int8)
    least = np.minimum.reduceat(signs, compiled.group_start)
    greatest = np.maximum.reduceat(signs, compiled.group_start)
    return np.where(compiled.group_any, greatest, least).astype(np.int8)


def _asking(compiled: Compiled, signs: Signs, groups: Signs, still_open: NDArray[np.bool_]) -> tuple[Asking, ...]:
    """The facts that open services ask for; first the one that alone decides most of them."""
    if not len(groups) or not still_open.any():
        return ()
    asks = (signs == 0) & (groups == 0)[compiled.group_of]
    service = compiled.service_of[compiled.group_of]
    asks &= still_open[service]
    width = len(compiled.facts)
    pairs = np.unique(service[asks].astype(np.int64) * width + compiled.fact_of[asks])
    services, facts = pairs // width, pairs % width
    how_many = np.bincount(services, minlength=len(compiled.ids))
    asked = np.bincount(facts, minlength=width)
    alone = np.bincount(facts[how_many[services] == 1], minlength=width)
    found = [Asking(fact=f, services=int(asked[i]), alone=int(alone[i])) for i, f in enumerate(compiled.facts) if asked[i]]
    return tuple(sorted(found, key=lambda one: (-one.alone, -one.services, one.fact)))
