"""Narrowing and searching of wide networks, against trying every assignment."""

import itertools
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samordna_engine.limits import Deadline
from samordna_engine.projection.branch import Search, minimise
from samordna_engine.projection.matter import BROKEN
from samordna_engine.projection.narrow import Part
from samordna_engine.projection.network import Network, members, neighbours
from samordna_engine.projection.options import per_option
from samordna_engine.projection.order import order_within
from samordna_engine.projection.tables import cells


def network_of(seed, variables, tables, impossible, dearest):
    """A network whose tables are over two or three variables, some of their cells impossible."""
    random = Random(seed)
    network = Network([random.randint(1, 3) for _ in range(variables)])
    for _ in range(tables):
        scope = tuple(sorted(random.sample(range(variables), random.randint(1, min(3, variables)))))
        shape = [network.sizes[v] for v in scope]
        table = [
            BROKEN if random.random() < impossible else random.randint(0, dearest) for _ in range(int(np.prod(shape)))
        ]
        network.add(scope, np.array(table, np.int64).reshape(shape))
    for v in range(variables):
        network.add((v,), np.zeros(network.sizes[v], np.int64))
    return network


def tangled(seed, variables, dearest):
    """A network in which every variable meets every other."""
    random = Random(seed)
    network = Network([random.randint(2, 4) for _ in range(variables)])
    for scope in itertools.combinations(range(variables), 2):
        shape = [network.sizes[v] for v in scope]
        network.add(scope, np.array([random.randint(0, dearest) for _ in range(int(np.prod(shape)))]).reshape(shape))
    return network


def pairs(seed, variables):
    """A network in which some pairs of variables meet."""
    random = Random(seed)
    network = Network([2] * variables)
    for scope in random.sample(
        list(itertools.combinations(range(variables), 2)), random.randint(variables - 1, variables + 4)
    ):
        network.add(scope, np.zeros((2, 2), np.int64))
    return network


def totals(network):
    every = itertools.product(*(range(size) for size in network.sizes))
    return {values: network.total(dict(enumerate(values))) for values in every}


def after(checks):
    """A deadline that has passed when it has been asked so many times."""
    asked = itertools.count()
    return Deadline(until=float(checks), now=lambda: float(next(asked)))


MIXED = st.builds(
    network_of,
    st.integers(0, 10**9),
    st.integers(2, 7),
    st.integers(1, 24),
    st.sampled_from([0.0, 0.1, 0.4]),
    st.sampled_from([1, 3, 40]),
)
NETWORKS = MIXED | st.builds(tangled, st.integers(0, 10**9), st.integers(3, 5), st.sampled_from([1, 3, 40]))
DENSE = st.builds(tangled, st.integers(0, 10**9), st.integers(8, 10), st.just(1))
SPARSE = st.builds(pairs, st.integers(0, 10**9), st.integers(6, 14))


@given(NETWORKS, st.sampled_from([0, 1, 9, 1 << 12]), st.integers(0, 3), st.sampled_from([3, 8, 100, BROKEN]))
def test_narrowing_changes_no_sum_below_the_ceiling(network, limit, sweeps, ceiling):
    part, open_still = Part.of(network, limit), True
    for _ in range(sweeps):
        open_still = open_still and part.sweep(part.open, ceiling, Deadline.never())
        part = part.tidied(limit)
    wanted = {values: total for values, total in totals(network).items() if total < ceiling}
    if not open_still:
        assert not wanted
        return
    places = [{int(value): i for i, value in enumerate(part.values[v])} for v in range(len(network.sizes))]
    for values, total in wanted.items():
        at = {v: places[v][value] for v, value in enumerate(values)}
        assert part.total(at) == total
        assert part.bound <= total
        assert all(part.least(v)[at[v]] <= total for v in at)
        assert part.network().total(at) == total - part.bound


@given(NETWORKS, st.sampled_from([1, 4, 30]))
def test_a_dive_is_as_good_as_it_says(network, limit):
    part = Part.of(network, limit)
    chosen = part.dive(part.open, Deadline.never())
    dived = part.total(chosen)
    value = part.descend(chosen, part.open, Deadline.never())
    assert value <= dived
    assert value == network.total(part.named(chosen))


@given(NETWORKS, st.sampled_from([1, 4, 30]), st.integers(0, 12))
def test_a_dive_that_is_stopped_has_a_value_for_every_variable(network, limit, checks):
    part = Part.of(network, limit)
    deadline = after(checks)
    chosen = part.dive(part.open, deadline)
    if checks == 0:
        assert chosen == {v: int(part.lone[v].argmin()) for v in part.open}
    assert part.descend(chosen, part.open, deadline) == network.total(part.named(chosen))


