"""The letter about an answered question, to those whom no notice reaches: the coordination, and who asked by a link.

Whoever asked for a participant, with an account, has a notice of it. Neither the question nor the answer stands in the
letter, for it passes through hands that may read neither.
"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from samordna.core import clock
from samordna.core.outbox import Letter, address, languages_of
from samordna.domain.matters.models import AnswerLink, Inquiry
from samordna.domain.organisations.models import Holding


def letters_about(inquiry: Inquiry, at: datetime, origin: str = "") -> list[Letter]:
    """To the link's reader, where it was asked by an answer link; to those who hold the coordinator's role now, where a
    participant was asked. Nobody is written to about an answer of one's own."""
    if inquiry.organisation_id is None:
        return _to_coordination(inquiry, at, origin)
    return [] if inquiry.asked_by_id else _to_reader(inquiry, at)


def _to_coordination(inquiry: Inquiry, at: datetime, origin: str) -> list[Letter]:
    role_id = inquiry.matter.collaboration.coordinator_role_id
    holdings = Holding.objects.on(clock.day(at)).filter(role_id=role_id, person__is_active=True)
    answered_by = inquiry.answered_by.person_id if inquiry.answered_by else ""
    people = holdings.exclude(person__email=None).exclude(person_id=answered_by)
    readers = list(people.order_by("person__email").values_list("person__email", "person_id").distinct())
    where = f"{address('inquiries', inquiry.matter_id, origin=origin)}#fraga-{inquiry.pk}"
    languages, letters = languages_of(pk for _email, pk in readers), []
    for email, pk in readers:
        with override(languages[pk]):
            letters.append(_letter(inquiry, str(email), where, pk))
    return letters


def _to_reader(inquiry: Inquiry, at: datetime) -> list[Letter]:
    """By the link that answered for the position when the question was asked, if it has not been called back."""
    made = AnswerLink.objects.filter(
        position__matter_id=inquiry.matter_id,
        position__organisation_id=inquiry.organisation_id,
        made_at__lte=inquiry.asked_at,
        expires_at__gt=inquiry.asked_at,
        revoked_at__isnull=True,
    )
    link = made.order_by("-made_at", "pk").first()
    if link is None:
        return []
    with override(settings.LANGUAGE_CODE):
        if link.used_at is None and link.expires_at > at:
            where = _("You read it by the link that you were sent before.")
        else:
            where = _("The link that you were sent works no longer. Ask the coordinator for a new one.")
        return [_letter(inquiry, link.recipient, where)]


def _letter(inquiry: Inquiry, recipient: str, where: str, person_id: str = "") -> Letter:
    said = (
        _("The answer to your question has been corrected.")
        if inquiry.revised_at
        else _("Your question has been answered.")
    )
    about = _("You asked it in the matter “%(matter)s”, and everybody who takes part reads the answer.")
    return Letter(
        recipient=recipient,
        subject=_("Samordna: there is an answer to your question"),
        body="\n\n".join([said, about % {"matter": inquiry.matter.title}, where]) + "\n",
        organisation=inquiry.organisation.name if inquiry.organisation else "",
        person_id=person_id,
    )
