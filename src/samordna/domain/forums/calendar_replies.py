"""What calendars send back: answers to invitations (iTIP, RFC 5546, 3.2.3).

Concept. The file is not believed about what we know better: who answers is whoever sent it to us, and the latest answer is
the one that we received last.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from samordna.domain.forums.calendar_reading import Fault, Unreadable, parts_of


class Answer(StrEnum):
    """What somebody answered to an invitation."""

    YES = "ACCEPTED"
    PERHAPS = "TENTATIVE"
    NO = "DECLINED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """An answer: to which meeting and which sequence of it, from which address, and when we received it."""

    uid: str
    sequence: int
    address: str
    answer: Answer
    at: datetime


def replies(data: bytes, sender: str, received: datetime) -> tuple[Reply, ...]:
    """The answers of `sender`, an address that its channel vouches for, in a file that we received then.

    Raises `Unreadable` when it holds none, or only what answers for somebody else.
    """
    parts = list(parts_of(data))
    if not any(part.name == "VCALENDAR" and part.value("METHOD") == "REPLY" for part in parts):
        raise Unreadable(Fault.NOT_A_REPLY)
    found, others = [], 0
    for part in parts:
        people = part.lines.get("ATTENDEE", [])
        if part.name != "VEVENT" or len(people) != 1 or not part.raw("UID"):
            continue  # RFC 5546, 3.2.3: whoever answers is the one attendee
        said = people[0].told.get("PARTSTAT", "").upper()
        sequence = part.raw("SEQUENCE") or "0"
        if said not in set(Answer) or not (sequence.isascii() and sequence.isdigit() and len(sequence) < 9):
            continue
        address = _plain(people[0].value)
        if address != _plain(sender):
            others += 1
            continue
        found.append(
            Reply(
                uid=part.raw("UID"),
                sequence=int(sequence),
                address=address,
                answer=Answer(said),
                at=received.astimezone(UTC),
            )
        )
    if not found:
        raise Unreadable(Fault.FOR_ANOTHER if others else Fault.NOT_A_REPLY)
    return tuple(found)


def _plain(address: str) -> str:
    return re.sub(r"(?i)^mailto:", "", address.strip()).strip().lower()


def standing(given: Sequence[Reply], uid: str, sequence: int) -> dict[str, Reply]:
    """By address, the answer that counts for a meeting as it is now: the last received of those to its present sequence."""
    latest: dict[str, Reply] = {}
    for reply in sorted(given, key=lambda each: each.at):
        if reply.uid == uid and reply.sequence == sequence:
            latest[reply.address] = reply
    return latest
