"""Answers to other readings of a question, as one participant may see them.

What must be said is here, too, what was decided: who takes part, the frame or the menus, who differs in what or uses
which option, whether it is proved, and what the viewer itself gets. All else is worked out from what it may read.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import assert_never

from samordna_engine.answers import (
    Answer,
    FewestVariants,
    JointClash,
    Left,
    MoreVariantsNeeded,
    SettledJointly,
    ShapleyShares,
    TakesPart,
    Transfers,
    WorstOff,
)
from samordna_engine.checking import Values
from samordna_engine.fairness_check import measured_cost, unmet_for_all
from samordna_engine.joint import settle_jointly
from samordna_engine.joint.check import usage
from samordna_engine.limits import Limits
from samordna_engine.outcome import Price, Reason
from samordna_engine.problem import COORDINATION, Participant, Problem, Sharing
from samordna_engine.takes_part.prove import Plain
from samordna_engine.takes_part.voluntary import least_cost, lost_by_difference
from samordna_engine.variants import unmet_in_menus
from samordna_engine.views.known import WITHHELD, known_to, proof_for, withheld
from samordna_engine.views.outcomes import Seen


def answer_seen_by(answer: Answer, problem: Problem, viewer: str, limits: Limits | None) -> Answer:
    """An answer as a participant may see it."""
    known = known_to(problem, viewer)
    match answer:
        case SettledJointly():
            return _settled_jointly(answer, known, viewer, limits)
        case JointClash():
            return _joint_clash(answer, problem, known, limits)
        case FewestVariants():
            return _fewest_variants(answer, known, viewer)
        case MoreVariantsNeeded():
            return replace(answer, proof=proof_for(answer.proof, known))
        case WorstOff():
            return _worst_off(answer, known, viewer)
        case TakesPart():
            return _takes_part(answer, known, viewer)
        case Transfers():
            mine = {viewer: answer.transfers[viewer]} if viewer in answer.transfers else {}
            after = {viewer: answer.after[viewer]} if viewer in answer.after else {}
            return Transfers(transfers=mine, after=after, possible=answer.possible, lacking=0)
        case ShapleyShares():
            return _shares(answer, viewer)
        case _:
            assert_never(answer)


def _settled_jointly(answer: SettledJointly, known: Problem, viewer: str, limits: Limits | None) -> SettledJointly:
    """What is used is told where it can be counted from what is said; which solver it took is not."""
    seen = Seen(known, viewer, limits)
    proposal = seen.proposal(answer.proposal)
    objective = Price(likeness=proposal.likeness.weighted, cost=proposal.cost)
    local = {aspect.id for aspect in known.aspects if aspect.sharing is Sharing.LOCAL}
    own = seen.said(answer.proposal)
    return SettledJointly(
        proposal=proposal,
        used={j.id: usage(known, j, proposal.frame, own) for j in known.joint if j.aspect not in local},
        objective=objective,
        bound=objective,
        solver=False,
        proof=proof_for(answer.proof, known),
    )


def _joint_clash(clash: JointClash, problem: Problem, known: Problem, limits: Limits | None) -> JointClash:
    """The clash among what the viewer may read, if there is one; else the true one without what it may not.

    Joint conditions may be read by all, though not all who read them can add up what they bound.
    """
    worked_out = settle_jointly(known, limits=limits, given=clash.given, solver=False)
    if isinstance(worked_out, JointClash):
        return worked_out
    owner = {condition.id: condition.owner for condition in problem.conditions}
    owner |= {joint.id: joint.owner for joint in problem.joint}
    readable = {condition.id for condition in known.conditions}
    open_ones = sorted(name for name in clash.conditions if name in readable)
    others = sorted({owner[name] for name in clash.conditions if name not in readable})
    return JointClash(
        joints=tuple(sorted(clash.joints)),
        conditions=(*open_ones, *(WITHHELD for _ in others)),
        owners=clash.owners,
        given=dict(clash.given),
        examples={},
        reason=Reason(
            kind="joint_clash",
            because=(
                *(Reason(kind="joint", facts={"joint": name, "owner": owner[name]}) for name in sorted(clash.joints)),
                *(Reason(kind="condition", facts={"condition": name, "owner": owner[name]}) for name in open_ones),
                *map(withheld, others),
            ),
        ),
        proof=replace(proof_for(clash.proof, known), checks=()),
    )


def _fewest_variants(answer: FewestVariants, known: Problem, viewer: str) -> FewestVariants:
    """Who uses what of all that is offered, and the viewer's own local values."""
    local = {aspect.id for aspect in known.aspects if aspect.sharing is Sharing.LOCAL}
    own = _without_local(answer.own, local, viewer)
    cost = unmet_in_menus(known, answer.menus, set())
    if person := _taking_part(known, viewer):
        used = {a: o for a, users in answer.used_by.items() for o, names in users.items() if viewer in names}
        cost += measured_cost(known, person, {**used, **own.get(viewer, {})})
    least = Price(likeness=answer.weighted, cost=cost) if answer.proved else Price(likeness=0, cost=least_cost(known))
    return replace(answer, own=own, cost=cost, bound=least, solver=False, proof=proof_for(answer.proof, known))


