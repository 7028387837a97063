"""Two worlds that differ only in what others state in confidence look the same, when the same is decided in both.

Worlds are made in bunches: one question, and variants of it in which everything that a viewer may not read is something
else. Those where the same must be said are put together, and all of a kind must give the same bytes. The same search
finds every planted leak, which shows that it would find a real one.
"""

from collections import defaultdict
from dataclasses import replace
from functools import cache
from random import Random

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from matters import aspect, condition, is_, matter, need, participant
from questions import problems, question
from samordna_engine import (
    COORDINATION,
    Clash,
    Condition,
    Settled,
    Sharing,
    Unfinished,
    cheapest_ways_out,
    settle,
)
from samordna_engine.documents import outcome_plain, read_outcome, write_outcome
from samordna_engine.documents.plain import plain
from samordna_engine.outcome import Limit, Price
from samordna_engine.views import WITHHELD, known_to, seen_by, ways_out_seen_by
from worlds import VIEWER, strings, worlds


def must_be_said(outcome, problem):
    """What a viewer is told in any case, as a key."""
    if isinstance(outcome, Settled):
        return "settled", decided(outcome.proposal)
    if isinstance(outcome, Unfinished):
        return "unfinished", outcome.stopped_by, outcome.limit, outcome.best and decided(outcome.best)
    known = known_to(problem, VIEWER)
    if isinstance(settle(known), Clash):
        return ("clash",)
    readable = {c.id for c in known.conditions}
    return (
        "clash",
        frozenset(m.condition for m in outcome.members if m.condition in readable),
        frozenset(m.owner for m in outcome.members if m.condition not in readable),
    )


def decided(proposal):
    differences = frozenset((a.participant, a.aspect, a.option) for a in proposal.adaptations)
    return frozenset(proposal.frame.items()), differences, frozenset(proposal.local.get(VIEWER, {}).items())


def unfinished(outcome):
    """What the engine would have said, had it been stopped just before it was finished."""
    if not isinstance(outcome, Settled):
        return Unfinished(stopped_by=Limit.TIME, limit="1 s", bound=Price(likeness=0, cost=outcome_number(outcome)))
    gap = Price(likeness=0, cost=1)
    bound = replace(outcome.bound, cost=outcome.bound.cost - 1)
    return Unfinished(stopped_by=Limit.TIME, limit="1 s", best=outcome.proposal, bound=bound, gap=gap)


def outcome_number(outcome):
    return len(outcome.members)


def views(problem, random, told):
    """The views of all worlds, by what must be said in them; each kind should hold one view."""
    found = defaultdict(list)
    for world in worlds(problem, random):
        outcome = told(settle(world))
        text = write_outcome(seen_by(outcome, world, VIEWER))
        found[must_be_said(outcome, world)].append(text)
    return found


