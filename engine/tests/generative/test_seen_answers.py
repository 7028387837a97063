"""Answers of every kind look the same in worlds that differ only in what others state in confidence.

As in `test_seen_by`, for the other readings of a question; and each planted leak is found.
"""

from collections import Counter, defaultdict
from dataclasses import replace
from functools import cache
from random import Random

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st
from test_seen_by import decided, must_be_said

from joint_questions import with_joints
from matters import aspect, condition, is_, matter, participant
from questions import problems, question
from readings import READINGS
from samordna_engine import COORDINATION, Clash, Sharing, Unfinished
from samordna_engine.answers import (
    ANSWERS,
    FewestVariants,
    JointClash,
    MoreVariantsNeeded,
    SettledJointly,
    ShapleyShares,
    TakesPart,
    Transfers,
    WorstOff,
)
from samordna_engine.documents import answer_plain, outcome_plain, read_answer, write_answer
from samordna_engine.joint import settle_jointly
from samordna_engine.parts import Joint, JointKind
from samordna_engine.views import known_to, seen_by
from worlds import VIEWER, strings, worlds


def said(answer, problem):
    """What a viewer is told in any case, as a key."""
    match answer:
        case SettledJointly():
            return "settled jointly", decided(answer.proposal)
        case JointClash():
            return joint_clash_said(answer, problem)
        case FewestVariants():
            users = [(a, o, names) for a, of in answer.used_by.items() for o, names in of.items()]
            return "variants", tuple(users), own_said(answer.own, problem), answer.proved
        case MoreVariantsNeeded():
            return "more variants", answer.at_most
        case WorstOff():
            return "worst off", frozenset(answer.frame.items()), own_said(answer.own, problem), answer.proved
        case TakesPart():
            frame = None if answer.frame is None else frozenset(answer.frame.items())
            mine = next((left.reason for left in answer.left if left.participant == VIEWER), None)
            out = tuple(left.participant for left in answer.left)
            own = own_said(answer.own, problem)
            why = mine and mine.kind
            return "takes part", answer.members, out, frame, own, answer.proved, answer.possible, why
        case ShapleyShares():
            return "shares", answer.shares.get(VIEWER), answer.exact
        case Transfers():
            return "transfers", answer.transfers.get(VIEWER), answer.after.get(VIEWER), answer.possible
    return must_be_said(answer, problem.without_joint())


def joint_clash_said(clash, problem):
    known = known_to(problem, VIEWER)
    if isinstance(settle_jointly(known, solver=False), JointClash):
        return ("joint clash",)
    readable = {c.id for c in known.conditions}
    owners = frozenset(c.owner for c in problem.conditions if c.id in clash.conditions and c.id not in readable)
    return "joint clash", frozenset(clash.joints), frozenset(clash.conditions) & readable, owners


def own_said(own, problem):
    """The own values that are said: all but others' local ones."""
    local = {a.id for a in problem.aspects if a.sharing is Sharing.LOCAL}
    return frozenset(
        (name, a, o) for name, values in own.items() for a, o in values.items() if name == VIEWER or a not in local
    )


def written(view):
    return answer_plain(view) if isinstance(view, tuple(ANSWERS.values())) else outcome_plain(view)


