"""Small things on the pages of forums and meetings that made people stop: each shown where it is of use, and once."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from samordna.core import clock
from samordna.domain.forums.models import Item, Meeting
from samordna.domain.proceedings.models import ActionPoint, Attendance
from samordna.domain.worth.models import Check
from tests.domain.collaborations.setting import client_of
from tests.domain.forums.test_meetings import bring, plan
from tests.domain.forums.world import world
from tests.web.agreements.test_agreement_pages import text
from tests.web.organisations.test_organisation_pages import queries

pytestmark = pytest.mark.django_db
HOME = "/forum/"


def test_an_item_is_said_to_be_taken_up_from_the_day_of_the_meeting_and_not_weeks_before():
    met = world()
    client, meeting = client_of(met.coordinator), plan(met, on=clock.day(clock.now()) + timedelta(days=20))
    item = bring(met, meeting_id=meeting.pk, title="Köerna")
    there, button = f"{HOME}mote/{meeting.pk}/", reverse("take_up_item", args=[item.pk])
    assert "Köerna" in text(client, there)
    assert button not in client.get(there).content.decode()
    now = clock.now()
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=now + timedelta(minutes=1), ends_at=now + timedelta(hours=2))
    assert button in client.get(there).content.decode()


def test_whoever_raises_an_item_on_a_meetings_page_comes_back_to_the_meeting():
    met = world()
    meeting = plan(met, on=clock.day(clock.now()) + timedelta(days=20))
    client = client_of(met.given.manager)
    raising = reverse("raise_item", args=[met.forum.pk])
    given = {"kind": "discussion", "title": "Sommaren", "meeting_id": meeting.pk}
    answer = client.post(f"{raising}?mote={meeting.pk}", given)
    assert answer.headers["Location"] == f"{HOME}mote/{meeting.pk}/"
    assert "Sommaren står på dagordningen" in client.get(answer.headers["Location"]).content.decode()
    other = client.post(raising, given | {"title": "Hösten"})
    assert other.headers["Location"] == reverse("item", args=[Item.objects.get(title="Hösten").pk])
    backlog = client.post(f"{raising}?mote={meeting.pk}", given | {"title": "Vintern", "meeting_id": ""})
    assert backlog.headers["Location"] == reverse("item", args=[Item.objects.get(title="Vintern").pk])


def _checked_and_noted(met, number: int, at: datetime) -> None:
    """Meetings that were held, each with somebody there, an answer of whether it was worth it, and something to do."""
    seat = met.seat(met.given.manager)
    role, holding = met.given.manager.role_id or "", met.given.manager.holding_id
    for count in range(number):
        begins = at - timedelta(days=10, hours=3 * count)
        held = {"starts_at": begins, "ends_at": begins + timedelta(hours=2), "planned_at": begins, "held_at": begins}
        meeting = Meeting.objects.create(forum=met.forum, state="held", **held)
        Attendance.objects.create(meeting=meeting, seat=seat, holding_id=holding, since=begins)
        Check.objects.create(meeting=meeting, holding_id=holding, worth="yes", decided="nothing", answered_at=begins)
        given = {"meeting": meeting, "owner_role_id": role, "noted_at": begins}
        ActionPoint.objects.create(what=f"Ring {count}", due_on=clock.day(at) + timedelta(days=count % 30), **given)


def test_what_meetings_were_worth_and_what_is_to_be_done_after_them_cost_as_much_for_many_as_for_few():
    pages: dict[str, set[int]] = {"forum": set(), "worth": set(), "check": set()}
    for number in (1, 3, 300):
        met = world("board")
        _checked_and_noted(met, number, clock.now())
        client = client_of(met.given.manager)
        latest = Meeting.objects.filter(forum=met.forum).order_by("-starts_at")[0]
        pages["forum"].add(queries(client, f"{HOME}{met.forum.pk}/"))
        pages["worth"].add(queries(client, reverse("forum_worth", args=[met.forum.pk])))
        pages["check"].add(queries(client, f"{HOME}mote/{latest.pk}/"))
    assert [len(each) for each in pages.values()] == [1, 1, 1], pages
