"""Solvers that share nothing with the engine give the same answers."""

import warnings
from importlib import import_module

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from bench import ours
from bench.answer import Status
from bench.as_problem import as_problem
from bench.families import Family, generate
from samordna_engine import Clash, Settled, cheapest_ways_out, settle
from samordna_engine.takes_part import who_takes_part

pytestmark = pytest.mark.second_opinion
LIMIT = 60.0


def families(*regimes):
    """Small families of every kind."""
    return st.builds(
        Family,
        participants=st.integers(2, 7),
        aspects=st.integers(2, 7),
        regime=st.sampled_from(regimes),
        cross=st.sampled_from([0.05, 0.5, 1.0]),
        conditions=st.integers(2, 9),
        options=st.integers(2, 4),
        common=st.sampled_from([0.1, 0.4, 0.8]),
        own=st.sampled_from([0.2, 1.0]),
        leaving=st.booleans(),
    )


SEEDS = st.integers(0, 10**6)


def asked(address, question):
    """What another solver answers. Its module is imported here, where its warnings are not ours."""
    module, name = address.split(":")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return getattr(import_module(f"bench.peers.{module}"), name)(question, LIMIT)


def as_told(answer):
    return answer.value if answer.status is Status.PROVED else answer.status


@pytest.mark.parametrize("peer", ["cpsat:settle", "maxsat:settle", "toulbar2:settle"])
@given(family=families("sat", "vary", "clash", "wild"), seed=SEEDS)
def test_best_decision_is_that_of_others(peer, family, seed):
    question = generate(family, seed)
    outcome = settle(as_problem(question))
    event(type(outcome).__name__)
    told = as_told(asked(peer, question))
    assert told == as_told(ours.settle(question, LIMIT))
    if isinstance(outcome, Settled):
        assert told == outcome.objective.likeness * question.unit + outcome.objective.cost
    else:
        assert told is Status.IMPOSSIBLE


@given(family=families("clash", "wild"), seed=SEEDS)
def test_smallest_clash_is_as_small_as_that_of_others(family, seed):
    question = generate(family, seed)
    outcome = settle(as_problem(question))
    if isinstance(outcome, Clash):
        assert outcome.smallest
        assert len(outcome.members) == asked("maxsat:smallest_clash", question).value


@pytest.mark.parametrize("peer", ["maxsat:ways_out", "toulbar2:ways_out"])
@given(family=families("clash", "wild"), seed=SEEDS)
def test_cheapest_way_out_is_as_cheap_as_that_of_others(peer, family, seed):
    question = generate(family, seed)
    problem = as_problem(question)
    outcome = settle(problem)
    if isinstance(outcome, Clash):
        assert cheapest_ways_out(problem, outcome)[0].price == asked(peer, question).value


@pytest.mark.parametrize("peer", ["cpsat:takes_part", "toulbar2:takes_part"])
@given(family=families("vary", "wild"), seed=SEEDS)
def test_who_takes_part_is_worth_what_others_say(peer, family, seed):
    question = generate(family, seed)
    outcome = who_takes_part(as_problem(question))
    assert outcome.proved
    assert max(outcome.net, 0) == asked(peer, question).value


@pytest.mark.parametrize("peer", ["cpsat:fewest_variants"])
@given(family=families("sat", "vary", "clash"), seed=SEEDS)
def test_fewest_variants_are_those_of_others(peer, family, seed):
    question = generate(family, seed)
    assert as_told(ours.fewest_variants(question, LIMIT)) == as_told(asked(peer, question))