FEWER = settings(max_examples=max(15, settings().max_examples // 4))
SMALL = problems(max_aspects=4, max_participants=3, max_conditions=9)


@FEWER
@given(SMALL, st.randoms(use_true_random=False))
def test_worlds_in_which_the_same_must_be_said_look_the_same(problem, random):
    for told in (lambda outcome: outcome, unfinished):
        for said, texts in views(problem, Random(random.random()), told).items():
            event(f"{said[0]}: {'several' if len(texts) > 1 else 'one'}")
            assert len(set(texts)) == 1


@given(SMALL, st.randoms(use_true_random=False))
def test_a_view_comes_back_from_its_document_and_names_nothing_withheld(problem, random):
    world = next(worlds(problem, random))
    view = seen_by(settle(world), world, VIEWER)
    text = write_outcome(view)
    assert read_outcome(text) == view
    words = set(strings(outcome_plain(view)))
    assert words.isdisjoint(c.id for c in world.conditions if c.confidential)


@given(SMALL, st.randoms(use_true_random=False))
def test_a_view_says_what_was_decided_and_nothing_untrue(problem, random):
    world = next(worlds(problem, random))
    outcome = settle(world)
    view = seen_by(outcome, world, VIEWER)
    assert type(view) is type(outcome)
    if isinstance(outcome, Settled):
        check_settled_view(outcome, view)
    else:
        assert set(view.owners) <= {c.owner for c in world.conditions}
        names = set(view.conditions) - {WITHHELD}
        owners = {m.owner for m in view.members if m.condition == WITHHELD}
        kept = [c for c in world.conditions if c.id in names or (c.confidential and c.owner in owners)]
        assert isinstance(settle(replace(world, conditions=tuple(kept))), Clash)


def check_settled_view(outcome, view):
    assert view.proposal.frame == outcome.proposal.frame
    assert view.proposal.likeness == outcome.proposal.likeness
    changes = [(a.participant, a.aspect, a.option) for a in view.proposal.adaptations]
    assert changes == [(a.participant, a.aspect, a.option) for a in outcome.proposal.adaptations]
    mine = [b for b in outcome.proposal.balances if b.owner == VIEWER]
    assert list(view.proposal.balances) == mine
    assert set(view.proposal.local) <= {VIEWER}
    assert view.proposal.local.get(VIEWER) == outcome.proposal.local.get(VIEWER)
    for name, prices in view.option_prices.items():
        for option, price in prices.items():
            true = outcome.option_prices[name][option]
            assert price.state != "blocked" or true.state == "blocked"
            assert set(price.blocked_by) <= set(true.blocked_by)
            assert price.state != "exact" or true.price == price.price


@given(SMALL)
def test_the_coordination_sees_everything(problem):
    outcome = settle(problem)
    assert seen_by(outcome, problem, COORDINATION) is outcome
    assert known_to(problem, COORDINATION) is problem


@FEWER
@given(SMALL, st.randoms(use_true_random=False))
def test_ways_out_are_told_from_what_the_viewer_may_read(problem, random):
    found = defaultdict(set)
    for world in worlds(problem, random):
        outcome = settle(world)
        if not isinstance(outcome, Clash):
            continue
        view = seen_by(outcome, world, VIEWER)
        ways = ways_out_seen_by(view, world, VIEWER)
        found[must_be_said(outcome, world)].add(repr(plain(ways)))
        for way in ways:
            left = tuple(c for c in known_to(world, VIEWER).conditions if c.id not in way.conditions)
            assert isinstance(settle(replace(world, conditions=left)), Settled)
    assert all(len(texts) == 1 for texts in found.values())


def settled(change):
    return lambda view, true, problem: change(view, true, problem) if isinstance(true, Settled) else view


def clashing(change):
    return lambda view, true, problem: change(view, true, problem) if isinstance(true, Clash) else view


def of_proposal(*names):
    return settled(
        lambda view, true, _: replace(
            view, proposal=replace(view.proposal, **{name: getattr(true.proposal, name) for name in names})
        )
    )


LEAKS = {
    "the digest of the whole question": settled(lambda view, true, _: replace(view, proof=true.proof)),
    "the prices of options": settled(lambda view, true, _: replace(view, option_prices=true.option_prices)),
    "only which options are blocked": settled(
        lambda view, true, _: replace(
            view,
            option_prices={
                aspect: {
                    option: replace(price, state=true.option_prices[aspect][option].state)
                    for option, price in of.items()
                }
                for aspect, of in view.option_prices.items()
            },
        )
    ),
    "the sum of all costs": of_proposal("cost"),
    "everybody's balances": of_proposal("balances"),
    "the whole's balance": of_proposal("whole"),
    "the verdict on the whole": settled(
        lambda view, true, _: replace(
            view, proposal=replace(view.proposal, whole=replace(view.proposal.whole, verdict=true.proposal.verdict))
        )
    ),
    "why others differ": of_proposal("adaptations"),
    "only how necessary it is": settled(
        lambda view, true, _: replace(
            view,
            proposal=replace(
                view.proposal,
                adaptations=tuple(
                    replace(seen, necessity=told.necessity)
                    for seen, told in zip(view.proposal.adaptations, true.proposal.adaptations, strict=True)
                ),
            ),
        )
    ),
    "others' local values": of_proposal("local"),
    "others' unmet needs": of_proposal("broken_needs"),
    "the objective": settled(lambda view, true, _: replace(view, objective=true.objective)),
    "the number of withheld conditions": (
        lambda view, _, problem: with_fact(view, sum(c.confidential for c in problem.conditions))
    ),
    "the true clash": clashing(lambda view, true, _: true),
    "how many conditions clash": clashing(
        lambda view, true, _: replace(view, reason=replace(view.reason, facts=true.reason.facts))
    ),
    "examples": clashing(
        lambda view, true, _: replace(
            view, members=tuple(replace(member, example=example_for(member, true)) for member in view.members)
        )
    ),
    "that lifting one condition settles everything": clashing(
        lambda view, true, _: replace(
            view,
            members=tuple(replace(member, unlocks=unlocks_for(member, true)) for member in view.members),
        )
    ),
    "that there are other clashes": clashing(lambda view, true, _: replace(view, others_exist=true.others_exist)),
    "the bound": (
        lambda view, true, _: replace(view, bound=true.bound, gap=true.gap) if isinstance(true, Unfinished) else view
    ),
}


def with_fact(view, number):
    reason = getattr(view, "reason", None)
    if reason is not None:
        return replace(view, reason=replace(reason, facts={"withheld": number}))
    return view if isinstance(view, Unfinished) else replace(view, proof=replace(view.proof, engine=str(number)))


def example_for(member, true):
    return next((m.example for m in true.members if m.condition == member.condition), {})


def unlocks_for(member, true):
    return next((m.unlocks for m in true.members if m.condition == member.condition), False)


SEEDS = (1, 3, 6, 9, 15, 22, 28, 29, 30, 31, 34, 37)
"""Questions in whose worlds each leak shows."""


@cache
def bunches():
    """Worlds in which the same must be said, put together: (world, outcome, view) of each."""
    found = bunched(crafted()) + bunched(crafted(price=2))
    for seed in SEEDS:
        problem = question(seed=seed, aspects=3, participants=3, conditions=8, price=(None, 1, 2)[seed % 3])
        found += bunched(worlds(problem, Random(seed)))
    return found


def bunched(some):
    kinds = defaultdict(list)
    for world in some:
        outcome = settle(world)
        for told in (outcome, unfinished(outcome)):
            kinds[must_be_said(told, world)].append((world, told, seen_by(told, world, VIEWER)))
    return [bunch for bunch in kinds.values() if len(bunch) > 1]


def crafted(price=None):
    """Rare differences: one who differs for a secret reason or for a secret cost, and whose need is met or not."""
    form = aspect("form", "x", "y", sharing=Sharing.FRAMED)
    room = aspect("room", "x", "y", sharing=Sharing.LOCAL)
    for secret in (True, False):
        dear = {"form": {"x": 9}} if price and not secret else {}
        people = [participant("p0"), participant("p1", **dear), participant("p2")]
        stated = [condition("c0", "p0", is_("form", "x")), condition("c2", "p2", is_("form", "x"))]
        if secret or not price:
            stated.append(replace(condition("c1", "p1", is_("form", "y")), confidential=True))
        if secret:
            stated.append(replace(condition("c3", "p1", is_("room", "y")), confidential=True))
        yield matter([form, room], people, stated, [need("n", "p1", is_("room", "x"), 1)], price)


def tells_apart(leak):
    """Whether some two worlds that should look the same do not, when a leak is planted in their views."""
    return any(len({write_outcome(leak(view, true, world)) for world, true, view in bunch}) > 1 for bunch in bunches())


def test_the_bunches_hold_what_they_should():
    kinds = [must_be_said(told, world) for ((world, told, _), *_) in bunches()]
    assert {kind[0] for kind in kinds} == {"settled", "clash", "unfinished"}
    assert sum(len(bunch) - 1 for bunch in bunches()) > 150
    assert any(len(kind) > 1 and kind[0] == "clash" for kind in kinds)
    assert not tells_apart(lambda view, true, world: view)


@pytest.mark.parametrize("name", LEAKS)
def test_planted_leak_is_found(name):
    assert tells_apart(LEAKS[name])


def test_every_open_condition_is_still_told():
    """Where nothing is in confidence and nobody has figures, a participant sees every reason and every clash."""
    for seed in range(40):
        problem = question(seed=seed, aspects=3, participants=2, conditions=6, price=None)
        bare = replace(problem, participants=tuple(replace(p, costs={}) for p in problem.participants))
        outcome = settle(bare)
        view = seen_by(outcome, bare, VIEWER)
        if isinstance(outcome, Clash):
            assert view.conditions == outcome.conditions
            assert [m.example for m in view.members] == [m.example for m in outcome.members]
        else:
            told = {(a.participant, a.aspect): a.because for a in view.proposal.adaptations if a.because}
            true = {
                (a.participant, a.aspect): a.because
                for a in outcome.proposal.adaptations
                if a.necessity == "necessary" or a.participant == VIEWER
            }
            assert told == {place: because for place, because in true.items() if because}


def test_ways_out_of_a_withheld_clash_are_not_told():
    problem = next(
        world
        for seed in range(200)
        for world in worlds(question(seed=seed, aspects=2, participants=3, conditions=6, price=None), Random(seed))
        if isinstance(outcome := settle(world), Clash) and WITHHELD in seen_by(outcome, world, VIEWER).conditions
    )
    clash = settle(problem)
    assert ways_out_seen_by(seen_by(clash, problem, VIEWER), problem, VIEWER) == ()
    assert isinstance(cheapest_ways_out(problem, clash), tuple)
    assert isinstance(problem.conditions[0], Condition)
