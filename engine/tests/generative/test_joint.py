"""Joint conditions: the same as trying everything, bounds that hold when stopped, and clashes that are irreducible."""

import itertools
from dataclasses import replace

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from joint_questions import JOINTLY
from matters import aspect, condition, is_, matter, participant
from samordna_engine import (
    COORDINATION,
    Clash,
    Limits,
    Sharing,
    TooLarge,
    Unfinished,
    Unproved,
)
from samordna_engine.checking import holds, is_about_frame
from samordna_engine.joint import SettledJointly, settle_jointly
from samordna_engine.joint import check as joint_check
from samordna_engine.joint import leaf as joint_leaf
from samordna_engine.joint import measures as joint_measures
from samordna_engine.joint import search as joint_search
from samordna_engine.joint.clash import JointClash
from samordna_engine.limits import Deadline
from samordna_engine.outcome import Price
from samordna_engine.parts import Joint, JointKind
from samordna_engine.projection.matter import Numbering
from samordna_engine.solvers import cpsat
from samordna_engine.solvers.exhaustive import rank


def uses(problem, person, values):
    found = []
    for bound in problem.joint:
        if bound.kind is JointKind.BUDGET:
            names = [bound.aspect] if bound.aspect else list(values)
            of = (person.costs.get(name, {}).get(values[name]) for name in names)
            found.append(sum(cost.likely for cost in of if cost is not None))
        elif bound.kind is JointKind.CAPACITY:
            found.append(int(values[bound.aspect] == bound.option))
        else:
            found.append(frozenset([values[bound.aspect]]))
    return tuple(found)


def joined(one, other):
    return tuple(a | b if isinstance(a, frozenset) else a + b for a, b in zip(one, other, strict=True))


def within(problem, used):
    sizes = [len(u) if isinstance(u, frozenset) else u for u in used]
    return all(size <= bound.limit for size, bound in zip(sizes, problem.joint, strict=True))


def choices(problem, person):
    """Own values that meet the conditions, with likeness left out: (values, cost, uses)."""
    known = {a.id: a for a in problem.aspects}
    rules = [c.rule for c in problem.conditions if c.owner in (COORDINATION, person.id)]
    needs = [n for n in problem.needs if n.owner == person.id]
    for options in itertools.product(*(a.option_ids() for a in problem.aspects)):
        values = dict(zip(known, options, strict=True))
        if all(holds(rule, values, known) for rule in rules):
            cost = sum(person.costs[a][o].likely for a, o in values.items() if o in person.costs.get(a, {}))
            cost += sum(n.weight for n in needs if not holds(n.rule, values, known))
            yield values, cost, uses(problem, person, values)


def by_trying_everything(problem):
    """(likeness, cost) of the best decision within all conditions and joint conditions, or None."""
    known = {a.id: a for a in problem.aspects}
    shared = [a for a in problem.aspects if a.sharing is not Sharing.LOCAL]
    among = [list(choices(problem, person)) for person in problem.taking_part()]
    found = []
    for options in itertools.product(*(a.option_ids() for a in shared)):
        frame = dict(zip((a.id for a in shared), options, strict=True))
        if not all(holds(c.rule, frame, known) for c in problem.conditions if is_about_frame(c, known)):
            continue
        common_needs = (n for n in problem.needs if n.owner == COORDINATION)
        lost = sum(n.weight for n in common_needs if not holds(n.rule, frame, known))
        empty = tuple(frozenset() if j.kind is JointKind.MAX_VARIANTS else 0 for j in problem.joint)
        totals = {(0, lost, empty)}
        for own in among:
            totals = {
                (likeness + differences(shared, frame, values), spent + cost, joined(used, more))
                for likeness, spent, used in totals
                for values, cost, more in own
                if all(values[a.id] == frame[a.id] for a in shared if a.sharing is Sharing.COMMON)
            }
        found += [(likeness, cost) for likeness, cost, used in totals if within(problem, used)]
    return min(found, key=lambda pair: rank(problem, *pair), default=None)


def differences(shared, frame, values):
    framed = (a for a in shared if a.sharing is Sharing.FRAMED)
    return sum(a.weight for a in framed if values[a.id] != frame[a.id])


@given(JOINTLY, st.sampled_from([(1 << 20, 1 << 10), (4, 1 << 10), (1 << 20, 1)]))
def test_optimum_is_that_of_trying_everything(problem, sizes):
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(joint_search, "UNIT", sizes[1])
        outcome = settle_jointly(problem, limits=Limits(cells=sizes[0]), solver=False)
    event(type(outcome).__name__)
    expected = by_trying_everything(problem)
    if isinstance(outcome, SettledJointly):
        assert (outcome.objective.likeness, outcome.objective.cost) == expected
    else:
        assert isinstance(outcome, Clash | JointClash)
        assert expected is None


