"""Nothing leaves unproved: faults planted in the solver are caught before an answer is given."""

import re
from dataclasses import replace
from importlib import import_module

import pytest

from examples import example
from matters import aspect, condition, is_, matter, need, participant
from samordna_engine import AtMost, If, Limits, Settled, Sharing, Unproved, check, settle
from samordna_engine.checking import can_all_be_met
from samordna_engine.clash import prove
from samordna_engine.clash.sights import Named, OnGrid
from samordna_engine.clash.worlds import Worlds
from samordna_engine.projection import facets as splitting
from samordna_engine.projection import matter as numbers
from samordna_engine.projection.branch import Found
from samordna_engine.projection.own import Under


def module_named(name):
    return import_module(f"samordna_engine.{name}")


def test_wrong_own_value_is_caught(monkeypatch):
    right = Under.best

    def wrong(self):
        chosen = right(self)
        chosen[:, -1] = (chosen[:, -1] + 1) % 3
        return chosen

    monkeypatch.setattr(Under, "best", wrong)
    with pytest.raises(Unproved, match="breaks"):
        settle(example("betalningsansvar"))


def test_wrong_frame_is_caught(monkeypatch):
    module = module_named("settling")
    right = module.minimise

    def wrong(*asked):
        found = right(*asked)
        return Found(found.value, {**found.values, 1: 2}, found.bound, found.tree)

    monkeypatch.setattr(module, "minimise", wrong)
    with pytest.raises(Unproved):
        settle(example("betalningsansvar"))


