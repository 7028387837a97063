"""Calendar files in: when somebody is busy.

Concept. Of somebody's calendar only *when* is read. What a meeting is called, where it is and who comes is dropped line by
line before anything is made of the rest, so that it cannot be kept by mistake. Repetition is read by `rhythm` within one
budget for the whole file. A time zone is known by its name, its name in Windows, or where it says that it lies; the zone's
own rules in the file are never carried out. What cannot be read is counted and said; it is never taken as free time in
silence.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from samordna.domain.forums import rhythm
from samordna.domain.forums.rhythm import LONGEST_MEETING, Budget, Refused, Series, moment, occurrences, zone
from samordna.domain.forums.rule_text import read_rule

LARGEST_FILE = 5 * 2**20  # octets
MOST_LINES = 200_000
LONGEST_LINE = 400_000  # characters, of the lines that are read; so many spans as are read fit on one
MOST_READ = 10_000  # events, spans, and times listed beside an event, of each, in one file
MOST_LOOKED = 200_000  # days, for all that repeats in one file
LONGEST_WINDOW = 400  # days
MOST_PER_EVENT = 500
EARLIEST = datetime(1601, 1, 1, tzinfo=UTC)  # nothing read begins before this

KEPT = frozenset(
    {"BEGIN", "END", "DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "STATUS", "TRANSP", "UID"}
    | {"SEQUENCE", "FREEBUSY", "METHOD", "TZID", "X-LIC-LOCATION", "ATTENDEE", "X-MICROSOFT-CDO-BUSYSTATUS"}
)
READ = frozenset({"VEVENT", "VFREEBUSY", "VTIMEZONE", "VCALENDAR"})
CUT_SHORT = "cut short"  # no component's name: a file that ends before its calendar does
NAME = re.compile(r"([A-Za-z0-9-]{1,60})\s*[;:]")
PARAMETER = re.compile(r';([A-Za-z0-9-]{1,60})=((?:"[^"]*"|[^":;])*)')
LENGTH = re.compile(r"\+?P(?:([0-9]{1,4})W)?(?:([0-9]{1,4})D)?(?:T(?:([0-9]{1,5})H)?(?:([0-9]{1,6})M)?(?:([0-9]{1,8})S)?)?")
MOMENT = re.compile(r"([0-9]{8})(T([0-9]{6})(Z)?)?")


class Fault(StrEnum):
    """Why a file is refused as a whole."""

    NOT_A_CALENDAR = "not_a_calendar"
    TOO_LARGE = "too_large"
    TOO_MANY_LINES = "too_many_lines"
    LINE = "line"
    TOO_MANY_EVENTS = "too_many_events"
    WINDOW = "window"
    NOT_A_REPLY = "not_a_reply"
    FOR_ANOTHER = "for_another"


class Unreadable(ValueError):
    """The file is refused: why, and the limit that it passed."""

    def __init__(self, fault: Fault, limit: int = 0) -> None:
        super().__init__(f"{fault}: {limit}")
        self.fault, self.limit = fault, limit


class Gap(StrEnum):
    """What was not read in a file that was read otherwise."""

    EVENT = "event"  # an event without a time that can be read
    RULE = "rule"  # one that repeats in a way that is not read; its first time is
    ZONE = "zone"  # one in an unknown zone, taken as ours
    BUDGET = "budget"  # one that would take too long to work out
    CUT_SHORT = "cut_short"  # what came after the end of a file that ends before its calendar does


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Span:
    """Busy from, to. `tentative`: perhaps."""

    start: datetime
    end: datetime
    tentative: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Busy:
    """When somebody is busy, in order and joined, in UTC; and how many times something was not read, by what."""

    spans: tuple[Span, ...]
    gaps: Mapping[Gap, int]


@dataclass(frozen=True, slots=True)
class Line:
    """One line: what is told beside the value, by name, and the value."""

    told: Mapping[str, str]
    value: str


def _read(line: str) -> Line:
    at = len(line.partition(":")[0].partition(";")[0])
    told = {}
    while match := PARAMETER.match(line, at):
        told[match[1].upper()] = match[2].strip('"')
        at = match.end()
    return Line(told=told, value=line[at:].lstrip(" ").removeprefix(":"))


@dataclass(slots=True)
class Part:
    """A component of the file: the lines that are kept of it, by name."""

    name: str
    lines: dict[str, list[Line]] = field(default_factory=lambda: defaultdict(list))

    def value(self, name: str) -> str:
        """The first value of this name, in capitals, or "". Times, states and ids of time zones are read by it."""
        return self.raw(name).upper()

    def raw(self, name: str) -> str:
        """The first value of this name as it stands, or ""."""
        return self.lines[name][0].value.strip() if name in self.lines else ""


def busy(data: bytes, since: datetime, until: datetime, ours: str = "Europe/Stockholm") -> Busy:
    """When the file's owner is busy from `since` up to `until`. Raises `Unreadable`."""
    if until - since > timedelta(days=LONGEST_WINDOW):
        raise Unreadable(Fault.WINDOW, LONGEST_WINDOW)
    reader = Reader(zones=Zones(zone(ours)), since=since.astimezone(UTC), until=until.astimezone(UTC))
    parts = list(parts_of(data))
    reader.zones.told = {part.raw("TZID"): part.raw("X-LIC-LOCATION") for part in parts if part.name == "VTIMEZONE"}
    changed: dict[str, set[datetime]] = defaultdict(set)
    events = [part for part in parts if part.name == "VEVENT"]
    for part in events:
        if "RECURRENCE-ID" in part.lines and (at := reader.try_moment(part, "RECURRENCE-ID")):
            changed[part.raw("UID")].add(at.astimezone(UTC))
            if "RANGE" in part.lines["RECURRENCE-ID"][0].told:  # this one and all after it
                reader.gaps[Gap.RULE] += 1
    for part in events:
        reader.event(part, changed[part.raw("UID")] if "RECURRENCE-ID" not in part.lines else set())
    for part in parts:
        if part.name == "VFREEBUSY":
            reader.free_busy(part)
        elif part.name == CUT_SHORT:
            reader.gaps[Gap.CUT_SHORT] += 1
    return Busy(spans=_joined(reader.spans), gaps=dict(reader.gaps))


