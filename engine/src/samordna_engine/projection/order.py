"""An order to take the variables of a network out in, if no table on the way need be large."""

import heapq

from samordna_engine.projection.network import Network, elimination_order, members, neighbours
from samordna_engine.projection.tables import cells

FEW_VARIABLES = 60
DENSE = 3
HOPELESS = 4


def order_within(network: Network, limit: int, few: int = FEW_VARIABLES) -> list[int] | None:
    """An order in which no table on the way has more than `limit` cells; None when none was found.

    So few variables are ordered with care, unless it is plain that it would not help; of more, the one with the fewest
    neighbours left goes first, the first among equals (minimum degree), which gives slightly larger tables in a small
    part of the time.
    """
    met = neighbours(network)
    if len(met) > few:
        return _by_degree(network, met, limit)
    dense = len(network.tables) > DENSE * len(met)
    if dense and _by_degree(network, met, limit * HOPELESS) is None:
        return None
    order, widest = elimination_order(network, limit)
    return order if widest <= limit else None


def _by_degree(network: Network, met: dict[int, int], limit: int) -> list[int] | None:
    """The variable with the fewest neighbours left goes first; None when a table would be too large."""
    met = dict(met)
    waiting = [(around.bit_count(), v) for v, around in met.items()]
    heapq.heapify(waiting)
    order = []
    while waiting:
        degree, v = heapq.heappop(waiting)
        if v not in met or degree != met[v].bit_count():
            continue
        around = met.pop(v)
        others = members(around)
        if cells(network.sizes, (v, *others)) > limit:
            return None
        order.append(v)
        for u in others:
            met[u] = (met[u] | around) & ~(1 << u | 1 << v)
            heapq.heappush(waiting, (met[u].bit_count(), u))
    return order
