"""Meetings as pages, without scripts: planned, an agenda put in order by buttons, called, cancelled; items with papers."""

from __future__ import annotations

from datetime import date

import pytest

from samordna.core.overtaking import fingerprint
from samordna.domain.forums.limits import MOST_OF_ONE
from samordna.domain.forums.models import Item, Meeting
from samordna.domain.forums.queries.meetings import meeting_row
from tests import factories as f
from tests.domain.collaborations.setting import client_of
from tests.domain.forums.test_meetings import bring, plan
from tests.domain.forums.world import world
from tests.web.agreements.test_agreement_pages import text
from tests.web.organisations.test_organisation_pages import queries

pytestmark = pytest.mark.django_db
HOME = "/forum/"
WHEN = {"on": "2027-02-15", "begins": "09:00", "ends": "11:00"}


def test_a_meeting_is_prepared_by_buttons_alone():
    met = world(place="Stadshuset")
    client, other = client_of(met.coordinator), client_of(met.given.manager)
    here = f"{HOME}{met.forum.pk}/"
    wrong = client.post(f"{here}mote/", WHEN | {"ends": "08:00"})
    assert (wrong.status_code, 'value="2027-02-15"' in wrong.content.decode()) == (422, True)
    client.post(f"{here}mote/", WHEN | {"place": "Hus A"})
    meeting = Meeting.objects.get()
    there = f"{HOME}mote/{meeting.pk}/"
    assert f'value="{meeting.pk}" selected' in text(other, f"{here}punkt/", mote=meeting.pk)
    assert other.post(f"{here}punkt/", {"kind": "", "title": "Köerna"}).status_code == 422
    for title in ("Köerna", "Sommaren"):
        given = {"kind": "discussion", "title": title, "minutes": "30", "meeting_id": meeting.pk}
        assert title in other.post(f"{here}punkt/", given, follow=True).content.decode()
    first, second = Item.objects.order_by("order")
    about = f"{HOME}punkt/{second.pk}/"
    assert "ändra det" not in text(other, about)
    assert client_of(met.given.other_manager).get(f"{about}andra/").status_code == 403
    other.post(f"{about}underlag/", {"name": "Underlag", "text": "Läs det här"})
    assert "Läs det här" in text(other, about)
    other.post(f"{about}andra/", {"kind": "planning", "title": "Sommaren 2027"})
    page = client.post(f"{about}flytta/", {"by": "-1"}, follow=True).content.decode()
    assert page.index("Sommaren 2027") < page.index("Köerna")
    assert "flytta/" not in text(other, there)
    page = client.post(f"{there}kalla/", follow=True).content.decode()
    assert "Kallelse skickad" in page
    assert "redan skickad" in client.post(f"{there}kalla/", follow=True).content.decode()
    client.post(f"{HOME}punkt/{first.pk}/ta-upp/")
    client.post(f"{about}for-over/", {"meeting_id": ""})
    assert "Fört vidare" in text(client, there)
    carried = Item.objects.get(carried_from=second)
    client.post(f"{HOME}punkt/{carried.pk}/placera/", {"meeting_id": meeting.pk})
    seen = fingerprint(meeting_row(Meeting.objects.get()).words)
    assert f'value="{seen}"' in text(client, f"{there}andra/")
    client.post(f"{there}andra/", WHEN | {"on": "2027-02-16", "seen": seen})
    assert Meeting.objects.get().place == met.forum.place
    late = client.post(f"{there}andra/", WHEN | {"on": "2027-02-17", "seen": seen})
    assert (late.status_code, "2027-02-16" in late.content.decode()) == (422, True)
    mine = client_of(met.given.manager)
    met.seat(met.given.manager)
    assert "16 februari 2027" in text(mine, HOME)
    assert "16 februari 2027" not in text(client_of(met.given.other_manager), HOME)
    assert "har inte kommit" in client.post(f"{there}hallet/", follow=True).content.decode()
    other.post(f"{HOME}punkt/{carried.pk}/underlag/{carried.papers.get().pk}/ta-bort/")
    assert "Löst" in other.post(f"{HOME}punkt/{carried.pk}/dra-tillbaka/", {"reason": "Löst"}, follow=True).content.decode()
    assert "Sjukdom" in client.post(f"{there}stall-in/", {"reason": "Sjukdom"}, follow=True).content.decode()


def test_the_number_of_queries_of_an_agenda_is_the_same_for_few_and_many():
    counted = set()
    for count in (1, 3, 60):
        met = world("board")
        meeting = plan(met, on=date(2027, 1, 4))
        matter = f.matter(met.given.collaboration, area=met.given.area)
        for number in range(count):
            who = met.given.manager if number >= count - MOST_OF_ONE else met.coordinator
            about = {"actor": who, "kind": "decision", "matter_id": matter.pk}
            bring(met, **about, title=f"Ärende {number}", meeting_id=meeting.pk)
            bring(met, **about, title=f"Kö {number}")
        client = client_of(met.given.manager)
        pages = (f"{HOME}mote/{meeting.pk}/", f"{HOME}{met.forum.pk}/", f"{HOME}punkt/{Item.objects.latest('order').pk}/")
        counted.add(tuple(queries(client, page) for page in pages))
    assert len(counted) == 1, counted
