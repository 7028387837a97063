"""Who takes part is found as by trying every frame, whatever the limits, and never wrongly."""

import itertools
from dataclasses import replace

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from questions import problems
from samordna_engine import COORDINATION, Limits, Sharing
from samordna_engine.checking import holds, is_about_frame
from samordna_engine.problem import Depth
from samordna_engine.solvers import exhaustive
from samordna_engine.takes_part import who_takes_part
from samordna_engine.takes_part.ask import numbered, question
from samordna_engine.takes_part.search import Effort, best_frame
from samordna_engine.takes_part.voluntary import lost_by_difference

SMALL = [
    Effort(),
    Effort(ways=1, joined_ways=1, cells=1, first=1, again=1, tried=1),
    Effort(ways=4, joined_ways=6, cells=20, first=3, again=2, tried=1),
    Effort(ways=600, joined_ways=2, cells=3),
    Effort(ways=1, joined_ways=10**6, first=2, again=0, tried=2),
]


def generous(problem, depth=Depth.CONDITIONAL):
    """The question with such benefits that taking part is a real choice."""
    people = tuple(replace(p, benefit=replace(p.benefit, likely=p.benefit.high)) for p in problem.participants)
    return replace(problem, participants=people, depth=depth)


def options(aspects):
    for combination in itertools.product(*(aspect.option_ids() for aspect in aspects)):
        yield dict(zip((aspect.id for aspect in aspects), combination, strict=True))


def net(problem, participant, frame):
    """The most a participant can gain under a frame, or None where its conditions forbid it."""
    known = {aspect.id: aspect for aspect in problem.aspects}
    rules = [c.rule for c in problem.conditions if c.owner in (COORDINATION, participant.id)]
    needs = [n for n in problem.needs if n.owner == participant.id]
    nets = []
    for own in options([a for a in problem.aspects if a.sharing is Sharing.LOCAL]):
        values = {**frame, **own}
        if all(holds(rule, values, known) for rule in rules):
            costs = sum(of[values[a]].likely for a, of in participant.costs.items() if values[a] in of)
            unmet = sum(n.weight for n in needs if not holds(n.rule, values, known))
            nets.append(participant.benefit.likely - costs - unmet)
    return max(nets, default=None)


def totals(problem, must=False):
    """The net of the whole under each frame that may be."""
    known = {aspect.id: aspect for aspect in problem.aspects}
    common = [n for n in problem.needs if n.owner == COORDINATION]
    for frame in options([a for a in problem.aspects if a.sharing is not Sharing.LOCAL]):
        if all(holds(c.rule, frame, known) for c in problem.conditions if is_about_frame(c, known)):
            nets = [net(problem, participant, frame) for participant in problem.taking_part()]
            loss = sum(n.weight for n in common if not holds(n.rule, frame, known))
            if not must:
                yield frame, sum(max(of or 0, 0) for of in nets) - loss
            elif None not in nets:
                yield frame, sum(nets) - loss


def best(problem, fixed, must=False):
    return max((total for frame, total in totals(problem, must) if fixed.items() <= frame.items()), default=None)


@given(problems(max_participants=5, max_conditions=12), st.booleans())
def test_net_is_that_of_trying_every_frame(problem, must):
    problem = generous(problem, Depth.MANDATORY if must else Depth.CONDITIONAL)
    answer = who_takes_part(problem)
    assert answer.proved
    assert answer.net == answer.bound == best(problem, {}, must)
    if answer.frame is not None:
        event("worth it" if answer.worth_it else "not worth it")
        members = set(answer.members)
        for participant in problem.taking_part():
            gain = net(problem, participant, answer.frame)
            if must or (answer.worth_it and (gain or 0) > 0):
                assert participant.id in members
                assert answer.nets[participant.id] == gain
            else:
                (left,) = (left for left in answer.left if left.participant == participant.id)
                assert left.net == gain
                assert (gain is None) == bool(left.forbidden_by)


