"""Clashes by a SAT solver against all there are."""

from random import Random

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from every_clash import Tried
from questions import problems
from samordna_engine import (
    Aspect,
    AspectKind,
    AtLeast,
    AtMost,
    Clash,
    Condition,
    If,
    IsNot,
    Limits,
    Option,
    Participant,
    Problem,
    Settled,
    Sharing,
    Unfinished,
    settle,
)
from samordna_engine.clash import clashes
from samordna_engine.clash.sights import BySat
from samordna_engine.limits import Deadline, OutOfTime
from samordna_engine.solvers.sat import Satisfier

pytestmark = pytest.mark.second_opinion
PROBLEMS = problems(max_aspects=3, max_participants=3, max_conditions=9)


def some_given(problem, random):
    """Nothing fixed, or an option of the frame."""
    shared = [aspect for aspect in problem.aspects if aspect.sharing is not Sharing.LOCAL]
    chosen = random.sample(shared, random.choice([0, min(1, len(shared))]))
    return {aspect.id: random.choice(aspect.option_ids()) for aspect in chosen}


@given(PROBLEMS, st.randoms(use_true_random=False))
def test_conditions_can_be_met_exactly_when_they_can(problem, random):
    fixed = some_given(problem, random)
    tried, satisfier = Tried(problem, fixed), Satisfier(problem, fixed, Deadline.never())
    for _ in range(10):
        mask = random.randrange(1 << len(tried.conditions))
        places = [i for i in range(len(tried.conditions)) if mask >> i & 1]
        frame = satisfier.frame(places)
        assert (frame is not None) == tried.can_be_met(mask)
        if frame is not None:
            assert fixed.items() <= frame.items()
            assert Tried(problem, frame).can_be_met(mask)


@given(PROBLEMS, st.randoms(use_true_random=False))
def test_clash_by_sat_is_irreducible_and_told_as_it_is(problem, random):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("samordna_engine.clash.sights.MANY_COMMON", -1)
        fixed = some_given(problem, random)
        every = Tried(problem, fixed).irreducible()
        outcome = settle(problem, given=fixed)
        assert isinstance(outcome, Clash) == bool(every)
        told = clashes(problem, at_most=3, given=fixed)
    found = [clash.conditions for clash in told.found]
    assert set(found) <= set(every)
    assert told.complete == (len(every) <= 3)
    assert len(found) == min(len(every), 3)
    if every:
        assert outcome.conditions in every
        assert outcome.others_exist == (len(every) > 1)
    event(f"{len(every)} clashes")


def ladder(steps, seed, *, clash):
    """Each step's aspect is at least the one before; with a clash, the last must be lower than the first."""
    random = Random(seed)
    options = tuple(Option(id=str(n), label=str(n), number=n) for n in range(9))
    aspects = tuple(
        Aspect(id=f"a{i}", label=f"a{i}", kind=AspectKind.RANGE, options=options, sharing=Sharing.COMMON)
        for i in range(steps)
    )
    people = tuple(Participant(id=f"p{i}", label=f"p{i}") for i in range(20))
    said = [(aspects[0], AtLeast(aspect="a0", value=3))]
    for i in range(1, steps):
        rise = If(all_of=(AtLeast(aspect=f"a{i - 1}", value=3),), then=(AtLeast(aspect=f"a{i}", value=3),))
        idle = If(all_of=(AtMost(aspect=f"a{i}", value=1),), then=(IsNot(aspect=f"a{i - 1}", options=("8",)),))
        said += [(aspects[i], rise), (aspects[i], idle)]
    if clash:
        said.append((aspects[12], AtMost(aspect="a12", value=2)))
    conditions = tuple(
        Condition(id=f"c{i:05}", owner=random.choice(people).id, rule=rule, reason="a step")
        for i, (_, rule) in enumerate(said)
    )
    return Problem(id="ladder", title="A ladder", aspects=aspects, participants=people, conditions=conditions)


def test_thousands_of_common_aspects():
    limits = Limits(aspects=5000, seconds=120)
    clash = settle(ladder(2000, 1, clash=True), limits=limits)
    assert isinstance(clash, Clash)
    assert len(clash.members) == 14
    assert all(member.unlocks for member in clash.members)
    assert not clash.others_exist


def test_vast_question_with_an_answer_goes_on_to_be_settled():
    outcome = settle(ladder(300, 1, clash=False), limits=Limits(aspects=5000, seconds=60))
    assert isinstance(outcome, Settled | Unfinished)


def test_no_time_at_all_is_told():
    problem = ladder(300, 1, clash=True)
    assert isinstance(settle(problem, limits=Limits(aspects=5000, seconds=0)), Unfinished)
    with pytest.raises(OutOfTime):
        clashes(problem, limits=Limits(aspects=5000, seconds=0))


def test_questions_beyond_the_grid_and_too_wide_for_the_network_are_asked_of_the_solver(monkeypatch):
    monkeypatch.setattr("samordna_engine.clash.grid.GRID_CELLS", 1)
    told = clashes(ladder(20, 1, clash=True), limits=Limits(cells=4))
    assert told.complete
    assert len(told.found) == 1
    monkeypatch.setattr(BySat, "__init__", lambda *_: pytest.fail("not needed"))
    seen = clashes(ladder(20, 1, clash=True))
    assert [clash.conditions for clash in seen.found] == [clash.conditions for clash in told.found]
