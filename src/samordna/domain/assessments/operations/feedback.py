"""Feedback on decisions and on the coordination, answered with what was done; and thanks between organisations."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from samordna.core import clock, journal
from samordna.core.actor import Actor
from samordna.core.errors import Refused
from samordna.core.operation import operation
from samordna.domain.assessments.access import ANSWER, LEAD, feedback_for
from samordna.domain.assessments.enums import FeedbackAbout, FeedbackOutcome
from samordna.domain.assessments.models import Feedback, Recognition
from samordna.domain.collaborations.access import collaboration_for, contribution_for
from samordna.domain.collaborations.models import Collaboration
from samordna.domain.decisions.access import visible_decisions
from samordna.domain.decisions.models import Decision
from samordna.domain.matters.access import visible_matters
from samordna.domain.matters.models import Matter
from samordna.domain.organisations.findings import Findings
from samordna.domain.organisations.models import Holding

LONGEST = 2_000


@operation("assessment.answer")
def give_feedback(
    *, actor: Actor, collaboration_id: str, text: str, decision_id: str = "", at: datetime | None = None
) -> Feedback:
    """Say what one thinks of the coordination, or of a decision; it stands with the organisation's name, not the person's,
    and the coordinator answers it with what was done."""
    collaboration_for(actor, collaboration_id, ANSWER, at)
    at, found = at or clock.now(), Findings()
    given = found.text("text", text, longest=LONGEST)
    decisions = visible_decisions(actor, at).filter(matter__collaboration_id=collaboration_id)
    if decision_id and not decisions.filter(pk=decision_id).exists():
        found.say("decision_id", _("Choose one of the collaboration's decisions."))
    found.insist()
    made = Feedback.objects.create(
        collaboration_id=collaboration_id,
        about=FeedbackAbout.DECISION if decision_id else FeedbackAbout.COORDINATION,
        decision_id=decision_id or None,
        organisation_id=str(actor.organisation_id),
        text=given,
        given_at=at,
        given_by_id=actor.holding_id,
    )
    _tell(actor, "feedback_given", "feedback", made.pk, collaboration_id, at)
    return made


@operation("collaboration.lead")
def answer_feedback(*, actor: Actor, feedback_id: str, outcome: str, answer: str, at: datetime | None = None) -> Feedback:
    """Say what was done because of feedback, or why it stays as it is. Said again it replaces."""
    feedback, at = feedback_for(actor, feedback_id, LEAD, at), at or clock.now()
    found = Findings()
    feedback.outcome = found.choice("outcome", outcome, FeedbackOutcome.values)
    feedback.answer = found.text("answer", answer, longest=LONGEST)
    found.insist()
    feedback.answered_at, feedback.answered_by = at, Holding.objects.filter(pk=actor.holding_id).first()
    feedback.save(update_fields=["outcome", "answer", "answered_at", "answered_by"])
    _tell(actor, "feedback_answered", "feedback", feedback.pk, feedback.collaboration_id, at, outcome=outcome)
    return feedback


@operation("collaboration.contribute")
def thank_organisation(
    *,
    actor: Actor,
    collaboration_id: str,
    organisation_id: str,
    text: str,
    helped: str,
    decision_id: str = "",
    matter_id: str = "",
    at: datetime | None = None,
) -> Recognition:
    """Thank another organisation for what it did, and say what that helped; all who read the collaboration see it."""
    collaboration, _whose = contribution_for(actor, collaboration_id, at)
    at, found = at or clock.now(), Findings()
    if organisation_id == actor.organisation_id:
        raise Refused(_("One thanks another organisation, not one's own."))
    made = Recognition(
        collaboration=collaboration,
        giver_id=str(actor.organisation_id),
        receiver_id=_receiver(found, collaboration, organisation_id),
        text=found.text("text", text, longest=LONGEST),
        helped=found.line("helped", helped, 300),
        given_at=at,
        given_by_id=actor.holding_id,
    )
    inside = {"matter__collaboration": collaboration}
    if decision_id and not visible_decisions(actor, at).filter(pk=decision_id, **inside).exists():
        found.say("decision_id", _("Choose one of the collaboration's decisions."))
    if matter_id and not visible_matters(actor, at).filter(pk=matter_id, collaboration=collaboration).exists():
        found.say("matter_id", _("Choose one of the collaboration's matters."))
    found.insist()
    made.decision = Decision.objects.filter(pk=decision_id).first()
    made.matter = Matter.objects.filter(pk=matter_id).first()
    made.save(force_insert=True)
    given = {"receiver": made.receiver_id}
    _tell(actor, "organisation_thanked", "recognition", made.pk, collaboration.pk, at, **given)
    return made


def _receiver(found: Findings, collaboration: Collaboration, organisation_id: str) -> str:
    there = collaboration.participations.filter(organisation_id=organisation_id).exists()
    if not there and organisation_id != collaboration.host_id:
        found.say("organisation_id", _("Choose one of those who take part."))
    return organisation_id


def _tell(actor: Actor, action: str, kind: str, thing_id: str, collaboration_id: str, at: datetime, **content: Any) -> None:
    journal.record(
        actor=actor,
        action=action,
        subject_kind=kind,
        subject_id=thing_id,
        collaboration_id=collaboration_id,
        at=at,
        **content,
    )
