"""From a call to a letter with a calendar file, an answer, and what calendars fetch: one meeting, all the way."""

from __future__ import annotations

from datetime import time, timedelta
from email import message_from_bytes, policy

import icalendar
import pytest
import vobject
from django.core import mail

from samordna.core import clock
from samordna.core.errors import Absent, Forbidden, Invalid, Refused
from samordna.core.models import JournalHead, OutgoingLetter
from samordna.domain.collaborations.models import Participation
from samordna.domain.forums import operations as do
from samordna.domain.forums import standing
from samordna.domain.forums.events import uid_of
from samordna.domain.forums.models import CalendarAddress, CallAnswer, Meeting
from samordna.domain.forums.queries.coming import coming_to
from samordna.domain.forums.queries.feeds import calendar_page, fetched, meeting_answered
from samordna.domain.forums.queries.meetings import meeting_page
from samordna.domain.forums.subscriptions import ticket_of
from samordna.domain.notices.models import Choice, Notice, Spread
from samordna.domain.notices.reminding import remind
from samordna.domain.organisations.enums import HoldingKind
from samordna.domain.organisations.models import Holding, Person
from samordna.domain.overview.queries.coordinating import coordinating
from samordna.domain.overview.queries.mine import waiting_now
from samordna.domain.proceedings.models import ActionPoint
from tests import factories as f
from tests.background import work
from tests.domain.forums.world import shared, world
from tests.factories import NOW

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
WHEN = {"begins": time(9), "ends": time(11), "place": "Sal Ä"}


def addressed(actor):
    return Person.objects.get(pk=actor.person_id).email


@pytest.fixture
def met(settings):
    settings.ORIGIN = "https://samordna.example.se"
    found = world()
    found.seat(found.given.manager)
    found.seat(found.given.other_manager)
    JournalHead.objects.get_or_create(pk=1)
    return found


def planned(met, on=None, **fields):
    on = on or clock.day(NOW) + 20 * DAY
    return do.plan_meeting(**met.asking, on=on, **WHEN | {"title": "Vintermöte"} | fields)


def act(met, verb, meeting, at=NOW, **fields):
    return verb(actor=met.coordinator, meeting_id=meeting.pk, at=at, **fields)


def calendars_in(letter):
    """What two programs read in the letter's two calendar parts: method, then id, sequence, start, status."""
    parts = list(message_from_bytes(letter.message().as_bytes(), policy=policy.default).walk())
    part = next(each for each in parts if each.get_content_type() == "text/calendar")
    file = next(each for each in parts if each.get_filename() == "mote.ics")
    assert part.get_param("method") in {"REQUEST", "CANCEL"}
    assert part.get_content().replace("\r\n", "\n") == file.get_content().decode().replace("\r\n", "\n")
    one = icalendar.Calendar.from_ical(file.get_content())
    event = one.walk("VEVENT")[0]
    other = vobject.readOne(file.get_content().decode()).vevent
    assert (str(event["UID"]), event.decoded("DTSTART")) == (other.uid.value, other.dtstart.value)
    assert str(one["METHOD"]) == part.get_param("method")
    return one, event


