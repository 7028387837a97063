"""Attempts of the engine, and the proposals they give.

The engine may take many seconds, and a database transaction must not. So the calculation is made first, outside any
transaction, and then recorded in one; if the matter has changed meanwhile, the answer is to another question and is not
kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from samordna.core import clock, journal
from samordna.core.actor import Actor
from samordna.core.errors import Refused
from samordna.core.operation import operation
from samordna.domain.decisions import solving
from samordna.domain.decisions.enums import AttemptResult, ProposalOrigin, ProposalState
from samordna.domain.decisions.models import Attempt, Proposal
from samordna.domain.decisions.operations.checking import keep_check
from samordna.domain.decisions.operations.held import held_matter_for, organisation_of
from samordna.domain.decisions.operations.proposing import Difference, keep_values, make_proposal
from samordna.domain.decisions.problem import question_of
from samordna.domain.decisions.states import PROPOSING, check_stage
from samordna.domain.decisions.weighing import balance_document, found_in
from samordna.domain.matters.access import matter_for
from samordna.domain.matters.models import Matter


def propose_by_engine(*, actor: Actor, matter_id: str, at: datetime | None = None) -> Attempt:
    """Ask the engine for the proposal that is as alike as possible and as different as necessary; keep what it answers.

    A settled matter gives a shared proposal (`attempt.proposals`). A clash, an answer that was not finished in time and a
    failure are kept as attempts. Raises `TooLarge` before anything is calculated, and `Refused` when the line is full.
    """
    at = at or clock.now()
    matter = matter_for(actor, matter_id, "proposal.make", at)
    check_stage(matter.stage, PROPOSING)
    question = question_of(matter, at)
    if not question.aspects:
        raise Refused(_("The matter has no aspects to calculate. Write a proposal by hand instead."))
    solved = solving.settle(question.problem, queue=organisation_of(actor))
    return record_attempt(
        actor=actor,
        matter_id=matter_id,
        problem_digest=question.digest(),
        result=solved.result,
        outcome=solved.document(),
        milliseconds=solved.milliseconds,
        at=at,
    )


@operation("proposal.make")
def record_attempt(
    *,
    actor: Actor,
    matter_id: str,
    problem_digest: str,
    result: str,
    outcome: dict[str, Any],
    milliseconds: int,
    at: datetime | None = None,
) -> Attempt:
    """Keep what the engine answered to the question with this digest, and make the proposal if it found one."""
    matter = held_matter_for(actor, matter_id, "proposal.make", at)
    at = at or clock.now()
    if question_of(matter, at).digest() != problem_digest:
        raise Refused(_("Somebody changed what the matter rests on while it was calculated. Calculate once more."))
    attempt = Attempt.objects.create(
        matter=matter,
        started_at=at,
        milliseconds=milliseconds,
        result=AttemptResult(result),
        problem_digest=problem_digest,
        outcome=outcome,
        made_by_id=actor.holding_id,
    )
    proposal = _proposed(actor, matter, attempt, at)
    journal.record(
        actor=actor,
        action="engine_asked",
        subject_kind="attempt",
        subject_id=attempt.pk,
        collaboration_id=matter.collaboration_id,
        matter_id=matter.pk,
        at=at,
        result=attempt.result,
        milliseconds=milliseconds,
        problem_digest=problem_digest,
        proposal=proposal.pk if proposal else None,
    )
    return attempt


def _proposed(actor: Actor, matter: Matter, attempt: Attempt, at: datetime) -> Proposal | None:
    """The shared proposal of an attempt that found one: the best there is, or the best found in time."""
    found, prices = found_in(attempt.outcome.get("outcome"))
    if found is None:
        return None
    balance = balance_document(found, prices)
    title = _("The engine's proposal %(date)s") % {"date": clock.day(at).isoformat()}
    proposal = make_proposal(
        actor, matter, title, ProposalOrigin.ENGINE, at, attempt=attempt, state=ProposalState.SHARED, balance=balance
    )
    keep_values(proposal, found["frame"], differences_in(found))
    keep_check(proposal, at, balance)
    return proposal


def differences_in(found: Mapping[str, Any]) -> list[Difference]:
    """What each participant has of its own in the engine's proposal: adaptations, and values in local aspects."""
    differences = [
        Difference(organisation=a["participant"], aspect=a["aspect"], option=a["option"], because=a["because"])
        for a in found["adaptations"]
    ]
    local = [
        Difference(organisation=organisation, aspect=aspect, option=option)
        for organisation, values in found["local"].items()
        for aspect, option in values.items()
    ]
    return differences + local
