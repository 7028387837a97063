"""The solver and its obvious twin agree, and every answer keeps its promises."""

from dataclasses import replace

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from questions import LIMITS, problems
from samordna_engine import Clash, Limits, Necessity, Settled, assess, check, settle
from samordna_engine.checking import can_all_be_met
from samordna_engine.documents import read_outcome, read_problem, write_outcome, write_problem
from samordna_engine.outcome import PriceState
from samordna_engine.problem import Sharing
from samordna_engine.solvers.exhaustive import best, rank


def limits_of(pair):
    return Limits(cells=pair[0], own_cells=pair[1])


def value(outcome):
    return (outcome.objective.likeness, outcome.objective.cost) if isinstance(outcome, Settled) else None


@given(problems(), LIMITS)
def test_optimum_is_that_of_the_twin(problem, pair):
    twin = best(problem)
    outcome = settle(problem, limits=limits_of(pair))
    event(type(outcome).__name__)
    assert value(outcome) == (None if twin is None else (twin.likeness, twin.cost))


@given(problems(max_aspects=3, max_participants=2), LIMITS)
def test_option_prices_are_those_of_the_twin(problem, pair):
    outcome = settle(problem, limits=limits_of(pair))
    if not isinstance(outcome, Settled):
        return
    for aspect, prices in outcome.option_prices.items():
        for option, price in prices.items():
            twin = best(problem, {aspect: option})
            if price.state is PriceState.BLOCKED:
                assert twin is None
            elif price.state is PriceState.EXACT:
                assert twin is not None
                change = (twin.likeness - outcome.objective.likeness, twin.cost - outcome.objective.cost)
                assert (price.price.likeness, price.price.cost) == change
            elif twin is not None:
                there = rank(problem, twin.likeness, twin.cost)
                here = rank(problem, outcome.objective.likeness, outcome.objective.cost)
                least = (price.price.likeness, price.price.cost)
                if problem.price_of_difference is not None:
                    least = (least[1], 0)
                    there, here = (there[0], 0), (here[0], 0)
                assert (here[0] + least[0], here[1] + least[1]) <= there


@given(problems())
def test_proposal_breaks_nothing_and_alone_is_never_dearer(problem):
    outcome = settle(problem)
    if isinstance(outcome, Settled):
        assert check(problem, outcome.proposal.frame, outcome.proposal.own()) == []
        for balance in outcome.proposal.balances:
            assert balance.given_up.likely >= 0
            assert balance.cost.likely + balance.need_loss - balance.own_best_cost == balance.given_up.likely


@given(problems(max_aspects=3, max_participants=2))
def test_adaptations_say_truly_why(problem):
    outcome = settle(problem)
    if not isinstance(outcome, Settled):
        return
    for adaptation in outcome.proposal.adaptations:
        event(adaptation.necessity)
        assert adaptation.necessity is not Necessity.UNNECESSARY
        assert (adaptation.necessity is Necessity.WORTH_IT) <= (problem.price_of_difference is not None)
        if adaptation.necessity is Necessity.NECESSARY:
            assert adaptation.because
            assert not can_follow(problem, outcome, adaptation, adaptation.because)
            for spared in adaptation.because:
                assert can_follow(problem, outcome, adaptation, set(adaptation.because) - {spared})


def can_follow(problem, outcome, adaptation, names):
    """Whether the participant can have the frame's option there when only these conditions are asked of its own values.

    Its own values are made the frame of a question with nobody else in it, so that plain search can tell.
    """
    frame = outcome.proposal.frame
    common = {a.id for a in problem.aspects if a.sharing is Sharing.COMMON}
    own = replace(
        problem,
        aspects=tuple(replace(aspect, sharing=Sharing.COMMON) for aspect in problem.aspects),
        conditions=tuple(c for c in problem.conditions if c.id in names),
        needs=(),
    )
    given = {name: option for name, option in frame.items() if name in common or name == adaptation.aspect}
    return can_all_be_met(own, names, given) is not None


@given(problems())
def test_assessing_the_settled_proposal_gives_it_back(problem):
    outcome = settle(problem)
    if isinstance(outcome, Settled):
        assert assess(problem, outcome.proposal.frame, outcome.proposal.own()) == outcome.proposal


