"""Called to a meeting, as pages and as JSON: answering with a button, calendars that fetch without signing in."""

from __future__ import annotations

import json
import re

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from samordna.core import clock
from samordna.domain.forums import operations as do
from samordna.domain.forums.models import CallAnswer, Seat
from samordna.domain.organisations.models import Person
from tests import factories as f
from tests.domain.collaborations.setting import client_of
from tests.domain.forums.test_calls import replied
from tests.domain.forums.test_meetings import plan
from tests.domain.forums.world import world
from tests.factories import NOW
from tests.web.agreements.test_agreement_pages import text
from tests.web.organisations.test_organisation_pages import queries

pytestmark = pytest.mark.django_db
HOME = "/forum/"


def called(link: str = ""):
    met = world(place="Stadshuset")
    met.seat(met.given.manager)
    met.seat(met.given.other_manager)
    meeting = plan(met, link=link)
    do.call_meeting(actor=met.coordinator, meeting_id=meeting.pk)
    meeting.refresh_from_db()
    return met, meeting, f"{HOME}mote/{meeting.pk}/"


def test_a_call_is_answered_on_the_page_and_those_who_prepare_write_in_what_they_were_told():
    met, meeting, there = called()
    client, leader = client_of(met.given.manager), client_of(met.coordinator)
    assert "Kommer du?" in text(client, there)
    assert "Kommer du?" not in text(leader, there), "the coordinator does not sit there"
    assert "Jag kommer" in text(client, "/"), "Mitt has it, with its button"
    page = client.post(f"{there}svar/", {"says": "comes"}, follow=True).content.decode()
    assert "Ditt svar: Kommer" in page
    assert "har en röst på plats" in page
    assert "Jag kommer" not in text(client, "/")
    wrong = client.post(f"{there}svar/", {"says": "deputy", "instead_id": "x"}, follow=True).content.decode()
    assert "Välj vem som kommer i stället" in wrong
    assert client.post(f"{there}svar/annan/", {"says": "comes"}).status_code == 403
    told = {"says": "perhaps", "role_id": met.given.other_manager.role_id}
    assert leader.post(f"{there}svar/annan/", told | {"says": "x"}).status_code == 422
    assert "Kanske" in leader.post(f"{there}svar/annan/", told, follow=True).content.decode()
    sender = Person.objects.get(pk=met.given.other_manager.person_id).email
    file = replied(meeting, sender, sequence=meeting.sequence)
    kept = leader.post(f"{there}svar/kalender/", {"sender": "annan@example.se", "file": file})
    assert (kept.status_code, "annan@example.se" in kept.content.decode()) == (422, True)
    assert leader.post(f"{there}svar/kalender/", {"sender": sender}).status_code == 422
    upload = SimpleUploadedFile("svar.ics", file.encode(), "text/calendar")
    leader.post(f"{there}svar/kalender/", {"sender": sender, "upload": upload})
    assert CallAnswer.objects.get(role_id=met.given.other_manager.role_id).says == "cannot"
    by_json = leader.post("/api/v1/calendar-answers", {"sender": sender, "file": file}, "application/json")
    assert (by_json.status_code, client.post("/api/v1/calendar-answers", {}, "application/json").status_code) == (200, 422)
    read = json.loads(client.get(f"/api/v1/meetings/{meeting.pk}/answers").content)
    assert (read["coming"], read["unanswered"], [row["says"] for row in read["rows"]].count("cannot")) == (1, 0, 1)


def test_a_calendar_fetches_without_signing_in_and_is_told_when_nothing_is_new():
    cache.clear()
    met, meeting, there = called(link="https://video.example/zqhemlig")
    client, anybody = client_of(met.given.manager), Client()
    one = client.get(f"{there}mote.ics")
    assert (one["Content-Type"], "attachment" in one["Content-Disposition"]) == ("text/calendar; charset=utf-8", True)
    assert anybody.get(f"{there}mote.ics").status_code == 302
    page = client.post(f"{HOME}kalender/ny/", {"forum_id": met.forum.pk}, follow=True).content.decode()
    address = re.search(r'value="[^"]*(/kalender/[^"]+\.ics)"', page)[1]
    given = anybody.get(address)
    assert (given.status_code, "BEGIN:VEVENT" in given.content.decode()) == (200, True)
    assert (given["Cache-Control"], given["X-Robots-Tag"]) == ("private, no-cache", "noindex")
    assert "zqhemlig" not in given.content.decode()
    again = anybody.get(address, headers={"If-None-Match": given["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    do.change_meeting(
        actor=met.coordinator,
        meeting_id=meeting.pk,
        on=clock.day(meeting.starts_at),
        begins=meeting.starts_at.time().replace(hour=6),
        ends=meeting.ends_at.time(),
    )
    assert anybody.get(address, headers={"If-None-Match": given["ETag"]}).status_code == 200
    assert anybody.post(address).status_code == 405
    assert anybody.get(address[:-6] + "x.ics").status_code == 404
    ending = re.search(r'action="(/forum/kalender/\w+/avsluta/)"', page)[1]
    assert client_of(met.given.other_manager).post(ending).status_code == 404
    client.post(ending)
    assert anybody.get(address).status_code == 404
    made = client.post("/api/v1/calendar-addresses", {}, "application/json")
    read = json.loads(client.get("/api/v1/calendar-addresses").content)
    assert (made.status_code, read["all"]["id"]) == (201, json.loads(made.content)["id"])


def test_who_comes_costs_as_many_questions_for_three_hundred_as_for_one():
    met, meeting, there = called()
    client, counts = client_of(met.given.manager), []
    for more in (0, 2, 297):
        roles = [f.role(met.given.own) for _ in range(more)]
        Seat.objects.bulk_create(Seat(forum=met.forum, role=role, valid_from=clock.day(NOW)) for role in roles)
        now = {"says": "comes", "sequence": meeting.sequence, "answered_at": NOW}
        CallAnswer.objects.bulk_create(CallAnswer(meeting=meeting, role=role, **now) for role in roles)
        counts.append(queries(client, there))
    assert counts[1] == counts[2] <= counts[0] + 1
