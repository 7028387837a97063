"""Letters that come back: reading the report that mail servers write (RFC 3464), and telling whoever can do something.

A report about a failure for good marks the address: nothing more is sent there until its owner or an administrator says
that it works again, or the person has another address. What is only delayed is left to the mail server.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.message import Message

from samordna.core import journal
from samordna.core.actor import Actor
from samordna.domain.organisations.models import Person

LONGEST = 10 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a report says about one recipient. `letter_id`: the letter it encloses, as that one's `Message-ID` names it.
    `final`: nothing more will be tried."""

    address: str
    letter_id: str
    status: str
    diagnosis: str
    final: bool


def reports_in(message: Message) -> list[Report]:
    """What the message reports, by recipient; empty when it is no delivery status notification."""
    if message.get_content_type() != "multipart/report" or message.get_param("report-type") != "delivery-status":
        return []
    letter_id = _enclosed(message)
    return [report for part in message.walk() for report in _recipients(part, letter_id)]


def _enclosed(message: Message) -> str:
    """The key of the letter that came back, which the report encloses whole or by its headers alone; "" without one."""
    parts = message.get_payload()
    for part in parts if isinstance(parts, list) else []:
        headers = _headers(part) if isinstance(part, Message) else None
        if headers is not None:
            return str(headers.get("Message-ID", "")).strip().strip("<>").partition("@")[0]
    return ""


def _headers(part: Message) -> Message | None:
    if part.get_content_type() == "text/rfc822-headers":
        content = part.get_payload(decode=True)
        return message_from_bytes(content) if isinstance(content, bytes) else None
    inner = part.get_payload() if part.get_content_type() == "message/rfc822" else None
    found = inner[0] if isinstance(inner, list) and inner else None
    return found if isinstance(found, Message) else None


def _recipients(part: Message, letter_id: str) -> Iterator[Report]:
    blocks = part.get_payload()
    if part.get_content_type() != "message/delivery-status" or not isinstance(blocks, list):
        return
    for block in blocks:
        if not isinstance(block, Message):
            continue
        named = block.get("Original-Recipient") or block.get("Final-Recipient")
        if named:
            action, status = str(block.get("Action", "")).strip().lower(), str(block.get("Status", "")).strip()
            yield Report(
                address=str(named).rpartition(";")[2].strip().strip("<>").lower(),
                letter_id=letter_id,
                status=status.split()[0] if status else "",
                diagnosis=str(block.get("Diagnostic-Code", "")).rpartition(";")[2].strip(),
                final=action == "failed" and status.startswith("5"),
            )


def note_dead(actor: Actor, address: str, at: datetime) -> None:
    """Write in the journal that an address does not work; the administrators' notice comes from that entry."""
    person = Person.objects.filter(email__iexact=address).order_by("pk").first()
    journal.record(
        actor=actor,
        action="address_bounced",
        subject_kind="person" if person else "address",
        subject_id=person.pk if person else "",
        at=at,
    )