def test_a_call_a_change_and_a_cancellation_reach_a_calendar_as_one_meeting(met):
    meeting = planned(met)
    act(met, do.change_meeting, meeting, on=clock.day(NOW) + 21 * DAY, **WHEN)
    work(NOW)
    assert not mail.outbox, "nobody is called yet"
    act(met, do.call_meeting, meeting)
    Choice.objects.create(person_id=met.given.manager.person_id, group="moved", rhythm="weekly")
    work(NOW)
    Spread.objects.update(sequence=0)
    work(NOW)  # the same entries again
    to = addressed(met.given.manager)
    letters = [letter for letter in mail.outbox if letter.to == [to]]
    everybody = {to, addressed(met.given.other_manager), addressed(met.coordinator)}
    assert (len(letters), {letter.to[0] for letter in mail.outbox}, len(mail.outbox)) == (1, everybody, 3)
    assert "Styrgrupp" not in letters[0].subject
    assert "/forum/mote/" in letters[0].body
    file, first = calendars_in(letters[0])
    assert (str(first["ATTENDEE"]), first["ATTENDEE"].params["PARTSTAT"]) == (f"mailto:{to}", "NEEDS-ACTION")
    assert first["ATTENDEE"].params["RSVP"] == "FALSE"  # nobody reads what is sent back here
    assert str(first["ORGANIZER"]) == "mailto:samordna@localhost"
    assert "LOCATION:" in file.to_ical().decode()
    held = OutgoingLetter.objects.filter(recipient=to).get()
    assert (held.calendar, held.calendar_method, held.text) == ("", "", ""), "what has been sent is erased"
    do.answer_call(actor=met.given.manager, meeting_id=meeting.pk, says="comes", at=NOW)
    act(met, do.change_meeting, meeting, on=clock.day(NOW) + 22 * DAY, **WHEN | {"title": "Annat namn"}, at=NOW + DAY)
    work(NOW + DAY)
    act(met, do.cancel_meeting, meeting, reason="Förhinder hos zqhemligt", at=NOW + 2 * DAY)
    work(NOW + 2 * DAY)
    letters = [letter for letter in mail.outbox if letter.to == [to] and len(letter.alternatives) > 1]
    events = [calendars_in(letter)[1] for letter in letters]
    assert [str(event["UID"]) for event in events] == [uid_of(meeting.pk)] * 3
    sequences = [int(event["SEQUENCE"]) for event in events]
    assert sequences == sorted(set(sequences))
    assert [str(event["STATUS"]) for event in events] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert clock.day(events[1].decoded("DTSTART")) == clock.day(NOW) + 22 * DAY
    assert "zqhemligt" not in str(letters[2].message())
    assert Notice.objects.filter(kind="meeting_called").count() == 3


def test_what_comes_to_an_agenda_after_the_call_waits_for_the_days_letter_and_two_owners_tell_once(met):
    _other, _theirs, seated = shared(met)
    meeting = planned(met)
    early = do.raise_item(**met.asking, kind="discussion", title="Före", meeting_id=meeting.pk)
    act(met, do.call_meeting, meeting)
    act(
        met,
        do.change_meeting,
        meeting,
        on=clock.day(NOW) + 20 * DAY,
        **WHEN | {"title": "Nytt namn"},
        at=NOW + timedelta(minutes=1),
    )
    work(NOW + timedelta(minutes=1))
    assert not Notice.objects.filter(kind="item_raised").exists()
    calls = Notice.objects.filter(kind="meeting_called", person_id=met.given.manager.person_id)
    assert calls.count() == 1
    assert Meeting.objects.get(pk=meeting.pk).sequence == 1, "a new name asks nobody anew"
    mail.outbox.clear()
    at = NOW + timedelta(hours=1)
    do.add_paper(actor=met.coordinator, item_id=early.pk, name="PM", text="Läs", at=at)
    area = f.area(met.given.collaboration)
    about = {"kind": "decision", "title": "Välja", "area_id": area.pk}
    do.raise_item(actor=met.given.other_manager, forum_id=met.forum.pk, meeting_id=meeting.pk, at=at, **about)
    work(at)
    assert not mail.outbox
    own = Notice.objects.filter(person_id=met.given.manager.person_id, at=at).order_by("kind")
    assert [notice.kind for notice in own] == ["decision_item_placed", "paper_added"]
    assert not Notice.objects.filter(person_id=met.given.other_manager.person_id, kind="decision_item_placed").exists()
    assert not Notice.objects.filter(person_id=seated.person_id).exists(), "it does not sit there"


