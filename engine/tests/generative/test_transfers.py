"""Transfers that balance to the last unit, and Shapley's shares against all orders of joining."""

import itertools
import math
from dataclasses import replace

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from matters import aspect, matter, participant
from questions import problems
from samordna_engine import Limits, Settled, TooLarge, Unproved, settle, transfers
from samordna_engine.parts import Joint, JointKind
from samordna_engine.transfers import balanced_transfers, in_proportion, shapley_shares

NETS = st.lists(st.integers(-50, 50), max_size=8).map(lambda nets: {f"p{i}": net for i, net in enumerate(nets)})


@given(NETS)
def test_transfers_balance_or_are_impossible(nets):
    found = balanced_transfers(nets)
    event("possible" if found.possible else "impossible")
    assert found.possible == (sum(nets.values()) >= 0)
    assert sum(found.transfers.values()) == 0
    assert sum(found.after.values()) == sum(nets.values())
    if found.possible:
        assert found.after == {name: nets[name] + found.transfers[name] for name in nets}
        assert all(after >= 0 for after in found.after.values())
        assert all(found.transfers[name] == -net for name, net in nets.items() if net < 0)
        assert all(found.transfers[name] <= 0 for name, net in nets.items() if net >= 0)
    else:
        assert found.lacking == -sum(nets.values())


@given(NETS)
def test_payments_are_in_proportion_to_within_one(nets):
    found = balanced_transfers(nets)
    lost, gained = sum(-net for net in nets.values() if net < 0), sum(net for net in nets.values() if net > 0)
    for name, net in nets.items():
        if found.possible and net > 0:
            assert abs(-found.transfers[name] * gained - net * lost) < gained


def test_what_is_left_over_goes_to_the_largest_remainder_first():
    assert in_proportion(10, {"a": 1, "b": 1, "c": 1}) == {"a": 4, "b": 3, "c": 3}
    assert in_proportion(10, {"a": 3, "b": 3, "c": 5}) == {"a": 3, "b": 3, "c": 4}
    assert in_proportion(0, {}) == {}


def value(problem, names):
    """What the coalition is worth: the net of the decision that is settled for it, if it is one and worth it."""
    if len(names) < 2:
        return 0
    people = tuple(replace(p, takes_part=p.id in names) for p in problem.participants)
    outcome = settle(replace(problem, participants=people))
    return max(0, outcome.proposal.whole.net.likely) if isinstance(outcome, Settled) else 0


def by_all_orders(problem):
    """Each participant's sum, over all orders of joining, of what it adds."""
    names = [p.id for p in problem.taking_part()]
    worth = {
        frozenset(some): value(problem, some)
        for k in range(len(names) + 1)
        for some in itertools.combinations(names, k)
    }
    sums = dict.fromkeys(names, 0)
    for order in itertools.permutations(names):
        for i, name in enumerate(order):
            sums[name] += worth[frozenset(order[: i + 1])] - worth[frozenset(order[:i])]
    return sums, worth


@given(problems(max_aspects=3, max_participants=4, max_conditions=5), st.sampled_from([1, 1 << 20]))
def test_exact_shares_are_those_of_all_orders(problem, cells):
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(transfers, "TABLE_CELLS", cells)
        found = shapley_shares(problem)
    sums, worth = by_all_orders(problem)
    event(f"worth {'something' if found.whole else 'nothing'}")
    assert found.exact
    assert found.numerators == sums
    assert found.denominator == math.factorial(len(sums))
    assert sum(found.shares.values()) == found.whole == worth[frozenset(sums)]
    assert all(abs(found.shares[name] * found.denominator - sums[name]) < found.denominator for name in sums)


@given(problems(max_aspects=2, max_participants=4, max_conditions=3), st.sampled_from([1, 1 << 20]))
def test_sampled_shares_are_within_their_bounds(problem, cells):
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(transfers, "TABLE_CELLS", cells)
        patched.setattr(transfers, "EXACT_UP_TO", 0)
        found = shapley_shares(problem, samples=30)
        again = shapley_shares(problem, samples=30)
    sums, worth = by_all_orders(problem)
    orders = math.factorial(len(sums))
    assert found == again
    assert found.exact == (not sums)
    assert sum(found.shares.values()) == found.whole == worth[frozenset(sums)]
    for name in sums:
        assert abs(found.numerators[name] / found.denominator - sums[name] / orders) <= found.bounds[name]


def test_bound_narrows_with_more_samples(monkeypatch):
    monkeypatch.setattr(transfers, "EXACT_UP_TO", 0)
    people = [participant(f"p{i}", 10 * i, a={"x": i, "y": 3}) for i in range(4)]
    problem = matter([aspect("a", "x", "y")], people)
    few, many = (shapley_shares(problem, samples=samples) for samples in (20, 400))
    assert all(many.bounds[name] < few.bounds[name] for name in few.bounds)


def test_sampling_stops_when_the_time_is_out(monkeypatch):
    monkeypatch.setattr(transfers, "EXACT_UP_TO", 0)
    clock = itertools.count()
    people = [participant(f"p{i}", 5) for i in range(3)]
    problem = matter([aspect("a", "x", "y")], people)
    found = shapley_shares(problem, samples=1000, limits=Limits(seconds=10, now=lambda: next(clock)))
    assert 2 <= found.denominator <= 11


def test_what_is_not_known_is_refused():
    problem = matter([aspect("a", "x", "y")], [participant("p"), participant("q")])
    with pytest.raises(TooLarge, match="joint conditions"):
        shapley_shares(replace(problem, joint=(Joint(id="j", kind=JointKind.BUDGET, limit=1, reason="money"),)))
    with pytest.raises(TooLarge, match="cells of the network"):
        shapley_shares(problem, limits=Limits(cells=1))


def test_wrong_value_of_all_is_caught(monkeypatch):
    right = transfers.Coalitions.values
    monkeypatch.setattr(transfers.Coalitions, "values", lambda self, members: right(self, members) + 1)
    with pytest.raises(Unproved, match="the shares add up to"):
        shapley_shares(matter([aspect("a", "x", "y")], [participant("p", 5), participant("q", 5)]))
