"""What must be so of every question, whatever the answer: questions that are related have answers that are."""

from dataclasses import replace
from itertools import product

from hypothesis import event, given
from hypothesis import strategies as st

from questions import problems
from samordna_engine import COORDINATION, Clash, Limits, Necessity, Range, Settled, Sharing, assess, check, settle
from samordna_engine.checking import measure
from samordna_engine.parts import AspectKind
from samordna_engine.rules import AllOf, AnyOf, If, NeverTogether, SumAtLeast, SumAtMost, Together, aspects_of
from samordna_engine.solvers.exhaustive import best, rank

TINY = Limits(cells=4, own_cells=4)


def value(outcome):
    return (outcome.objective.likeness, outcome.objective.cost) if isinstance(outcome, Settled) else None


def ranked(problem, outcome):
    found = value(outcome)
    return None if found is None else rank(problem, *found)


@given(problems())
def test_making_an_aspect_common_never_helps(problem):
    whole = settle(problem)
    for aspect in problem.aspects:
        common = replace(aspect, sharing=Sharing.COMMON)
        tied = settle(replace(problem, aspects=tuple(common if a is aspect else a for a in problem.aspects)))
        if isinstance(tied, Settled):
            assert isinstance(whole, Settled)
            assert ranked(problem, whole) <= ranked(problem, tied)


@given(problems(), st.integers(2, 4))
def test_costs_needs_and_price_so_many_times_as_large_scale_the_cost(problem, times):
    scaled = replace(
        problem,
        participants=tuple(replace(p, costs=scaled_costs(p, times)) for p in problem.participants),
        needs=tuple(replace(n, weight=n.weight * times) for n in problem.needs),
        price_of_difference=None if problem.price_of_difference is None else problem.price_of_difference * times,
    )
    one, other = value(settle(problem)), value(settle(scaled))
    assert other == (None if one is None else (one[0], one[1] * times))


def scaled_costs(participant, times):
    return {
        aspect: {
            option: Range(low=cost.low * times, likely=cost.likely * times, high=cost.high * times)
            for option, cost in of.items()
        }
        for aspect, of in participant.costs.items()
    }


@given(problems(max_aspects=3, max_conditions=6), st.integers(2, 3))
def test_everybody_so_many_times_gives_so_many_times_the_sum(problem, times):
    common = tuple(n for n in problem.needs if n.owner == COORDINATION)
    problem = replace(problem, needs=tuple(n for n in problem.needs if n not in common))
    copies = range(times)
    cloned = replace(
        problem,
        participants=tuple(replace(p, id=f"{p.id}-{i}") for i in copies for p in problem.participants),
        conditions=tuple(copied(c, i) for i in copies for c in problem.conditions if i == 0 or c.owner != COORDINATION),
        needs=tuple(copied(n, i) for i in copies for n in problem.needs),
    )
    one, other = value(settle(problem)), value(settle(cloned, limits=TINY))
    assert other == (None if one is None else (one[0] * times, one[1] * times))


def copied(stated, i):
    owner = stated.owner if stated.owner == COORDINATION else f"{stated.owner}-{i}"
    return replace(stated, id=f"{stated.id}-{i}", owner=owner)


@given(problems(max_aspects=2, max_conditions=5), problems(max_aspects=2, max_conditions=5))
def test_two_matters_side_by_side_add_up(one, other):
    if len(one.participants) != len(other.participants):
        return
    one, other = (
        everybody_takes_part(one),
        everybody_takes_part(replace(other, price_of_difference=one.price_of_difference)),
    )
    beside = beside_of(other)
    together = replace(
        one,
        aspects=one.aspects + beside.aspects,
        participants=tuple(joined(p, beside) for p in one.participants),
        conditions=one.conditions + beside.conditions,
        needs=one.needs + beside.needs,
    )
    first, second, both = value(settle(one)), value(settle(other)), value(settle(together))
    assert both == (None if None in (first, second) else (first[0] + second[0], first[1] + second[1]))


def everybody_takes_part(problem):
    return replace(problem, participants=tuple(replace(p, takes_part=True) for p in problem.participants))


def beside_of(problem):
    """The same question with other names for its aspects and statements."""
    return replace(
        problem,
        aspects=tuple(replace(a, id=f"b-{a.id}") for a in problem.aspects),
        participants=tuple(
            replace(
                p,
                costs={f"b-{a}": of for a, of in p.costs.items()},
                current={f"b-{a}": o for a, o in p.current.items()},
            )
            for p in problem.participants
        ),
        conditions=tuple(replace(c, id=f"b-{c.id}", rule=about(c.rule)) for c in problem.conditions),
        needs=tuple(replace(n, id=f"b-{n.id}", rule=about(n.rule)) for n in problem.needs),
    )


def about(rule):
    match rule:
        case AllOf() | AnyOf():
            return replace(rule, parts=tuple(map(about, rule.parts)))
        case If():
            return If(all_of=tuple(map(about, rule.all_of)), then=tuple(map(about, rule.then)))
        case Together() | NeverTogether() | SumAtLeast() | SumAtMost():
            return replace(rule, aspects=tuple(f"b-{name}" for name in rule.aspects))
    return replace(rule, aspect=f"b-{rule.aspect}")


def joined(participant, beside):
    other = next(p for p in beside.participants if p.id == participant.id)
    return replace(
        participant, costs={**participant.costs, **other.costs}, current={**participant.current, **other.current}
    )


