"""What calendars send back: answers to invitations (iTIP, RFC 5546, 3.2.3)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from samordna.domain.forums.calendar_reading import Fault, Reader, Unreadable, Zones, parts_of
from samordna.domain.forums.rhythm import zone


class Answer(StrEnum):
    """What somebody answered to an invitation."""

    YES = "ACCEPTED"
    PERHAPS = "TENTATIVE"
    NO = "DECLINED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """An answer: to which meeting and which sequence of it, from which address, and when it was given."""

    uid: str
    sequence: int
    address: str
    answer: Answer
    at: datetime


def replies(data: bytes) -> tuple[Reply, ...]:
    """The answers in a file that a calendar has sent back. Raises `Unreadable` when it holds none."""
    parts = list(parts_of(data))
    if not any(part.name == "VCALENDAR" and part.value("METHOD") == "REPLY" for part in parts):
        raise Unreadable(Fault.NOT_A_REPLY)
    reader = Reader(
        zones=Zones(zone("UTC")), since=datetime.min.replace(tzinfo=UTC), until=datetime.max.replace(tzinfo=UTC)
    )
    found = []
    for part in parts:
        at = reader.try_moment(part, "DTSTAMP") if part.name == "VEVENT" else None
        people = part.lines.get("ATTENDEE", [])
        if at is None or len(people) != 1 or not part.raw("UID"):
            continue  # RFC 5546, 3.2.3: whoever answers is the one attendee
        said = people[0].told.get("PARTSTAT", "").upper()
        sequence = part.raw("SEQUENCE") or "0"
        if said in {each.value for each in Answer} and sequence.isascii() and sequence.isdigit() and len(sequence) < 9:
            plain = re.sub(r"(?i)^mailto:", "", people[0].value.strip()).lower()
            found.append(
                Reply(
                    uid=part.raw("UID"), sequence=int(sequence), address=plain, answer=Answer(said), at=at.astimezone(UTC)
                )
            )
    if not found:
        raise Unreadable(Fault.NOT_A_REPLY)
    return tuple(found)


def standing(given: Sequence[Reply], uid: str, sequence: int) -> dict[str, Reply]:
    """By address, the answer that counts for a meeting as it is now: the latest of those to its present sequence."""
    latest: dict[str, Reply] = {}
    for reply in sorted(given, key=lambda each: each.at):
        if reply.uid == uid and reply.sequence == sequence:
            latest[reply.address] = reply
    return latest
