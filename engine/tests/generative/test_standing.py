"""What a question kept ready says of a change is what asking anew says, and it is left as it was."""

from dataclasses import replace

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from families import family
from matters import condition, is_
from questions import LIMITS, problems
from samordna_engine import COORDINATION, Clash, Limits, Malformed, Range, Settled, Sharing, settle, what_if
from samordna_engine.changes import (
    AddCondition,
    DropCondition,
    FixOption,
    ReplaceCondition,
    SetCost,
    SetPriceOfDifference,
    SetSharing,
    SetTakesPart,
)
from samordna_engine.standing import Ending, Preview, Standing


def some_change(problem, random):
    """A change that fits the problem as it stands."""
    person, aspect = random.choice(problem.participants), random.choice(problem.aspects)
    option = random.choice(aspect.option_ids())
    kinds = ["add", "cost", "cost", "takes part"]
    kinds += ["drop", "drop", "replace", "replace"] if problem.conditions else []
    kinds += ["fix"] if aspect.sharing is not Sharing.LOCAL else []
    kinds += ["sharing"] if not problem.needs and not problem.conditions else ["price"]
    match random.choice(kinds):
        case "add":
            return AddCondition(
                condition=condition("new", random.choice([person.id, COORDINATION]), is_(aspect.id, option))
            )
        case "drop":
            return DropCondition(condition=random.choice(problem.conditions).id)
        case "replace":
            old, other = random.choice(problem.conditions), random.choice(problem.conditions)
            return ReplaceCondition(
                condition=replace(old, rule=other.rule, owner=random.choice([old.owner, person.id]))
            )
        case "cost":
            cost = Range.exactly(random.choice([-3, 0, 2, 50]))
            return SetCost(participant=person.id, aspect=aspect.id, option=option, cost=cost)
        case "takes part":
            return SetTakesPart(participant=person.id, takes_part=not person.takes_part)
        case "fix":
            return FixOption(aspect=aspect.id, option=option)
        case "sharing":
            return SetSharing(aspect=aspect.id, sharing=random.choice(list(Sharing)))
        case _:
            return SetPriceOfDifference(price=random.choice([None, 1, 4]))


def told(outcome):
    """The short answer in a full one."""
    if isinstance(outcome, Settled):
        prices = {a: dict(of) for a, of in outcome.option_prices.items()}
        return Preview(
            ending=Ending.SETTLED, frame=outcome.proposal.frame, objective=outcome.objective, option_prices=prices
        )
    return Preview(ending=Ending.CLASH if isinstance(outcome, Clash) else Ending.UNFINISHED)


@given(problems(), LIMITS, st.integers(1, 3), st.randoms(use_true_random=False))
def test_preview_is_the_short_answer_and_leaves_no_trace(problem, pair, count, random):
    limits = Limits(cells=pair[0], own_cells=pair[1])
    standing = Standing(problem, limits=limits)
    before = standing.preview()
    assert before == told(settle(problem, limits=limits))
    changes = []
    for _ in range(count):
        try:
            change = some_change(problem, random)
            what_if(problem, *changes, change, limits=limits)
        except Malformed:
            with pytest.raises(Malformed):
                standing.preview(*changes, change)
        else:
            changes.append(change)
            event(type(change).__name__)
    full = standing.what_if(*changes)
    assert full == what_if(problem, *changes, limits=limits)
    assert standing.preview(*changes) == told(full)
    assert standing.preview() == before
    assert standing.settle() == settle(problem, limits=limits)


@pytest.mark.parametrize("own_cells", [1 << 14, 16])
def test_one_of_many_changes_and_the_rest_is_kept(own_cells, monkeypatch):
    problem = family(40, 14, 2)
    limits = Limits(own_cells=own_cells)
    standing = Standing(problem, limits=limits)
    asked = []
    looked_at = type(standing._whole).of
    monkeypatch.setattr(
        type(standing._whole),
        "of",
        lambda numbering, *more: asked.append(len(numbering.people)) or looked_at(numbering, *more),
    )
    for dropped in problem.conditions[::23]:
        fewer = DropCondition(condition=dropped.id)
        assert standing.preview(fewer) == told(what_if(problem, fewer, limits=limits))
    assert set(asked) == {1}


@pytest.mark.parametrize(
    "change",
    [
        DropCondition(condition="nothing"),
        ReplaceCondition(condition=condition("nothing", "p0", is_("a0", "o0"))),
        AddCondition(condition=condition("c0", "p0", is_("a0", "o0"))),
        AddCondition(condition=condition("new", "nobody", is_("a0", "o0"))),
        AddCondition(condition=condition("new", "p0", is_("a0", "nothing"))),
        SetCost(participant="p0", aspect="a0", option="nothing", cost=Range.exactly(1)),
        SetTakesPart(participant="nobody", takes_part=False),
        FixOption(aspect="nothing", option="o0"),
    ],
)
def test_change_to_what_does_not_exist_is_refused_as_by_what_if(change):
    problem = family(3, 4, 0)
    with pytest.raises(Malformed) as asked:
        what_if(problem, change)
    with pytest.raises(Malformed) as previewed:
        Standing(problem).preview(change)
    assert previewed.value.faults == asked.value.faults


def test_preview_that_is_stopped_says_so():
    stopped = Standing(family(12, 12, 1), limits=Limits(seconds=0, cells=1)).preview()
    assert stopped == Preview(ending=Ending.UNFINISHED)
