"""Letters. An operation puts them in the outbox in its own transaction; a worker posts them, at least once.

A letter says who sent it and where to answer, for nobody reads answers to it. Its subject names the kind of thing it
is about and never what somebody may have said in confidence. `Message-ID` is the letter's key: should a worker be killed
between the mail server's yes and our noting it, the letter is sent again under the same key, and is shown once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from smtplib import (
    SMTPAuthenticationError,
    SMTPConnectError,
    SMTPException,
    SMTPHeloError,
    SMTPRecipientsRefused,
    SMTPServerDisconnected,
)
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.urls import reverse
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samordna.core.models import DeadAddress, LetterLanguage, OutgoingLetter
from samordna.core.tasks import Job, Later, daily, enqueue, task

POST = "outbox.post"
KEPT = timedelta(days=90)
NO_SERVER = (SMTPAuthenticationError, SMTPConnectError, SMTPHeloError, SMTPServerDisconnected)


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One letter as it is written. `stop`: the address by which its reader ends letters of its kind. `calendar`: a calendar
    file that goes with it, with its `calendar_method` as RFC 6047 wants it said."""

    recipient: str
    subject: str
    body: str
    organisation: str = ""
    person_id: str = ""
    stop: str = ""
    calendar: str = ""
    calendar_method: str = ""


def address(name: str, *arguments: str, origin: str = "") -> str:
    """The whole address of a page, for a letter. `origin` is where the site answers when no setting says so."""
    return (settings.ORIGIN or origin).rstrip("/") + reverse(name, args=arguments)


def languages_of(person_ids: Iterable[str]) -> dict[str, str]:
    """The language that each person wants letters in: its own, or the installation's. One query."""
    ids = set(person_ids)
    chosen = dict(LetterLanguage.objects.filter(person_id__in=ids).values_list("person_id", "language"))
    known = dict(settings.LANGUAGES)
    return {pk: chosen[pk] if chosen.get(pk) in known else settings.LANGUAGE_CODE for pk in ids}


