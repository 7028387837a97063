"""Decisions under joint conditions: budgets, capacities, and how many variants there may be.

`settle` leaves joint conditions aside, because each participant's own values then depend on everybody else's. Here they
are met. The answer is found and bounded by prices on what is scarce (`joint.search`); where the engine cannot close the
last gap, and the extra `solver` is installed, CP-SAT does.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from samordna_engine.answers import JointClash, SettledJointly
from samordna_engine.checking import check
from samordna_engine.documents import digest
from samordna_engine.errors import Unproved
from samordna_engine.joint.check import usage
from samordna_engine.joint.clash import joint_clash
from samordna_engine.joint.measures import COST, LIKENESS, Decision, Measures
from samordna_engine.joint.search import Answer, joint_search, why_stopped
from samordna_engine.limits import Deadline, Limits, OutOfTime
from samordna_engine.outcome import Clash, Price, Proof, Proposal, Unfinished
from samordna_engine.problem import Problem, Sharing
from samordna_engine.projection.matter import BROKEN, Matter, Numbering
from samordna_engine.settling import ENGINE, assess, settle
from samordna_engine.size import refuse_if_too_large
from samordna_engine.solvers import cpsat

FEW_SUMS: Final = 3
SOLVERS_PART: Final = 0.9
"""Of the time, where there are more joint conditions than a few: seen to prove five in a third to half of the time."""

JOINT_CHECKS: Final = ("conditions_hold", "joint_conditions_hold", "numbers_agree", "bound_reached")


JointOutcome = SettledJointly | JointClash | Clash | Unfinished


def settle_jointly(
    problem: Problem, *, limits: Limits | None = None, given: Mapping[str, str] | None = None, solver: bool = True
) -> JointOutcome:
    """The decision that `settle` would find, among those that meet the joint conditions as well.

    `Clash` where the conditions clash without any joint one, `JointClash` where a joint condition takes part in it, and
    `Unfinished` with the best found and a bound that holds where a limit was reached. `solver` allows the extra, if it
    is installed, to prove what the engine leaves open. `given` fixes options of the frame. Raises as `settle` does.
    """
    limits, given = limits or Limits(), dict(given or {})
    refuse_if_too_large(problem, limits)
    free = problem.without_joint()
    deadline = limits.start()
    if _needs_settle(problem, given):
        outcome = settle(free, limits=limits, given=given)
        return outcome if isinstance(outcome, Clash | Unfinished) else _as_joint(problem, outcome.proposal)
    numbering = Numbering(problem)
    matter = numbering.matter(given)
    solver = solver and cpsat.available()
    try:
        measures = Measures(numbering, matter, problem.joint)
        first = _own_part(deadline, limits, len(problem.joint)) if solver else deadline
        answer = joint_search(measures, problem.price_of_difference, limits.cells, first)
    except OutOfTime:
        return Unfinished(**why_stopped(limits, deadline))
    impossible = answer.decision is None and answer.bound >= BROKEN
    closed = solver and not answer.proved and not impossible and not deadline.passed
    if closed:
        answer = cpsat.close(measures, problem.price_of_difference, answer, deadline)
    if answer.decision is None and answer.bound >= BROKEN:
        outcome = settle(free, limits=limits, given=given)
        return outcome if isinstance(outcome, Clash | Unfinished) else joint_clash(numbering, given, limits, deadline)
    return _outcome(numbering, matter, measures, answer, limits, deadline, closed=closed)


def _own_part(deadline: Deadline, limits: Limits, sums: int) -> Deadline:
    """The engine's own part of the time, where the solver may need the rest: little where much is joint at once."""
    if deadline.until is None or limits.seconds is None:
        return deadline
    rest = SOLVERS_PART if sums > FEW_SUMS else 0.5
    return replace(deadline, until=deadline.until - rest * limits.seconds)


def _needs_settle(problem: Problem, given: Mapping[str, str]) -> bool:
    """Whether nothing is joint, nobody takes part, or `given` is wrong: then `settle` says all there is to say."""
    options = {a.id: a.option_ids() for a in problem.aspects if a.sharing is not Sharing.LOCAL}
    wrong = any(option not in options.get(name, ()) for name, option in given.items())
    return wrong or not problem.joint or not problem.taking_part()


