"""Faults planted in the solver, one at a time, and the check that catches each.

A fault is a line of the solver's with something else in it. The small questions below are then asked again, and the
first check that fails must be one that the table expects. A fault whose line is gone must be planted anew.
"""

import ast
import inspect
import textwrap
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import samordna_engine
from matters import aspect, condition, is_, matter, need, participant
from questions import question
from samordna_engine import AtLeast, Clash, If, Limits, Necessity, Range, Settled, Sharing, Unproved, settle
from samordna_engine.changes import DropCondition, SetCost
from samordna_engine.checking import can_all_be_met
from samordna_engine.documents import write_outcome
from samordna_engine.outcome import PriceState
from samordna_engine.solvers.exhaustive import best
from samordna_engine.standing import Standing
from samordna_engine.tradeoff import frontier
from samordna_engine.verifying import verify_adaptations

TINY = Limits(cells=4, own_cells=4)


@dataclass(frozen=True)
class Fault:
    """In this function of a module, `right` is replaced by `wrong`; then one of these checks must fail."""

    module: str
    function: str
    right: str
    wrong: str
    caught_by: tuple[str, ...]


FAULTS = {
    "the dearest own value": Fault(
        "projection.own", "Under.best", "rows[a].argmin(axis=1)", "rows[a].argmax(axis=1)", ("proof", "own best")
    ),
    "the dearest own values together": Fault(
        "projection.own", "Under.best", ".argmin(axis=0)", ".argmax(axis=0)", ("proof",)
    ),
    "the dearest frame": Fault("projection.network", "Tree.best", ".argmin()", ".argmax()", ("proof",)),
    "an option beside the best": Fault(
        "projection.network",
        "Tree.best",
        "int(clique.table[at].argmin())",
        "int(clique.table[at].argmin()) - 1",
        ("proof",),
    ),
    "the largest left behind": Fault(
        "projection.network", "Tree._up", "np.minimum.reduce(table", "np.maximum.reduce(table", ("proof", "optimum")
    ),
    "the outside counted twice": Fault(
        "projection.network", "Tree._down", "for u in roots if u != v", "for u in roots", ("price",)
    ),
    "the inside counted twice": Fault("projection.network", "Tree._down", "whole - clique.left", "whole", ("price",)),
    "difference at half its price": Fault(
        "projection.project", "over_frame", "+ matter.difference[a]", "+ matter.difference[a] // 2", ("proof",)
    ),
    "common taken to be framed": Fault(
        "projection.project", "over_frame", "is not Sharing.COMMON", "is Sharing.FRAMED", ("proof", "optimum", "error")
    ),
    "framed taken to be local": Fault(
        "projection.project", "over_frame", "is Sharing.FRAMED", "is Sharing.COMMON", ("proof", "optimum", "error")
    ),
    "a facet forgotten": Fault(
        "projection.project", "summed", "for batch in split.batches:", "for batch in split.batches[1:]:", ("proof",)
    ),
    "what is impossible for one forgotten": Fault(
        "projection.project",
        "Sum.clipped",
        "np.where(self.broken, BROKEN",
        "np.where(self.broken > 1, BROKEN",
        ("proof",),
    ),
    "what is fixed forgotten": Fault(
        "projection.project", "joined", "matter.given.items()", "()", ("price of a fixed option", "given")
    ),
    "what is common forgotten": Fault(
        "projection.project", "joined", "for term in matter.common:", "for term in ():", ("proof",)
    ),
    "needs in the wrong unit": Fault(
        "projection.matter", "Numbering.matter", "need.weight * scale.cost)", "need.weight)", ("proof", "optimum")
    ),
    "weights of aspects forgotten": Fault(
        "projection.matter",
        "Numbering.matter",
        "aspect.weight * scale.likeness",
        "scale.likeness",
        ("proof", "optimum"),
    ),
    "equal sums not told apart": Fault(
        "projection.matter",
        "Scale.likeness",
        "self.price * self.unit + 1",
        "self.price * self.unit",
        ("optimum", "proof"),
    ),
    "what is said twice counted once": Fault(
        "projection.matter",
        "stated",
        "np.add.reduceat(penalty, np.nonzero(first)[0])",
        "penalty[np.nonzero(first)[0]]",
        ("proof",),
    ),
    "what is asked of everybody forgotten": Fault(
        "projection.matter",
        "Terms.own",
        "np.tile(everybody[:, 1], count)",
        "np.tile(everybody[:, 1], count) * 0",
        ("proof",),
    ),
    "own needs forgotten when alone": Fault(
        "projection.matter", "Numbering.alone", "need.weight * whole.scale.cost", "0", ("own best",)
    ),
    "reasons not made short": Fault("necessity", "Conditions._irreducible", "kept = fewer", "pass", ("necessity",)),
    "necessary taken for worth it": Fault(
        "necessity", "_kind", "if back >= BROKEN", "if back > BROKEN", ("necessity", "error")
    ),
    "a clash that is not the smallest": Fault(
        "clash.sights",
        "OnGrid.core",
        "core = self.grid.core()\n    return Named(self.names(core.conditions), core.smallest",
        "core = self.grid.several(9)[0][-1]\n    return Named(self.names(core.conditions), True",
        ("clash",),
    ),
    "a clash without its last member": Fault(
        "clash.sights", "OnGrid.core", "self.names(core.conditions)", "self.names(core.conditions)[:-1]", ("proof",)
    ),
    "more asked of a hitting set than it must be": Fault(
        "clash.search",
        "Clashes.smallest",
        ".smallest(len(chosen))",
        ".smallest(len(chosen) + 1)",
        ("clash", "error", "bytes"),
    ),
    "conditions that do not forbid an option": Fault(
        "settling", "blockers_of", "np.nonzero(~shape.allowed)", "np.nonzero(shape.allowed)", ("blocked",)
    ),
    "a stale part in what-if": Fault("standing", "_exchanged", "known.add(table, sign)", "known", ("what-if",)),
    "a part not taken off in what-if": Fault(
        "standing", "_exchanged", "((more, 1), (less, -1))", "((more, 1),)", ("what-if",)
    ),
    "corners of the frontier missed": Fault(
        "tradeoff", "_Sweep.corners", "if between is None", "if between is not None", ("frontier", "error")
    ),
}


