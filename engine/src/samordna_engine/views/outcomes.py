"""What `settle` answered, as one participant may see it."""

from collections.abc import Mapping
from dataclasses import replace

from samordna_engine.checking import OwnValues, Values
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
    Proposal,
    Reason,
    Settled,
    Unfinished,
    Verdict,
    WayOut,
)
from samordna_engine.problem import COORDINATION, Problem, Sharing
from samordna_engine.settling import assess, settle
from samordna_engine.views.known import WITHHELD, known_to, proof_for, withheld
from samordna_engine.weigh import whole


def outcome_seen_by(outcome: Outcome, problem: Problem, viewer: str, limits: Limits | None) -> Outcome:
    """The outcome of `settle(problem)` as a participant may see it."""
    known = known_to(problem, viewer)
    if isinstance(outcome, Clash):
        return _clash(outcome, known, {joint.id for joint in problem.joint}, limits)
    if isinstance(outcome, Unfinished):
        best = None if outcome.best is None else Seen(known, viewer, limits).proposal(outcome.best)
        return Unfinished(stopped_by=outcome.stopped_by, limit=outcome.limit, best=best)
    proposal = Seen(known, viewer, limits).proposal(outcome.proposal)
    objective = Price(likeness=proposal.likeness.weighted, cost=proposal.cost)
    return Settled(
        proposal=proposal,
        option_prices=_option_prices(known, proposal.frame, limits),
        objective=objective,
        bound=objective,
        proof=proof_for(outcome.proof, known),
    )


def ways_out_seen_by(view: Clash, problem: Problem, viewer: str, *, limits: Limits | None = None) -> tuple[WayOut, ...]:
    """What could be given up, as far as the viewer may know, to end the clash that it sees; the cheapest first.

    Where a withheld condition takes part in it there are none to tell: that is for its owner and the coordination.
    Nothing here says that no other clash is left afterwards. Raises as `cheapest_ways_out`.
    """
    if WITHHELD in view.conditions:
        return ()
    return cheapest_ways_out(known_to(problem, viewer), view, limits=limits)


class Seen:
    """Proposals through the eyes of one participant, given what it may read."""

    def __init__(self, known: Problem, viewer: str, limits: Limits | None) -> None:
        self.known, self.viewer, self.limits = known, viewer, limits

    def proposal(self, decided: Proposal) -> Proposal:
        """A proposal weighed by what the viewer may read, whoever knew more when it was made."""
        own = self.said(decided)
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

    def said(self, decided: Proposal) -> OwnValues:
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
            because=(withheld(worked_out.participant),),
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
        reason=Reason(kind="clash", because=(*map(_open, open_ones), *map(withheld, others))),
        proof=proof_for(clash.proof, known),
    )


def _open(member: ClashMember) -> Reason:
    return Reason(kind="condition", facts={"condition": member.condition, "owner": member.owner})


def _withheld_member(owner: str) -> ClashMember:
    """Something that its owner has stated in confidence: one thing or several, that is not told."""
    return ClashMember(condition=WITHHELD, owner=owner, relax_price=None, example={}, unlocks=False)
