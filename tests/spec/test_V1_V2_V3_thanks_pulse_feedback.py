"""V1: organisations thank each other, tied to what it helped. V2: a pulse that comes by itself, with a trend, of nobody in
particular. V3: feedback on decisions and the coordination, answered with what was done."""

from __future__ import annotations

from datetime import timedelta

import pytest

from samordna.core import clock
from samordna.domain.assessments import operations as do
from samordna.domain.assessments.models import Feedback, Questionnaire, Wave
from samordna.domain.assessments.tasks import clear_drafts, open_waves
from samordna.domain.notices.models import Notice
from samordna.domain.notices.spreading import spread
from samordna.domain.organisations.enums import RoleKind
from tests import factories as f
from tests.domain.assessments.asking import closed, people, replies
from tests.domain.collaborations.setting import client_of, setting

pytestmark = pytest.mark.django_db


def told(kind):
    while spread(clock.now()):
        pass
    return set(Notice.objects.filter(kind=kind).values_list("person_id", flat=True))


def test_v1_an_organisation_is_thanked_for_what_it_helped():
    met = setting()
    own, other = client_of(met.manager), client_of(met.other_manager)
    there = f"/enkater/samverkan/{met.collaboration.pk}/"
    matter = f.matter(met.collaboration, area=met.area, title="Utskrivning på fredagar")
    thanks = {"organisation_id": met.other.pk, "text": "Ni ringde varje fredag", "matter_id": matter.pk}
    wrong = own.post(f"{there}tack/", thanks)
    assert (wrong.status_code, "Ni ringde varje fredag" in wrong.content.decode()) == (422, True), "what did it help?"
    assert own.post(f"{there}tack/", thanks | {"helped": "Ingen väntade över helgen"}).status_code == 302
    page = other.get(f"{there}aterkoppling/").content.decode()
    assert all(
        words in page for words in ("Ingen väntade över helgen", "Utskrivning på fredagar", "Ni ringde varje fredag")
    )
    assert told("organisation_thanked") == {met.other_manager.person_id}
    officer = client_of(f.actor(met.own, RoleKind.OFFICER))
    assert officer.post(f"{there}tack/", thanks | {"helped": "x"}).status_code == 403, "its organisation's word"
    self = own.post(f"/api/v1/collaborations/{met.collaboration.pk}/thanks", thanks, content_type="application/json")
    assert self.status_code == 422
    outside = client_of(f.actor(f.organisation("Utanför"), RoleKind.MANAGER))
    assert outside.get(f"{there}aterkoppling/").status_code == 404


def test_v2_a_pulse_comes_by_itself_and_shows_a_trend_of_enough_answers():
    met, now = setting(), clock.now()
    coordinator, own = client_of(met.coordinator), client_of(met.manager)
    pulse = do.take_questionnaire(actor=met.coordinator, collaboration_id=met.collaboration.pk, key="pulse")
    address, today = f"/enkater/enkat/{pulse.pk}/rytm/", clock.day(now)
    assert coordinator.post(address, {"weeks": "60", "first_on": today.isoformat()}).status_code == 422
    assert coordinator.post(address, {"weeks": "4", "first_on": today.isoformat()}).status_code == 302
    open_waves({}, now)
    open_waves({}, now)
    wave = Wave.objects.get()
    assert Questionnaire.objects.get().next_on == today + timedelta(weeks=4), "once, and four weeks on"
    officer = people(met.own, 1)[0]
    assert {officer.person_id, met.other_manager.person_id} <= told("wave_opened")
    answering = f"/enkater/omgang/{wave.pk}/svara/"
    assert answering in client_of(officer).get("/").content.decode(), "Mitt asks"
    do.keep_draft(actor=met.other_manager, wave_id=wave.pk, typed={"pulse_heard": ["3"]})
    words = {"pulse_use": "4", "pulse_heard": "2", "pulse_worth": "5", "pulse_change": "Kortare möten"}
    assert client_of(officer).post(answering, words).status_code == 302
    assert answering not in client_of(officer).get("/").content.decode()
    replies(wave, met.own, 3, pulse_heard=2)
    closed(met, wave)
    result = f"/enkater/omgang/{wave.pk}/resultat/"
    few = own.get(result).content.decode()
    assert "minst 5 behövs" in few
    assert "Kortare möten" not in few
    replies(wave, met.other, 2, pulse_heard=2)
    assert "Kortare möten" not in own.get(result).content.decode(), "one of six wrote"
    clear_drafts({}, now)
    assert not wave.drafts.exists()

    later = now + timedelta(weeks=4)
    open_waves({}, later)
    second = Wave.objects.exclude(pk=wave.pk).get()
    replies(second, met.own, 6, pulse_heard=4)
    Wave.objects.filter(pk=second.pk).update(closed_at=later)
    body = own.get(f"/api/v1/waves/{second.pk}/result").json()
    assert {row["text"]: row["means"] for row in body["trend"]}["Vi blir lyssnade på."] == ["2.00", "4.00"]
    assert "Över tid" in own.get(f"/enkater/omgang/{second.pk}/resultat/").content.decode()


def test_v3_feedback_on_the_coordination_is_answered_with_what_was_done():
    met = setting()
    coordinator, own = client_of(met.coordinator), client_of(met.manager)
    there = f"/enkater/samverkan/{met.collaboration.pk}/aterkoppling/"
    assert own.post(f"{there}ny/", {"text": ""}).status_code == 422
    assert own.post(f"{there}ny/", {"text": "Kallelserna kommer för sent"}).status_code == 302
    feedback = Feedback.objects.get()
    answering = f"/enkater/aterkoppling/{feedback.pk}/"
    assert answering in coordinator.get("/").content.decode(), "Mitt asks the coordinator"
    assert told("feedback_given") == {met.coordinator.person_id}
    assert own.post(answering, {"outcome": "changed", "answer": "x"}).status_code == 403
    wrong = coordinator.post(answering, {"answer": "Vi kallar en vecka tidigare"})
    assert (wrong.status_code, "Vi kallar en vecka tidigare" in wrong.content.decode()) == (422, True)
    given = {"outcome": "changed", "answer": "Vi kallar en vecka tidigare"}
    assert coordinator.post(answering, given).status_code == 302
    page = client_of(met.other_manager).get(there).content.decode()
    assert all(words in page for words in ("Kallelserna kommer för sent", "Vi kallar en vecka tidigare", "Ändrat"))
    assert told("feedback_answered") == {met.manager.person_id}
    assert answering not in coordinator.get("/").content.decode()
    body = own.get(f"/api/v1/collaborations/{met.collaboration.pk}/feedback").json()
    assert [(row["outcome"], bool(row["answered_at"])) for row in body["items"]] == [("changed", True)]
