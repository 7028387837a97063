"""Explanations are tried against every other possible explanation."""

from dataclasses import replace
from itertools import combinations

from hypothesis import assume, event, given
from hypothesis import strategies as st

from questions import problems
from samordna_engine import Clash, Settled, Unfinished, cheapest_ways_out, settle, what_if, why_not
from samordna_engine.changes import DropCondition, FixOption, SetPriceOfDifference, SetSharing, SetTakesPart
from samordna_engine.outcome import OptionPrice
from samordna_engine.problem import Sharing
from samordna_engine.rules import aspects_of
from samordna_engine.solvers.exhaustive import best

SMALL = problems(max_aspects=3, max_participants=2, max_conditions=8)


def without(problem, names):
    return replace(problem, conditions=tuple(c for c in problem.conditions if c.id not in names))


def only(problem, names):
    return replace(problem, conditions=tuple(c for c in problem.conditions if c.id in names))


@given(SMALL)
def test_no_clash_is_smaller_or_comes_first(problem):
    clash = settle(problem)
    assume(isinstance(clash, Clash))
    assert clash.smallest
    ids = sorted(c.id for c in problem.conditions)
    owner = {c.id: c.owner for c in problem.conditions}
    for size in range(1, len(clash.members) + 1):
        for names in combinations(ids, size):
            if best(only(problem, names)) is None:
                ours = (len(clash.members), len(clash.owners), clash.conditions)
                assert ours <= (size, len({owner[name] for name in names}), names)
    event(f"{len(clash.members)} members")


@given(SMALL)
def test_first_way_out_is_the_cheapest_and_each_settles_the_matter(problem):
    clash = settle(problem)
    assume(isinstance(clash, Clash))
    ways = cheapest_ways_out(problem, clash)
    event(f"{len(ways)} ways")
    price = {c.id: c.relax_price for c in problem.conditions if c.relax_price is not None}
    for way in ways:
        assert way.price == sum(price[name] for name in way.conditions)
        assert best(without(problem, way.conditions)) is not None
        assert set(way.conditions) & set(clash.conditions)
    cheapest = ways[0].price if ways else sum(price.values()) + 1
    for size in range(1, len(price) + 1):
        for names in combinations(sorted(price), size):
            if sum(price[name] for name in names) < cheapest:
                assert best(without(problem, names)) is None


@given(SMALL, st.randoms(use_true_random=False))
def test_why_not_is_the_difference_or_the_clash(problem, random):
    shared = [aspect for aspect in problem.aspects if aspect.sharing is not Sharing.LOCAL]
    assume(shared)
    aspect = random.choice(shared)
    option = random.choice(aspect.option_ids())
    answer, free = why_not(problem, aspect.id, option), settle(problem)
    twin = best(problem, {aspect.id: option})
    event(type(answer).__name__)
    if isinstance(answer, OptionPrice):
        expected = (twin.likeness - free.objective.likeness, twin.cost - free.objective.cost)
        assert (answer.price.likeness, answer.price.cost) == expected
    else:
        assert twin is None
        assert not isinstance(answer, Unfinished)
        assert best(only(problem, answer.conditions), answer.given) is None


@given(SMALL, st.randoms(use_true_random=False))
def test_what_if_is_the_answer_to_the_changed_question(problem, random):
    aspect, person = random.choice(problem.aspects), random.choice(problem.participants)
    changes = [SetPriceOfDifference(price=random.choice([None, 3]))]
    if problem.conditions:
        changes.append(DropCondition(condition=problem.conditions[0].id))
    if not problem.needs:
        changes.append(SetSharing(aspect=aspect.id, sharing=random.choice(list(Sharing))))
    changes.append(SetTakesPart(participant=person.id, takes_part=not person.takes_part))
    asked = replace(
        problem,
        price_of_difference=changes[0].price,
        conditions=problem.conditions[1:],
        aspects=tuple(
            replace(a, sharing=changes[-2].sharing) if a is aspect and isinstance(changes[-2], SetSharing) else a
            for a in problem.aspects
        ),
        participants=tuple(replace(p, takes_part=not p.takes_part) if p is person else p for p in problem.participants),
    )
    assert what_if(problem, *changes) == settle(asked)


@given(SMALL, st.randoms(use_true_random=False))
def test_fixed_option_is_in_the_frame_and_the_price_holds(problem, random):
    free = settle(problem)
    assume(isinstance(free, Settled) and free.option_prices)
    aspect = random.choice(sorted(free.option_prices))
    option, price = random.choice(sorted(free.option_prices[aspect].items()))
    fixed = what_if(problem, FixOption(aspect=aspect, option=option))
    if price.price is None:
        assert isinstance(fixed, Clash)
    else:
        assert fixed.proposal.frame[aspect] == option
        assert fixed.objective.likeness - free.objective.likeness == price.price.likeness
        assert fixed.objective.cost - free.objective.cost == price.price.cost


@given(problems(max_aspects=3, max_participants=3))
def test_blocked_option_names_every_condition_that_forbids_it_alone(problem):
    outcome = settle(problem)
    assume(isinstance(outcome, Settled))
    for aspect, prices in outcome.option_prices.items():
        for option, price in prices.items():
            alone = {c.id for c in problem.conditions if best(only(problem, {c.id}), {aspect: option}) is None}
            about_it = {c.id for c in problem.conditions if c.id in alone and mentions_only(c, aspect)}
            if price.blocked_by:
                assert set(price.blocked_by) == about_it
            else:
                assert not about_it


def mentions_only(condition, aspect):
    return set(aspects_of(condition.rule)) == {aspect}
