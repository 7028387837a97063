"""From a proposal to a version of the decision: choosing, preparing, and preparing the next version."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from samordna.core import clock, journal
from samordna.core.actor import Actor
from samordna.core.errors import Invalid, Refused
from samordna.core.operation import operation
from samordna.domain.decisions.certificate import certificate_of, content_of, digest_of
from samordna.domain.decisions.checking import Checked, broken_conditions
from samordna.domain.decisions.enums import ComesIntoForce, DecisionState, ProposalState
from samordna.domain.decisions.mandate import mandates_of, ruling_document
from samordna.domain.decisions.models import Decision, DecisionVersion, Proposal
from samordna.domain.decisions.operations.checking import keep_check
from samordna.domain.decisions.operations.held import held_matter_for, held_proposal_for, holding_of
from samordna.domain.decisions.phrases import listed, quoted
from samordna.domain.decisions.problem import Question, question_of
from samordna.domain.decisions.states import CHOOSING, RUNNING, Step, check_proposal_may_become, check_stage
from samordna.domain.matters.enums import MatterStage
from samordna.domain.matters.models import Matter
from samordna.domain.matters.operations import advance
from samordna.domain.matters.queries.subjects import as_subjects


@operation("decision.lead")
def choose_proposal(*, actor: Actor, proposal_id: str, at: datetime | None = None) -> Proposal:
    """Choose a shared proposal for the decision; one chosen earlier is shared again.

    Refused while a version is on its way, and when the proposal breaks a condition: the sentence names it and its owner.
    """
    proposal = held_proposal_for(actor, proposal_id, "proposal.read", at)
    at = at or clock.now()
    matter = held_matter_for(actor, proposal.matter_id, "decision.lead", at)
    check_stage(matter.stage, CHOOSING)
    check_proposal_may_become(proposal.state, ProposalState.CHOSEN)
    _check_none_is_running(matter)
    checked = keep_check(proposal, at)
    check_breaks_nothing(question_of(matter, at), checked)
    Proposal.objects.filter(matter=matter, state=ProposalState.CHOSEN).update(state=ProposalState.SHARED)
    proposal.state = ProposalState.CHOSEN
    proposal.save(update_fields=["state"])
    _record(actor, matter, "proposal_chosen", "proposal", proposal.pk, at, number=proposal.number)
    return proposal


@operation("decision.lead")
def prepare_decision(
    *,
    actor: Actor,
    matter_id: str,
    comes_into_force: str = ComesIntoForce.ALL,
    review_on: date | None = None,
    at: datetime | None = None,
) -> DecisionVersion:
    """Write down the chosen proposal as a version of the decision, with its certificate and the rulings it stands on.

    The content is never edited afterwards; another proposal gives another version.
    """
    matter = held_matter_for(actor, matter_id, "decision.lead", at)
    at = at or clock.now()
    check_stage(matter.stage, CHOOSING)
    _check_none_is_running(matter)
    _check_terms(comes_into_force, review_on, at)
    proposal = Proposal.objects.filter(matter=matter, state=ProposalState.CHOSEN).select_related("attempt").first()
    if proposal is None:
        raise Refused(_("No proposal is chosen. Choose one of the shared proposals first."))
    if DecisionVersion.objects.filter(proposal=proposal).exists():
        raise Refused(_("The chosen proposal is already a version of the decision. Choose another one first."))
    proposal.matter = matter
    checked = keep_check(proposal, at)
    question = question_of(matter, at)
    check_breaks_nothing(question, checked)
    version = _prepared(actor, question, checked, proposal, ComesIntoForce(comes_into_force), review_on, at)
    _record(
        actor,
        matter,
        "decision_prepared",
        "decision",
        version.decision_id,
        at,
        version=version.number,
        digest=version.digest,
    )
    return version


@operation("decision.lead")
def replace_decision(
    *,
    actor: Actor,
    decision_id: str,
    proposal_id: str,
    reason: str,
    comes_into_force: str = ComesIntoForce.ALL,
    review_on: date | None = None,
    at: datetime | None = None,
) -> DecisionVersion:
    """Prepare the next version of a decision in force, from another proposal, and say why.

    The version in force stays in force until the new one is established.
    """
    proposal = held_proposal_for(actor, proposal_id, "proposal.read", at)
    at = at or clock.now()
    matter = held_matter_for(actor, proposal.matter_id, "decision.lead", at)
    if not DecisionVersion.objects.filter(
        decision_id=decision_id, decision__matter=matter, state=DecisionState.IN_FORCE
    ).exists():
        raise Refused(_("Only a decision in force is replaced, by a proposal in the same matter."))
    if not reason.strip():
        raise Invalid({"reason": _("Say why the decision is to be replaced.")})
    if matter.stage == MatterStage.IN_FORCE:
        advance(actor=actor, matter_id=matter.pk, to=MatterStage.WEIGHING, reason=reason, at=at)
    choose_proposal(actor=actor, proposal_id=proposal_id, at=at)
    version = prepare_decision(
        actor=actor, matter_id=matter.pk, comes_into_force=comes_into_force, review_on=review_on, at=at
    )
    _record(
        actor, matter, "replacement_prepared", "decision", decision_id, at, version=version.number, reason=reason.strip()
    )
    return version


def check_breaks_nothing(question: Question, checked: Checked) -> None:
    """Raise `Refused` with every condition that is broken and its owner (P2)."""
    subjects = as_subjects(question.aspects.values())
    if conditions := broken_conditions(question, checked):
        what = listed(quoted(condition, subjects) for condition in conditions)
        raise Refused(_("It breaks conditions that must be respected: %(conditions)s.") % {"conditions": what})
    if checked.violations:
        raise Refused(_("Its values do not fit the matter as it is now. Make an amendment with values that do."))


def _check_none_is_running(matter: Matter) -> None:
    running = DecisionVersion.objects.filter(decision__matter=matter, state__in=RUNNING).first()
    if running is not None:
        raise Refused(
            _("Version %(number)s of the decision is on its way. Withdraw it first.") % {"number": running.number}
        )


def _check_terms(comes_into_force: str, review_on: date | None, at: datetime) -> None:
    wrong = {}
    if comes_into_force not in ComesIntoForce.values:
        wrong["comes_into_force"] = _("Choose whose adoption it takes.")
    if review_on is not None and review_on <= clock.day(at):
        wrong["review_on"] = _("The review lies in the future.")
    if wrong:
        raise Invalid(wrong)


def _prepared(
    actor: Actor,
    question: Question,
    checked: Checked,
    proposal: Proposal,
    comes_into_force: ComesIntoForce,
    review_on: date | None,
    at: datetime,
) -> DecisionVersion:
    decision = _decision_of(question.matter)
    with translation.override(settings.LANGUAGE_CODE):
        content = content_of(question, proposal, comes_into_force)
        certificate = certificate_of(question, checked, proposal, "prepared", at)
        ruling = ruling_document(mandates_of(question.matter, question.positions, at))
    latest = decision.versions.order_by("-number").values_list("number", flat=True).first()
    return DecisionVersion.objects.create(
        decision=decision,
        number=(latest or 0) + 1,
        proposal=proposal,
        comes_into_force=comes_into_force,
        review_on=review_on,
        content=content,
        certificate=certificate,
        ruling=ruling,
        digest=digest_of(content, certificate, ruling),
        skipped=_left_out(question.matter, at),
        prepared_at=at,
        prepared_by_id=holding_of(actor),
    )


def _left_out(matter: Matter, at: datetime) -> list[dict[str, str]]:
    """The steps that decisions in this collaboration go without, each with the collaboration's reason."""
    reason = matter.collaboration.without_consultation
    return [{"step": str(Step.CONSULTATION), "reason": reason, "at": at.isoformat()}] if reason else []


def _decision_of(matter: Matter) -> Decision:
    """The matter's decision, made with the collaboration's next number if this is the first version."""
    decision = Decision.objects.filter(matter=matter).first()
    if decision is not None:
        return decision
    type(matter.collaboration).objects.select_for_update().get(pk=matter.collaboration_id)
    numbers = Decision.objects.filter(matter__collaboration_id=matter.collaboration_id)
    latest = numbers.order_by("-number").values_list("number", flat=True).first()
    return Decision.objects.create(matter=matter, number=(latest or 0) + 1)


def _record(actor: Actor, matter: Matter, action: str, kind: str, subject: str, at: datetime, **content: Any) -> None:
    journal.record(
        actor=actor,
        action=action,
        subject_kind=kind,
        subject_id=subject,
        collaboration_id=matter.collaboration_id,
        matter_id=matter.pk,
        at=at,
        **content,
    )
