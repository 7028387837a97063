"""Questions before judging: asked of the coordination or of a participant, answered so that everybody reads the answer."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor, Duty
from samordna.core.errors import Absent, Refused
from samordna.core.operation import operation
from samordna.core.outbox import put
from samordna.domain.matters.access import readable_inquiries
from samordna.domain.matters.limits import MAX_INQUIRY, check_inquiries
from samordna.domain.matters.models import Inquiry, Matter, Position
from samordna.domain.matters.operations.held import check_answerable, held_matter_for, held_position_for
from samordna.domain.matters.operations.telling import tell
from samordna.domain.matters.queries.answered import letters_about
from samordna.domain.matters.typed import Typed
from samordna.domain.organisations.models import Holding


@operation("position.answer")
def ask_question(
    *,
    actor: Actor,
    position_id: str,
    text: str,
    aspect_id: str = "",
    asked_of: str = "",
    at: datetime | None = None,
) -> Inquiry:
    """Ask something about the matter for one's own organisation, also by an answer link, before judging it.

    `aspect_id`: what it is about, if about one aspect. `asked_of`: the organisation that is asked; "" is the coordination.
    """
    position = held_position_for(actor, position_id, at=at)
    return _ask(actor, position.matter, position.organisation_id, asked_of, text, aspect_id, at)


@operation("matter.lead")
def ask_participant(
    *, actor: Actor, matter_id: str, asked_of: str, text: str, aspect_id: str = "", at: datetime | None = None
) -> Inquiry:
    """Ask a participant something for the coordination, so that everybody reads the answer."""
    matter = held_matter_for(actor, matter_id, "matter.lead", at)
    check_answerable(matter)
    return _ask(actor, matter, None, asked_of, text, aspect_id, at)


@operation("position.answer")
def change_question(*, actor: Actor, inquiry_id: str, text: str, at: datetime | None = None) -> Inquiry:
    """Word one's own question better, while nobody has answered it."""
    inquiry = _held_own_for(actor, inquiry_id, at)
    typed = Typed()
    inquiry.text = _text(typed, text)
    typed.finish()
    inquiry.changed_at = at or clock.now()
    inquiry.save(update_fields=["text", "changed_at"])
    _tell(actor, "question_changed", inquiry, at, text=inquiry.text)
    return inquiry


@operation("position.answer")
def withdraw_question(*, actor: Actor, inquiry_id: str, at: datetime | None = None) -> Inquiry:
    """Take back one's own question, while nobody has answered it. Nobody then reads it, and nobody is waited for."""
    inquiry = _held_own_for(actor, inquiry_id, at)
    inquiry.withdrawn_at = at or clock.now()
    inquiry.save(update_fields=["withdrawn_at"])
    _tell(actor, "question_withdrawn", inquiry, at)
    return inquiry


@operation("position.answer")
def answer_question(*, actor: Actor, inquiry_id: str, answer: str, origin: str = "", at: datetime | None = None) -> Inquiry:
    """Answer a question: the coordinator may answer every one, and a participant what it has been asked itself.

    An answer can be corrected; what was said before stays in the journal. Who asked by an answer link gets a letter, and so
    does the coordination; `origin` is where the site answers when no setting says so.
    """
    inquiry = _held_asked_for(actor, inquiry_id, at)
    typed = Typed()
    said = typed.text("answer", answer, needed=_("Write the answer."))
    typed.finish()
    moment, corrected = at or clock.now(), inquiry.answered_at is not None
    inquiry.answer = said
    inquiry.answered_by = Holding.objects.filter(pk=actor.holding_id).first()
    if corrected:
        inquiry.revised_at = moment
    else:
        inquiry.answered_at = moment
    inquiry.save(update_fields=["answer", "answered_by", "answered_at", "revised_at"])
    put(letters_about(inquiry, moment, origin), moment)
    _tell(actor, "question_answered", inquiry, at, answer=said, corrected=corrected)
    return inquiry


def _ask(
    actor: Actor, matter: Matter, asker: str | None, asked_of: str, text: str, aspect_id: str, at: datetime | None
) -> Inquiry:
    check_inquiries(Inquiry.objects.living().filter(matter=matter, organisation_id=asker).count() + 1)
    typed = Typed()
    words = _text(typed, text)
    aspect = matter.aspects.filter(pk=aspect_id).first() if aspect_id else None
    if aspect_id and aspect is None:
        typed.fault("aspect_id", _("Choose one of the matter's aspects, or leave it empty."))
    _check_asked(typed, matter, asker, asked_of)
    typed.finish()
    inquiry = Inquiry.objects.create(
        matter=matter,
        aspect=aspect,
        organisation_id=asker,
        asked_of_id=asked_of or None,
        stage=matter.stage,
        text=words,
        asked_at=at or clock.now(),
        asked_by_id=actor.holding_id,
    )
    _tell(actor, "question_asked", inquiry, at, text=words, aspect=aspect_id, asked_of=asked_of)
    return inquiry


def _text(typed: Typed, text: str) -> str:
    return typed.text("text", text, needed=_("Write the question."), most=MAX_INQUIRY)


def _check_asked(typed: Typed, matter: Matter, asker: str | None, asked_of: str) -> None:
    if not asked_of and asker is None:
        typed.fault("asked_of", _("Choose whom you ask."))
    elif asked_of and asked_of == asker:
        typed.fault("asked_of", _("You cannot ask your own organisation here. Choose another, or the coordination."))
    elif asked_of and not matter.positions.filter(organisation_id=asked_of).exists():
        typed.fault("asked_of", _("Choose the coordination or one of the matter's participants."))


def _held_for(actor: Actor, inquiry_id: str, at: datetime | None, whose: str | None) -> Inquiry:
    """A question that the actor may read, if it also acts for `whose`: an organisation, or None for the coordination."""
    found = Inquiry.objects.select_related("matter__collaboration").filter(pk=inquiry_id).first()
    if found is None or not readable_inquiries(actor, found.matter, at).filter(pk=inquiry_id).exists():
        raise Absent
    if whose is None:
        check_answerable(held_matter_for(actor, found.matter_id, "matter.lead", at))
    else:
        held_position_for(actor, _position(found.matter, whose), at=at)
    return Inquiry.objects.select_related("matter").get(pk=inquiry_id)


def _position(matter: Matter, organisation: str) -> str:
    return Position.objects.values_list("pk", flat=True).get(matter=matter, organisation_id=organisation)


def _held_own_for(actor: Actor, inquiry_id: str, at: datetime | None) -> Inquiry:
    """The actor's own question, its matter locked, while it has not been answered."""
    asker = Inquiry.objects.filter(pk=inquiry_id).values_list("organisation_id", flat=True).first()
    inquiry = _held_for(actor, inquiry_id, at, asker)
    if inquiry.answered_at is not None:
        raise Refused(_("The question has been answered, so it stays as it was asked. Ask another instead."))
    return inquiry


def _held_asked_for(actor: Actor, inquiry_id: str, at: datetime | None) -> Inquiry:
    """A question that the actor may answer, its matter locked: the coordinator every one, a participant its own."""
    asked = Inquiry.objects.filter(pk=inquiry_id).values_list("asked_of_id", flat=True).first()
    answers = Duty.ANSWER in actor.duties or actor.link_position_id is not None
    own = asked is not None and asked == actor.organisation_id and answers
    return _held_for(actor, inquiry_id, at, asked if own else None)


def _tell(actor: Actor, action: str, inquiry: Inquiry, at: datetime | None, **content: Any) -> None:
    tell(actor, action, "inquiry", inquiry.pk, inquiry.matter, at, **content)
