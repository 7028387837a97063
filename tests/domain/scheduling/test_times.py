"""Finding a time: asked, proposed, answered, weighed with calendars, chosen; and what of a calendar is kept and shown."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Absent, Forbidden, Invalid, Refused, TooLarge
from samordna.domain.forums.models import Forum, Meeting
from samordna.domain.notices.models import Notice
from samordna.domain.notices.spreading import spread
from samordna.domain.notices.subjects import keys_of, subjects_of
from samordna.domain.organisations.enums import RoleKind
from samordna.domain.organisations.models import Holding
from samordna.domain.organisations.waiting import Waiting
from samordna.domain.overview.queries.mine import waiting_now
from samordna.domain.scheduling import operations as do
from samordna.domain.scheduling.models import Asked, BusyHours, TimeOption, TimeQuestion, TimeReply
from samordna.domain.scheduling.operations.asking import Sought
from samordna.domain.scheduling.queries.times import question_page, questions_of, times_to_answer
from samordna.domain.scheduling.tasks import close_past_questions
from tests import factories as f
from tests.domain.forums.world import Met, world
from tests.factories import NOW

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 12, 7)


def ask(met: Met, **fields: Any) -> TimeQuestion:
    roles = (met.given.manager.role_id, met.given.other_manager.role_id)
    window = {"first_on": MONDAY, "last_on": MONDAY + timedelta(days=4), "opens": time(9), "closes": time(12)}
    given = {"minutes": 60, "wanted": dict(zip(roles, ("must", "should"), strict=True)), **window}
    actor = fields.pop("actor", met.coordinator)
    return do.ask_about_time(actor=actor, forum_id=met.forum.pk, sought=Sought(**given | fields), at=NOW)


def calendar(*hours: tuple[datetime, datetime], more: str = "") -> bytes:
    events = "".join(
        f"BEGIN:VEVENT\r\nUID:{number}\r\nSUMMARY:Hemligt\r\nDTSTART:{start:%Y%m%dT%H%M%SZ}\r\nDTEND:{end:%Y%m%dT%H%M%SZ}\r\nEND:VEVENT\r\n"
        for number, (start, end) in enumerate(hours)
    )
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{events}{more}END:VCALENDAR\r\n".encode()


def asked_of(question: TimeQuestion, actor: Any) -> Asked:
    return Asked.objects.get(question=question, role_id=actor.role_id)


def waits(actor: Actor) -> list[Waiting]:
    found = waiting_now([actor], NOW).get(actor, ())
    return [one for one in found if one.url_name == "answer_times"]


def test_a_time_is_found_with_calendars_and_answers_and_chosen():
    met = world(place="Stadshuset")
    mine, other = met.given.manager, met.given.other_manager
    question = ask(met)
    own = asked_of(question, mine)
    all_monday = calendar((datetime(2026, 12, 7, 7, tzinfo=UTC), datetime(2026, 12, 7, 16, tzinfo=UTC)))
    do.give_busy_hours(actor=mine, asked_id=own.pk, calendar=all_monday, at=NOW)
    kept = BusyHours.objects.get()
    assert (len(kept.spans), "Hemligt" in str(kept.spans)) == (1, False)
    made = do.propose_best_times(actor=met.coordinator, question_id=question.pk, at=NOW)
    assert [each.starts_at.astimezone(UTC) for each in made] == [
        datetime(2026, 12, day, 8, tzinfo=UTC) for day in (8, 9, 10, 11)
    ]
    with pytest.raises(Refused, match="redan föreslagna"):
        do.propose_best_times(actor=met.coordinator, question_id=question.pk, at=NOW)
    by_hand = do.propose_time(actor=met.coordinator, question_id=question.pk, on=MONDAY, begins=time(10), at=NOW)
    assert [row.id for row in times_to_answer(mine, NOW)] == [question.pk]
    (told,) = waits(mine)
    assert (told.what, told.url_args, told.note) == ("Ange vilka tider som passar", (own.pk,), "5 föreslagna tider.")
    assert not waits(met.given.superior_manager), "it is not asked"
    tuesday, wednesday = made[0], made[1]
    do.answer_times(actor=mine, asked_id=own.pk, answers={tuesday.pk: "no"}, reasons={tuesday.pk: "Nämnd"}, at=NOW)
    do.answer_times(actor=mine, asked_id=own.pk, answers={wednesday.pk: "no"}, at=NOW)
    do.answer_times(actor=mine, asked_id=own.pk, answers={wednesday.pk: "yes"}, at=NOW)
    assert TimeReply.objects.get(option=wednesday).suits == "yes", "the last answer counts"
    assert not times_to_answer(mine, NOW)
    assert not waits(mine)
    page = question_page(met.coordinator, question.pk, NOW)
    best = {row.id: row for row in page.options}
    assert [row.id for row in page.options if row.best] == [wednesday.pk]
    assert best[by_hand.pk].sentences, "who must come is busy"
    assert "upptagen" in " ".join(best[by_hand.pk].busy)
    assert best[tuesday.pk].reasons[0].endswith("Nämnd")
    assert len(page.silent) == 1
    seen = question_page(other, question.pk, NOW)
    told = " ".join(line for row in seen.options for line in (*row.busy, *row.sentences))
    assert "upptagen" not in told, "calendars are for those who prepare"
    assert [row.calendars for row in seen.asked] == [0, 0]
    meeting = do.choose_time(actor=met.coordinator, option_id=wednesday.pk, call=True, at=NOW)
    assert (meeting.starts_at, meeting.state, meeting.place) == (wednesday.starts_at, "called", "Stadshuset")
    assert not BusyHours.objects.exists()
    for act in (
        lambda: do.answer_times(actor=mine, asked_id=own.pk, answers={tuesday.pk: "yes"}, at=NOW),
        lambda: do.choose_time(actor=met.coordinator, option_id=tuesday.pk, at=NOW),
        lambda: do.give_busy_hours(actor=mine, asked_id=own.pk, calendar=all_monday, at=NOW),
    ):
        with pytest.raises(Refused, match="stängd"):
            act()
    assert [row.meeting_id for row in questions_of(other, met.forum.pk, NOW)] == [meeting.pk]


def test_places_travel_and_too_few_seats_are_weighed():
    met = world()
    question = ask(met, last_on=MONDAY)
    about = {"actor": met.coordinator, "question_id": question.pk, "at": NOW}
    organisation = f.organisation
    own = asked_of(question, met.given.manager).role.organisation_id
    far = do.add_meeting_place(**about, name="Långt bort", travel={own: 120})
    near = do.add_meeting_place(**about, name="Nära", seats=10, travel={own: 10})
    assert do.propose_best_times(**about)[0].spot_id == near.pk
    for wrong in ({"seats": 0}, {"travel": {own: 601}}, {"travel": {organisation().pk: 5}}, {"name": ""}):
        with pytest.raises(Invalid):
            do.add_meeting_place(**about, **{"name": "Fel"} | wrong)
    with pytest.raises(Refused, match="Dra tillbaka"):
        do.remove_meeting_place(actor=met.coordinator, spot_id=near.pk, at=NOW)
    do.remove_meeting_place(actor=met.coordinator, spot_id=far.pk, at=NOW)
    option = TimeOption.objects.get()
    do.withdraw_time(actor=met.coordinator, option_id=option.pk, at=NOW)
    do.remove_meeting_place(actor=met.coordinator, spot_id=near.pk, at=NOW)
    do.drop_time_question(**about, reason="Behövs inte")
    assert not Meeting.objects.exists()


def test_who_may_ask_answer_and_give_hours():
    met = world()
    mine, other = met.given.manager, met.given.other_manager
    with pytest.raises(Forbidden):
        ask(met, actor=mine)
    question = ask(met)
    stranger = f.actor(f.organisation(), RoleKind.MANAGER)
    with pytest.raises(Absent):
        question_page(stranger, question.pk, NOW)
    option = do.propose_time(actor=met.coordinator, question_id=question.pk, on=MONDAY, begins=time(10), at=NOW)
    own = asked_of(question, mine)
    answers = {"asked_id": own.pk, "answers": {option.pk: "if_need_be"}, "at": NOW}
    with pytest.raises(Forbidden):
        do.answer_times(actor=other, **answers)
    with pytest.raises(Absent):
        do.answer_times(actor=stranger, **answers)
    do.answer_times(actor=met.coordinator, **answers)
    assert TimeReply.objects.get().answered_by_id == met.coordinator.holding_id, "who answered is kept"
    for actor in (met.coordinator, other):
        with pytest.raises(Forbidden):
            do.give_busy_hours(actor=actor, asked_id=own.pk, calendar=calendar(), at=NOW)
    do.give_busy_hours(actor=mine, asked_id=own.pk, calendar=calendar(), at=NOW)
    do.remove_busy_hours(actor=mine, asked_id=own.pk, at=NOW)
    assert not BusyHours.objects.exists()
    with pytest.raises(Refused):
        do.remove_busy_hours(actor=mine, asked_id=own.pk, at=NOW)


def test_a_calendar_that_explodes_or_is_none_is_refused_or_bounded():
    met = world()
    own = asked_of(ask(met), met.given.manager)
    give = {"actor": met.given.manager, "asked_id": own.pk, "at": NOW}
    for wrong in (b"%PDF-1.7", b"x" * 1_000_001, b""):
        with pytest.raises(Invalid):
            do.give_busy_hours(**give, calendar=wrong)
    secondly = "BEGIN:VEVENT\r\nUID:e\r\nDTSTART:20261207T080000Z\r\nDTEND:20261207T080100Z\r\n"
    secondly += "RRULE:FREQ=SECONDLY\r\nEND:VEVENT\r\n"
    kept = do.give_busy_hours(**give, calendar=calendar(more=secondly))
    assert (len(kept.spans), kept.unread) == (1, {"rule": 1})
    assert "bara första gången" in " ".join(question_page(met.given.manager, own.question_id, NOW).unread)


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"minutes": 4}, {"minutes"}),
        ({"last_on": MONDAY - timedelta(days=1)}, {"last_on"}),
        ({"last_on": MONDAY + timedelta(days=62)}, {"last_on"}),
        ({"first_on": date(2026, 1, 1), "last_on": date(2026, 1, 2)}, {"first_on"}),
        ({"weekdays": []}, {"weekdays"}),
        ({"weekdays": [7]}, {"weekdays"}),
        ({"closes": time(8)}, {"closes"}),
        ({"answer_by": MONDAY + timedelta(days=30)}, {"answer_by"}),
        ({"wanted": {}}, {"wanted"}),
        ({"wanted": {"no-such-role": "must"}}, {"wanted"}),
    ],
)
def test_what_cannot_be_looked_for_is_refused_at_its_field(fields, wrong):
    with pytest.raises(Invalid) as refused:
        ask(world(), **fields)
    assert set(refused.value.fields) == wrong


def test_limits_hold_at_the_edge():
    met = world()
    question = ask(met)
    about = {"actor": met.coordinator, "question_id": question.pk, "at": NOW}
    TimeOption.objects.bulk_create(
        TimeOption(question=question, starts_at=NOW + timedelta(days=20, hours=hour), proposed_at=NOW) for hour in range(40)
    )
    with pytest.raises(TooLarge, match="40"):
        do.propose_time(**about, on=MONDAY, begins=time(9))
    TimeOption.objects.all().delete()
    for on, begins in ((date(2027, 3, 28), time(2, 30)), (MONDAY, time(23, 30)), (date(2026, 1, 1), time(9))):
        with pytest.raises(Invalid):
            do.propose_time(**about, on=on, begins=begins)


def test_who_is_asked_is_told_and_what_has_passed_is_closed_with_its_hours():
    met = world()
    own, other = met.given.manager, met.given.other_manager
    questions = [ask(met, title="Budgeten"), ask(met, last_on=MONDAY), ask(met, last_on=MONDAY)]
    option = do.propose_time(actor=met.coordinator, question_id=questions[0].pk, on=MONDAY, begins=time(10), at=NOW)
    do.propose_time(
        actor=met.coordinator, question_id=questions[2].pk, on=MONDAY + timedelta(days=30), begins=time(10), at=NOW
    )
    while spread(NOW):
        pass
    told = Notice.objects.filter(kind="time_proposed", about_id=questions[0].pk)
    assert set(told.values_list("person_id", flat=True)) == {own.person_id, other.person_id}
    assert ("time", option.question_id) in subjects_of(own, keys_of(told), NOW)
    for question in questions:
        do.give_busy_hours(actor=own, asked_id=asked_of(question, own).pk, calendar=calendar(), at=NOW)
    with pytest.raises(Refused, match="dagar kvar"):
        do.close_past_question(actor=met.coordinator, question_id=questions[0].pk, at=NOW)
    close_past_questions({}, datetime(2026, 12, 8, 3, tzinfo=UTC))
    still = TimeQuestion.objects.filter(closed_at__isnull=True)
    assert set(still) == {questions[0], questions[2]}, "a time after the window is still to come"
    assert BusyHours.objects.get().asked.question == questions[0], "what was given for days that have passed says nothing"
    Forum.objects.filter(pk=met.forum.pk).update(closed_on=clock.day(NOW))
    assert not times_to_answer(own, NOW)
    close_past_questions({}, NOW)
    assert not BusyHours.objects.exists()
    assert not still.all().exists()


def test_what_a_calendar_was_not_read_for_is_unknown_and_who_has_left_counts_no_more():
    met = world()
    own, lead = met.given.manager, {"actor": met.coordinator, "at": NOW}
    question = ask(met, wanted={own.role_id: "must"})
    do.give_busy_hours(actor=own, asked_id=asked_of(question, own).pk, calendar=calendar(), at=NOW)
    do.propose_time(question_id=question.pk, on=MONDAY, begins=time(10), **lead)
    do.propose_time(question_id=question.pk, on=MONDAY - timedelta(days=3), begins=time(10), **lead)
    do.propose_time(question_id=question.pk, on=MONDAY + timedelta(days=30), begins=time(10), **lead)
    before, within, after = question_page(met.coordinator, question.pk, NOW).options
    assert [("inte känd" in " ".join(row.busy), row.best) for row in (before, within, after)] == [
        (True, False),
        (False, True),
        (True, False),
    ], "the earliest is not the best: nobody knows whether one is free then"
    assert not question_page(met.given.other_manager, question.pk, NOW).options[0].busy
    do.answer_times(actor=own, asked_id=asked_of(question, own).pk, answers={before.id: "yes"}, at=NOW)
    first = question_page(met.coordinator, question.pk, NOW).options[0]
    assert (first.best, first.busy) == (True, ()), "who has answered is known"
    with pytest.raises(Refused, match="säger"):
        do.forget_busy_hours(question_id=question.pk, **lead)
    Holding.objects.filter(pk=own.holding_id).update(valid_to=clock.day(NOW))
    assert not question_page(met.coordinator, question.pk, NOW).options[2].busy
    close_past_questions({}, NOW)
    assert not BusyHours.objects.exists()
