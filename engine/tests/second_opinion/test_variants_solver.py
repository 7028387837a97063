"""CP-SAT, as the extra that counts variants where menus would need too many cells, agrees with the engine."""

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from questions import problems, question
from samordna_engine import variants
from samordna_engine.answers import FewestVariants
from samordna_engine.errors import TooLarge
from samordna_engine.limits import Limits
from samordna_engine.outcome import Unfinished
from samordna_engine.variants import settle_fewest_variants

pytestmark = pytest.mark.second_opinion


def by_solver(problem, at_most, **more):
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(variants, "TABLE_CELLS", -1)
        return settle_fewest_variants(problem, at_most, **more)


@given(problems(max_aspects=3), st.integers(1, 3), st.randoms(use_true_random=False))
def test_solver_finds_as_few_variants_as_the_engine(problem, at_most, random):
    shared = [aspect for aspect in problem.aspects if aspect.sharing != "local"]
    given = {a.id: random.choice(a.option_ids()) for a in random.sample(shared, min(len(shared), random.randint(0, 1)))}
    own, outcome = settle_fewest_variants(problem, at_most, given=given), by_solver(problem, at_most, given=given)
    event(type(own).__name__)
    assert type(outcome) is type(own)
    if isinstance(own, FewestVariants) and problem.taking_part():
        assert (outcome.weighted, outcome.cost, outcome.bound) == (own.weighted, own.cost, own.bound)
        assert (outcome.proved, outcome.solver, own.solver) == (True, True, False)


def test_solver_is_not_asked_where_it_may_not_be_and_stops_in_time():
    problem = question(seed=1, aspects=3, participants=3, conditions=2, price=None)
    with pytest.raises(TooLarge, match="cells of the tables over menus"):
        by_solver(problem, 2, solver=False)
    assert isinstance(by_solver(problem, 2, limits=Limits(seconds=0)), Unfinished | FewestVariants)