def functions_of(module):
    """Every function and method of a module by its name within it, with its source."""
    source = inspect.getsource(module)
    for node in ast.parse(source).body:
        inside = [(f"{node.name}.", child) for child in node.body] if isinstance(node, ast.ClassDef) else [("", node)]
        for before, function in inside:
            if isinstance(function, ast.FunctionDef):
                yield f"{before}{function.name}", textwrap.dedent(ast.get_source_segment(source, function, padded=True))


def place_of(fault):
    """The module and function to plant in, and its source: those named, or others that the line has moved to."""
    for name in dict.fromkeys([fault.module, *modules()]):
        module = import_module(f"samordna_engine.{name}")
        having = {name: source for name, source in functions_of(module) if fault.right in source}
        if having:
            name = fault.function if fault.function in having else next(iter(having))
            function = module
            for part in name.split("."):
                function = inspect.getattr_static(function, part)
            return module, getattr(function, "fget", function), having[name]
    pytest.fail(f"nothing has {fault.right!r} any more; plant this fault anew")


def modules():
    """The engine's modules, by their names within it."""
    root = Path(samordna_engine.__file__).parent
    return sorted(
        str(p.relative_to(root).with_suffix("")).replace("/", ".") for p in root.rglob("*.py") if p.stem[0] != "_"
    )


def plant(monkeypatch, fault):
    """Replace the function's code by that of its source with the fault in it."""
    module, function, source = place_of(fault)
    planted = dict(vars(module))
    exec(compile(source.replace(fault.right, fault.wrong, 1), f"{fault.module} with a fault", "exec"), planted)
    monkeypatch.setattr(function, "__code__", planted[function.__name__].__code__)


@dataclass(frozen=True)
class Expected:
    """What brute force says of a question: the optimum, and for each option of the frame the optimum with it."""

    problem: Any
    value: tuple[int, int] | None
    with_option: dict[tuple[str, str], tuple[int, int] | None]
    own_best: dict[str, int | None]
    text: str


def value_of(found):
    return None if found is None else (found.likeness, found.cost)


@cache
def expected():
    """The questions, answered by brute force, and by the engine before any fault is planted."""
    return [answered(problem) for problem in (*crafted(), *map(drawn, range(26)))]


def drawn(seed):
    return question(
        seed=seed, aspects=3, participants=2, conditions=2 + seed % 6, price=None if seed % 3 else 1 + seed % 4
    )


def answered(problem):
    shared = [a for a in problem.aspects if a.sharing is not Sharing.LOCAL]
    options = {(a.id, o): value_of(best(problem, {a.id: o})) for a in shared for o in a.option_ids()}
    own = {person.id: own_best(problem, person) for person in problem.taking_part()}
    return Expected(problem, value_of(best(problem)), options, own, write_outcome(settle(problem)))


