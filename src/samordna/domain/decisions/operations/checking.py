"""Checking a proposal: the machine's part, and the owners' words about conditions in prose."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from samordna.core import clock, journal
from samordna.core.actor import Actor
from samordna.core.errors import Absent, Invalid, Refused
from samordna.core.operation import operation
from samordna.core.policy import Thing
from samordna.domain.collaborations.access import permit
from samordna.domain.decisions import solving
from samordna.domain.decisions.access import proposal_for, thing_of_answer
from samordna.domain.decisions.checking import Checked, check
from samordna.domain.decisions.enums import ProposalState
from samordna.domain.decisions.models import Adaptation, Proposal, ProseAnswer
from samordna.domain.decisions.operations.held import held_matter_for, held_proposal_for, holding_of, organisation_of
from samordna.domain.decisions.problem import question_of
from samordna.domain.decisions.weighing import justifying_gain
from samordna.domain.matters.access import matter_for
from samordna.domain.matters.access import thing_of as thing_of_matter
from samordna.domain.matters.enums import ConditionForm
from samordna.domain.matters.models import Condition


def check_proposal(*, actor: Actor, proposal_id: str, at: datetime | None = None) -> Proposal:
    """Check a proposal against everybody's conditions as they are now, and weigh it. What it breaks is kept with it.

    The weighing is the engine's and made in its own process before anything is written; when it does not come back in
    time the check stands without it. A sketch is its maker's own and checked against what its maker may read: otherwise
    one could find out in private what others have stated in confidence. It is checked in full when it is shared.
    """
    proposal = proposal_for(actor, proposal_id, "proposal.read", at)
    at = at or clock.now()
    matter_for(actor, proposal.matter_id, "proposal.make", at)
    question = question_of(proposal.matter, at, _reader(actor, proposal))
    checked = check(question, proposal)
    weighed = solving.weigh(checked.problem, checked.frame, checked.own, queue=organisation_of(actor))
    return record_check(
        actor=actor,
        proposal_id=proposal_id,
        problem_digest=checked.digest,
        balance=weighed,
        at=at,
    )


@operation("proposal.make")
def record_check(
    *, actor: Actor, proposal_id: str, problem_digest: str, balance: Mapping[str, Any], at: datetime | None = None
) -> Proposal:
    """Check the proposal as it is under the lock and keep the result; the balance only if it answers the same question."""
    seen = proposal_for(actor, proposal_id, "proposal.read", at)
    at = at or clock.now()
    held_matter_for(actor, seen.matter_id, "proposal.make", at)
    proposal = held_proposal_for(actor, proposal_id, "proposal.read", at)
    if proposal.state == ProposalState.WITHDRAWN:
        raise Refused(_("The proposal has been withdrawn."))
    checked = keep_check(proposal, at, reader=_reader(actor, proposal))
    if balance and checked.digest == problem_digest:
        keep_balance(proposal, balance)
    _record(actor, "proposal_checked", proposal, at, verdict=proposal.verdict, violations=len(checked.violations))
    return proposal


@operation("proposal.answer")
def answer_prose(
    *,
    actor: Actor,
    proposal_id: str,
    condition_id: str,
    respected: bool,
    reason: str = "",
    at: datetime | None = None,
) -> ProseAnswer:
    """The owner says whether the proposal respects its condition in prose. Saying no takes a reason.

    The word can be changed. A common condition in prose is answered by the coordinator.
    """
    proposal = proposal_for(actor, proposal_id, "proposal.read", at)
    at = at or clock.now()
    condition = _prose_condition(actor, proposal, condition_id, at)
    proposal = held_proposal_for(actor, proposal_id, "proposal.read", at)
    if proposal.state not in {ProposalState.SHARED, ProposalState.CHOSEN}:
        raise Refused(_("Only a shared proposal is answered."))
    if not respected and not reason.strip():
        raise Invalid({"reason": _("Say what it is in the proposal that your condition does not allow.")})
    answer, _made = ProseAnswer.objects.update_or_create(
        proposal=proposal,
        condition=condition,
        defaults={
            "respected": respected,
            "reason": reason.strip(),
            "answered_at": at,
            "answered_by_id": holding_of(actor),
        },
    )
    keep_check(proposal, at)
    _record(actor, "prose_answered", proposal, at, condition=condition.pk, respected=respected, verdict=proposal.verdict)
    return answer


def _prose_condition(actor: Actor, proposal: Proposal, condition_id: str, at: datetime) -> Condition:
    """The condition in prose, if the actor answers for its owner."""
    found = Condition.objects.select_related("position").filter(pk=condition_id, matter_id=proposal.matter_id)
    condition = found.filter(form=ConditionForm.PROSE, withdrawn_at__isnull=True).first()
    if condition is None:
        raise Absent
    if condition.position is None:
        permit(actor, "matter.lead", thing_of_matter(proposal.matter), at)
        return condition
    owner: Thing = thing_of_answer(proposal.matter, condition.position.organisation_id)
    permit(actor, "proposal.answer", owner, at)
    return condition


def _reader(actor: Actor, proposal: Proposal) -> Actor | None:
    return actor if proposal.state == ProposalState.SKETCH else None


def keep_check(
    proposal: Proposal, at: datetime, balance: Mapping[str, Any] | None = None, reader: Actor | None = None
) -> Checked:
    """Check and store the verdict, over what the reader may read, or everything. The caller holds the lock."""
    checked = check(question_of(proposal.matter, at, reader), proposal)
    proposal.verdict = checked.verdict
    proposal.check_result = checked.document() | {"checked_at": at.isoformat()}
    proposal.save(update_fields=["verdict", "check_result"])
    if balance is not None:
        keep_balance(proposal, balance)
    return checked


def keep_balance(proposal: Proposal, balance: Mapping[str, Any]) -> None:
    """Store what the engine says of the proposal, and what makes each adaptation necessary where nobody has said."""
    kept = dict(balance)
    kept["option_prices"] = kept.get("option_prices") or proposal.balance.get("option_prices", {})
    proposal.balance = kept
    proposal.save(update_fields=["balance"])
    told = {(entry["organisation"], entry["aspect"]): entry for entry in balance["adaptations"]}
    reasons = Adaptation.because.through
    missing = []
    adaptations = list(proposal.adaptations.prefetch_related("because"))
    for adaptation in adaptations:
        entry = told.get((adaptation.organisation_id, adaptation.aspect_id))
        adaptation.worth_it = justifying_gain(entry) if entry else None
        if entry and not adaptation.because.all():
            missing += [reasons(adaptation_id=adaptation.pk, condition_id=pk) for pk in entry["because"]]
    Adaptation.objects.bulk_update(adaptations, ["worth_it"])
    reasons.objects.bulk_create(missing)


def _record(actor: Actor, action: str, proposal: Proposal, at: datetime, **content: Any) -> None:
    journal.record(
        actor=actor,
        action=action,
        subject_kind="proposal",
        subject_id=proposal.pk,
        collaboration_id=proposal.matter.collaboration_id,
        matter_id=proposal.matter_id,
        at=at,
        number=proposal.number,
        **content,
    )
