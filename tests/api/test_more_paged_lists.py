"""Lists that were cut at a fixed number are pages, in the API and on their own pages: nothing older is out of reach."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samordna.domain.assessments.models import Feedback, Recognition, Wave
from samordna.domain.assessments.operations import take_questionnaire
from samordna.domain.assessments.queries import lists, voices
from samordna.domain.events.models import Event
from samordna.domain.events.queries import pages as events
from samordna.domain.followup.models import Round
from samordna.domain.forums.models import Meeting
from samordna.domain.forums.operations import start_forum
from tests.api.test_collaborations import get
from tests.api.test_paged_lists import walked
from tests.domain.collaborations.setting import client_of, setting
from tests.factories import NOW, START

pytestmark = pytest.mark.django_db


def questions(client, address):
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as counted:
        assert client.get(address).status_code == 200
    return len(counted)


def given_feedback(given, n):
    """So much feedback, one of three answered; the first given is number 0."""
    rows = []
    for number in range(n):
        answer = {"outcome": "kept", "answer": "Vi gör så", "answered_at": NOW} if number % 3 == 0 else {}
        when = NOW - timedelta(days=n - number)
        said = {"text": f"Sagt {number:03}", "given_at": when, "about": "coordination"}
        rows.append(Feedback(collaboration=given.collaboration, organisation=given.own, **said | answer))
    return Feedback.objects.bulk_create(rows)


def test_feedback_comes_page_by_page_that_which_waits_first():
    given = setting()
    given_feedback(given, 6)
    found = walked(client_of(given.manager), f"/collaborations/{given.collaboration.pk}/feedback")
    assert [row["text"][-1] for row in found] == ["5", "4", "2", "1", "3", "0"]
    assert [bool(row["answered_at"]) for row in found] == [False, False, False, False, True, True]


def test_the_page_of_feedback_says_how_much_waits_and_leads_on(monkeypatch):
    monkeypatch.setattr(voices, "SHOWN", 2)
    given = setting()
    given_feedback(given, 6)
    client, address = client_of(given.manager), f"/enkater/samverkan/{given.collaboration.pk}/aterkoppling/"
    first, second, third = (client.get(f"{address}?sida={n}").content.decode() for n in (1, 2, 3))
    assert "2 av 4 är på den här sidan" in first
    assert [page.count("Sagt 00") for page in (first, second, third)] == [2, 2, 2]
    assert "Sida 1 av 3" in first
    assert "Inget väntar på svar" not in third


def test_thanks_come_page_by_page_the_latest_first(monkeypatch):
    monkeypatch.setattr(voices, "SHOWN", 2)
    given = setting()
    for number in range(3):
        Recognition.objects.create(
            collaboration=given.collaboration,
            giver=given.own,
            receiver=given.other,
            text=f"Tack {number}",
            helped="Alla",
            given_at=NOW + timedelta(hours=number),
        )
    client = client_of(given.manager)
    found = walked(client, f"/collaborations/{given.collaboration.pk}/thanks")
    assert [row["text"] for row in found] == ["Tack 2", "Tack 1", "Tack 0"]
    page = client.get(f"/enkater/samverkan/{given.collaboration.pk}/aterkoppling/?tack=2").content.decode()
    assert [f"Tack {n}" in page for n in range(3)] == [True, False, False]


def asked(given, n):
    """So many waves of one questionnaire, a week apart, the latest last."""
    place = {"actor": given.coordinator, "collaboration_id": given.collaboration.pk}
    questionnaire = take_questionnaire(key="pulse", **place)
    version = questionnaire.versions.get()
    for number in range(n):
        day = START + timedelta(days=7 * number)
        Wave.objects.create(
            collaboration=given.collaboration,
            version=version,
            title=f"Vecka {number}",
            why="Veta",
            opens_on=day,
            closes_on=day + timedelta(days=5),
            planned_at=NOW,
        )
    return questionnaire


def test_waves_and_questionnaires_come_page_by_page(monkeypatch):
    monkeypatch.setattr(lists, "SHOWN", 2)
    given = setting()
    questionnaire = asked(given, 5)
    client, place = client_of(given.manager), given.collaboration.pk
    found = walked(client, f"/collaborations/{place}/waves")
    assert [row["title"] for row in found] == [f"Vecka {n}" for n in (4, 3, 2, 1, 0)]
    rows = walked(client, f"/collaborations/{place}/questionnaires")
    assert [(row["title"], row["waves"]) for row in rows] == [(questionnaire.title, 5)]
    for address in (f"/enkater/samverkan/{place}/", f"/enkater/enkat/{questionnaire.pk}/"):
        last = client.get(f"{address}?sida=3").content.decode()
        assert [f"Vecka {n}" in last for n in (4, 1, 0)] == [False, False, True], address
        assert "Sida 3 av 3" in last


def test_rounds_come_page_by_page_the_latest_first():
    given = setting()
    for month in range(1, 6):
        starts = START.replace(month=month)
        days = {"starts_on": starts, "due_on": starts + timedelta(days=45), "opened_at": NOW}
        Round.objects.create(collaboration=given.collaboration, frequency="month", period=f"2026-0{month}", **days)
    client, place = client_of(given.manager), given.collaboration.pk
    found = walked(client, f"/collaborations/{place}/rounds")
    assert [row["period"] for row in found] == [f"2026-0{month}" for month in (5, 4, 3, 2, 1)]
    assert get(client, f"/collaborations/{place}/rounds")["missing"] == 0
    for month in range(6, 26):
        starts = date(2024, 1, 1) + timedelta(days=31 * (month - 6))
        days = {"starts_on": starts, "due_on": starts + timedelta(days=45), "opened_at": NOW}
        Round.objects.create(collaboration=given.collaboration, frequency="month", period=f"{starts:%Y-%m}", **days)
    first, second = (client.get(f"/uppfoljning/{place}/rapporter/?sida={n}").content.decode() for n in (1, 2))
    assert [("anuari 2024" in page, "aj 2026" in page) for page in (first, second)] == [(False, True), (True, False)]


def planned(given, n, state="planned"):
    """So many events, a day apart."""
    place = {"actor": given.coordinator, "collaboration_id": given.collaboration.pk, "at": NOW}
    forum = start_forum(kind="steering", name=f"Styrgrupp {state} {n}", **place)
    for number in range(n):
        starts = NOW + timedelta(days=number + 1 if state == "planned" else -number - 1)
        when = {"starts_at": starts, "ends_at": starts + timedelta(hours=1), "planned_at": NOW}
        meeting = Meeting.objects.create(forum=forum, title=f"{state} {number}", state=state, **when)
        Event.objects.create(meeting=meeting, kind="study_visit", why="Lära", planned_at=NOW)


def test_events_come_page_by_page_those_to_come_first(monkeypatch):
    monkeypatch.setattr(events, "SHOWN", 2)
    given = setting()
    planned(given, 3)
    planned(given, 3, "held")
    client = client_of(given.manager)
    ahead, past = ([f"{state} {n}" for n in range(3)] for state in ("planned", "held"))
    assert [row["meeting"]["title"] for row in walked(client, "/events")] == ahead + past
    assert [row["meeting"]["title"] for row in walked(client, "/events?when=past")] == past
    assert {row["when"] for row in walked(client, "/events?when=ahead")} == {"ahead"}
    assert client.get("/api/v1/events?when=never").status_code == 422
    last = client.get("/tillfallen/?sida=2").content.decode()
    assert [words in last for words in ("planned 0", "held 0", "held 2", "Sida 2 av 2")] == [True, False, True, True]


def test_events_to_come_beyond_what_a_page_has_are_counted(monkeypatch):
    monkeypatch.setattr(events, "MOST_OFFERED", 2)
    given = setting()
    planned(given, 5)
    assert "3 senare visas inte" in client_of(given.manager).get("/tillfallen/").content.decode()


@pytest.mark.parametrize("which", ["feedback", "waves", "events"])
def test_a_page_of_a_list_takes_as_many_questions_for_300_rows_as_for_1(which):
    given = setting()
    client, place = client_of(given.manager), given.collaboration.pk
    addresses = {
        "feedback": (f"/enkater/samverkan/{place}/aterkoppling/", f"/api/v1/collaborations/{place}/feedback"),
        "waves": (f"/enkater/samverkan/{place}/", f"/api/v1/collaborations/{place}/waves"),
        "events": ("/tillfallen/", "/api/v1/events"),
    }[which]
    make = {"feedback": given_feedback, "waves": asked, "events": planned}[which]
    counted = []
    for n in (1, 3, 300):
        make(given, n)
        counted.append([questions(client, address) for address in addresses])
    assert counted[0] == counted[1] == counted[2]
