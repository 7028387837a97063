"""A proposal and a clash as one participant may see them: worked out anew by the engine, not filtered (ADR 9 and 10).

The engine is given only what the actor may read, and what must be said: the frame, who differs from it, and for a clash
whose conditions take part in it. So nothing that comes back can tell more than the actor could have worked out itself.
The coordinator is not asked about here: it reads what is stored.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.conf import settings

import samordna_engine as engine
from samordna.core.actor import Actor
from samordna.domain.decisions import solving
from samordna.domain.decisions.checking import as_left_open
from samordna.domain.decisions.errands import AtWork
from samordna.domain.decisions.models import Proposal
from samordna.domain.decisions.problem import question_of
from samordna.domain.decisions.queries.facts import Facts
from samordna.domain.decisions.queries.shape import EMPTY, UNNECESSARY, Own, Shape, shape_of_proposal
from samordna.domain.decisions.weighing import balance_document, found_in
from samordna.domain.matters.models import Matter
from samordna_engine.documents import outcome_plain
from samordna_engine.outcome import Adaptation, Balance, Likeness, Price, Proof, Reason
from samordna_engine.problem import NOTHING

READER = "reader"
"""Stands in the question for one who may read the matter but takes no part."""

Plain = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalSeen:
    """A proposal with the reasons that the actor may know, and without what others choose where each decides for itself.

    `balance` has the form of a proposal's stored balance. `at_work`: for how many seconds the engine has been at it, where
    its answer is not there yet; until then no reason is told.
    """

    shape: Shape
    balance: Plain
    at_work: float | None = None


def seen(actor: Actor, facts: Facts, proposal: Proposal | None, at: datetime, *, patient: bool = False) -> ProposalSeen:
    """What the actor may see of a stored proposal: the coordinator everything. Raises as `solving.ask` does."""
    if proposal is None:
        return ProposalSeen(shape=EMPTY, balance={})
    shape, stored = shape_of_proposal(proposal), proposal.balance
    if facts.leads:
        return ProposalSeen(shape=shape, balance=stored)
    view: Plain = {}
    at_work: float | None = None
    try:
        view = _view(actor, facts.matter, shape, at, None if patient else settings.PATIENCE_SECONDS)
    except AtWork as working:
        at_work = working.seconds
    return ProposalSeen(shape=_told(shape, facts.own_id, view), balance=_balance(facts, view, stored), at_work=at_work)


def _told(shape: Shape, own_id: str | None, view: Plain) -> Shape:
    reasons = {(row["organisation"], row["aspect"]): row for row in view.get("adaptations", ())}
    kept = without_others(shape, own_id)
    return Shape(frame=shape.frame, own={k: own if own.local else _why(own, reasons.get(k)) for k, own in kept.own.items()})


def without_others(shape: Shape, own_id: str | None) -> Shape:
    """The shape without what others choose where each decides for itself; that need not be said to anybody else."""
    return Shape(frame=shape.frame, own={k: own for k, own in shape.own.items() if not own.local or k[0] == own_id})


def _balance(facts: Facts, view: Plain, stored: Plain) -> Plain:
    """The actor's own figures; those of the whole where a sum tells of nobody; of options, only that they are blocked."""
    if not view:
        return {}
    whole = stored if facts.reads_whole and "whole" in stored else {"whole": None, "cost": None}
    prices = view["option_prices"].items()
    blocked = {a: {o: row for o, row in of.items() if row["state"] == "blocked"} for a, of in prices}
    own = {pk: figures for pk, figures in view["participants"].items() if pk == facts.own_id}
    shown = {"participants": own, "option_prices": blocked, "whole": whole["whole"], "cost": whole["cost"]}
    return {**view, **shown}


def _why(own: Own, row: Plain | None) -> Own:
    if row is None or row["necessity"] == engine.Necessity.WITHHELD:
        return replace(own, because=(), worth_it=None, needless=False, withheld=True)
    gain = row["going_back"]["cost"] if row["necessity"] == engine.Necessity.WORTH_IT and row["going_back"] else None
    needless = row["necessity"] == UNNECESSARY
    return replace(own, because=tuple(row["because"]), worth_it=gain, needless=needless, withheld=False)