@given(problems(max_aspects=5, max_participants=6, max_conditions=14), st.sampled_from(SMALL))
def test_no_path_of_the_search_changes_what_is_found(problem, effort):
    problem = generous(problem)
    numbering = numbered(problem)
    asked = question(numbering, numbering.matter({}), False)
    found = best_frame(asked, Limits().start(), effort)
    assert found.proved
    assert found.value == found.bound
    expected = best(problem, {})
    assert (None if found.frame is None else found.value) == expected


@given(problems(max_participants=4), st.randoms(use_true_random=False))
def test_options_that_are_given_are_kept(problem, random):
    problem = generous(problem)
    shared = [aspect for aspect in problem.aspects if aspect.sharing is not Sharing.LOCAL]
    if not shared:
        return
    aspect = random.choice(shared)
    fixed = {aspect.id: random.choice(aspect.option_ids())}
    answer = who_takes_part(problem, given=fixed)
    assert answer.net == best(problem, fixed)


@given(problems(max_participants=5))
def test_what_forbids_somebody_the_frame_cannot_be_spared(problem):
    problem = generous(problem)
    answer = who_takes_part(problem)
    known = {aspect.id: aspect for aspect in problem.aspects}
    for left in answer.left:
        (participant,) = (p for p in problem.participants if p.id == left.participant)
        named = [c for c in problem.conditions if c.id in left.forbidden_by]
        event(f"{len(named)} forbid")
        if named:
            assert net(replace(problem, conditions=tuple(named)), participant, answer.frame) is None
        if any(known[a].sharing is Sharing.LOCAL for c in named for a in aspects(c)):
            for spared in named:
                fewer = tuple(c for c in named if c is not spared)
                assert net(replace(problem, conditions=fewer), participant, answer.frame) is not None


def aspects(condition):
    from samordna_engine.rules import aspects_of

    return aspects_of(condition.rule)


@pytest.mark.parametrize("steps", [0, 1, 2, 4, 8, 16])
@given(problem=problems(max_aspects=5, max_participants=6, max_conditions=14))
def test_bound_holds_wherever_it_is_stopped(steps, problem):
    problem = generous(problem)
    ticks = itertools.count()
    limits = Limits(seconds=steps, now=lambda: float(next(ticks)))
    numbering = numbered(problem)
    asked = question(numbering, numbering.matter({}), False)
    found = best_frame(asked, limits.start(), SMALL[1])
    expected = best(problem, {})
    event("proved" if found.proved else "stopped")
    if expected is None:
        assert found.frame is None
    else:
        assert found.value <= expected <= found.bound


@given(problems(max_participants=4))
def test_order_of_participants_does_not_matter_and_the_answer_is_the_same_each_time(problem):
    problem = generous(problem)
    answer = who_takes_part(problem)
    assert answer == who_takes_part(problem)
    turned = replace(problem, participants=problem.participants[::-1], conditions=problem.conditions[::-1])
    assert who_takes_part(turned).net == answer.net


@given(problems(max_participants=4))
def test_whoever_has_more_to_gain_never_makes_it_worse(problem):
    problem = generous(problem)
    answer = who_takes_part(problem)
    first = problem.participants[0]
    richer = replace(
        first, benefit=replace(first.benefit, likely=first.benefit.likely + 3, high=first.benefit.high + 3)
    )
    other = who_takes_part(replace(problem, participants=(richer, *problem.participants[1:])))
    if answer.net is not None:
        assert answer.net <= other.net <= answer.net + 3


@given(problems(max_aspects=3, max_participants=3, max_conditions=6))
def test_following_aspect_by_aspect_is_that_of_the_twin(problem):
    problem = generous(problem, Depth.VOLUNTARY)
    answer = who_takes_part(problem)
    price = lost_by_difference(problem)
    free = tuple(
        replace(a, sharing=Sharing.FRAMED if a.sharing is Sharing.COMMON else a.sharing) for a in problem.aspects
    )
    twin = exhaustive.best(replace(problem, aspects=free, price_of_difference=price))
    benefit = sum(participant.benefit.likely for participant in problem.taking_part())
    assert answer.proved
    assert answer.net == answer.bound == (None if twin is None else benefit - price * twin.likeness - twin.cost)