def own_best(problem, person):
    """What it would cost a participant at best to decide alone; None where its own conditions cannot be met."""
    alone = replace(
        problem,
        aspects=tuple(replace(a, sharing=Sharing.LOCAL) for a in problem.aspects),
        participants=(person,),
        conditions=tuple(c for c in problem.conditions if c.owner == person.id),
        needs=tuple(n for n in problem.needs if n.owner == person.id),
    )
    found = best(alone)
    return None if found is None else found.cost


def crafted():
    """Questions for faults that drawn ones seldom show."""
    form = aspect("form", "x", "y", "z", sharing=Sharing.FRAMED, weight=2)
    room = aspect("room", "x", "y", sharing=Sharing.FRAMED)
    people = [participant("p", form={"x": 1}, room={"x": 4}), participant("q", form={"y": 3}), participant("r")]
    either = If(all_of=(is_("form", "x"),), then=(is_("room", "y"),))
    yield matter([form, room], people, [condition("c", "p", either), condition("d", "coordination", either)])
    yield matter([form, room], people, [condition("c", "r", is_("form", "z"))], price=1)
    twice = [need(f"n{i}", "p", either, 2) for i in range(2)] + [need("o", "q", is_("form", "y"), 3)]
    yield matter([form, room], people, [condition("c", "q", is_("room", "x"))], twice, price=2)
    hall = aspect("hall", "x", "y")
    same = [need(f"n{i}", "p", is_("hall", "x"), 2) for i in range(2)]
    yield matter([hall], map(participant, "pq"), [condition("c", "q", is_("hall", "y"))], same)
    days = aspect("days", 1, 2, 3, 4)
    low = [condition(f"c{i}", name, AtLeast(aspect="days", value=i)) for i, name in ((2, "p"), (4, "q"))]
    high = [condition("h", "r", is_("days", "1", "2")), condition("k", "p", is_("days", "1", "3"))]
    yield matter([days, form, room], people, low + high)
    three = [participant(n, form={"y": i + 1, "z": 3 * i + 2}) for i, n in enumerate("pqr")]
    yield matter([form], three, [condition("a", "p", is_("form", "y")), condition("b", "q", is_("form", "x"))], price=3)
    alone = [condition("m", "p", either), condition("n", "p", is_("room", "x")), condition("o", "q", is_("form", "x"))]
    alone.append(condition("idle", "p", If(all_of=(is_("form", "y"),), then=(is_("room", "x"),))))
    yield matter([form, room], people, [*alone, condition("s", "r", is_("form", "x"))])


def check_optimum(case):
    for limits in (Limits(), TINY):
        outcome = settle(case.problem, limits=limits)
        found = (outcome.objective.likeness, outcome.objective.cost) if isinstance(outcome, Settled) else None
        if found != case.value:
            return "optimum"
    return None


def check_prices(case):
    outcome = settle(case.problem)
    if not isinstance(outcome, Settled):
        return None
    for aspect_id, prices in outcome.option_prices.items():
        for option, price in prices.items():
            there = case.with_option[aspect_id, option]
            if (price.state is PriceState.BLOCKED) != (there is None):
                return "price"
            if there is not None and (price.price.likeness, price.price.cost) != tuple(
                b - a for a, b in zip(case.value, there, strict=True)
            ):
                return "price"
            if any(not blocks(case.problem, name, aspect_id, option) for name in price.blocked_by):
                return "blocked"
            if (
                price.state is PriceState.BLOCKED
                and not price.blocked_by
                and forbidden_alone(case.problem, aspect_id, option)
            ):
                return "blocked"
    return None


def blocks(problem, name, aspect_id, option):
    return can_all_be_met(problem, [name], {aspect_id: option}) is None


def forbidden_alone(problem, aspect_id, option):
    """Whether a condition about this aspect only forbids the option."""
    some = [
        c.id
        for c in problem.conditions
        if isinstance(getattr(c.rule, "options", None), tuple) and c.rule.aspect == aspect_id
    ]
    return any(blocks(problem, name, aspect_id, option) for name in some)


def check_given(case):
    for (aspect_id, option), there in list(case.with_option.items())[:4]:
        outcome = settle(case.problem, given={aspect_id: option})
        if isinstance(outcome, Settled) and outcome.proposal.frame[aspect_id] != option:
            return "given"
        if ((outcome.objective.likeness, outcome.objective.cost) if isinstance(outcome, Settled) else None) != there:
            return "given"
    return None


def check_clash(case):
    clash = settle(case.problem)
    if not isinstance(clash, Clash):
        return None
    names = set(clash.conditions)
    sizes = [c.id for c in case.problem.conditions]
    if can_all_be_met(case.problem, names, {}) is not None:
        return "clash"
    smaller = [{a, b} for a in sizes for b in sizes if len({a, b}) < len(names)]
    return "clash" if any(can_all_be_met(case.problem, some, {}) is None for some in smaller) else None