@given(NETWORKS, st.integers(0, 8))
def test_solving_at_once_can_be_stopped_too(network, checks):
    found = minimise(network, 1 << 20, after(checks), 1 << 20)
    smallest = min(totals(network).values())
    assert found.bound <= smallest <= found.value
    assert found.tree is None or found.proved
    assert found.value == BROKEN or network.total(found.values) == found.value


@given(NETWORKS, st.sampled_from([1, 4, 12]), st.sampled_from([0, 10, 1 << 24]))
def test_search_finds_the_smallest_total_however_little_it_may_remember(network, limit, held):
    found = Search(Part.of(network, limit), limit, Deadline.never(), held=held).run()
    assert found.value == found.bound == min(totals(network).values())
    assert network.total(found.values) == found.value if found.value < BROKEN else found.values == {}


@given(NETWORKS, st.sampled_from([1, 4, 12]), st.integers(0, 60))
def test_search_stopped_anywhere_has_a_bound_that_holds(network, limit, checks):
    found = Search(Part.of(network, limit), limit, after(checks)).run()
    assert found.bound <= min(totals(network).values()) <= found.value
    assert found.value == BROKEN or network.total(found.values) == found.value


@given(NETWORKS, st.sampled_from([1, 4]), st.integers(0, 30))
def test_search_beats_what_is_given_or_proves_it_cannot(network, limit, known):
    found = Search(Part.of(network, limit), limit, Deadline.never(), value=known).run()
    assert found.value == found.bound == min(known, *totals(network).values())


@given(NETWORKS, st.sampled_from([1, 4, 12]), st.randoms(use_true_random=False))
def test_search_does_not_depend_on_the_order_of_the_tables(network, limit, random):
    scopes = list(network.tables)
    random.shuffle(scopes)
    shuffled = Network(network.sizes, {scope: network.tables[scope] for scope in scopes})
    one, other = (minimise(n, limit, Deadline.never()) for n in (network, shuffled))
    assert (one.value, one.values, one.bound) == (other.value, other.values, other.bound)


def wide(seed, variables=14):
    """Many variables that all meet each other, too many to try every assignment."""
    random = Random(seed)
    network = Network([4] * variables)
    for pair in itertools.combinations(range(variables), 2):
        network.add(pair, np.array([random.randint(0, 30) for _ in range(16)], np.int64).reshape(4, 4))
    return network


def test_search_that_cannot_narrow_is_stopped_with_its_best():
    network = wide(0)
    stopped = Search(Part.of(network, 64), 64, after(2000)).run()
    assert 0 < stopped.bound < stopped.value == network.total(stopped.values)
    again = Search(Part.of(network, 64), 64, after(2000)).run()
    assert (again.value, again.values, again.bound) == (stopped.value, stopped.values, stopped.bound)


@given(SPARSE | DENSE, st.sampled_from([2, 4, 8, 1 << 20]), st.sampled_from([0, 60]))
def test_an_order_within_a_limit_makes_no_larger_table(network, limit, few):
    order = order_within(network, limit, few)
    if order is None:
        assert limit < 1 << 20
        return
    met = {v: {v, *members(others)} for v, others in neighbours(network).items()}
    assert sorted(order) == sorted(met)
    for place, v in enumerate(order):
        assert cells(network.sizes, met[v]) <= limit
        for u in met[v] - set(order[: place + 1]):
            met[u] = (met[u] | met[v]) - {v}


@given(NETWORKS, st.sampled_from([1, 4, 1 << 20]), st.sampled_from([0, 1, 1 << 25]), st.integers(0, 200) | st.none())
def test_every_option_has_its_smallest_sum_or_a_bound(network, limit, cases, checks):
    known = totals(network)
    found = minimise(network, limit, Deadline.never())
    if found.value >= BROKEN:
        return
    network.sizes.append(2)
    deadline = Deadline.never() if checks is None else after(checks)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("samordna_engine.projection.options.CASES", cases)
        options = per_option(network, found, range(len(network.sizes)), limit, deadline, 0 if cases == 0 else 1 << 25)
    assert [least.value for least in options[len(network.sizes) - 1]] == [found.value, found.value]
    for v, size in enumerate(network.sizes[:-1]):
        for value in range(size):
            smallest = min(total for values, total in known.items() if values[v] == value)
            least = options[v][value]
            said = min(least.value, BROKEN)  # how far above the impossible a sum lies says nothing
            assert found.value <= said <= smallest
            assert not least.exact or said == smallest
            assert least.exact or checks is not None or (limit < 1 << 20 and cases < 1 << 25)
