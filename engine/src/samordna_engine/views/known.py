"""What a participant may read of a question, and what stands where it may not."""

from dataclasses import replace
from typing import Final

from samordna_engine.documents import digest
from samordna_engine.errors import Checks
from samordna_engine.outcome import Proof, Reason
from samordna_engine.problem import COORDINATION, NOTHING, Condition, JointKind, Participant, Problem

WITHHELD: Final = ""
"""Stands where the id of a condition would, if the viewer may not even know which one it is."""
TOLD_CHECKS: Final = ("conditions_hold", "bound_reached", "jointly_impossible")
"""What was proved of the whole question and is true of every answer of its kind, so that saying it tells nothing."""


def known_to(problem: Problem, viewer: str) -> Problem:
    """The question as far as a participant may read it: the whole of it for the coordination.

    Others' confidential conditions are gone, others' costs and benefits too, and with those the joint conditions on
    sums of costs. Everything else is open. Raises `Malformed` where there is no such participant.
    """
    if viewer == COORDINATION:
        return problem
    checks = Checks()
    known = any(participant.id == viewer for participant in problem.participants)
    checks.require(known, "viewer", "unknown_owner", owner=viewer)
    checks.finish()
    return replace(
        problem,
        participants=tuple(p if p.id == viewer else _without_figures(p) for p in problem.participants),
        conditions=tuple(condition for condition in problem.conditions if _may_read(viewer, condition)),
        joint=tuple(joint for joint in problem.joint if joint.kind is not JointKind.BUDGET),
    )


def _may_read(viewer: str, condition: Condition) -> bool:
    return not condition.confidential or condition.owner == viewer


def _without_figures(participant: Participant) -> Participant:
    return replace(participant, costs={}, benefit=NOTHING)


def proof_for(proof: Proof, known: Problem) -> Proof:
    """A proof with the digest of what the viewer may read, and only those checks that tell nothing."""
    checks = tuple(check for check in proof.checks if check in TOLD_CHECKS)
    return Proof(digest=digest(known), engine=proof.engine, checks=checks)


def withheld(owner: str) -> Reason:
    """That there is a reason of somebody's, and no more."""
    return Reason(kind="withheld", facts={"owner": owner})
