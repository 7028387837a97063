"""The price of every condition is what asking again without it gives."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from families import family
from matters import aspect, condition, is_, matter, participant
from questions import LIMITS, problems
from samordna_engine import COORDINATION, If, Limits, Settled, Sharing, settle
from samordna_engine.pricing import Gain, condition_prices
from samordna_engine.solvers.exhaustive import best


def without(problem, name):
    return replace(problem, conditions=tuple(c for c in problem.conditions if c.id != name))


@given(problems(max_aspects=4, max_participants=3), LIMITS, st.booleans())
def test_price_is_the_difference_from_the_best_without(problem, pair, twice):
    if twice:
        again = tuple(replace(c, id=f"{c.id}-again") for c in problem.conditions[::2])
        problem = replace(problem, conditions=(*problem.conditions, *again))
    prices = condition_prices(problem, limits=Limits(cells=pair[0], own_cells=pair[1]))
    assert prices.keys() == {c.id for c in problem.conditions}
    whole = best(problem)
    for name, price in prices.items():
        event(price.state)
        rest = best(without(problem, name))
        if price.state is Gain.UNKNOWN:
            assert pair[0] == 4
        elif whole is None:
            assert price.state is (Gain.LOCKED if rest is None else Gain.UNLOCKS)
        else:
            assert price.state is Gain.EXACT
            assert price.gain.likeness == whole.likeness - rest.likeness
            assert price.gain.cost == whole.cost - rest.cost


@pytest.mark.parametrize("price", [None, 3])
def test_prices_in_a_larger_matter_are_those_of_asking_again(price):
    problem = family(12, 12, 1, price=price)
    whole = settle(problem)
    assert isinstance(whole, Settled)
    prices = condition_prices(problem)
    for name in list(prices)[::4]:
        rest = settle(without(problem, name))
        assert prices[name].gain.likeness == whole.objective.likeness - rest.objective.likeness
        assert prices[name].gain.cost == whole.objective.cost - rest.objective.cost
    assert any(p.gain.likeness or p.gain.cost for p in prices.values())


def test_condition_of_the_coordination_that_alone_blocks_is_told():
    days = aspect("days", "few", "many", sharing=Sharing.FRAMED)
    place = aspect("place", "here", "there")
    conditions = [
        condition("all", COORDINATION, is_("days", "few")),
        condition("mine", "a", is_("days", "many")),
        condition("link", "b", If(all_of=(is_("days", "few"),), then=(is_("place", "here"),))),
    ]
    prices = condition_prices(matter([days, place], [participant("a"), participant("b")], conditions))
    assert {name: price.state for name, price in prices.items()} == {
        "all": Gain.UNLOCKS,
        "mine": Gain.UNLOCKS,
        "link": Gain.LOCKED,
    }


def test_nothing_is_said_when_the_time_is_out():
    problem = family(12, 12, 1)
    prices = condition_prices(problem, limits=Limits(seconds=0))
    assert {price.state for price in prices.values()} == {Gain.UNKNOWN}
    assert np.all([price.gain is None for price in prices.values()])