def parts_of(data: bytes) -> Iterator[Part]:
    """The components that are read, without what is dropped, and one named `CUT_SHORT` when the file is."""
    open_parts: list[Part] = []
    names: Counter[str] = Counter()
    found = 0
    for line in _lines(data):
        name = line.partition(":")[0].partition(";")[0].strip().upper()
        if name == "BEGIN":
            open_parts.append(Part(name=line.partition(":")[2].strip().upper()))
            names[open_parts[-1].name] += 1
        elif name == "END":
            ended = line.partition(":")[2].strip().upper()
            for part in _closed(open_parts, names, ended) if names[ended] else ():
                found += part.name in READ
                if found > MOST_READ:
                    raise Unreadable(Fault.TOO_MANY_EVENTS, MOST_READ)
                yield part
        elif open_parts:
            open_parts[-1].lines[name].append(_read(line))
    if found + len(open_parts) > MOST_READ:
        raise Unreadable(Fault.TOO_MANY_EVENTS, MOST_READ)
    yield from (*open_parts, Part(name=CUT_SHORT)) if open_parts else ()


def _closed(open_parts: list[Part], names: Counter[str], ended: str) -> Iterator[Part]:
    """What an END closes: the last that was begun under its name, and what was begun within that and never ended."""
    closed = ""
    while closed != ended:
        part = open_parts.pop()
        closed = part.name
        names[closed] -= 1
        yield part


def _lines(data: bytes) -> Iterator[str]:
    """Unfolded lines of the names that are read, whatever ends the lines and whatever they are written in."""
    if len(data) > LARGEST_FILE:
        raise Unreadable(Fault.TOO_LARGE, LARGEST_FILE)
    text = data.decode("utf-8-sig", errors="replace")
    if "BEGIN:VCALENDAR" not in text[:100_000].upper():
        raise Unreadable(Fault.NOT_A_CALENDAR)
    lines = re.split(r"\r\n|\n|\r", text)
    if len(lines) > MOST_LINES:
        raise Unreadable(Fault.TOO_MANY_LINES, MOST_LINES)
    pieces: list[str] = []
    for line in [*lines, ""]:
        if line[:1] in (" ", "\t"):
            if pieces:
                pieces.append(line[1:])
            continue
        if pieces:
            whole = "".join(pieces)
            if len(whole) > LONGEST_LINE:
                raise Unreadable(Fault.LINE, LONGEST_LINE)
            yield whole
        match = NAME.match(line)
        pieces = [line] if match and match[1].upper() in KEPT else []


