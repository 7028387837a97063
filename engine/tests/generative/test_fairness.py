"""The worst-off first: the same as trying every frame, and honest when stopped."""

import itertools
from dataclasses import replace

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from matters import aspect, condition, is_, matter, need, participant
from questions import problems
from samordna_engine import COORDINATION, Clash, If, Limits, Sharing, TooLarge, Unfinished, Unproved, fairness
from samordna_engine.checking import holds, is_about_frame
from samordna_engine.fairness import WorstOff, worst_off_first
from samordna_engine.parts import Joint, JointKind
from samordna_engine.solvers.exhaustive import rank


def combinations(aspects):
    for options in itertools.product(*(a.option_ids() for a in aspects)):
        yield dict(zip((a.id for a in aspects), options, strict=True))


def own_cost(problem, person, values):
    known = {a.id: a for a in problem.aspects}
    cost = sum(person.costs[a][o].likely for a, o in values.items() if o in person.costs.get(a, {}))
    return cost + sum(n.weight for n in problem.needs if n.owner == person.id and not holds(n.rule, values, known))


def possible(problem, person):
    """The own values that meet the conditions the participant must meet, each with its cost."""
    known = {a.id: a for a in problem.aspects}
    rules = [c.rule for c in problem.conditions if c.owner in (COORDINATION, person.id)]
    met = (values for values in combinations(problem.aspects) if all(holds(rule, values, known) for rule in rules))
    return [(values, own_cost(problem, person, values)) for values in met]


def best_under(problem, among, frame):
    """The cost of the own values, of those that are possible, that are had under a frame; None where there are none."""
    common = [a.id for a in problem.aspects if a.sharing is Sharing.COMMON]
    framed = [a for a in problem.aspects if a.sharing is Sharing.FRAMED]
    found = []
    for values, cost in among:
        if all(values[name] == frame[name] for name in common):
            differences = sum(a.weight for a in framed if values[a.id] != frame[a.id])
            found.append((rank(problem, differences, cost), cost))
    return min(found)[1] if found else None


def alone(problem, person):
    known = {a.id: a for a in problem.aspects}
    rules = [c.rule for c in problem.conditions if c.owner == person.id]
    costs = [
        own_cost(problem, person, values)
        for values in combinations(problem.aspects)
        if all(holds(rule, values, known) for rule in rules)
    ]
    return min(costs, default=0)


def by_trying_everything(problem, fixed):
    """(worst net, sum of nets less unmet common needs) of the fairest frame, or None."""
    known = {a.id: a for a in problem.aspects}
    common_rules = [c.rule for c in problem.conditions if is_about_frame(c, known)]
    common_needs = [n for n in problem.needs if n.owner == COORDINATION]
    own_best = {p.id: alone(problem, p) for p in problem.taking_part()}
    among = {p.id: possible(problem, p) for p in problem.taking_part()}
    found = []
    for frame in combinations([a for a in problem.aspects if a.sharing is not Sharing.LOCAL]):
        if fixed.items() <= frame.items() and all(holds(rule, frame, known) for rule in common_rules):
            costs = [best_under(problem, among[person.id], frame) for person in problem.taking_part()]
            if None in costs:
                continue
            people = zip(problem.taking_part(), costs, strict=True)
            nets = [person.benefit.likely - cost + own_best[person.id] for person, cost in people]
            lost = sum(n.weight for n in common_needs if not holds(n.rule, frame, known))
            found.append((min(nets), sum(nets) - lost))
    return max(found, default=None)


def taking_part(problem):
    return replace(problem, participants=tuple(replace(p, takes_part=True) for p in problem.participants))


@given(problems(max_aspects=3), st.sampled_from([(1, 24), (1 << 20, 24), (1, 0), (1 << 20, 1)]))
def test_fairest_is_that_of_trying_everything(problem, sizes):
    problem = taking_part(problem)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(fairness, "BATCH_CELLS", sizes[0])
        patched.setattr(fairness, "PLAIN_BATCHES", sizes[1])
        outcome = worst_off_first(problem)
    event(type(outcome).__name__)
    expected = by_trying_everything(problem, {})
    found = (outcome.worst, outcome.total) if isinstance(outcome, WorstOff) else None
    assert found == expected
    if isinstance(outcome, WorstOff):
        assert outcome.proved
        assert outcome.bound == outcome.worst == min(outcome.nets.values())


