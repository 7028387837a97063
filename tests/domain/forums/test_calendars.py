"""Calendar files: ours in three other programs' readers, theirs in ours, replies, and what is refused."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from time import process_time

import icalendar
import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st
from ical.calendar_stream import IcsCalendarStream

from samordna.domain.forums.calendar_reading import (
    LARGEST_FILE,
    Fault,
    Gap,
    Span,
    Unreadable,
    busy,
)
from samordna.domain.forums.calendar_replies import Answer, replies, standing
from samordna.domain.forums.calendars import Change, Event, Guest, change, feed, letter

NOW = datetime(2026, 2, 1, 12, tzinfo=UTC)
SINCE, UNTIL = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 4, 12, tzinfo=UTC)
MEETING = Event(
    uid="mote-1@samordna.example",
    start=datetime(2026, 3, 10, 8, tzinfo=UTC),
    end=datetime(2026, 3, 10, 9, 30, tzinfo=UTC),
    title="Styrgruppen",
    stamped=NOW,
    place="Rådhuset; rum 3, plan 2",
    link="https://samordna.example/moten/1",
    text="Dagordning:\n1. Lägesbild – åäö\\ö",
    organiser=Guest(address="svara-inte@samordna.example", name='Samordna "Älvdalen"'),
    guests=(Guest(address="anna@kommun.example", name="Anna Ek"), Guest(address="bo@region.example", must=False)),
)
OFTEN = ("DTSTART:20260310T080000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=3")
TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=200)


def lines(*body: str, end: str = "\r\n") -> bytes:
    return end.join(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//EN", *body, "END:VCALENDAR", ""]).encode()


def event(*body: str) -> bytes:
    return lines("BEGIN:VEVENT", "UID:a", "DTSTAMP:20260101T000000Z", *body, "END:VEVENT")


def shown(data: bytes) -> list[str]:
    return [f"{each.start:%m%d %H%M}-{each.end:%m%d %H%M}{'?' * each.tentative}" for each in busy(data, SINCE, UNTIL).spans]


def by_icalendar(data: bytes) -> list[tuple[str, str, datetime, datetime, int]]:
    found = icalendar.Calendar.from_ical(data).walk("VEVENT")
    return [(str(e["UID"]), str(e["SUMMARY"]), e.decoded("DTSTART"), e.decoded("DTEND"), int(e["SEQUENCE"])) for e in found]


def by_vobject(data: bytes) -> list[tuple[str, str, datetime, datetime, int]]:
    found = vobject.readOne(data.decode()).contents.get("vevent", [])
    return [
        (
            e.uid.value,
            e.summary.value,
            e.dtstart.value.astimezone(UTC),
            e.dtend.value.astimezone(UTC),
            int(e.sequence.value),
        )
        for e in found
    ]


def by_ical(data: bytes) -> list[tuple[str, str, datetime, datetime, int]]:
    found = IcsCalendarStream.calendar_from_ics(data.decode()).events
    return [(str(e.uid), str(e.summary), e.dtstart, e.dtend, int(e.sequence or 0)) for e in found]


READERS: list[Callable[[bytes], list[tuple[str, str, datetime, datetime, int]]]] = [by_icalendar, by_vobject, by_ical]


class TestOut:
    """What we write, read by programs that we did not write."""

    @pytest.mark.parametrize("reader", READERS)
    def test_an_invitation_a_change_and_a_cancellation_are_read_as_they_were_meant(self, reader: Callable) -> None:
        moved = replace(MEETING, start=MEETING.start + timedelta(days=1), end=MEETING.end + timedelta(days=1), sequence=1)
        for said in (MEETING, moved, replace(moved, cancelled=True, sequence=2)):
            assert reader(letter(said)) == [(said.uid, said.title, said.start, said.end, said.sequence)]

    def test_what_the_standard_asks_of_each_kind_is_there(self) -> None:
        invitation = icalendar.Calendar.from_ical(letter(MEETING))
        (one,) = invitation.walk("VEVENT")
        assert (invitation["METHOD"], one["STATUS"], str(one["LOCATION"])) == ("REQUEST", "CONFIRMED", MEETING.place)
        assert str(one["DESCRIPTION"]) == MEETING.text
        assert (str(one["ORGANIZER"]), one["ORGANIZER"].params["CN"]) == (
            "mailto:svara-inte@samordna.example",
            "Samordna 'Älvdalen'",
        )
        assert [each.params["ROLE"] for each in one["ATTENDEE"]] == ["REQ-PARTICIPANT", "OPT-PARTICIPANT"]
        assert {each.params["RSVP"] for each in one["ATTENDEE"]} == {"TRUE"}
        gone = icalendar.Calendar.from_ical(letter(replace(MEETING, cancelled=True)))
        assert (gone["METHOD"], gone.walk("VEVENT")[0]["STATUS"]) == ("CANCEL", "CANCELLED")
        public = feed([MEETING], "Samverkan, Älvdalen").decode()
        assert "METHOD:PUBLISH" in public
        assert "ATTENDEE" not in public
        assert "ORGANIZER" not in public

    @given(title=TEXT, text=TEXT, place=TEXT, name=TEXT)
    def test_whatever_is_written_stays_in_its_place(self, title: str, text: str, place: str, name: str) -> None:
        """No text can begin a line of its own, and none of the readers stumbles on it."""
        said = replace(MEETING, title=title, text=text, place=place, guests=(Guest(address="a@b.example", name=name),))
        data = letter(said)
        assert all(len(line) <= 75 for line in data.split(b"\r\n"))
        assert b"\n" not in data.replace(b"\r\n", b"")
        (one,) = icalendar.Calendar.from_ical(data).walk("VEVENT")
        assert sum(line.startswith(b"ATTENDEE") for line in data.split(b"\r\n")) == 1
        plain = title.replace("\r\n", "\n").replace("\r", "\n")
        if plain.isprintable():
            assert str(one["SUMMARY"]) == plain
        for reader in READERS:
            assert [(found[0], found[2]) for found in reader(data)] == [(said.uid, said.start)]

    def test_what_counts_as_another_meeting(self) -> None:
        assert change(MEETING, MEETING) is Change.NOTHING
        assert change(MEETING, replace(MEETING, text="Nytt")) is Change.WORDS
        for other in ({"place": "B"}, {"end": MEETING.end + timedelta(minutes=1)}, {"cancelled": True}):
            assert change(MEETING, replace(MEETING, **other)) is Change.MEETING
        for wrong in ({"uid": ""}, {"end": NOW}, {"start": datetime(2026, 1, 1)}):
            with pytest.raises(ValueError, match=r"meeting|moment"):
                replace(MEETING, **wrong)
        with pytest.raises(ValueError, match="invites"):
            letter(replace(MEETING, guests=()))

    def test_two_thousand_meetings_in_a_feed(self) -> None:
        many = [
            replace(
                MEETING,
                uid=f"m{n}@x.example",
                start=MEETING.start + timedelta(hours=n),
                end=MEETING.end + timedelta(hours=n),
            )
            for n in range(2_000)
        ]
        began = process_time()
        data = feed(many, "Alla möten")
        assert process_time() - began < 1
        assert len(by_ical(data)) == 2_000


class TestBusy:
    """When somebody is busy, out of any calendar."""

    @pytest.mark.parametrize(
        ("body", "expected"),
        [
            (["DTSTART:20260310T080000Z", "DTEND:20260310T090000Z"], ["0310 0800-0310 0900"]),
            (["DTSTART;TZID=Europe/Stockholm:20260310T080000", "DURATION:PT1H30M"], ["0310 0700-0310 0830"]),
            (["DTSTART;TZID=W. Europe Standard Time:20260310T080000", "DURATION:PT1H"], ["0310 0700-0310 0800"]),
            (
                ['DTSTART;TZID="/freeassociation.sourceforge.net/Europe/Stockholm":20260310T080000', "DURATION:PT1H"],
                ["0310 0700-0310 0800"],
            ),
            (["DTSTART:20260310T080000", "DURATION:PT1H"], ["0310 0700-0310 0800"]),
            (["DTSTART;VALUE=DATE:20260328", "DTEND;VALUE=DATE:20260330"], ["0327 2300-0329 2200"]),
            (["DTSTART;VALUE=DATE:20260329"], ["0328 2300-0329 2200"]),
            (["DTSTART:20260310T080000Z", "DURATION:PT1H", "STATUS:CANCELLED"], []),
            (["DTSTART:20260310T080000Z", "DURATION:PT1H", "TRANSP:TRANSPARENT"], []),
            (["DTSTART:20260310T080000Z", "DURATION:PT1H", "STATUS:TENTATIVE"], ["0310 0800-0310 0900?"]),
            (["DTSTART:20260310T080000Z", "DURATION:PT1H", "X-MICROSOFT-CDO-BUSYSTATUS:FREE"], []),
            (["DTSTART:20260228T230000Z", "DTEND:20260301T010000Z"], ["0301 0000-0301 0100"]),
            (["DTSTART:20250101T000000Z", "DTEND:20270101T000000Z"], ["0301 0000-0412 0000"]),
            (
                ["DTSTART;TZID=Europe/Stockholm:20260301T023000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=5"],
                [
                    "0301 0130-0301 0230",
                    "0308 0130-0308 0230",
                    "0315 0130-0315 0230",
                    "0322 0130-0322 0230",
                    "0329 0130-0329 0230",
                ],
            ),
            (
                [
                    "DTSTART:20200106T080000Z",
                    "DURATION:PT1H",
                    "RRULE:FREQ=MONTHLY;BYDAY=1MO",
                    "EXDATE:20260302T080000Z",
                    "RDATE:20260303T080000Z",
                ],
                ["0303 0800-0303 0900", "0406 0800-0406 0900"],
            ),
            (
                ["DTSTART;VALUE=DATE:20200210", "DTEND;VALUE=DATE:20200312", "RRULE:FREQ=YEARLY"],
                ["0301 0000-0312 2300"],
            ),
            (["DTSTART:20000310T080000Z", "DTEND:89000310T080000Z", "RRULE:FREQ=YEARLY"], ["0301 0000-0412 0000"]),
        ],
    )
    def test_one_event(self, body: list[str], expected: list[str]) -> None:
        assert shown(event("SUMMARY:Hemligt", *body)) == expected

    def test_one_of_a_series_that_has_been_moved_is_busy_where_it_is_now(self) -> None:
        series = [
            "BEGIN:VEVENT",
            "UID:a",
            "DTSTART;TZID=Europe/Stockholm:20260303T090000",
            "DURATION:PT1H",
            "RRULE:FREQ=WEEKLY;COUNT=3",
            "END:VEVENT",
        ]
        moved = [
            "BEGIN:VEVENT",
            "UID:a",
            "RECURRENCE-ID:20260310T080000Z",
            "DTSTART:20260311T120000Z",
            "DURATION:PT1H",
            "END:VEVENT",
        ]
        for order in ([*series, *moved], [*moved, *series]):
            assert shown(lines(*order)) == ["0303 0800-0303 0900", "0311 1200-0311 1300", "0317 0800-0317 0900"]

    def test_free_busy_lists_and_any_end_of_line(self) -> None:
        body = [
            "BEGIN:VFREEBUSY",
            "FREEBUSY;FBTYPE=BUSY:20260310T080000Z/20260310T090000Z,20260310T08",
            " 3000Z/PT1H",
            "FREEBUSY;FBTYPE=FREE:20260311T080000Z/PT9H",
            "FREEBUSY;FBTYPE=BUSY-TENTATIVE:20260312T080000Z/PT30M,nonsense",
            "END:VFREEBUSY",
        ]
        for end in ("\r\n", "\n", "\r"):
            found = busy(b"\xef\xbb\xbf" + lines(*body, end=end), SINCE, UNTIL)
            assert found.spans == (
                Span(start=datetime(2026, 3, 10, 8, tzinfo=UTC), end=datetime(2026, 3, 10, 9, 30, tzinfo=UTC)),
                Span(
                    start=datetime(2026, 3, 12, 8, tzinfo=UTC), end=datetime(2026, 3, 12, 8, 30, tzinfo=UTC), tentative=True
                ),
            )
            assert found.gaps == {Gap.EVENT: 1}

    def test_a_long_line_is_read_and_what_is_never_ended_is_not_lost(self) -> None:
        periods = [
            f"202603{day:02}T{hour:02}{half}00Z/PT20M" for day in range(1, 31) for hour in range(9) for half in (10, 40)
        ]
        assert len(shown(lines("BEGIN:VFREEBUSY", "FREEBUSY:" + ",".join(periods), "END:VFREEBUSY"))) == len(periods) == 540
        first = ["BEGIN:VEVENT", "DTSTART:20260310T080000Z", "DURATION:PT1H"]
        alarm = ["BEGIN:VALARM", "DURATION:PT15M"]
        other = ["BEGIN:VEVENT", "DTSTART:20260311T080000Z", "DURATION:PT1H", "END:VALARM", "END:VEVENT"]
        for unclosed in (first, [*first, *alarm], [*first, *alarm, "END:VEVENT"]):
            assert shown(lines(*unclosed, *other)) == ["0310 0800-0310 0900", "0311 0800-0311 0900"]

    def test_what_is_not_read_is_said(self) -> None:
        gaps = {
            Gap.ZONE: ["DTSTART;TZID=Atlantis/Capital:20260310T080000", "DURATION:PT1H"],
            Gap.RULE: ["DTSTART:20260310T080000Z", "DURATION:PT1H", "RRULE:FREQ=SECONDLY"],
            Gap.EVENT: ["DTSTART:20261399T080000Z"],
        }
        for gap, body in gaps.items():
            found = busy(event(*body), SINCE, UNTIL)
            assert found.gaps == {gap: 1}
            assert len(found.spans) == (gap is not Gap.EVENT)
        for whole in (event(*OFTEN), lines("BEGIN:VEVENT", *OFTEN)):
            cut = busy(whole.removesuffix(b"END:VCALENDAR\r\n"), SINCE, UNTIL)
            assert (len(cut.spans), cut.gaps) == (3, {Gap.CUT_SHORT: 1})
        onwards = event("RECURRENCE-ID;RANGE=THISANDFUTURE:20260310T080000Z", "DTSTART:20260311T080000Z", "DURATION:PT1H")
        assert busy(onwards, SINCE, UNTIL).gaps == {Gap.RULE: 1}
        slow = [
            "BEGIN:VEVENT",
            "UID:b",
            "DTSTART:19010101T080000Z",
            "DURATION:PT1H",
            "RRULE:FREQ=DAILY;COUNT=9;BYMONTH=2;BYMONTHDAY=30",
            "END:VEVENT",
        ]
        began = process_time()
        assert busy(lines(*slow * 300), SINCE, UNTIL).gaps[Gap.BUDGET] > 200
        assert process_time() - began < 6

    def test_any_number_of_changed_times_and_events_that_have_them_is_read_at_once(self) -> None:
        again = ["BEGIN:VEVENT", "UID:a", *OFTEN, "END:VEVENT"]
        for many, most in ((900, 300), (1_001, 0)):
            changed = [
                line
                for n in range(many)
                for line in (
                    "BEGIN:VEVENT",
                    "UID:a",
                    f"RECURRENCE-ID:2025{n % 9 + 1:02}01T{n // 60:02}{n % 60:02}00Z",
                    "END:VEVENT",
                )
            ]
            began = process_time()
            found = busy(lines(*changed, *again * 1_500), SINCE, UNTIL)
            assert process_time() - began < 3
            assert found.gaps[Gap.BUDGET] >= 1_500 - most

    def test_zones_of_the_file_are_never_carried_out(self) -> None:
        zone = [
            "BEGIN:VTIMEZONE",
            "TZID:Eget",
            "X-LIC-LOCATION:Europe/Helsinki",
            "BEGIN:STANDARD",
            "DTSTART:16010101T000000",
            "RRULE:FREQ=SECONDLY",
            "TZOFFSETFROM:+9999",
            "TZOFFSETTO:+0100",
            "END:STANDARD",
            "END:VTIMEZONE",
        ]
        one = ["BEGIN:VEVENT", "UID:a", "DTSTART;TZID=Eget:20260310T080000", "DURATION:PT1H", "END:VEVENT"]
        assert shown(lines(*zone, *one)) == ["0310 0600-0310 0700"]

    @pytest.mark.parametrize(
        ("data", "fault"),
        [
            (b"", Fault.NOT_A_CALENDAR),
            (b"%PDF-1.7", Fault.NOT_A_CALENDAR),
            (b"BEGIN:VCALENDAR" + b" " * LARGEST_FILE, Fault.TOO_LARGE),
            (b"BEGIN:VCALENDAR" + b"\n" * 200_001, Fault.TOO_MANY_LINES),
            (lines(*["BEGIN:VEVENT", "END:VEVENT"] * 10_001), Fault.TOO_MANY_EVENTS),
            (lines(*["BEGIN:VEVENT"] * 10_001), Fault.TOO_MANY_EVENTS),
            (b"BEGIN:VCALENDAR\n" + b"BEGIN:VEVENT\n" * 90_000 + b"END:X\n" * 90_000, Fault.TOO_MANY_EVENTS),
            (lines("BEGIN:VFREEBUSY", "FREEBUSY:" + "," * 10_000, "END:VFREEBUSY"), Fault.TOO_MANY_EVENTS),
            (event(*OFTEN, *["EXDATE:" + "," * 999] * 11), Fault.TOO_MANY_EVENTS),
            (lines("BEGIN:VFREEBUSY", "FREEBUSY:" + "x" * 400_000, "END:VFREEBUSY"), Fault.LINE),
        ],
    )
    def test_files_that_are_refused(self, data: bytes, fault: Fault) -> None:
        with pytest.raises(Unreadable) as refused:
            busy(data, SINCE, UNTIL)
        assert refused.value.fault is fault
        with pytest.raises(Unreadable):
            busy(lines(), SINCE, SINCE + timedelta(days=401))

    @given(
        start=st.datetimes(datetime(2026, 2, 20), datetime(2026, 4, 20)), minutes=st.integers(1, 3_000), sure=st.booleans()
    )
    def test_another_program_s_events_are_busy_when_it_says(self, start: datetime, minutes: int, sure: bool) -> None:
        theirs = icalendar.Event.new(
            start=start.replace(tzinfo=UTC, microsecond=0),
            end=start.replace(tzinfo=UTC, microsecond=0) + timedelta(minutes=minutes),
        )
        if not sure:
            theirs.add("STATUS", "TENTATIVE")
        calendar = icalendar.Calendar.new()
        calendar.add_component(theirs)
        begins, ends = max(theirs.start, SINCE), min(theirs.end, UNTIL)
        expected = (Span(start=begins, end=ends, tentative=not sure),) if begins < ends else ()
        assert busy(calendar.to_ical(), SINCE, UNTIL).spans == expected


CORPUS = sorted((Path(icalendar.__file__).parent / "tests").rglob("*.ics"))


class TestCorpus:
    """Files that other people's programs have stumbled over: those that come with the library that we read them against."""

    def test_every_file_is_read_or_refused_with_a_reason(self) -> None:
        assert len(CORPUS) > 100
        read = 0
        for path in CORPUS:
            for year in (1997, 2012, 2026):
                try:
                    busy(path.read_bytes(), datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC))
                    read += 1
                except Unreadable:
                    assert b"BEGIN:VCALENDAR" not in path.read_bytes().upper(), path.name
        assert read > 250

    def test_damaged_files_are_read_or_refused_and_nothing_else(self) -> None:
        dice = random.Random(2)
        whole = [data for path in CORPUS if len(data := path.read_bytes()) < 20_000 and b"BEGIN:VCALENDAR" in data]
        for _turn in range(800):
            data = bytearray(dice.choice(whole))
            for _fault in range(dice.randrange(1, 8)):
                at = dice.randrange(len(data))
                data[at : at + dice.randrange(3)] = dice.choice(
                    [b"", b"\n", b";", b":", b",", b'"', b"\xff", b"99999999", b"T", b"/"]
                )
            try:
                busy(bytes(data), SINCE, UNTIL)
                replies(bytes(data), "anna@kommun.example", NOW)
            except Unreadable:
                continue


