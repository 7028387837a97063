"""The smallest sum of a network for every value of its variables, or what is certain of it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from samordna_engine.limits import Deadline, OutOfTime
from samordna_engine.projection.branch import Found, Search
from samordna_engine.projection.matter import BROKEN
from samordna_engine.projection.narrow import JOINED_CELLS, Part
from samordna_engine.projection.network import Network, Tree
from samordna_engine.projection.order import order_within
from samordna_engine.projection.tables import Numbers

SWEEPS = 4
SEARCHED_CELLS = 1 << 25
CASES = 8


@dataclass(frozen=True, slots=True)
class Least:
    """The smallest sum with one value, or, where it is not `exact`, a number that it is not below."""

    value: int
    exact: bool


def per_option(
    network: Network,
    found: Found,
    variables: Sequence[int],
    limit: int,
    deadline: Deadline,
    searched: int = SEARCHED_CELLS,
) -> dict[int, list[Least]]:
    """For every value of some variables, the smallest sum with it. `found` is proved best, and there is one.

    At once where the network is narrow enough. Else all values are bounded together, and then searched for one by one,
    as long as that takes no more than so many cells to be gone through; the same every time, but for the deadline.
    """
    tree = found.tree
    if tree is None and not deadline.passed and (order := order_within(network, limit)) is not None:
        try:
            tree = Tree(network, order, deadline=deadline)
        except OutOfTime:
            tree = None
    if tree is not None:
        exact = tree.per_value()
        return {v: [Least(int(value), True) for value in exact.get(v, _alike(network, found, v))] for v in variables}
    part = Part.of(network, min(JOINED_CELLS, limit))
    for _ in range(SWEEPS):
        part.sweep(part.open, BROKEN, deadline)
        part = part.tidied(min(JOINED_CELLS, limit))
    bounds = {v: _bounds(network, part, found, v) for v in variables}
    open_still = sum(not least.exact for of in bounds.values() for least in of)
    if open_still * sum(table.size for _, table in part.tables) <= searched:
        for v, of in bounds.items():
            bounds[v] = [_searched(part, v, value, least, limit, deadline) for value, least in enumerate(of)]
    return bounds


def _alike(network: Network, found: Found, v: int) -> Numbers:
    """The smallest sums with the values of a variable that is in no table."""
    return np.full(network.sizes[v], found.value, np.int64)


def _bounds(network: Network, part: Part, found: Found, v: int) -> list[Least]:
    """What is certain of a variable: nothing is below the best, and what was taken away is impossible."""
    if v not in part.values:
        return [Least(int(value), True) for value in _alike(network, found, v)]
    least = np.full(network.sizes[v], BROKEN, np.int64)
    least[part.values[v]] = np.maximum(part.least(v), found.value)
    return [
        Least(found.value, True) if place == found.values[v] else Least(value, value >= BROKEN)
        for place, value in enumerate(least.tolist())
    ]


def _searched(part: Part, v: int, value: int, known: Least, limit: int, deadline: Deadline) -> Least:
    """The smallest sum with a value, searched for unless it is known."""
    if known.exact or deadline.passed:
        return known
    place = int(np.searchsorted(part.values[v], value))
    case = part.with_fixed(v, place)
    search = Search(case, limit, deadline, cases=CASES)
    search.look_into(case)
    found = search.run()
    return Least(max(min(found.bound, found.value), known.value), found.proved)