def put(letters: Iterable[Letter], at: datetime) -> list[OutgoingLetter]:
    """Put letters in the outbox, in the language in use; they are posted when the transaction has been carried out."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("A letter is put in the outbox in the same transaction as what it tells of.")
    rows = [_row(letter, at) for letter in letters]
    OutgoingLetter.objects.bulk_create(rows)
    enqueue(POST, [Job(key=row.pk, arguments={"letter": row.pk}) for row in rows], at)
    return rows


def _row(letter: Letter, at: datetime) -> OutgoingLetter:
    headers = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
    if letter.stop:
        headers |= {"List-Unsubscribe": f"<{letter.stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return OutgoingLetter(
        recipient=letter.recipient,
        person_id=letter.person_id,
        subject=letter.subject,
        text=f"{letter.body.rstrip()}\n\n-- \n" + "\n".join(_foot(letter)) + "\n",
        html=_html(letter),
        headers=headers,
        calendar=letter.calendar,
        calendar_method=letter.calendar_method,
        written_at=at,
    )


def _foot(letter: Letter) -> list[str]:
    said = [_("This letter was sent by Samordna. Answers to it are read by nobody: answer on the page it leads to.")]
    if letter.stop:
        said.append(_("No more letters like this one: %(address)s") % {"address": letter.stop})
    return said


FONT = "font:16px/1.5 system-ui,sans-serif"


def _html(letter: Letter) -> str:
    """The same words, with links; no pictures, nothing fetched from anywhere."""
    parts = [part for part in letter.body.split("\n\n") if part.strip()]
    return format_html(
        '<!doctype html><html lang="{}"><head><meta charset="utf-8"><title>{}</title></head>'
        '<body style="{};max-width:36em;margin:0 auto;padding:1em">{}'
        '<hr style="border:0;border-top:1px solid #999">{}</body></html>\n',
        get_language() or "sv",
        letter.subject,
        FONT,
        format_html_join("\n", "<p>{}</p>", ((_linked(part),) for part in parts)),
        format_html_join("\n", '<p style="font-size:14px">{}</p>', ((_linked(part),) for part in _foot(letter))),
    )


def _linked(text: str) -> SafeString:
    """The text with links to our own pages; what somebody has typed, as a title, makes no link to anywhere else."""
    escaped = str(escape(text.strip()))
    if settings.ORIGIN:
        own = re.escape(escape(settings.ORIGIN.rstrip("/") + "/"))
        escaped = re.sub(rf"(?<!\S){own}\S*", r'<a href="\g<0>">\g<0></a>', escaped)
    return SafeString(escaped.replace("\n", "<br>\n"))


def waiting_for(recipients: Iterable[str]) -> list[str]:
    """The texts of letters to these addresses that are not sent yet, in the order of the addresses. One query.

    For whoever plays the receiver, as the demonstration does; what has been sent has no text here any more.
    """
    rows = OutgoingLetter.objects.filter(recipient__in=list(recipients), sent_at__isnull=True)
    return list(rows.order_by("recipient", "pk").values_list("text", flat=True))


def message_id(letter: OutgoingLetter) -> str:
    """The key by which the receiver knows the letter again."""
    return f"<{letter.pk}@{urlsplit(settings.ORIGIN).hostname or 'samordna.invalid'}>"


@task(POST, attempts=14, whole=False)
def post(arguments: Mapping[str, Any], at: datetime) -> None:
    """Send one letter, unless it has been sent or its address does not work. Raises `Later` when no server answers."""
    letter = OutgoingLetter.objects.filter(pk=arguments["letter"], sent_at__isnull=True, held_because="").first()
    if letter is None:
        return
    dead = DeadAddress.objects.filter(address=letter.recipient.lower()).first()
    if dead is not None:
        _erase(letter, held_because=f"{dead.status} {dead.diagnosis}".strip()[:200])
        return
    try:
        _send(letter)
    except SMTPRecipientsRefused as refused:
        code, said = next(iter(refused.recipients.values()))
        if code < 500:
            raise
        words = said.decode(errors="replace")
        mark_dead(letter.recipient, str(code), words, at)
        _erase(letter, held_because=f"{code} {words}"[:200])
    except OSError as error:
        if isinstance(error, SMTPException) and not isinstance(error, NO_SERVER):
            raise  # the server took the call and refused this letter
        raise Later(str(error)) from error
    else:
        _erase(letter, sent_at=at)


def _send(letter: OutgoingLetter) -> None:
    headers = {**letter.headers, "Message-ID": message_id(letter)}
    message = EmailMultiAlternatives(letter.subject, letter.text, None, [letter.recipient], headers=headers)
    message.attach_alternative(letter.html, "text/html")
    if letter.calendar:  # as a part for calendars (RFC 6047), and as a file for programs that show no such part
        message.attach_alternative(letter.calendar, f"text/calendar; method={letter.calendar_method}")
        message.attach("mote.ics", letter.calendar.encode(), "application/ics")
    message.send()


def _erase(letter: OutgoingLetter, **facts: Any) -> None:
    OutgoingLetter.objects.filter(pk=letter.pk).update(
        text="", html="", headers={}, calendar="", calendar_method="", **facts
    )


MARKED: list[Any] = []
"""Functions of (address, at) that are told when an address has been marked; see `on_dead`."""


def mark_dead(recipient: str, status: str, diagnosis: str, at: datetime) -> bool:
    """Note that letters to this address come back; True the first time. Whoever asked by `on_dead` is told then."""
    with transaction.atomic():
        _row_of, made = DeadAddress.objects.get_or_create(
            address=recipient.lower(), defaults={"since": at, "status": status[:20], "diagnosis": diagnosis[:200]}
        )
        if made:
            for tell in MARKED:
                tell(recipient.lower(), at)
    return made


def revive(recipient: str) -> bool:
    """The address works again; False when it was not marked."""
    return DeadAddress.objects.filter(address=recipient.lower()).delete()[0] > 0


@task("outbox.clear", schedule=daily(3, 20))
def clear(arguments: Mapping[str, Any], at: datetime) -> None:
    """Forget to whom letters were sent long ago."""
    OutgoingLetter.objects.filter(written_at__lt=at - KEPT).delete()
