"""Waves that open and close by themselves are told of once, and links that whoever leads could answer by protect nobody."""

from __future__ import annotations

from datetime import timedelta

import pytest

from samordna.core import clock
from samordna.core.errors import Refused
from samordna.core.models import JournalEntry
from samordna.domain.assessments import operations as do
from samordna.domain.assessments.access import bearer_of, link_of
from samordna.domain.assessments.models import OutsideGroup, Questionnaire, Wave, WaveLink, WaveReply
from samordna.domain.assessments.queries.results import result_page
from samordna.domain.assessments.tasks import clear_drafts, open_waves, tell_waves
from samordna.domain.notices.models import Notice
from samordna.domain.notices.spreading import spread
from samordna.domain.organisations.models import Person
from tests.domain.assessments.asking import closed, opened
from tests.domain.collaborations.setting import client_of, setting

pytestmark = pytest.mark.django_db


def told(kind):
    while spread(clock.now()):
        pass
    return list(Notice.objects.filter(kind=kind).values_list("person_id", flat=True))


def test_a_wave_that_opens_and_closes_by_itself_is_told_of_once_each():
    met, now = setting(), clock.now()
    today = clock.day(now)
    wave = opened(met, opens_on=today + timedelta(days=3), closes_on=today + timedelta(days=5))
    tell_waves({}, now)
    assert told("wave_opened") == [], "nobody is asked before one can answer"
    for _again in range(2):
        tell_waves({}, now + timedelta(days=4))
    assert told("wave_opened").count(met.manager.person_id) == 1
    for _again in range(2):
        tell_waves({}, now + timedelta(days=6))
    assert told("wave_ended").count(met.manager.person_id) == 1
    entries = JournalEntry.objects.filter(subject_id=wave.pk).values_list("action", flat=True)
    assert (list(entries).count("wave_opened"), list(entries).count("wave_ended")) == (1, 1)
    with pytest.raises(Refused):
        do.tell_wave_opened(actor=met.coordinator, wave_id=wave.pk)


def test_a_wave_that_is_closed_by_hand_is_told_of_then_and_not_again():
    met = setting()
    wave = opened(met)
    assert told("wave_opened").count(met.manager.person_id) == 1, "it opened the day it was planned"
    closed(met, wave)
    tell_waves({}, clock.now() + timedelta(days=9))
    assert (told("wave_closed").count(met.manager.person_id), told("wave_ended")) == (1, [])


def test_a_rhythm_moves_on_with_its_wave_or_not_at_all(monkeypatch):
    met, now = setting(), clock.now()
    made = do.take_questionnaire(actor=met.coordinator, collaboration_id=met.collaboration.pk, key="pulse")
    do.set_rhythm(actor=met.coordinator, questionnaire_id=made.pk, weeks=4, first_on=clock.day(now))
    monkeypatch.setattr("samordna.domain.assessments.operations.by_day.plan_wave", lambda **_given: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        open_waves({}, now)
    assert Questionnaire.objects.get().next_on == clock.day(now), "the day is still to come for the next try"
    monkeypatch.undo()
    open_waves({}, now)
    assert (Wave.objects.count(), Questionnaire.objects.get().next_on) == (1, clock.day(now) + timedelta(weeks=4))


def test_what_cannot_be_asked_on_its_day_is_written_down_and_the_rhythm_goes_on():
    met, now = setting(), clock.now()
    made = do.start_questionnaire(actor=met.coordinator, collaboration_id=met.collaboration.pk, title="Tom")
    do.set_rhythm(actor=met.coordinator, questionnaire_id=made.pk, weeks=1, first_on=clock.day(now))
    open_waves({}, now)
    assert Wave.objects.count() == 0
    assert JournalEntry.objects.filter(action="wave_not_opened").count() == 1
    assert Questionnaire.objects.get().next_on == clock.day(now) + timedelta(weeks=1)


def answered(wave, tokens):
    for token in tokens:
        do.reply_by_link(actor=bearer_of(link_of(token)), token=token, typed={"pulse_heard": ["2"]})


def test_a_group_that_answers_by_links_the_coordinator_holds_is_not_shown_by_itself():
    met = setting()
    wave = opened(met, key="pulse")
    group = do.add_group(actor=met.coordinator, wave_id=wave.pk, name="Brukare")
    answered(wave, do.make_links(actor=met.coordinator, group_id=group.pk, number=6))
    closed(met, wave)
    shown = result_page(met.coordinator, wave.pk, clock.now())
    assert ("5" in shown.hidden, shown.results) == (True, ()), "five of the six may be the coordinator's own"


def test_links_to_distinct_recipients_count_and_those_to_whoever_leads_or_twice_to_one_do_not():
    met = setting()
    wave = opened(met, key="pulse")
    group = do.add_group(actor=met.coordinator, wave_id=wave.pk, name="Brukare")
    Person.objects.filter(pk=met.coordinator.person_id).update(email="lena@havsnas.se")
    emails = [f"{name}@brukare.se" for name in ("ali", "bo", "cia", "dan")]
    mine = ["Lena@havsnas.se", "lena+2@havsnas.se", "ali@brukare.se", "ALI@brukare.se"]
    assert do.make_links(actor=met.coordinator, group_id=group.pk, recipients=[*emails, *mine]) == []
    assert sorted(WaveLink.objects.values_list("handed", flat=True)) == [False] * 4 + [True] * 4
    do.make_links(actor=met.coordinator, group_id=group.pk, recipients=["bo@brukare.se", "eva@brukare.se"])
    assert WaveLink.objects.filter(handed=False).count() == 5
    page = client_of(met.coordinator).get(f"/enkater/omgang/{wave.pk}/lankar/").content.decode()
    assert "många nog" in page, "it is said before the links are made"

    rows = [WaveReply(wave=wave, group=group, values={"pulse_heard": 2}, handed=n >= 4) for n in range(8)]
    WaveReply.objects.bulk_create(rows)
    closed(met, wave)
    assert result_page(met.coordinator, wave.pk, clock.now()).hidden, "four, whatever is added by those who lead"
    WaveReply.objects.create(wave=wave, group=group, values={"pulse_heard": 5})
    assert not result_page(met.coordinator, wave.pk, clock.now()).hidden
    clear_drafts({}, clock.now())
    assert wave.recipients.count() == 0, "where links went is not kept after the wave"
    assert OutsideGroup.objects.get().links.count() == 10


@pytest.mark.parametrize("typed", ["2027-11-22", "20271122", "22/11 2027", "22 november 2027"])
def test_a_day_is_typed_in_any_of_the_usual_styles(typed):
    met = setting()
    made = do.take_questionnaire(actor=met.coordinator, collaboration_id=met.collaboration.pk, key="pulse")
    client, address = client_of(met.coordinator), f"/enkater/enkat/{made.pk}/rytm/"
    assert client.post(address, {"weeks": "4", "first_on": typed}).status_code == 302
    assert Questionnaire.objects.get().next_on.isoformat() == "2027-11-22"
    wrong = client.post(address, {"weeks": "4", "first_on": "31/2 2027"})
    assert (wrong.status_code, "22 november 2026" in wrong.content.decode()) == (422, True), "the styles are named"
