"""Letters: mail that an operation has written and that is posted after its transaction, so that none waits for a server."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One mail, ready to post."""

    recipient: str
    subject: str
    body: str
    organisation: str


def post(letters: Iterable[Letter]) -> list[Letter]:
    """Post the letters; returns those that could not be posted, so that somebody can be told."""
    unposted = []
    for letter in letters:
        try:
            send_mail(letter.subject, letter.body, None, [letter.recipient])
        except (OSError, SMTPException):
            log.exception("A letter could not be posted.")
            unposted.append(letter)
    return unposted


def address(name: str, *arguments: str, origin: str = "") -> str:
    """The whole address of a page, for a letter. `origin` is where the site answers when no setting says so."""
    return (settings.ORIGIN or origin).rstrip("/") + reverse(name, args=arguments)