@given(problems(max_aspects=3), st.integers(1, 12), st.sampled_from([0, 24]))
def test_stopped_early_the_bound_holds(problem, looks, plain):
    problem = taking_part(problem)
    clock = itertools.count()
    limits = Limits(seconds=looks, now=lambda: next(clock))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(fairness, "BATCH_CELLS", 1)
        patched.setattr(fairness, "PLAIN_BATCHES", plain)
        outcome = worst_off_first(problem, limits=limits)
    expected = by_trying_everything(problem, {})
    event(f"{type(outcome).__name__} {getattr(outcome, 'proved', None)}")
    if isinstance(outcome, WorstOff):
        assert (outcome.worst, outcome.total) <= expected
        assert outcome.worst <= expected[0] <= outcome.bound
        assert not outcome.proved or (outcome.worst, outcome.total) == expected
    else:
        assert isinstance(outcome, Unfinished) or expected is None


@given(problems(max_aspects=3), st.integers(0, 100))
def test_fixed_options_stay(problem, seed):
    problem = taking_part(problem)
    shared = [a for a in problem.aspects if a.sharing is not Sharing.LOCAL]
    if not shared:
        return
    chosen = shared[seed % len(shared)]
    fixed = {chosen.id: chosen.option_ids()[seed % len(chosen.options)]}
    outcome = worst_off_first(problem, given=fixed)
    found = (outcome.worst, outcome.total) if isinstance(outcome, WorstOff) else None
    assert found == by_trying_everything(problem, fixed)
    assert found is None or fixed.items() <= outcome.frame.items()


def uneven(**more):
    people = [
        participant("p", 10, a={"y": 4, "z": 1}),
        participant("q", 3, a={"x": 9, "z": 2}),
        participant("r", 20, a={"z": 30}),
    ]
    return matter([aspect("a", "x", "y", "z")], people, **more)


def test_least_net_comes_before_the_sum():
    outcome = worst_off_first(uneven())
    assert outcome.frame == {"a": "y"}
    assert outcome.nets == {"p": 6, "q": 3, "r": 20}
    assert (outcome.worst, outcome.worst_off, outcome.total) == (3, ("q",), 29)


def test_need_of_the_coordination_counts_in_the_sum_only():
    outcome = worst_off_first(uneven(needs=[need("n", COORDINATION, is_("a", "x"), 100)]))
    assert outcome.frame == {"a": "y"}
    assert outcome.total == 29 - 100


def test_two_needs_of_the_same_aspects_both_count():
    chosen = If(all_of=(is_("a", "x"),), then=(is_("b", "y"),))
    other = If(all_of=(is_("a", "x"),), then=(is_("b", "z"),))
    problem = matter(
        [aspect("a", "x"), aspect("b", "x", "y", "z")],
        [participant("p"), participant("q", b={"y": 9, "z": 9}), participant("r")],
        needs=[need("one", "p", chosen, 3), need("two", "p", other, 4)],
    )
    outcome = worst_off_first(problem, given={"b": "x"})
    assert (outcome.worst, outcome.nets) == (-4, {"p": -4, "q": 0, "r": 0})


def test_clash_is_told():
    stated = [condition("one", "p", is_("a", "x")), condition("two", "q", is_("a", "y"))]
    outcome = worst_off_first(uneven(conditions=stated))
    assert isinstance(outcome, Clash)
    assert outcome.conditions == ("one", "two")


def test_joint_conditions_are_refused():
    joint = Joint(id="j", kind=JointKind.BUDGET, limit=1, reason="money")
    with pytest.raises(TooLarge, match="joint conditions"):
        worst_off_first(replace(uneven(), joint=(joint,)))


def test_wrong_net_is_caught(monkeypatch):
    right = fairness.costs_in
    monkeypatch.setattr(fairness, "costs_in", lambda scale, joined: right(scale, joined) // 2)
    with pytest.raises(Unproved, match="numbers do not agree"):
        worst_off_first(uneven())
