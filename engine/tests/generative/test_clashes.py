"""Clashes against all there are, wherever they are looked for."""

from contextlib import contextmanager
from dataclasses import replace

import pytest
from hypothesis import assume, event, given
from hypothesis import strategies as st

from every_clash import Tried
from questions import problems
from samordna_engine import Limits, cheapest_ways_out
from samordna_engine.clash import any_clash, clashes, explain, stated_by
from samordna_engine.clash.sights import OnGrid, OnNetwork
from samordna_engine.outcome import Proof
from samordna_engine.problem import Sharing
from samordna_engine.projection.matter import Numbering

PROBLEMS = problems(max_aspects=3, max_participants=3, max_conditions=9)
PROOF = Proof(digest="", engine="", checks=())


@contextmanager
def grid_of(cells):
    """Let so many common frames be looked at one by one, and tangles have tables of so many cells."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("samordna_engine.clash.grid.GRID_CELLS", cells)
        patch.setattr("samordna_engine.clash.grid.TANGLE_CELLS", cells)
        yield


def some_given(problem, random):
    """Nothing fixed, or a few options of the frame."""
    shared = [aspect for aspect in problem.aspects if aspect.sharing is not Sharing.LOCAL]
    chosen = random.sample(shared, random.choice([0, 0, min(1, len(shared)), min(2, len(shared))]))
    return {aspect.id: random.choice(aspect.option_ids()) for aspect in chosen}


def first_of(tried):
    """The clash to tell first, by the stated order."""
    owner = {c.id: c.owner for c in tried.conditions}
    return min(tried.irreducible(), key=lambda ids: (len(ids), len({owner[name] for name in ids}), ids))


@given(PROBLEMS, st.randoms(use_true_random=False), st.sampled_from([1 << 22, 4, 1]), st.sampled_from([1 << 14, 4]))
def test_clash_is_the_first_of_the_smallest(problem, random, cells, own_cells):
    fixed = some_given(problem, random)
    tried = Tried(problem, fixed)
    assume(tried.irreducible())
    limits = Limits(own_cells=own_cells)
    with grid_of(cells):
        clash = explain(Numbering(problem), fixed, limits, limits.start(), PROOF)
    assert clash.conditions == first_of(tried)
    assert clash.smallest
    assert clash.order == ("conditions", "owners", "id")
    assert clash.others_exist == (len(tried.irreducible()) > 1)
    for member in clash.members:
        rest = {c.id for c in problem.conditions} - {member.condition}
        mask = sum(1 << i for i, c in enumerate(tried.conditions) if c.id in rest)
        assert member.unlocks == tried.can_be_met(mask)
    event(f"{len(clash.members)} members")


@given(PROBLEMS, st.randoms(use_true_random=False), st.integers(1, 6), st.sampled_from([1 << 22, 1]))
def test_several_clashes_are_different_and_told_to_be_all_when_they_are(problem, random, at_most, cells):
    fixed = some_given(problem, random)
    every = Tried(problem, fixed).irreducible()
    with grid_of(cells):
        told = clashes(problem, at_most=at_most, given=fixed)
    found = [clash.conditions for clash in told.found]
    event(f"{len(every)} clashes")
    assert set(found) <= set(every)
    assert len(set(found)) == len(found) <= at_most
    assert bool(found) == bool(every)
    rules = {c.id: c.rule for c in problem.conditions}
    said = [frozenset(rules[name] for name in names) for names in found]
    if told.complete:
        assert {frozenset(rules[name] for name in names) for names in every} == set(said)
    else:
        assert len(every) > len(found)


@given(PROBLEMS, st.randoms(use_true_random=False), st.sampled_from([1 << 22, 1]))
def test_any_clash_is_irreducible(problem, random, cells):
    fixed = some_given(problem, random)
    every = Tried(problem, fixed).irreducible()
    with grid_of(cells):
        clash = any_clash(problem, given=fixed)
    assert clash.conditions in every if every else clash is None


@given(PROBLEMS, st.randoms(use_true_random=False), st.sampled_from([1 << 22, 1 << 22, 1]))
def test_ways_out_are_the_cheapest_that_begin_with_each_condition(problem, random, cells):
    fixed = some_given(problem, random)
    tried = Tried(problem, fixed)
    assume(tried.irreducible())
    limits = Limits()
    with grid_of(cells):
        clash = explain(Numbering(problem), fixed, limits, limits.start(), PROOF)
        ways = cheapest_ways_out(problem, clash)
    relaxable = [member.condition for member in clash.members if member.relax_price is not None]
    expected = [tried.cheapest(giving_up=name) for name in relaxable]
    assert [way.price for way in ways] == sorted(price for price in expected if price is not None)
    prices = {c.id: c.relax_price for c in problem.conditions}
    for way in ways:
        assert way.price == sum(prices[name] for name in way.conditions)
        assert tried.can_be_met(sum(1 << i for i, c in enumerate(tried.conditions) if c.id not in way.conditions))
    event(f"{len(ways)} ways")


@given(PROBLEMS)
def test_grid_and_network_see_the_same(problem):
    limits, numbering = Limits(), Numbering(problem)
    assume(Tried(problem).irreducible())
    seen = [sight(numbering, {}, limits, limits.start()).core() for sight in (OnGrid, OnNetwork)]
    assert seen[0] == seen[1]


@given(PROBLEMS, st.randoms(use_true_random=False))
def test_everybody_who_states_a_rule_is_named(problem, random):
    assume(problem.conditions and len(problem.taking_part()) > 1)
    one, owner = random.choice(problem.conditions), random.choice(problem.taking_part()).id
    same = replace(one, id="same", owner=owner)
    asked = replace(problem, conditions=(*problem.conditions, same))
    assert "same" in stated_by(asked, one.id)
    assert all(c.rule == one.rule for c in asked.conditions if c.id in stated_by(asked, one.id))
