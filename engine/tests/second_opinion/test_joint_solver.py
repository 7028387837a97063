"""CP-SAT, as the extra that closes joint conditions, agrees with the engine."""

import pytest
from hypothesis import given

from joint_questions import JOINTLY
from samordna_engine.joint import SettledJointly, ask, settle_jointly
from samordna_engine.joint.search import Answer

pytestmark = pytest.mark.second_opinion


@given(JOINTLY)
def test_solver_closes_what_the_engine_leaves_open(problem):
    own = settle_jointly(problem, solver=False)
    right = ask.joint_search

    def nothing_found(*_):
        return Answer(decision=None, bound=0, second=None, proved=False)

    ask.joint_search = nothing_found
    try:
        outcome = settle_jointly(problem)
    finally:
        ask.joint_search = right
    if isinstance(own, SettledJointly):
        assert isinstance(outcome, SettledJointly)
        assert outcome.solver
        assert outcome.objective == own.objective
    else:
        assert not isinstance(outcome, SettledJointly)


@given(JOINTLY)
def test_solver_proves_what_was_found_but_not_proved(problem):
    own = settle_jointly(problem, solver=False)
    if not isinstance(own, SettledJointly):
        assert not isinstance(settle_jointly(problem), SettledJointly)
        return
    right = ask.joint_search

    def unproved(*given):
        answer = right(*given)
        return Answer(decision=answer.decision, bound=0, second=None, proved=False)

    ask.joint_search = unproved
    try:
        outcome = settle_jointly(problem)
    finally:
        ask.joint_search = right
    assert isinstance(outcome, SettledJointly)
    assert outcome.objective == own.objective
