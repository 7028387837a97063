"""What is too large is refused before it is solved, and what takes too long is stopped and told."""

from dataclasses import replace
from itertools import combinations, count

import pytest

from examples import example
from families import family
from matters import aspect, condition, is_, matter, participant
from samordna_engine import (
    AnyOf,
    AtLeast,
    Clash,
    IsNot,
    Limits,
    Malformed,
    Range,
    Settled,
    Sharing,
    TooLarge,
    Unfinished,
    assess,
    cheapest_ways_out,
    estimate,
    settle,
    what_if,
    why_not,
)
from samordna_engine.changes import AddCondition, DropCondition, FixOption, SetCost, SetSharing, SetTakesPart
from samordna_engine.checking import can_all_be_met
from samordna_engine.clash import clashes
from samordna_engine.limits import OutOfTime
from samordna_engine.outcome import Limit


def ticking(steps):
    """Limits whose clock moves one second every time it is read, and which allow so many."""
    ticks = count()
    return Limits(seconds=steps, now=lambda: float(next(ticks)), cells=16, own_cells=16)


@pytest.mark.parametrize(
    ("limit", "allowed", "value"), [("aspects", 10, 11), ("participants", 7, 8), ("statements", 20, 29)]
)
def test_limit_that_is_exceeded_is_named_before_solving(limit, allowed, value):
    with pytest.raises(TooLarge) as caught:
        settle(example("betalningsansvar"), limits=Limits(**{limit: allowed}))
    assert (caught.value.limit, caught.value.value, caught.value.allowed) == (limit, value, allowed)
    assert str(caught.value) == f"too large: {limit} is {value}, and at most {allowed} is allowed"


def test_too_many_numbers_and_too_large_sums_are_refused():
    with pytest.raises(TooLarge, match="participants times options"):
        settle(example("betalningsansvar"), limits=Limits(numbers=100))
    forms = [aspect(f"a{i}", "x", "y", sharing=Sharing.FRAMED, weight=1000) for i in range(90)]
    dear = {f"a{i}": {"x": 10**9} for i in range(90)}
    with pytest.raises(TooLarge, match="sum of all costs and differences"):
        settle(matter(forms, [participant(f"p{i}", **dear) for i in range(3)]))


def test_size_is_counted():
    size = estimate(example("betalningsansvar"))
    assert (size.aspects, size.participants, size.statements) == (11, 8, 29)
    assert size.options == 3 + 6 + 2 + 2 + 2 + 2 + 2 + 2 + 3 + 2 + 3


def test_search_that_is_stopped_tells_the_best_found_and_a_bound_that_holds():
    problem = family(6, 14, 3)
    best = settle(problem)
    assert isinstance(best, Settled)
    outcomes = [settle(problem, limits=ticking(steps)) for steps in (3, 8, 40, 20_000)]
    found = [outcome for outcome in outcomes if isinstance(outcome, Unfinished) and outcome.best is not None]
    assert found
    for outcome in found:
        assert outcome.stopped_by is Limit.TIME
        assert (outcome.bound.likeness, outcome.bound.cost) <= (best.objective.likeness, best.objective.cost)
        here = (outcome.best.likeness.weighted, outcome.best.cost)
        assert here >= (best.objective.likeness, best.objective.cost)
        assert outcome.gap.likeness == here[0] - outcome.bound.likeness
        assert outcome.gap.cost == here[1] - outcome.bound.cost
    assert isinstance(outcomes[-1], Settled)
    assert outcomes[-1].objective == best.objective


def test_search_with_a_price_of_difference_is_bounded_too():
    problem = family(6, 14, 3, price=5)
    best = settle(problem)
    outcomes = [settle(problem, limits=ticking(steps)) for steps in (6, 10)]
    for outcome in outcomes:
        assert isinstance(outcome, Unfinished)
        assert outcome.bound.likeness == 0
        assert outcome.bound.cost <= 5 * best.objective.likeness + best.objective.cost
        total = 5 * outcome.best.likeness.weighted + outcome.best.cost
        assert outcome.gap.cost == total - outcome.bound.cost


def test_no_time_at_all_gives_no_answer_and_no_lie():
    problem = example("betalningsansvar")
    outcome = settle(problem, limits=Limits(seconds=0))
    assert outcome == Unfinished(stopped_by=Limit.TIME, limit="0 s")
    assert why_not(problem, "grund", "individ", limits=Limits(seconds=0)) == outcome
    clash = settle(example("betalningsansvar-krock"))
    assert isinstance(clash, Clash)
    with pytest.raises(OutOfTime):
        cheapest_ways_out(example("betalningsansvar-krock"), clash, limits=ticking(1))


def test_tangled_participant_is_solved_like_any_other():
    problem = example("betalningsansvar")
    whole = settle(problem)
    assert settle(problem, limits=Limits(own_cells=1)).proposal == whole.proposal
    assert settle(problem, limits=Limits(own_cells=1, cells=8)).objective == whole.objective