@given(problems(), st.randoms(use_true_random=False))
def test_order_of_options_and_aspects_does_not_matter(problem, random):
    def shuffled(items):
        return tuple(random.sample(items, len(items)))

    other = replace(
        problem,
        aspects=shuffled(
            [replace(a, options=shuffled(a.options)) if a.kind is AspectKind.CHOICE else a for a in problem.aspects]
        ),
    )
    assert value(settle(problem)) == value(settle(other))


@given(problems(max_aspects=3, max_participants=3))
def test_with_likeness_first_no_difference_can_be_undone_alone(problem):
    outcome = settle(replace(problem, price_of_difference=None))
    if not isinstance(outcome, Settled):
        return
    frame, own = outcome.proposal.frame, outcome.proposal.own()
    event(f"{len(outcome.proposal.adaptations)} differences")
    for adaptation in outcome.proposal.adaptations:
        followed = {name: dict(values) for name, values in own.items()}
        del followed[adaptation.participant][adaptation.aspect]
        assert check(problem, frame, followed)


@given(problems(max_aspects=3, max_participants=3))
def test_undoing_a_difference_at_a_price_breaks_something_or_does_not_pay(problem):
    outcome = settle(problem)
    if not isinstance(outcome, Settled):
        return
    frame, own = outcome.proposal.frame, outcome.proposal.own()
    now = ranked(problem, outcome)
    for adaptation in outcome.proposal.adaptations:
        followed = {name: dict(values) for name, values in own.items()}
        del followed[adaptation.participant][adaptation.aspect]
        if not check(problem, frame, followed):
            likeness, cost, _ = measure(problem, frame, followed)
            assert rank(problem, likeness.weighted, cost) > now


@given(problems(max_aspects=3))
def test_own_best_is_what_each_would_do_alone(problem):
    outcome = settle(problem)
    if not isinstance(outcome, Settled):
        return
    for balance in outcome.proposal.balances:
        person = next(p for p in problem.participants if p.id == balance.owner)
        alone = replace(
            problem,
            aspects=tuple(replace(a, sharing=Sharing.LOCAL) for a in problem.aspects),
            participants=(person,),
            conditions=tuple(c for c in problem.conditions if c.owner == person.id),
            needs=tuple(n for n in problem.needs if n.owner == person.id),
        )
        assert balance.own_best_cost == best(alone).cost
        assert balance.given_up.likely == balance.cost.likely + balance.need_loss - balance.own_best_cost
    sums = [
        sum(b.own_best_cost for b in outcome.proposal.balances),
        sum(b.benefit.likely for b in outcome.proposal.balances),
    ]
    assert [outcome.proposal.whole.own_best_cost, outcome.proposal.whole.benefit.likely] == sums


@given(problems(max_aspects=3, max_participants=2), st.randoms(use_true_random=False))
def test_differences_of_a_proposal_by_hand_are_told_as_they_are(problem, random):
    """Unnecessary: following the frame there, other own values as good as can be, breaks nothing and costs less."""
    shared = [a for a in problem.aspects if a.sharing is not Sharing.LOCAL]
    frame = {a.id: random.choice(a.option_ids()) for a in shared}
    free = [a for a in problem.aspects if a.sharing is not Sharing.COMMON]
    singles = {p.id: single(problem, p, free) for p in problem.taking_part()}
    ways = {name: list(own_ways(alone, name, frame, free)) for name, alone in singles.items()}
    if not all(ways.values()):
        return
    own = {name: random.choice(some) for name, some in ways.items()}
    for adaptation in assess(problem, frame, own).adaptations:
        event(adaptation.necessity)
        name = adaptation.participant
        back = [w for w in ways[name] if w[adaptation.aspect] == frame[adaptation.aspect]]
        now, *there = [sum_of(problem, singles[name], frame, name, w) for w in (own[name], *back)]
        if not there:
            assert adaptation.necessity is Necessity.NECESSARY
        elif min(there) < now:
            assert adaptation.necessity is Necessity.UNNECESSARY
        else:
            assert adaptation.necessity in (Necessity.ELSEWHERE, Necessity.WORTH_IT)


def single(problem, person, free):
    """The question of one participant's own values."""
    mine = [c for c in problem.conditions if c.owner in (person.id, COORDINATION)]
    return replace(
        problem,
        participants=tuple(replace(p, takes_part=p is person) for p in problem.participants),
        conditions=tuple(c for c in mine if c.owner != COORDINATION or touches(c, free)),
        needs=tuple(n for n in problem.needs if n.owner == person.id),
    )


def own_ways(alone, name, frame, free):
    """The own values that break nothing of one's own."""
    for options in product(*(a.option_ids() for a in free)):
        values = {a.id: option for a, option in zip(free, options, strict=True)}
        if not any(v.participant == name for v in check(alone, frame, {name: values})):
            yield values


def sum_of(problem, alone, frame, name, values):
    likeness, cost, _ = measure(alone, frame, {name: values})
    return rank(problem, likeness.weighted, cost)


def touches(condition, free):
    return not {a.id for a in free}.isdisjoint(aspects_of(condition.rule))


@given(problems(), st.randoms(use_true_random=False))
def test_clash_stays_with_one_condition_more(problem, random):
    outcome = settle(problem)
    if not isinstance(outcome, Clash):
        return
    kept = tuple(c for c in problem.conditions if c.id in outcome.conditions)
    assert isinstance(settle(replace(problem, conditions=kept)), Clash)
    others = [condition for condition in problem.conditions if condition not in kept]
    for condition in random.sample(others, min(3, len(others))):
        assert isinstance(settle(replace(problem, conditions=(*kept, condition))), Clash)