def check_necessity(case):
    outcome = settle(case.problem)
    if not isinstance(outcome, Settled):
        return None
    proposal = outcome.proposal
    if verify_adaptations(case.problem, proposal):
        return "necessity"
    for adaptation in proposal.adaptations:
        if adaptation.necessity is Necessity.UNNECESSARY or (
            adaptation.necessity is Necessity.NECESSARY and not adaptation.because
        ):
            return "necessity"
        if adaptation.necessity is not Necessity.NECESSARY and not undone(case.problem, proposal, adaptation):
            return "necessity"
    return None


def undone(problem, proposal, adaptation):
    """Whether the participant can follow the frame in that aspect, alone with its conditions."""
    common = {a.id for a in problem.aspects if a.sharing is Sharing.COMMON}
    mine = {c.id for c in problem.conditions if c.owner in (adaptation.participant, "coordination")}
    own = replace(
        problem,
        aspects=tuple(replace(a, sharing=Sharing.COMMON) for a in problem.aspects),
        participants=tuple(replace(p, takes_part=p.id == adaptation.participant) for p in problem.participants),
        needs=(),
    )
    given = {n: o for n, o in proposal.frame.items() if n in common or n == adaptation.aspect}
    return can_all_be_met(own, mine, given) is not None


def check_own_best(case):
    outcome = settle(case.problem)
    if isinstance(outcome, Settled) and any(
        b.own_best_cost != case.own_best[b.owner] for b in outcome.proposal.balances
    ):
        return "own best"
    return None


def check_what_if(case):
    problem = case.problem
    standing = Standing(problem)
    person, an_aspect = problem.participants[0], problem.aspects[0]
    changes = [
        SetCost(participant=person.id, aspect=an_aspect.id, option=an_aspect.option_ids()[-1], cost=Range.exactly(9))
    ]
    changes += [DropCondition(condition=c.id) for c in problem.conditions[:1]]
    for some in (changes, changes[:1], ()):
        short, full = standing.preview(*some), standing.what_if(*some)
        objective = full.objective if isinstance(full, Settled) else None
        if short.objective != objective:
            return "what-if"
    return None


def check_frontier(case):
    points = frontier(case.problem)
    sums = [(p.likeness.weighted, p.cost) for p in points]
    for price in (0, 1, 2, 3, 5):
        twin = best(replace(case.problem, price_of_difference=price))
        if (min((price * like + cost for like, cost in sums), default=None)) != (
            twin and price * twin.likeness + twin.cost
        ):
            return "frontier"
    return None


def check_bytes(case):
    return None if write_outcome(settle(case.problem)) == case.text else "bytes"


CHECKS: tuple[Callable[[Expected], str | None], ...] = (
    check_optimum,
    check_given,
    check_prices,
    check_clash,
    check_necessity,
    check_own_best,
    check_what_if,
)


def first_caught():
    """The name of the first check that fails; `proof` is the engine's own, `error` any other error."""
    for case in expected():
        for check in (*CHECKS, *([check_frontier] if case.problem.id == "matter" else [])):
            try:
                told = check(case)
            except Unproved:
                return "proof"
            except Exception as error:
                return f"error: {error!r}"
            if told:
                return told
    return next((told for case in expected() if (told := check_bytes(case))), None)


def test_without_a_fault_nothing_is_caught():
    assert first_caught() is None
    kinds = {type(settle(case.problem)).__name__ for case in expected()}
    assert kinds == {"Settled", "Clash"}
    assert {a.necessity for case in expected() for a in adaptations_of(case)} >= {
        Necessity.NECESSARY,
        Necessity.WORTH_IT,
    }


def adaptations_of(case):
    outcome = settle(case.problem)
    return outcome.proposal.adaptations if isinstance(outcome, Settled) else ()


@pytest.mark.parametrize("name", FAULTS)
def test_planted_fault_is_caught(name, monkeypatch):
    expected()
    fault = FAULTS[name]
    plant(monkeypatch, fault)
    told = first_caught()
    assert told is not None, "nothing catches this"
    assert told.split(":")[0] in fault.caught_by, told


def test_every_check_catches_something():
    caught = {name for fault in FAULTS.values() for name in fault.caught_by}
    assert caught >= {
        "proof",
        "optimum",
        "price",
        "given",
        "clash",
        "necessity",
        "own best",
        "what-if",
        "frontier",
        "blocked",
    }
    assert len(FAULTS) >= 16