def test_wrong_sum_is_caught(monkeypatch):
    right = splitting._lost
    monkeypatch.setattr(splitting, "_lost", lambda *said: right(*said) // 2)
    framed = [aspect(name, "x", "y", sharing=Sharing.FRAMED) for name in "ab"]
    with pytest.raises(Unproved, match=re.escape("the numbers do not agree")):
        settle(matter(framed, [participant("p")], needs=impossible_needs()))


def impossible_needs():
    return [
        need("n1", "p", If(all_of=(is_("a", "x"),), then=(is_("b", "y"),)), 5),
        need("n2", "p", If(all_of=(is_("a", "x"),), then=(is_("b", "x"),)), 5),
        need("n3", "p", If(all_of=(is_("a", "y"),), then=(is_("b", "y"),)), 5),
        need("n4", "p", If(all_of=(is_("a", "y"),), then=(is_("b", "x"),)), 5),
    ]


def test_condition_that_the_solver_forgets_is_caught(monkeypatch):
    right = numbers.Terms.add

    def forgetful(self, stated, penalty):
        if stated.id != "hogst-tre":
            right(self, stated, penalty)

    monkeypatch.setattr(numbers.Terms, "add", forgetful)
    problem = example("betalningsansvar")
    kept = tuple(c for c in problem.conditions if c.id != "farja-holmo")
    at_least_four = condition("fyra", "brunnsby", is_("fria-dagar", "4", "5"))
    with pytest.raises(Unproved, match="hogst-tre"):
        settle(replace(problem, conditions=(*kept, at_least_four)))


def test_clash_with_a_member_too_many_is_caught(monkeypatch):
    right = OnGrid.core
    monkeypatch.setattr(OnGrid, "core", lambda self: Named((*right(self).conditions, "kontor"), True, True))
    with pytest.raises(Unproved):
        settle(example("betalningsansvar-krock"))


def test_clash_with_a_member_too_few_is_caught(monkeypatch):
    right = OnGrid.core
    monkeypatch.setattr(OnGrid, "core", lambda self: Named(right(self).conditions[:1], True, True))
    with pytest.raises(Unproved):
        settle(example("betalningsansvar-krock"))


def test_world_that_breaks_what_it_must_respect_is_caught(monkeypatch):
    monkeypatch.setattr(module_named("clash.grid"), "GRID_CELLS", 0)
    monkeypatch.setattr(Worlds, "_broken", lambda *_: ["saker-data"])
    with pytest.raises(Unproved, match="told to respect"):
        settle(example("betalningsansvar-krock"))


def test_clash_where_there_is_none_is_caught(monkeypatch):
    monkeypatch.setattr(module_named("settling"), "minimise", lambda *_: Found(numbers.BROKEN, {}, numbers.BROKEN))
    with pytest.raises(Unproved):
        settle(example("betalningsansvar"))


def test_false_example_of_a_clash_is_caught():
    problem = example("betalningsansvar-krock")
    clash = settle(problem)
    for change in ({"start": "datum"}, {"fria-dagar": "2"}):
        first = replace(clash.members[0], example={**clash.members[0].example, **change})
        with pytest.raises(Unproved):
            prove(problem, replace(clash, members=(first, *clash.members[1:])))


def test_false_claim_that_a_condition_unlocks_is_caught():
    colours = aspect("colour", "red", "green")
    conditions = [condition(f"{n}{i}", n, is_("colour", c)) for i in (1, 2) for n, c in (("a", "red"), ("b", "green"))]
    problem = matter([colours], [participant("a"), participant("b")], conditions)
    clash = settle(problem)
    assert not any(member.unlocks for member in clash.members)
    boast = tuple(replace(member, unlocks=True) for member in clash.members)
    with pytest.raises(Unproved):
        prove(problem, replace(clash, members=boast))


def test_plain_search_gives_up_loudly(monkeypatch):
    monkeypatch.setattr(module_named("checking"), "MAX_STEPS", 3)
    problem = example("betalningsansvar")
    with pytest.raises(Unproved, match="too large"):
        can_all_be_met(problem, {c.id for c in problem.conditions}, {})


def test_check_names_values_that_are_missing_unknown_or_misplaced():
    problem = example("betalningsansvar")
    settled = settle(problem)
    assert isinstance(settled, Settled)
    frame, own = dict(settled.proposal.frame), settled.proposal.own()
    del frame["start"]
    found = check(
        problem, {**frame, "belopp": "gratis", "psykiatri": "egen", "x": "y"}, {**own, "nobody": {"start": "datum"}}
    )
    told = {(violation.kind, violation.participant, tuple(violation.values.items())) for violation in found}
    assert told == {
        ("value", None, (("start", ""),)),
        ("value", None, (("belopp", "gratis"),)),
        ("value", None, (("psykiatri", "egen"),)),
        ("value", None, (("x", "y"),)),
        ("value", "nobody", (("start", "datum"),)),
    }


def test_check_names_a_common_aspect_that_differs():
    form = aspect("form", "paper", "digital")
    problem = matter([form], [participant("a")])
    (violation,) = check(problem, {"form": "paper"}, {"a": {"form": "digital"}})
    assert (violation.kind, violation.participant, violation.values) == ("common", "a", {"form": "digital"})


def test_check_asks_a_common_condition_of_the_frame_too():
    days = aspect("days", 1, 2, 3, sharing=Sharing.FRAMED)
    problem = matter([days], [participant("a")], [condition("c", "coordination", AtMost(aspect="days", value=2))])
    (violation,) = check(problem, {"days": "3"}, {"a": {"days": "1"}})
    assert (violation.condition, violation.participant) == ("c", None)


def test_worlds_count_a_broken_condition_whatever_breaks_it():
    days = aspect("days", 1, 2, 3, sharing=Sharing.FRAMED)
    conditions = [condition("c", "coordination", AtMost(aspect="days", value=1)), condition("d", "a", is_("days", "3"))]
    problem = matter([days], [participant("a")], conditions)
    numbering = numbers.Numbering(problem)
    worlds = Worlds(numbering, {}, Limits(), Limits().start())
    assert worlds.best([], {"c": 1, "d": 1}).broken in ({"c"}, {"d"})
    assert worlds.best(["d"], {"c": 1}).broken == {"c"}
    assert worlds.best(["c", "d"], {}) is None
    assert worlds.best(["c"], {"d": 1}).cost == 1
