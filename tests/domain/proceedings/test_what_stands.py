"""What was decided stands as it was, is told to those who may see it, and is decided only while the meeting goes on."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Forbidden, Invalid, Refused, TooLarge
from samordna.domain.forums.models import Forum, Item, Meeting, Ownership, Seat
from samordna.domain.minutes.queries.gathering import gather
from samordna.domain.organisations.enums import RoleKind
from samordna.domain.proceedings import operations as do
from samordna.domain.proceedings.models import Attendance
from samordna.domain.proceedings.operations import deciding
from samordna.domain.proceedings.queries.pages import proceedings_page
from samordna.domain.proceedings.queries.rows import QuestionRow
from tests import factories as f
from tests.domain.collaborations.setting import client_of
from tests.domain.collaborations.test_operations_mandates import give
from tests.domain.proceedings.world import Sat, sat
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def after(minutes: int) -> datetime:
    return NOW + timedelta(minutes=minutes)


def told(met: Sat, who: Actor, minutes: int = 50) -> QuestionRow:
    """The first question as this reader sees it."""
    return proceedings_page(who, met.meeting.pk, after(minutes)).items[0].questions[0]


def test_a_closed_question_stands_when_seats_end_and_owners_step_back_and_tells_mandates_only_to_those_who_see_them():
    met = sat(method="majority").opened().there()
    other = f.collaboration(name="Arbete")
    theirs = f.coordinator_of(other)
    Ownership.objects.create(forum=met.forum, collaboration=other, asked_at=NOW, accepted_at=NOW)
    member = f.actor(f.participation(other).organisation, RoleKind.MANAGER)
    give(met.given)
    question = met.ask()
    mandate = told(met, met.secretary).mandate
    assert "Havsnäs" in mandate
    assert told(met, member).mandate == ""
    met.say(question, met.given.manager, "no", 1)
    for who in (met.given.manager, met.given.other_manager):
        met.say(question, who, "yes", 2)
    do.settle_question(actor=met.secretary, question_id=question.pk, at=after(30))
    before = told(met, met.secretary)
    assert (before.mandate, told(met, member).mandate) == (mandate, "")
    assert {(row.voice, row.counts) for row in before.voices[1:]} == {("Havsnäs", True), ("Storstad", True)}
    Seat.objects.filter(pk=met.seats["own"].pk).update(valid_to=clock.day(NOW))
    assert told(met, met.secretary) == before
    Ownership.objects.filter(collaboration=met.given.collaboration).update(ended_at=after(40))
    later = told(met, theirs, 60)
    assert later.sentences == before.sentences
    assert [(row.voice, row.counts) for row in later.voices] == [(row.voice, row.counts) for row in before.voices]


def test_what_may_not_be_decided_is_refused_without_naming_whose_mandate_is_lacking_to_those_who_may_not_see_it():
    met = sat().opened()
    other = f.collaboration(name="Arbete")
    Ownership.objects.create(forum=met.forum, collaboration=other, asked_at=NOW, accepted_at=NOW)
    role = f.coordinator_of(other)
    met.forum.areas.add(met.given.beneath)
    asked = {"item_id": met.item.pk, "text": "Ja?", "at": NOW}
    with pytest.raises(Refused, match="Utskrivning"):
        do.open_question(actor=met.coordinator, **asked)
    with pytest.raises(Refused, match="Fråga den som samordnar området"):
        do.open_question(actor=role, **asked)


def test_nothing_is_decided_when_the_meeting_has_been_held_but_a_question_can_be_left():
    met = sat(method="majority").opened().there()
    question = met.ask()
    met.say(question, met.given.manager, "yes", 1)
    Meeting.objects.update(state="held", held_at=after(2))
    with pytest.raises(Refused, match="redan hållits"):
        met.say(question, met.given.other_manager, "no", 3)
    with pytest.raises(Refused, match="redan hållits"):
        do.settle_question(actor=met.secretary, question_id=question.pk, at=after(4))
    assert Forum.objects.get().outcomes.count() == 0
    do.leave_question(actor=met.secretary, question_id=question.pk, reason="Hann inte", at=after(5))
    assert told(met, met.secretary).result == "left"


def test_a_deputy_speaks_only_for_its_own_party_and_a_stand_in_casts_the_voice_it_is_noted_for():
    met = sat(method="majority").opened().there()
    theirs = f.actor(met.given.other, RoleKind.OFFICER)
    Seat.objects.create(forum=met.forum, role_id=theirs.role_id or "", task="deputy", valid_from=clock.day(NOW))
    with pytest.raises(Invalid) as wrong:
        met.there("own", holding_id=theirs.holding_id)
    assert set(wrong.value.fields) == {"holding_id"}
    met.there("other", holding_id=theirs.holding_id)
    question = met.ask()
    colleague = f.actor(met.given.own, RoleKind.OFFICER)
    with pytest.raises(Forbidden):
        met.say(question, colleague, "yes")
    met.there("own", holding_id=colleague.holding_id)
    assert met.say(question, colleague, "yes").seat_id == met.seats["own"].pk
    with pytest.raises(Forbidden):
        met.say(question, colleague, "no", seat_id=met.seats["other"].pk)
    page = proceedings_page(met.secretary, met.meeting.pk, after(5))
    people = {seat.id: {key for key, _name in seat.people} for seat in page.seats}
    assert theirs.holding_id in people[met.seats["other"].pk]
    assert theirs.holding_id not in people[met.seats["own"].pk]


def test_a_quorum_counts_those_who_are_there_at_the_closing_and_no_number_closes_the_notes():
    met = sat(method="majority", quorum="over_half").opened().there()
    question = met.ask()
    for who in (met.given.manager, met.given.other_manager):
        met.say(question, who, "yes")
    gone = Attendance.objects.get(seat=met.seats["own"])
    do.end_attendance(attendance_id=gone.pk, actor=met.secretary, at=after(3))
    with pytest.raises(Refused, match="1 av 2"):
        do.settle_question(actor=met.secretary, question_id=question.pk, at=after(4))
    met.there("own", at=after(5))
    made = do.settle_question(actor=met.secretary, question_id=question.pk, at=after(6))
    assert (made.rests_on["quorum"]["present"], made.rests_on["present"]) == (2, ["Havsnäs", "Storstad"])
    writing = {"actor": met.secretary, "item_id": met.item.pk}
    first = do.write_note(**writing, text="A", base=999_999_999, at=after(7))
    second = do.write_note(**writing, text="B", base=first.number, at=after(9))
    assert [(note.number, note.base, note.beside) for note in (first, second)] == [(1, 0, False), (2, 1, False)]


def test_the_coordinator_chooses_one_of_the_options_and_what_it_chose_is_kept():
    met = sat(method="coordinator").opened().there()
    give(met.given)
    question = met.ask("Vilken dag?", options=["måndag", "tisdag"])
    met.say(question, met.given.manager, ranks=[["1"], ["2"]])
    met.say(question, met.given.other_manager, "abstain")
    for wrongly in ({"choice": "yes"}, {"choice": "abstain"}):
        with pytest.raises(Invalid) as wrong:
            met.say(question, met.coordinator, as_coordinator=True, **wrongly)
        assert set(wrong.value.fields) == {"ranks"}
    met.say(question, met.coordinator, minutes=2, as_coordinator=True, ranks=[["1"]])
    met.say(question, met.coordinator, minutes=3, as_coordinator=True, ranks=[["2"]])
    assert told(met, met.coordinator).choices == (("abstain", "Avstår"),)
    page = client_of(met.coordinator).get(reverse("proceedings", args=[met.meeting.pk])).content.decode()
    assert 'name="place-2"' in page
    assert 'name="as_coordinator"' in page
    made = do.settle_question(actor=met.secretary, question_id=question.pk, at=after(5))
    assert (made.statement, made.rests_on["by_coordinator"]["ranks"]) == ("Vilken dag? tisdag", [["tisdag"]])
    assert [(row.voice, row.said, row.counts) for row in told(met, met.secretary).voices[-2:]] == [
        ("Samordnaren", "måndag", False),
        ("Samordnaren", "tisdag", True),
    ]


def test_each_seat_has_its_own_room_and_one_reservation_and_an_item_that_is_gone_shows_what_still_stands_open(monkeypatch):
    monkeypatch.setattr(deciding, "MOST_VOTES", 5)
    met = sat(method="majority").opened().there()
    question = met.ask()
    for minute in range(5):
        met.say(question, met.given.manager, "yes", minute)
    with pytest.raises(TooLarge):
        met.say(question, met.given.manager, "no", 6)
    met.say(question, met.given.other_manager, "no", 7)
    assert [(row.voice, row.earlier, row.counts) for row in told(met, met.secretary).voices] == [
        ("Havsnäs", 2, False),
        ("Havsnäs", 0, False),
        ("Havsnäs", 0, True),
        ("Storstad", 0, True),
    ]
    reserving = {"actor": met.given.manager, "question_id": question.pk, "at": after(8)}
    for text in ("För dyrt", "För dyrt för oss"):
        do.reserve_oneself(**reserving, text=text)
    with pytest.raises(Refused, match="Någon annan"):
        do.reserve_oneself(**reserving | {"actor": met.secretary}, seat_id=met.seats["own"].pk, text="Nej")
    assert [row.text for row in question.reservations.all()] == ["För dyrt för oss"]
    again = question.reservations.get()
    again.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        again.save(force_insert=True)
    Item.objects.update(state="carried")
    assert told(met, met.secretary).open
    do.leave_question(actor=met.secretary, question_id=question.pk, reason="Överförd", at=after(9))
    assert proceedings_page(met.secretary, met.meeting.pk, after(10)).items == ()
    assert do.end_meeting(actor=met.secretary, meeting_id=met.meeting.pk, at=after(11)).ended_at


def test_what_was_noted_by_mistake_is_struck_for_a_reason_and_put_right_until_the_meeting_is_minuted():
    met = sat(method="majority").opened().there()
    keeping = {"meeting_id": met.meeting.pk, "actor": met.secretary}
    guest = do.note_attendance(**keeping, name="Revisorn", at=after(1))
    do.end_meeting(**keeping, at=after(60))
    wrong = Attendance.objects.get(seat=met.seats["other"])
    with pytest.raises(Refused, match="antecknat"):
        do.note_attendance(**keeping, seat_id=met.seats["other"].pk, presence="absent", at=after(70))
    late = {"actor": met.secretary, "at": after(70)}
    with pytest.raises(Invalid):
        do.strike_attendance(attendance_id=wrong.pk, reason=" ", **late)
    with pytest.raises(Forbidden):
        do.strike_attendance(attendance_id=wrong.pk, reason="Fel", actor=met.given.manager, at=after(70))
    client = client_of(met.secretary)
    address = reverse("strike_attendance", args=[met.meeting.pk])
    kept = client.post(address, {"attendance_id": wrong.pk, "reason": "\u202e" + "Hon var sjuk"})
    assert (kept.status_code, "Hon var sjuk" in kept.content.decode()) == (422, True)
    assert client.post(address, {"attendance_id": wrong.pk, "reason": "Hon var sjuk"}).status_code == 302
    with pytest.raises(Refused, match="redan struket"):
        do.strike_attendance(attendance_id=wrong.pk, reason="Igen", **late)
    do.strike_attendance(attendance_id=guest.pk, reason="Kom aldrig", **late)
    do.note_attendance(**keeping, seat_id=met.seats["other"].pk, presence="absent", at=after(71))
    there, absent = gather(met.meeting).there, gather(met.meeting).absent
    assert (len(there), len(absent)) == (1, 1), "the minutes show what stands"
    page = proceedings_page(met.secretary, met.meeting.pk, after(72))
    assert [(row.why, bool(row.struck_by)) for row in page.struck] == [("Hon var sjuk", True), ("Kom aldrig", True)]
    assert (sorted(seat.presence for seat in page.seats if seat.presence), page.guests) == (["absent", "present"], ())
    shown = client.get(reverse("proceedings", args=[met.meeting.pk])).content.decode()
    assert "<s>" in shown
    assert "Hon var sjuk" in shown
    assert Attendance.objects.count() == 4, "both facts stay"
    Meeting.objects.filter(pk=met.meeting.pk).update(state="minuted", minuted_at=after(80))
    with pytest.raises(Refused, match="protokoll"):
        do.strike_attendance(attendance_id=Attendance.objects.standing()[0].pk, reason="För sent", **late)