@given(problems(max_participants=3, max_conditions=8), LIMITS)
def test_clash_is_impossible_and_every_part_of_it_possible(problem, pair):
    outcome = settle(problem, limits=limits_of(pair))
    if not isinstance(outcome, Clash):
        return
    event(f"{len(outcome.members)} members")
    only = [c for c in problem.conditions if c.id in outcome.conditions]
    assert best(replace(problem, conditions=tuple(only))) is None
    for condition in only:
        rest = tuple(c for c in only if c.id != condition.id)
        assert best(replace(problem, conditions=rest)) is not None
        everything_else = tuple(c for c in problem.conditions if c.id != condition.id)
        member = next(m for m in outcome.members if m.condition == condition.id)
        assert member.unlocks == (best(replace(problem, conditions=everything_else)) is not None)
        assert best(replace(problem, conditions=rest), member.example) is not None


@given(problems(), st.randoms(use_true_random=False))
def test_order_of_participants_and_conditions_does_not_matter(problem, random):
    people, conditions = list(problem.participants), list(problem.conditions)
    random.shuffle(people)
    random.shuffle(conditions)
    shuffled = replace(problem, participants=tuple(people), conditions=tuple(conditions))
    one, other = settle(problem), settle(shuffled)
    assert value(one) == value(other)
    if isinstance(one, Clash):
        assert one.conditions == other.conditions


@given(problems(), st.randoms(use_true_random=False))
def test_names_do_not_matter(problem, random):
    names = [p.id for p in problem.participants]
    renamed = dict(zip(names, random.sample([f"x{i}" for i in range(len(names))], len(names)), strict=True))
    other = replace(
        problem,
        participants=tuple(replace(p, id=renamed[p.id]) for p in problem.participants),
        conditions=tuple(replace(c, owner=renamed.get(c.owner, c.owner)) for c in problem.conditions),
        needs=tuple(replace(n, owner=renamed.get(n.owner, n.owner)) for n in problem.needs),
    )
    assert value(settle(problem)) == value(settle(other))


@given(problems(), st.randoms(use_true_random=False))
def test_one_condition_more_never_helps(problem, random):
    whole = settle(problem)
    for condition in random.sample(problem.conditions, min(3, len(problem.conditions))):
        fewer = settle(replace(problem, conditions=tuple(c for c in problem.conditions if c.id != condition.id)))
        if isinstance(whole, Settled):
            assert isinstance(fewer, Settled)
            assert rank(problem, *value(fewer)) <= rank(problem, *value(whole))


@given(problems())
def test_participant_without_conditions_and_costs_changes_nothing(problem):
    newcomer = replace(problem.participants[0], id="new", costs={}, current={}, takes_part=True)
    common = {c.id for c in problem.conditions if c.owner == "coordination"}
    if common:
        problem = replace(problem, conditions=tuple(c for c in problem.conditions if c.id not in common))
    joined = replace(problem, participants=(*problem.participants, newcomer))
    assert value(settle(joined)) == value(settle(problem))


@given(problems())
def test_same_question_gives_the_same_bytes_and_documents_come_back(problem):
    assert read_problem(write_problem(problem)) == problem
    outcome = settle(problem)
    text = write_outcome(outcome)
    assert text == write_outcome(settle(read_problem(write_problem(problem))))
    assert read_outcome(text) == outcome


@pytest.mark.parametrize("seconds", [0.0])
@given(problem=problems())
def test_out_of_time_is_said_and_never_wrong(problem, seconds):
    outcome = settle(problem, limits=Limits(seconds=seconds, cells=1, own_cells=1))
    twin = best(problem)
    if isinstance(outcome, Settled):
        assert twin is not None
        assert value(outcome) == (twin.likeness, twin.cost)
    elif not isinstance(outcome, Clash) and outcome.bound is not None and twin is not None:
        bound = outcome.bound.likeness, outcome.bound.cost
        assert (bound if problem.price_of_difference is None else (bound[1], 0)) <= rank(
            problem, twin.likeness, twin.cost
        )


@given(problems())
def test_tangled_participants_are_explained_like_all_others(problem):
    outcome = settle(problem)
    if isinstance(outcome, Settled):
        frame, own = outcome.proposal.frame, outcome.proposal.own()
        tangled = assess(problem, frame, own, limits=Limits(cells=4, own_cells=1))
        assert tangled.adaptations == outcome.proposal.adaptations
        assert [b.own_best_cost for b in tangled.balances] == [b.own_best_cost for b in outcome.proposal.balances]
