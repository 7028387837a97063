"""Adoption by each organisation's own body, coming into force, and ending."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.checkpoints import make_checkpoint
from samordna.core.errors import Invalid, Refused
from samordna.core.operation import operation
from samordna.domain.collaborations.access import permit
from samordna.domain.decisions.access import thing_of_answer, version_for
from samordna.domain.decisions.certificate import certificate_of, digest_of
from samordna.domain.decisions.consulted import check_consulted
from samordna.domain.decisions.enums import AdoptionAnswer, DecisionState, ProposalState
from samordna.domain.decisions.mandate import ruling_document
from samordna.domain.decisions.models import Adoption, DecisionVersion, Proposal
from samordna.domain.decisions.obstacles import Standing, standing_of
from samordna.domain.decisions.operations.chain import move_matter, participant_of, record
from samordna.domain.decisions.operations.held import held_matter_for, held_version_for, holding_of
from samordna.domain.decisions.states import BEFORE_ADOPTION, RUNNING, check_decision_is, check_decision_may_become
from samordna.domain.matters import operations as matters
from samordna.domain.matters.enums import MatterStage
from samordna.domain.matters.models import Matter


@operation("decision.adopt")
def record_adoption(
    *,
    actor: Actor,
    version_id: str,
    answer: str,
    body: str,
    decided_on: date,
    paragraph: str = "",
    reservation: str = "",
    in_force_from: date | None = None,
    at: datetime | None = None,
) -> Adoption:
    """Record what the organisation's own body decided about a recommended version: which body, when, which paragraph.

    An organisation that did not adopt at first may not change its answer here; it adopts the next version. After the
    version is in force, one that had not decided may still adopt it.
    """
    seen = version_for(actor, version_id, "decision.read", at)
    at = at or clock.now()
    permit(actor, "decision.adopt", thing_of_answer(seen.decision.matter, actor.organisation_id), at)
    version = held_version_for(actor, version_id, "decision.read", at)
    organisation = participant_of(actor, version.decision.matter, at)
    if version.state in {DecisionState.PREPARED, DecisionState.CONSULTATION}:
        raise Refused(_("This version has not been recommended for adoption yet."))
    check_decision_is(version.state, DecisionState.RECOMMENDED, DecisionState.IN_FORCE)
    if version.adoptions.filter(organisation_id=organisation).exists():
        raise Refused(_("Your organisation's decision on this version has already been recorded."))
    _check_adoption(answer, body, decided_on, paragraph, reservation, in_force_from, at)
    adoption = Adoption.objects.create(
        version=version,
        organisation_id=organisation,
        answer=AdoptionAnswer(answer),
        body=body.strip(),
        decided_on=decided_on,
        paragraph=paragraph.strip(),
        reservation=reservation.strip(),
        in_force_from=in_force_from,
        recorded_at=at,
        recorded_by_id=holding_of(actor),
    )
    told = {"answer": adoption.answer, "body": adoption.body, "decided_on": decided_on.isoformat()}
    record(actor, version, "adoption_recorded", at, **told, paragraph=adoption.paragraph)
    return adoption


def _check_adoption(
    answer: str,
    body: str,
    decided_on: date,
    paragraph: str,
    reservation: str,
    in_force_from: date | None,
    at: datetime,
) -> None:
    wrong = {}
    if answer not in AdoptionAnswer.values:
        wrong["answer"] = _("Say whether it was adopted or rejected.")
    if not body.strip() or len(body.strip()) > 120:
        wrong["body"] = _("Name the body that decided, in at most 120 characters.")
    if decided_on > clock.day(at):
        wrong["decided_on"] = _("The day of the decision cannot lie in the future.")
    if len(paragraph.strip()) > 20:
        wrong["paragraph"] = _("The paragraph may have at most 20 characters.")
    if answer == AdoptionAnswer.REJECTED and not reservation.strip():
        wrong["reservation"] = _("Say why it was rejected, so that the next version can answer it.")
    if in_force_from is not None and in_force_from < decided_on:
        wrong["in_force_from"] = _(
            "It cannot be in force before it was decided. Give the day of the decision or a later one."
        )
    if wrong:
        raise Invalid(wrong)


@operation("decision.lead")
def establish(
    *, actor: Actor, version_id: str, in_force_from: date | None = None, at: datetime | None = None
) -> DecisionVersion:
    """Put a recommended version in force, from today or a later day.

    Everything is checked again as it is now. Refused, with a sentence for each thing in the way, while a participant has
    not been heard, a condition is broken, an owner has not answered about a condition in prose, or coordination may not
    decide for somebody who has not adopted it. An earlier version in force is replaced. Where coordination has everybody's
    mandate there is nothing to recommend, so a version that has been consulted about is established at once.
    """
    seen = version_for(actor, version_id, "decision.lead", at)
    at = at or clock.now()
    held_matter_for(actor, seen.decision.matter_id, "decision.lead", at)
    version = held_version_for(actor, version_id, "decision.lead", at)
    check_decision_may_become(version.state, DecisionState.IN_FORCE)
    starts = in_force_from or clock.day(at)
    if starts < clock.day(at):
        raise Invalid({"in_force_from": _("A decision comes into force today or later.")})
    standing = standing_of(version, at)
    straight = _check_may_skip_adoption(version, standing, at)
    if standing.obstacles:
        raise Refused(" ".join(obstacle.sentence for obstacle in standing.obstacles))
    _replace_earlier(actor, version, at)
    earlier = version.digest
    _certify(version, standing, at)
    version.state, version.in_force_from = DecisionState.IN_FORCE, starts
    version.established_at, version.established_by_id = at, holding_of(actor)
    version.save()
    move_matter(actor, version.decision.matter, MatterStage.IN_FORCE, straight, at)
    told: dict[str, Any] = {"digest": version.digest, "digest_when_prepared": earlier}
    record(actor, version, "decision_established", at, **told, in_force_from=starts.isoformat())
    make_checkpoint(at=at)  # what was decided can be shown from this day on by whoever keeps the checkpoint
    return version


def _check_may_skip_adoption(version: DecisionVersion, standing: Standing, at: datetime) -> str:
    """Why adoption does not apply, for the journal; "" for a version that has been recommended. Raises `Refused`."""
    if version.state not in BEFORE_ADOPTION:
        return ""
    if standing.mandates.needs_adoption:
        check_decision_is(version.state, DecisionState.RECOMMENDED)
    check_consulted(version, at)
    return _("Adoption does not apply: coordination has everybody's mandate to decide this.")


def _replace_earlier(actor: Actor, version: DecisionVersion, at: datetime) -> None:
    """End the version in force that this one follows: an earlier one of the same decision, or that of the turn before."""
    decision = version.decision
    matters_of_both = [pk for pk in (decision.matter_id, decision.matter.previous_id) if pk]
    in_force = DecisionVersion.objects.filter(decision__matter_id__in=matters_of_both, state=DecisionState.IN_FORCE)
    earlier = in_force.select_for_update(of=("self",))
    for replaced in earlier.select_related("decision__matter"):
        check_decision_may_become(replaced.state, DecisionState.REPLACED)
        replaced.state = DecisionState.REPLACED
        words = {"number": version.number, "decision": decision.number}
        if replaced.decision_id == decision.pk:
            replaced.ended_reason = _("Replaced by version %(number)s.") % words
        else:
            replaced.ended_reason = _("Replaced by decision %(decision)s.") % words
        replaced.save(update_fields=["state", "ended_reason"])
        record(actor, replaced, "decision_replaced", at, by=version.number, decision=decision.pk)
        if replaced.decision_id != decision.pk:
            reason = replaced.ended_reason
            matters.replace_matter(actor=actor, matter_id=replaced.decision.matter_id, reason=reason, at=at)


def _certify(version: DecisionVersion, standing: Standing, at: datetime) -> None:
    """The certificate and the rulings as they are when it comes into force; what was checked before stays beside them."""
    before = {name: version.certificate[name] for name in ("checked_at", "problem_digest", "verdict")}
    with translation.override(settings.LANGUAGE_CODE):
        certificate = certificate_of(standing.question, standing.checked, version.proposal, "established", at)
        ruling = ruling_document(standing.mandates, standing.adopters)
    certificate["when_prepared"] = before | {"digest": version.digest}
    version.certificate, version.ruling = certificate, ruling
    version.digest = digest_of(version.content, certificate, ruling)


@operation("decision.lead")
def withdraw_decision(*, actor: Actor, version_id: str, reason: str, at: datetime | None = None) -> DecisionVersion:
    """End a version that is on its way or in force, and say why. The matter goes back to weighing.

    If an earlier version is in force, that is where the matter stands again.
    """
    seen = version_for(actor, version_id, "decision.lead", at)
    at = at or clock.now()
    matter = held_matter_for(actor, seen.decision.matter_id, "decision.lead", at)
    version = held_version_for(actor, version_id, "decision.lead", at)
    check_decision_may_become(version.state, DecisionState.WITHDRAWN)
    if not reason.strip():
        raise Invalid({"reason": _("Say why the decision is withdrawn.")})
    _end(actor, version, reason.strip(), at)
    others = DecisionVersion.objects.filter(decision_id=version.decision_id, state=DecisionState.IN_FORCE)
    if others.exists():
        move_matter(actor, matter, MatterStage.IN_FORCE, reason.strip(), at)
    else:
        move_matter(actor, matter, MatterStage.WEIGHING, reason.strip(), at)
    return version


@operation("decision.lead")
def let_be(*, actor: Actor, matter_id: str, reason: str, at: datetime | None = None) -> Matter:
    """Leave the matter, because coordinating it costs more than it gives (K3) or for another stated reason.

    A version that is on its way ends with it. Refused while a decision in the matter is in force.
    """
    matter = held_matter_for(actor, matter_id, "decision.lead", at)
    at = at or clock.now()
    if not reason.strip():
        raise Invalid({"reason": _("Say why you let it be.")})
    versions = DecisionVersion.objects.select_for_update().filter(decision__matter=matter)
    if versions.filter(state=DecisionState.IN_FORCE).exists():
        raise Refused(_("A decision in this matter is in force. Withdraw it first."))
    for version in versions.filter(state__in=RUNNING).select_related("decision__matter"):
        _end(actor, version, reason.strip(), at)
    return matters.let_be(actor=actor, matter_id=matter_id, reason=reason, at=at)


def _end(actor: Actor, version: DecisionVersion, reason: str, at: datetime) -> None:
    version.state, version.ended_reason = DecisionState.WITHDRAWN, reason
    version.save(update_fields=["state", "ended_reason"])
    chosen = Proposal.objects.filter(pk=version.proposal_id, state=ProposalState.CHOSEN)
    chosen.update(state=ProposalState.SHARED)
    record(actor, version, "decision_withdrawn", at, reason=reason)