def _as_joint(problem: Problem, proposal: Proposal) -> SettledJointly:
    """A decision that `settle` proved, where joint conditions bind nobody."""
    if violations := check(problem, proposal.frame, proposal.own()):
        raise Unproved(f"the decision breaks {violations[0]}")
    price = Price(likeness=proposal.likeness.weighted, cost=proposal.cost)
    proof = Proof(digest=digest(problem), engine=ENGINE, checks=JOINT_CHECKS)
    used = used_by(problem, proposal)
    return SettledJointly(proposal=proposal, used=used, objective=price, bound=price, solver=False, proof=proof)


def _outcome(
    numbering: Numbering,
    matter: Matter,
    measures: Measures,
    answer: Answer,
    limits: Limits,
    deadline: Deadline,
    *,
    closed: bool,
) -> JointOutcome:
    """The answer in the words of the question, proved by the independent checker."""
    stopped = why_stopped(limits, deadline)
    price = numbering.problem.price_of_difference
    if answer.decision is None:
        return Unfinished(**stopped, bound=_bound(matter, price, answer))
    proposal = _proposal(numbering, answer.decision, limits)
    objective = _objective(matter, measures, answer.decision)
    _prove(numbering.problem, proposal, objective)
    if not answer.proved:
        best = objective if price is None else Price(likeness=0, cost=objective.cost + price * objective.likeness)
        bound = _bound(matter, price, answer)
        gap = Price(likeness=best.likeness - bound.likeness, cost=best.cost - bound.cost)
        return Unfinished(**stopped, best=proposal, bound=bound, gap=gap)
    proof = Proof(digest=digest(numbering.problem), engine=ENGINE, checks=JOINT_CHECKS)
    used = used_by(numbering.problem, proposal)
    return SettledJointly(
        proposal=proposal, used=used, objective=objective, bound=objective, solver=closed, proof=proof
    )


def _objective(matter: Matter, measures: Measures, decision: Decision) -> Price:
    """What the solver says of a decision, with the cost put back that was taken off to begin at zero."""
    return Price(likeness=decision.totals[LIKENESS], cost=decision.totals[COST] + matter.floor)


def _bound(matter: Matter, price: int | None, answer: Answer) -> Price:
    """What is certain of every decision: with a price of difference, only the sum in cost."""
    if price is not None:
        return Price(likeness=0, cost=answer.bound + matter.floor)
    return Price(likeness=answer.bound, cost=(answer.second or 0) + matter.floor)


def _proposal(numbering: Numbering, decision: Decision, limits: Limits) -> Proposal:
    frame, own = named(numbering, decision)
    return assess(numbering.problem.without_joint(), frame, own, limits=replace(limits, seconds=None))


def named(numbering: Numbering, decision: Decision) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    """A decision by the ids of its options: the frame, and own values that are local or differ from it."""
    aspects = numbering.aspects
    shared = [(a, v) for a, v in zip(aspects, decision.frame, strict=True) if a.sharing is not Sharing.LOCAL]
    frame = {a.id: a.options[v].id for a, v in shared}
    own: dict[str, dict[str, str]] = {}
    for person, values in zip(numbering.people, decision.chosen.tolist(), strict=True):
        of = {a.id: a.options[v].id for a, v in zip(aspects, values, strict=True)}
        own[person.id] = {name: option for name, option in of.items() if frame.get(name) != option}
    return frame, own


def _prove(problem: Problem, proposal: Proposal, objective: Price) -> None:
    """The independent checker finds no fault, joint conditions included, and comes to the same sums."""
    if violations := check(problem, proposal.frame, proposal.own()):
        raise Unproved(f"the proposal breaks {len(violations)} conditions; the first is {violations[0]}")
    measured = Price(likeness=proposal.likeness.weighted, cost=proposal.cost)
    if objective != measured:
        raise Unproved(f"the numbers do not agree: solved {objective}, measured {measured}")


def used_by(problem: Problem, proposal: Proposal) -> dict[str, int]:
    """What a decision comes to for each joint condition, counted in plain Python."""
    return {joint.id: usage(problem, joint, proposal.frame, proposal.own()) for joint in problem.joint}
