"""Keeping the notes of a meeting without hesitating: one lands where one was, the next voice stands chosen, all at once."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from samordna.core import clock
from samordna.domain.forums.models import Meeting, Seat
from samordna.domain.organisations.models import Holding, Person, Role
from samordna.domain.proceedings import operations as do
from samordna.domain.proceedings.models import ActionPoint, Attendance, Question, Vote
from samordna.domain.proceedings.plain import one_of, those_like
from tests import factories as f
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
    put_in = {"choice": "yes", "voices": _meant(keeper.get(page).content.decode(), rest)}
    assert keeper.post(rest, put_in)["Location"].endswith(f"#rost-{question.pk}")
    said = {vote.seat_id: (vote.choice, vote.put_in) for vote in Vote.objects.all()}
    assert said == {met.seats["own"].pk: ("object", False), met.seats["other"].pk: ("yes", True)}
    again = keeper.post(rest, {"choice": "yes"})
    assert again.status_code == 409
    assert "har redan sagt något" in again.content.decode()
    assert rest not in keeper.get(page).content.decode()


def _meant(page: str, rest: str) -> list[str]:
    """The voices that the button on this page means."""
    form = page[page.index(f'action="{rest}') :]
    return re.findall(r'name="voices" value="([^"]+)"', form[: form.index("</form>")])


def test_nobody_who_came_after_the_button_was_shown_is_spoken_for():
    met = _today(method="majority")
    _there(met, "own")
    keeper = client_of(met.secretary)
    question = do.open_question(actor=met.secretary, item_id=met.item.pk, text="Dela lika")
    rest = reverse("cast_for_the_rest", args=[met.meeting.pk, question.pk])
    page = reverse("proceedings", args=[met.meeting.pk])
    meant = _meant(keeper.get(page).content.decode(), rest)
    assert len(meant) == 1
    _there(met, "other")  # somebody else notes another party there meanwhile
    refused = keeper.post(rest, {"choice": "yes", "voices": meant})
    body = refused.content.decode()
    assert refused.status_code == 409
    assert f"Fler är där nu: {met.given.other.short_name}. Se efter och tryck igen." in body
    assert not Vote.objects.exists()
    both = _meant(body, rest)
    assert len(both) == 2, "the page that refuses shows how many they are now"
    do.cast_vote(actor=met.given.manager, question_id=question.pk, choice="no")
    fewer = keeper.post(rest, {"choice": "yes", "voices": both})
    assert fewer.status_code == 409
    assert "Nu är det bara de här som inte har sagt något: " in fewer.content.decode()
    assert keeper.post(rest, {"choice": "yes", "voices": _meant(fewer.content.decode(), rest)}).status_code == 302
    assert sorted(Vote.objects.values_list("choice", "put_in")) == [("no", False), ("yes", True)]


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


SAT_THERE = (
    *ROLES,
    ("4", "Personalchef, Holmö"),
    ("5", "Chef, Arboga"),
    ("2", "Per Ek"),
    ("3", "Bo Berg"),
    ("6", "Per Al"),
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("bo", ("3",)),
        ("Per", ("2", "6")),
        ("per ek", ("2",)),
        ("Ek", ("2",)),
        ("pers", ("4",)),
        ("berg bo", ("3",)),
        ("chef", ("5",)),
        ("arb", ("5",)),
        ("holmö socialchef", ("1",)),
    ],
)
def test_a_whole_name_is_meant_before_a_part_of_another(typed, meant):
    assert those_like(typed, SAT_THERE) == meant


def test_whoever_sits_there_is_meant_before_a_role_whose_name_has_the_same_letters():
    met = _today()
    keeper, noting = client_of(met.secretary), reverse("note_action_point", args=[met.meeting.pk])
    Role.objects.filter(pk=met.given.other_manager.role_id).update(name="Personalchef")
    Person.objects.filter(holdings=met.given.manager.holding_id).update(name="Per Ek")
    assert keeper.post(noting, {"what": "Ring", "owner": "Per", "due": ""}).status_code == 302
    assert ActionPoint.objects.get().owner_role_id == met.given.manager.role_id


def test_those_who_sit_there_and_can_be_given_nothing_are_not_meant_and_the_refusal_is_whole():
    met = _today()
    keeper, noting = client_of(met.secretary), reverse("note_action_point", args=[met.meeting.pk])
    for _guest in range(2):
        guest = f.actor(f.organisation())
        Seat.objects.create(
            forum=met.forum, role_id=guest.role_id, task="guest", valid_from=clock.day(met.meeting.starts_at)
        )
        Person.objects.filter(holdings=guest.holding_id).update(name="Zz Gäst")
    refused = keeper.post(noting, {"what": "Ring", "owner": "Zz", "due": ""})
    assert refused.status_code == 422
    assert "Välj en roll hos någon som deltar" in refused.content.decode()
    assert "Flera stämmer: ." not in refused.content.decode()


def test_nobody_without_the_right_is_told_which_roles_fit():
    met = _today()
    Role.objects.filter(pk__in=[met.given.manager.role_id, met.given.other_manager.role_id]).update(name="Chef")
    noting = reverse("note_action_point", args=[met.meeting.pk])
    refused = client_of(met.given.manager).post(noting, {"what": "Ring", "owner": "chef", "due": "x"})
    assert refused.status_code == 403
    assert "Flera stämmer" not in refused.content.decode()


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
