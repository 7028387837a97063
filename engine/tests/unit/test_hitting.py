"""Hitting sets against trying every one."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samordna_engine import hitting
from samordna_engine.hitting import HittingSets, TooMany, first_choice

OWNERS = [0, 0, 1, 1, 2, 0]
SETS = st.lists(st.integers(1, 63), max_size=6)


def hits(things, sets):
    return all(any(s >> thing & 1 for thing in things) for s in sets)


def of_size(sets, size):
    return [things for things in itertools.combinations(range(6), size) if hits(things, sets)]


def in_vain(things, sets):
    return any(hits([other for other in things if other != thing], sets) for thing in things)


@given(SETS)
def test_smallest_is_smallest(sets):
    found = HittingSets(sets).smallest()
    assert hits(found, sets)
    assert not any(of_size(sets, size) for size in range(len(found)))


@given(SETS, st.integers(0, 4))
def test_every_way_is_found_and_none_twice(sets, size):
    search = HittingSets(sets)
    found = [
        tuple(sorted(things))
        for groups in search.of_size(size)
        for things in itertools.product(*(search.groups[group] for group in groups))
    ]
    assert len(set(found)) == len(found)
    assert set(found) == {things for things in of_size(sets, size) if not in_vain(things, sets)}


@given(SETS)
def test_first_choice_has_fewest_owners_and_then_the_lowest_numbers(sets):
    search = HittingSets(sets)
    size = len(search.smallest())
    best = None
    for groups in search.of_size(size):
        best = first_choice([search.groups[group] for group in groups], OWNERS, best)
    expected = min((len({OWNERS[thing] for thing in things}), things) for things in of_size(sets, size))
    assert best == expected


def test_too_many_ways_are_told(monkeypatch):
    monkeypatch.setattr(hitting, "MAX_STEPS", 2)
    with pytest.raises(TooMany):
        HittingSets([0b000011, 0b001100, 0b110000]).smallest()