@dataclass(slots=True)
class Zones:
    """Zones by the names that the file has for them. `told`: where each says that it lies."""

    ours: ZoneInfo
    told: dict[str, str] = field(default_factory=dict)
    known: dict[str, ZoneInfo | None] = field(default_factory=dict)

    def of(self, name: str) -> ZoneInfo | None:
        if name not in self.known:
            self.known[name] = self._found(name)
        return self.known[name]

    def _found(self, name: str) -> ZoneInfo | None:
        tail = "/".join(name.split("/")[-2:])
        for each in (name, WINDOWS_TO_OLSON.get(name, ""), self.told.get(name, ""), tail):
            try:
                return zone(each)
            except Refused:
                continue
        return None


@dataclass(slots=True)
class Reader:
    """Makes spans of components."""

    zones: Zones
    since: datetime
    until: datetime
    spans: list[Span] = field(default_factory=list)
    gaps: Counter[Gap] = field(default_factory=Counter)
    budget: Budget = field(default_factory=lambda: Budget(MOST_LOOKED))
    listed: int = 0

    def event(self, part: Part, changed: set[datetime]) -> None:
        """One event, with what repeats; `changed`: the times of it that have an event of their own."""
        if part.value("STATUS") == "CANCELLED" or part.value("TRANSP") == "TRANSPARENT":
            return
        status = part.value("X-MICROSOFT-CDO-BUSYSTATUS")
        if status == "FREE":
            return
        start = self.try_moment(part, "DTSTART")
        length = self._length(part, start) if start else None
        if start is None or length is None:
            self.gaps[Gap.EVENT] += 1
            return
        perhaps = part.value("STATUS") == "TENTATIVE" or status == "TENTATIVE"
        try:
            for begins in self._times(part, start, length, changed):
                self._add(begins, begins.astimezone(UTC) + length, perhaps)
        except Refused:
            self.gaps[Gap.BUDGET] += 1
            self._add(start, start.astimezone(UTC) + length, perhaps)

    def _times(self, part: Part, start: datetime, length: timedelta, changed: set[datetime]) -> Sequence[datetime]:
        """When it begins. The first time counts even where its rule does not give it: that is how calendars show it."""
        if not part.lines.keys() & {"RRULE", "RDATE"}:
            return [] if start.astimezone(UTC) in changed else [start]
        rule = None
        try:
            rule = read_rule(part.raw("RRULE")) if "RRULE" in part.lines else None
        except Refused:
            self.gaps[Gap.RULE] += 1
        local = start.replace(tzinfo=None)
        minutes = min(LONGEST_MEETING, int(length.total_seconds() // 60))
        if len(changed) > rhythm.MOST_OCCURRENCES:
            raise Refused(rhythm.Fault.TOO_MANY, rhythm.MOST_OCCURRENCES)
        self.budget.spend(len(changed))  # any number of events can have the same changed times
        elsewhere = {each.astimezone(start.tzinfo).replace(tzinfo=None) for each in changed}
        series = Series(
            start=local,
            minutes=minutes,
            zone=str(start.tzinfo),
            rule=rule,
            extra=frozenset({local, *self._listed(part, "RDATE")}),
            left_out=frozenset(elsewhere) | self._left_out(part, local),
        )
        back = min(length, max(timedelta(0), self.since - EARLIEST))
        found = occurrences(series, self.since - back, self.until, MOST_PER_EVENT, self.budget)
        return [each.start for each in found]

    def _left_out(self, part: Part, start: datetime) -> frozenset[datetime]:
        """Times that do not take place; a bare day stands for the time of day at which the first one is."""
        listed = set(self._listed(part, "EXDATE"))
        return frozenset(listed | {datetime.combine(each, start.time()) for each in listed if each.time() == time.min})

    def _listed(self, part: Part, name: str) -> Iterator[datetime]:
        """Local times listed under this name, on any number of lines."""
        at = self.try_moment(part, "DTSTART")
        home = at.tzinfo if at else self.zones.ours
        for line in part.lines.get(name, []):
            for value in self._values(line):
                found = self._moment(value.partition("/")[0], line.told)
                if found is not None:
                    yield found.astimezone(home).replace(tzinfo=None) if "T" in value else found.replace(tzinfo=None)

    def _values(self, line: Line) -> Iterator[str]:
        """What a line lists, counted."""
        for value in line.value.split(","):
            self.listed += 1
            if self.listed > MOST_READ:
                raise Unreadable(Fault.TOO_MANY_EVENTS, MOST_READ)
            yield value

    def try_moment(self, part: Part, name: str) -> datetime | None:
        """The moment of this name, or None when there is none that can be read."""
        if name not in part.lines:
            return None
        line = part.lines[name][0]
        return self._moment(line.value, line.told)

    def _moment(self, value: str, told: Mapping[str, str]) -> datetime | None:
        match = MOMENT.fullmatch(value.strip().upper())
        if match is None:
            return None
        try:
            local = datetime.strptime(match[1] + (match[3] or "000000"), "%Y%m%d%H%M%S")
        except ValueError:
            return None
        if not 1600 < local.year < 9000:
            return None
        if match[4]:
            return local.replace(tzinfo=zone("UTC"))
        name = told.get("TZID", "")
        at = self.zones.of(name) if name else self.zones.ours
        if at is None:
            self.gaps[Gap.ZONE] += 1
            at = self.zones.known[name] = self.zones.ours
        return moment(local, at)[0]

    def _length(self, part: Part, start: datetime) -> timedelta | None:
        whole_day = "T" not in part.value("DTSTART")
        if "DTEND" in part.lines:
            end = self.try_moment(part, "DTEND")
            if end is None:
                return None
            if whole_day:
                end = max(end, start + timedelta(days=1))
            return max(timedelta(0), end.astimezone(UTC) - start.astimezone(UTC))
        if "DURATION" in part.lines:
            return _duration(part.raw("DURATION"))
        return (start + timedelta(days=1)).astimezone(UTC) - start.astimezone(UTC) if whole_day else timedelta(0)

    def free_busy(self, part: Part) -> None:
        """The spans of a published free/busy list."""
        for line in part.lines.get("FREEBUSY", []):
            sort = line.told.get("FBTYPE", "BUSY").upper()
            for value in self._values(line) if sort != "FREE" else ():
                begins, _slash, ends = value.partition("/")
                start = self._moment(begins, line.told)
                end = self._moment(ends, line.told)
                length = _duration(ends) if end is None else None
                if start is not None and length is not None:
                    end = start.astimezone(UTC) + length
                if start is None or end is None:
                    self.gaps[Gap.EVENT] += 1
                    continue
                self._add(start, end, sort == "BUSY-TENTATIVE")

    def _add(self, start: datetime, end: datetime, tentative: bool) -> None:
        begins, ends = max(start.astimezone(UTC), self.since), min(end.astimezone(UTC), self.until)
        if begins < ends:
            if len(self.spans) == MOST_READ:
                raise Unreadable(Fault.TOO_MANY_EVENTS, MOST_READ)
            self.spans.append(Span(start=begins, end=ends, tentative=tentative))


def _duration(value: str) -> timedelta | None:
    match = LENGTH.fullmatch(value.strip().upper())
    if match is None or not any(match.groups()):
        return None
    weeks, days, hours, minutes, seconds = (int(each or 0) for each in match.groups())
    return timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)


def _joined(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Spans in order, joined where they meet; of what is sure and what is perhaps, separately."""
    joined: list[Span] = []
    for perhaps in (False, True):
        row: list[Span] = []
        for span in sorted(each for each in spans if each.tentative is perhaps):
            if row and span.start <= row[-1].end:
                row[-1] = Span(start=row[-1].start, end=max(row[-1].end, span.end), tentative=perhaps)
            else:
                row.append(span)
        joined += row
    return tuple(sorted(joined))
