"""Becoming better at following: one's own improvements, and help between those who already do so and those who do not."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Refused
from samordna.core.operation import operation
from samordna.domain.adherence.access import following_for, help_offer_for, help_request_for, improvement_for
from samordna.domain.adherence.enums import FollowingAnswerKind
from samordna.domain.adherence.models import FollowingAnswer, HelpOffer, HelpRequest, Improvement
from samordna.domain.adherence.operations.following import record
from samordna.domain.decisions.enums import DecisionState
from samordna.domain.decisions.models import DecisionVersion
from samordna.domain.decisions.operations.held import held_version_for, holding_of, organisation_of
from samordna.domain.matters.typed import Typed


@operation("following.answer")
def add_improvement(
    *, actor: Actor, version_id: str, text: str, by: date | None, at: datetime | None = None
) -> Improvement:
    """Note what the actor's organisation does to follow the decision better, and by which day."""
    version, at = _followed_for(actor, version_id, at), at or clock.now()
    typed = Typed()
    said = typed.text("text", text, needed=_("Say what you will do."))
    if by is None:
        typed.fault("by", _("Say by which day."))
    typed.later_day("by", by, clock.day(at), _("The day has passed. Choose today or a later day."))
    typed.finish()
    made = Improvement.objects.create(
        version=version,
        organisation_id=organisation_of(actor),
        text=said,
        by=by or clock.day(at),
        added_at=at,
        added_by_id=holding_of(actor),
    )
    record(actor, "improvement_added", "improvement", made.pk, version, at, {"text": said, "by": by})
    return made


@operation("following.answer")
def finish_improvement(*, actor: Actor, improvement_id: str, at: datetime | None = None) -> Improvement:
    """Say that an improvement is done."""
    made, at = _own_improvement_for(actor, improvement_id, at), at or clock.now()
    made.closed_at, made.closed_by_id = at, holding_of(actor)
    made.save(update_fields=["closed_at", "closed_by"])
    record(actor, "improvement_finished", "improvement", made.pk, made.version, at, {})
    return made


@operation("following.answer")
def drop_improvement(*, actor: Actor, improvement_id: str, reason: str, at: datetime | None = None) -> Improvement:
    """Let an improvement go, and say why."""
    made, at = _own_improvement_for(actor, improvement_id, at), at or clock.now()
    typed = Typed()
    why = typed.text("reason", reason, needed=_("Say why it is dropped."))
    typed.finish()
    made.closed_at, made.closed_by_id, made.dropped_reason = at, holding_of(actor), why
    made.save(update_fields=["closed_at", "closed_by", "dropped_reason"])
    record(actor, "improvement_dropped", "improvement", made.pk, made.version, at, {"reason": why})
    return made


@operation("following.answer")
def offer_help(*, actor: Actor, version_id: str, text: str, at: datetime | None = None) -> HelpOffer:
    """Offer the others help with following; what the organisation offered before ends. Only who already does so helps."""
    version, at = _followed_for(actor, version_id, at), at or clock.now()
    own = organisation_of(actor)
    latest = FollowingAnswer.objects.filter(version=version, organisation_id=own).order_by("-answered_at", "-pk").first()
    if latest is None or latest.kind != FollowingAnswerKind.ALREADY_SO:
        raise Refused(_("Help is offered by those who already do so. Tell first how you follow the decision."))
    typed = Typed()
    said = typed.text("text", text, needed=_("Say what you can help with."))
    typed.finish()
    HelpOffer.objects.filter(version=version, organisation_id=own, ended_at__isnull=True).update(ended_at=at)
    made = HelpOffer.objects.create(
        version=version, organisation_id=own, text=said, offered_at=at, offered_by_id=holding_of(actor)
    )
    record(actor, "help_offered", "help_offer", made.pk, version, at, {"text": said})
    return made


@operation("following.answer")
def end_help_offer(*, actor: Actor, offer_id: str, at: datetime | None = None) -> HelpOffer:
    """Take back what one's own organisation has offered."""
    offer, at = _standing_offer_for(actor, offer_id, at), at or clock.now()
    if offer.organisation_id != actor.organisation_id:
        raise Refused(_("Only the organisation that offered help can take it back."))
    offer.ended_at = at
    offer.save(update_fields=["ended_at"])
    record(actor, "help_offer_ended", "help_offer", offer.pk, offer.version, at, {})
    return offer


@operation("following.answer")
def ask_for_help(*, actor: Actor, offer_id: str, text: str, at: datetime | None = None) -> HelpRequest:
    """Ask for the help that another organisation has offered."""
    offer, at = _standing_offer_for(actor, offer_id, at), at or clock.now()
    own = organisation_of(actor)
    if offer.organisation_id == own:
        raise Refused(_("This is your own offer."))
    if offer.requests.filter(organisation_id=own, answered_at__isnull=True).exists():
        raise Refused(_("You have asked already, and wait for an answer."))
    typed = Typed()
    said = typed.text("text", text, needed=_("Say what you need help with."))
    typed.finish()
    made = HelpRequest.objects.create(
        offer=offer, organisation_id=own, text=said, asked_at=at, asked_by_id=holding_of(actor)
    )
    record(actor, "help_asked_for", "help_request", made.pk, offer.version, at, {"text": said, "offer": offer.pk})
    return made


@operation("following.answer")
def answer_help_request(*, actor: Actor, request_id: str, answer: str, at: datetime | None = None) -> HelpRequest:
    """Answer somebody who has asked for the help that one's own organisation offers."""
    asked = help_request_for(actor, request_id, "following.answer", at)
    at = at or clock.now()
    version = held_version_for(actor, asked.offer.version_id, "decision.read", at)
    if asked.offer.organisation_id != actor.organisation_id:
        raise Refused(_("Only the organisation that was asked can answer."))
    if asked.answered_at is not None:
        raise Refused(_("This has been answered already."))
    typed = Typed()
    asked.answer = typed.text("answer", answer, needed=_("Say when and how you can help, or why you cannot."))
    typed.finish()
    asked.answered_at, asked.answered_by_id = at, holding_of(actor)
    asked.save(update_fields=["answer", "answered_at", "answered_by"])
    record(actor, "help_answered", "help_request", asked.pk, version, at, {"answer": asked.answer})
    return asked


def _followed_for(actor: Actor, version_id: str, at: datetime | None) -> DecisionVersion:
    """A version in force that the actor's organisation may answer about, locked."""
    following_for(actor, version_id, "following.answer", at)
    version = held_version_for(actor, version_id, "decision.read", at)
    if version.state != DecisionState.IN_FORCE:
        raise Refused(_("Only a decision in force is followed. This version is not in force."))
    return version


def _own_improvement_for(actor: Actor, improvement_id: str, at: datetime | None) -> Improvement:
    """An improvement of one's own that is not closed. What another organisation does is not there."""
    found = improvement_for(actor, improvement_id, "following.answer", at)
    version = held_version_for(actor, found.version_id, "decision.read", at)
    found = Improvement.objects.get(pk=improvement_id)
    found.version = version
    if found.closed_at is not None:
        raise Refused(_("This improvement is closed already."))
    return found


def _standing_offer_for(actor: Actor, offer_id: str, at: datetime | None) -> HelpOffer:
    """An offer of help that still stands, about a version in force."""
    offer = help_offer_for(actor, offer_id, "following.answer", at)
    version = _followed_for(actor, offer.version_id, at)
    offer = HelpOffer.objects.select_related("organisation").get(pk=offer_id)
    offer.version = version
    if offer.ended_at is not None:
        raise Refused(_("This offer has been taken back."))
    return offer
