"""A meeting from when it is opened until it ends: who is there, what is written, what is to be done."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from samordna.core.errors import Absent, Forbidden, Invalid, Refused
from samordna.domain.forums.models import CallAnswer, Item, Meeting
from samordna.domain.organisations.enums import RoleKind
from samordna.domain.organisations.models import Role
from samordna.domain.proceedings import operations as do
from samordna.domain.proceedings.models import Attendance, ItemTime, Note
from samordna.domain.proceedings.plain import day_of, one_of
from tests import factories as f
from tests.domain.proceedings.world import sat
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def test_a_meeting_is_opened_goes_from_item_to_item_and_has_been_held_when_it_ends():
    met = sat()
    begin = {"item_id": met.item.pk, **met.keeping}
    with pytest.raises(Refused, match="inte öppnats"):
        do.begin_item(**begin)
    with pytest.raises(Refused, match="dag har inte kommit"):
        do.open_meeting(actor=met.coordinator, meeting_id=met.meeting.pk, at=NOW - timedelta(days=2))
    with pytest.raises(Forbidden, match="sekreterare"):
        do.open_meeting(actor=met.given.manager, meeting_id=met.meeting.pk, at=NOW)
    with pytest.raises(Absent):
        do.open_meeting(actor=f.actor(f.organisation(), RoleKind.MANAGER), meeting_id=met.meeting.pk, at=NOW)
    met.opened()
    with pytest.raises(Refused, match="redan"):
        met.opened()
    more = {"order": 2, "kind": "discussion", "title": "Köer", "raised_at": NOW}
    later = Item.objects.create(forum=met.forum, meeting=met.meeting, **more)
    do.begin_item(**begin)
    do.finish_item(**begin | {"at": NOW + timedelta(minutes=12)}, next_id=later.pk)
    do.end_meeting(actor=met.secretary, meeting_id=met.meeting.pk, at=NOW + timedelta(minutes=30))
    times = {row.item_id: row.ended_at - row.began_at for row in ItemTime.objects.all() if row.ended_at}
    assert times == {met.item.pk: timedelta(minutes=12), later.pk: timedelta(minutes=18)}
    assert (Meeting.objects.get().state, Item.objects.get(pk=met.item.pk).state) == ("held", "done")


def test_those_who_are_there_are_noted_each_for_a_seat_and_a_deputy_comes_instead_in_the_middle():
    met = sat().opened()
    for who, says in ((met.given.manager, "comes"), (met.given.other_manager, "cannot")):
        answer = {"role_id": who.role_id, "says": says, "sequence": 0, "answered_at": NOW}
        CallAnswer.objects.create(meeting=met.meeting, **answer)
    assert do.note_those_who_come(meeting_id=met.meeting.pk, **met.keeping) == 2
    rows = {row.seat_id: row for row in Attendance.objects.all()}
    assert rows[met.seats["own"].pk].holding_id == met.given.manager.holding_id
    assert (rows[met.seats["other"].pk].presence, rows[met.seats["other"].pk].holding_id) == ("absent", None)
    with pytest.raises(Refused, match="kvar"):
        do.note_those_who_come(meeting_id=met.meeting.pk, **met.keeping)
    half = NOW + timedelta(minutes=30)
    met.there("own", holding_id=met.deputy.holding_id, at=half)
    now = Attendance.objects.filter(seat=met.seats["own"], until__isnull=True).get()
    assert (now.holding_id, Attendance.objects.get(pk=rows[met.seats["own"].pk].pk).until) == (met.deputy.holding_id, half)
    with pytest.raises(Invalid) as wrong:
        met.there("own", holding_id=met.secretary.holding_id)
    assert set(wrong.value.fields) == {"holding_id"}
    guest = do.note_attendance(meeting_id=met.meeting.pk, name="Revisorn", **met.keeping)
    do.end_attendance(attendance_id=guest.pk, **met.keeping)
    with pytest.raises(Refused):
        do.end_attendance(attendance_id=guest.pk, **met.keeping)
    with pytest.raises(Absent):
        do.end_attendance(attendance_id=guest.pk, actor=f.actor(f.organisation()), at=NOW)


def test_two_who_write_on_the_same_text_both_have_theirs_kept():
    met = sat()
    writing = {"item_id": met.item.pk, **met.keeping}
    first = do.write_note(**writing, text="A", desk="one")
    assert do.write_note(**writing | {"at": NOW + timedelta(seconds=5)}, text="AB", base=1, desk="one").pk == first.pk
    lost = do.write_note(**writing | {"at": NOW + timedelta(seconds=9)}, text="ABC", base=1, desk="one")
    assert (lost.beside, lost.number) == (False, 3), "its own answer was lost on the way"
    theirs = do.write_note(item_id=met.item.pk, actor=met.coordinator, at=NOW, text="A, tycker vi", base=2, desk="two")
    again = do.write_note(item_id=met.item.pk, actor=met.coordinator, at=NOW, text="A, tyckte vi", base=2, desk="two")
    assert theirs.beside
    assert again.beside
    assert [note.text for note in Note.objects.filter(beside=True, settled_at=None)] == ["A, tyckte vi"]
    assert Note.objects.filter(beside=False).latest("number").text == "ABC"
    minute = NOW + timedelta(minutes=2)
    both = {"text": "ABC, tyckte vi", "base": again.number, "desk": "one", "settles": again.pk}
    merged = do.write_note(**writing | {"at": minute}, **both)
    assert not merged.beside
    assert not Note.objects.filter(beside=True, settled_at=None).exists()
    assert {"ABC", "A, tycker vi", "A, tyckte vi", "ABC, tyckte vi"} <= set(Note.objects.values_list("text", flat=True))
    with pytest.raises(Refused):
        do.settle_note(**writing, note_id=again.pk)
    with pytest.raises(Forbidden):
        do.write_note(item_id=met.item.pk, actor=met.given.manager, at=NOW, text="x")
    with pytest.raises(Invalid):
        do.write_note(**writing, text="x" * 50_001)
    Meeting.objects.update(state="minuted")
    with pytest.raises(Refused, match="protokoll"):
        do.write_note(**writing, text="För sent", base=99)


def test_what_is_to_be_done_is_followed_until_it_is():
    met = sat()
    line = {"meeting_id": met.meeting.pk, "what": "Ring regionen", "owner_role_id": met.given.manager.role_id}
    point = do.note_action_point(**line, due_on=date(2026, 12, 1), item_id=met.item.pk, **met.keeping)
    wrongly = line | {"owner_role_id": "x", "what": "", "due_on": date(2025, 1, 1), "item_id": "y"}
    with pytest.raises(Invalid) as wrong:
        do.note_action_point(**wrongly, **met.keeping)
    assert set(wrong.value.fields) == {"what", "owner_role_id", "due_on", "item_id"}
    own = {"actor": met.given.manager, "point_id": point.pk, "at": NOW}
    with pytest.raises(Forbidden):
        do.finish_action_point(**own | {"actor": met.deputy})
    handed = {"owner_role_id": met.given.other_manager.role_id or "", "due_on": point.due_on, "reason": "Deras fråga"}
    with pytest.raises(Invalid):
        do.change_action_point(**own, owner_role_id=point.owner_role_id, due_on=point.due_on, reason="Inget")
    do.change_action_point(**own, **handed)
    theirs = own | {"actor": met.given.other_manager}
    do.finish_action_point(**theirs, note="Klart")
    with pytest.raises(Refused, match="redan"):
        do.drop_action_point(**theirs, reason="Nej")
    do.reopen_action_point(**theirs)
    with pytest.raises(Invalid):
        do.drop_action_point(**theirs, reason="")
    do.drop_action_point(**theirs, reason="Behövs inte")
    assert {step.step for step in point.steps.all()} == {"handed", "done", "reopened", "dropped"}
    assert Role.objects.filter(action_points=point).get().pk == met.given.other_manager.role_id


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("12/3", date(2027, 3, 12)),
        ("22/11", date(2026, 11, 22)),
        ("2026-12-01", date(2026, 12, 1)),
        ("1.12.2027", date(2027, 12, 1)),
        ("29/2", date(2028, 2, 29)),
        ("", None),
    ],
)
def test_a_day_is_typed_as_one_writes_it(typed, meant):
    assert day_of(typed, date(2026, 11, 22)) == meant


def test_what_is_no_day_is_refused_and_a_name_is_found_by_a_part_of_it():
    for typed in ("31/2", "0/1", "12/13", "snart", "2026-02-30", "١٢/٣x"):
        with pytest.raises(ValueError, match=r"."):
            day_of(typed, date(2026, 11, 22))
    names = [("a", "Socialchef, Havsnäs"), ("b", "Socialchef, Storstad"), ("c", "Chef")]
    assert [one_of(typed, names) for typed in ("chef", "havs", "socialchef", "", "x")] == ["c", "a", "", "", ""]