def test_last_days_are_near_for_those_whom_they_concern(met):
    met.rule(items_days=5, call_days=10)
    meeting = planned(met, on=clock.day(NOW) + 11 * DAY)
    assert remind(NOW) == 4
    told = set(Notice.objects.filter(due__isnull=False).values_list("kind", "person_id", "due"))
    called = {met.given.manager.person_id, met.given.other_manager.person_id, met.coordinator.person_id}
    items, call = clock.day(NOW) + 6 * DAY, clock.day(NOW) + DAY
    wanted = {("items_due", pk, items) for pk in called} | {("call_due", met.coordinator.person_id, call)}
    assert told == wanted
    act(met, do.call_meeting, meeting, at=NOW + timedelta(hours=21))
    do.describe_forum(
        **met.asking | {"name": met.forum.name, "purpose": "p", "formality": "formal", "power": "decides"},
        prepares_role_id=met.given.manager.role_id,
    )
    work(NOW + timedelta(hours=22))
    given = Notice.objects.get(kind="preparing_given")
    assert (given.person_id, given.about) == (met.given.manager.person_id, "forum")


def replied(meeting, to, says="DECLINED", sequence=1):
    return "\r\n".join(
        (
            *("BEGIN:VCALENDAR", "VERSION:2.0", "METHOD:REPLY", "BEGIN:VEVENT", f"UID:{uid_of(meeting.pk)}"),
            *(f"SEQUENCE:{sequence}", f"ATTENDEE;PARTSTAT={says}:mailto:{to}", "DTSTAMP:20260101T000000Z"),
            *("END:VEVENT", "END:VCALENDAR", ""),
        )
    )


def test_who_comes_is_answered_by_itself_by_a_deputy_by_those_who_prepare_and_by_calendars(met):
    meeting, member, second = planned(met), met.given.manager, met.given.other_manager
    with pytest.raises(Refused, match="kommande möte"):
        do.answer_call(actor=member, meeting_id=meeting.pk, says="comes", at=NOW)
    act(met, do.call_meeting, meeting)
    stand_in = f.holding(Holding.objects.get(pk=member.holding_id).role.organisation)
    deputy = Holding.objects.create(
        person=stand_in.person,
        role_id=member.role_id,
        kind=HoldingKind.DEPUTY,
        valid_from=clock.day(NOW) - DAY,
        deputy_of_id=member.holding_id,
    )
    with pytest.raises(Invalid):
        do.answer_call(actor=member, meeting_id=meeting.pk, says="deputy", instead_id=stand_in.pk, at=NOW)
    do.answer_call(actor=member, meeting_id=meeting.pk, says="deputy", instead_id=deputy.pk, at=NOW)
    page = coming_to(member, meeting.pk, NOW)
    assert (page.coming, page.unanswered) == (1, 1)
    assert page.mine.instead
    voices = {row.name: (row.voice, row.open) for row in page.parties}
    assert sorted(voices.values()) == [(False, True), (True, False)]
    with pytest.raises(Refused, match="rollen du har"):
        do.answer_call(actor=member, meeting_id=meeting.pk, says="comes", role_id=second.role_id, at=NOW)
    act(met, do.answer_call, meeting, says="comes", role_id=second.role_id)
    with pytest.raises(Refused, match="ingen plats"):
        act(met, do.answer_call, meeting, says="comes")
    to = addressed(second)
    file = replied(meeting, to)
    assert meeting_answered(file) == meeting.pk
    act(met, do.take_calendar_answer, meeting, file=file, sender=to.upper(), at=NOW + DAY)
    answer = CallAnswer.objects.get(role=second.role_id)
    assert (answer.says, answer.answered_by, answer.sequence) == ("cannot", None, 1)
    assert [row.voice for row in coming_to(member, meeting.pk, NOW).parties].count(False) == 1
    assert len(coming_to(member, meeting.pk, NOW).voiceless) == 1
    wrong = (
        (replied(meeting, to), "annan@example.se", "file"),
        (replied(meeting, "annan@example.se"), "annan@example.se", "sender"),
        (replied(meeting, to, sequence=0), to, "file"),
        (replied(planned(met, on=clock.day(NOW) + 30 * DAY), to), to, "file"),
        ("inget alls", to, "file"),
    )
    for given, sender, field in wrong:
        with pytest.raises(Invalid) as told:
            act(met, do.take_calendar_answer, meeting, file=given, sender=sender)
        assert field in told.value.fields
    with pytest.raises(Forbidden):
        do.take_calendar_answer(actor=member, meeting_id=meeting.pk, file=file, sender=to, at=NOW)
    act(met, do.change_meeting, meeting, on=clock.day(NOW) + 25 * DAY, **WHEN)
    assert coming_to(member, meeting.pk, NOW).unanswered == 2, "it has moved, so everybody is asked anew"


