"""Keeping the notes of a meeting without hesitating: one lands where one was, the next voice stands chosen, all at once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from samordna.core import clock
from samordna.domain.forums.models import Meeting, Seat
from samordna.domain.organisations.models import Holding
from samordna.domain.proceedings import operations as do
from samordna.domain.proceedings.models import ActionPoint, Attendance, Question, Vote
from samordna.domain.proceedings.plain import one_of, those_like
from tests.domain.collaborations.setting import client_of
from tests.domain.proceedings.world import Sat, sat

pytestmark = pytest.mark.django_db
ROLES = (("1", "Socialchef, Holmö"), ("2", "Samverkansansvarig, Holmö"), ("3", "Socialchef, Lindemåla"))


def _today(**routine: Any) -> Sat:
    met, now = sat(**routine), clock.now()
    Meeting.objects.update(starts_at=now, ends_at=now + timedelta(hours=2))
    do.open_meeting(actor=met.secretary, meeting_id=met.meeting.pk)
    return met


def _there(met: Sat, *seats: str) -> None:
    for seat in seats:
        do.note_attendance(actor=met.secretary, meeting_id=met.meeting.pk, seat_id=met.seats[seat].pk)


def test_before_its_day_the_page_says_why_the_meeting_is_not_opened():
    met = sat()
    later = clock.now() + timedelta(days=9)
    Meeting.objects.update(starts_at=later, ends_at=later + timedelta(hours=1))
    page = client_of(met.secretary).get(reverse("proceedings", args=[met.meeting.pk])).content.decode()
    assert "Mötets dag har inte kommit än." in page
    assert 'aria-disabled="true"' in page


def test_a_question_that_is_opened_is_where_one_lands_and_the_next_silent_voice_stands_chosen():
    met = _today(method="majority")
    _there(met, "own", "other")
    keeper, meeting = client_of(met.secretary), met.meeting.pk
    asked = keeper.post(reverse("open_question", args=[meeting, met.item.pk]), {"text": "Dela lika", "method": ""})
    question = Question.objects.get()
    assert asked["Location"].endswith(f"#rost-{question.pk}")
    casting = reverse("cast_vote", args=[meeting, question.pk])
    first, second = (met.seats[key].pk for key in ("own", "other"))
    keeper.post(casting, {"choice": "yes", "seat_id": first})
    shown = keeper.get(reverse("proceedings", args=[meeting])).content.decode()
    assert f'action="{casting}#rost-{question.pk}"' in shown, "a refusal is shown at the question, not at the page's top"
    assert shown.index(f'value="{second}">', shown.index(casting)) < shown.index(f'value="{first}">', shown.index(casting))
    assert "Har inte sagt något än" in shown


def test_what_all_the_others_say_is_put_in_at_once_and_nobody_who_has_spoken_is_spoken_for():
    met = _today(method="consent")
    _there(met, "own", "other")
    keeper, member = client_of(met.secretary), client_of(met.given.manager)
    question = do.open_question(actor=met.secretary, item_id=met.item.pk, text="Dela lika")
    do.cast_vote(actor=met.given.manager, question_id=question.pk, choice="object", reason="För dyrt")
    rest, page = (
        reverse("cast_for_the_rest", args=[met.meeting.pk, question.pk]),
        reverse("proceedings", args=[met.meeting.pk]),
    )
    assert "Den som inte har sagt något säger ja" in keeper.get(page).content.decode()
    assert rest not in member.get(page).content.decode()
    assert member.post(rest, {"choice": "yes"}).status_code == 403
    assert keeper.post(rest, {"choice": "object"}).status_code == 422, "an objection has its reason, and its own voice"
    assert keeper.post(rest, {"choice": "yes"})["Location"].endswith(f"#rost-{question.pk}")
    said = {vote.seat_id: (vote.choice, vote.put_in) for vote in Vote.objects.all()}
    assert said == {met.seats["own"].pk: ("object", False), met.seats["other"].pk: ("yes", True)}
    again = keeper.post(rest, {"choice": "yes"})
    assert again.status_code == 409
    assert "har redan sagt något" in again.content.decode()
    assert rest not in keeper.get(page).content.decode()


def test_everybody_is_noted_at_once_as_answered_or_as_present_and_no_deputy_or_vacant_role():
    met = _today()
    Meeting.objects.update(state="called")
    do_answer = reverse("answer_call", args=[met.meeting.pk])
    client_of(met.given.manager).post(do_answer, {"says": "cannot"})
    vacant = Seat.objects.get(pk=met.seats["secretary"].pk)
    Holding.objects.filter(role_id=vacant.role_id).exclude(pk=met.secretary.holding_id).delete()
    keeper = client_of(met.secretary)
    page = reverse("proceedings", args=[met.meeting.pk])
    assert "Alla är där" in keeper.get(page).content.decode()
    keeper.post(reverse("note_those_who_come", args=[met.meeting.pk]), {"everybody": "1"})
    noted = dict(Attendance.objects.values_list("seat_id", "presence"))
    assert noted == {
        met.seats["own"].pk: "absent",
        met.seats["other"].pk: "present",
        met.seats["secretary"].pk: "present",
    }
    again = keeper.post(reverse("note_those_who_come", args=[met.meeting.pk]), {"everybody": "1"})
    assert again.status_code == 409
    assert "Ingen är kvar att anteckna." in again.content.decode()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("socialchef, holmö", ("1",)),
        ("socialchef holm", ("1",)),
        ("lindemåla", ("3",)),
        ("Holmö", ("1", "2")),
        ("socialchef", ("1", "3")),
        (" , ", ()),
        ("finns inte", ()),
    ],
)
def test_a_role_is_meant_by_any_of_its_words(typed, meant):
    assert those_like(typed, ROLES) == meant
    assert one_of(typed, ROLES) == (meant[0] if len(meant) == 1 else "")


def test_something_to_do_is_given_to_a_role_by_the_name_of_who_sits_there_and_several_are_named():
    met = _today()
    keeper, noting = client_of(met.secretary), reverse("note_action_point", args=[met.meeting.pk])
    who = Holding.objects.select_related("person").get(pk=met.given.manager.holding_id)
    given = {"what": "Ring regionen", "due": "", "item_id": met.item.pk}
    assert keeper.post(noting, given | {"owner": who.person.name}).status_code == 302
    assert ActionPoint.objects.get().owner_role_id == met.given.manager.role_id
    own, other = (Seat.objects.select_related("role").get(pk=met.seats[key].pk).role for key in ("own", "other"))
    type(own).objects.filter(pk=own.pk).update(name="Chef ett")
    type(other).objects.filter(pk=other.pk).update(name="Chef två")
    refused = keeper.post(noting, given | {"owner": "chef"})
    assert refused.status_code == 422
    body = refused.content.decode()
    assert "Flera stämmer: " in body
    assert "Chef ett, " in body
    assert 'name="owner" list="roller" maxlength="200" required autofocus' in body, "one is put where it is to be mended"