def _known(actor: Actor, matter: Matter, at: datetime) -> tuple[engine.Problem, str]:
    """The question as far as the actor may read it, and who it is in it."""
    problem = question_of(matter, at, reader=actor).problem
    if any(participant.id == actor.organisation_id for participant in problem.participants):
        return problem, str(actor.organisation_id)
    stranger = engine.Participant(id=READER, label=READER, takes_part=False)
    return replace(problem, participants=(*problem.participants, stranger)), READER


def _view(actor: Actor, matter: Matter, shape: Shape, at: datetime, patience: float | None) -> Plain:
    """The balance of a proposal with this shape as the actor may see it; empty where none came in time."""
    known, viewer = _known(actor, matter, at)
    known = as_left_open(known, dict(shape.frame))
    decided = outcome_plain(_decided(known, shape, viewer))
    request = {"do": "seen_by", "outcome": decided, "viewer": viewer}
    reply = solving.ask(request, known, queue=actor.organisation_id or "", patience=patience)
    found, prices = found_in(reply.get("outcome"))
    return balance_document(found, prices) if found else {}


def _decided(known: engine.Problem, shape: Shape, viewer: str) -> engine.Settled:
    """What must be said of a proposal, as an outcome with nothing else in it."""
    present = {participant.id for participant in known.taking_part()}
    nothing = Price(likeness=0, cost=0)
    return engine.Settled(
        proposal=engine.Proposal(
            frame=dict(shape.frame),
            adaptations=tuple(
                Adaptation(
                    participant=organisation,
                    aspect=aspect,
                    option=own.option_id,
                    frame_option=shape.frame.get(aspect, own.option_id),
                    necessity=engine.Necessity.WITHHELD,
                    because=(),
                    going_back=None,
                    reason=Reason(kind="said"),
                )
                for (organisation, aspect), own in shape.differences.items()
                if organisation in present
            ),
            local={
                viewer: {aspect: own.option_id for (who, aspect), own in shape.own.items() if own.local and who == viewer}
            },
            likeness=Likeness(deviations=0, weighted=0, possible=0),
            cost=0,
            balances=(),
            whole=_no_balance(),
            broken_needs=(),
        ),
        option_prices={},
        objective=nothing,
        bound=nothing,
        proof=Proof(digest="", engine="", checks=()),
    )


def _no_balance() -> Balance:
    return Balance(
        owner=engine.COORDINATION,
        cost=NOTHING,
        need_loss=0,
        benefit=NOTHING,
        own_best_cost=0,
        given_up=NOTHING,
        net=NOTHING,
        verdict=engine.Verdict.CANNOT_SAY,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ClashesSeen:
    """Clashes as documents of the engine's, the ways out of the first, and whether there are no others."""

    clashes: Sequence[Plain] = ()
    ways_out: Sequence[Plain] = ()
    all_told: bool = True


def clashes_seen(actor: Actor, matter: Matter, outcome: Plain, at: datetime, patience: float | None) -> ClashesSeen:
    """The clash in an attempt's outcome as the actor may see it. Raises as `solving.ask` does, also `AtWork`.

    Where what the actor may read clashes by itself, every such clash is told. Else one clash is: its open conditions, and
    who else takes part in it. That there are others besides would tell of what is in confidence.
    """
    known, viewer = _known(actor, matter, at)
    queue = actor.organisation_id or ""
    request = {"do": "seen_by", "outcome": dict(outcome), "viewer": viewer}
    first = solving.ask(request, known, queue=queue, patience=patience).get("outcome")
    if first is None:
        return ClashesSeen()
    if any(not member["condition"] for member in first["members"]):
        return ClashesSeen(clashes=(first,))
    ways = solving.ask({"do": "ways_out", "outcome": first}, known, queue=queue, patience=patience)
    several = {"do": "clashes", "at_most": solving.MOST_CLASHES}
    told = solving.ask(several, known, queue=queue, patience=patience).get("clashes", {})
    others = [clash for clash in told.get("found", ()) if _members(clash) != _members(first)]
    return ClashesSeen(
        clashes=(first, *others), ways_out=ways.get("ways_out", ()), all_told=bool(told.get("complete", True))
    )


def _members(clash: Plain) -> frozenset[str]:
    return frozenset(member["condition"] for member in clash["members"])