def events_in(ticket, at=NOW):
    found = fetched(ticket, at)
    return [(str(e["UID"]), str(e["STATUS"])) for e in icalendar.Calendar.from_ical(found.file).walk("VEVENT")]


def test_a_calendar_fetches_what_its_owner_may_read_until_it_is_changed_or_the_owner_leaves(met):
    member = met.given.manager
    first, second = planned(met), planned(met, on=clock.day(NOW) + 22 * DAY, link="https://video.example/zqhemlig")
    act(met, do.call_meeting, first)
    act(met, do.cancel_meeting, second, reason="x")
    hidden = world(name="Annan")
    do.plan_meeting(**hidden.asking, on=clock.day(NOW) + DAY, **WHEN)
    mine = do.make_calendar_address(actor=member, at=NOW)
    ticket = ticket_of(mine)
    wanted = [(uid_of(first.pk), "CONFIRMED"), (uid_of(second.pk), "CANCELLED")]
    assert events_in(ticket) == wanted
    file = fetched(ticket, NOW)
    assert file == fetched(ticket, NOW + timedelta(minutes=5)), "the same until something happens"
    assert b"zqhemlig" not in file.file
    assert b"ATTENDEE" not in file.file
    of_one = do.make_calendar_address(actor=member, forum_id=met.forum.pk, at=NOW)
    assert events_in(ticket_of(of_one)) == wanted
    with pytest.raises(Absent):
        do.make_calendar_address(actor=member, forum_id=hidden.forum.pk, at=NOW)
    with pytest.raises(Refused, match="inget att hämta"):
        do.make_calendar_address(actor=f.actor(f.organisation()), at=NOW)
    assert {row.address.split("/")[2] for row in calendar_page(member, NOW).rows} == {"samordna.example.se"}
    again = do.make_calendar_address(actor=member, at=NOW)
    assert CalendarAddress.objects.filter(person_id=member.person_id, ended_at__isnull=True).count() == 2
    for gone in (ticket, ticket + "x", f"{again.pk}-x", again.pk, ""):
        with pytest.raises(Absent):
            fetched(gone, NOW)
    with pytest.raises(Absent):
        do.end_calendar_address(actor=met.coordinator, address_id=again.pk, at=NOW)
    do.end_calendar_address(actor=member, address_id=of_one.pk, at=NOW)
    with pytest.raises(Absent):
        fetched(ticket_of(of_one), NOW)
    part = Participation.objects.filter(organisation_id=member.organisation_id)
    part.update(left_on=clock.day(NOW) + 5 * DAY)
    assert events_in(ticket_of(again), NOW + 4 * DAY) == wanted
    with pytest.raises(Absent):
        fetched(ticket_of(again), NOW + 5 * DAY)
    part.update(left_on=None)
    Person.objects.filter(pk=member.person_id).update(is_active=False)
    with pytest.raises(Absent):
        fetched(ticket_of(again), NOW)


def waits(actor, at=NOW):
    return [(one.what, one.url_name, one.due) for one in waiting_now([actor], at).get(actor, ())]