@pytest.mark.parametrize(
    ("given", "place", "code"),
    [
        ({"x": "y"}, "x", "unknown_aspect"),
        ({"grund": "y"}, "grund", "unknown_option"),
        ({"psykiatri": "egen"}, "psykiatri", "no_frame_value"),
    ],
)
def test_fixed_option_that_does_not_exist_is_refused(given, place, code):
    with pytest.raises(Malformed) as caught:
        settle(example("betalningsansvar"), given=given)
    assert [(fault.path, fault.code) for fault in caught.value.faults] == [(place, code)]


@pytest.mark.parametrize(
    "change",
    [
        DropCondition(condition="nothing"),
        SetSharing(aspect="nothing", sharing=Sharing.LOCAL),
        SetTakesPart(participant="nobody", takes_part=False),
        SetCost(participant="nobody", aspect="grund", option="individ", cost=Range.exactly(1)),
        SetCost(participant="region", aspect="nothing", option="individ", cost=Range.exactly(1)),
        FixOption(aspect="grund", option="nothing"),
        AddCondition(condition=condition("kontor", "region", is_("grund", "individ"))),
        AddCondition(condition=condition("new", "nobody", is_("grund", "individ"))),
        AddCondition(condition=condition("new", "region", AtLeast(aspect="grund", value="individ"))),
    ],
)
def test_change_to_what_does_not_exist_is_refused(change):
    with pytest.raises(Malformed):
        what_if(example("betalningsansvar"), change)


def test_proposal_by_hand_must_have_all_its_values():
    problem = example("betalningsansvar")
    proposal = settle(problem).proposal
    frame = {name: option for name, option in proposal.frame.items() if name != "start"}
    with pytest.raises(Malformed) as caught:
        assess(problem, {**frame, "belopp": "gratis"}, proposal.own())
    assert {fault.path for fault in caught.value.faults} == {"start", "belopp"}
    broken = assess(problem, {**proposal.frame, "fria-dagar": "5"}, proposal.own())
    assert broken.frame["fria-dagar"] == "5"


def test_clash_that_is_too_hard_to_prove_smallest_is_still_irreducible(monkeypatch):
    monkeypatch.setattr("samordna_engine.hitting.MAX_STEPS", 0)
    problem = family(12, 12, 2, clash=True)
    clash = settle(problem)
    assert isinstance(clash, Clash)
    assert not clash.smallest
    assert clash.irreducible
    names = set(clash.conditions)
    assert can_all_be_met(problem, names, {}) is None
    assert all(can_all_be_met(problem, names - {name}, {}) is not None for name in names)


def test_search_that_has_found_nothing_yet_tells_its_bound():
    colours = [aspect(f"a{i}", *"xyz") for i in range(4)]
    unlike = [
        condition(f"{a.id}{b.id}{o}", "p", AnyOf(parts=(is_not(a, o), is_not(b, o))))
        for a, b in combinations(colours, 2)
        for o in "xyz"
    ]
    problem = matter(colours, [participant("p", a3={"x": 1, "y": 1, "z": 2})], unlike)
    outcomes = [settle(problem, limits=ticking(steps)) for steps in range(8)]
    empty = [o for o in outcomes if isinstance(o, Unfinished) and o.best is None and o.bound is not None]
    assert empty
    assert {(o.bound.likeness, o.bound.cost) for o in empty} == {(0, 1)}


def is_not(aspect, option):
    return IsNot(aspect=aspect.id, options=(option,))


def test_ways_out_refuse_too_many_common_conditions():
    forms = [aspect("a", *"xy")]
    common = [condition(f"c{i}", "coordination", is_("a", "x"), price=1) for i in range(12)]
    problem = matter(forms, [participant("p")], [*common, condition("d", "p", is_("a", "y"), price=3)])
    with pytest.raises(TooLarge, match="common conditions"):
        cheapest_ways_out(problem, settle(problem))


def test_what_is_written_twice_is_not_hidden():
    problem = example("betalningsansvar")
    with pytest.raises(Malformed) as caught:
        replace(problem, conditions=(*problem.conditions, problem.conditions[0]))
    assert [(fault.path, fault.code) for fault in caught.value.faults] == [("conditions[24].id", "duplicate_id")]


def test_missing_extra_is_named(monkeypatch):
    monkeypatch.setattr("samordna_engine.clash.grid.GRID_CELLS", 1)
    monkeypatch.setattr("samordna_engine.clash.sights.MANY_COMMON", 0)
    monkeypatch.setattr("samordna_engine.solvers.sat.available", lambda: False)
    problem = example("betalningsansvar-krock")
    with pytest.raises(TooLarge, match="without the extra 'sat'"):
        settle(problem)
    with pytest.raises(TooLarge, match="without the extra 'sat'"):
        clashes(problem)