def _worst_off(answer: WorstOff, known: Problem, viewer: str) -> WorstOff:
    """What the decision leaves the viewer. Who is worst off, and how badly, would tell of others' figures."""
    local = {aspect.id for aspect in known.aspects if aspect.sharing is Sharing.LOCAL}
    nets = {viewer: answer.nets[viewer]} if viewer in answer.nets else {}
    net = nets.get(viewer, 0)
    person = _taking_part(known, viewer)
    most = person.benefit.likely if person else 0
    return WorstOff(
        frame=dict(answer.frame),
        own=_without_local(answer.own, local, viewer),
        nets=nets,
        worst=net,
        worst_off=(),
        total=net - unmet_for_all(known, answer.frame),
        bound=net if answer.proved else most,
        proved=answer.proved,
        proof=proof_for(answer.proof, known),
    )


def _takes_part(answer: TakesPart, known: Problem, viewer: str) -> TakesPart:
    """Who takes part, and what that gives the viewer."""
    person = _taking_part(known, viewer)
    most = (person.benefit.likely if person else 0) - least_cost(known)
    proof = proof_for(answer.proof, known)
    if answer.frame is None:
        bound = None if answer.bound is None else most
        return TakesPart.without_frame(answer.depth, bound, proof)
    local = {aspect.id for aspect in known.aspects if aspect.sharing is Sharing.LOCAL}
    own = _without_local(answer.own, local, viewer)
    nets = {viewer: _net(answer.frame, own.get(viewer, {}), known, person)} if viewer in answer.members else {}
    loss = unmet_for_all(known, answer.frame)
    net = sum(nets.values()) - loss
    plain = Plain(known, answer.frame)
    return TakesPart(
        depth=answer.depth,
        members=answer.members,
        left=tuple(_left(left, plain, viewer) for left in answer.left),
        frame=dict(answer.frame),
        own=own,
        net=net,
        nets=nets,
        common_loss=loss,
        bound=net if answer.proved else max(net, most),
        proved=answer.proved,
        proof=proof,
    )


def _net(frame: Values, own: Values, known: Problem, person: Participant | None) -> int:
    """What following a frame gives the viewer, less what its differences lose as far as it may know."""
    assert person is not None
    weight = {aspect.id: aspect.weight for aspect in known.aspects if aspect.sharing is not Sharing.LOCAL}
    differing = sum(weight[name] for name, option in own.items() if name in weight and frame[name] != option)
    cost = measured_cost(known, person, {**frame, **own}) + lost_by_difference(known) * differing
    return person.benefit.likely - cost


def _left(left: Left, plain: Plain, viewer: str) -> Left:
    """Why a participant does not take part: the viewer's own reasons, and what open conditions say of others."""
    forbidding = plain.forbidding(left.participant)
    if left.participant == viewer and left.net is not None:
        return left
    if forbidding:
        because = tuple(Reason(kind="condition", facts={"condition": name}) for name in forbidding)
        reason = Reason(kind="forbidden", because=because)
    elif left.participant == viewer:
        reason = Reason(kind="forbidden", because=(withheld(COORDINATION),))
    else:
        reason = withheld(left.participant)
    return Left(participant=left.participant, net=None, forbidden_by=forbidding, reason=reason)


def _shares(answer: ShapleyShares, viewer: str) -> ShapleyShares:
    """The viewer's own share, as rounded: the fraction and its bound would tell more than the share does."""
    mine = {viewer: answer.shares[viewer]} if viewer in answer.shares else {}
    return replace(
        answer,
        shares=mine,
        numerators=mine,
        denominator=1,
        bounds=dict.fromkeys(mine, 0) if answer.exact else {},
        whole=sum(mine.values()),
    )


def _taking_part(known: Problem, viewer: str) -> Participant | None:
    return next((person for person in known.taking_part() if person.id == viewer), None)


def _without_local(own: Mapping[str, Values], local: set[str], viewer: str) -> dict[str, dict[str, str]]:
    """Own values without others' local ones, and without those who then have none."""
    kept = {
        name: {aspect: option for aspect, option in values.items() if name == viewer or aspect not in local}
        for name, values in own.items()
    }
    return {name: values for name, values in kept.items() if values}
