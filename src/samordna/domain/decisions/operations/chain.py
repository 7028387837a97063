"""The steps between a prepared version and adoption: consultation, recommendation, and leaving a step out with a reason."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from samordna.core import clock, journal
from samordna.core.actor import Actor
from samordna.core.errors import Absent, Invalid, Refused
from samordna.core.operation import operation
from samordna.domain.collaborations.access import permit
from samordna.domain.decisions.access import thing_of_answer, version_for
from samordna.domain.decisions.consulted import check_answered, check_consulted, standing_objections
from samordna.domain.decisions.enums import ConsultationStance, DecisionState
from samordna.domain.decisions.models import ConsultationAnswer, DecisionVersion
from samordna.domain.decisions.operations.held import held_version_for, holding_of, organisation_of
from samordna.domain.decisions.problem import participants_of
from samordna.domain.decisions.states import Step, check_decision_is, check_decision_may_become
from samordna.domain.matters.enums import MatterStage
from samordna.domain.matters.models import Matter
from samordna.domain.matters.operations import advance


@operation("decision.lead")
def open_consultation(*, actor: Actor, version_id: str, until: date, at: datetime | None = None) -> DecisionVersion:
    """Send a prepared version out for the participants' answers, by a day in the future."""
    version = held_version_for(actor, version_id, "decision.lead", at)
    at = at or clock.now()
    check_decision_may_become(version.state, DecisionState.CONSULTATION)
    if until <= clock.day(at):
        raise Invalid({"until": _("The last day to answer lies in the future.")})
    version.state, version.consultation_until = DecisionState.CONSULTATION, until
    version.skipped = [left_out for left_out in version.skipped if left_out["step"] != Step.CONSULTATION]
    version.save(update_fields=["state", "consultation_until", "skipped"])
    move_matter(actor, version.decision.matter, MatterStage.CONSULTATION, "", at)
    record(actor, version, "consultation_opened", at, until=until.isoformat())
    return version


@operation("proposal.answer")
def answer_consultation(
    *, actor: Actor, version_id: str, stance: str, text: str = "", at: datetime | None = None
) -> ConsultationAnswer:
    """One participant's answer. The latest counts; one that comes after the last day is kept and marked as late.

    An objection, and support with a comment, say what it is about.
    """
    version = version_for(actor, version_id, "decision.read", at)
    at = at or clock.now()
    matter = version.decision.matter
    permit(actor, "proposal.answer", thing_of_answer(matter, actor.organisation_id), at)
    version = held_version_for(actor, version_id, "decision.read", at)
    if version.state != DecisionState.CONSULTATION:
        raise Refused(_("The consultation is not open."))
    organisation = participant_of(actor, matter, at)
    _check_answer(stance, text)
    answer = ConsultationAnswer.objects.create(
        version=version,
        organisation_id=organisation,
        stance=ConsultationStance(stance),
        text=text.strip(),
        late=version.consultation_until is not None and clock.day(at) > version.consultation_until,
        answered_at=at,
        answered_by_id=holding_of(actor),
    )
    record(actor, version, "consultation_answered", at, stance=answer.stance, late=answer.late)
    return answer


@operation("decision.lead")
def recommend(*, actor: Actor, version_id: str, at: datetime | None = None) -> DecisionVersion:
    """Recommend the version to the participants' own bodies.

    Refused while somebody has neither answered the consultation nor been recorded as declining, unless the step is
    skipped with a reason; and while an objection stands that its maker has not cleared, unless it has been answered and
    the coordinator says why one goes on all the same.
    """
    version = held_version_for(actor, version_id, "decision.lead", at)
    at = at or clock.now()
    check_consulted(version, at)
    _become_recommended(actor, version, at)
    record(actor, version, "decision_recommended", at)
    return version


@operation("decision.lead")
def skip_step(*, actor: Actor, version_id: str, step: str, reason: str, at: datetime | None = None) -> DecisionVersion:
    """Leave out a step (`consultation`, `recommendation`, `objections`) and say why; the reason stays with the version."""
    version = held_version_for(actor, version_id, "decision.lead", at)
    at = at or clock.now()
    check_decision_is(version.state, DecisionState.PREPARED, DecisionState.CONSULTATION)
    if step not in set(Step):
        raise Invalid({"step": _("Choose a step that can be left out.")})
    if not reason.strip():
        raise Invalid({"reason": _("Say why the step is left out. The reason stays with the decision.")})
    if step == Step.OBJECTIONS:
        check_answered(standing_objections(version))
    version.skipped = [*version.skipped, {"step": str(step), "reason": reason.strip(), "at": at.isoformat()}]
    version.save(update_fields=["skipped"])
    record(actor, version, "step_skipped", at, step=str(step), reason=reason.strip())
    if step == Step.RECOMMENDATION:
        check_consulted(version, at)
        _become_recommended(actor, version, at)
    return version


def _check_answer(stance: str, text: str) -> None:
    if stance not in set(ConsultationStance) - {ConsultationStance.DECLINED}:
        raise Invalid({"stance": _("Choose one of the answers.")})
    if stance != ConsultationStance.SUPPORTS and not text.strip():
        raise Invalid({"text": _("Say what it is about, so that it can be answered.")})


def participant_of(actor: Actor, matter: Matter, at: datetime) -> str:
    """The organisation that the actor answers for, if it takes part in the matter. Raises `Absent`."""
    organisation = organisation_of(actor)
    if organisation not in participants_of(matter, clock.day(at)):
        raise Absent
    return organisation


def _become_recommended(actor: Actor, version: DecisionVersion, at: datetime) -> None:
    reasons = [entry["reason"] for entry in version.skipped if entry["step"] == Step.CONSULTATION]
    version.state = DecisionState.RECOMMENDED
    version.save(update_fields=["state"])
    move_matter(actor, version.decision.matter, MatterStage.ADOPTION, " ".join(reasons), at)


def move_matter(actor: Actor, matter: Matter, to: MatterStage, reason: str, at: datetime) -> None:
    """Let the matter follow its decision to the stage that it has come to."""
    matter.refresh_from_db(fields=["stage"])
    if matter.stage != to:
        advance(actor=actor, matter_id=matter.pk, to=to, reason=reason, at=at)
        matter.stage = to


def record(actor: Actor, version: DecisionVersion, action: str, at: datetime, **content: Any) -> None:
    """Write the journal's entry about a version."""
    matter = version.decision.matter
    journal.record(
        actor=actor,
        action=action,
        subject_kind="decision",
        subject_id=version.decision_id,
        collaboration_id=matter.collaboration_id,
        matter_id=matter.pk,
        at=at,
        version=version.number,
        **content,
    )
