"""Answer links: somebody without an account answers one position, once. Only the token's hash is kept."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Absent, Refused
from samordna.core.operation import operation
from samordna.core.outbox import Letter, address, put
from samordna.domain.matters.limits import LINK_DAYS, MAX_LINK_DAYS
from samordna.domain.matters.models import AnswerLink, Position
from samordna.domain.matters.operations.held import check_answerable, held_matter_for
from samordna.domain.matters.operations.telling import tell
from samordna.domain.matters.states import UNHEARD
from samordna.domain.matters.typed import Typed
from samordna.domain.organisations.access import token_digest


@operation("matter.lead")
def make_answer_link(
    *, actor: Actor, matter_id: str, position_id: str, recipient: str, days: int = LINK_DAYS, at: datetime | None = None
) -> str:
    """Make a link for one recipient to one position and return its secret token; it cannot be shown again."""
    matter = held_matter_for(actor, matter_id, "matter.lead", at)
    check_answerable(matter)
    position = matter.positions.select_related("organisation").filter(pk=position_id).first()
    if position is None:
        raise Absent
    typed = Typed()
    email = _email(typed, recipient)
    typed.amount("days", days, least=1, most=MAX_LINK_DAYS)
    typed.finish()
    return _make(actor, position, email, days, at)


@operation("matter.lead")
def send_answer_links(
    *,
    actor: Actor,
    matter_id: str,
    recipients: Mapping[str, str],
    days: int = LINK_DAYS,
    origin: str = "",
    at: datetime | None = None,
) -> list[Letter]:
    """Make a link for each position (position id → e-mail address) and put the letters that carry them in the outbox."""
    matter = held_matter_for(actor, matter_id, "matter.lead", at)
    check_answerable(matter)
    positions = {p.pk: p for p in matter.positions.select_related("organisation").filter(pk__in=list(recipients))}
    typed = Typed()
    emails = {pk: _email(typed, recipients[pk], f"recipient-{pk}") for pk in recipients}
    typed.amount("days", days, least=1, most=MAX_LINK_DAYS)
    if not recipients or set(recipients) - set(positions):
        typed.fault("recipients", _("Write an e-mail address for at least one of the matter's participants."))
    typed.finish()
    letters = [
        _letter(positions[pk], email, _make(actor, positions[pk], email, days, at), days, origin)
        for pk, email in emails.items()
    ]
    put(letters, at or clock.now())
    return letters


@operation("matter.lead")
def revoke_answer_link(*, actor: Actor, matter_id: str, link_id: str, at: datetime | None = None) -> AnswerLink:
    """Make a link stop working at once."""
    matter = held_matter_for(actor, matter_id, "matter.lead", at)
    link = AnswerLink.objects.select_related("position").filter(pk=link_id, position__matter=matter).first()
    if link is None:
        raise Absent
    if link.used_at is not None or link.revoked_at is not None:
        raise Refused(_("The link has already been used or withdrawn."))
    link.revoked_at = at or clock.now()
    link.save(update_fields=["revoked_at"])
    _tell(actor, "answer_link_revoked", link.position, link, at)
    return link


def _email(typed: Typed, recipient: str, name: str = "recipient") -> str:
    email = typed.text(name, recipient, needed=_("Write an e-mail address."), most=254)
    try:
        validate_email(email)
    except ValidationError:
        typed.fault(name, _("“%(address)s” is not an e-mail address.") % {"address": email})
    return email


def _make(actor: Actor, position: Position, recipient: str, days: int, at: datetime | None) -> str:
    if position.state not in UNHEARD:
        raise Refused(
            _("%(organisation)s has answered or been recorded as declining.") % {"organisation": position.organisation.name}
        )
    if actor.holding_id is None:
        raise Refused(_("A link is made by somebody who holds the coordinator's role."))
    moment, token = at or clock.now(), secrets.token_urlsafe(32)
    link = AnswerLink.objects.create(
        position=position,
        recipient=recipient,
        digest=token_digest(token),
        made_at=moment,
        made_by_id=actor.holding_id,
        expires_at=moment + timedelta(days=days),
    )
    _tell(actor, "answer_link_made", position, link, at)
    return token


def _letter(position: Position, recipient: str, token: str, days: int, origin: str) -> Letter:
    matter = position.matter
    lines = [
        _("%(organisation)s is asked what it needs, and under what conditions, in the matter “%(matter)s”.")
        % {"organisation": position.organisation.name, "matter": matter.title},
        _("Answer by %(day)s.") % {"day": matter.answer_by.isoformat()} if matter.answer_by else "",
        _("This link is yours alone. It needs no account, works for %(days)s days and takes one answer:") % {"days": days},
        address("answer", token, origin=origin),
    ]
    return Letter(
        recipient=recipient,
        subject=_("Samordna: you are asked to answer"),
        body="\n\n".join(filter(None, lines)) + "\n",
        organisation=position.organisation.name,
    )


def _tell(actor: Actor, action: str, position: Position, link: AnswerLink, at: datetime | None) -> None:
    content = {"position": position.pk, "recipient": link.recipient, "expires_at": link.expires_at.isoformat()}
    tell(actor, action, "answer_link", link.pk, position.matter, at, **content)
