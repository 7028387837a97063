"""Calendar files out: an invitation, a change, a cancellation, and a feed of meetings (RFC 5545, 5546 and 7986).

Concept. Every meeting is an event of its own with an id that never changes; a series is many of them. Times are written in
UTC, so that no reader needs to know a time zone. Clients differ most in how they read repetition with exceptions and in
time zones of the file's own; here is neither. Whoever changes the time, the place or cancels counts `sequence` up by one; a
calendar keeps the highest it has seen. A calendar file goes far: it names nobody but the organiser and those whom the
caller lists.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

LONGEST_TITLE = 300  # characters
LONGEST_TEXT = 8_000
MOST_EVENTS = 5_000  # in one feed
PRODUCT = "-//Samordna//Samordna//SV"
FOLD = 73  # octets on a line; the standard says 75 at most, with the line break

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029\ufffe\uffff\ud800-\udfff]")


class Kind(StrEnum):
    """What a calendar file is, in RFC 5546's words."""

    FEED = "PUBLISH"
    INVITATION = "REQUEST"  # the first one, and every change
    CANCELLATION = "CANCEL"


class Change(StrEnum):
    """How much of a meeting is another than before."""

    NOTHING = "nothing"
    WORDS = "words"  # calendars take it in; nobody has to answer again
    MEETING = "meeting"  # when, where or whether: everybody is asked anew


@dataclass(frozen=True, slots=True, kw_only=True)
class Guest:
    """Somebody invited, or the organiser. `must`: it is wanted there, not only welcome. `part`: what it has answered, in
    the words of RFC 5545; `asked`: is its calendar to send an answer?"""

    address: str
    name: str = ""
    must: bool = True
    part: str = "NEEDS-ACTION"
    asked: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One meeting as calendars know it. `stamped`: when this was said; of the same `sequence`, the latest counts."""

    uid: str
    start: datetime
    end: datetime
    title: str
    stamped: datetime
    sequence: int = 0
    place: str = ""
    link: str = ""
    text: str = ""
    cancelled: bool = False
    tentative: bool = False
    organiser: Guest | None = None
    guests: tuple[Guest, ...] = ()

    def __post_init__(self) -> None:
        if self.start.tzinfo is None or self.end.tzinfo is None or self.stamped.tzinfo is None:
            raise ValueError("a moment has a time zone")
        if self.end < self.start or self.sequence < 0 or not self.uid:
            raise ValueError("a meeting has an id, and ends when it has begun")


def change(before: Event, after: Event) -> Change:
    """What is another. `MEETING` is when `sequence` is counted up."""
    if (before.start, before.end, before.place, before.cancelled) != (after.start, after.end, after.place, after.cancelled):
        return Change.MEETING
    words = (before.title, before.text, before.link) != (after.title, after.text, after.link)
    return Change.WORDS if words else Change.NOTHING


def letter(event: Event) -> bytes:
    """The file that goes with a letter about one meeting: an invitation, a change of it, or its cancellation."""
    if event.organiser is None or not event.guests:
        raise ValueError("an invitation says who invites whom")
    return _file([event], Kind.CANCELLATION if event.cancelled else Kind.INVITATION)


def feed(events: Iterable[Event], name: str) -> bytes:
    """Meetings for a calendar to subscribe to. Nobody's address is in it. Raises ValueError beyond `MOST_EVENTS`."""
    chosen = list(events)
    if len(chosen) > MOST_EVENTS:
        raise ValueError(MOST_EVENTS)
    return _file(chosen, Kind.FEED, name)


def _file(events: Iterable[Event], kind: Kind, name: str = "") -> bytes:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN", f"METHOD:{kind}"]
    if name:
        said = _text(name, LONGEST_TITLE)
        lines += [f"NAME:{said}", f"X-WR-CALNAME:{said}", "REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-PUBLISHED-TTL:PT1H"]
    for event in events:
        lines += _event(event, kind)
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode()


def _event(event: Event, kind: Kind) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(event.uid, LONGEST_TITLE)}"
    yield f"DTSTAMP:{_moment(event.stamped)}"
    yield f"DTSTART:{_moment(event.start)}"
    yield f"DTEND:{_moment(event.end)}"
    yield f"SEQUENCE:{event.sequence}"
    yield f"SUMMARY:{_text(event.title, LONGEST_TITLE)}"
    yield f"STATUS:{'CANCELLED' if event.cancelled else 'TENTATIVE' if event.tentative else 'CONFIRMED'}"
    if event.place:
        yield f"LOCATION:{_text(event.place, LONGEST_TITLE)}"
    if event.text:
        yield f"DESCRIPTION:{_text(event.text, LONGEST_TEXT)}"
    if event.link:
        yield f"URL:{_address(event.link)}"
    if kind is not Kind.FEED:
        yield from _people(event)
    yield "END:VEVENT"


def _people(event: Event) -> Iterator[str]:
    if event.organiser is not None:
        yield f"ORGANIZER{_name(event.organiser)}:mailto:{_address(event.organiser.address)}"
    for guest in event.guests:
        part = "REQ-PARTICIPANT" if guest.must else "OPT-PARTICIPANT"
        asked = f"ROLE={part};PARTSTAT={guest.part};RSVP={'TRUE' if guest.asked else 'FALSE'}"
        yield f"ATTENDEE;{asked}{_name(guest)}:mailto:{_address(guest.address)}"


def _name(guest: Guest) -> str:
    name = CONTROL.sub(" ", guest.name.replace('"', "'").replace("\n", " "))[:LONGEST_TITLE].strip()
    return f';CN="{name}"' if name else ""


def _address(value: str) -> str:
    return re.sub(r"[\s\x00-\x20\x7f\"]", "", value)


def _text(value: str, longest: int) -> str:
    plain = CONTROL.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))
    if len(plain) > longest:
        plain = plain[: longest - 1] + "…"
    return plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _folded(line: str) -> str:
    """The line in pieces of at most `FOLD` octets, never within a character; each but the first begins with a blank."""
    if len(line) <= FOLD and line.isascii():
        return line
    if line.isascii():
        rest = range(FOLD, len(line), FOLD - 1)
        return "\r\n ".join([line[:FOLD], *(line[first : first + FOLD - 1] for first in rest)])
    pieces, piece, octets = [], "", 0
    for character in line:
        size = len(character.encode())
        if octets + size > FOLD:
            pieces.append(piece)
            piece, octets = "", 1
        piece += character
        octets += size
    return "\r\n ".join([*pieces, piece])
