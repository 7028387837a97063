"""What is odd about a question is told before it is solved."""

from dataclasses import replace
from importlib import import_module
from itertools import combinations

from hypothesis import given

from matters import aspect, condition, is_, matter, participant
from questions import problems
from samordna_engine import If, IsNot, Sharing
from samordna_engine.problem import COORDINATION
from samordna_engine.remarks import RemarkKind, remarks
from samordna_engine.solvers.exhaustive import best


def test_owner_that_contradicts_itself_is_told_with_only_the_conditions_it_takes():
    form = aspect("form", "x", "y", "z", sharing=Sharing.FRAMED)
    stated = [
        condition("a1", "a", is_("form", "x", "y")),
        condition("b1", "b", is_("form", "z")),
        condition("a2", "a", IsNot(aspect="form", options=("x",))),
        condition("a3", "a", If(all_of=(is_("form", "x"),), then=(is_("form", "z"),))),
        condition("a4", "a", is_("form", "x", "z")),
    ]
    (remark,) = remarks(matter([form], [participant("a"), participant("b")], stated))
    assert (remark.kind, remark.owner, remark.path) == ("contradicts_itself", "a", "conditions[4]")
    assert remark.conditions == ("a1", "a2", "a4")


def test_same_condition_twice_is_told_with_all_that_say_it():
    form = aspect("form", "x", "y", "z")
    stated = [
        condition(f"{owner}{i}", owner, is_("form", "x")) for i in range(3) for owner in "ab" if (i, owner) != (2, "b")
    ]
    told = [(r.kind, r.owner, r.path, r.conditions) for r in remarks(matter([form], map(participant, "ab"), stated))]
    assert told == [
        (RemarkKind.STATED_TWICE, "b", "conditions[3]", ("b0", "b1")),
        (RemarkKind.STATED_TWICE, "a", "conditions[4]", ("a0", "a1", "a2")),
    ]


def test_question_too_large_to_search_plainly_is_left_to_the_solver(monkeypatch):
    monkeypatch.setattr(import_module("samordna_engine.checking"), "MAX_STEPS", 1)
    form = aspect("form", "x", "y")
    stated = [condition("a1", "a", is_("form", "x")), condition("a2", "a", is_("form", "y"))]
    assert remarks(matter([form], [participant("a")], stated)) == ()


@given(problems(max_aspects=3, max_participants=2, max_conditions=8))
def test_contradictions_are_those_of_owners_that_nobody_else_hinders(problem):
    told = {remark.owner: remark.conditions for remark in remarks(problem) if remark.kind == "contradicts_itself"}
    for owner in {c.owner for c in problem.conditions}:
        names = {c.id for c in problem.conditions if c.owner == owner}
        assert (owner in told) == (not possible(problem, names))
    for names in told.values():
        assert not possible(problem, set(names))
        assert all(possible(problem, set(some)) for some in combinations(names, len(names) - 1))


def possible(problem, names):
    """Whether somebody with nobody else around could meet these."""
    common = tuple(replace(a, sharing=Sharing.COMMON) for a in problem.aspects)
    stated = tuple(replace(c, owner=COORDINATION) for c in problem.conditions if c.id in names)
    alone = replace(problem, aspects=common, conditions=stated, needs=(), joint=())
    return best(alone) is not None