@given(JOINTLY, st.integers(1, 40), st.sampled_from([(1, 5000), (1 << 16, 0), (1, 1)]))
def test_stopped_early_the_bound_holds(problem, looks, sizes):
    clock = itertools.count()
    limits = Limits(seconds=looks, now=lambda: next(clock))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(joint_leaf, "STATES", sizes[0])
        patched.setattr(joint_search, "LEAVES", sizes[1])
        patched.setattr(joint_search, "PROBES", 1)
        outcome = settle_jointly(problem, limits=limits, solver=False)
    expected = by_trying_everything(problem)
    event(type(outcome).__name__)
    if isinstance(outcome, SettledJointly):
        assert (outcome.objective.likeness, outcome.objective.cost) == expected
    elif isinstance(outcome, Unfinished) and expected is not None:
        if outcome.bound is not None:
            bound = rank(problem, outcome.bound.likeness, outcome.bound.cost)
            best = rank(problem, *expected)
            assert bound <= best if problem.price_of_difference is None else bound[0] <= best[0]
        if outcome.best is not None:
            assert rank(problem, *expected) <= rank(problem, outcome.best.likeness.weighted, outcome.best.cost)


@given(JOINTLY)
def test_joint_clash_is_irreducible(problem):
    outcome = settle_jointly(problem, solver=False)
    event(type(outcome).__name__)
    if not isinstance(outcome, JointClash):
        return
    assert outcome.joints
    members = {*outcome.joints, *outcome.conditions}

    def only(names):
        kept = tuple(c for c in problem.conditions if c.id in names)
        return replace(problem, conditions=kept, joint=tuple(j for j in problem.joint if j.id in names))

    assert by_trying_everything(only(members)) is None
    assert all(by_trying_everything(only(members - {name})) is not None for name in members)
    assert outcome.examples.keys() == members
    assert outcome.proof.checks == ("jointly_impossible", "possible_without_each")
    stated = [*problem.conditions, *problem.joint]
    assert outcome.owners == tuple(sorted({each.owner for each in stated if each.id in members}))


def three(*joints, **more):
    people = [participant("p", a={"y": 6}), participant("q", a={"y": 5}), participant("r", a={"x": 9})]
    problem = matter([aspect("a", "x", "y", sharing=Sharing.FRAMED)], people, **more)
    return replace(problem, joint=joints)


def bound(name, kind, limit, **more):
    return Joint(id=name, kind=kind, limit=limit, reason="for the test", **more)


def test_budget_makes_more_differ():
    assert settle_jointly(three()).objective == Price(likeness=0, cost=9)
    outcome = settle_jointly(three(bound("money", JointKind.BUDGET, 5)))
    assert outcome.proposal.frame == {"a": "x"}
    assert outcome.proposal.own() == {"r": {"a": "y"}}
    assert (outcome.objective, outcome.used) == (Price(likeness=1, cost=0), {"money": 0})


def test_capacity_moves_the_cheapest():
    outcome = settle_jointly(three(bound("room", JointKind.CAPACITY, 1, aspect="a", option="x")))
    assert outcome.proposal.frame == {"a": "y"}
    assert outcome.objective == Price(likeness=0, cost=11)
    crowded = bound("other", JointKind.CAPACITY, 2, aspect="a", option="y")
    outcome = settle_jointly(three(bound("room", JointKind.CAPACITY, 1, aspect="a", option="x"), crowded))
    assert (outcome.proposal.own(), outcome.objective) == ({"p": {"a": "x"}}, Price(likeness=1, cost=5))


def test_joint_clash_names_whom_it_takes():
    stated = [condition(name, name, is_("a", option)) for name, option in zip("pqr", "xyy", strict=True)]
    outcome = settle_jointly(three(bound("same", JointKind.MAX_VARIANTS, 1, aspect="a", owner="r"), conditions=stated))
    assert isinstance(outcome, JointClash)
    assert (outcome.joints, outcome.conditions) in [(("same",), ("p", "q")), (("same",), ("p", "r"))]
    assert "r" in outcome.owners


def test_wrong_sum_is_caught(monkeypatch):
    right = joint_measures.Measures.totals
    monkeypatch.setattr(
        joint_measures.Measures,
        "totals",
        lambda *given: tuple(number + (i == 1) for i, number in enumerate(right(*given))),
    )
    with pytest.raises(Unproved, match="the numbers do not agree"):
        settle_jointly(three(bound("money", JointKind.BUDGET, 100)))


def test_forgotten_limit_is_caught(monkeypatch):
    monkeypatch.setattr(joint_search, "_limits", lambda _: [])
    with pytest.raises(Unproved, match="the proposal breaks 1 conditions"):
        settle_jointly(three(bound("money", JointKind.BUDGET, 5)), solver=False)


def test_plain_search_gives_up_rather_than_guess(monkeypatch):
    monkeypatch.setattr(joint_check, "MAX_STEPS", 1)
    outcome = settle_jointly(three(bound("money", JointKind.BUDGET, -1)))
    assert outcome.proof.checks == ("possible_without_each",)


def test_absent_solver_is_named(monkeypatch):
    monkeypatch.setattr(cpsat, "find_spec", lambda _: None)
    problem = three(bound("money", JointKind.BUDGET, 5))
    numbering = Numbering(problem)
    measures = joint_measures.Measures(numbering, numbering.matter({}), problem.joint)
    with pytest.raises(TooLarge, match="the extra 'solver', which is not installed"):
        cpsat.close(
            measures, None, joint_search.Answer(decision=None, bound=0, second=None, proved=False), Deadline.never()
        )
