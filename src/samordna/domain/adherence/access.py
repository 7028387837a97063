"""Who may read how a decision is followed, answer for an organisation, and share what it has learnt."""

from __future__ import annotations

from datetime import datetime

from samordna.core.actor import Actor
from samordna.core.errors import Absent
from samordna.domain.adherence.models import Experience, HelpOffer, HelpRequest, Improvement, OwnWork
from samordna.domain.collaborations.access import contribution_for, permit
from samordna.domain.decisions.access import thing_of_answer, version_for
from samordna.domain.decisions.models import DecisionVersion


def following_for(
    actor: Actor, version_id: str, action: str = "following.read", at: datetime | None = None
) -> DecisionVersion:
    """The version of a decision, if the actor may read how it is followed, or act in it for its own organisation."""
    version = version_for(actor, version_id, "decision.read", at)
    permit(actor, action, thing_of_answer(version.decision.matter, actor.organisation_id), at)
    return version


def improvement_for(
    actor: Actor, improvement_id: str, action: str = "following.read", at: datetime | None = None
) -> Improvement:
    """The improvement, if the actor may do this with the decision. Another organisation's is not there."""
    found = Improvement.objects.select_related("version").filter(pk=improvement_id).order_by().first()
    if found is None:
        raise Absent
    following_for(actor, found.version_id, action, at)
    if found.organisation_id != actor.organisation_id:
        raise Absent
    return found


def help_offer_for(actor: Actor, offer_id: str, action: str = "following.read", at: datetime | None = None) -> HelpOffer:
    """The offer of help, if the actor may do this with the decision that it is about."""
    found = HelpOffer.objects.select_related("version", "organisation").filter(pk=offer_id).order_by().first()
    if found is None:
        raise Absent
    following_for(actor, found.version_id, action, at)
    return found


def help_request_for(
    actor: Actor, request_id: str, action: str = "following.read", at: datetime | None = None
) -> HelpRequest:
    """The request for help, which is there for whoever asked and whoever was asked."""
    found = HelpRequest.objects.select_related("offer__version").filter(pk=request_id).order_by().first()
    if found is None:
        raise Absent
    following_for(actor, found.offer.version_id, action, at)
    if actor.organisation_id not in (found.organisation_id, found.offer.organisation_id):
        raise Absent
    return found


def experience_for(
    actor: Actor, experience_id: str, action: str = "following.read", at: datetime | None = None
) -> Experience:
    """The experience, if the actor may do this with what it is about."""
    related = ("version__decision__matter__collaboration", "version__decision__matter__area", "organisation", "aspect")
    experience = Experience.objects.select_related(*related).filter(pk=experience_id).order_by().first()
    if experience is None:
        raise Absent
    permit(actor, action, thing_of_answer(experience.version.decision.matter, actor.organisation_id), at)
    return experience


def own_work_for(actor: Actor, work_id: str, at: datetime | None = None) -> OwnWork:
    """The own work, if it is the actor's organisation's and the actor may answer for it there. Others' is not there."""
    work = OwnWork.objects.select_related("goal").filter(pk=work_id).order_by().first()
    if work is None:
        raise Absent
    _collaboration, organisation_id = contribution_for(actor, work.goal.collaboration_id, at)
    if organisation_id != work.organisation_id:
        raise Absent
    return work