class TestReplies:
    """What calendars send back."""

    def reply(self, answer: str, sequence: int = 0, address: str = "MAILTO:Anna@Kommun.Example") -> bytes:
        return lines(
            "METHOD:REPLY",
            "BEGIN:VEVENT",
            f"UID:{MEETING.uid}",
            "DTSTAMP:20260202T100000Z",
            f"SEQUENCE:{sequence}",
            f'ATTENDEE;CN="Ek; Anna";PARTSTAT={answer}:{address}',
            "SUMMARY:Accepterat: Styrgruppen",
            "END:VEVENT",
        )

    def test_the_answer_received_last_to_the_meeting_as_it_is_now_counts(self) -> None:
        bo, noon = "bo@region.example", NOW + timedelta(days=1)
        far = self.reply("DECLINED").replace(b"DTSTAMP:2026", b"DTSTAMP:8999")
        given = [
            *replies(self.reply("ACCEPTED"), " anna@kommun.example", noon + timedelta(hours=2)),
            *replies(far, "Anna@kommun.example", noon.astimezone(timezone(timedelta(hours=9)))),
            *replies(self.reply("TENTATIVE", address=f"mailto:{bo}"), bo, noon),
            *replies(self.reply("DECLINED", sequence=1, address=f"mailto:{bo}"), bo, noon + timedelta(days=1)),
        ]
        now = standing(given, MEETING.uid, 0)
        assert {address: reply.answer for address, reply in now.items()} == {
            "anna@kommun.example": Answer.YES,
            bo: Answer.PERHAPS,
        }
        assert [reply.answer for reply in standing(given, MEETING.uid, 1).values()] == [Answer.NO]
        assert not standing(given, "another", 0)

    def test_nobody_answers_for_somebody_else(self) -> None:
        with pytest.raises(Unreadable) as refused:
            replies(self.reply("DECLINED"), "bo@region.example", NOW)
        assert refused.value.fault is Fault.FOR_ANOTHER

    def test_an_answer_that_another_program_writes(self) -> None:
        calendar = icalendar.Calendar.from_ical(letter(MEETING))
        calendar["METHOD"] = icalendar.vText("REPLY")
        (one,) = calendar.walk("VEVENT")
        attendee = one["ATTENDEE"][0]
        attendee.params["PARTSTAT"] = "ACCEPTED"
        one["ATTENDEE"] = attendee
        (reply,) = replies(calendar.to_ical(), "anna@kommun.example", NOW)
        assert (reply.uid, reply.address, reply.answer, reply.at) == (MEETING.uid, "anna@kommun.example", Answer.YES, NOW)

    def test_what_is_no_answer(self) -> None:
        for data in (letter(MEETING), self.reply("NEEDS-ACTION"), self.reply("ACCEPTED").replace(b"UID:", b"ID:")):
            with pytest.raises(Unreadable) as refused:
                replies(data, "anna@kommun.example", NOW)
            assert refused.value.fault is Fault.NOT_A_REPLY
