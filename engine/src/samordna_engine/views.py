"""An answer as one participant may see it, when others have stated conditions in confidence.

Taking names out of an answer does not keep a secret: a price, a count, an example or a fingerprint tells it just as
well. So a view is not the answer with parts taken out. It is worked out anew from two things only:

- what the viewer may read (`known_to`): all that is open, and all of its own. Not others' confidential conditions, and
  not others' costs and benefits;
- what must be said, because a decision that nobody knows cannot be followed: that there is one, its frame, everybody's
  differences from the frame, and the viewer's own values. Where there is none: that there is none, and, only where the
  conditions that the viewer may read do not clash already, which of those take part in the clash and who else does.

Hence the promise. *Two questions that differ only in others' confidential conditions, costs and benefits, and in which
what must be said is the same, look the same to the viewer, byte for byte.* (This is security by simulation, Goldreich
2004, chapter 7: whatever is in the view, the viewer could have written itself.) What follows from the promise:

- The number of withheld conditions is not said. That X states two things in confidence rather than one changes nothing
  that must be said, so it may not be told; in a clash X is named once however many of its conditions are in it.
- The digest is of what the viewer may read. One of the whole question would let anybody try guesses against it.
- The price of an option depends on everybody. A view says that it is blocked where open conditions block it, else only
  that it is not better than what was decided.
- An example of how a clash could be avoided obeys confidential conditions and so tells of them, and so does it that
  lifting one condition would settle everything. Views have such examples only among what the viewer may read.
- A difference that open conditions do not explain is told to be withheld, with whose it is and nothing else. That
  there is a reason could be concluded from the difference itself.

What is not promised: a viewer that gets many answers to questions of its own choice may compare them. Ask those
questions (what-if, why-not, ways out, frontier, check) of `known_to(problem, viewer)`, which has nothing to tell. How
long an answer takes is not hidden either, nor which limit stopped the engine.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from samordna_engine.checking import OwnValues, Values
from samordna_engine.documents import digest
from samordna_engine.errors import Checks
from samordna_engine.explain import cheapest_ways_out
from samordna_engine.limits import Limits
from samordna_engine.outcome import (
    Adaptation,
    Clash,
    ClashMember,
    Necessity,
    OptionPrice,
    Outcome,
    Price,
    PriceState,
    Proof,
    Proposal,
    Reason,
    Settled,
    Unfinished,
    Verdict,
    WayOut,
)
from samordna_engine.problem import COORDINATION, NOTHING, Condition, JointKind, Participant, Problem, Sharing
from samordna_engine.settling import assess, settle
from samordna_engine.weigh import whole

WITHHELD: Final = ""
"""Stands where the id of a condition would, if the viewer may not even know which one it is."""
TOLD_CHECKS: Final = ("conditions_hold", "bound_reached", "jointly_impossible")
"""What was proved of the whole question and is true of every answer of its kind, so that saying it tells nothing."""


def seen_by(outcome: Outcome, problem: Problem, viewer: str, *, limits: Limits | None = None) -> Outcome:
    """The outcome of `settle(problem)` as a participant may see it; the coordination sees everything.

    The view is an outcome of the same kind. In a settled one the frame and the differences are the decision's; figures
    (`balances`, `whole`, `cost`, `objective`) count the viewer and the coordination only, and the whole's verdict is
    not told. In a clash `unlocks` and `smallest` are never claimed. An unfinished one has no bound.
    Raises `Malformed` where there is no such participant, and otherwise as `settle`.
    """
    if viewer == COORDINATION:
        return outcome
    known = known_to(problem, viewer)
    if isinstance(outcome, Clash):
        return _clash(outcome, known, {joint.id for joint in problem.joint}, limits)
    if isinstance(outcome, Unfinished):
        best = None if outcome.best is None else _Seen(known, viewer, limits).proposal(outcome.best)
        return Unfinished(stopped_by=outcome.stopped_by, limit=outcome.limit, best=best)
    proposal = _Seen(known, viewer, limits).proposal(outcome.proposal)
    objective = Price(likeness=proposal.likeness.weighted, cost=proposal.cost)
    return Settled(
        proposal=proposal,
        option_prices=_option_prices(known, proposal.frame, limits),
        objective=objective,
        bound=objective,
        proof=_proof(outcome.proof, known),
    )


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


def ways_out_seen_by(view: Clash, problem: Problem, viewer: str, *, limits: Limits | None = None) -> tuple[WayOut, ...]:
    """What could be given up, as far as the viewer may know, to end the clash that it sees; the cheapest first.

    Where a withheld condition takes part in it there are none to tell: that is for its owner and the coordination.
    Nothing here says that no other clash is left afterwards. Raises as `cheapest_ways_out`.
    """
    if WITHHELD in view.conditions:
        return ()
    return cheapest_ways_out(known_to(problem, viewer), view, limits=limits)


def _may_read(viewer: str, condition: Condition) -> bool:
    return not condition.confidential or condition.owner == viewer


def _without_figures(participant: Participant) -> Participant:
    return replace(participant, costs={}, benefit=NOTHING)


def _proof(proof: Proof, known: Problem) -> Proof:
    checks = tuple(check for check in proof.checks if check in TOLD_CHECKS)
    return Proof(digest=digest(known), engine=proof.engine, checks=checks)


class _Seen:
    """Proposals through the eyes of one participant, given what it may read."""

    def __init__(self, known: Problem, viewer: str, limits: Limits | None) -> None:
        self.known, self.viewer, self.limits = known, viewer, limits

    def proposal(self, decided: Proposal) -> Proposal:
        """A proposal weighed by what the viewer may read, whoever knew more when it was made."""
        own = self._said(decided)
        proposal = assess(self.known, decided.frame, own, limits=self.limits)
        balances = tuple(balance for balance in proposal.balances if balance.owner == self.viewer)
        mine = (self.viewer, COORDINATION)
        unmet = [n for n in self.known.needs if n.id in proposal.broken_needs and n.owner in mine]
        together = whole(balances, sum(need.weight for need in unmet if need.owner == COORDINATION))
        return Proposal(
            frame=dict(decided.frame),
            adaptations=tuple(map(self._adaptation, proposal.adaptations)),
            local={name: values for name, values in proposal.local.items() if name == self.viewer},
            likeness=proposal.likeness,
            cost=together.cost.likely + together.need_loss,
            balances=balances,
            whole=replace(together, verdict=Verdict.CANNOT_SAY),
            broken_needs=tuple(need.id for need in unmet),
        )

    def _said(self, decided: Proposal) -> OwnValues:
        """Own values that must be said. Others' local ones need not be; the first option stands in for them."""
        unsaid = {a.id: a.options[0].id for a in self.known.aspects if a.sharing is Sharing.LOCAL}
        own = {person.id: dict(unsaid) for person in self.known.taking_part()}
        if self.viewer in own:
            own[self.viewer].update(decided.local.get(self.viewer, {}))
        for adaptation in decided.adaptations:
            own[adaptation.participant][adaptation.aspect] = adaptation.option
        return own

    def _adaptation(self, worked_out: Adaptation) -> Adaptation:
        """A difference, with why where the viewer may know that. `worked_out` is from what it may read alone."""
        mine = worked_out.participant == self.viewer and worked_out.necessity is not Necessity.UNNECESSARY
        if mine or worked_out.necessity is Necessity.NECESSARY:
            return worked_out
        reason = Reason(
            kind=f"adaptation_{Necessity.WITHHELD}",
            facts=worked_out.reason.facts,
            because=(_withheld(worked_out.participant),),
        )
        return replace(worked_out, necessity=Necessity.WITHHELD, because=(), going_back=None, reason=reason)


