"""Questions that another function answers are refused with its name, before anything is solved."""

from dataclasses import replace

import pytest

from examples import example
from samordna_engine import Malformed, settle, what_if
from samordna_engine.joint import SettledJointly, settle_jointly
from samordna_engine.problem import Joint, JointKind, LikenessBy
from samordna_engine.tradeoff import frontier
from samordna_engine.variants import FewestVariants, settle_fewest_variants

PROBLEM = example("betalningsansvar")
BOUND = Joint(id="budget", kind=JointKind.BUDGET, limit=10**6, reason="There is no more.")
JOINTLY = replace(PROBLEM, joint=(BOUND,))
BY_VARIANTS = replace(PROBLEM, likeness=LikenessBy.VARIANTS)


@pytest.mark.parametrize("ask", [settle, what_if, frontier])
@pytest.mark.parametrize(
    ("problem", "path", "function"),
    [(JOINTLY, "joint", "settle_jointly"), (BY_VARIANTS, "likeness", "settle_fewest_variants")],
)
def test_question_for_another_function_is_refused_with_its_name(ask, problem, path, function):
    with pytest.raises(Malformed) as refusal:
        ask(problem)
    (fault,) = refusal.value.faults
    assert (fault.path, fault.code, fault.facts) == (path, "asked_elsewhere", {"function": function})


def test_that_function_answers():
    assert isinstance(settle_jointly(JOINTLY), SettledJointly)
    assert isinstance(settle_fewest_variants(BY_VARIANTS), FewestVariants)
