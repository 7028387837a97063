"""The network's answers against trying every assignment."""

import itertools
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samordna_engine.limits import Deadline
from samordna_engine.projection.branch import minimise
from samordna_engine.projection.matter import BROKEN, Scale
from samordna_engine.projection.network import Network, Tree, elimination_order


def network_of(seed, variables):
    random = Random(seed)
    network = Network([random.randint(1, 3) for _ in range(variables)])
    for _ in range(random.randint(1, 2 * variables)):
        scope = tuple(sorted(random.sample(range(variables), random.randint(0, min(3, variables)))))
        shape = [network.sizes[v] for v in scope]
        table = [BROKEN if random.random() < 0.15 else random.randint(0, 9) for _ in range(int(np.prod(shape)))]
        network.add(scope, np.array(table, np.int64).reshape(shape))
    for v in range(variables):
        network.add((v,), np.zeros(network.sizes[v], np.int64))
    return network


def every_total(network):
    for values in itertools.product(*(range(size) for size in network.sizes)):
        yield values, network.total(dict(enumerate(values)))


NETWORKS = st.builds(network_of, st.integers(0, 10**9), st.integers(1, 6))


@given(NETWORKS, st.sampled_from([1, 4, 9, 1 << 20]))
def test_minimum_is_the_smallest_total(network, limit):
    found = minimise(network, limit, Deadline.never())
    assert found.value == found.bound == min(total for _, total in every_total(network))
    if found.value < BROKEN:
        assert network.total(found.values) == found.value


@given(NETWORKS)
def test_smallest_total_per_value(network):
    tree = Tree(network, elimination_order(network)[0])
    per_value = tree.per_value()
    totals = list(every_total(network))
    for v, size in enumerate(network.sizes):
        for value in range(size):
            assert per_value[v][value] == min(total for values, total in totals if values[v] == value)


@given(NETWORKS)
def test_order_tells_the_widest_table(network):
    order, widest = elimination_order(network)
    assert sorted(order) == list(range(len(network.sizes)))
    assert widest == max(clique.table.size for clique in Tree(network, order)._cliques.values())


@given(st.none() | st.integers(0, 50), st.integers(0, 40), st.integers(0, 40), st.integers(0, 40), st.integers(0, 40))
def test_likeness_and_cost_are_joined_and_told_apart(price, likeness, cost, other_likeness, other_cost):
    scale = Scale(price, 81)
    one = scale.likeness * likeness + scale.cost * cost
    other = scale.likeness * other_likeness + scale.cost * other_cost
    assert (scale.split(one).likeness, scale.split(one).cost) == (likeness, cost)
    assert scale.join(scale.split(one)) == one
    change = scale.split(other - one)
    assert (change.likeness, change.cost) == (other_likeness - likeness, other_cost - cost)
    if price is None:
        assert (one < other) == ((likeness, cost) < (other_likeness, other_cost))
    else:
        ranks = [(price * like + dear, like) for like, dear in ((likeness, cost), (other_likeness, other_cost))]
        assert (one < other) == (ranks[0] < ranks[1])


def tangled(seed):
    """Seven variables that all meet each other."""
    random, network = Random(seed), Network([3] * 7)
    for pair in itertools.combinations(range(7), 2):
        network.add(pair, np.array([[random.randint(0, 9) for _ in range(3)] for _ in range(3)], np.int64))
    return network


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("limit", [1, 9, 81])
def test_search_goes_on_until_what_is_left_is_narrow(seed, limit):
    network = tangled(seed)
    found = minimise(network, limit, Deadline.never())
    assert found.proved
    assert found.value == network.total(found.values) == min(total for _, total in every_total(network))


def test_search_stops_at_the_deadline_with_a_bound():
    network = tangled(0)
    best = min(total for _, total in every_total(network))
    stopped = minimise(network, 1, Deadline(until=0.0, now=lambda: 1.0))
    assert not stopped.proved
    assert stopped.bound <= best <= stopped.value


@pytest.mark.parametrize("values", [{}, {0: 0}])
def test_empty_network_sums_to_its_constant(values):
    network = Network([1])
    network.add((), np.int64(5))
    assert minimise(network.with_fixed(values), 10, Deadline.never()).value == 5