FEWER = settings(max_examples=max(15, settings().max_examples // 4))
SMALL = problems(max_aspects=3, max_participants=3, max_conditions=8)


def in_worlds(problem, random, ask):
    """Worlds with their answers and views, by what must be said in them."""
    found = defaultdict(list)
    for world in worlds(problem, random):
        answer = ask(world)
        found[said(answer, world)].append((world, answer, seen_by(answer, world, VIEWER)))
    return found


@pytest.mark.parametrize("name", READINGS)
@FEWER
@given(SMALL, st.integers(0, 10**9), st.integers(0, 2))
def test_worlds_in_which_the_same_must_be_said_look_the_same(name, problem, seed, joints):
    asked = with_joints(problem, seed, joints)
    for key, among in in_worlds(asked, Random(seed), READINGS[name]).items():
        event(f"{key[0]}: {'several' if len(among) > 1 else 'one'}")
        assert len({str(written(view)) for _, _, view in among}) == 1


@pytest.mark.parametrize("name", READINGS)
@FEWER
@given(SMALL, st.integers(0, 10**9))
def test_a_view_comes_back_from_its_document_and_names_nothing_withheld(name, problem, seed):
    world = next(worlds(with_joints(problem, seed, 1), Random(seed)))
    answer = READINGS[name](world)
    view = seen_by(answer, world, VIEWER)
    assert type(view) is type(answer)
    if isinstance(view, tuple(ANSWERS.values())):
        assert read_answer(write_answer(view)) == view
    assert set(strings(written(view))).isdisjoint(c.id for c in world.conditions if c.confidential)
    assert seen_by(answer, world, COORDINATION) is answer


@given(SMALL, st.integers(0, 10**9))
def test_a_view_says_what_is_true_of_the_viewer(problem, seed):
    world = next(worlds(problem, Random(seed)))
    taking = READINGS["who takes part"](world)
    view = seen_by(taking, world, VIEWER)
    assert (view.members, view.frame, view.nets.get(VIEWER)) == (taking.members, taking.frame, taking.nets.get(VIEWER))
    assert [left.participant for left in view.left] == [left.participant for left in taking.left]
    for seen, true in zip(view.left, taking.left, strict=True):
        assert seen.net is None or seen == true
        assert set(seen.forbidden_by) == set() or true.net is None
    shares = READINGS["shares"](world)
    assert seen_by(shares, world, VIEWER).shares.items() <= shares.shares.items()
    assert seen_by(shares, world, VIEWER).shares.keys() == shares.shares.keys() & {VIEWER}


def of(kind, **changes):
    """A leak in views of one kind: what each field is of the true answer."""

    def leaking(view, true, world):
        if not isinstance(view, kind):
            return view
        return replace(view, **{name: change(true, world) for name, change in changes.items()})

    return leaking


def field(name):
    return {name: lambda true, world: getattr(true, name)}


LEAKS = {
    "the digest of the joint decision": of(SettledJointly, **field("proof")),
    "everybody's balances": of(SettledJointly, **field("proposal")),
    "what a budget comes to": of(SettledJointly, **field("used")),
    "the objective": of(SettledJointly, **field("objective")),
    "the true joint clash": of(JointClash, **field("conditions")),
    "examples of the joint clash": of(JointClash, **field("examples")),
    "how many clash jointly": of(JointClash, **field("reason")),
    "others' local values among variants": of(FewestVariants, **field("own")),
    "what the variants cost": of(FewestVariants, **field("cost")),
    "the bound on variants": of(FewestVariants, **field("bound")),
    "the digest of more variants": of(MoreVariantsNeeded, **field("proof")),
    "everybody's nets": of(WorstOff, **field("nets")),
    "the worst net": of(WorstOff, **field("worst")),
    "who is worst off": of(WorstOff, **field("worst_off")),
    "the sum of the nets": of(WorstOff, **field("total")),
    "the bound on the worst-off": of(WorstOff, **field("bound")),
    "others' local values where the worst-off come first": of(WorstOff, **field("own")),
    "what each member gains": of(TakesPart, **field("nets")),
    "what the members gain together": of(TakesPart, **field("net")),
    "why others do not take part": of(TakesPart, **field("left")),
    "the bound on who takes part": of(TakesPart, **field("bound")),
    "others' local values where they take part": of(TakesPart, **field("own")),
    "everybody's shares": of(ShapleyShares, **field("shares")),
    "the fractions of shares": of(ShapleyShares, **field("numerators")),
    "what there is to share": of(ShapleyShares, **field("whole")),
    "what the whole lacks": of(Transfers, **field("lacking")),
    "everybody's transfers": of(Transfers, **field("transfers")),
}


SEEDS = (2, 3, 6, 9, 11, 14)
"""Questions in whose worlds each leak shows."""


@cache
def bunches():
    """Worlds in which the same must be said, put together: (world, answer, view) of each."""
    found = []
    for seed in SEEDS:
        problem = question(seed=seed, aspects=3, participants=3, conditions=7, price=(None, 1, 2)[seed % 3])
        joint = with_joints(problem, seed, seed % 3)
        for ask in READINGS.values():
            found += in_worlds(joint, Random(seed), ask).values()
    found += in_worlds(crafted(), Random(1), READINGS["jointly"]).values()
    found += in_worlds(replace(crafted(), joint=()), Random(1), READINGS["fewest variants"]).values()
    return [bunch for bunch in found if len(bunch) > 1]


def crafted():
    """A budget that cannot be kept, since somebody wants what is dear; and what nobody else may know of it."""
    form = aspect("form", "x", "y", "z", sharing=Sharing.FRAMED)
    people = [participant("p0"), participant("p1", form={"y": 9}), participant("p2", form={"z": 9})]
    stated = [condition(f"c{n}", f"p{n}", is_("form", option)) for n, option in enumerate("xyz")]
    bound = Joint(id="j", kind=JointKind.BUDGET, limit=3, reason="because", aspect="form")
    return replace(matter([form], people, stated), joint=(bound,))


def tells_apart(leak):
    return any(len({str(written(leak(view, true, world))) for world, true, view in bunch}) > 1 for bunch in bunches())


def test_the_bunches_hold_every_kind_of_answer():
    held = Counter(type(view) for bunch in bunches() for _, _, view in bunch)
    assert set(ANSWERS.values()) | {Clash} <= held.keys() | {Unfinished}
    assert sum(len(bunch) - 1 for bunch in bunches()) > 250
    assert not tells_apart(lambda view, true, world: view)


@pytest.mark.parametrize("name", LEAKS)
def test_planted_leak_is_found(name):
    assert tells_apart(LEAKS[name])