def _option_prices(known: Problem, frame: Values, limits: Limits | None) -> dict[str, dict[str, OptionPrice]]:
    """For every option of the frame: chosen, blocked by what the viewer may read, or not better than what was chosen.

    What is impossible under fewer conditions is impossible under more, so a blocked option is truly blocked.
    """
    worked_out = settle(known.without_joint(), limits=limits)
    prices = worked_out.option_prices if isinstance(worked_out, Settled) else {}
    nothing = Price(likeness=0, cost=0)
    seen: dict[str, dict[str, OptionPrice]] = {}
    for aspect in known.aspects:
        if aspect.id not in frame:
            continue
        of: Mapping[str, OptionPrice] = prices.get(aspect.id, {})
        seen[aspect.id] = {
            option: OptionPrice(
                state=PriceState.EXACT if option == frame[aspect.id] else PriceState.AT_LEAST, price=nothing
            )
            for option in aspect.option_ids()
        } | {option: price for option, price in of.items() if price.state is PriceState.BLOCKED}
    return seen


def _clash(clash: Clash, known: Problem, joint: set[str], limits: Limits | None) -> Clash:
    """The clash among what the viewer may read, if there is one; else the true one without what it may not.

    `joint` are the ids of joint conditions, which all may read though not all may add up.
    """
    worked_out = settle(known.without_joint(), limits=limits, given=clash.given)
    if isinstance(worked_out, Clash):
        members = tuple(replace(member, unlocks=False) for member in worked_out.members)
        return replace(worked_out, members=members, smallest=False)
    readable = {condition.id for condition in known.conditions} | joint
    open_ones = sorted((m for m in clash.members if m.condition in readable), key=lambda member: member.condition)
    others = sorted({member.owner for member in clash.members if member.condition not in readable})
    return Clash(
        members=(*(replace(member, example={}, unlocks=False) for member in open_ones), *map(_withheld_member, others)),
        owners=tuple(sorted({member.owner for member in clash.members})),
        given=dict(clash.given),
        smallest=False,
        others_exist=False,
        reason=Reason(kind="clash", because=(*map(_open, open_ones), *map(_withheld, others))),
        proof=_proof(clash.proof, known),
    )


def _open(member: ClashMember) -> Reason:
    return Reason(kind="condition", facts={"condition": member.condition, "owner": member.owner})


def _withheld_member(owner: str) -> ClashMember:
    """Something that its owner has stated in confidence: one thing or several, that is not told."""
    return ClashMember(condition=WITHHELD, owner=owner, relax_price=None, example={}, unlocks=False)


def _withheld(owner: str) -> Reason:
    return Reason(kind="withheld", facts={"owner": owner})