def test_mitt_and_the_coordinator_see_what_meetings_wait_for_until_it_is_done(met):
    met.rule(call_days=5, papers_days=3)
    member, meeting = met.given.manager, planned(met, on=clock.day(NOW) + 10 * DAY)
    item = do.raise_item(
        **met.asking, kind="discussion", title="Läget", meeting_id=meeting.pk, owner_role_id=member.role_id
    )
    own = [("Lägg handlingar till ditt ärende", "item", clock.day(NOW) + 7 * DAY)]
    assert [one for one in waits(member) if one[1] in {"item", "meeting"}] == own
    call = ("Kalla till mötet", "meeting", clock.day(NOW) + 5 * DAY)
    assert call in waits(met.coordinator)
    shown = coordinating(met.coordinator, NOW).gathering
    assert [row.meeting_id for row in shown.to_call] == [meeting.pk]
    assert (shown.empty, shown.idle, shown.unminuted) == ((), (), ())
    act(met, do.call_meeting, meeting)
    do.add_paper(actor=met.coordinator, item_id=item.pk, name="PM", text="Läs", at=NOW)
    answer = ("Svara om du kommer till mötet", "meeting", clock.day(NOW) + 10 * DAY)
    assert [one for one in waits(member) if one[1] in {"item", "meeting"}] == [answer]
    assert call not in waits(met.coordinator)
    assert answer not in waits(met.given.superior_manager), "it does not sit there"
    do.answer_call(actor=member, meeting_id=meeting.pk, says="cannot", at=NOW)
    assert answer not in waits(member)
    do.withdraw_item(actor=met.coordinator, item_id=item.pk, reason="x", at=NOW)
    assert [row.meeting_id for row in coordinating(met.coordinator, NOW).gathering.empty] == [meeting.pk]
    at = NOW + 10 * DAY
    act(met, do.hold_meeting, meeting, at=at)
    then = coordinating(met.coordinator, at).gathering
    assert [row.meeting_id for row in then.unminuted] == [meeting.pk]
    assert [row.forum_id for row in then.idle] == [met.forum.pk]
    for days in (9, 10):
        ActionPoint.objects.create(
            meeting=meeting, what="Ring", owner_role_id=member.role_id, due_on=clock.day(NOW) + days * DAY, noted_at=NOW
        )
    late = coordinating(met.coordinator, at).gathering.undone
    assert [(row.what, row.due_on) for row in late] == [("Ring", clock.day(NOW) + 9 * DAY)]


def test_small_repairs_in_forums(met):
    """What is carried over takes no step on an agenda; whoever steps back leaves nobody in a seat that cannot read."""
    other, theirs, seated = shared(met)
    meeting = planned(met)
    items = [do.raise_item(**met.asking, kind="discussion", title=str(n), meeting_id=meeting.pk) for n in range(3)]
    do.carry_item(actor=met.coordinator, item_id=items[1].pk, at=NOW)
    do.move_item(actor=met.coordinator, item_id=items[2].pk, by=-1, at=NOW)
    rows = meeting_page(met.coordinator, meeting.pk, NOW).items
    assert [(row.title, row.changeable) for row in rows] == [("2", True), ("0", True)]
    seat = met.seat(seated)
    do.end_sharing(actor=theirs, forum_id=met.forum.pk, collaboration_id=other.pk, at=NOW + DAY)
    seat.refresh_from_db()
    assert seat.valid_to == clock.day(NOW + DAY)
    assert met.forum.seats.filter(valid_to__isnull=True).count() == 2
    Meeting.objects.filter(pk=meeting.pk).update(state="held")
    assert not any(row.changeable for row in meeting_page(met.coordinator, meeting.pk, NOW).items)
    standing.hand_over(met.coordinator, met.coordinator.role_id, met.given.superior_manager.role_id, NOW)
    met.forum.refresh_from_db()
    assert met.forum.prepares_id == met.coordinator.role_id, "who is above only reads"
