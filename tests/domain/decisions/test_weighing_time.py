"""Time counted from acts, what it costs, and sharings that add up."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samordna.domain.decisions.effort import AROUND, PAUSE, Minutes, counted, is_yearly, kronor_in
from samordna.domain.decisions.sharing import by_contribution, nobody_loses
from samordna_engine.transfers import balanced_transfers
from tests.factories import NOW

NETS = st.lists(st.integers(-50, 50), min_size=1, max_size=6)


def acts(*minutes: int, organisation: str = "a", person: str = "p"):
    return [(organisation, person, NOW + timedelta(minutes=after)) for after in minutes]


def test_acts_without_a_pause_are_one_sitting():
    assert counted(acts(0, 10, 40)) == {"a": Minutes(low=45, likely=60, high=100, sittings=1)}


def test_a_pause_makes_two_sittings():
    pause = int(PAUSE.total_seconds() // 60) + 1
    assert counted(acts(0, pause))["a"] == Minutes(low=2 * AROUND[0], likely=2 * AROUND[1], high=2 * AROUND[2], sittings=2)


def test_two_people_are_two_sittings_of_one_organisation():
    both = sorted(acts(0, 5) + acts(1, 6, person="q"), key=lambda act: act[2])
    assert counted(both)["a"].sittings == 2


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=20))
def test_more_acts_are_never_less_time(minutes: list[int]):
    """Law: time grows with the acts, and low, likely and high stay in that order."""
    ordered = sorted(minutes)
    all_of_them, fewer = counted(acts(*ordered))["a"], counted(acts(*ordered[:-1])).get("a", Minutes())
    assert fewer.likely <= all_of_them.likely
    assert all_of_them.low <= all_of_them.likely <= all_of_them.high


@pytest.mark.parametrize(
    ("unit", "kronor", "yearly"),
    [("tkr per år", 1000, True), ("mnkr", 10**6, False), ("kronor", 1, False), ("timmar per vecka", None, False)],
)
def test_money_is_known_by_its_unit(unit: str, kronor: int | None, yearly: bool):
    assert (kronor_in(unit), is_yearly(unit)) == (kronor, yearly)


def test_an_hour_costs_its_rate():
    assert Minutes(low=30, likely=60, high=90).kronor(800) == (400, 800, 1200)


@given(NETS)
def test_a_sharing_moves_nothing_in_or_out_and_leaves_nobody_worse_off(nets: list[int]):
    """Law: the transfers add up to nothing, and where it is possible nobody ends below nothing; else it says what lacks."""
    named = {str(number): net for number, net in enumerate(nets)}
    found = nobody_loses(named)
    assert found.transfers == balanced_transfers(named).transfers
    assert sum(found.transfers.values()) == 0
    assert found.possible == (sum(nets) >= 0)
    if found.possible:
        assert all(after >= 0 for after in found.after.values())
    else:
        assert found.lacking == -sum(nets)


def test_shares_that_do_not_fit_the_proposal_are_not_moved():
    told = {"shares": {"a": 6, "b": 4}, "bounds": {"a": 0, "b": 0}}
    assert by_contribution({"a": 12, "b": -2}, told).transfers == {"a": -6, "b": 6}
    assert not by_contribution({"a": 5, "b": 0}, told).possible
    assert by_contribution({"a": 1, "b": 0}, None) is None
