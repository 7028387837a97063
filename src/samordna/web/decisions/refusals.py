"""Why a control on these pages is not to be used now: a sentence for each, or "" where it may be."""

from __future__ import annotations

from django.utils.translation import gettext as _

from samordna.core.actor import Actor
from samordna.core.refusals import refusal_of
from samordna.domain.collaborations.access import permit
from samordna.domain.decisions.access import proposal_for, thing_of_answer, version_for
from samordna.domain.decisions.enums import DecisionState, ProposalState, Verdict
from samordna.domain.decisions.queries.board import Board
from samordna.domain.decisions.queries.decided import DecisionPage
from samordna.domain.decisions.queries.pages import ProposalPage
from samordna.domain.decisions.states import (
    CHOOSING,
    PROPOSING,
    RUNNING,
    check_decision_is,
    check_decision_may_become,
    check_proposal_may_become,
    check_stage,
)
from samordna.domain.matters.access import matter_for

Refusals = dict[str, str]


def refusals_on_board(actor: Actor, board: Board) -> Refusals:
    """For the board's own controls."""
    matter = board.facts.matter
    stage = refusal_of(check_stage, matter.stage, PROPOSING)
    return {
        "propose_refusal": refusal_of(matter_for, actor, matter.pk, "proposal.make") or stage,
        "let_be_refusal": refusal_of(matter_for, actor, matter.pk, "decision.lead") or stage,
    }


def refusals_on_proposal(actor: Actor, page: ProposalPage) -> Refusals:
    """For the buttons of a proposal."""
    matter, state, pk = page.facts.matter, page.proposal.state, page.proposal.id
    change = refusal_of(proposal_for, actor, pk, "proposal.change")
    make = refusal_of(matter_for, actor, matter.pk, "proposal.make")
    lead = refusal_of(matter_for, actor, matter.pk, "decision.lead")
    proposing = refusal_of(check_stage, matter.stage, PROPOSING)
    return {
        "share_refusal": change or refusal_of(check_proposal_may_become, state, ProposalState.SHARED),
        "withdraw_refusal": change or refusal_of(check_proposal_may_become, state, ProposalState.WITHDRAWN),
        "amend_refusal": make or proposing,
        "check_refusal": make or _gone(state),
        "choose_refusal": lead or refusal_of(check_stage, matter.stage, CHOOSING) or _not_to_choose(page),
        "lead_refusal": lead,
        "own_prose_refusal": _own_answer_refusal(actor, page) or _not_shared(state),
        "common_prose_refusal": lead or _not_shared(state),
    }


def _gone(state: str) -> str:
    return _("The proposal has been withdrawn.") if state == ProposalState.WITHDRAWN else ""


def _not_shared(state: str) -> str:
    return "" if state in {ProposalState.SHARED, ProposalState.CHOSEN} else _("Only a shared proposal is answered.")


def _not_to_choose(page: ProposalPage) -> str:
    if page.proposal.verdict == Verdict.BREAKS:
        return _("The proposal breaks a condition that must be respected. Amend it, or ask the owner to give way.")
    return refusal_of(check_proposal_may_become, page.proposal.state, ProposalState.CHOSEN)


def _own_answer_refusal(actor: Actor, page: ProposalPage) -> str:
    thing = thing_of_answer(page.facts.matter, page.facts.own_id)
    return refusal_of(permit, actor, "proposal.answer", thing)


def refusals_on_decision(actor: Actor, page: DecisionPage) -> Refusals:
    """For the buttons and forms of a decision."""
    version, own = page.version, thing_of_answer(page.facts.matter, page.facts.own_id)
    lead = refusal_of(version_for, actor, version.id, "decision.lead")
    takes_part = "" if page.own else _("Your organisation does not take part in this matter.")

    def step(state: DecisionState) -> str:
        return lead or refusal_of(check_decision_may_become, version.state, state)

    return {
        "lead_refusal": lead,
        "consult_refusal": step(DecisionState.CONSULTATION),
        "recommend_refusal": step(DecisionState.RECOMMENDED),
        "establish_refusal": step(DecisionState.IN_FORCE)
        or _not_recommended(page)
        or " ".join(one.sentence for one in page.obstacles),
        "withdraw_refusal": step(DecisionState.WITHDRAWN),
        "skip_refusal": lead or ("" if version.state in RUNNING[:2] else _("No step is left to leave out.")),
        "answer_refusal": takes_part or refusal_of(permit, actor, "proposal.answer", own) or _consulted(version.state),
        "adopt_refusal": takes_part or refusal_of(permit, actor, "decision.adopt", own) or _adoptable(page),
    }


def _not_recommended(page: DecisionPage) -> str:
    if page.adoption_applies:
        return refusal_of(check_decision_is, page.version.state, DecisionState.RECOMMENDED)
    return ""


def _consulted(state: str) -> str:
    return "" if state == DecisionState.CONSULTATION else _("The consultation is not open.")


def _adoptable(page: DecisionPage) -> str:
    if page.own and page.own.adoption:
        return _("Your organisation's decision on this version has already been recorded.")
    if page.version.state in {DecisionState.RECOMMENDED, DecisionState.IN_FORCE}:
        return ""
    if page.version.state in RUNNING:
        return _("This version has not been recommended for adoption yet.")
    return _("This version has ended.")
