"""Who may see and lead proposals and decisions."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db.models import Q, QuerySet

from samordna.core.actor import Actor
from samordna.core.errors import Absent
from samordna.core.policy import Thing, Visibility
from samordna.domain.collaborations.access import permit, reach
from samordna.domain.decisions.enums import ProposalState
from samordna.domain.decisions.models import ConsultationAnswer, Decision, DecisionVersion, Proposal
from samordna.domain.matters.access import thing_of as thing_of_matter
from samordna.domain.matters.access import visible_matters
from samordna.domain.matters.models import Matter

MAKERS_OWN = (ProposalState.SKETCH, ProposalState.WITHDRAWN)


def thing_of_proposal(proposal: Proposal) -> Thing:
    """A proposal as policy sees it: its maker's own until it is shared, and again once it is withdrawn.

    A withdrawn one may have been a sketch that nobody else ever saw; withdrawing must not be a way of sharing.
    """
    around = thing_of_matter(proposal.matter)
    visibility = Visibility.OWNER if proposal.state in MAKERS_OWN else Visibility.PARTICIPANTS
    return replace(around, organisation_id=proposal.organisation_id, visibility=visibility)


def thing_of_answer(matter: Matter, organisation_id: str | None) -> Thing:
    """One organisation's own answer in a matter: its consultation answer, its adoption, how it follows."""
    return replace(thing_of_matter(matter), organisation_id=organisation_id)


def proposal_for(actor: Actor, proposal_id: str, action: str = "proposal.read", at: datetime | None = None) -> Proposal:
    """The proposal, if the actor may do this with it."""
    related = ("matter__collaboration", "matter__area", "organisation", "attempt")
    proposal = Proposal.objects.select_related(*related).filter(pk=proposal_id).order_by().first()
    if proposal is None:
        raise Absent
    permit(actor, "proposal.read", thing_of_proposal(proposal), at)
    if action != "proposal.read":
        permit(actor, action, thing_of_proposal(proposal), at)
    return proposal


def visible_proposals(actor: Actor, matter: Matter, at: datetime | None = None) -> QuerySet[Proposal]:
    """The matter's proposals that the actor may read: exactly those that `proposal_for` gives."""
    found = Proposal.objects.filter(matter=matter)
    if actor.system:
        return found
    taking_part, coordinated = reach(actor, at)
    own = Q(organisation_id=actor.organisation_id)
    if matter.collaboration_id in (*taking_part, *coordinated):
        return found.filter(~Q(state__in=MAKERS_OWN) | own)
    return found.filter(~Q(state__in=MAKERS_OWN))


def proposals_within_reach(actor: Actor, at: datetime, matters: QuerySet[Matter]) -> QuerySet[Proposal]:
    """The proposals of the matters that the actor may read: matter by matter what `visible_proposals` gives."""
    found = Proposal.objects.filter(matter__in=matters)
    if actor.system:
        return found
    taking_part, coordinated = reach(actor, at)
    own = Q(organisation_id=actor.organisation_id, matter__collaboration_id__in=[*taking_part, *coordinated])
    return found.filter(~Q(state__in=MAKERS_OWN) | own)


def decision_for(actor: Actor, decision_id: str, action: str = "decision.read", at: datetime | None = None) -> Decision:
    """The decision, if the actor may do this with it."""
    related = ("matter__collaboration__coordinator_role", "matter__area")
    decision = Decision.objects.select_related(*related).filter(pk=decision_id).order_by().first()
    if decision is None:
        raise Absent
    permit(actor, action, thing_of_matter(decision.matter), at)
    return decision


def version_for(
    actor: Actor, version_id: str, action: str = "decision.read", at: datetime | None = None
) -> DecisionVersion:
    """A version of a decision, if the actor may do this with it."""
    related = ("decision__matter__collaboration__coordinator_role", "decision__matter__area", "proposal")
    version = DecisionVersion.objects.select_related(*related).filter(pk=version_id).order_by().first()
    if version is None:
        raise Absent
    permit(actor, action, thing_of_matter(version.decision.matter), at)
    return version


def consultation_answer_for(
    actor: Actor, answer_id: str, action: str = "decision.read", at: datetime | None = None
) -> ConsultationAnswer:
    """An answer to a consultation, if the actor may do this with the decision."""
    related = ("version__decision__matter__collaboration", "organisation")
    answer = ConsultationAnswer.objects.select_related(*related).filter(pk=answer_id).order_by().first()
    if answer is None:
        raise Absent
    permit(actor, action, thing_of_matter(answer.version.decision.matter), at)
    return answer


def visible_decisions(actor: Actor, at: datetime | None = None) -> QuerySet[Decision]:
    """The decisions the actor may read: exactly those that `decision_for` gives."""
    return Decision.objects.filter(matter__in=visible_matters(actor, at))
