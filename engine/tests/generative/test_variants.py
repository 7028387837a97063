"""Fewest variants: the same as trying every menu, and refused before it is too large."""

import itertools
from dataclasses import replace

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from matters import aspect, condition, is_, matter, need, participant
from questions import problems
from samordna_engine import COORDINATION, Clash, Limits, Sharing, TooLarge, Unproved, variants
from samordna_engine.checking import holds
from samordna_engine.rules import aspects_of
from samordna_engine.solvers.exhaustive import rank
from samordna_engine.variants import FewestVariants, MoreVariantsNeeded, settle_fewest_variants


def possible(problem, person):
    """The own values that meet all conditions, each with its cost."""
    known = {a.id: a for a in problem.aspects}
    rules = [c.rule for c in problem.conditions if c.owner in (COORDINATION, person.id)]
    needs = [n for n in problem.needs if n.owner == person.id]
    for options in itertools.product(*(a.option_ids() for a in problem.aspects)):
        values = dict(zip(known, options, strict=True))
        if all(holds(rule, values, known) for rule in rules):
            cost = sum(person.costs[a][o].likely for a, o in values.items() if o in person.costs.get(a, {}))
            yield values, cost + sum(n.weight for n in needs if not holds(n.rule, values, known))


def lost_by_all(problem, menus):
    known = {a.id: a for a in problem.aspects}
    lost = 0
    for stated in (n for n in problem.needs if n.owner == COORDINATION):
        names = aspects_of(stated.rule)
        offered = itertools.product(*(menus[name] for name in names))
        if not all(holds(stated.rule, dict(zip(names, options, strict=True)), known) for options in offered):
            lost += stated.weight
    return lost


def by_trying_everything(problem, at_most):
    """(weighted variants, cost) of the best menus, or None."""
    among = [list(possible(problem, person)) for person in problem.taking_part()]
    shared = [a for a in problem.aspects if a.sharing is not Sharing.LOCAL]
    sizes = [range(1, (at_most if a.sharing is Sharing.FRAMED else 1) + 1) for a in shared]
    menus = [
        [menu for size in of for menu in itertools.combinations(a.option_ids(), size)]
        for a, of in zip(shared, sizes, strict=True)
    ]
    found = []
    for choice in itertools.product(*menus):
        offered = dict(zip((a.id for a in shared), choice, strict=True))
        costs = [
            min((cost for values, cost in own if all(values[a] in offered[a] for a in offered)), default=None)
            for own in among
        ]
        if None not in costs:
            weighted = sum(a.weight * (len(offered[a.id]) - 1) for a in shared)
            found.append((weighted, sum(costs) + lost_by_all(problem, offered)))
    return min(found, key=lambda pair: rank(problem, *pair), default=None)


def taking_part(problem):
    return replace(problem, participants=tuple(replace(p, takes_part=True) for p in problem.participants))


@given(problems(max_aspects=3), st.integers(1, 3), st.sampled_from([(1 << 20, 1 << 20), (4, 1), (8, 64)]))
def test_variants_are_those_of_trying_everything(problem, at_most, sizes):
    problem = taking_part(problem)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(variants, "ROW_CELLS", sizes[1])
        outcome = settle_fewest_variants(problem, at_most, limits=Limits(cells=sizes[0]))
    event(type(outcome).__name__)
    found = (outcome.weighted, outcome.cost) if isinstance(outcome, FewestVariants) else None
    assert found == by_trying_everything(problem, at_most)
    if isinstance(outcome, FewestVariants):
        assert outcome.proved
        assert (outcome.bound.likeness, outcome.bound.cost) == found


@given(problems(max_aspects=3), st.integers(1, 20))
def test_stopped_early_the_bound_holds(problem, looks):
    problem = taking_part(problem)
    clock = itertools.count()
    outcome = settle_fewest_variants(problem, limits=Limits(cells=4, seconds=looks, now=lambda: next(clock)))
    event(f"{type(outcome).__name__} {getattr(outcome, 'proved', None)}")
    if isinstance(outcome, FewestVariants):
        best = rank(problem, *by_trying_everything(problem, 3))
        assert rank(problem, outcome.bound.likeness, outcome.bound.cost)[0] <= best[0]
        assert best <= rank(problem, outcome.weighted, outcome.cost)


def three(**more):
    people = [participant("p", a={"y": 1, "z": 5}), participant("q", a={"x": 1, "z": 5}), participant("r", a={"x": 9})]
    return matter([aspect("a", "x", "y", "z", sharing=Sharing.FRAMED)], people, **more)


def test_who_uses_which():
    stated = [condition("one", "p", is_("a", "x")), condition("two", "q", is_("a", "y"))]
    outcome = settle_fewest_variants(three(conditions=stated))
    assert outcome.menus == {"a": ("x", "y")}
    assert outcome.used_by == {"a": {"x": ("p",), "y": ("q", "r")}}
    assert outcome.own["r"] == {"a": "y"}
    assert (outcome.variants, outcome.cost) == (1, 0)


def test_one_variant_is_cheaper_than_two_only_where_difference_has_no_price():
    assert settle_fewest_variants(three()).menus == {"a": ("y",)}
    assert settle_fewest_variants(three(price=0)).menus == {"a": ("x", "y")}


def test_too_many_needed_is_no_clash():
    stated = [condition(o, who, is_("a", o)) for who, o in zip("pqr", "xyz", strict=True)]
    assert settle_fewest_variants(three(conditions=stated), 2) == MoreVariantsNeeded(
        at_most=2, proof=settle_fewest_variants(three(conditions=stated), 2).proof
    )
    assert isinstance(settle_fewest_variants(three(conditions=stated), 3), FewestVariants)
    common = [aspect("a", "x", "y", "z")]
    assert isinstance(settle_fewest_variants(replace(three(conditions=stated), aspects=tuple(common))), Clash)


def test_need_of_the_coordination_is_about_all_that_is_offered():
    stated = [condition("one", "p", is_("a", "x")), condition("two", "q", is_("a", "y"))]
    asked = [need("n", COORDINATION, is_("a", "x"), 7)]
    assert settle_fewest_variants(three(conditions=stated, needs=asked)).cost == 7


def test_tables_over_menus_are_measured_before_they_are_made(monkeypatch):
    monkeypatch.setattr(variants, "TABLE_CELLS", 6)
    with pytest.raises(TooLarge, match="cells of the tables over menus is 7"):
        settle_fewest_variants(three(), solver=False)


def test_wrong_values_are_caught(monkeypatch):
    right = variants._chosen
    monkeypatch.setattr(variants, "_chosen", lambda *given: (right(*given) + 1) % 3)
    with pytest.raises(Unproved):
        settle_fewest_variants(three())
